"""The second pass of a refresh: names, quotes and copies of what can be searched already."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Sequence
from functools import partial

from explorer.analysis.version import ANALYSIS_VERSION
from explorer.index import copies, listing, store
from explorer.index.engine import Entry
from explorer.library.running import FLUSH_SECONDS, Work
from explorer.work.forms import analysis_from_json
from explorer.work.pool import Outcome

FIRST_BATCH, LARGEST_BATCH = 200, 2000  # documents
AT_ONCE = 50  # documents fetched together to be handed to the workers
ANALYSED_CHARACTERS = 2_000_000  # of one text: more would take a worker longer than it is given
AHEAD = 2_000_000  # characters of text handed to the workers ahead of time, so that none waits while a batch is written


def analyse(work: Work) -> None:
    """Analyses every document that is not, the urgent ones first, and stops early when the refresh is cancelled."""
    index, pool, started = work.index, work.pool, time.monotonic()
    waiting = dict.fromkeys(store.unanalysed(index.connection, ANALYSIS_VERSION))
    total, done = len(waiting), 0
    batch: list[Outcome] = []
    queued: dict[int, int] = {}  # documents the workers have, with the length of their texts
    urgent: set[int] = set()  # those on screen: kept as soon as they come
    flushed, flush_size = started, FIRST_BATCH
    if waiting:
        work.progress("meaning", 0, total, started, at_once=True)
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
        for outcome in pool.take(0.1):
            waiting.pop(outcome.tag, None)
            if queued.pop(outcome.tag, None) is not None:  # what became urgent in the queue comes twice
                batch.append(outcome)
        seen_now = any(outcome.tag in urgent for outcome in batch)
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
    lengths: dict[int, int] = {}
    for number, found in listing.documents(work.index.connection, numbers, ANALYSIS_VERSION).items():
        end = lengths[number] = min(found.body_end, ANALYSED_CHARACTERS)
        if end < found.body_end:
            note = f"names and quotes are looked for in the first {ANALYSED_CHARACTERS:,} characters only"
            work.index.change(partial(store.add_problem, document=number, problem=note))
        request = {"op": "analyse", "text": found.text[:end], "date": found.date, "body_end": end, "priority": priority}
        work.pool.submit(number, request)
    return lengths


def _keep_analyses(work: Work, batch: Sequence[Outcome]) -> None:
    if not batch:
        return
    entries: list[Entry] = []
    gone: list[int] = []
    numbers = [outcome.tag for outcome in batch]

    def write(connection: sqlite3.Connection) -> None:
        there = listing.existing(connection, numbers)
        for outcome in batch:
            if outcome.tag not in there:
                continue
            if outcome.value is None:
                store.add_problem(connection, outcome.tag, f"names and quotes were not found: {outcome.error}")
                continue
            new, old = store.put_analysis(connection, outcome.tag, analysis_from_json(outcome.value["analysis"]))
            entries.extend(new)
            gone.extend(old)
        copies.note_copies(connection, store.entries(connection, there))

    work.index.change(write)
    work.index.quotes.apply(entries, gone)
    work.index.change(lambda connection: store.mark_analysed(connection, numbers, ANALYSIS_VERSION))
