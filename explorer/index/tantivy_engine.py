"""The engine on tantivy: opening, writing and closing. What it holds of a text is in tantivy_layout, searching in
tantivy_search.

tantivy commits in one step and frees its lock when its process ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from explorer.index.engine import Asking, DamagedIndexError, Entry, Found, NewForms
from explorer.index.query.syntax import Node
from explorer.index.tantivy_layout import BODY, NUMBER, Layout, register_tokenizer, schema, word_term
from explorer.index.tantivy_seal import BrokenSealError, check
from explorer.index.tantivy_search import Snapshot
from explorer.index.words import stem
from explorer.model import ExplorerError

HEAP = 64_000_000  # bytes of postings gathered before they become a segment
WAIT = 20.0  # seconds that a writer waits for another to end
_WAIT_STEP = 0.05


class TantivyEngine:
    """An Engine in a folder of its own; ``edges`` is off where nothing is typed against it (the quotes).

    A writer stays open from the first change until the index is compacted or closed.
    """

    name = "tantivy"

    def __init__(self, folder: Path, new_forms: NewForms | None = None, edges: bool = True) -> None:
        self._new_forms = new_forms
        self._folder = folder
        self._layout = Layout(edges)
        self._schema = schema(edges)
        self._writer: Any = None
        try:
            if not folder.exists():
                _create(folder, self._schema)
            check(folder)  # before tantivy reads anything: a damaged file makes it panic, which the terminal shows
            if not tantivy.Index.is_compatible(str(folder)):
                raise _damaged(folder)
            self._index = tantivy.Index(self._schema, str(folder))  # refuses another schema
            register_tokenizer(self._index, edges)
            self._index.config_reader("manual")
            self.refresh()
        except (ExplorerError, KeyboardInterrupt):
            raise
        except PermissionError as error:
            raise ExplorerError(f"the index {folder} cannot be opened: {error.strerror or error}") from error
        except BaseException as error:  # tantivy panics on some damaged files, and a panic is no Exception
            if not isinstance(error, Exception) and not _is_panic(error):
                raise
            raise _damaged(folder) from error

    def search(self, tree: Node, asking: Asking, limit: int | None = None) -> Found:
        """The matching texts, all ranked or only the best."""
        with self._damage_told():
            return self._snapshot.search(tree, asking, limit)

    def matching(self, tree: Node, asking: Asking) -> set[int]:
        """The numbers of all matching texts."""
        with self._damage_told():
            return self._snapshot.matching(tree, asking)

    def numbers(self) -> set[int]:
        """The numbers of all texts in the index."""
        with self._damage_told():
            return set(self._snapshot.numbers())

    def expand(self, beginning: str) -> Sequence[str]:
        """All words of the index that begin with these letters, in order."""
        with self._damage_told():
            return self._snapshot.terms.expand(beginning)

    def frequency(self, word: str) -> int:
        """In how many texts a word stands, removed ones of late among them."""
        with self._damage_told():
            return self._snapshot.terms.frequency(BODY, word_term(word))

    def apply(self, add: Iterable[Entry], remove: Iterable[int] = ()) -> None:
        """Removes and adds texts in one commit."""
        writer = self._open_writer()
        try:
            gone = list(remove)
            if gone:  # by query: by term nothing is found in a field of unsigned numbers
                writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, NUMBER, gone))
            new: set[str] = set()
            for entry in add:
                document, words = self._layout.document(entry)
                writer.add_document(document)
                new.update(words)
            if self._new_forms:
                self._new_forms((stem(word), word) for word in new)
            writer.commit()
        except BaseException:
            writer.rollback()
            self._writer = None
            raise
        self.refresh()

    def compact(self, entries_of: Callable[[Sequence[int]], Iterable[Entry]]) -> None:
        """Waits until tantivy has joined what it joins by itself, and lets others write."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None
            self.refresh()

    def refresh(self) -> None:
        """Opens the newest state of the index."""
        with self._damage_told():
            check(self._folder)
            self._index.reload()
        self._snapshot = Snapshot(self._schema, self._index.searcher(), self._layout)

    def close(self) -> None:
        """Lets go of all files."""
        self._writer = None
        del self._snapshot, self._index

    def _open_writer(self) -> Any:
        """The writer, alone in all processes."""
        deadline = time.monotonic() + WAIT
        while self._writer is None:
            try:
                self._writer = self._index.writer(HEAP, num_threads=1)
            except ValueError as error:
                if "Lock" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise ExplorerError(f"another explorer writes to the index {self._folder}") from error
                time.sleep(_WAIT_STEP)
        return self._writer

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """Files that were damaged after they were opened make tantivy fail in many ways."""
        try:
            yield
        except BaseException as error:
            if isinstance(error, BrokenSealError | OSError | ValueError) or _is_panic(error):
                try:
                    check(self._folder)
                except (BrokenSealError, OSError):
                    raise _damaged(self._folder) from error
            raise


def _is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"


def _damaged(folder: Path) -> DamagedIndexError:
    return DamagedIndexError(f"the index {folder} is damaged or of another version; explorer index FOLDER mends it")


def _create(folder: Path, made: Any) -> None:
    """Makes an empty index; its folder appears with all that belongs in it."""
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    tantivy.Index(made, str(fresh))
    fresh.rename(folder)
