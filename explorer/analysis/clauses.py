"""Where reported words begin and end in a sentence: after a cue, before it, and round it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.analysis.asides import ASKING, is_verb, low_at
from explorer.analysis.cues import ADVERBS, Found
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import CLAUSE_WORDS, DETERMINERS, PREPOSITIONS, PRONOUNS, Subject
from explorer.analysis.phrases import Item
from explorer.model import Span

_NO_CLAUSE = group("clauses no clause")
_LINKS = group("clauses links")
_DETERMINED = group("clauses determined")
_NOT_ROUND = group("clauses not round")
_SURE_VERBS = group("clauses sure verbs")
_REMARKS = group("clauses remarks")
_ENDINGS = group("clauses endings")
_UNSAID = frozenset(("elaborating", "giving", "naming", "providing", "specifying", "saying", "offering", "identifying"))


_AS_BEFORE = frozenset(("did", "does", "do", "has", "had", "is", "was", "were", "are", "said", "says", "put"))
LONGEST_OBJECT = 10
"""Items of what someone "slammed as “a joke”"."""


@dataclass(frozen=True, slots=True)
class Content:
    """Item ranges of reported words, the pattern that found them, and whether that pattern is sure of itself."""

    parts: tuple[Span, ...]
    rule: str
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """Reported words: ``parts`` are item ranges, ``cue`` the items of the cue, ``rule`` the pattern that found it.

    ``shared`` is True where the subject is that of the cue before ("said A, adding that B"); ``via`` is who only relays.
    """

    parts: tuple[Span, ...]
    subject: Subject | None
    cue: Span | None
    rule: str
    denied: bool = False
    via: Subject | None = None
    shared: bool = False


def is_clause(row: Sequence[Item], start: int, stop: int) -> bool:
    """Whether the items hold a finite verb, or words in quote marks, and enough words to be a statement."""
    if stop - start < 2 and not any(item.kind == "mark" for item in row[start:stop]):
        return False
    return any(row[index].kind == "mark" or verb_at(row, index, start) for index in range(start, stop))


def verb_at(row: Sequence[Item], index: int, start: int) -> bool:
    """Whether the item is a finite verb, and not the noun "plan" in "the plan"."""
    return is_verb(row[index]) and not (index > start and (row[index - 1].low in _DETERMINED or row[index - 1].low == "than"))


def finite_verb(row: Sequence[Item], index: int) -> bool:
    """Whether the item is a finite verb and no participle of a clause that only adds something."""
    return index < len(row) and verb_at(row, index, 0)


def not_round(row: Sequence[Item], index: int) -> bool:
    """Whether the words from ``index`` are a new clause ("and NAME left"), not the rest of one that a cue broke into."""
    if row[index].low == "and" and index + 1 < len(row):
        after = row[index + 1]
        return after.kind == "name" or after.subject_pronoun or after.low in DETERMINERS
    return row[index].low in _NOT_ROUND


def split_at_that(row: Sequence[Item], start: int, stop: int) -> tuple[Span, ...]:
    """The clauses of "said that A, that B, and that C"."""
    parts: list[Span] = []
    for index in range(start + 2, stop - 3):
        if row[index].low != "," or row[index].kind != "stop":
            continue
        that = index + 1 + (row[index + 1].low in ("and", "but", "then"))
        if row[that].low == "that" and that + 1 < stop and not is_verb(row[that + 1]):
            parts.append(trimmed(row, start, index))
            start = that + 1
    return (*parts, trimmed(row, start, stop))


def trimmed(row: Sequence[Item], start: int, stop: int) -> Span:
    """The range without stops at its ends."""
    while start < stop and row[start].kind == "stop" and row[start].low not in "([$€£#@":
        start += 1
    while stop > start and row[stop - 1].kind == "stop" and row[stop - 1].low not in ")]%":
        stop -= 1
    return start, stop


def states(row: Sequence[Item], start: int, stop: int) -> bool:
    """Whether a clause without "that" begins at ``start``: a subject, then its verb, before anything subordinate."""
    first = row[start]
    if first.subject_pronoun or first.person:  # "he [lies]", "NAME [lies]": a word right behind them is their verb
        behind = row[start + 1] if start + 1 < stop else None
        if behind is not None and behind.kind == "word" and not behind.capital and not _binds(behind.low):
            return True
    reach = start + 4 if first.low in PRONOUNS or first.low in _NO_CLAUSE else start + 40
    needed, to = 1, False
    for index in range(start + 1, min(stop, reach)):
        item = row[index]
        if item.kind == "mark":
            if _speaks(item):
                return True
            continue
        if item.kind != "word":
            continue
        to = item.low == "to" or (to and item.low not in _SURE_VERBS)
        if item.low in _RELATIVE or item.low in ASKING or item.low in _SUBORDINATE or _as_clause(row, index):
            needed += 1
        elif item.low in ("and", "or", "but") and index + 1 < stop and verb_at(row, index + 1, start):
            return False
        elif verb_at(row, index, start) and not _same_verb(row, index, start) and not to:
            needed -= 1
        if not needed:
            return True
    return False


def _as_clause(row: Sequence[Item], index: int) -> bool:
    """Whether "as" at ``index`` opens a clause of its own: "victory [as] the vote ended", not "as high as that"."""
    if row[index].low != "as" or index + 1 >= len(row):
        return False
    after = row[index + 1]
    return after.subject_pronoun or after.low in DETERMINERS


def _same_verb(row: Sequence[Item], index: int, start: int) -> bool:
    """Whether the verb belongs to the one before it, over adverbs: "has not yet [paid]"."""
    before = index - 1
    while before > start and (row[before].low in ADVERBS or row[before].low == "not" or row[before].low.endswith("ly")):
        before -= 1
    return before > start and verb_at(row, before, start)


def _speaks(item: Item) -> bool:
    """Whether words in marks may hold the verb of their clause, or are a sentence: not “for family reasons”, “a gift”."""
    words = item.low.split()
    return (
        item.low[-1:] in ".!?" or not (words[0] in PREPOSITIONS or words[0] in DETERMINERS) or not _SURE_VERBS.isdisjoint(words)
    )


def _binds(low: str) -> bool:
    return low in PREPOSITIONS or low in CLAUSE_WORDS or low in ("of", "'s") or low.endswith("ing")


_SUBORDINATE = group("clauses subordinate")
_RELATIVE = group("clauses relative")


def complete(item: Item) -> bool:
    """Whether a stretch in marks ends as a sentence or as quoted speech before its attribution does."""
    return item.mark is not None and _last(item) in ".,!?…—"


def _last(item: Item) -> str:
    return item.low[-1:] or " "


def left_content(row: Sequence[Item], floor: int, stop: int) -> Span | None:
    """The items before a subject or cue that may be reported: from ``floor``, or from the stop that parts them."""
    start = floor
    for index in range(stop - 2, floor - 1, -1):
        if row[index].low in (";", ":") and row[index].kind == "stop":
            start = index + 1
            break
    while start < stop and row[start].kind == "stop":
        start += 1
    if stop <= start or not (
        row[stop - 1].kind == "mark" or row[stop - 1].low in (",", "—", "–", "?", "!", "...", "…", "-", "--", "”", "»", '"')
    ):
        return None
    start, end = trimmed(row, start, stop)
    if start >= end:
        return None
    if row[end - 1].kind == "mark":
        first = next(index for index in range(start, end) if row[index].kind == "mark")
        sentence = row[first].capital and len(row[first].low.split()) >= 4 and first > start
        if sentence and (row[first - 1].kind == "stop" or row[first - 1].low in _LINKS or not is_clause(row, start, first)):
            start = first
        elif first > start and row[first - 1].low in ("—", "–", "--") and low_at(row, stop) != "":
            start = first  # The bill — “a disgrace,” he said — passed
    return start, end


def content_end(row: Sequence[Item], start: int, later: Sequence[Found]) -> int:
    """Where reported words that begin at ``start`` end: at a semicolon, a new attribution, or with the sentence."""
    end = len(row)
    for index in range(start, len(row)):
        if row[index].low == ";" or (row[index].low == "according" and index > start and low_at(row, index + 1) == "to"):
            end = index - (row[index - 1].low in ("and", "but"))
            break
        if index > start + 1 and row[index].kind == "stop" and row[index].low == "," and _aside_of_writer(row, index + 1, later):
            end = index
            break
        if row[index].low == "without" and index > start + 2 and low_at(row, index + 1) in _UNSAID:
            end = index
            break
        if row[index].low in ("but", "and") and index > start + 2 and _turns_back(row, index + 1):
            end = index - (row[index - 1].low == ",")
            break
    for cue in later:
        if cue.start <= start or cue.start > end:
            continue
        before = row[cue.start - 1]
        if cue.participle and (before.low == "," or (before.kind == "mark" and before.low[-1:] == ",")):
            return min(end, cue.start - (before.kind != "mark"))
        if before.low in ("and", "but", "then") and _reports_on(row, cue):
            return min(end, cue.start - 1)
        if before.low == "," and not cue.participle:
            return min(end, cue.start - 1)
        link = cue.start - 2
        sure = _reports_on(row, cue)
        if link > start and (before.kind == "name" or before.subject_pronoun or sure):
            reach = 12 if sure else 6
            while (
                link > start and row[link].kind in ("word", "name") and row[link].low not in _LINKS and cue.start - link < reach
            ):
                link -= 1
            if row[link].low in _LINKS and (row[link - 1].low == "," or row[link].low in ("while", "whereas")):
                return min(end, link)
    return end


def _aside_of_writer(row: Sequence[Item], index: int, later: Sequence[Found]) -> bool:
    """Whether the words behind a comma are no longer reported: ", a phrase that …", ", while the other side … said"."""
    low = low_at(row, index)
    if low == "without":
        return low_at(row, index + 1).endswith("ing")
    if low == "as":
        opens = index + 1 < len(row) and (row[index + 1].subject_pronoun or row[index + 1].low == "the")
        short = index + 2 < len(row) and row[index + 2].low in _AS_BEFORE  # ", as it did in May"
        parted = any(row[place].low == "," and finite_verb(row, place + 1) for place in range(index, len(row)))
        return opens and not short and not parted and states(row, index + 1, len(row))
    if low in ("a", "the"):
        return any(low_at(row, place) in _REMARKS for place in (index + 1, index + 2))
    if low in ("while", "whereas"):
        return any(cue.start > index and _reports_on(row, cue) for cue in later)
    return low in ("but", "then") and _turns_back(row, index + 1)


def _turns_back(row: Sequence[Item], index: int) -> bool:
    """Whether the main subject goes on: "but declined to say more", "but stopped short of that"."""
    return low_at(row, index) in _ENDINGS or (low_at(row, index) == "stopped" and low_at(row, index + 1) == "short")


def _reports_on(row: Sequence[Item], cue: Found) -> bool:
    """Whether the cue has reported words of its own right behind it."""
    if cue.stop >= len(row):
        return False
    after = row[cue.stop]
    if row[cue.start].low == "had" and cue.verb.frame == "hearer":
        return False  # "said they had left and [had informed] the police"
    if after.kind == "mark" or after.low in ("that", ":", "whether") or cue.verb.frame in ("hearer", "label", "accuse"):
        return True
    if cue.verb.frame == "quote" and cue.verb.form == "past" and row[cue.start - 1].low == "and":
        return _slams(row, cue)
    return cue.verb.frame == "clause" and after.kind != "stop" and states(row, cue.stop, len(row))


def _slams(row: Sequence[Item], cue: Found) -> bool:
    """Whether the cue is "slammed the plan as a “joke”"."""
    reach = range(cue.stop, min(len(row) - 2, cue.stop + LONGEST_OBJECT))
    return any(row[index].low == "as" and "mark" in (row[index + 1].kind, row[index + 2].kind) for index in reach)
