"""Very many files: ``python bench/many.py [--small 100000] [--mixed 10000] [--cancel 8] [--keep FOLDER]``.

Small texts: seconds, the program's and its workers' largest memory, of a first and of a second run, which finds nothing new.
Mixed files of every format: the same, sampled on the way so that growth shows; how long a cancelled run takes to end; and how
many files the process holds open after it, beside before. The program runs as a child, its index in a folder of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.faults.many import write_mixed, write_small

_AFTER_A_RUN = """
import os, sys
from pathlib import Path
from explorer.library.library import Library
held = lambda: len(os.listdir("/proc/self/fd"))
library = Library(Path(sys.argv[1]))
library.search("harbour")
before = held()
for _ in range(3):
    library.refresh()
    library.search("harbour")
print(before, held())
"""


@dataclass
class Cost:
    """What a run cost: ``own`` and ``workers`` are samples of memory in bytes, the largest worker's of each moment."""

    seconds: float = 0.0
    code: int = 0
    report: dict[str, object] = field(default_factory=dict)
    own: list[int] = field(default_factory=list)
    workers: list[int] = field(default_factory=list)
    ended_in: float = 0.0


def run(home: Path, corpus: Path, cancel_after: float = 0.0) -> Cost:
    """Indexes a folder, once; with ``cancel_after`` interrupts it after so many seconds, and notes how long it then takes."""
    cost, started, stopped = Cost(), time.monotonic(), 0.0
    environment = os.environ | {"EXPLORER_HOME": str(home)}
    command = [sys.executable, "-m", "explorer", "index", str(corpus), "--format", "json"]
    with (home.parent / "report.json").open("w+") as report:
        process = subprocess.Popen(command, stdout=report, stderr=subprocess.DEVNULL, env=environment)
        while process.poll() is None:
            cost.own.append(_memory(process.pid))
            cost.workers.append(max(map(_memory, _children(process.pid)), default=0))
            if cancel_after and not stopped and time.monotonic() - started > cancel_after:
                process.send_signal(signal.SIGINT)
                stopped = time.monotonic()
            time.sleep(0.02 if stopped else 0.2)
        cost.seconds, cost.code = time.monotonic() - started, process.returncode
        cost.ended_in = time.monotonic() - stopped if stopped else 0.0
        report.seek(0)
        text = report.read()
        cost.report = json.loads(text) if text.strip() else {}
    return cost


def _memory(pid: int) -> int:
    """Bytes that a process holds; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _children(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def _print(name: str, cost: Cost) -> None:
    quarter = max(1, len(cost.own) // 4)
    quarters = [max(cost.own[at : at + quarter]) >> 20 for at in range(0, 4 * quarter, quarter) if cost.own[at : at + quarter]]
    documents = cost.report.get("documents", "-")
    own, workers = max(cost.own, default=0) >> 20, max(cost.workers, default=0) >> 20
    print(f"{name:28} {documents!s:>9} {cost.seconds:>8.1f} {own:>7} {quarters!s:>24} {workers:>11}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Indexes very many files and prints what that costs.")
    parser.add_argument("--small", type=int, default=100_000, help="small texts")
    parser.add_argument("--mixed", type=int, default=10_000, help="files of every format")
    parser.add_argument("--cancel", type=float, default=8.0, metavar="SECONDS", help="when a run of its own is interrupted")
    parser.add_argument("--keep", type=Path, help="a folder to work in and to leave")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="explorer-many-"))
    try:
        print(f"{'run':28} {'documents':>9} {'seconds':>8} {'app MB':>7} {'by quarters':>24} {'a worker MB':>11}")
        for name, count, write in (("small", options.small, write_small), ("mixed", options.mixed, write_mixed)):
            if not count:
                continue
            corpus, home = root / name / "corpus", root / name / "home"
            corpus.mkdir(parents=True, exist_ok=True)
            home.mkdir(exist_ok=True)
            write(corpus, count)
            other = root / name / "other home"
            other.mkdir(exist_ok=True)
            cancelled = run(other, corpus, cancel_after=options.cancel)
            ended = f"ended in {cancelled.ended_in:.2f} s" if cancelled.ended_in else "was done before"
            print(f"{name}: cancelled after {options.cancel:g} s, {ended}, code {cancelled.code}", flush=True)
            _print(f"{name}, {count} files, first run", run(home, corpus))
            _print(f"{name}, second run", run(home, corpus))
            environment = os.environ | {"EXPLORER_HOME": str(home)}
            held = subprocess.run(
                [sys.executable, "-c", _AFTER_A_RUN, str(corpus)], env=environment, capture_output=True, text=True, check=True
            ).stdout.split()
            print(f"{name}: files held open before three more runs and after them: {' and '.join(held)}", flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    main()
