"""Writing to the catalogue: files, documents, analyses."""

from __future__ import annotations

import collections
import itertools
import json
import operator
import os
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.index.catalogue import ending_of, get_meta, in_chunks, pack, select_in, unpack
from explorer.index.engine import Entry
from explorer.index.query.dates import days_of_iso
from explorer.index.words import words
from explorer.model import Analysis, Note, Quote, Reading
from explorer.work.forms import analysis_from_json, analysis_to_json

SPEAKER = "SPEAKER"  # the type under which the names of speakers are kept, beside those of entities


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


def shown_path(path: str) -> str:
    """A path as it can be shown and stored: bytes that are no UTF-8 become \\xNN, control characters pictures."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(chr(0x2400 + ord(c)) if c < " " else "␡" if c == "\x7f" else c for c in text)


def known_files(connection: sqlite3.Connection) -> dict[str, KnownFile]:
    """Every file in the catalogue, by its path."""
    rows = connection.execute("SELECT number, raw, size, mtime_ns, ctime_ns, inode, reader, hash FROM file")
    return {(path := os.fsdecode(raw)): KnownFile(number, FileState(path, *state), hash_) for number, raw, *state, hash_ in rows}


def put_file(
    connection: sqlite3.Connection, state: FileState, hash_: str, readings: Sequence[tuple[str, Reading]], number: int | None
) -> tuple[list[Entry], list[int]]:
    """Stores a file that was read, anew or in place of what was known as ``number``; its documents keep their numbers.

    Returns the texts to index and the numbers of the documents that are gone.
    """
    born = int(get_meta(connection, "generation", "0")) + 1  # the generation that this change makes
    before: dict[str, _Before] = {}
    if number is not None:
        rows = connection.execute("SELECT member, number, born, title, text FROM document WHERE file = ?", (number,))
        before = {member: _Before(*rest) for member, *rest in rows}
        connection.execute("DELETE FROM document WHERE file = ?", (number,))
    worst = min(readings, key=lambda r: ("unreadable", "partial", "ok").index(r[1].state))[1] if readings else None
    path = shown_path(state.path)
    outcome = (worst.state, "; ".join(worst.problems)) if worst else ("unreadable", "nothing could be read")
    row = (os.fsencode(state.path), path, state.size, state.mtime_ns, state.ctime_ns, state.inode, hash_, state.reader, *outcome)
    if number is None:
        number = connection.execute("INSERT INTO file VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid
    else:
        connection.execute(
            "UPDATE file SET raw = ?, path = ?, size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, hash = ?,"
            " reader = ?, state = ?, reason = ? WHERE number = ?",
            (*row, number),
        )
    assert number is not None
    entries = [
        _put_document(connection, number, path, member, reading, before.pop(member, None), born)
        for member, reading in readings
        if reading.state != "unreadable"
    ]
    return entries, [known.number for known in before.values()]


@dataclass(frozen=True, slots=True)
class _Before:
    """A document as it was before its file was read again."""

    number: int
    born: int
    title: str
    text: bytes


def _put_document(
    connection: sqlite3.Connection, file: int, path: str, member: str, reading: Reading, before: _Before | None, born: int
) -> Entry:
    first_day, last_day = days_of(reading.date)
    if before and before.title == reading.title and unpack(before.text) == reading.text:
        born = before.born  # read again, but nobody would call it new
    cursor = connection.execute(
        "INSERT INTO document (number, file, member, path, title, author, date, first_day, last_day, source, language, ext,"
        " born, guessed, problems, body_end, characters, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(before.number if before else None, file, member, f"{path}/{member}" if member else path),
            *(reading.title, reading.author, reading.date, first_day, last_day, reading.source, reading.language),
            *(ending_of(path), born, json.dumps(reading.guessed), json.dumps(reading.problems)),
            *(reading.body_end, len(reading.text), pack(reading.text)),
        ),
    )
    assert cursor.lastrowid is not None
    _put_parties(connection, cursor.lastrowid, reading)
    return Entry(cursor.lastrowid, reading.title, reading.text)


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
    connection.execute(
        "UPDATE document SET path = CASE member WHEN '' THEN ?1 ELSE ?1 || '/' || member END, ext = ?2 WHERE file = ?3",
        (path, ending_of(path), number),
    )


def document_numbers(connection: sqlite3.Connection, file: int) -> list[int]:
    """The documents of a file."""
    return [number for (number,) in connection.execute("SELECT number FROM document WHERE file = ?", (file,))]


def remove_file(connection: sqlite3.Connection, file: int) -> None:
    """Takes a file with its documents out of the catalogue."""
    connection.execute("DELETE FROM file WHERE number = ?", (file,))


def entries(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterable[Entry]:
    """The texts of documents, to be indexed."""
    for number, title, text in select_in(connection, "SELECT number, title, text FROM document WHERE number IN ({})", numbers):
        assert isinstance(number, int) and isinstance(title, str) and isinstance(text, bytes)
        yield Entry(number, title, unpack(text))


def numbers(connection: sqlite3.Connection, table: Literal["document", "quote"]) -> set[int]:
    """The numbers of all documents or of all quotes."""
    return {number for (number,) in connection.execute(f"SELECT number FROM {table}")}


def unindexed(connection: sqlite3.Connection) -> list[int]:
    """The documents that the full-text index does not have yet."""
    return [number for (number,) in connection.execute("SELECT number FROM document WHERE indexed = 0")]


def mark_indexed(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Notes that the full-text index has these documents."""
    for chunk in in_chunks(numbers):
        connection.execute(f"UPDATE document SET indexed = 1 WHERE number IN ({','.join(map(str, chunk))})")


