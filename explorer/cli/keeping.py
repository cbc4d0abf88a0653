"""The commands about what is kept of a folder: index, status, forget."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from explorer.cli.folders import only_folder
from explorer.cli.output import note, write
from explorer.cli.updating import opened, refresh, unreadable_so_far
from explorer.index.parts import complete
from explorer.library import places
from explorer.library.library import Library
from explorer.library.opening import mend_kept
from explorer.library.settings import read_names


def index(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Builds or updates an index and says what changed; waits for another process that is at it."""
    names = read_names(options.names)
    folder = only_folder("index", words)
    if mended := mend_kept(folder):
        note(mended)
    if inside := places.home_inside(places.corpus_folder(folder)):
        note(inside)
    library = Library(folder)
    try:
        if not options.rebuild and complete(places.data_folder(library.folder)):
            unreadable_so_far(library)  # for what it says of an index that is to be mended first
        report = refresh(library, options, wait=True, rebuild=options.rebuild, names=names, retry=options.retry)
    finally:
        library.close()
    write(report, options.format or "text")
    return 0


def status(options: argparse.Namespace, words: Sequence[str]) -> int:
    """What is indexed, where, how big, what could not be read and why."""
    with opened(only_folder("status", words), options) as library:
        write(library.status(), options.format or "text")
    return 0


def forget(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Removes what is kept about a folder, also of one that is not there any more."""
    folder = only_folder("forget", words).expanduser().resolve()
    there = places.forget(folder)
    note(f"everything kept about {folder} is removed" if there else f"nothing is kept about {folder}")
    return 0 if there else 1
