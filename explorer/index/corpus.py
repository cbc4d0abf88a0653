"""The index of one corpus: its catalogue, the full-text index of its documents and the one of its quotes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from explorer.index import catalogue, store
from explorer.index.engine import DamagedIndexError, Entry
from explorer.index.query.syntax import Phrase
from explorer.index.whoosh_engine import WhooshEngine
from explorer.model import ExplorerError

INDEX_FORMAT = "1"  # raised when what the full-text index holds changes: it is then made anew from the catalogue
CATALOGUE, ENGINES = "catalogue.sqlite", ("quotes", "texts")
REINDEXED = 2000  # texts indexed in one step when an index is made anew


class CorpusIndex:
    """Opens the three together. With ``writable`` it makes what is missing and rebuilds what is damaged or outdated."""

    def __init__(self, folder: Path, writable: bool = False) -> None:
        self.folder = folder
        self.connection = catalogue.connect(folder / CATALOGUE, writable)
        self._inode = (folder / CATALOGUE).stat().st_ino
        if catalogue.get_meta(self.connection, "index format") != INDEX_FORMAT:
            if not writable:
                raise ExplorerError(f"the index {folder} was made by another version; explorer index makes it anew")
            _discard_engines(folder, *ENGINES)
            with catalogue.transaction(self.connection) as connection:
                catalogue.set_meta(connection, "index format", INDEX_FORMAT)
        if writable:
            _remove_leftovers(folder)
        self._writable = writable
        self.texts = self._open("texts", lambda at: WhooshEngine(at, self.forms_of, self._new_forms))
        self.quotes = self._open("quotes", lambda at: WhooshEngine(at, self.forms_of, edges=False))

    @staticmethod
    def complete(folder: Path) -> bool:
        """Whether all parts of an index are there; the catalogue is the first to be made and the last to be removed."""
        return all((folder / name).exists() for name in (CATALOGUE, *ENGINES))

    @staticmethod
    def discard(folder: Path) -> None:
        """Removes all of an index, so that everything is read again."""
        _discard_engines(folder, *ENGINES)
        for ending in ("", "-wal", "-shm"):
            (folder / f"{CATALOGUE}{ending}").unlink(missing_ok=True)

    @property
    def generation(self) -> int:
        """Rises with every change; what was read at one generation is true until the next."""
        return int(catalogue.get_meta(self.connection, "generation", "0"))

    def replaced(self) -> bool:
        """Whether another catalogue lies in the place of this one, after a rebuild, or none."""
        try:
            return (self.folder / CATALOGUE).stat().st_ino != self._inode
        except FileNotFoundError:
            return True

    @property
    def finished(self) -> bool:
        """Whether the last refresh came to its end."""
        return catalogue.get_meta(self.connection, "finished") == "yes"

    @finished.setter
    def finished(self, value: bool) -> None:
        with catalogue.transaction(self.connection) as connection:
            catalogue.set_meta(connection, "finished", "yes" if value else "no")

    def excluded(self, patterns: Sequence[str] | None = None) -> tuple[str, ...]:
        """The patterns of files to be left out besides the usual ones; new ones are kept in place of the old."""
        kept = tuple(json.loads(catalogue.get_meta(self.connection, "exclude", "[]")))
        if patterns is None:
            return kept
        wanted = tuple(pattern for pattern in patterns if pattern)
        if wanted != kept:
            with catalogue.transaction(self.connection) as connection:
                catalogue.set_meta(connection, "exclude", json.dumps(wanted))
        return wanted

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
        documents, indexed = store.numbers(self.connection, "document"), self.texts.numbers()
        if indexed - documents:
            self.texts.apply((), indexed - documents)
        missing = sorted({*store.unindexed(self.connection), *(documents - indexed)})
        for start in range(0, len(missing), REINDEXED):
            self.index_texts(store.entries(self.connection, missing[start : start + REINDEXED]), ())
        quotes, indexed = store.numbers(self.connection, "quote"), self.quotes.numbers()
        missing = sorted(quotes - indexed)
        for start in range(0, len(missing), REINDEXED):
            self.quotes.apply(self._quote_entries(missing[start : start + REINDEXED]))
        if indexed - quotes:
            self.quotes.apply((), indexed - quotes)
        if quotes != indexed:
            self.change(lambda _: None)  # tells the readers

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

    def _open(self, name: str, engine: Callable[[Path], WhooshEngine]) -> WhooshEngine:
        if not (self._writable or (self.folder / name).exists()):
            raise DamagedIndexError(f"the index {self.folder / name} is not there; explorer index makes it anew")
        try:
            return engine(self.folder / name)
        except DamagedIndexError:
            if not self._writable:
                raise
            _discard_engines(self.folder, name)
            return engine(self.folder / name)

    def _new_forms(self, forms: Iterable[tuple[str, str]]) -> None:
        with catalogue.transaction(self.connection) as connection:
            store.put_forms(connection, forms)


def _remove_leftovers(folder: Path) -> None:
    """Removes what a stop in the middle of making or discarding an engine left."""
    for path in folder.iterdir():
        if path.suffix in (".old", ".new") and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def _discard_engines(folder: Path, *names: str) -> None:
    for name in names:
        if (folder / name).exists():
            doomed = folder / f"{name}.{os.getpid()}.old"
            (folder / name).rename(doomed)
            shutil.rmtree(doomed, ignore_errors=True)
