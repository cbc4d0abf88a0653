"""Which words of a sentence are reported, and by which subject and cue: the grammar of attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from explorer.analysis.asides import behind_hearer, low_at
from explorer.analysis.clauses import (
    Content,
    complete,
    content_end,
    is_clause,
    is_name_in_marks,
    left_content,
    right_content,
    trimmed,
)
from explorer.analysis.cues import Found, find_cue
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import Subject
from explorer.analysis.phrases import Item
from explorer.analysis.subjects import opening_subject, subject_after, subject_before
from explorer.model import Span

MOST_CUES = 16
"""Cues of one sentence that are looked at."""
_REPORTING = ("clause", "that", "hearer", "question", "deny")
_ASIDES = group("reports asides")


@dataclass(frozen=True, slots=True)
class Report:
    """Reported words: ``parts`` are item ranges, ``cue`` the items of the cue, ``rule`` the pattern that found it.

    ``shared`` is True where the subject is that of the cue before ("said A, adding that B").
    """

    parts: tuple[Span, ...]
    subject: Subject | None
    cue: Span | None
    rule: str
    confidence: float
    denied: bool = False
    via: Subject | None = None
    shared: bool = False


def find_reports(row: Sequence[Item]) -> list[Report]:
    """The reports in the items of a sentence, in order of their cues."""
    cues = list(islice((cue for index in range(len(row)) if (cue := find_cue(row, index)) is not None), MOST_CUES))
    found: list[Report] = []
    done = 0
    last = next((cue for cue in cues if _sums_up(row, cue)), None)
    relayer = _relayer(row, last, cues) if last is not None else None
    if last is not None and relayer is not None:
        inner = find_reports(row[: relayer.start])
        return [replace(report, via=relayer) for report in inner]
    for position, cue in enumerate(cues):
        if cue.index < done or (last is not None and cue.index < last.index and not cue.participle):
            continue
        report = _report(row, cue, cues[position + 1 :], done, found)
        if report is not None:
            found = [old for old in found if not _inside(old, report)]
            found.append(report)
            done = max(done, report.parts[-1][1], cue.stop)
    found = _with_sources(row, found)
    return found or _script_turn(row)


def _sums_up(row: Sequence[Item], cue: Found) -> bool:
    """Whether the cue reports all that stands before it: "CLAUSE, the minister said on Friday."."""
    if cue.verb.frame not in ("clause", "that", "hearer") or cue.participle:
        return False
    after = behind_hearer(row, cue, cue.stop)
    if after < len(row) and not (
        row[after].low in (".", "!", ";") or (row[after].low == "," and low_at(row, after + 1) in _ASIDES)
    ):
        return False
    subject = subject_before(row, cue.start)
    if subject is None or subject.start < 4 or row[subject.start - 1].low != "," or row[subject.head].low in ("i", "we", "you"):
        return False
    return not any(complete(item) or (item.kind == "stop" and item.low in (":", ";")) for item in row[: subject.start])


_RELAYS = group("reports relays")


def _relayer(row: Sequence[Item], last: Found, cues: Sequence[Found]) -> Subject | None:
    """Who only passes on what another said: "The minister said …, state news agency NAME reported."."""
    subject = subject_before(row, last.start)
    if subject is None or cues[0].index >= last.index or last.verb.lemma not in ("report", "say", "write"):
        return None
    first = subject_before(row, cues[0].start)
    told = cues[0].verb.frame in ("clause", "that") and right_content(row, cues[0], [], cues[0].stop) is not None
    head = row[subject.head]
    passes = head.low in _RELAYS or (head.name is not None and head.name.type == "ORG" and last.verb.lemma == "report")
    return subject if passes and told and first is not None and first.start <= 1 else None


def _inside(inner: Report, outer: Report) -> bool:
    return any(start <= inner.parts[0][0] and inner.parts[-1][1] <= stop for start, stop in outer.parts)


def _report(row: Sequence[Item], cue: Found, later: Sequence[Found], floor: int, before: Sequence[Report]) -> Report | None:
    """What one cue reports, or None."""
    joined = cue.start > 0 and row[cue.start - 1].low in ("and", "but", "then")
    if cue.participle or (joined and before):
        return _dependent(row, cue, later, before)
    relative = cue.start > 0 and row[cue.start - 1].low in ("who", "which")
    subject = _inverted(row, cue, floor)
    behind = cue.stop
    edge = cue.start
    if subject is not None:
        behind = subject.stop
    else:
        subject = subject_before(row, cue.start)
        edge = edge if subject is None else max(floor, subject.start)
    if subject is None and joined:  # "Marsh closed the pier and said that"
        subject = opening_subject(row, cue.start)
    left = None if relative or joined else left_content(row, floor, edge)
    right = right_content(row, cue, later, behind)
    content = _chosen(row, cue, left, right, behind, inverted=behind != cue.stop)
    if content is None:
        return None
    denied = cue.verb.frame == "deny"
    return Report(content.parts, subject, (cue.start, cue.stop), content.rule, content.confidence, denied)


def _chosen(
    row: Sequence[Item], cue: Found, left: Span | None, right: Content | None, behind: int, *, inverted: bool
) -> Content | None:
    """Which of the words before and after a cue it reports."""
    if left is not None and row[left[1] - 1].kind == "mark":
        return _with_marks_before(row, left, right)
    clause = left is not None and cue.verb.frame in _REPORTING
    if right is not None and right.strong and not (inverted and clause):
        return right
    if left is not None and clause:
        after = behind if inverted else behind_hearer(row, cue, behind)
        rest = None if inverted else _resumed(row, after)
        if rest is not None:
            return Content((left, rest), "reported words round the cue", 0.6)
        if (is_clause(row, *left) or left[1] - left[0] > 3) and (inverted or _closes(row, after)):
            parts: tuple[Span, ...] = (left,)
            if right is not None and row[right.parts[0][0] - 1].low == ":":
                parts = (left, *right.parts)
            return Content(parts, "reported clause before the cue", 0.6)
    return right


def _closes(row: Sequence[Item], index: int) -> bool:
    """Whether nothing that could be reported follows the cue."""
    return (
        index >= len(row)
        or row[index].kind == "stop"
        or row[index].low in ("as", "when", "after", "because", "while", "but", "and", "according")
    )


def _with_marks_before(row: Sequence[Item], left: Span, right: Content | None) -> Content:
    only = all(item.kind in ("mark", "stop") for item in row[left[0] : left[1]])
    parts: tuple[Span, ...] = (left,)
    if right is not None and row[right.parts[0][0]].kind == "mark":
        parts = (left, *right.parts)
    rule = "words in marks before the cue" if only else "clause with words in marks"
    return Content(parts, rule, 0.95 if only else 0.8)


def _resumed(row: Sequence[Item], index: int) -> Span | None:
    """The rest of a clause that a cue interrupts: "Italy, he said, [has spoken with Iran]"."""
    if index + 1 >= len(row) or row[index].low != "," or row[index + 1].low in _ASIDES:
        return None
    if row[index + 1].low == "according":
        return None
    start, stop = trimmed(row, index + 1, content_end(row, index + 1, ()))
    return (start, stop) if is_clause(row, start, stop) and not row[start].low.endswith("ing") else None


def _inverted(row: Sequence[Item], cue: Found, floor: int) -> Subject | None:
    """The subject behind the cue: after words in marks, or after a clause and a comma ("…, said a spokesman")."""
    if cue.start <= floor or cue.stop >= len(row):
        return None
    before = row[cue.start - 1]
    marks = before.kind == "mark" or (before.kind == "stop" and cue.start >= 2 and row[cue.start - 2].kind == "mark")
    if not marks and not (before.low == "," and cue.start - floor > 3 and is_clause(row, floor, cue.start - 1)):
        return None
    subject = subject_after(row, cue.stop)
    if subject is None:
        return None
    return subject if marks or subject_before(row, cue.start) is None else None


def _dependent(row: Sequence[Item], cue: Found, later: Sequence[Found], before: Sequence[Report]) -> Report | None:
    """A cue without a subject of its own: ", adding that", "and added"."""
    right = right_content(row, cue, later, cue.stop)
    if right is None or (not right.strong and not before):
        return None
    subject = before[-1].subject if before else opening_subject(row, cue.start)
    if cue.participle and cue.start and row[cue.start - 1].kind in ("word", "name"):
        subject = subject_before(row, cue.start) or subject
    if subject is None and not before:
        return None
    denied = cue.verb.frame == "deny"
    confidence = right.confidence - 0.05
    return Report(right.parts, subject, (cue.start, cue.stop), right.rule, confidence, denied, shared=True)


def _with_sources(row: Sequence[Item], found: list[Report]) -> list[Report]:
    """Adds "according to X, CLAUSE" and "CLAUSE, according to X"; X only relays where a speaker is already known."""
    for index in range(len(row) - 2):
        if row[index].low != "according" or row[index + 1].low != "to":
            continue
        subject = subject_after(row, index + 2)
        if subject is None:
            continue
        near = [
            report for report in found if report.cue is not None and 0 <= index - max(report.cue[1], report.parts[-1][1]) <= 6
        ]
        if near:
            found[found.index(near[-1])] = replace(near[-1], via=subject)
            continue
        parts = _according(row, index, subject)
        if parts is None or parts[0][0] >= parts[0][1]:
            continue
        if not any(report.parts[0][0] <= parts[0][0] < report.parts[-1][1] for report in found):
            marks = row[parts[0][0]].kind == "mark" and parts[0][1] - parts[0][0] == 1
            confidence = 0.9 if marks else 0.6
            found.append(Report(parts, subject, (index, index + 2), "according to", confidence))
    return found


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
    return ((start, stop),) if is_clause(row, start, stop) or stop - start > 3 else None


def _main_follows(row: Sequence[Item], comma: int) -> bool:
    following = row[comma + 1] if comma + 1 < len(row) else None
    return following is not None and following.low not in ("a", "an", "who", "which", "whose") and following.kind != "stop"


def _script_turn(row: Sequence[Item]) -> list[Report]:
    """A turn of a transcript or headline: "MARSH: We will not"."""
    for index in range(1, min(len(row) - 1, 8)):
        item = row[index]
        if item.low == ":" and item.kind == "stop":
            subject = subject_before(row, index)
            if subject is None or subject.start != 0 or subject.kind == "pronoun":
                return []
            start, stop = trimmed(row, index + 1, len(row))
            marked = start < stop and row[start].kind == "mark"
            if start >= stop or not (marked or subject.kind == "name" or row[0].capital):
                return []
            if not marked and (subject.head != index - 1 or not row[subject.head].person):
                return []
            return [Report(((start, stop),), subject, (index, index + 1), "turn after a name and a colon", 0.7)]
        if item.kind == "mark":
            return []
    return []


def stray_marks(row: Sequence[Item], found: Sequence[Report]) -> list[int]:
    """The stretches in marks of a sentence that no report covers and that are no title or nickname."""
    covered = {index for report in found for start, stop in report.parts for index in range(start, stop)}
    return [
        index
        for index, item in enumerate(row)
        if item.kind == "mark" and index not in covered and not is_name_in_marks(row, index)
    ]
