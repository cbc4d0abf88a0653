"""The catalogue: documents, texts and analyses in SQLite. It is the truth; the full-text index is derived from it."""

from __future__ import annotations

import os
import secrets
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from explorer.index.damage import damaged_catalogue, is_damage
from explorer.index.words import fold
from explorer.model import DamagedError, ExplorerError

KEPT_PLAIN = 4096  # bytes: to compress a short text costs more time than it saves room
SCHEMA_VERSION = 4
SEALED = "number, seal, body_end, text, title, author, date, source, language, guessed, pages"
SEALED_COLUMNS = SEALED.count(",") + 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    number INTEGER PRIMARY KEY, raw BLOB NOT NULL UNIQUE, path TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    hash TEXT NOT NULL, reader INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX file_by_hash ON file (hash);
CREATE TABLE document (
    number INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, member TEXT NOT NULL,
    path TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, date TEXT, first_day TEXT, last_day TEXT,
    source TEXT NOT NULL, language TEXT, ext TEXT NOT NULL DEFAULT '',
    born INTEGER NOT NULL DEFAULT 0, guessed TEXT NOT NULL, problems TEXT NOT NULL, body_end INTEGER NOT NULL,
    characters INTEGER NOT NULL, text BLOB NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0, analysed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (file, member));
CREATE INDEX document_unindexed ON document (number) WHERE indexed = 0;
CREATE INDEX document_by_analysis ON document (analysed);
CREATE TABLE analysis (document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, body BLOB NOT NULL);
CREATE TABLE entity (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, type TEXT NOT NULL, name TEXT NOT NULL,
    form TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (document, type, name, form)) WITHOUT ROWID;
CREATE INDEX entity_by_name ON entity (type, name);
CREATE TABLE name (
    type TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (type, name, form)) WITHOUT ROWID;
CREATE TABLE quote (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    place INTEGER NOT NULL, kind TEXT NOT NULL, speaker TEXT, mention TEXT, cue TEXT, denied INTEGER NOT NULL,
    inferred INTEGER NOT NULL DEFAULT 0);
