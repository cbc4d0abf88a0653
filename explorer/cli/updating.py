"""A folder opened for a command, its index brought up to date first."""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from explorer.cli.output import note
from explorer.cli.progress import ProgressLine
from explorer.export.text_form import plural
from explorer.library import BusyError, places
from explorer.library.library import Library, read_query
from explorer.library.lock import UnwritableError
from explorer.model import ExplorerError, Report

BUSY_SECONDS = 0.3  # between two looks at whether the other process is done


@contextmanager
def opened(folder: Path, options: argparse.Namespace, to_be_asked: bool = False, query: str = "") -> Iterator[Library]:
    """A library that is up to date, unless that is not wanted or another process is at it; then a note says so.

    One ``to_be_asked`` must have something in it: raises ExplorerError where nothing was ever indexed. What is wrong with
    ``query`` is told before the folder is looked at, and what was repaired in it.
    """
    for repair in read_query(folder, query).notes if query.strip() else ():
        note(repair)
    if temporary := places.keep_for_now(places.corpus_folder(folder)):
        note(temporary)
    library = Library(folder)
    try:
        if not options.no_update:
            _update(library, options)
        elif not (status := library.status()).finished:
            if to_be_asked and not status.documents:
                raise ExplorerError(f"nothing is indexed of {folder} yet; without --no-update it will be")
            note("the index is not finished; explorer index goes on with it")
        yield library
    finally:
        library.close()


def refresh(library: Library, options: argparse.Namespace, wait: bool = False, **wishes: Any) -> Report:
    """Brings an index up to date with progress on a terminal; the first Ctrl-C ends it with nothing lost.

    ``wishes`` are further arguments of Library.refresh. With ``wait`` another process that writes the index is waited
    for; else BusyError is raised.
    """
    told = False
    with ProgressLine() as line, _interruptible() as cancelled:
        while True:
            try:
                report = library.refresh(line.tell, cancelled, exclude=options.exclude, engine=options.engine, **wishes)
                break
            except BusyError as busy:
                if not wait:
                    raise
                if not told:
                    note(f"{busy}; waiting for it")
                    told = True
                if cancelled():
                    raise KeyboardInterrupt from None
                time.sleep(BUSY_SECONDS)
    if report.cancelled:
        note("stopped; what was read so far is kept")
        raise KeyboardInterrupt
    return report


def _update(library: Library, options: argparse.Namespace) -> None:
    try:
        known = set(library.status().unreadable)
    except ExplorerError:
        known = set()  # a damaged index: the refresh mends it, or says what is wrong
    try:
        report = refresh(library, options)
    except BusyError as busy:
        note(f"{busy}; what it has indexed so far is asked")
        return
    except UnwritableError as unwritable:
        note(f"{unwritable}; it is asked as it is")
        return
    fresh = len(set(report.unreadable) - known)
    if fresh:
        note(f"{plural(fresh, 'file')} could not be read; explorer status says why")


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed; a second one interrupts at once."""
    pressed = False

    def press(number: int, frame: object) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
