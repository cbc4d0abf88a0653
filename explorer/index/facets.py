"""Facets: the values that some of the results have, each with the condition that keeps those."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Set
from itertools import islice

from explorer.index.kept import KeptStore
from explorer.index.query.languages import language_code
from explorer.index.store import word_key
from explorer.model import Facet

MOST_VALUES = 30  # of one field
FEW = 50  # times fewer documents than there are: they are looked up one by one


def facets(connection: sqlite3.Connection, numbers: Set[int] | None, kept: KeptStore) -> tuple[Facet, ...]:
    """The values of these documents (None: of all) by source, year, ending, language, tag and what the reader made of them,
    the commonest first, years newest first, at most 30 each.

    ``documents`` counts those that ``query`` keeps, also where it keeps some that have more in that field: source:"Reuters"
    those of Reuters Health, lang:en those in en-GB.
    """
    where = _restriction(connection, numbers)
    return (
        *islice(_sources(_counts(connection, "source", where)), MOST_VALUES),
        *islice(_years(_counts(connection, "last_day", where)), MOST_VALUES),
        *islice(_endings(_counts(connection, "ext", where)), MOST_VALUES),
        *islice(_languages(_counts(connection, "language", where)), MOST_VALUES),
        *_kept(kept, numbers),
    )


def quoted(value: str) -> str:
    """A value in quote marks, as the parser reads it back."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _restriction(connection: sqlite3.Connection, numbers: Set[int] | None) -> str:
    """The documents to count as a condition in SQL; many of them become a table of this connection."""
    known = connection.execute("SELECT COUNT(*) FROM document").fetchone()[0]
    if numbers is None or len(numbers) >= known:
        return "1"
    if len(numbers) * FEW < known:
        return f"number IN ({','.join(map(str, numbers))})"
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (number INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM wanted")
    connection.execute("INSERT INTO wanted SELECT value FROM json_each(?)", (json.dumps(list(numbers)),))
    return "+number IN wanted"  # the plus keeps SQLite from looking up document by document: the index holds all values


def _counts(connection: sqlite3.Connection, column: str, where: str) -> Counter[str]:
    """How many of the documents have each value, those without one left out."""
    rows = connection.execute(f"SELECT {column}, COUNT(*) FROM document WHERE {where} GROUP BY {column}")
    return Counter({value: count for value, count in rows if value})


def _sources(counts: Counter[str]) -> Iterator[Facet]:
    keys = {source: word_key(source) for source in counts}
    commonest: dict[str, str] = {}
    for source, _ in counts.most_common():
        if keys[source].strip() and len(commonest) < MOST_VALUES:
            commonest.setdefault(keys[source], source)
    kept = {source: sum(counts[other] for other in counts if key in keys[other]) for key, source in commonest.items()}
    return _facets("source", "source", kept)


def _years(days: Counter[str]) -> Iterator[Facet]:
    counts: Counter[str] = Counter()
    for day, count in days.items():
        counts[day[:4]] += count
    return (Facet("year", year, counts[year], f"date:{year}") for year in sorted(counts, reverse=True))


def _endings(counts: Counter[str]) -> Iterator[Facet]:
    """Endings without blanks: others are pieces of titles with a dot in them."""
    return _facets("ext", "ext", {ending: count for ending, count in counts.items() if not any(map(str.isspace, ending))})


def _languages(counts: Counter[str]) -> Iterator[Facet]:
    languages: Counter[str] = Counter()
    for tag, count in counts.items():
        if code := language_code(tag):
            languages[code] += count
    return _facets("lang", "lang", languages)


def _kept(kept: KeptStore, numbers: Set[int] | None) -> Iterator[Facet]:
    def count(found: Set[int]) -> int:
        return len(found) if numbers is None else len(found & numbers)

    yield from islice(_facets("tag", "tag", {tag: count(found) for tag, found in kept.tags().items()}), MOST_VALUES)
    yield from _facets("is", "is", {"starred": count(kept.starred()), "new": count(kept.new())})


def _facets(field: str, name: str, counts: dict[str, int]) -> Iterator[Facet]:
    """Facets of values, commonest first; a value is written in quote marks where it is more than letters and digits."""
    for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count:
            yield Facet(field, value, count, f"{name}:{value if value.isascii() and value.isalnum() else quoted(value)}")