CREATE INDEX quote_by_document ON quote (document);
CREATE TABLE form (stem TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (stem, word)) WITHOUT ROWID;
CREATE TABLE skipped (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
"""
# What version 2 has beside those tables. The indices hold all that their questions need: a row of document is long.
_SINCE_2 = """
CREATE INDEX document_by_day ON document (last_day DESC, path, first_day);
CREATE INDEX document_by_source ON document (source, path);
CREATE INDEX document_by_title ON document (title COLLATE NOCASE, path);
CREATE INDEX document_by_path ON document (path);
CREATE INDEX document_by_ext ON document (ext);
CREATE INDEX document_by_language ON document (language);
CREATE INDEX document_by_birth ON document (born);
CREATE INDEX quote_by_speaker ON quote (speaker, document);
CREATE INDEX quote_by_cue ON quote (cue, document);
CREATE INDEX quote_by_kind ON quote (kind, document);
CREATE INDEX quote_denied ON quote (document) WHERE denied = 1;
CREATE INDEX quote_inferred ON quote (document) WHERE inferred = 1;
CREATE TABLE party (number INTEGER PRIMARY KEY, shown TEXT NOT NULL UNIQUE, words TEXT NOT NULL);
CREATE TABLE correspondence (
    role TEXT NOT NULL, party INTEGER NOT NULL REFERENCES party,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, PRIMARY KEY (role, party, document)) WITHOUT ROWID;
CREATE INDEX correspondence_by_document ON correspondence (document);
CREATE TABLE copy (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, family INTEGER NOT NULL, wording INTEGER NOT NULL);
CREATE INDEX copy_by_family ON copy (family);
CREATE TABLE sketch (
    band INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    PRIMARY KEY (band, document)) WITHOUT ROWID;
CREATE INDEX sketch_by_document ON sketch (document);
"""
# What version 3 has beside those.
_SINCE_3 = """
CREATE TABLE link (
    type TEXT NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (type, name)) WITHOUT ROWID;
ALTER TABLE quote ADD COLUMN acts_for TEXT NOT NULL DEFAULT '';
CREATE INDEX quote_by_acting ON quote (acts_for, document) WHERE acts_for <> '';
CREATE TABLE analyser (number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
INSERT INTO analyser SELECT DISTINCT analysed, 'rules ' || analysed FROM document WHERE analysed > 0;
INSERT INTO meta SELECT 'analyser', fingerprint FROM analyser ORDER BY number DESC LIMIT 1;
"""
# What version 4 has beside those: what there is to know of files and of their members; pages; seals on what was read.
_SINCE_4 = """
CREATE TABLE problem (
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, member TEXT NOT NULL, state TEXT NOT NULL, fault TEXT NOT NULL,
    reason TEXT NOT NULL, PRIMARY KEY (file, member)) WITHOUT ROWID;
INSERT INTO problem SELECT number, '', state, '', reason FROM file WHERE state <> 'ok';
ALTER TABLE file DROP COLUMN state;
ALTER TABLE file DROP COLUMN reason;
ALTER TABLE document ADD COLUMN pages TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN seal INTEGER;
ALTER TABLE skipped ADD COLUMN fault TEXT NOT NULL DEFAULT '';
"""
_FROM_1_TO_2 = """
ALTER TABLE document ADD COLUMN ext TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN born INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quote ADD COLUMN inferred INTEGER NOT NULL DEFAULT 0;
DROP INDEX quote_by_speaker;
UPDATE document SET ext = ending_of((SELECT path FROM file WHERE file.number = document.file));
"""


def connect(path: Path, writable: bool = False) -> sqlite3.Connection:
    """Opens the catalogue, making it when ``writable`` and absent.

    One that an older explorer made is brought up to date when ``writable``. Raises ExplorerError when it was made by a newer
    version or is damaged, or by an older one and may only be read.
    """
    new = not path.exists()
    if new and not writable:
        raise ExplorerError(f"nothing is indexed yet in {path.parent}; run explorer index on the folder first")
    if new:
        for ending in ("-wal", "-shm"):  # of one that was removed: SQLite would write it into the new one
            path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
    connection = sqlite3.connect(_address(path, writable), timeout=30, isolation_level=None, check_same_thread=False, uri=True)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
        if new:
            path.chmod(0o600)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version < SCHEMA_VERSION and writable:
            _bring_up_to_date(connection)
        elif 0 < version < SCHEMA_VERSION:
            raise ExplorerError(f"the catalogue {path} was made by an older explorer; explorer index brings it up to date")
        elif version == 0:
            raise damaged_catalogue(path, "it is empty")
        elif version != SCHEMA_VERSION:
            raise ExplorerError(
                f"the catalogue {path} has format {version}, this explorer reads {SCHEMA_VERSION}: "
                "use the newer explorer, or explorer forget the folder and index it again"
            )
    except BaseException as error:
        connection.close()
        if is_damage(error):
            raise damaged_catalogue(path, error) from error
        raise
    return connection


def _address(path: Path, writable: bool) -> str:
    """A catalogue as SQLite opens it; where its folder cannot be written SQLite has to be told that nobody writes to it."""
    lasting = not (writable or os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists())
    return f"{path.absolute().as_uri()}{'?immutable=1' if lasting else ''}"


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Makes the tables, or changes those of version 1, in one step: after a stop all of it is done or nothing."""
    connection.create_function("ending_of", 1, ending_of, deterministic=True)
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have done it while we waited
        if version < SCHEMA_VERSION:
            steps = _TABLES + _SINCE_2 if version == 0 else _FROM_1_TO_2 + _SINCE_2 if version == 1 else ""
            steps += (_SINCE_3 if version < 3 else "") + _SINCE_4
            for statement in steps.split(";\n"):
                connection.execute(statement)
            if version < 2:
                set_meta(connection, "id", secrets.token_hex(16))
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def ending_of(path: str) -> str:
    """What a file's name ends in after its last dot, folded; "" where it has none."""
    name = path.rpartition("/")[2]
    return fold(name.rpartition(".")[2]) if "." in name else ""


class transaction:  # noqa: N801 - reads as a word in a with statement
    """Commits at the end of a with block, rolls back on an exception; takes the write lock at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __enter__(self) -> sqlite3.Connection:
        self.connection.execute("BEGIN IMMEDIATE")
        return self.connection

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.connection.execute("COMMIT")
        elif self.connection.in_transaction:  # on a full disk SQLite rolls back by itself
            self.connection.execute("ROLLBACK")


def pack(text: str) -> bytes:
    """A text as it is kept: UTF-8 after a zero byte where it is short, else compressed (which never begins with zero)."""
    data = text.encode("utf-8")
    return zlib.compress(data, 1) if len(data) > KEPT_PLAIN else b"\0" + data


def unpack(data: bytes) -> str:
    """The text that was kept."""
    return (data[1:] if data[:1] == b"\0" else zlib.decompress(data)).decode("utf-8")


def seal_of(values: Sequence[str | None], text: bytes, body_end: int) -> int:
    """The checksum of a document's row: CRC-32 of title, author, date, source, language, guessed, pages, the end of its body, and
    the text as it is kept."""
    head = "\0".join(value or "" for value in values)
    return zlib.crc32(text, zlib.crc32(f"{head}\0{body_end}".encode("utf-8", "surrogatepass")))


def checked(row: Sequence[Any]) -> tuple[int, str, bytes]:
    """Number, title and text as it is kept of a row that begins with the columns SEALED.

    Raises DamagedError where it is not what was written; rows of older catalogues have no seal.
    """
    number, seal, body_end, text, title, *values = row[:SEALED_COLUMNS]
    if seal is not None and seal != seal_of((title, *values), text, body_end):
        what = f"document {number} is not what was kept"
        message = f"the catalogue is damaged ({what}); explorer index --rebuild FOLDER makes it anew"
        raise DamagedError(message, "catalogue")
    return number, title, text


def get_meta(connection: sqlite3.Connection, key: str, default: str = "") -> str:
    """A value kept about the whole catalogue."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else default


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keeps a value about the whole catalogue."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def in_chunks(numbers: Iterable[int], size: int = 30_000) -> Iterator[Sequence[int]]:
    """Numbers in lists short enough for one SQL statement."""
    listed = list(numbers)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def select_in(connection: sqlite3.Connection, statement: str, numbers: Iterable[int]) -> Iterator[tuple[object, ...]]:
    """Runs a statement with `{}` where a list of numbers goes, for any count of numbers."""
    for chunk in in_chunks(numbers):
        yield from connection.execute(statement.format(",".join(map(str, chunk))))
