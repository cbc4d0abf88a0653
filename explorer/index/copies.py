"""Exact and near copies of whole documents: who shares a family with whom.

Candidates are found by min-hash (Broder 1997, "On the resemblance and containment of documents"; one permutation in bins,
Li, Owen and Zhang 2012; bins that stay empty borrow, Shrivastava and Li 2014), then the texts themselves are compared, so
that only copies are folded: see copy_check.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from explorer.index import store
from explorer.index.copy_check import FEWEST_WORDS, SHINGLE, Text, may_be_near, near_copy
from explorer.index.engine import Entry
from explorer.index.passages import end_of_head
from explorer.index.words import words

BANDS, ROWS = 6, 4  # of 4 minima each: resemblance .8 shares one in 96 of 100 cases, .9 in 99.8, .3 in 5, .1 never
BINS = BANDS * ROWS
LOOKED_AT = 8  # documents of a band: one that thousands share is boilerplate, or exact copies, which its first members tell
COMPARED = 4  # candidates whose text is read
MOST_COMPARED = 3_000_000  # code points: longer texts are copies where these and their length are the same
AT_ONCE = 500  # documents whose candidates' texts are in memory together
_WIDTH = SHINGLE * array("I").itemsize


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is found by among others: ``wording`` is equal for texts that differ in case, punctuation and blanks only;
    near copies have one of the ``bands`` in common. A text without words has none."""

    wording: int
    bands: tuple[int, ...]


class _WordNumbers(dict[str, int]):
    """A number for each word, the same in every process; forgotten when there are too many."""

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        number = self[word] = crc32(word.encode("utf-8", "surrogatepass"))
        return number


_numbers = _WordNumbers()


def wording(folded: Sequence[str]) -> int:
    """A 63-bit hash of all words."""
    joined = " ".join(folded).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "big") >> 1


def sketch(folded: Sequence[str], near: bool = True) -> Sketch:
    """The sketch of a text's folded words; without ``near``, and for a short text, only texts of the same words share it."""
    whole = wording(folded)
    if not folded:
        return Sketch(whole, ())
    if not near or len(folded) < FEWEST_WORDS:
        return Sketch(whole, (_signed(crc32(whole.to_bytes(8, "big"))),))
    return Sketch(whole, _bands(folded))


def _bands(folded: Sequence[str]) -> tuple[int, ...]:
    raw = array("I", map(_numbers.__getitem__, folded)).tobytes()
    size = _WIDTH // SHINGLE
    hashes = [crc32(raw[at : at + _WIDTH]) for at in range(0, len(raw) - _WIDTH + size, size)]
    hashes.sort(reverse=True)
    least = {value % BINS: value for value in hashes}  # the last one put into a bin is the least
    if len(least) < BINS:
        least = _lent(least)
    minima = [least[at] for at in range(BINS)]
    return tuple(_signed(crc32(array("I", minima[at : at + ROWS]).tobytes(), at)) for at in range(0, BINS, ROWS))


def _lent(least: Mapping[int, int]) -> dict[int, int]:
    """The bins with the empty ones filled from the next that is not."""
    full = dict(least)
    value = least[min(least)]
    for at in reversed(range(BINS)):
        value = full.setdefault(at, value)
    return full


def _signed(value: int) -> int:
    """32 bits as SQLite keeps them in four bytes."""
    return value - (1 << 31)


