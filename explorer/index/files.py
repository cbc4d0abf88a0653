"""Writing to the catalogue what was read of files: their documents, and what there is to know of those that were not read."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from explorer.index.catalogue import ending_of, get_meta, pack, seal_of, unpack
from explorer.index.engine import Entry
from explorer.index.query.dates import days_of_iso
from explorer.index.store import quote_numbers, word_key
from explorer.model import Fault, Note, Reading
from explorer.reading.clean import LINE_BREAKS, clean

UNFINISHED = -1  # the size of a file whose members are still coming: it is never that of a file on the disk
SKIPPED = "skipped"  # the state of what is no failure: a container's hidden files, its links
UNREAD = 0  # the reader of a file that is to be read again whatever happens
_NEWLINE = "\u2424"  # the picture of a line end: a path has one line
_PASSING: tuple[Fault, ...] = ("no access", "changed")  # what may be over the next time, without a trace in the file


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells whether a file changed: two files are the same while all of it is equal. ``path`` is relative to the
    folder; bytes that are no UTF-8 are kept as surrogates, as os.fsdecode gives them."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    reader: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the catalogue has it."""

    number: int
    state: FileState
    hash: str


@dataclass(frozen=True, slots=True)
class _Before:
    """A document as it was before its file was read again."""

    number: int
    born: int
    title: str
    text: bytes


@dataclass(slots=True)
class OpenFile:
    """A file that is being stored, part by part. ``before`` are its documents of last time that were not met again yet,
    ``quotes`` those that are gone from documents that were."""

    number: int
    path: str
    known: bool
    born: int
    before: dict[str, _Before]
    quotes: list[int] = field(default_factory=list)
    passing: bool = False


