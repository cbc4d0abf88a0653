"""Texts through the worker processes and back in their order, as many at a time as keep the workers busy."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from explorer.export.answers import Extracted
from explorer.index.listing import with_pages
from explorer.library.finding_names import pool_for, prepare, seconds_for
from explorer.model import Analysis, Reading
from explorer.reading.fields import unreadable
from explorer.reading.patience import read_seconds
from explorer.work.forms import analysis_from_json, reading_from_json
from explorer.work.pool import Pool
from explorer.work.slot import Outcome

AHEAD = 64  # sources under way at a time: few enough to hold their texts


@dataclass(frozen=True, slots=True)
class Source:
    """Something to extract from: a file by its ``path``, or a ``text`` as it is with the ``date`` (ISO) it was written."""

    id: Any
    path: Path | None = None
    text: str = ""
    date: str | None = None


@dataclass(frozen=True, slots=True)
class BadInput:
    """Something the user gave that cannot be a source, and why, in one line."""

    message: str


@dataclass
class _Item:
    """A source under way. ``parts`` are its readings (several where a file has members), with what was found in each."""

    source: Source | BadInput
    engine: str  # of names
    waits: int = 1
    names: list[Any] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    found: dict[int, Analysis] = field(default_factory=dict)


def extract(sources: Iterable[Source | BadInput], names: str) -> Iterator[Extracted | BadInput]:
    """What was extracted from each source, in their order; what cannot be read has an empty text and a problem.

    Raises ExplorerError before the first where the engine of ``names`` cannot be loaded.
    """
    waiting: deque[_Item] = deque()
    incoming = iter(sources)
    with pool_for(names, max(1, (os.cpu_count() or 2) - 1)) as pool:
        prepare(pool, names)
        more = True
        while more or waiting:
            while more and len(waiting) < AHEAD:
                source = next(incoming, None)
                if source is None:
                    more = False
                else:
                    waiting.append(_begin(pool, source, names))
            while waiting and not waiting[0].waits:
                yield from _finished(waiting.popleft())
            if waiting and waiting[0].waits:
                for outcome in pool.take():
                    _take(pool, outcome)


def _begin(pool: Pool, source: Source | BadInput, engine: str) -> _Item:
    item = _Item(source, engine)
    if isinstance(source, BadInput):
        item.waits = 0
    elif source.path is None:
        item.waits = 0
        _analyse(pool, item, source.id, Reading(source.text, date=source.date, body_end=len(source.text)))
    else:
        root, name = os.fspath(source.path.parent), source.path.name
        request = {"op": "read", "root": root, "path": name, "priority": 1, "limit": read_seconds()}
        pool.submit((item, None), request)
    return item


def _analyse(pool: Pool, item: _Item, name: Any, reading: Reading) -> None:
    """Notes a reading and has it analysed where there is text in it."""
    item.names.append(name)
    item.readings.append(reading)
    if reading.text:
        item.waits += 1
        request = {"op": "analyse", "texts": [[reading.text, reading.date, reading.body_end]], "names": item.engine}
        pool.submit((item, len(item.readings) - 1), {**request, "limit": seconds_for(item.engine)})


def _take(pool: Pool, outcome: Outcome) -> None:
    item, part = outcome.tag
    item.waits -= not outcome.more
    if part is not None:
        if outcome.value is None:
            problem = f"names and quotes were not found: {outcome.error}"
            item.readings[part] = replace(item.readings[part], problems=(*item.readings[part].problems, problem))
        else:
            found = analysis_from_json(outcome.value["analyses"][0])
            item.found[part] = with_pages(found, item.readings[part].pages)
    elif outcome.value is None:
        item.names.append(item.source.id)
        item.readings.append(unreadable(outcome.error or "it could not be read", outcome.fault or "crashed"))
    else:
        for member, reading in outcome.value["readings"]:
            name = f"{item.source.id}/{member}" if member else item.source.id
            _analyse(pool, item, name, reading_from_json(reading))


def _finished(item: _Item) -> Iterator[Extracted | BadInput]:
    if isinstance(item.source, BadInput):
        yield item.source
    for at, (name, reading) in enumerate(zip(item.names, item.readings, strict=True)):
        yield Extracted(name, reading, item.found.get(at, Analysis()))
