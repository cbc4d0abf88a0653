"""Noun phrases: where the words that name a subject begin, and which of them decides who it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.analysis.cues import AUXILIARIES, BE, MODALS
from explorer.analysis.grammar import group
from explorer.analysis.lists import words
from explorer.analysis.phrases import Item

LONGEST_SUBJECT = 24
"""Items a subject may have."""
SubjectKind = Literal["name", "pronoun", "noun"]
VERBS = words("finite_verbs")
STOPS = group("subjects stops")
CLAUSE_WORDS = group("subjects clause words")
PREPOSITIONS = group("subjects prepositions")
_OF = group("subjects of")
OPENERS = group("subjects openers")
DETERMINERS = group("subjects determiners")
PRONOUNS = group("subjects pronouns")
_AFTER_NOUN = group("subjects after noun")
_NOBODY = group("subjects nobody")
_PLURAL = group("subjects plural")
SPEAKING = group("subjects speaking")
FAMILIAR = frozenset({"familiar", "close", "briefed", "involved"})
"""Words behind a noun that say how near someone is to the matter."""
_AGENTS = group("speakers speaks for") | words("kin")
_LETTERS = words("letters_after_names")


@dataclass(frozen=True, slots=True)
class Subject:
    """Items ``[start, stop)`` of a sentence; ``head`` is the item that decides who it is."""

    start: int
    stop: int
    head: int
    kind: SubjectKind


def finite(item: Item) -> bool:
    return item.kind == "word" and item.low in VERBS and item.low != "'s"


def run_start(row: Sequence[Item], stop: int) -> int:
    """The first item of the words before ``stop`` that no comma, mark or conjunction parts from it."""
    start = stop
    while start and stop - start < LONGEST_SUBJECT:
        before = row[start - 1]
        if before.kind == "mark" or before.low in STOPS:
            break
        if before.kind == "word" and before.low in CLAUSE_WORDS:
            joins = before.low in ("and", "or") and start >= 2 and row[start - 2].kind == "name" and row[start].kind == "name"
            if not joins:
                break
        start -= 1
    return start


def first_preposition(row: Sequence[Item], start: int, stop: int) -> int:
    for index in range(start, stop):
        if row[index].kind == "word" and (
            row[index].low in PREPOSITIONS or (row[index].low in _AFTER_NOUN and index > start + 1)
        ):
            return index
    return stop


def phrase(row: Sequence[Item], start: int, stop: int) -> Subject | None:
    """The noun phrase in ``row[start:stop]``, or None where nobody is named."""
    start = _skip_openers(row, start, stop)
    while stop > start + 1 and row[stop - 1].low in ("there", "here", "who", "himself", "herself"):
        stop -= 1
    if start >= stop:
        return None
    last = row[stop - 1]
    if last.kind == "word" and last.low.partition("'")[0] in PRONOUNS:  # also "he'd"
        return Subject(stop - 1, stop, stop - 1, "pronoun")
    if stop - 2 >= start and row[stop - 2].person and last.low.strip(".") in _LETTERS:
        last = row[stop - 2]
        stop -= 1
    alone = stop - 1 == start
    if last.person and (alone or row[stop - 2].low not in _OF) and not _speaks_for(row, start, stop):
        return Subject(_title_start(row, start, stop - 1), stop, stop - 1, "name")
    core = first_preposition(row, start + 1, stop)
    if row[core - 1].low == "'s":
        return None
    if core - 2 >= start and _spent(row, core - 1):  # "people [briefed] on the matter", but no subject in "the crowd broke"
        if core == stop:
            return None
        core -= 1
    if core - 2 > start and row[core - 1].low in FAMILIAR:
        core -= 1
    head = row[core - 1]
    if head.kind == "name":
        return Subject(start, core, core - 1, "name")
    if head.kind != "word" or not head.low[0].isalpha() or head.low in _NOBODY or head.low in BE | AUXILIARIES | MODALS:
        return None
    for index in range(core - 1, start - 1, -1):  # "the minister Ana Reyes herself"
        if row[index].person and (index + 1 == stop):
            return Subject(start, stop, index, "name")
    if any(finite(row[index]) and row[index + 1].low != "'s" for index in range(start, core - 1)):
        return None
    if _can_speak(row, start, core):
        return Subject(_noun_start(row, start, core), stop, core - 1, "noun")
    return None


def _speaks_for(row: Sequence[Item], start: int, stop: int) -> bool:
    """Whether the name that ends the phrase is whom someone speaks for or belongs to: "a lawyer for Mr NAME"."""
    core = first_preposition(row, start + 1, stop)
    head = row[core - 1]
    if core >= stop or head.kind != "word" or (head.capital and core - 1 > start):
        return False
    return head.low.removesuffix("s") in _AGENTS and row[core].low in ("for", "of", "to")


def _spent(row: Sequence[Item], index: int) -> bool:
    """Whether the word behind a noun is its verb or participle."""
    word, before = row[index], row[index - 1]
    verb = finite(word) or (word.kind == "word" and word.low.endswith("ed") and len(word.low) > 4)
    return verb and before.low not in DETERMINERS and before.low != "'s" and not before.low.endswith("ly")


def _can_speak(row: Sequence[Item], start: int, core: int) -> bool:
    head = row[core - 1]
    return (
        head.capital
        or head.low in _PLURAL
        or (head.low.endswith("s") and not head.low.endswith("ss"))
        or any(row[index].low in DETERMINERS or row[index].low == "'s" or row[index].capital for index in range(start, core))
    )


def _noun_start(row: Sequence[Item], start: int, core: int) -> int:
    """Leaves out words before the last determiner: "last week [the minister]"."""
    for index in range(core - 1, start, -1):
        if row[index].low in ("the", "a", "an") and index < core - 1 and row[index - 1].low not in ("all", "both", "of", "half"):
            return index
    return start


def _title_start(row: Sequence[Item], start: int, head: int) -> int:
    """Where the titles and roles before a name begin."""
    for index in range(head - 1, start - 1, -1):
        if row[index].kind == "word" and row[index].low in VERBS and row[index].low != "'s":
            return index + 1
    return start


def _skip_openers(row: Sequence[Item], start: int, stop: int) -> int:
    """Leaves out "On Friday", "In a statement", "Speaking in Rome" before the noun phrase."""
    while start < stop:
        item = row[start]
        if item.kind == "date":
            start += 1
        elif item.kind == "word" and (item.low in PREPOSITIONS or item.low in SPEAKING):
            start = after_prepositional(row, start + 1, stop)
        elif (
            (item.kind == "word" and item.low in OPENERS and start + 1 < stop and row[start + 1].low not in _OF)
            or item.low == "'s"
            or item.kind == "stop"
        ):
            start += 1
        else:
            break
    return start


def after_prepositional(row: Sequence[Item], start: int, stop: int) -> int:
    """The item after the object of a preposition: a name, or words up to the next determiner, name or pronoun."""
    index = start
    if index < stop and row[index].low in DETERMINERS:
        index += 1
        while index < stop and row[index].low not in DETERMINERS | PRONOUNS and row[index].kind in ("word", "name"):
            if row[index].kind == "name" and row[index].person and index > start + 1:
                return index
            if row[index].low in PREPOSITIONS:
                return index
            index += 1
        return index
    if index < stop and row[index].kind in ("name", "date"):
        index += 1
        if row[index - 1].kind == "date":
            return index
        while index < stop and row[index].kind == "word" and row[index].low.islower() and not row[index].capital:
            if row[index].low in DETERMINERS | PRONOUNS | PREPOSITIONS | CLAUSE_WORDS | VERBS - {"'s"} | {"of"}:
                break
            index += 1
        return index
    while index < stop and row[index].kind == "word" and row[index].low not in DETERMINERS | PRONOUNS | PREPOSITIONS:
        if row[index].low in ("what", "how", "why", "whether"):
            break
        index += 1
    return index
