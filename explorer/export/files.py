"""Answers written to a file of the reader's, its form by the ending of its name."""

from __future__ import annotations

from pathlib import Path

from explorer.export.answers import Answer
from explorer.model import ExplorerError

ENDINGS = (".csv", ".md", ".json")


def save(answer: Answer, path: Path, corpus: Path) -> Path:
    """Writes an answer to a new file and returns its whole path.

    Raises ExplorerError for another ending than ``ENDINGS``, a file that is there already, a place inside the folder
    ``corpus``, where nothing is ever written, and what the disk refuses.
    """
    form = path.suffix.lower()
    if form not in ENDINGS:
        raise ExplorerError(f"{path.name or path} does not end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}")
    try:
        target = (current_folder() / path.expanduser()).resolve()
        if target.is_relative_to(corpus.resolve()):
            raise ExplorerError(f"{path} is inside the folder explored, and nothing is written there; choose another place")
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(_written(answer, form))
    except FileExistsError:
        raise ExplorerError(f"{path} is there already; choose another name") from None
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: no such user; ValueError: NUL in the path
        raise ExplorerError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from error
    return target


def current_folder() -> Path:
    """Returns the folder that a name alone is in: the current one, or home where that was removed."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def free_name(name: str, corpus: Path) -> Path:
    """Returns a path that ``save`` would take: in the current folder, or at home when that is inside ``corpus``."""
    here = current_folder()
    folder = Path.home() if here.is_relative_to(corpus.resolve()) else here
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


def _written(answer: Answer, form: str) -> str:
    match form:
        case ".csv":
            from explorer.export.csv_form import to_csv

            return to_csv(answer)
        case ".md":
            from explorer.export.markdown_form import to_markdown

            return to_markdown(answer)
        case _:
            from explorer.export.json_form import dump, to_json

            return dump(to_json(answer), indent=2) + "\n"
