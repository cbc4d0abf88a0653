"""What may stand between a cue and its clause: the hearer, adverbs, dates, places, and "as Kehoe had,"."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.cues import ADVERBS, Found
from explorer.analysis.grammar import group
from explorer.analysis.lists import words
from explorer.analysis.noun_phrases import DETERMINERS, PREPOSITIONS, PRONOUNS, after_prepositional
from explorer.analysis.phrases import Item

_VERBS = words("finite_verbs")
ASKING = group("clauses asking")
_OBJECTS = group("clauses objects")
_HEARER_OPTIONAL = group("clauses hearer optional")
LONGEST_ASIDE = 14
"""Items between a cue and its clause ("said in an interview on Sunday evening that")."""


def that_ahead(row: Sequence[Item], start: int) -> int | None:
    """The item of a "that" after an aside which begins at ``start``: "as Kehoe had, that", "on Sunday evening that"."""
    for index in range(start, min(len(row), start + LONGEST_ASIDE)):
        item = row[index]
        if item.low == "that" and item.kind == "word":
            aside = row[start].low
            begins = index == start or aside in PREPOSITIONS or aside in ("as", "like") or row[start].kind == "date"
            begins = begins or row[index - 1].low == ","
            following = row[index + 1] if index + 1 < len(row) else None
            relative = following is not None and (is_verb(following) or following.low.endswith("ly")) and index > start
            return index if begins and following is not None and following.kind != "stop" and not relative else None
        if item.kind == "mark" or (item.kind == "stop" and item.low not in (",", "(", ")", "-")):
            return None
    return None


def behind_hearer(row: Sequence[Item], cue: Found, start: int) -> int:
    """The item after the hearer ("told reporters") and after adverbs, dates and places."""
    takes = cue.verb.frame == "hearer" or cue.verb.lemma in ("ask", "email", "text")
    index = _skip_object(row, start) if takes else start
    if takes and low_at(row, index) != "that":
        that = _that_behind_names(row, index)
        if that is not None:
            return that
        if cue.verb.lemma in _HEARER_OPTIONAL:
            index = start
    return skip_aside(row, index)


def _that_behind_names(row: Sequence[Item], start: int) -> int | None:
    """The "that" behind a hearer of several names: "told [Coast Wire host Ana Reyes] that"."""
    for index in range(start, min(len(row), start + 8)):
        if row[index].low == "that":
            return index if index > start else None
        if row[index].kind not in ("word", "name", "date") or is_verb(row[index]):
            return None
    return None


def skip_aside(row: Sequence[Item], index: int) -> int:
    """The item after adverbs, dates and prepositional phrases that follow a cue."""
    while index < len(row):
        item = row[index]
        if item.kind == "date" or (item.kind == "word" and _is_aside(row, index)):
            index += 1
        elif item.kind == "word" and (item.low in PREPOSITIONS or item.low == "of") and item.low != "like":
            if index + 1 < len(row) and row[index + 1].low[:1].isdigit() and item.low in ("about", "around", "over", "under"):
                break
            index = after_prepositional(row, index + 1, len(row))
            if low_at(row, index - 1) == "'s" and low_at(row, index) == "·name":
                index += 1
        else:
            break
    return index


def _is_aside(row: Sequence[Item], index: int) -> bool:
    """Whether the word says when or how: "said [late] Monday [night] that", but "said [both] were old"."""
    low = row[index].low
    if low == "too" or low in _QUANTIFIERS:
        return low_at(row, index + 1) in ("that", ":")
    if low in ("late", "early", "last", "this", "earlier"):
        return index + 1 < len(row) and (row[index + 1].kind == "date" or row[index + 1].low in _DAYTIMES)
    if low in _DAYTIMES:
        return index > 0 and (row[index - 1].kind == "date" or row[index - 1].low in ("this", "last", "late"))
    return low in ADVERBS or (low.endswith("ly") and low not in ("only", "family", "early"))


_QUANTIFIERS = frozenset({"both", "all", "each", "once", "now", "then", "first", "never", "only", "not", "even", "just"})
_DAYTIMES = frozenset({"night", "morning", "afternoon", "evening", "week", "month", "year", "day"})


def _skip_object(row: Sequence[Item], index: int) -> int:
    """The item after the hearer: "told [reporters]", "told [the Daily Herald]"."""
    if index >= len(row):
        return index
    item = row[index]
    if item.kind == "name" or item.low in _OBJECTS or item.low in PRONOUNS:
        index += 1
        if index + 1 < len(row) and row[index].low == "'s":
            return _words_on(row, index + 1)
        return index + (item.kind == "name" and not item.person and low_at(row, index) in _HEARERS)
    if item.kind == "word" and item.low not in PREPOSITIONS and item.low not in ("that", "how", *ASKING):
        return _words_on(row, index + 1)
    return index


def _words_on(row: Sequence[Item], index: int) -> int:
    """Goes on over the words of a noun phrase, to what can begin a clause or an aside."""
    while index < len(row):
        item = row[index]
        if (
            item.kind not in ("word", "name")
            or item.low in PREPOSITIONS | PRONOUNS | DETERMINERS | ASKING
            or item.low in ("that", "there")
        ):
            break
        index += 1
        if item.kind == "name" and low_at(row, index) == "'s":
            index += 1
        elif item.kind == "name":
            return index + (not item.person and low_at(row, index) in _HEARERS)
    return index


_HEARERS = frozenset(
    {
        "officials",
        "reporters",
        "journalists",
        "lawmakers",
        "investigators",
        "diplomats",
        "ministers",
        "leaders",
        "police",
        "radio",
    }
    | {"television", "tv", "viewers", "readers", "listeners", "staff", "employees", "executives", "senators", "workers"}
)
"""Nouns behind a name that still belong to the hearer: "told visiting Dorset [officials] it was late"."""


def is_verb(item: Item) -> bool:
    return item.kind == "word" and (
        item.low in _VERBS
        or (item.low.endswith("ed") and len(item.low) > 3 and "-" not in item.low and item.low not in _NOT_PAST)
    )


_NOT_PAST = group("clauses not past")


def low_at(row: Sequence[Item], index: int) -> str:
    return row[index].low if index < len(row) else ""
