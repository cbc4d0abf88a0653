"""Nested attribution: who relays what another said, and whose words they are."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.asides import low_at
from explorer.analysis.clauses import Report, left_content
from explorer.analysis.contents import right_content
from explorer.analysis.cues import Found, verbs
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import Subject, phrase
from explorer.analysis.phrases import Item
from explorer.analysis.subjects import subject_after, subject_before

_RELAYS = group("reports relays")
LONGEST_SPEAKER = 12
"""Items between "quoted" and "as saying" at most."""


def last_relayer(row: Sequence[Item], last: Found, cues: Sequence[Found]) -> Subject | None:
    """Who only passes on what another said: "The minister said …, state news agency NAME reported."."""
    subject = subject_before(row, last.start)
    if subject is None or cues[0].index >= last.index or last.verb.lemma not in ("report", "say", "write"):
        return None
    first = subject_before(row, cues[0].start)
    quoted = any(item.kind == "mark" for item in row[: cues[0].start])
    told = cues[0].verb.frame in ("clause", "that") and right_content(row, cues[0], [], cues[0].stop) is not None
    if not (quoted and last.verb.lemma == "report") and not (told and first is not None and first.start <= 1):
        return None
    return subject if passes_on(row, subject, last) else None


def passes_on(row: Sequence[Item], subject: Subject, cue: Found) -> bool:
    """Whether a subject is one that tells what others say: a newspaper, an agency."""
    head = row[subject.head]
    named = head.name is not None and head.name.type == "ORG" and cue.verb.lemma in ("report", "quote")
    return named or any(row[index].low in _RELAYS for index in range(subject.start, subject.stop))


def begins_with(row: Sequence[Item], report: Report, later: Sequence[Found]) -> Found | None:
    """The cue of an attribution that the reported words begin with: "reported that [NAME said] …"."""
    start, stop = report.parts[0]
    for cue in later[:2]:
        if (
            not start < cue.start < min(stop, start + LONGEST_SPEAKER)
            or cue.participle
            or cue.verb.frame not in ("clause", "hearer")
        ):
            continue
        subject = subject_before(row, cue.start)
        if (
            subject is not None
            and subject.kind != "pronoun"
            and subject.start <= start + 1
            and right_content(row, cue, (), cue.stop)
        ):
            return cue
    return None


def quoted_as(row: Sequence[Item], cue: Found, later: Sequence[Found], floor: int) -> Report | None:
    """ "NAME quoted SPEAKER as saying …", or the same behind the words."""
    if cue.verb.lemma not in ("quote", "cite") or cue.manner != "plain":
        return None
    for index in range(cue.stop + 1, min(len(row) - 1, cue.stop + LONGEST_SPEAKER)):
        if row[index].kind in ("mark", "stop"):
            return None
        if row[index].low == "as" and row[index + 1].low in ("saying", "telling"):
            break
    else:
        return None
    said = Found(index + 1, index + 1, index + 2, verbs()["saying"][0])
    outer = subject_before(row, cue.start)
    inner = subject_after(row[:index], cue.stop) or phrase(row, cue.stop, index) or _object_pronoun(row, cue.stop, index)
    left = left_content(row, floor, cue.start if outer is None else outer.start)
    span = (cue.start, index + 2)
    if left is not None and row[left[1] - 1].kind == "mark":
        return Report((left,), inner, span, "quoted by another", via=outer)
    right = right_content(row, said, later, index + 2)
    return Report(right.parts, inner, span, "quoted by another", via=outer) if right is not None else None


def _object_pronoun(row: Sequence[Item], start: int, stop: int) -> Subject | None:
    found = stop - start == 1 and row[start].low in ("him", "her", "them")
    return Subject(start, stop, start, "pronoun") if found else None


def quoted_by(row: Sequence[Item], report: Report) -> Subject | None:
    """Who quotes in "was quoted by NAME as saying" and "was quoted as saying by NAME"."""
    if report.cue is None or not any(row[index].low in ("quoted", "cited") for index in range(*report.cue)):
        return None
    for index in range(report.cue[0] + 1, min(len(row) - 1, report.cue[1] + 1)):
        if row[index].low == "by":
            return subject_after(row[: report.cue[1] - 1] if index < report.cue[1] else row, index + 1)
    return None


def cited(row: Sequence[Item], report: Report) -> Subject | None:
    """The source in "…, NAME reported, citing SOURCE" and "NAME, citing SOURCE, reported that …"."""
    if report.cue is None or report.subject is None or not _may_cite(row, report):
        return None
    places = (*range(report.cue[1] + 1, report.cue[1] + 4), report.subject.stop + 1)
    for index in places:
        if low_at(row, index) in ("citing", "quoting") and low_at(row, index - 1) == ",":
            return subject_after(row, index + 1)
    return None


def _may_cite(row: Sequence[Item], report: Report) -> bool:
    assert report.subject is not None
    name = row[report.subject.head].name
    return (name is not None and name.type == "ORG") or row[report.subject.head].low in _RELAYS
