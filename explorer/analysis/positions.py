"""Where in its clause a name or pronoun stands, guessed from the words beside it, without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from explorer.analysis.cues import ADVERBS, verbs
from explorer.analysis.noun_phrases import CLAUSE_WORDS, DETERMINERS, PREPOSITIONS, VERBS
from explorer.analysis.phrases import Item

Position = Literal["subject", "object", "oblique", "possessor", "appositive", "other"]
Class = Literal["subject", "object", "possessive", "reflexive"]
_ASIDE = 14
"""Items an aside between a subject and its verb may have."""
_LEFT = 6
"""Items of titles and adjectives before a name."""
_JOINING = frozenset({"and", "or", "but"})
_PARTING = frozenset(";:—–")
_NOT_POSSESSED = PREPOSITIONS | CLAUSE_WORDS | DETERMINERS | ADVERBS | {"up", "out", "down", "back"}


def is_verb(row: Sequence[Item], index: int) -> bool:
    """Whether the item looks like a finite verb or an auxiliary."""
    item = row[index]
    if item.kind != "word" or item.capital or item.low == "'s":
        return False
    if item.low in VERBS or (item.low.endswith("ed") and len(item.low) > 3):
        return index == 0 or row[index - 1].low not in DETERMINERS
    return any(verb.form in ("past", "third") for verb in verbs().get(item.low, ()))


def position(row: Sequence[Item], index: int, depth: int = 2) -> Position:
    """What the name (or noun) at ``index`` is in its clause."""
    following = row[index + 1].low if index + 1 < len(row) else ""
    if following == "'s" or (following == "'" and row[index + 1].kind == "stop"):
        return "possessor"
    left = _phrase_start(row, index)
    before = row[left - 1] if left else None
    after_preposition = (
        before is not None and before.kind == "word" and (before.low in PREPOSITIONS or before.low in ("of", "for", "to"))
    )
    if not after_preposition and _verb_follows(row, index + 1):
        return "subject"
    if before is None:
        return "other"
    if depth and left >= 2 and before.low in ("and", "or", ",", "&") and row[left - 2].kind == "name":
        if before.low == ",":
            return "appositive"
        return position(row, left - 2, depth - 1)
    if after_preposition:
        return "oblique"
    if before.kind == "word" and is_verb(row, left - 1):
        return "object"
    if before.low == "," and left >= 2 and row[left - 2].kind == "word":
        return "appositive"
    return "other"


def _phrase_start(row: Sequence[Item], index: int) -> int:
    """The first item of the titles, adjectives and determiner before a name."""
    start = index
    while start and index - start < _LEFT:
        before = row[start - 1]
        if before.kind != "word" or before.low in PREPOSITIONS or before.low in CLAUSE_WORDS or is_verb(row, start - 1):
            break
        if before.low in ("of", "for", "to", "he", "she", "they", "it", "him", "'s"):
            break
        start -= 1
        if before.low in DETERMINERS:
            break
    return start


def _verb_follows(row: Sequence[Item], index: int) -> bool:
    """Whether a verb follows, over adverbs, a bracket or an apposition between commas."""
    for _ in range(3):
        while index < len(row) and row[index].kind == "word" and (row[index].low in ADVERBS or row[index].low.endswith("ly")):
            index += 1
        if index >= len(row):
            return False
        if is_verb(row, index):
            return True
        low = row[index].low
        if low in ("and", "or", "&") and index + 1 < len(row) and row[index + 1].kind == "name":
            index += 2
            continue
        closing = ")" if low == "(" else "," if low == "," else ""
        if not closing:
            return False
        end = next((i for i in range(index + 1, min(len(row), index + _ASIDE)) if row[i].low == closing), None)
        if end is None:
            return False
        index = end + 1
    return False


def pronoun_class(row: Sequence[Item], index: int) -> Class:
    """What a personal pronoun is in its clause; "her" is a possessive before a noun."""
    low = row[index].low
    if low in ("he", "she", "they"):
        return "subject"
    if low.endswith(("self", "selves")):
        return "reflexive"
    if low in ("his", "their", "its", "hers", "theirs"):
        return "possessive"
    following = row[index + 1] if index + 1 < len(row) else None
    if low == "her" and following is not None and following.kind != "stop" and following.low not in _NOT_POSSESSED:
        return "possessive"
    if low == "it":
        return "subject" if index + 1 < len(row) and _verb_follows(row, index + 1) else "object"
    return "object"


def clause_breaks(row: Sequence[Item], start: int, stop: int) -> int:
    """How many clauses begin in ``row[start:stop]``: at "when", "who", "and she", semicolons; not at "and" before a verb."""
    found = 0
    for index in range(start, stop):
        item = row[index]
        if item.kind == "word" and item.low in _JOINING:
            found += index + 1 < stop and row[index + 1].kind in ("word", "name") and not is_verb(row, index + 1)
        elif (
            (item.kind == "word" and (item.low in CLAUSE_WORDS or item.low in ("to", "before", "after")))
            or (item.kind == "stop" and item.low in _PARTING)
            or item.kind == "mark"
        ):
            found += 1
    return found


def is_apposed(row: Sequence[Item], start: int, index: int) -> bool:
    """Whether a noun phrase only says more of the name before or behind it: "NAME, 42, a baker," or "the minister, NAME,"."""
    if index + 2 < len(row) and row[index + 1].low == "," and row[index + 2].kind == "name":
        return True
    before = start
    while before > 1 and row[before - 1].low == "," and (row[before - 2].low[:1].isdigit()):
        before -= 2
    return before > 1 and row[before - 1].low == "," and row[before - 2].kind == "name"
