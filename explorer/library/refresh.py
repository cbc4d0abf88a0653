"""Bringing an index up to date with its folder: first the text of all that changed, then names and quotes."""

from __future__ import annotations

import gc
import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from explorer.analysis.name_engines import CRF
from explorer.index import analyser, identities, listing, store
from explorer.index.corpus import CorpusIndex
from explorer.index.engine import Entry
from explorer.index.store import FileState, KnownFile
from explorer.library.finding_names import fingerprint_of, prepare
from explorer.library.meaning import analyse
from explorer.library.places import home
from explorer.library.running import FLUSH_SECONDS, Cancelled, Tell, Urgent, Work
from explorer.model import ExplorerError, Note, Reading, Report
from explorer.reading.registry import READER_VERSION
from explorer.reading.walk import Found, walk
from explorer.work.forms import reading_from_json
from explorer.work.pool import Outcome, Pool

FIRST_BATCH, LARGEST_BATCH = 400, 6_000_000  # documents; characters: the first can be searched soon, later ones cost less
BYTES_AHEAD = 48_000_000  # of files handed to the workers ahead of time: what is read waits in memory
MOST_GONE_AT_ONCE = 10  # files: a folder that loses more than these, and all, is rather a disk that is not there


def refresh(
    index: CorpusIndex,
    corpus: Path,
    pool: Pool,
    tell: Tell,
    cancelled: Cancelled = lambda: False,
    urgent: Urgent = lambda: (),
    exclude: Sequence[str] | None = None,
    names: str = CRF,
) -> Report:
    """Reads what changed in a folder, indexes it, analyses it; stops early, losing nothing, when ``cancelled``.

    ``exclude`` is kept and holds for later refreshes that give none; what was not analysed by ``names`` is analysed anew, from
    the texts in the catalogue. Raises ExplorerError when the folder cannot be reached or the engine of names cannot be loaded;
    nothing is removed from the index then.
    """
    started = time.monotonic()
    fingerprint = fingerprint_of(names)
    if fingerprint != analyser.expected(index.connection):
        prepare(pool, names, cancelled)
    work = Work(index, pool, tell, cancelled, urgent, names, fingerprint)
    work.unreadable = len(listing.file_notes(index.connection, "unreadable"))
    before, index.finished = (index.generation, index.finished), False
    analyser.expect(index, fingerprint)
    index.index_unindexed()
    exclude = index.excluded(exclude)
    found, skipped = _scan(work, corpus, exclude)
    if not cancelled():
        index.use_engine_for(len(found))
    _read_changed(work, corpus, found, skipped, exclude)
    if tuple(skipped) != listing.skipped_notes(index.connection):
        index.change(lambda connection: store.put_skipped(connection, skipped))
    analyse(work)
    documents = index.connection.execute("SELECT COUNT(*) FROM document").fetchone()[0]
    if not cancelled():
        if (index.generation, True) != before:  # something was written, or the last refresh did not come to its end
            index.change(identities.link_names)
        index.use_engine_for(documents)
        index.compact()
        index.finished = True
    work.progress("done", documents, documents, started, at_once=True)
    count = work.count
    return Report(
        documents,
        count.added,
        count.changed,
        count.removed,
        documents - count.added - count.changed,
        listing.file_notes(index.connection, "unreadable"),
        listing.file_notes(index.connection, "partial"),
        tuple(skipped),
        time.monotonic() - started,
        cancelled(),
    )


def _scan(work: Work, corpus: Path, exclude: Sequence[str]) -> tuple[list[Found], list[Note]]:
    started = time.monotonic()
    kept_by_us = home().resolve()
    ours = f"{kept_by_us.relative_to(corpus)}/" if kept_by_us.is_relative_to(corpus) else ""
    found: list[Found] = []
    skipped: list[Note] = []
    for entry in walk(corpus, exclude):
        if ours and f"{entry.path}/".startswith(ours):
            continue
        if isinstance(entry, Note):
            skipped.append(entry)
        else:
            found.append(entry)
            work.progress("scan", len(found), len(found), started, entry.path)
        if work.cancelled():
            break
    return found, [*skipped, Note(ours[:-1], "skipped: explorer's own folder")] if ours else skipped


def _read_changed(work: Work, corpus: Path, found: Sequence[Found], skipped: Sequence[Note], exclude: Sequence[str]) -> None:
    if work.cancelled():
        return  # the walk may have been cut short: what it did not see is not gone
    known = store.known_files(work.index.connection)
    states = {
        entry.path: FileState(entry.path, entry.size, entry.mtime_ns, entry.ctime_ns, entry.inode, READER_VERSION)
        for entry in found
    }
    if not states and len(known) > MOST_GONE_AT_ONCE and not exclude:
        message = f"{corpus} is empty now; what was indexed of it ({len(known)} files) is kept until explorer index --rebuild"
        raise ExplorerError(message)
    unseen = [note.path for note in skipped if note.reason.startswith("unreadable folder")]
    out_of_sight = tuple("" if path == "." else f"{path}/" for path in unseen)
    gone = {path: file for path, file in known.items() if path not in states and not path.startswith(out_of_sight)}
    to_read = [state for path, state in states.items() if path not in known or known[path].state != state]
    _Reader(work, corpus, known, gone).read(to_read)
    if gone and not work.cancelled():
        _remove(work, list(gone.values()))


