"""Cues without a subject of their own: ", adding that", "and added", "issued a statement saying"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.analysis.asides import low_at
from explorer.analysis.clauses import Content, Report, finite_verb
from explorer.analysis.contents import right_content
from explorer.analysis.cues import Found, find_any_cue
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import Subject
from explorer.analysis.phrases import Item
from explorer.analysis.subjects import antecedent, opening_subject, subject_before

_ISSUED = group("reports issued")
_LETTERS = group("reports letters")


def dependent(row: Sequence[Item], cue: Found, later: Sequence[Found], before: Sequence[Report]) -> Report | None:
    """A cue without a subject of its own: ", adding that", "and added"."""
    right = right_content(row, cue, later, cue.stop)
    if right is None or (not right.strong and not before and cue.verb.frame != "label"):
        return None
    if cue.participle and low_at(row, cue.start - 1) == ",":
        right = before_main_verb(row, cue.start, right)
    subject = before[-1].subject if before else opening_subject(row, cue.start)
    if cue.participle and cue.start and row[cue.start - 1].kind in ("word", "name"):
        subject = issuer(row, cue.start) or subject_before(row, cue.start) or antecedent(row, cue.start) or subject
    if before and not cue.participle and before[-1].cue is not None:
        subject = _nearer_subject(row, max(before[-1].cue[1], before[-1].parts[0][0]), cue) or subject
    if subject is None and not before:
        return None
    denied = cue.verb.frame == "deny"
    return Report(right.parts, subject, (cue.start, cue.stop), right.rule, denied, shared=True)


def _nearer_subject(row: Sequence[Item], floor: int, cue: Found) -> Subject | None:
    """The subject of the clause that ends with "and say": "NAME is sure, while [the police] deny it and say that"."""
    link = next((i for i in range(cue.start - 2, floor, -1) if row[i].low in ("while", "whereas", "although", "though")), None)
    verb = None if link is None else next((i for i in range(link + 2, cue.start - 1) if _verbal(row, i)), None)
    return None if verb is None else subject_before(row, verb)


def _verbal(row: Sequence[Item], index: int) -> bool:
    return (finite_verb(row, index) and row[index].low != "'s") or find_any_cue(row, index) is not None


def issuer(row: Sequence[Item], stop: int) -> Subject | None:
    """Who issued the statement in "NAME issued a statement saying"; None where it is another's."""
    for index in range(stop - 1, max(-1, stop - 10), -1):
        if row[index].low in _LETTERS and row[index].kind == "word":
            issued = any(row[place].low in _ISSUED for place in range(max(0, index - 4), index))
            return opening_subject(row, index) if issued else None
        if row[index].kind in ("stop", "mark"):
            break
    return None


def before_main_verb(row: Sequence[Item], begin: int, right: Content) -> Content:
    """Cuts the words of "NAME, saying [he was ill], left the room" before the main verb."""
    start, stop = right.parts[-1]
    aside = begin > 1 and row[begin - 2].kind in ("name", "word") and subject_before(row, begin - 1) is not None
    comma = next((index for index in range(start, stop - 1) if row[index].low == "," and finite_verb(row, index + 1)), None)
    if not aside or comma is None or any(finite_verb(row, index) for index in range(begin - 1)):
        return right
    return replace(right, parts=(*right.parts[:-1], (start, comma)))