def note_copies(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Takes in documents that were added or changed, inside the caller's transaction; they must be in the catalogue.

    A document joins the family of the first document that it is a copy of, if it is also a copy of that family's first.
    """
    listed = sorted(entries, key=lambda entry: entry.number)
    for start in range(0, len(listed), AT_ONCE):
        _note(connection, listed[start : start + AT_ONCE])


def _note(connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    numbers = json.dumps([entry.number for entry in entries])
    for table in ("sketch", "copy"):
        connection.execute(f"DELETE FROM {table} WHERE document IN (SELECT value FROM json_each(?))", (numbers,))
    texts: dict[int, Text] = {}
    rows: list[tuple[int, int]] = []
    for entry in entries:
        text = texts[entry.number] = _text(entry)
        rows += [(band, entry.number) for band in sketch(text.words, text.near).bands]
    rows.sort()  # neighbours in the table are written together
    connection.executemany("INSERT OR IGNORE INTO sketch VALUES (?, ?)", rows)
    candidates = _candidates(connection, rows)
    missing = {other for listed in candidates.values() for other in listed} - texts.keys()
    texts.update((entry.number, _text(entry)) for entry in store.entries(connection, sorted(missing)))
    for number in sorted(candidates):
        _join(connection, number, candidates[number], texts)


def _text(entry: Entry) -> Text:
    """What of a document is compared: its text without the headline, or, where that is short, with it."""
    head = end_of_head(entry.text, entry.title)
    body = entry.text[head : head + MOST_COMPARED]
    if len(entry.text) - head > MOST_COMPARED:
        return Text([*words(body), str(len(entry.text))], body, False, entry.text)
    folded = words(body)
    if len(folded) < FEWEST_WORDS:
        return Text([*words(entry.title), "\n", *words(entry.text)] if folded else [], body, False, entry.text)
    return Text(folded, body, may_be_near(entry.text), entry.text)


def _candidates(connection: sqlite3.Connection, rows: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """For each new document that shares a band: the others that share most, of which the number is lower or that are not new."""
    new = {number for _, number in rows}
    shared = connection.execute(
        "SELECT band FROM sketch WHERE band IN (SELECT value FROM json_each(?)) GROUP BY band HAVING COUNT(*) > 1",
        (json.dumps(sorted({band for band, _ in rows})),),
    ).fetchall()
    first = {
        band: [
            number
            for (number,) in connection.execute(
                "SELECT document FROM sketch WHERE band = ? ORDER BY document LIMIT ?", (band, LOOKED_AT)
            )
        ]
        for (band,) in shared
    }
    together: dict[int, Counter[int]] = {}
    for band, number in rows:
        for other in first.get(band, ()):
            if other < number or other not in new:
                together.setdefault(number, Counter())[other] += 1
    for number, others in together.items():
        others.pop(number, None)
    return {
        number: sorted(others, key=lambda other: (-others[other], other))[:COMPARED]
        for number, others in together.items()
        if others
    }


def _join(connection: sqlite3.Connection, number: int, candidates: Sequence[int], texts: dict[int, Text]) -> None:
    """Puts a document into the family of the first candidate that it is a copy of."""
    text = texts[number]
    for other in candidates:
        if not _copies(text, texts[other]):
            continue
        family = connection.execute("SELECT family FROM copy WHERE document = ?", (other,)).fetchone()
        if family is None:
            highest = connection.execute("SELECT COALESCE(MAX(family), 0) FROM copy").fetchone()[0]
            family = (highest + 1,)
            connection.execute("INSERT INTO copy VALUES (?, ?, ?)", (other, family[0], wording(words(texts[other].whole))))
        elif text.words != texts[other].words:
            first = connection.execute("SELECT MIN(document) FROM copy WHERE family = ?", family).fetchone()[0]
            if first not in texts:
                texts.update((entry.number, _text(entry)) for entry in store.entries(connection, [first]))
            if not _copies(text, texts[first]):
                continue  # a copy of a copy may have nothing to do with the first
        connection.execute("INSERT INTO copy VALUES (?, ?, ?)", (number, family[0], wording(words(text.whole))))
        return


def _copies(one: Text, other: Text) -> bool:
    return one.words == other.words or (one.near and other.near and near_copy(one, other))


def families(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """The family and the wording of every document that has a copy."""
    rows = connection.execute(
        "SELECT document, family, wording FROM copy WHERE family IN (SELECT family FROM copy GROUP BY family HAVING COUNT(*) > 1)"
    )
    return {document: (family, wording_) for document, family, wording_ in rows}


def fold(ranked: Iterable[int], families: Mapping[int, tuple[int, int]]) -> list[tuple[int, tuple[int, ...]]]:
    """The first document of each family in the order given, with the others of it that follow; a document without a family
    stands alone."""
    shown: dict[int, list[int]] = {}
    first: dict[int, int] = {}
    for number in ranked:
        family = families.get(number)
        if family is None or (leader := first.setdefault(family[0], number)) == number:
            shown[number] = []
        else:
            shown[leader].append(number)
    return [(number, tuple(others)) for number, others in shown.items()]
