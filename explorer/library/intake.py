"""Taking in files: what the workers read of them is written to the catalogue and the index, in batches that grow."""

from __future__ import annotations

import gc
import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from explorer.index import files, store
from explorer.index.engine import Entry
from explorer.index.files import FileState, KnownFile, OpenFile
from explorer.library.running import FLUSH_SECONDS, Work
from explorer.model import ExplorerError, Reading
from explorer.reading.fields import unreadable
from explorer.reading.load import TEXT_BYTES
from explorer.reading.patience import read_seconds
from explorer.reading.registry import READER_VERSION
from explorer.work.forms import reading_from_json
from explorer.work.pool import Outcome
from explorer.work.slot import NO_WORKER

FIRST_BATCH, LARGEST_BATCH = 400, 6_000_000  # documents; characters: the first can be searched soon, later ones cost less
MOST_IN_BATCH = 6_400  # documents, so that a refresh can be cancelled soon
BYTES_AHEAD = 48_000_000  # of files handed to the workers ahead of time: what is read waits in memory


@dataclass(frozen=True, slots=True)
class _Part:
    """What came of a file, or the next members of it; the file's hash is known with its ``first`` part."""

    state: FileState
    hash: str
    readings: list[tuple[str, Reading]]
    first: bool
    last: bool


class Intake:
    """Has files read and writes what comes of it.

    ``known`` is the catalogue before, ``gone`` what of it lies at its place no more; it shrinks as files turn up elsewhere.
    Files of ``again`` are taken in even where they are what they were.
    """

    def __init__(
        self, work: Work, corpus: Path, known: dict[str, KnownFile], gone: dict[str, KnownFile], again: frozenset[str]
    ) -> None:
        self.work = work
        self.root = str(corpus)
        self.ahead = 0
        self.known = known
        self.gone = gone
        self.again = again
        self.tried = files.passing_reasons(work.index.connection)
        self.left_behind: dict[tuple[str, str], list[str]] = {}  # paths that are gone, by what was there
        for path, file in gone.items():
            if file.state.reader == READER_VERSION:
                self.left_behind.setdefault((file.hash, _ending(path)), []).append(path)
        self.batch: list[_Part] = []
        self.batch_size = FIRST_BATCH
        self.characters = 0
        self.begun: set[str] = set()  # files of which a part has come
        self.settled: set[str] = set()  # of those the ones that need no reading
        self.open: dict[str, OpenFile] = {}

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
                work.pool.submit(state, {"op": "read", "path": state.path, "root": self.root, "limit": read_seconds()})
                self.ahead += min(state.size, TEXT_BYTES)
            taken = work.pool.take(0.1)
            while taken:  # each is let go of at once: a few enormous texts side by side would be felt
                outcome = taken.pop(0)
                done += not outcome.more
                self._add(outcome)
                work.progress("text", done, total, started, outcome.tag.path)
                if self.characters > LARGEST_BATCH:
                    del outcome
                    self._flush()
                    flushed = time.monotonic()
            full = len(self.batch) >= self.batch_size
            if full or (self.batch and time.monotonic() - flushed > FLUSH_SECONDS and work.pool.pending == 0):
                self._flush()
                flushed = time.monotonic()
        self._flush()
        if total:
            work.progress("text", done, total, started, at_once=True)

    def _add(self, outcome: Outcome) -> None:
        state: FileState = outcome.tag
        if outcome.error and outcome.error.startswith(NO_WORKER):  # the machine's fault, and no file's
            raise ExplorerError(f"{outcome.error}; what was read so far is kept")
        value = outcome.value or {}
        first, last = state.path not in self.begun, not outcome.more
        if first and "hash" in value and self._settle(state, value["hash"]):
            self.settled.add(state.path)
        self.begun.add(state.path)
        if last:
            self.ahead -= min(state.size, TEXT_BYTES)
            self.begun.discard(state.path)
        if state.path in self.settled:
            if last:
                self.settled.discard(state.path)
            return
        if first and outcome.error and outcome.error == self.tried.get(state.path):
            return  # still what it was
        if outcome.value is None:
            readings = [("", unreadable(outcome.error or "it could not be read", outcome.fault or "crashed"))]
        else:
            readings = [(member, reading_from_json(reading)) for member, reading in value["readings"]]
        self.batch.append(_Part(state, value.get("hash", ""), readings, first, last))
        self.characters += sum(len(reading.text) for _, reading in readings)

    def _settle(self, state: FileState, hash_: str) -> bool:
        """Whether a file is one that was read already, here or elsewhere; that is noted then."""
        known = self.known.get(state.path)
        elsewhere = self.left_behind.get((hash_, _ending(state.path)))
        if known is None and elsewhere:
            moved = self.gone.pop(elsewhere.pop())
            self.work.index.change(lambda connection: files.move_file(connection, moved.number, state))
            return True
        complete = known is not None and known.state.size != files.UNFINISHED and state.path not in self.again
        if known and complete and known.hash == hash_ and known.state.reader == state.reader and hash_:
            self.work.index.change(lambda connection: files.move_file(connection, known.number, state))
            return True
        return False

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
            for part in self.batch:
                self._write(connection, part, entries, gone, quotes)

        work.index.change(write)
        if quotes:
            work.index.quotes.apply((), quotes)
        work.index.index_texts(entries, gone)
        self.batch.clear()
        self.characters = 0
        self.batch_size = min(self.batch_size * 16, MOST_IN_BATCH)

    def _write(
        self, connection: sqlite3.Connection, part: _Part, entries: list[Entry], gone: list[int], quotes: list[int]
    ) -> None:
        count, path = self.work.count, part.state.path
        if part.first:
            known = self.known.get(path)
            self.open[path] = files.begin_file(connection, part.state, part.hash, known.number if known else None)
        opened = self.open[path]
        new = files.put_readings(connection, opened, part.readings)
        entries += new
        if opened.known:
            count.changed += len(new)
        else:
            count.added += len(new)
        self.work.unreadable += sum(reading.state == "unreadable" and bool(reading.fault) for _, reading in part.readings)
        if part.last:
            old = files.end_file(connection, opened, part.state)
            gone += old
            count.removed += len(old)
            quotes += opened.quotes
            del self.open[path]


def remove(work: Work, gone: Sequence[KnownFile]) -> None:
    """Takes files that are gone out of the catalogue and the indexes."""
    connection = work.index.connection
    documents = [number for file in gone for number in files.document_numbers(connection, file.number)]
    quotes = store.quote_numbers(connection, documents)
    work.index.texts.apply((), documents)
    work.index.quotes.apply((), quotes)

    def write(_: sqlite3.Connection) -> None:
        for file in gone:
            files.remove_file(connection, file.number)

    work.index.change(write)
    work.count.removed += len(documents)


def _ending(path: str) -> str:
    """What a file's name ends in; it has a say in how the file is read."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 (a path may hold bytes that are no text)
