"""Brings the index of a folder up to date: takes the lock, opens it for writing, and keeps what was wished for from now on."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from explorer.index import analyser, catalogue, engines
from explorer.index.corpus import CATALOGUE, CorpusIndex
from explorer.index.kept import KeptStore
from explorer.library import places
from explorer.library.finding_names import pool_for
from explorer.library.lock import lock
from explorer.library.refresh import refresh
from explorer.library.settings import AS_SETTINGS, chosen_names
from explorer.model import ExplorerError, Progress, Report


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of a refresh: ``exclude`` (None: as before), ``engine`` and ``names`` ("": as before) hold from now on."""

    exclude: Sequence[str] | None = None
    rebuild: bool = False
    workers: int | None = None
    engine: str = ""
    names: str = ""


def update(
    folder: Path,
    data: Path,
    wishes: Wishes,
    tell: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    urgent: Callable[[], Sequence[int]],
) -> Report:
    """Reads, indexes and analyses what changed in ``folder``; its index lies in ``data``.

    Raises BusyError when another process does it already, ExplorerError when the index cannot be written or the engine of
    names cannot be used.
    """
    with lock(data / "writing", wait=1.0):  # long enough for a searcher that is making the empty index
        names, excluded = _wished_before(data)
        wish = names if not wishes.names else "" if wishes.names == AS_SETTINGS else wishes.names
        finds_names = chosen_names(wish)
        exclude = excluded if wishes.rebuild and wishes.exclude is None else wishes.exclude
        if wishes.rebuild:
            CorpusIndex.discard(data)
        engines.check(wishes.engine or engines.AUTO)
        index = CorpusIndex(data, writable=True, engine=wishes.engine)
        try:
            index.asked_engine(wishes.engine)
            with pool_for(finds_names, wishes.workers or max(1, os.cpu_count() or 1)) as pool:
                report = refresh(index, folder, pool, tell, cancelled, urgent, exclude, finds_names)
            analyser.want_names(index.connection, wish)
            _follow(index)
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            message = f"the index {data} cannot be written ({reason}); EXPLORER_HOME names another place for it"
            raise ExplorerError(message) from error
        finally:
            index.close()
    return report


def _wished_before(data: Path) -> tuple[str, tuple[str, ...]]:
    """The engine of names and the patterns to leave out that hold so far; none of either where that cannot be read."""
    if not CorpusIndex.complete(data):
        return "", ()
    try:
        with closing(catalogue.connect(data / CATALOGUE)) as connection:
            return analyser.wanted_names(connection), tuple(json.loads(catalogue.get_meta(connection, "exclude", "[]")))
    except (ExplorerError, sqlite3.DatabaseError):
        return "", ()  # it will be mended or made anew


def _follow(index: CorpusIndex) -> None:
    """Lets stars and tags follow files that were moved."""
    kept = KeptStore(index.folder, index.connection)
    try:
        kept.follow()
    except ExplorerError as error:  # stars and tags wait; the index is what was asked for
        places.log(str(error))
    finally:
        kept.close()
