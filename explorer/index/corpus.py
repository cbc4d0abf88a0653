"""The index of one corpus: its catalogue, the full-text index of its documents and the one of its quotes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from explorer.index import catalogue, engines, store
from explorer.index.damage import check_seal, seal, unseal
from explorer.index.engine import Asking, Check, DamagedIndexError, Engine, Entry, Found, NewForms
from explorer.index.lexicon import Lexicon
from explorer.index.near import beside, texts_with, widened
from explorer.index.parts import CATALOGUE, discard_engines, discard_part, folder_name, remove_leftovers
from explorer.index.query.syntax import Condition, Leaf, Near, Node, Part, Phrase
from explorer.model import DamagedError, ExplorerError

INDEX_FORMAT = "2"  # raised when what the full-text index holds changes: it is then made anew from the catalogue
REINDEXED = 2000  # texts indexed in one step when an index is made anew
KEPT_LEAVES = 50  # of those whose texts had to be read

ResolveCondition = Callable[[Condition], set[int]]


def _never() -> None:
    """The answer stays wanted."""


class CorpusIndex:
    """Opens the three together. With ``writable`` it makes what is missing and rebuilds what is damaged or outdated.

    ``check`` is called in long work and raises when the answer is not wanted any more.
    """

    def __init__(self, folder: Path, writable: bool = False, engine: str = "", check: Check = _never) -> None:
        self.folder = folder
        self.check = check
        self._writable = writable
        self._check_catalogue()
        if writable:
            unseal(folder / CATALOGUE)
        self.connection = catalogue.connect(folder / CATALOGUE, writable)
        self._inode = (folder / CATALOGUE).stat().st_ino
        if catalogue.get_meta(self.connection, "index format") != INDEX_FORMAT:
            if not writable:
                raise ExplorerError(f"the index {folder} was made by another version; explorer index makes it anew")
            discard_engines(folder, *engines.NAMES)
            with catalogue.transaction(self.connection) as connection:
                catalogue.set_meta(connection, "index format", INDEX_FORMAT)
        if writable:
            remove_leftovers(folder)
        self.engine = self._engine_to_open(engine)
        self._open_engines(self.engine)
        self._read: dict[tuple[Phrase | Near, tuple[Node, ...]], set[int]] = {}

    @property
    def generation(self) -> int:
        """Rises with every change; what was read at one generation is true until the next."""
        return int(catalogue.get_meta(self.connection, "generation", "0"))

    def replaced(self) -> bool:
        """Whether another index lies in the place of this one: after a rebuild, or another engine's, or none."""
        try:
            there = (self.folder / CATALOGUE).stat().st_ino
        except FileNotFoundError:
            return True
        return there != self._inode or catalogue.get_meta(self.connection, "engine", self.engine) != self.engine

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

    def search(self, tree: Node, resolve: ResolveCondition, limit: int | None = None) -> Found:
        """The matching documents, all ranked or only the best; ``resolve`` answers the conditions."""
        return self.texts.search(widened(tree), self._asking(tree, resolve), limit)

    def matching(self, tree: Node, resolve: ResolveCondition) -> set[int]:
        """The numbers of all matching documents."""
        return self.texts.matching(widened(tree), self._asking(tree, resolve))

    def quotes_with(self, words: Phrase | Near) -> set[int]:
        """The numbers of the quotes in which these words stand."""
        asking: Asking

        def read(leaf: Leaf) -> set[int]:
            assert isinstance(leaf, Phrase | Near)
            return texts_with(leaf, self.quotes, asking, self._quote_entries)

        asking = Asking(read, partial(self._quote_words.words_of, check=self.check), self.check)
        return read(words) if isinstance(words, Near) else self.quotes.matching(words, asking)

    def words_of(self, part: Part) -> Iterable[str]:
        """All words of the documents that a part of a query may be."""
        return self._text_words.words_of(part)

    def words(self) -> Sequence[str]:
        """All words of the documents, in order."""
        return self._text_words.all_words()

    def refresh(self) -> None:
        """Sees what was written since."""
        self.texts.refresh()
        self.quotes.refresh()
        self._text_words.forget()
        self._quote_words.forget()
        self._read.clear()

    def change(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Changes the catalogue in one step, and the generation with it."""
        with catalogue.transaction(self.connection) as connection:
            write(connection)
            catalogue.set_meta(connection, "generation", str(self.generation + 1))

    def index_texts(self, entries: Iterable[Entry], gone: Iterable[int]) -> None:
        """Makes documents searchable: the index first, then the word that it has them, so that a stop between loses nothing."""
        listed = list(entries)
        numbers = [entry.number for entry in listed]
        self.texts.apply(self._while_wanted(listed), [*gone, *numbers])
        self.change(lambda connection: store.mark_indexed(connection, numbers))

    def _while_wanted(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        """The entries, for as long as ``check`` lets them through: an index takes a change back when it raises."""
        for entry in entries:
            self.check()
            yield entry

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

    def asked_engine(self, name: str = "") -> str:
        """The engine the user asked for, "auto" until then; a new wish is kept in place of the old."""
        kept = catalogue.get_meta(self.connection, "asked engine", engines.AUTO)
        if not name or name == kept:
            return kept
        engines.check(name)
        with catalogue.transaction(self.connection) as connection:
            catalogue.set_meta(connection, "asked engine", name)
        return name

    def use_engine_for(self, documents: int) -> None:
        """Goes over to the engine that suits so many documents: it is filled from the catalogue before the other is left."""
        name = engines.chosen(self.asked_engine(), documents, self.engine)
        if name == self.engine:
            discard_engines(self.folder, *(other for other in engines.NAMES if other != name))
            return
        before, left = (self.texts, self.quotes), self.engine
        self._open_engines(name)
        self.index_unindexed()
        with catalogue.transaction(self.connection) as connection:
            catalogue.set_meta(connection, "engine", name)
        self.engine = name
        for engine in before:
            engine.close()
        discard_engines(self.folder, left)

    def compact(self) -> None:
        """Joins small parts of the indexes."""
        self.texts.compact(lambda numbers: store.entries(self.connection, numbers))
        self.quotes.compact(self._quote_entries)

    def close(self) -> None:
        """Lets go of all files."""
        self.texts.close()
        self.quotes.close()
        if self._writable:
            seal(self.connection, self.folder / CATALOGUE)
        self.connection.close()

    def forms_of(self, stem: str) -> Sequence[str]:
        """All words of the corpus that have a stem."""
        rows = self.connection.execute("SELECT word FROM form WHERE stem = ?", (stem,))
        return [word for (word,) in rows]

    def _asking(self, tree: Node, resolve: ResolveCondition) -> Asking:
        others = beside(tree)
        asking: Asking

        def answer(leaf: Leaf) -> set[int]:
            if not isinstance(leaf, Phrase | Near):
                return resolve(leaf)
            key = (leaf, others)
            if key not in self._read:
                if len(self._read) >= KEPT_LEAVES:
                    del self._read[next(iter(self._read))]
                self._read[key] = texts_with(leaf, self.texts, asking, self._entries, others)
            return self._read[key]

        asking = Asking(answer, partial(self._text_words.words_of, check=self.check), self.check)
        return asking

    def _entries(self, numbers: Iterable[int]) -> Iterable[Entry]:
        return store.entries(self.connection, numbers)

    def _quote_entries(self, numbers: Iterable[int]) -> Iterable[Entry]:
        return store.quote_entries(self.connection, numbers)

    def _check_catalogue(self) -> None:
        """Raises DamagedError where the catalogue is not what was written; one for another format of the index is let pass."""
        path = self.folder / CATALOGUE
        try:
            check_seal(path, catalogue.SCHEMA_VERSION)
        except DamagedError:
            with suppress(sqlite3.DatabaseError), closing(catalogue.connect(path)) as connection:
                if catalogue.get_meta(connection, "index format", INDEX_FORMAT) != INDEX_FORMAT:
                    return
            raise

    def _engine_to_open(self, asked: str) -> str:
        """The engine that the index was made with; a new index gets the one asked for."""
        made = catalogue.get_meta(self.connection, "engine")
        if made and not engines.is_installed(made):
            if not self._writable:
                raise ExplorerError(
                    f"the index was made with {made}, which is not installed here: pip install 'explorer[large]', or "
                    "explorer index --engine whoosh"
                )
            discard_engines(self.folder, made)
            made = ""
        name = made or engines.chosen(asked or self.asked_engine(), 0, "whoosh")
        if name != made and self._writable:
            with catalogue.transaction(self.connection) as connection:
                catalogue.set_meta(connection, "engine", name)
        return name

    def _open_engines(self, name: str) -> None:
        self.texts = self._open("texts", name, self._new_forms, edges=True)
        self.quotes = self._open("quotes", name, None, edges=False)
        self._text_words = Lexicon(self.texts.expand, self.forms_of)
        self._quote_words = Lexicon(self.quotes.expand, self.forms_of)

    def _open(self, part: str, engine: str, new_forms: NewForms | None, edges: bool) -> Engine:
        folder = self.folder / folder_name(part, engine)
        if not (self._writable or folder.exists()):
            raise DamagedIndexError(f"the index {folder} is not there; explorer index makes it anew")
        open_engine = engines.opener(engine)
        try:
            return open_engine(folder, new_forms, edges)
        except DamagedIndexError:
            if not self._writable:
                raise
            discard_part(folder)
            return open_engine(folder, new_forms, edges)

    def _new_forms(self, forms: Iterable[tuple[str, str]]) -> None:
        with catalogue.transaction(self.connection) as connection:
            store.put_forms(connection, forms)
