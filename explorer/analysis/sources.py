"""Sources without a verb: "according to X", "in X's words", "in the words of X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.analysis.asides import behind_hearer, is_verb, low_at
from explorer.analysis.clauses import Content, Report, complete, content_end, is_clause, trimmed
from explorer.analysis.cues import Found
from explorer.analysis.noun_phrases import PREPOSITIONS, Subject, phrase, run_start
from explorer.analysis.phrases import Item
from explorer.analysis.subjects import subject_after, subject_before
from explorer.model import Span

_ADDING = frozenset(("a", "an", "who", "which", "whose", "for", "of", "from", "including"))


def with_sources(row: Sequence[Item], found: list[Report]) -> list[Report]:
    """Adds "according to X, CLAUSE" and "CLAUSE, according to X"; X only relays where a speaker is already known."""
    for index in range(len(row) - 2):
        if row[index].low != "according" or row[index + 1].low != "to":
            continue
        if index > 2 and row[index - 1].low in ("and", "but") and any(report.parts[-1][1] == index - 1 for report in found):
            continue  # "said A and according to B, C said D": a clause of its own
        subject = subject_after(row, index + 2) or _bare_noun(row, index + 2)
        if subject is None:
            continue
        near = [report for report in found if report.cue is not None and _relays(row, index, subject, report)]
        if near:
            found[found.index(near[-1])] = replace(near[-1], via=subject)
            continue
        parts = _according(row, index, subject)
        if parts is None or parts[0][0] >= parts[0][1]:
            continue
        if not any(report.parts[0][0] <= parts[0][0] < report.parts[-1][1] for report in found):
            marks = row[parts[0][0]].kind == "mark" and parts[0][1] - parts[0][0] == 1
            found.append(Report(parts, subject, (index, index + 2), "according to, in marks" if marks else "according to"))
    return found + in_words(row, found)


def _bare_noun(row: Sequence[Item], start: int) -> Subject | None:
    """A source that no article leads: "according to [video released on Friday]"."""
    stop = start
    while stop < len(row) and row[stop].kind == "word" and not is_verb(row[stop]) and row[stop].low not in PREPOSITIONS:
        stop += 1
    return Subject(start, stop, stop - 1, "noun") if stop > start else None


def _relays(row: Sequence[Item], index: int, subject: Subject, report: Report) -> bool:
    """Whether the source at ``index`` only passes on the report: right behind it, or before its subject."""
    assert report.cue is not None
    if 0 <= index - max(report.cue[1], report.parts[-1][1]) <= 6:
        return True
    comma = subject.stop if low_at(row, subject.stop) == "," else None
    return index <= 1 and comma is not None and report.subject is not None and report.subject.start == comma + 1


def _according(row: Sequence[Item], index: int, subject: Subject) -> tuple[Span, ...] | None:
    """The clause that "according to" at ``index`` reports: behind it where it opens the sentence, else before it."""
    opens = index == 0 or (index <= 2 and row[index - 1].low in ("but", "and", "yet", ","))
    if opens:
        comma = next((i for i in range(subject.stop, len(row)) if row[i].low == "," and _main_follows(row, i)), None)
        return None if comma is None else (trimmed(row, comma + 1, content_end(row, comma + 1, ())),)
    rest = subject.stop + 1
    if row[index - 1].low == "," and subject.stop < len(row) and row[subject.stop].low == "," and not is_clause(row, 0, index):
        rest, stop = trimmed(row, rest, content_end(row, rest, ()))
        return ((trimmed(row, 0, index)), (rest, stop)) if is_clause(row, rest, stop) else None
    start = 0
    for i in range(index - 1, -1, -1):
        if row[i].low == ";":
            start = i + 1
            break
    start, stop = trimmed(row, start, index)
    if not is_clause(row, start, stop) and stop - start <= 3:
        return None
    comma = subject.stop
    if low_at(row, comma) == "," and low_at(row, comma + 1) in ("and", "but") and is_clause(row, comma + 2, len(row)):
        return ((start, stop), trimmed(row, comma + 1, content_end(row, comma + 1, ())))
    return ((start, stop),)


def _main_follows(row: Sequence[Item], comma: int) -> bool:
    following = row[comma + 1] if comma + 1 < len(row) else None
    return following is not None and following.low not in _ADDING and following.kind != "stop"


def in_words(row: Sequence[Item], found: Sequence[Report]) -> list[Report]:
    """Words in marks that are "in NAME's words", "in the words of NAME", or "how NAME put it"."""
    marks = [index for index, item in enumerate(row) if item.kind == "mark"]
    covered = {index for report in found for start, stop in report.parts for index in range(start, stop)}
    added: list[Report] = []
    for index in range(len(row) - 2 if marks else 0):
        span = _in_words_of(row, index)
        if span is None:
            continue
        subject, stop = span
        near = [mark for mark in marks if mark not in covered and (index - 3 <= mark < index or stop <= mark <= stop + 2)]
        if near:
            added.append(Report(((near[0], near[0] + 1),), subject, (index, stop), "in someone's words"))
    if not found and not added and marks and row[0].low in ("for", "to") and row[1].kind == "name" and row[2].low == ",":
        fragments = tuple((mark, mark + 1) for mark in marks if not complete(row[mark]) or mark == len(row) - 1)
        added += [Report(fragments, Subject(1, 2, 1, "name"), (0, 1), "in someone's words")] if fragments else []
    return added


def _in_words_of(row: Sequence[Item], index: int) -> tuple[Subject, int] | None:
    """The subject of "in NAME's words" that begins at item ``index``, and where the phrase ends."""
    low = row[index].low
    if low == "in" and [low_at(row, index + place) for place in (1, 2, 3)] == ["the", "words", "of"]:
        subject = subject_after(row, index + 4)
        return None if subject is None else (subject, subject.stop)
    if low == "in":
        for place in range(index + 2, min(len(row) - 1, index + 6)):
            if row[place].low == "'s" and "words" in (low_at(row, place + 1), low_at(row, place + 2)):
                named = row[place - 1].kind == "name"
                subject = Subject(place - 1, place, place - 1, "name") if named else phrase(row, index + 1, place)
                return None if subject is None else (subject, place + 2 + (low_at(row, place + 1) != "words"))
    if low == "how" and index and row[index - 1].low in ("is", "was", "'s"):
        for place in range(index + 2, min(len(row) - 1, index + 8)):
            if row[place].low in ("put", "described", "puts") and low_at(row, place + 1) == "it":
                subject = subject_before(row, place)
                return None if subject is None or run_start(row, place) <= index - 1 else (subject, place + 2)
    return None


def as_said(row: Sequence[Item], cue: Found, subject: Subject) -> Content | None:
    """The clause of "As NAME said, CLAUSE"."""
    led = subject.start > 0 and row[subject.start - 1].low == "as" and subject.start <= 2
    comma = behind_hearer(row, cue, cue.stop)
    if not led or low_at(row, comma) != ",":
        return None
    start, stop = trimmed(row, comma + 1, content_end(row, comma + 1, ()))
    return Content(((start, stop),), "clause behind as someone said") if is_clause(row, start, stop) else None
