"""Attributions without a sentence: "MARSH: We wait", "“We wait.” — Elena Marsh", "Bill is dead, says minister"."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.asides import is_verb, low_at
from explorer.analysis.clauses import Report, is_clause, trimmed
from explorer.analysis.cues import find_any_cue
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import Subject, finite
from explorer.analysis.phrases import Item
from explorer.analysis.subjects import subject_after, subject_before

_DASHES = ("—", "–", "-", "--", "―")
_WORDS_OF = group("headlines words of")
_SOURCES = group("subjects plural") | {"minister", "report", "spokesman", "spokeswoman", "analysts", "poll"}
LONGEST_LABEL = 14
"""Items before the colon at most."""
LONGEST_TAIL = 4
"""Items of the source behind a headline: "- sources", ": Interior Ministry"."""


def script_turn(row: Sequence[Item]) -> list[Report]:
    """A turn of a transcript or headline: "MARSH: We will not", "Marsh's answer: “No.”"."""
    first = next((index for index, item in enumerate(row) if item.low not in ("•", "*", "-", "–", "—", "@", "·")), 0)
    for index in range(first + 1, min(len(row) - 1, first + LONGEST_LABEL)):
        item = row[index]
        if item.low == ":" and item.kind == "stop":
            return _turn_at(row, first, index)
        if item.kind == "mark":
            return []
    return []


def _turn_at(row: Sequence[Item], first: int, colon: int) -> list[Report]:
    start, stop = trimmed(row, colon + 1, len(row))
    if start >= stop:
        return []
    marked = row[start].kind == "mark"
    handle = first > 0 and row[first - 1].low == "@" and all(row[i].end == row[i + 1].start for i in range(first - 1, colon))
    owner = _owner(row, first, colon) if marked else None
    if owner is not None:
        return [Report(((start, stop),), owner, (colon, colon + 1), "words in marks after a colon")]
    subject = Subject(first, colon, first, "noun") if handle else subject_before(row, colon)
    if subject is not None and first and subject.start < first:
        subject = Subject(first, subject.stop, subject.head, subject.kind)
    if subject is None or subject.start != first or subject.kind == "pronoun":
        return []
    if any(finite(item) for item in row[first:colon]) or row[first].low == "dear":
        return []
    if not (marked or handle or subject.kind == "name" or row[first].capital):
        return []
    if not marked and not handle and (subject.head != colon - 1 or not row[subject.head].person):
        return []
    if not marked and not handle and not is_clause(row, start, stop) and row[-1].low not in (".", "!", "?"):
        return []
    return [Report(((start, stop),), subject, (colon, colon + 1), "turn after a name and a colon")]


def _owner(row: Sequence[Item], first: int, colon: int) -> Subject | None:
    """Whose answer it is in "NAME's answer: “…”", "His message to them was simple: “…”"."""
    if row[first].low in ("for", "to") and low_at(row, first + 2) == "," and row[first + 1].kind == "name":
        return Subject(first + 1, first + 2, first + 1, "name")
    for index in range(first, min(colon, first + 5)):
        if row[index].low in _WORDS_OF and low_at(row, index + 1) in ("from", "of", "by") and row[index + 2].kind == "name":
            return Subject(index + 2, index + 3, index + 2, "name")
        words = any(row[place].low in _WORDS_OF for place in range(index + 1, colon))
        if words and row[index].low in ("his", "her", "their") and index == first:
            return Subject(index, index + 1, index, "pronoun")
        if words and row[index].kind == "name" and low_at(row, index + 1) == "'s":
            return Subject(index, index + 1, index, "name")
    return None


def signed(row: Sequence[Item]) -> list[Report]:
    """Words in marks with a signature behind a dash: "“We wait.” — Elena Marsh, mayor"."""
    dash = next((index for index, item in enumerate(row) if index and item.low in _DASHES and item.kind == "stop"), None)
    if dash is None or dash + 1 >= len(row) or not row[dash + 1].person:
        return []
    handle = low_at(row, dash + 2) == "(" and low_at(row, dash + 3) == "@"
    start, stop = trimmed(row, 0, dash)
    if start >= stop or not (handle or all(item.kind in ("mark", "stop") for item in row[start:stop])):
        return []
    if not handle and any(is_verb(item) for item in row[dash + 2 :]):
        return []
    subject = Subject(dash + 1, dash + 2, dash + 1, "name")
    return [Report(((start, stop),), subject, (dash, dash + 1), "signature behind a dash")]


def headline(row: Sequence[Item]) -> list[Report]:
    """The source at the end of a headline: "Bill is dead, says minister", "Bill is dead: Marsh", "Bill is dead - sources"."""
    opening = next((index for index, item in enumerate(row) if item.kind != "mark"), len(row))
    if 0 < opening < len(row) - 1 and row[opening].low == ":" and row[opening + 1].person:
        subject = Subject(opening + 1, opening + 2, opening + 1, "name")
        return [Report(((0, opening),), subject, (opening, opening + 1), "source of a headline")]
    for index in range(len(row) - 2, max(1, len(row) - 2 - LONGEST_TAIL), -1):
        item = row[index]
        cue = find_any_cue(row, index)
        if cue is not None and cue.verb.form == "third" and row[index - 1].low == "," and cue.verb.frame == "clause":
            return _tail(row, index - 1, index + 1, (index, index + 1))
        if item.kind == "stop" and item.low in (":", *_DASHES):
            return _tail(row, index, index + 1, (index, index + 1)) if _source(row, index + 1) else []
    return []


def _tail(row: Sequence[Item], stop: int, source: int, cue: tuple[int, int]) -> list[Report]:
    start, stop = trimmed(row, 0, stop)
    if stop - start < 3 and not (start < stop and row[start].kind == "mark"):
        return []
    subject = subject_after(row, source)
    if subject is None:
        subject = Subject(source, len(row), len(row) - 1, "noun")
    return [Report(((start, stop),), subject, cue, "source of a headline")]


def _source(row: Sequence[Item], start: int) -> bool:
    """Whether the words from ``start`` name a source: a person or body, or "sources", "police"."""
    last = row[-1]
    plain = all(item.kind in ("word", "name") for item in row[start:])
    return plain and (last.person or (last.kind == "word" and last.low in _SOURCES))
