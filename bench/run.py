"""Prints what explorer costs beside its peers, on the same documents in the same run: `make bench`.

    run.py [--documents 1000,10000] [--peers 5000] [--only indexing,keys,search,large] [--corpus FOLDER_OF_make_corpus.py]

Times are seconds unless said; CPU is of all processes a job started. Peers that are not installed are named as missing.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import app
import indexing
import peers

SHARED = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def stories(count: int, scratch: Path) -> Path:
    """A folder of so many news stories, the same ones every time."""
    maker = SHARED / "corpora" / "make_corpus.py"
    if not maker.exists():
        sys.exit(f"{maker} is not there; EXPLORER_SHARED names the folder of the shared documents")
    folder = scratch / f"stories-{count}"
    if not folder.exists():
        subprocess.run([sys.executable, maker, str(count), folder], check=True)
    return folder


def main() -> None:
    """Runs the measurements asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", default="1000,10000")
    parser.add_argument("--peers", type=int, default=5000)
    parser.add_argument("--only", default="indexing,search,keys,busy,large")
    chosen = parser.parse_args()
    only = chosen.only.split(",")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    scratch = Path(tempfile.mkdtemp(prefix="explorer-bench-"))
    try:
        if "indexing" in only:
            indexing.table(stories(chosen.peers, scratch), scratch)
        sizes = [int(size) for size in chosen.documents.split(",")]
        if "search" in only:
            peers.search_table(stories(max(sizes), scratch), scratch)
        for size in sizes:
            if "keys" in only:
                app.keys_table(stories(size, scratch), scratch)
        if "busy" in only:
            app.busy_table(stories(max(sizes), scratch), scratch)
        if "large" in only:
            app.large_table(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