class _Reader:
    """Takes what the workers read and writes it in batches that grow."""

    def __init__(self, work: Work, corpus: Path, known: dict[str, KnownFile], gone: dict[str, KnownFile]) -> None:
        self.work = work
        self.root = str(corpus)
        self.ahead = 0
        self.known = known
        self.gone = gone  # shrinks as files turn up elsewhere
        self.left_behind: dict[tuple[str, str], list[str]] = {}  # paths that are gone, by what was there
        for path, file in gone.items():
            if file.state.reader == READER_VERSION:
                self.left_behind.setdefault((file.hash, _ending(path)), []).append(path)
        self.batch: list[tuple[FileState, str, list[tuple[str, Reading]]]] = []
        self.batch_size = FIRST_BATCH
        self.characters = 0

    def read(self, states: Sequence[FileState]) -> None:
        """Has the files read and writes what comes of it."""
        work, total, started, done = self.work, len(states), time.monotonic(), 0
        flushed = started
        waiting = iter(states)
        while done < total:
            if work.cancelled():
                work.pool.cancel_waiting()
                break
            while self.ahead < BYTES_AHEAD and (state := next(waiting, None)):
                work.pool.submit(state, {"op": "read", "path": state.path, "root": self.root})
                self.ahead += state.size
            for outcome in work.pool.take(0.1):
                done += 1
                self._add(outcome)
                work.progress("text", done, total, started, outcome.tag.path)
            full = len(self.batch) >= self.batch_size or self.characters > LARGEST_BATCH
            if full or (self.batch and time.monotonic() - flushed > FLUSH_SECONDS and work.pool.pending == 0):
                self._flush()
                flushed = time.monotonic()
        self._flush()
        if total:
            work.progress("text", done, total, started, at_once=True)

    def _add(self, outcome: Outcome) -> None:
        state: FileState = outcome.tag
        self.ahead -= state.size
        if outcome.value is None:
            self.batch.append(
                (state, "", [("", Reading("", problems=(outcome.error or "it could not be read",), state="unreadable"))])
            )
            return
        value = outcome.value
        elsewhere = self.left_behind.get((value["hash"], _ending(state.path)))
        if state.path not in self.known and elsewhere:
            moved = self.gone.pop(elsewhere.pop())
            self.work.index.change(lambda connection: store.move_file(connection, moved.number, state))
            return
        known = self.known.get(state.path)
        if known and known.hash == value["hash"] and known.state.reader == state.reader and value["hash"]:
            self.work.index.change(lambda connection: store.move_file(connection, known.number, state))
            return
        readings = [(member, reading_from_json(reading)) for member, reading in value["readings"]]
        self.batch.append((state, value["hash"], readings))
        self.characters += sum(len(reading.text) for _, reading in readings)

    def _flush(self) -> None:
        if not self.batch:
            return
        gc.disable()  # a batch is a great many small lasting objects: looking for garbage among them costs a tenth of the time
        try:
            self._write_batch()
        finally:
            gc.enable()

    def _write_batch(self) -> None:
        work = self.work
        entries: list[Entry] = []
        gone: list[int] = []
        quotes: list[int] = []

        def write(connection: sqlite3.Connection) -> None:
            for state, hash_, readings in self.batch:
                known = self.known.get(state.path)
                if known:
                    quotes.extend(store.quote_numbers(connection, store.document_numbers(connection, known.number)))
                new, old = store.put_file(connection, state, hash_, readings, known.number if known else None)
                entries.extend(new)
                gone.extend(old)
                work.unreadable += not new
                if known:
                    work.count.changed += len(new)
                    work.count.removed += len(old)
                else:
                    work.count.added += len(new)

        work.index.change(write)
        if quotes:
            work.index.quotes.apply((), quotes)
        work.index.index_texts(entries, gone)
        self.batch.clear()
        self.characters = 0
        self.batch_size *= 16


def _remove(work: Work, files: Sequence[KnownFile]) -> None:
    connection = work.index.connection
    documents = [number for file in files for number in store.document_numbers(connection, file.number)]
    quotes = store.quote_numbers(connection, documents)
    work.index.texts.apply((), documents)
    work.index.quotes.apply((), quotes)

    def write(_: sqlite3.Connection) -> None:
        for file in files:
            store.remove_file(connection, file.number)

    work.index.change(write)
    work.count.removed += len(documents)


def _ending(path: str) -> str:
    """What a file's name ends in; it has a say in how the file is read."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 (a path may hold bytes that are no text)