def shown_path(path: str) -> str:
    """A path as it can be shown and stored: bytes that are no UTF-8 become \\xNN, control characters and line ends pictures."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return clean("".join(chr(0x2400 + ord(c)) if c < " " else _NEWLINE if c in LINE_BREAKS else c for c in text))


def known_files(connection: sqlite3.Connection) -> dict[str, KnownFile]:
    """Every file in the catalogue, by its path."""
    rows = connection.execute("SELECT number, raw, size, mtime_ns, ctime_ns, inode, reader, hash FROM file")
    return {(path := os.fsdecode(raw)): KnownFile(number, FileState(path, *state), hash_) for number, raw, *state, hash_ in rows}


def put_file(
    connection: sqlite3.Connection, state: FileState, hash_: str, readings: Sequence[tuple[str, Reading]], number: int | None
) -> tuple[list[Entry], list[int]]:
    """Stores a file that was read whole, anew or in place of what was known as ``number``; its documents keep their numbers.

    Returns the texts to index and the numbers of the documents that are gone.
    """
    opened = begin_file(connection, state, hash_, number)
    entries = put_readings(connection, opened, readings)
    return entries, end_file(connection, opened, state)


def begin_file(connection: sqlite3.Connection, state: FileState, hash_: str, number: int | None) -> OpenFile:
    """Begins to store a file, anew or in place of what was known as ``number``. Until its end it counts as unread."""
    path = shown_path(state.path)
    row = (os.fsencode(state.path), path, UNFINISHED, state.mtime_ns, state.ctime_ns, state.inode, hash_, state.reader)
    before: dict[str, _Before] = {}
    known = number is not None
    if number is None:
        number = connection.execute("INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
    else:
        rows = connection.execute("SELECT member, number, born, title, text FROM document WHERE file = ?", (number,))
        before = {member: _Before(*rest) for member, *rest in rows}
        connection.execute("DELETE FROM problem WHERE file = ?", (number,))
        connection.execute(
            "UPDATE file SET raw = ?, path = ?, size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, hash = ?, reader = ?"
            " WHERE number = ?",
            (*row, number),
        )
    assert number is not None
    born = int(get_meta(connection, "generation", "0")) + 1  # the generation that this change makes
    return OpenFile(number, path, known, born, before)


def put_readings(connection: sqlite3.Connection, opened: OpenFile, readings: Sequence[tuple[str, Reading]]) -> list[Entry]:
    """Stores readings of an open file by their members and returns the texts to index."""
    entries = []
    for member, reading in readings:
        if reading.state != "ok":
            _put_problem(connection, opened, member, reading)
            opened.passing |= reading.fault in _PASSING
        if reading.state != "unreadable":
            before = opened.before.pop(member, None)
            if before:
                opened.quotes += quote_numbers(connection, [before.number])
            entries.append(_put_document(connection, opened, member, reading, before))
    return entries


def end_file(connection: sqlite3.Connection, opened: OpenFile, state: FileState) -> list[int]:
    """Ends the storing of a file and returns the numbers of its documents that are gone."""
    gone = [before.number for before in opened.before.values()]
    opened.quotes += quote_numbers(connection, gone)
    connection.executemany("DELETE FROM document WHERE number = ?", ((number,) for number in gone))
    reader = UNREAD if opened.passing else state.reader
    connection.execute("UPDATE file SET size = ?, reader = ? WHERE number = ?", (state.size, reader, opened.number))
    return gone


def _put_problem(connection: sqlite3.Connection, opened: OpenFile, member: str, reading: Reading) -> None:
    """Keeps what there is to know of a file or member. One that is a document and has more to be known is read in part."""
    key = (opened.number, member)
    known = connection.execute("SELECT state, fault, reason FROM problem WHERE file = ? AND member = ?", key).fetchone()
    there = connection.execute("SELECT 1 FROM document WHERE file = ? AND member = ?", key).fetchone()
    there = there and member not in opened.before  # else it is the one of before, not yet gone
    state = "partial" if there or (known and known[0] == "partial") else reading.state if reading.fault else SKIPPED
    reasons = [*(known[2].split("; ") if known else ()), *reading.problems]
    row = (*key, state, known[1] if known and known[1] else reading.fault, "; ".join(dict.fromkeys(reasons)))
    connection.execute("INSERT OR REPLACE INTO problem VALUES (?, ?, ?, ?, ?)", row)


def _put_document(
    connection: sqlite3.Connection, opened: OpenFile, member: str, reading: Reading, before: _Before | None
) -> Entry:
    first_day, last_day = days_of(reading.date)
    path, born, text = member_path(opened.path, member), opened.born, pack(reading.text)
    if before:
        connection.execute("DELETE FROM document WHERE number = ?", (before.number,))
        if before.title == reading.title and unpack(before.text) == reading.text:
            born = before.born  # read again, but nobody would call it new
    pages = json.dumps(reading.pages, separators=(",", ":")) if reading.pages else ""
    values = (reading.title, reading.author, reading.date, reading.source, reading.language, json.dumps(reading.guessed), pages)
    cursor = connection.execute(
        "INSERT INTO document (number, file, member, path, title, author, date, source, language, guessed, pages, text, body_end,"
        " seal, first_day, last_day, ext, born, problems, characters)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(before.number if before else None, opened.number, member, path),
            *(*values, text, reading.body_end, seal_of(values, text, reading.body_end)),
            *(first_day, last_day, ending_of(path) or ending_of(opened.path), born),
            *(json.dumps(reading.problems), len(reading.text)),
        ),
    )
    assert cursor.lastrowid is not None
    _put_parties(connection, cursor.lastrowid, reading)
    return Entry(cursor.lastrowid, reading.title, reading.text)


def member_path(path: str, member: str) -> str:
    """The path of a document: its file's, and behind it the member's."""
    return f"{path}/{member}" if member else path


def _put_parties(connection: sqlite3.Connection, document: int, reading: Reading) -> None:
    """Keeps who wrote a document ("from") and to whom ("to"), each with the words to find them by."""
    roles = (("from", f"{reading.sender}\n{reading.author}"), ("to", reading.recipients))
    found = [(role, shown, word_key(shown)) for role, lines in roles for line in lines.split("\n") if (shown := line.strip())]
    connection.executemany("INSERT OR IGNORE INTO party VALUES (NULL, ?, ?)", (entry[1:] for entry in found))
    connection.executemany(
        "INSERT OR IGNORE INTO correspondence SELECT ?, number, ? FROM party WHERE shown = ?",
        ((role, document, shown) for role, shown, _ in found),
    )


def days_of(date: str | None) -> tuple[str | None, str | None]:
    """The first and the last day that a whole or partial ISO date may mean."""
    return (days_of_iso(date[:10]) if date else None) or (None, None)


def move_file(connection: sqlite3.Connection, number: int, state: FileState) -> None:
    """Notes that a known file lies elsewhere now; its documents stay what they are."""
    path = shown_path(state.path)
    connection.execute(
        "UPDATE file SET raw = ?, path = ?, size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, reader = ? WHERE number = ?",
        (os.fsencode(state.path), path, state.size, state.mtime_ns, state.ctime_ns, state.inode, state.reader, number),
    )
    rows = connection.execute("SELECT number, member FROM document WHERE file = ?", (number,)).fetchall()
    moved = [((new := member_path(path, member)), ending_of(new) or ending_of(path), document) for document, member in rows]
    connection.executemany("UPDATE document SET path = ?, ext = ? WHERE number = ?", moved)


def document_numbers(connection: sqlite3.Connection, file: int) -> list[int]:
    """The documents of a file."""
    return [number for (number,) in connection.execute("SELECT number FROM document WHERE file = ?", (file,))]


def remove_file(connection: sqlite3.Connection, file: int) -> None:
    """Takes a file with its documents out of the catalogue."""
    connection.execute("DELETE FROM file WHERE number = ?", (file,))


def with_problems(connection: sqlite3.Connection) -> frozenset[str]:
    """The paths of all files that could not be read or only in part."""
    rows = connection.execute("SELECT DISTINCT raw FROM file JOIN problem ON number = file")
    return frozenset(os.fsdecode(raw) for (raw,) in rows)


def passing_reasons(connection: sqlite3.Connection) -> dict[str, str]:
    """Why files that are tried every time were not read, by their paths."""
    rows = connection.execute(
        "SELECT raw, reason FROM file JOIN problem ON number = file WHERE reader = ? AND member = ''", (UNREAD,)
    )
    return {os.fsdecode(raw): reason for raw, reason in rows}


def as_shown(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes of a walk with their paths as they are kept, one a path, in order."""
    found: dict[str, Note] = {}
    for note in notes:
        found.setdefault(shown_path(note.path), Note(shown_path(note.path), note.reason, note.fault))
    return tuple(found[path] for path in sorted(found))


def put_skipped(connection: sqlite3.Connection, notes: Iterable[Note]) -> None:
    """Keeps the list of what the last walk left out, as ``as_shown`` gives it."""
    connection.execute("DELETE FROM skipped")
    connection.executemany("INSERT INTO skipped VALUES (?, ?, ?)", ((note.path, note.reason, note.fault) for note in notes))
