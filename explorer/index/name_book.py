"""What the values of fields can be, commonest first: names, sources, dates, each with its number of documents."""

from __future__ import annotations

import itertools
import json
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from explorer.index.spelling import nearest_words
from explorer.index.store import word_key
from explorer.index.words import words

SPELLINGS = 4  # of each word of a misspelt name
MOST_WHOLE = 40  # names that such spellings make
LONGEST_NAME = 6  # words

Field = Literal["person", "org", "place", "by", "cue", "source", "lang", "ext", "from", "to", "year"]
_TYPES: dict[Field, str] = {"person": "PERSON", "org": "ORG", "place": "PLACE"}
_COUNTED = {
    "cue": "SELECT cue, COUNT(DISTINCT document) FROM quote WHERE cue <> '' GROUP BY cue",
    "source": "SELECT source, COUNT(*) FROM document WHERE source <> '' GROUP BY source",
    "lang": "SELECT language, COUNT(*) FROM document WHERE language <> '' GROUP BY language",
    "ext": "SELECT ext, COUNT(*) FROM document WHERE ext <> '' GROUP BY ext",
    "year": "SELECT substr(last_day, 1, 4), COUNT(*) FROM document WHERE last_day <> '' GROUP BY 1",
    "from": "SELECT shown, COUNT(*) FROM correspondence JOIN party ON number = party WHERE role = 'from' GROUP BY party",
    "to": "SELECT shown, COUNT(*) FROM correspondence JOIN party ON number = party WHERE role = 'to' GROUP BY party",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A value and in how many documents it is."""

    value: str
    field: Field
    documents: int


class _Shelf:
    """Values in order of their documents, kept as two long strings: a hundred thousand names are five megabytes so."""

    def __init__(self, rows: Iterable[tuple[str, int, str]], field: Field) -> None:
        listed = sorted(rows, key=lambda row: (-row[1], row[0]))
        self._field = field
        self._values = "\n".join(value for value, _, _ in listed)
        self._keys = "".join(f"\n{key}" for _, _, key in listed)
        self._value_starts = array("Q", _starts((len(value) for value, _, _ in listed)))
        self._key_starts = array("Q", _starts((len(key) for _, _, key in listed)))
        self._documents = array("Q", (documents for _, documents, _ in listed))

    def __len__(self) -> int:
        return len(self._documents)

    def beginning(self, key: str) -> Iterator[Known]:
        """The values with words that go on so, commonest first; ``key`` is folded words, a blank before each."""
        at = self._keys.find(key)
        while at >= 0:
            place = bisect_right(self._key_starts, at) - 1
            yield self._known(place)
            if place + 1 == len(self):
                return
            at = self._keys.find(key, self._key_starts[place + 1])

    def vocabulary(self) -> list[str]:
        """All words of all values, in order."""
        return sorted(set(self._keys.split()))

    def _known(self, place: int) -> Known:
        start = self._value_starts[place]
        end = self._value_starts[place + 1] - 1 if place + 1 < len(self) else len(self._values)
        return Known(self._values[start:end], self._field, self._documents[place])


def _starts(lengths: Iterable[int]) -> Iterator[int]:
    at = 0
    for length in lengths:
        yield at
        at += length + 1


class NameBook:
    """The values of one state of the catalogue; each kind is read when it is first asked for. Made anew when that changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._shelves: dict[Field, _Shelf] = {}

    def beginning(self, field: Field, typed: str, limit: int) -> list[Known]:
        """The commonest values of a field of which words begin as typed; with nothing typed, the commonest of all."""
        folded = words(typed)
        if typed.strip() and not folded:
            return []
        key = f" {' '.join(folded)}" if folded else "\n"
        key += " " if folded and typed[-1].isspace() else ""
        return [known for known, _ in zip(self._shelf(field).beginning(key), range(limit), strict=False)]

    def nearest(self, field: Field, value: str, limit: int = 3) -> list[Known]:
        """The values of a field that a misspelt one may mean, likeliest first: those with all its words, each perhaps spelt
        otherwise; else those with its last word, or with another."""
        shelf = self._shelf(field)
        vocabulary = shelf.vocabulary()
        counts = dict.fromkeys(vocabulary, 1)
        spelt = [
            ([word] if word in counts else []) + nearest_words(word, vocabulary, lambda other: counts.get(other, 0), SPELLINGS)
            for word in words(value)[:LONGEST_NAME]
        ]
        whole = islice(itertools.product(*spelt), MOST_WHOLE)
        tries = [*(f" {' '.join(chosen)} " for chosen in whole), *(f" {word} " for one in reversed(spelt) for word in one)]
        found = (known for key in tries if key.strip() for known in islice(shelf.beginning(key), limit))
        return list(islice(dict.fromkeys(found), limit))

    def _shelf(self, field: Field) -> _Shelf:
        if field not in self._shelves:
            self._shelves[field] = _Shelf(self._rows(field), field)
        return self._shelves[field]

    def _rows(self, field: Field) -> Iterable[tuple[str, int, str]]:
        if field in _TYPES:
            type_ = _TYPES[field]
            forms = self._connection.execute("SELECT name, words FROM name WHERE type = ?", (type_,))
            counts = self._connection.execute(
                "SELECT name, COUNT(DISTINCT document) FROM entity WHERE type = ? GROUP BY name", (type_,)
            )
            return self._together(forms, counts, "SELECT name, document FROM entity WHERE type = ?1 AND name IN", type_)
        if field == "by":
            forms = self._connection.execute(
                "SELECT name, words FROM name WHERE type <> 'DATE' AND name IN (SELECT speaker FROM quote) ORDER BY name"
            )
            counts = self._connection.execute(
                "SELECT speaker, COUNT(DISTINCT document) FROM quote WHERE speaker <> '' GROUP BY speaker"
            )
            return self._together(forms, counts, "SELECT speaker, document FROM quote WHERE ?1 <> '' AND speaker IN", "by")
        rows = self._connection.execute(_COUNTED[field])
        return ((_one_line(value), count, word_key(value)) for value, count in rows)

    def _together(
        self, forms: Iterable[tuple[str, str]], counts: Iterable[tuple[str, int]], documents_of: str, type_: str
    ) -> Iterator[tuple[str, int, str]]:
        """Each name with its number of documents and the words of all its forms; names of the same words are one."""
        keys: dict[str, str] = {}
        for name, key in forms:
            if key not in keys.setdefault(name, ""):
                keys[name] += key
        alike: dict[str, list[tuple[int, str]]] = {}
        for name, count in counts:
            alike.setdefault(word_key(name), []).append((count, name))
        several = json.dumps([name for names in alike.values() if len(names) > 1 for _, name in names])
        documents: dict[str, set[int]] = {}
        for name, document in self._connection.execute(f"{documents_of} (SELECT value FROM json_each(?2))", (type_, several)):
            documents.setdefault(name, set()).add(document)
        for own_key, names in alike.items():
            count, shown = max(names, key=lambda pair: (pair[0], pair[1]))
            if len(names) > 1:
                count = len(set[int]().union(*(documents[name] for _, name in names)))
            others = (keys.get(name, "").replace(own_key, "") for _, name in names)
            yield _one_line(shown), count, own_key + "".join(dict.fromkeys(others))


def _one_line(value: str) -> str:
    return " ".join(value.split())
