"""The second pass of a refresh: names, quotes and copies of what can be searched already."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from explorer.index import analyser, copies, listing, store
from explorer.index.engine import Entry
from explorer.library.finding_names import prepare, seconds_for
from explorer.library.running import FLUSH_SECONDS, Work
from explorer.work.forms import analysis_from_json
from explorer.work.pool import Outcome

FIRST_BATCH, LARGEST_BATCH = 200, 1000  # documents written together; a refresh can be cancelled between two batches only
AT_ONCE = 50  # documents fetched together to be handed to the workers
REQUEST = 20_000  # characters of short texts in one request: as many as are sent to a worker before it is done with the last
ANALYSED_CHARACTERS = 2_000_000  # of one text: more would take a worker longer than it is given
AHEAD = 2_000_000  # characters of text handed to the workers ahead of time, so that none waits while a batch is written


@dataclass(frozen=True, slots=True)
class _Text:
    """A document's text for a worker."""

    number: int
    form: list[Any]
    length: int


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of a document: its analysis as JSON, or why there is none."""

    number: int
    analysis: list[Any] | None
    error: str | None = None


def analyse(work: Work) -> None:
    """Analyses every document that is not, the urgent ones first, and stops early when the refresh is cancelled."""
    index, pool, started = work.index, work.pool, time.monotonic()
    waiting = dict.fromkeys(analyser.unanalysed(index.connection, work.fingerprint))
    total, done = len(waiting), 0
    batch: list[_Found] = []
    queued: dict[int, int] = {}  # documents the workers have, with the length of their texts
    urgent: set[int] = set()  # those on screen: kept as soon as they come
    flushed, flush_size = started, FIRST_BATCH
    if waiting and not work.cancelled():
        work.progress("meaning", 0, total, started, at_once=True)
        prepare(pool, work.names, work.cancelled)
    while waiting or pool.pending or batch:
        if work.cancelled():
            pool.cancel_waiting()
            break
        asked = [number for number in work.urgent() if number in waiting or number in queued]
        urgent.update(asked)
        queued |= _submit(work, asked, priority=0)
        while waiting and sum(queued.values()) < AHEAD:
            following = list(itertools.islice(waiting, AT_ONCE))
            queued |= _submit(work, following, priority=1)
            for number in following:
                del waiting[number]
        for found in itertools.chain.from_iterable(_results(work, outcome) for outcome in pool.take(0.1)):
            waiting.pop(found.number, None)
            if queued.pop(found.number, None) is not None:  # what became urgent in the queue comes twice
                batch.append(found)
        seen_now = any(found.number in urgent for found in batch)
        late = batch and time.monotonic() - flushed > FLUSH_SECONDS
        if len(batch) >= flush_size or late or seen_now or not (waiting or pool.pending):
            _keep_analyses(work, batch)
            done += len(batch)
            batch = []
            flushed, flush_size = time.monotonic(), min(flush_size * 4, LARGEST_BATCH)
        work.progress("meaning", done + len(batch), total, started)
    _keep_analyses(work, batch)


def _submit(work: Work, numbers: Sequence[int], priority: int) -> dict[int, int]:
    """Hands documents to the workers and returns the lengths of their texts; lower priorities come first."""
    texts: list[_Text] = []
    for number, found in listing.documents(work.index.connection, numbers).items():
        end = min(found.body_end, ANALYSED_CHARACTERS)
        if end < found.body_end:
            note = f"names and quotes are looked for in the first {ANALYSED_CHARACTERS:,} characters only"
            work.index.change(partial(store.add_problem, document=number, problem=note))
        texts.append(_Text(number, [found.text[:end], found.date, end], end))
    for together in _requests(texts):
        _send(work, together, priority)
    return {text.number: text.length for text in texts}


def _requests(texts: Sequence[_Text]) -> Iterator[tuple[_Text, ...]]:
    """The texts in groups, short ones together."""
    group: list[_Text] = []
    size = 0
    for text in texts:
        if group and size + text.length > REQUEST:
            yield tuple(group)
            group, size = [], 0
        group.append(text)
        size += text.length
    if group:
        yield tuple(group)


def _send(work: Work, texts: tuple[_Text, ...], priority: int) -> None:
    forms = [text.form for text in texts]
    request = {"op": "analyse", "texts": forms, "names": work.names, "limit": seconds_for(work.names), "priority": priority}
    work.pool.submit(texts, request)


def _results(work: Work, outcome: Outcome) -> Iterator[_Found]:
    """What came of each text of a request; where several failed together, each is tried alone."""
    texts: tuple[_Text, ...] = outcome.tag
    if outcome.value is not None:
        for text, analysis in zip(texts, outcome.value["analyses"], strict=True):
            yield _Found(text.number, analysis)
    elif len(texts) > 1:
        for text in texts:
            _send(work, (text,), priority=1)
    else:
        yield _Found(texts[0].number, None, outcome.error)


def _keep_analyses(work: Work, batch: Sequence[_Found]) -> None:
    if not batch:
        return
    entries: list[Entry] = []
    gone: list[int] = []
    numbers = [found.number for found in batch]

    def write(connection: sqlite3.Connection) -> None:
        there = listing.existing(connection, numbers)
        for found in batch:
            if found.number not in there:
                continue
            if found.analysis is None:
                store.add_problem(connection, found.number, f"names and quotes were not found: {found.error}")
                continue
            new, old = store.put_analysis(connection, found.number, analysis_from_json(found.analysis))
            entries.extend(new)
            gone.extend(old)
        copies.note_copies(connection, store.entries(connection, there))

    work.index.change(write)
    work.index.quotes.apply(entries, gone)
    work.index.change(lambda connection: analyser.mark_analysed(connection, numbers, work.fingerprint))
