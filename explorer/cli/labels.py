"""Stars and tags on documents: star, tag."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from explorer.cli.folders import is_folder
from explorer.cli.options import UsageError
from explorer.cli.output import note
from explorer.cli.updating import opened
from explorer.export.text_form import plural
from explorer.index.parts import complete
from explorer.library import places
from explorer.library.library import Library
from explorer.model import ExplorerError

LOOKED_AT = 200  # documents of like paths, at once


def tag(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Puts a tag on documents, or takes it away."""
    if len(words) < 2:
        raise UsageError("tag takes TAG and FILE; see explorer tag -h")
    name, files = words[0], words[1:]
    done = _label(files, options, lambda library, number: library.tag(number, name, not options.remove))
    note(f"{plural(done, 'document')} no longer tagged {name}" if options.remove else f"{plural(done, 'document')} tagged {name}")
    return 0


def star(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Stars documents, or takes their star away."""
    if not words:
        raise UsageError("star takes FILE; see explorer star -h")
    done = _label(words, options, lambda library, number: library.star(number, not options.remove))
    note(f"{plural(done, 'document')} no longer starred" if options.remove else f"{plural(done, 'document')} starred")
    return 0


def _label(files: Sequence[str], options: argparse.Namespace, change: Callable[[Library, int], None]) -> int:
    """Changes what is kept about the documents of some files; how many they are. Nothing is changed when one is not there."""
    by_folder: dict[Path, dict[str, str]] = {}
    for name in files:
        folder, inside = _indexed_place(name)
        by_folder.setdefault(folder, {})[inside] = name
    done = 0
    for folder, wanted in by_folder.items():
        with opened(folder, options) as library:
            numbers = [number for inside, name in wanted.items() for number in _numbers(library, inside, name)]
            for number in numbers:
                change(library, number)
            done += len(numbers)
    return done


def _indexed_place(name: str) -> tuple[Path, str]:
    """The nearest folder above a file that is indexed, and the file's path in it; raises ExplorerError."""
    if is_folder(name):
        raise ExplorerError(f"{name} is a folder; give the files in it")
    try:
        path = Path(name).expanduser()
        path = path.parent.resolve() / path.name
    except (OSError, RuntimeError, ValueError) as error:
        raise ExplorerError(f"{name} cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    for folder in path.parents:
        if complete(places.data_folder(folder)):
            return folder, path.relative_to(folder).as_posix()
    raise ExplorerError(f"{name} is in no folder that is indexed; explorer index FOLDER does that")


def _numbers(library: Library, inside: str, name: str) -> list[int]:
    """The numbers of the documents in a file: one, or all the members of a container; raises ExplorerError when there is none.

    They are among those whose path holds the same letters.
    """
    pieces = [piece.replace("\\", "\\\\").replace('"', '\\"') for piece in inside.split() if piece.strip(".")]
    query = " ".join(f'path:"{piece}"' for piece in pieces) + " sort:path"
    found: list[int] = []
    looked_at, total = 0, 1
    while looked_at < total:
        results = library.search(query, LOOKED_AT, looked_at)
        looked_at, total = looked_at + LOOKED_AT, results.total
        found += [p.document for p in results.passages if p.path == inside or p.path.startswith(f"{inside}/")]
    if not found:
        raise ExplorerError(f"{name} is no document of the index of {library.folder}")
    return found
