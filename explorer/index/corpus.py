"""The index of one corpus: its catalogue, the full-text index of its documents and the one of its quotes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from explorer.index import catalogue, store
from explorer.index.engine import Entry
from explorer.index.query.syntax import Phrase
from explorer.index.whoosh_engine import DamagedIndexError, WhooshEngine

INDEX_FORMAT = "1"  # raised when what the full-text index holds changes: it is then made anew from the catalogue


class CorpusIndex:
    """Opens the three together. With ``writable`` it makes what is missing and rebuilds what is damaged or outdated."""

    def __init__(self, folder: Path, writable: bool = False) -> None:
        self.folder = folder
        self.connection = catalogue.connect(folder / "catalogue.sqlite", writable)
        if writable and catalogue.get_meta(self.connection, "index format") != INDEX_FORMAT:
            self._start_anew()
        try:
            self._open_engines()
        except DamagedIndexError:
            if not writable:
                raise
            self._start_anew()
            self._open_engines()

    @staticmethod
    def discard(folder: Path) -> None:
        """Removes the catalogue, so that everything is read again."""
        for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
            (folder / name).unlink(missing_ok=True)

    @property
    def generation(self) -> int:
        """Rises with every change; what was read at one generation is true until the next."""
        return int(catalogue.get_meta(self.connection, "generation", "0"))

    def refresh(self) -> None:
        """Sees what was written since."""
        self.texts.refresh()
        self.quotes.refresh()

    def change(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Changes the catalogue in one step, and the generation with it."""
        with catalogue.transaction(self.connection) as connection:
            write(connection)
            catalogue.set_meta(connection, "generation", str(self.generation + 1))

    def index_texts(self, entries: Iterable[Entry], gone: Iterable[int]) -> None:
        """Makes documents searchable: the index first, then the word that it has them, so that a stop between loses nothing."""
        listed = list(entries)
        numbers = [entry.number for entry in listed]
        self.texts.apply(listed, [*gone, *numbers])
        self.change(lambda connection: store.mark_indexed(connection, numbers))

    def index_unindexed(self) -> None:
        """Indexes what the catalogue has and the index does not: after a stop, a rebuild, or damage."""
        for engine, table in ((self.texts, "document"), (self.quotes, "quote")):
            there = {number for (number,) in self.connection.execute(f"SELECT number FROM {table}")}
            if left_over := engine.numbers() - there:
                engine.apply((), left_over)
        missing = store.unindexed(self.connection)
        for start in range(0, len(missing), 2000):
            self.index_texts(store.entries(self.connection, missing[start : start + 2000]), ())

    def compact(self) -> None:
        """Joins small parts of the indexes."""
        self.texts.compact(lambda numbers: store.entries(self.connection, numbers))
        self.quotes.compact(self._quote_entries)

    def close(self) -> None:
        """Lets go of all files."""
        self.texts.close()
        self.quotes.close()
        self.connection.close()

    def quotes_with(self, phrase: Phrase) -> list[int]:
        """The numbers of the quotes in which a phrase stands."""
        return [number for number, _ in self.quotes.search(phrase, lambda _: set())]

    def forms_of(self, stem: str) -> Sequence[str]:
        """All words of the corpus that have a stem."""
        rows = self.connection.execute("SELECT word FROM form WHERE stem = ?", (stem,))
        return [word for (word,) in rows]

    def _quote_entries(self, numbers: Sequence[int]) -> Iterable[Entry]:
        return store.quote_entries(self.connection, numbers)

    def _open_engines(self) -> None:
        self.texts = WhooshEngine(self.folder / "texts", self.forms_of, self._new_forms)
        self.quotes = WhooshEngine(self.folder / "quotes", self.forms_of, edges=False)

    def _new_forms(self, forms: Iterable[tuple[str, str]]) -> None:
        with catalogue.transaction(self.connection) as connection:
            store.put_forms(connection, forms)

    def _start_anew(self) -> None:
        for name in ("texts", "quotes"):
            if (self.folder / name).exists():
                doomed = self.folder / f"{name}.{os.getpid()}.old"
                (self.folder / name).rename(doomed)
                shutil.rmtree(doomed, ignore_errors=True)
        with catalogue.transaction(self.connection) as connection:
            connection.execute("UPDATE document SET indexed = 0, analysed = 0")
            catalogue.set_meta(connection, "index format", INDEX_FORMAT)
