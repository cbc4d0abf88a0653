"""Indexing a folder of stories: explorer, with and without names and quotes, beside recoll and SQLite FTS5."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from pathlib import Path

from measure import Cost, answer_of, cost_of, print_table

EXPLORER = """
import json, resource, sys, time
from pathlib import Path
from explorer.library.library import Library
started, at = time.perf_counter(), {}
def tell(progress):
    if progress.phase in ("meaning", "done"):
        at.setdefault(progress.phase, (time.perf_counter() - started, cpu()))
def cpu():
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
report = Library(Path(sys.argv[1])).refresh(tell)
wall, all_cpu = time.perf_counter() - started, cpu()
searchable, _ = at.get("meaning", (wall, 0))
peaks = [resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({"searchable": searchable, "wall": wall, "cpu": all_cpu, "documents": report.documents,
                  "indexer": peaks[0], "worker": peaks[1]}))
"""
RECOLL_CONFIG = "topdirs = {folder}\nidxflushmb = 100\nnomd5types = \n"


def table(folder: Path, scratch: Path) -> None:
    """Prints time, rates and memory of indexing one folder."""
    files = list(folder.rglob("*.txt"))
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    ours = answer_of(EXPLORER, folder, environment={"EXPLORER_HOME": str(scratch / "home-indexing")})
    assert ours["documents"] == len(files), ours
    again = answer_of(EXPLORER, folder, environment={"EXPLORER_HOME": str(scratch / "home-indexing")})

    def row(name: str, wall: float, cpu: float | None, peak: float, ratio: float | None) -> list[str]:
        return [
            name,
            f"{wall:.2f}",
            "" if cpu is None else f"{cpu:.2f}",
            f"{len(files) / wall:.0f}",
            f"{megabytes / wall:.2f}",
            f"{peak / 1e6:.0f}",
            "" if ratio is None else f"{ratio:.2f}",
        ]

    recoll = index_recoll(folder, scratch)
    fts = answer_of(FTS5, folder, scratch / "fts5.sqlite", environment={})
    base = recoll.wall if recoll else None
    rows = [
        row("explorer, until all can be searched", ours["searchable"], None, ours["indexer"], base and ours["searchable"] / base),
        row("explorer, with names and quotes", ours["wall"], ours["cpu"], ours["worker"], base and ours["wall"] / base),
        row("explorer again, nothing changed", again["wall"], again["cpu"], again["indexer"], base and again["wall"] / base),
    ]
    if recoll:
        rows.append(row("recollindex", recoll.wall, recoll.cpu, recoll.peak, 1.0))
    else:
        print("recollindex is not installed (Debian: recollcmd)")
    rows.append(row("SQLite FTS5, in one process", fts["wall"], fts["cpu"], fts["peak"], base and fts["wall"] / base))
    print_table(
        f"Indexing {len(files)} stories, {megabytes:.1f} MB",
        ["", "wall s", "CPU s", "docs/s", "MB/s", "peak MB", "÷ recoll"],
        rows,
    )


def index_recoll(folder: Path, scratch: Path) -> Cost | None:
    """Indexes a folder with recoll, for the table and for later queries."""
    if not shutil.which("recollindex"):
        return None
    config = scratch / f"recoll-{folder.name}"
    config.mkdir()
    (config / "recoll.conf").write_text(RECOLL_CONFIG.format(folder=folder))
    return cost_of(["recollindex", "-c", config])


FTS5 = """
import json, resource, sqlite3, sys, time
from pathlib import Path
started = time.perf_counter()
connection = sqlite3.connect(sys.argv[2])
connection.execute("CREATE VIRTUAL TABLE story USING fts5(title, body, tokenize = 'porter unicode61', prefix = '2 3')")
with connection:
    for path in sorted(Path(sys.argv[1]).rglob("*.txt")):
        title, _, body = path.read_text().partition("\\n")
        connection.execute("INSERT INTO story VALUES (?, ?)", (title, body))
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"wall": time.perf_counter() - started, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}))
"""


def open_fts5(folder: Path, scratch: Path) -> sqlite3.Connection:
    """An FTS5 index of a folder, to be asked."""
    path = scratch / f"fts5-{folder.name}.sqlite"
    answer_of(FTS5, folder, path, environment={})
    return sqlite3.connect(path)


if __name__ == "__main__":
    sys.exit("run bench/run.py")
