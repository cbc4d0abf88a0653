"""Writing to the catalogue: what is found in documents, and what the indexes have of them."""

from __future__ import annotations

import collections
import itertools
import json
import operator
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from typing import Literal

from explorer.index.catalogue import SEALED, checked, in_chunks, select_in, unpack
from explorer.index.engine import Entry
from explorer.index.words import words
from explorer.model import Analysis, Quote
from explorer.work.forms import analysis_from_json, analysis_to_json

SPEAKER = "SPEAKER"  # the type under which the names of speakers are kept, beside those of entities


def entries(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterable[Entry]:
    """The texts of documents, to be indexed."""
    for row in select_in(connection, f"SELECT {SEALED} FROM document WHERE number IN ({{}})", numbers):
        number, title, text = checked(row)
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
