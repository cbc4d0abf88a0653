"""What the reader keeps: stars, tags, saved queries, names joined or parted, what was seen.

It lies beside the catalogue and outlives it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.index.catalogue import get_meta, transaction
from explorer.index.damage import is_damage
from explorer.index.kept_copy import mend, write_copy
from explorer.index.kept_schema import SCHEMA_VERSION, bring_up_to_date
from explorer.index.words import fold
from explorer.model import ExplorerError, Kept

FILE = "kept.sqlite"
LONGEST_NAME = 100  # code points of a tag or of a saved query's name
BUSY_SECONDS = 5.0
STAR = ""  # the key of the star among the tags, which all have letters
_QUERY_NAME = re.compile(r"[\w.-]+")
# A document's content: its file's hash and its place in it. A file that cannot be read has no hash, and no document.
_CONTENT = "file.hash || '/' || document.member"
_DOCUMENTS = "document JOIN file ON file.number = document.file"
_IN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class _Label:
    """A star or a tag on the document of a path, or, where there is none of that path any more, on those of its content."""

    key: str
    path: str
    hash: str
    shown: str


class KeptStore:
    """Reads and writes what is kept about the documents of one catalogue; no file is made before something is kept.

    Every call raises ExplorerError when the file is damaged, made by a newer explorer or cannot be written.
    """

    def __init__(self, folder: Path, catalogue: sqlite3.Connection) -> None:
        self._path = folder / FILE
        self._catalogue = catalogue
        self._opened: sqlite3.Connection | None = None
        self._writes = 0

    def version(self) -> object:
        """Differs from what it was when anything kept was changed since, by this or another process."""
        with self._speaking():
            connection = self._reading()
            return (self._writes, connection.execute("PRAGMA data_version").fetchone()[0] if connection else None)

    def star(self, number: int, on: bool) -> None:
        """Stars a document, or takes its star away."""
        self._label(number, STAR, "", on)

    def tag(self, number: int, tag: str, on: bool) -> None:
        """Puts a tag on a document, or takes it away; upper and lower case are the same tag, shown as first written."""
        shown = one_line_name(tag)
        self._label(number, fold(shown), shown, on)

    def starred(self) -> set[int]:
        """The documents with a star."""
        return self._labelled(STAR)

    def tagged(self, tag: str) -> set[int]:
        """The documents with a tag, in upper or lower case."""
        key = fold(" ".join(tag.split()))
        return self._labelled(key) if key else set()

    def tags(self) -> dict[str, set[int]]:
        """Every tag with its documents, those with most documents first; a tag whose documents are all gone has none."""
        labels = self._labels("key <> ?", STAR)
        shown = {label.key: label.shown for label in reversed(labels)}
        found: dict[str, set[int]] = {name: set() for name in shown.values()}
        for label, numbers in self._documents(labels):
            found[shown[label.key]] |= numbers
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    def of(self, number: int) -> Kept:
        """What is kept about one document."""
        labels = [label for label, numbers in self._documents(self._on(number)) if number in numbers]
        tags = sorted({label.key: label.shown for label in labels if label.key != STAR}.items())
        return Kept(any(label.key == STAR for label in labels), tuple(shown for _, shown in tags))

    def save_query(self, name: str, query: str) -> None:
        """Keeps a query under a name in place of what was kept under it; an empty one removes the name."""
        name = name.strip()
        if not _QUERY_NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise ExplorerError(f"{_cut(name)} cannot name a saved query: use letters, digits, - _ and . only, 100 at most")
        with self._writing() as connection:
            connection.execute("DELETE FROM saved WHERE key = ?", (fold(name),))
            if query.strip():
                connection.execute("INSERT INTO saved VALUES (?, ?, ?)", (fold(name), name, query.strip()))

    def saved_query(self, name: str) -> str | None:
        """The query kept under a name, in upper or lower case; None where there is none."""
        rows = self._rows("SELECT query FROM saved WHERE key = ?", fold(name))
        return str(rows[0][0]) if rows else None

    def saved_queries(self) -> dict[str, str]:
        """All saved queries by name, in order."""
        return {str(name): str(query) for name, query in self._rows("SELECT name, query FROM saved ORDER BY key")}

    def decide(self, type_: str, name: str, target: str | None) -> None:
        """Keeps that a name stands for another over all documents, for none of them (""), or takes the decision back (None)."""
        with self._writing() as connection:
            connection.execute("DELETE FROM identity WHERE type = ? AND name = ?", (type_, name))
            if target is not None:
                connection.execute("INSERT INTO identity VALUES (?, ?, ?)", (type_, name, target))

    def decisions(self) -> list[tuple[str, str, str]]:
        """What was decided about names: type, name, and the name it stands for, "" for none."""
        return [(str(type_), str(name), str(target)) for type_, name, target in self._rows("SELECT * FROM identity")]

    def see(self, generation: int) -> None:
        """Notes that all documents of the catalogue were seen up to a generation."""
        self.follow()
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (self._catalogue_id(), generation))

    def follow(self) -> None:
        """Notes where the documents with a star or a tag lie by now and what is in them, so that one that is moved and then
        rewritten, or the other way round, keeps them."""
        # While a folder is read anew a file may be missing that is only not read yet: nothing has moved then.
        moved = self._moved() if get_meta(self._catalogue, "finished") == "yes" else []
        if not moved:
            return
        with self._writing() as connection:
            for label, paths in moved:
                connection.execute("DELETE FROM label WHERE key = ? AND path = ?", (label.key, label.path))
                connection.executemany(
                    "INSERT OR REPLACE INTO label VALUES (?, ?, ?, ?)", ((label.key, *path, label.shown) for path in paths)
                )

    def seen(self) -> int | None:
        """The generation up to which all documents of this catalogue were seen; None when they never were."""
        rows = self._rows("SELECT generation FROM seen WHERE catalogue = ?", self._catalogue_id())
        return int(str(rows[0][0])) if rows else None

    def new(self) -> set[int]:
        """The documents that came or changed since they were seen; none when nothing ever was."""
        seen = self.seen()
        if seen is None:
            return set()
        return {number for (number,) in self._catalogue.execute("SELECT number FROM document WHERE born > ?", (seen,))}

    def close(self) -> None:
        """Lets go of the file."""
        if self._opened:
            self._opened.close()
        self._opened = None

    def _label(self, number: int, key: str, shown: str, on: bool) -> None:
        there = [label for label, numbers in self._documents(self._on(number)) if label.key == key and number in numbers]
        if on == bool(there):
            return
        row = self._catalogue.execute(f"SELECT document.path, {_CONTENT} FROM {_DOCUMENTS} WHERE document.number = ?", (number,))
        if not (where := row.fetchone()):
            raise ExplorerError(f"there is no document {number} any more; it was removed from the folder")
        with self._writing() as connection:
            if on:
                known = connection.execute("SELECT shown FROM label WHERE key = ?", (key,)).fetchone()
                connection.execute(
                    "INSERT OR REPLACE INTO label VALUES (?, ?, ?, ?)", (key, *where, known[0] if known else shown)
                )
            for label in there:
                connection.execute("DELETE FROM label WHERE key = ? AND path = ?", (label.key, label.path))

    def _labelled(self, key: str) -> set[int]:
        return set[int]().union(*(numbers for _, numbers in self._documents(self._labels("key = ?", key))))

    def _on(self, number: int) -> list[_Label]:
        """What may be on a document, by its path or by its content."""
        row = self._catalogue.execute(f"SELECT document.path, {_CONTENT} FROM {_DOCUMENTS} WHERE document.number = ?", (number,))
        where = row.fetchone()
        return self._labels("path = ? OR hash = ?", *where) if where else []

    def _documents(self, labels: Iterable[_Label]) -> Iterator[tuple[_Label, set[int]]]:
        """Each label with the documents it is on: that of its path, or those of its content where the path is gone."""
        labels = list(labels)
        by_path = self._catalogued("document.path", "document.path", {label.path for label in labels})
        lost = {label.hash for label in labels if label.path not in by_path}
        by_hash = self._catalogued(_CONTENT, "file.hash", {hash_.partition("/")[0] for hash_ in lost})
        for label in labels:
            yield label, by_path.get(label.path) or by_hash.get(label.hash) or set()

    def _catalogued(self, key: str, column: str, values: Iterable[str]) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = {}
        statement = f"SELECT {key}, document.number FROM {_DOCUMENTS} WHERE {column} {_IN}"
        for value, number in self._catalogue.execute(statement, (json.dumps(list(values)),)):
            found.setdefault(value, set()).add(number)
        return found

    def _moved(self) -> list[tuple[_Label, list[tuple[str, str]]]]:
        """The labels on documents that were moved or rewritten, with the paths and contents of those."""
        found = [(label, numbers) for label, numbers in self._documents(self._labels("1")) if numbers]
        every = json.dumps(list(set[int]().union(*(numbers for _, numbers in found))))
        statement = f"SELECT document.number, document.path, {_CONTENT} FROM {_DOCUMENTS} WHERE document.number {_IN}"
        where = {number: (path, content) for number, path, content in self._catalogue.execute(statement, (every,))}
        now = [(label, [where[number] for number in sorted(numbers)]) for label, numbers in found]
        return [(label, places) for label, places in now if places != [(label.path, label.hash)]]

    def _labels(self, where: str, *values: str) -> list[_Label]:
        rows = self._rows(f"SELECT key, path, hash, shown FROM label WHERE {where} ORDER BY key, path", *values)
        return [_Label(*map(str, row)) for row in rows]

    def _catalogue_id(self) -> str:
        return get_meta(self._catalogue, "id")

    def _rows(self, statement: str, *values: str) -> list[tuple[object, ...]]:
        with self._speaking():
            connection = self._reading()
            return connection.execute(statement, values).fetchall() if connection else []

    def _reading(self) -> sqlite3.Connection | None:
        """The open file; None where nothing was kept yet."""
        if self._opened is None and self._there():
            connection = self._connect()
            if version := connection.execute("PRAGMA user_version").fetchone()[0]:
                if version < SCHEMA_VERSION:
                    with transaction(connection):
                        bring_up_to_date(connection)
                self._opened = connection
            else:
                connection.close()  # another process is making it
        return self._opened

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One step of change, in a file made if need be."""
        with self._speaking():
            if self._opened is None:
                self._there()
                os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
                self._opened = self._connect()
            with transaction(self._opened) as connection:
                bring_up_to_date(connection)
                yield connection
                write_copy(connection, self._path)
            self._writes += 1

    def _there(self) -> bool:
        """Whether anything was kept so far; raises MendedError, the first time, where it was damaged."""
        mend(self._path)
        return self._path.exists()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise ExplorerError(f"the stars, tags and queries in {self._path} were kept by a newer explorer: use that one")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _speaking(self) -> Iterator[None]:
        """Says in one line what is wrong with the file."""
        try:
            yield
        except (OSError, sqlite3.DatabaseError) as error:
            if is_damage(error):  # it is mended when it is opened again
                self.close()
                raise ExplorerError(
                    f"the stars, tags and saved queries in {self._path} are damaged ({error}); try again"
                ) from error
            reason = getattr(error, "strerror", None) or str(error)
            raise ExplorerError(f"stars, tags and saved queries cannot be kept in {self._path}: {reason}") from error


def one_line_name(tag: str) -> str:
    """A tag as it is kept, single blanks between its words; raises ExplorerError when it is none."""
    shown = " ".join(tag.split())
    if not shown or len(shown) > LONGEST_NAME or "\n" in tag.strip() or not shown.isprintable():
        raise ExplorerError(f"{_cut(tag)} cannot be a tag: it takes one line of 1 to {LONGEST_NAME} characters")
    return shown


def _cut(name: str) -> str:
    shown = ascii(name[:40])[1:-1] if not name[:40].isprintable() else name[:40]
    return f"“{shown}{'…' if len(name) > 40 else ''}”"
