"""Prints what it costs a file to be read in a worker process, beside reading it in this one, on the same files in the same run.

    isolation.py [FOLDER] [--rounds 5]

The worker is asked as the product asks it: limits, frames, a watch on its time. Both ways read every file once before they
are measured.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from statistics import median

from explorer.reading.load import load
from explorer.reading.registry import reading_steps
from explorer.work.pool import Pool

SHARED = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TEXT_KINDS = {".txt", ".html", ".eml", ".docx", ".pdf"}


def here(files: list[Path]) -> float:
    """Seconds to read the files in this process, fingerprints left out."""
    started = time.perf_counter()
    for file in files:
        content = load(file)
        for _ in reading_steps(file, content):
            pass
        content.close()
    return time.perf_counter() - started


def in_worker(files: list[Path], pool: Pool) -> float:
    """Seconds to have the files read by one worker."""
    started = time.perf_counter()
    for file in files:
        pool.submit(file, {"op": "read", "root": str(file.parent), "path": file.name})
    while pool.pending:
        pool.take()
    return time.perf_counter() - started


def main() -> None:
    """Measures both ways by turns and prints medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "docs")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file() and path.suffix in TEXT_KINDS)
    with Pool(1) as pool:
        here(files)
        in_worker(files, pool)
        rounds = [(here(files), in_worker(files, pool)) for _ in range(options.rounds)]
    alone, isolated = (median(times) * 1000 / len(files) for times in zip(*rounds, strict=True))
    print(f"{len(files)} files, {options.rounds} rounds: in this process {alone:.2f} ms a file, in a worker {isolated:.2f} ms,")
    print(f"so isolation costs {isolated - alone:.2f} ms a file ({isolated / alone:.2f} times)")


if __name__ == "__main__":
    main()
