"""Before a folder's index is opened: making an empty one, mending what the reader keeps, reading a query without it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from explorer.index.corpus import CorpusIndex
from explorer.index.kept import FILE, KeptStore
from explorer.index.kept_copy import MendedError, mend
from explorer.index.parts import check_parts, complete
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Query
from explorer.library import places
from explorer.library.lock import BusyError, lock
from explorer.model import DamagedError

MAKING_SECONDS = 20.0


def read_query(folder: Path, query: str) -> Query:
    """Reads a query as it is understood in a folder, which need not be indexed; raises QueryError."""
    kept = KeptStore(places.data_folder(places.corpus_folder(folder)), sqlite3.connect(":memory:"))  # asked for queries only
    try:
        return parse(query, saved=kept.saved_query, saved_names=kept.saved_queries())
    finally:
        kept.close()


def mend_kept(folder: Path) -> str:
    """Looks after what the reader keeps of a folder; says what became of it where it was damaged, "" where all is well."""
    try:
        mend(places.data_folder(places.corpus_folder(folder)) / FILE)
    except MendedError as mended:
        return str(mended)
    except (OSError, sqlite3.DatabaseError):
        return ""  # who asks for it is told
    return ""


def make_index(folder: Path, data: Path, was_open: bool) -> None:
    """Makes an empty index in ``data`` where there never was one, or waits while another process makes one.

    Raises DamagedError where one was there and is gone, whole (it ``was_open``) or in part: that is nothing to be silent about.
    """
    until = time.monotonic() + MAKING_SECONDS
    while not complete(data):
        try:
            if was_open and not data.exists():
                raise _removed(data)
            places.make_data_folder(folder)
            with lock(data / "writing"):
                if complete(data):
                    continue
                check_parts(data)
                if was_open:
                    raise _removed(data)
                with places.private_files():
                    CorpusIndex(data, writable=True).close()
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _removed(data: Path) -> DamagedError:
    return DamagedError(f"the index {data} was removed; explorer index FOLDER makes it anew", "gone")
