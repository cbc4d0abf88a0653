"""Cues without a subject of their own: ", adding that", "and added", "issued a statement saying"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.analysis.asides import low_at
from explorer.analysis.clauses import Content, Report, finite_verb
from explorer.analysis.contents import right_content
from explorer.analysis.cues import Found
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
    if subject is None and not before:
        return None
    denied = cue.verb.frame == "deny"
    return Report(right.parts, subject, (cue.start, cue.stop), right.rule, denied, shared=True)


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
