"""Brings the index of a folder up to date: takes the lock, opens it for writing, and keeps what was wished for from now on."""

from __future__ import annotations

import errno
import json
import os
import resource
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from explorer.index import analyser, catalogue, engines
from explorer.index.corpus import CorpusIndex
from explorer.index.damage import damaged_catalogue, is_damage
from explorer.index.kept import KeptStore
from explorer.index.kept_copy import MendedError
from explorer.index.parts import CATALOGUE, complete, discard
from explorer.library import places
from explorer.library.finding_names import pool_for
from explorer.library.lock import UnwritableError, lock
from explorer.library.refresh import refresh
from explorer.library.settings import AS_SETTINGS, chosen_names
from explorer.model import ExplorerError, Note, Progress, Report
from explorer.reading.walk import walk

BYTES_PER_BYTE = 14  # of text: catalogue, index, analysis, and room to write parts anew; 12 were measured on small texts
LARGEST_TEXT = 20_000_000  # bytes of a file that count; of longer ones no more is read
LEAST_BYTES = 2_000_000
FEW_HANDLES = 256
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of a refresh: ``exclude`` (None: as before), ``engine`` and ``names`` ("": as before) hold from now on."""

    exclude: Sequence[str] | None = None
    rebuild: bool = False
    workers: int | None = None
    engine: str = ""
    names: str = ""
    retry: bool = False


def update(
    folder: Path,
    data: Path,
    wishes: Wishes,
    tell: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    urgent: Callable[[], Sequence[int]],
) -> Report:
    """Reads, indexes and analyses what changed in ``folder``; its index lies in ``data``.

    Raises BusyError when another process does it already, DamagedError when the catalogue cannot be read, ExplorerError when the
    index cannot be written or the engine of names cannot be used.
    """
    places.make_data_folder(folder)  # it may have been removed since the folder was opened
    with lock(data / "writing", wait=1.0), places.private_files():  # long enough for a searcher that is making the empty index
        names, excluded = _wished_before(data)
        wish = names if not wishes.names else "" if wishes.names == AS_SETTINGS else wishes.names
        finds_names = chosen_names(wish)
        exclude = excluded if wishes.rebuild and wishes.exclude is None else wishes.exclude
        engines.check(wishes.engine or engines.AUTO)
        try:
            if wishes.rebuild:
                discard(data)
            with closing(CorpusIndex(data, writable=True, engine=wishes.engine)) as index:
                index.asked_engine(wishes.engine)
                with pool_for(finds_names, wishes.workers or _workers()) as pool:
                    report = refresh(index, folder, pool, tell, cancelled, urgent, exclude, finds_names, wishes.retry)
                analyser.want_names(index.connection, wish)
                _follow(index)
        except (OSError, sqlite3.DatabaseError, zlib.error, ValueError) as error:
            if told := _told(error, folder, data):
                raise told from error
            raise
    return report


def _workers() -> int:
    """As many as there are cores; fewer where few files may be open, for each takes some of them."""
    cores = max(1, os.cpu_count() or 1)
    return min(cores, 2) if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < FEW_HANDLES else cores


def _told(error: Exception, folder: Path, data: Path) -> ExplorerError | None:
    """What stopped the writing of an index, in one line with what helps; None for what is no fault of the disk."""
    if is_damage(error):
        return damaged_catalogue(data / CATALOGUE, error)
    reason = getattr(error, "strerror", None) or str(error)
    code = getattr(error, "errno", None)
    full = code in FULL or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL or "No space left" in reason  # tantivy
    if not full:
        if not isinstance(error, OSError | sqlite3.OperationalError):
            return None
        return UnwritableError(f"the index {data} cannot be written ({reason}); EXPLORER_HOME names another place for it")
    there, needed = places.size_on_disk(data), space_needed(folder)
    return UnwritableError(
        f"the disk is full: the index {data} may take up to {_megabytes(needed)} MB and has {_megabytes(there)}; what is indexed "
        "can be searched; make room, or name another place in EXPLORER_HOME, and index again"
    )


def space_needed(folder: Path) -> int:
    """The most bytes that the index of a folder is likely to take."""
    return LEAST_BYTES + sum(
        BYTES_PER_BYTE * min(entry.size, LARGEST_TEXT) for entry in walk(folder) if not isinstance(entry, Note)
    )


def _megabytes(size: int) -> int:
    return max(1, round(size / 1_000_000))


def _wished_before(data: Path) -> tuple[str, tuple[str, ...]]:
    """The engine of names and the patterns to leave out that hold so far; none of either where that cannot be read."""
    if not complete(data):
        return "", ()
    try:
        with closing(catalogue.connect(data / CATALOGUE)) as connection:
            return analyser.wanted_names(connection), tuple(json.loads(catalogue.get_meta(connection, "exclude", "[]")))
    except (ExplorerError, sqlite3.DatabaseError):
        return "", ()  # it will be mended or made anew


def _follow(index: CorpusIndex) -> None:
    """Lets stars and tags follow files that were moved; what comes after the first whole reading counts as new."""
    kept = KeptStore(index.folder, index.connection)
    try:
        kept.follow()
        if index.finished and kept.seen() is None:
            kept.see(index.generation)
    except MendedError:
        raise  # nothing that was kept is lost or restored without a word
    except ExplorerError as error:  # stars and tags wait; the index is what was asked for
        places.log(str(error))
    finally:
        kept.close()