def put_analysis(connection: sqlite3.Connection, number: int, analysis: Analysis) -> tuple[list[Entry], list[int]]:
    """Stores what was found in a document; what was never analysed counts as such only after mark_analysed.

    Returns the quotes to index and the numbers of the quotes that are gone.
    """
    gone = [quote for (quote,) in connection.execute("SELECT number FROM quote WHERE document = ?", (number,))]
    connection.execute("DELETE FROM quote WHERE document = ?", (number,))
    connection.execute("DELETE FROM entity WHERE document = ?", (number,))
    body = zlib.compress(json.dumps(analysis_to_json(analysis), separators=(",", ":")).encode(), 1)
    connection.execute("INSERT OR REPLACE INTO analysis VALUES (?, ?)", (number, body))
    counts = collections.Counter((mention.type, mention.name, mention.text) for mention in analysis.entities)
    counts.update((mention.type, mention.acts_for, mention.text) for mention in analysis.entities if mention.acts_for)
    connection.executemany("INSERT INTO entity VALUES (?, ?, ?, ?, ?)", ((number, *key, count) for key, count in counts.items()))
    speakers = {(SPEAKER, quote.speaker.name, quote.speaker.name) for quote in analysis.quotes if quote.speaker}
    _put_names(connection, {*counts, *((kind, name, name) for kind, name, _ in counts), *speakers})
    acting = {mention.start: mention.acts_for for mention in analysis.entities if mention.acts_for}
    return [_put_quote(connection, number, place, quote, acting) for place, quote in enumerate(analysis.quotes)], gone


def _put_names(connection: sqlite3.Connection, names: Iterable[tuple[str, str, str]]) -> None:
    """Keeps the forms of names by their folded words, so that a name can be found by some of them."""
    connection.executemany(
        "INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)",
        ((kind, name, form, word_key(form)) for kind, name, form in names),
    )


def word_key(form: str) -> str:
    """The folded words of a form with a blank on both sides of each."""
    return f" {' '.join(words(form))} "


def _put_quote(connection: sqlite3.Connection, document: int, place: int, quote: Quote, acting: Mapping[int, str]) -> Entry:
    """Keeps a quote; a capital that speaks for its country (``acting``, by where it stands) can be found as either."""
    speaker = quote.speaker
    cursor = connection.execute(
        "INSERT INTO quote (document, place, kind, speaker, mention, cue, denied, inferred, acts_for)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            place,
            quote.kind,
            speaker.name if speaker else None,
            speaker.text if speaker else None,
            quote.cue.text if quote.cue else None,
            quote.denied,
            is_inferred(quote),
            acting.get(speaker.start, "") if speaker else "",
        ),
    )
    assert cursor.lastrowid is not None
    return Entry(cursor.lastrowid, "", _quoted_words(quote))


def is_inferred(quote: Quote) -> bool:
    """Whether a quote's speaker is known only by the same words elsewhere in the text."""
    return quote.speaker is not None and quote.speaker.how.removeprefix("the ").startswith("same words")


def quote_entries(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterable[Entry]:
    """The words of quotes, to be indexed again."""
    wanted = sorted(set(numbers))
    rows = select_in(connection, "SELECT document, place, number FROM quote WHERE number IN ({}) ORDER BY document", wanted)
    for document, group in itertools.groupby(rows, key=operator.itemgetter(0)):
        assert isinstance(document, int)
        body = connection.execute("SELECT body FROM analysis WHERE document = ?", (document,)).fetchone()[0]
        found = analysis_from_json(json.loads(zlib.decompress(body))).quotes
        for _, place, number in group:
            assert isinstance(place, int) and isinstance(number, int)
            yield Entry(number, "", _quoted_words(found[place]))


def _quoted_words(quote: Quote) -> str:
    """The words of a quote's segments, so that no phrase crosses from one to the next."""
    return "\n\n".join(quote.text[start - quote.start : end - quote.start] for start, end in quote.segments)


def put_skipped(connection: sqlite3.Connection, notes: Iterable[Note]) -> None:
    """Keeps the list of what the last walk left out."""
    connection.execute("DELETE FROM skipped")
    connection.executemany(
        "INSERT OR IGNORE INTO skipped VALUES (?, ?)", ((shown_path(note.path), note.reason) for note in notes)
    )


def put_forms(connection: sqlite3.Connection, forms: Iterable[tuple[str, str]]) -> None:
    """Keeps which words share a stem."""
    connection.executemany("INSERT OR IGNORE INTO form VALUES (?, ?)", forms)


def quote_numbers(connection: sqlite3.Connection, documents: Iterable[int]) -> list[int]:
    """The quotes of documents."""
    rows = connection.execute(
        "SELECT number FROM quote WHERE document IN (SELECT value FROM json_each(?))", (json.dumps(list(documents)),)
    )
    return [number for (number,) in rows]


def add_problem(connection: sqlite3.Connection, document: int, problem: str) -> None:
    """Keeps one more thing to know of a document."""
    row = connection.execute("SELECT problems FROM document WHERE number = ?", (document,)).fetchone()
    problems = [*json.loads(row[0]), problem]
    connection.execute("UPDATE document SET problems = ? WHERE number = ?", (json.dumps(list(dict.fromkeys(problems))), document))
