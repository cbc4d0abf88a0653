"""What the tests of refreshing share: writing files, refreshing, and looking at what came of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from explorer.library.library import Library
from explorer.model import Progress, Report


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def take_home(kept: Path, home: Path) -> None:
    """Copies what was kept for several tests into the home of one, as private as it has to be."""
    shutil.copytree(kept, home, dirs_exist_ok=True)
    for folder in (home, *home.rglob("*/")):
        folder.chmod(0o700)


def refresh(library: Library, **options: object) -> Report:
    return library.refresh(workers=1, **options)  # type: ignore[arg-type]


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def paths(library: Library, query: str) -> list[str]:
    return sorted(passage.path for passage in library.search(query).passages)


class Watched:
    """How many files were read and how many documents analysed, as progress tells it."""

    def __init__(self) -> None:
        self.seen: list[Progress] = []

    def __call__(self, progress: Progress) -> None:
        self.seen.append(progress)

    def most(self, phase: str) -> int:
        return max((progress.total for progress in self.seen if progress.phase == phase), default=0)
