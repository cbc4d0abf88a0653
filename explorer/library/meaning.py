"""The second pass of a refresh: names and quotes of what can be searched already."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from explorer.analysis.version import ANALYSIS_VERSION
from explorer.index import listing, store
from explorer.index.engine import Entry
from explorer.library.running import FLUSH_SECONDS, Work
from explorer.work.forms import analysis_from_json
from explorer.work.pool import Outcome

FIRST_BATCH, LARGEST_BATCH = 200, 1000  # documents
ANALYSED_CHARACTERS = 2_000_000  # of one text: more would take a worker longer than it is given
QUEUED = 64  # analyses handed to the workers ahead of time: few, so that what is on screen comes first


def analyse(work: Work) -> None:
    """Analyses every document that is not, the urgent ones first, and stops early when the refresh is cancelled."""
    index, pool, started = work.index, work.pool, time.monotonic()
    waiting = dict.fromkeys(store.unanalysed(index.connection, ANALYSIS_VERSION))
    total, done = len(waiting), 0
    batch: list[Outcome] = []
    flushed, flush_size = started, FIRST_BATCH
    while waiting or pool.pending or batch:
        if work.cancelled():
            pool.cancel_waiting()
            break
        for number in work.urgent():
            if number in waiting:
                del waiting[number]
                _submit_analysis(work, number, priority=0)
        while waiting and pool.pending < QUEUED:
            number = next(iter(waiting))
            del waiting[number]
            _submit_analysis(work, number, priority=1)
        batch += pool.take(0.1)
        late = batch and time.monotonic() - flushed > FLUSH_SECONDS
        if len(batch) >= flush_size or late or not (waiting or pool.pending):
            _keep_analyses(work, batch)
            done += len(batch)
            batch = []
            flushed, flush_size = time.monotonic(), min(flush_size * 2, LARGEST_BATCH)
        work.progress("meaning", done + len(batch), total, started)
    _keep_analyses(work, batch)


def _submit_analysis(work: Work, number: int, priority: int) -> None:
    found = listing.documents(work.index.connection, [number], ANALYSIS_VERSION).get(number)
    if found:
        end = min(found.body_end, ANALYSED_CHARACTERS)
        if end < found.body_end:
            note = f"names and quotes are looked for in the first {ANALYSED_CHARACTERS:,} characters only"
            work.index.change(lambda connection: store.add_problem(connection, number, note))
        request = {"op": "analyse", "text": found.text[:end], "date": found.date, "body_end": end}
        work.pool.submit(number, {**request, "priority": priority})


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

    work.index.change(write)
    work.index.quotes.apply(entries, gone)
    work.index.change(lambda connection: store.mark_analysed(connection, numbers, ANALYSIS_VERSION))
