"""Asking: the same questions to explorer, SQLite FTS5, recoll and ripgrep."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

from indexing import EXPLORER, index_recoll, open_fts5
from measure import answer_of, cost_of, percentile, print_table

QUESTIONS = [
    "oil",
    "interest rates",
    "iran sanctions",
    '"interest rates"',
    "president reagan trade",
    "company profit dividend",
    "palestinian",
    "crude -opec",
    "japan OR tokyo",
    '"the united states"',
]

EXPLORER_SEARCH = [sys.executable, "-m", "explorer", "search", "--no-update", "--limit", "10"]


def search_table(folder: Path, scratch: Path) -> None:
    """Prints the time of a question: CPU where the engine is in this process, wall where it is a command."""
    os.environ["EXPLORER_HOME"] = str(scratch / "home-search")
    answer_of(EXPLORER, folder, environment={})
    from explorer.library.library import Library

    library = Library(folder)
    rows = [_row("explorer, 10 passages marked (CPU)", [_cpu(lambda q=q: library.search(q, limit=10)) for q in QUESTIONS * 3])]
    library.close()
    story = open_fts5(folder, scratch)
    statement = "SELECT title, snippet(story, 1, '[', ']', '', 30) FROM story WHERE story MATCH ? ORDER BY rank LIMIT 10"
    asked = [q.replace(" -", " NOT ") for q in QUESTIONS]
    rows.append(
        _row("SQLite FTS5, 10 snippets (CPU)", [_cpu(lambda q=q: story.execute(statement, (q,)).fetchall()) for q in asked * 3])
    )
    rows.append(
        _row(
            "explorer search, the command (wall)",
            [cost_of([*EXPLORER_SEARCH, q, folder]).wall for q in QUESTIONS],
        )
    )
    if index_recoll(folder, scratch):
        config = scratch / f"recoll-{folder.name}"
        rows.append(
            _row("recollq, the command (wall)", [cost_of(["recollq", "-c", config, "-n", "10", q]).wall for q in QUESTIONS])
        )
    if shutil.which("rg"):
        rows.append(
            _row("ripgrep, first word (wall)", [cost_of(["rg", "-ic", q.split()[0].strip('"'), folder]).wall for q in QUESTIONS])
        )
    print_table(f"A question to {len(list(folder.rglob('*.txt')))} stories", ["", "p50 ms", "p95 ms"], rows)


def _cpu(ask: object) -> float:
    started = time.process_time()
    ask()  # type: ignore[operator]
    return time.process_time() - started


def _row(name: str, seconds: list[float]) -> list[str]:
    return [name, f"{percentile(seconds, 0.5) * 1000:.1f}", f"{percentile(seconds, 0.95) * 1000:.1f}"]
