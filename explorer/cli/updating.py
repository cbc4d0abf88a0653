"""A folder opened for a command, its index brought up to date first."""

from __future__ import annotations

import argparse
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from explorer.cli.output import note
from explorer.cli.progress import ProgressLine
from explorer.export.text_form import plural
from explorer.library import BusyError, places
from explorer.library.library import Library
from explorer.library.lock import UnwritableError
from explorer.library.opening import mend_kept, read_query
from explorer.model import DamagedError, ExplorerError, Note, Report

LEAVE_SECONDS = 0.8  # from Ctrl-C to the end, whatever is under way
BUSY_SECONDS = 0.3  # between two looks at whether the other process is done


@contextmanager
def opened(folder: Path, options: argparse.Namespace, to_be_asked: bool = False, query: str = "") -> Iterator[Library]:
    """A library that is up to date, unless that is not wanted or another process is at it; then a note says so.

    One ``to_be_asked`` must have something in it: raises ExplorerError where nothing was ever indexed. What is wrong with
    ``query`` is told before the folder is looked at, and what was repaired in it.
    """
    if mended := mend_kept(folder):
        note(mended)
    for repair in read_query(folder, query).notes if query.strip() else ():
        note(repair)
    if temporary := places.keep_for_now(places.corpus_folder(folder)):
        note(temporary)
    if inside := places.home_inside(places.corpus_folder(folder)):
        note(inside)
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


def unreadable_so_far(library: Library) -> set[Note]:
    """What could not be read when the folder was last looked at; of an index that is to be mended first, a note says so."""
    try:
        return set(library.status().unreadable)
    except DamagedError as damage:
        if damage.part == "index":
            note(f"{str(damage).partition(';')[0]}; it is made anew from the catalogue")
    except ExplorerError as error:  # an older format, or a newer one, of which the refresh tells
        if "older" in str(error) or "another version" in str(error):
            note(f"{str(error).partition(';')[0]}; it is brought up to date")
    return set()


def _update(library: Library, options: argparse.Namespace) -> None:
    known = unreadable_so_far(library)
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

    leaving = threading.Timer(LEAVE_SECONDS, _leave)
    leaving.daemon = True

    def press(number: int, frame: object) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True
        leaving.start()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        leaving.cancel()
        signal.signal(signal.SIGINT, before)


def _leave() -> None:
    """Ends the program in the middle of a step that takes long, as of writing an enormous text: nothing is lost by that."""
    note("interrupted")
    os._exit(130)
