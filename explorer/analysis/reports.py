"""Which words of a sentence are reported, and by which subject and cue: the grammar of attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from explorer.analysis.asides import behind_hearer, low_at
from explorer.analysis.clauses import (
    Content,
    Report,
    complete,
    content_end,
    is_clause,
    left_content,
    not_round,
    trimmed,
)
from explorer.analysis.contents import is_name_in_marks, right_content
from explorer.analysis.cues import Found, find_any_cue
from explorer.analysis.dependents import before_main_verb, dependent, issuer
from explorer.analysis.grammar import group
from explorer.analysis.headlines import headline, script_turn, signed
from explorer.analysis.noun_phrases import CLAUSE_WORDS, OPENERS, PREPOSITIONS, SPEAKING, Subject
from explorer.analysis.phrases import Item
from explorer.analysis.plausible import fronted, main_clause, nobody, shown, subjectless, supposed
from explorer.analysis.relays import begins_with, cited, last_relayer, passes_on, quoted_as, quoted_by
from explorer.analysis.reported_nouns import noun_reports
from explorer.analysis.sources import as_said, with_sources
from explorer.analysis.subjects import opening_subject, subject_after, subject_before
from explorer.model import Span

MOST_CUES = 16
"""Cues of one sentence that are looked at."""
_REPORTING = ("clause", "that", "hearer", "question", "deny")
_ASIDES = group("reports asides")


def find_reports(row: Sequence[Item], *, heading: bool = False) -> list[Report]:
    """The reports in the items of a sentence, in order of their cues."""
    every = list(islice((cue for index in range(len(row)) if (cue := find_any_cue(row, index)) is not None), MOST_CUES))
    cues = [cue for cue in every if cue.manner == "plain"]
    last = next((cue for cue in cues if _sums_up(row, cue)), None)
    final = next((cue for cue in cues[1:] if _sums_up(row, cue, quoted=True)), None)
    relayer = last_relayer(row, final, cues) if final is not None else None
    if relayer is not None:
        inner = find_reports(row[: relayer.start])
        return [replace(report, via=report.via or relayer) for report in inner]
    found: list[Report] = []
    done = 0
    for position, cue in enumerate(every):
        if cue.index < done or (last is not None and cue.index < last.index and not cue.participle):
            continue
        later = [other for other in every[position + 1 :] if other.manner == "plain"]
        report = _any_report(row, cue, later, done, found)
        if report is not None:
            report = _relayed(row, report, cue, later)
            found = [old for old in found if not _inside(old, report)]
            found.append(report)
            done = max(done, report.parts[-1][1], cue.stop)
    found = with_sources(row, found)
    found += noun_reports(row, found, cues)
    found += signed(row) if not found else []
    found = found or script_turn(row)
    return found or (headline(row) if heading else [])


def _any_report(row: Sequence[Item], cue: Found, later: Sequence[Found], floor: int, before: Sequence[Report]) -> Report | None:
    """What one cue reports, however its verb is used, or None."""
    quoted = quoted_as(row, cue, later, floor)
    if quoted is not None:
        return quoted
    if cue.manner == "passive":
        return _passive(row, cue, later)
    report = _report(row, cue, later, floor, before)
    if report is None or nobody(row, report):
        return None
    bare = not any(row[index].kind == "mark" for start, stop in report.parts for index in range(start, stop))
    if cue.manner == "modal":
        outside = any(row[index].kind not in ("mark", "stop") for start, stop in report.parts for index in range(start, stop))
        return None if outside else report
    if cue.manner == "negated":
        asserts = cue.verb.lemma in _DENIABLE and report.rule.startswith("clause")
        return replace(report, rule="clause that was not said", denied=True) if asserts and bare else None
    return None if bare and (supposed(row, report) or shown(row, cue, report) or subjectless(row, cue, report)) else report


_DENIABLE = group("reports deniable")


def _passive(row: Sequence[Item], cue: Found, later: Sequence[Found]) -> Report | None:
    """ "was called “a mistake” by NAME", "described by NAME as “a mistake”": the agent is who says it."""
    if cue.verb.frame not in ("label", "quote", "accuse") or cue.verb.lemma in ("quote", "cite", "put", "compare"):
        return None
    reach = range(cue.stop, min([len(row), cue.stop + 14, *(other.start for other in later)]))
    marks = tuple((index, index + 1) for index in reach if row[index].kind == "mark")
    agent = next((index for index in reach if row[index].low == "by"), None)
    if not marks or agent is None:
        return None
    subject = subject_after(row, agent + 1)
    return None if subject is None else Report(marks, subject, (cue.start, cue.stop), "words in marks of an agent")


def _relayed(row: Sequence[Item], report: Report, cue: Found, later: Sequence[Found]) -> Report:
    """The report with its relayer, where the subject only passes on what another said."""
    by = quoted_by(row, report)
    if by is not None:
        return replace(report, via=by)
    source = cited(row, report)
    if source is not None:
        return replace(report, subject=source, via=report.subject)
    if report.subject is None or not report.rule.startswith("clause after"):
        return report
    inner = begins_with(row, report, later)
    if inner is None or not (passes_on(row, report.subject, cue) or _tells(row, cue, inner)):
        return report
    rest = [other for other in later if other.index > inner.index]
    deeper = _report(row, inner, rest, report.parts[0][0], ())
    return report if deeper is None else replace(deeper, via=report.subject)


def _tells(row: Sequence[Item], cue: Found, inner: Found) -> bool:
    """Whether someone tells what another had said: "told NAME that OTHER had said"."""
    return cue.verb.lemma == "tell" and row[inner.start].low in ("had", "has")


def _sums_up(row: Sequence[Item], cue: Found, *, quoted: bool = False) -> bool:
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
    return quoted or not any(complete(item) or (item.kind == "stop" and item.low in (":", ";")) for item in row[: subject.start])


def _inside(inner: Report, outer: Report) -> bool:
    return any(start <= inner.parts[0][0] and inner.parts[-1][1] <= stop for start, stop in outer.parts)


def _report(row: Sequence[Item], cue: Found, later: Sequence[Found], floor: int, before: Sequence[Report]) -> Report | None:
    """What one cue reports, or None."""
    joined = cue.start > 0 and (row[cue.start - 1].low in ("and", "but", "then") or row[cue.start].low == "then")
    if cue.participle or (joined and before):
        return dependent(row, cue, later, before)
    relative = cue.start > 0 and row[cue.start - 1].low in ("who", "which")
    inside = _inside_subject(row, cue)
    subject = None if inside else _inverted(row, cue, floor)
    behind = cue.stop
    edge = cue.start
    if subject is not None:
        behind = subject.stop
    else:
        subject = subject_before(row, cue.start - inside)
        edge = edge if subject is None else max(floor, subject.start)
    if cue.start > 1 and row[cue.start - 1].low == "that":  # "released a statement that read"
        subject = issuer(row, cue.start - 1) or subject
    if subject is None and joined:  # "Marsh closed the pier and said that"
        subject = opening_subject(row, cue.start)
    if edge > 1 and row[edge - 1].low == "as" and row[edge - 2].low == ",":  # "CLAUSE, as NAME said"
        edge -= 1
    left = None if relative or joined or inside else left_content(row, floor, edge)
    right = right_content(row, cue, later, behind)
    if relative and right is not None and low_at(row, cue.start - 2) == ",":
        right = before_main_verb(row, cue.start - 1, right)
    if subject is None and left is not None and _participle(row, cue, later):
        return None
    content = _chosen(row, cue, left, right, behind, inverted=behind != cue.stop)
    if content is None and subject is not None:
        content = as_said(row, cue, subject)
    if content is None:
        return None
    if subject is not None and content is right:
        content = _before_main_clause(row, subject, content)
    denied = cue.verb.frame == "deny"
    return Report(content.parts, subject, (cue.start, cue.stop), content.rule, denied)


def _participle(row: Sequence[Item], cue: Found, later: Sequence[Found]) -> bool:
    """Whether the cue says more of the words in marks before it: "the “little deal” [announced] in May, said NAME"."""
    before = row[cue.start - 1]
    loose = before.kind == "mark" and before.low[-1:] not in ",?!" and cue.verb.form == "past"
    return loose and bool(later) and (low_at(row, cue.stop) in PREPOSITIONS or row[min(cue.stop, len(row) - 1)].kind == "date")


def _before_main_clause(row: Sequence[Item], subject: Subject, content: Content) -> Content:
    """Cuts the words of "When NAME asked [if he knew], he left" before the main clause."""
    start, stop = content.parts[-1]
    comma = main_clause(row, subject.start, start, stop)
    return content if comma is None else replace(content, parts=(*content.parts[:-1], (start, comma)))


def _inside_subject(row: Sequence[Item], cue: Found) -> bool:
    """Whether the words in marks before a cue are an adverb at arm's length: "NAME “repeatedly” asked aides"."""
    if cue.start < 2 or row[cue.start - 1].kind != "mark" or complete(row[cue.start - 1]):
        return False
    return row[cue.start - 2].kind == "name" and len(row[cue.start - 1].low.split()) < 3


def _chosen(
    row: Sequence[Item], cue: Found, left: Span | None, right: Content | None, behind: int, *, inverted: bool
) -> Content | None:
    """Which of the words before and after a cue it reports."""
    if left is not None and row[left[1] - 1].kind == "mark":
        return _with_marks_before(row, cue, left, right)
    clause = left is not None and cue.verb.frame in _REPORTING
    if left is not None and right is not None and clause and not inverted and _interrupts(row, left, right):
        return Content((left, *right.parts), "reported words round the cue")
    if right is not None and right.strong and not (inverted and clause):
        return right
    if left is not None and clause:
        after = behind if inverted else behind_hearer(row, cue, behind)
        rest = None if inverted else _resumed(row, after)
        if rest is not None:
            return Content((left, rest), "reported words round the cue")
        stated = (is_clause(row, *left) or left[1] - left[0] > 3) and not fronted(row, left)
        if stated and (inverted or _closes(row, after)):
            parts: tuple[Span, ...] = (left,)
            if right is not None and row[right.parts[0][0] - 1].low == ":":
                parts = (left, *right.parts)
            return Content(parts, "reported clause before the cue")
    return right


def _lower(item: Item) -> bool:
    """Whether words in marks may go on with a sentence: they begin small, or with "I"."""
    return not item.capital or item.low.split()[0].startswith("i")


def _interrupts(row: Sequence[Item], left: Span, right: Content) -> bool:
    """Whether a cue breaks into a clause that ends in marks: "The plan, he said, “is dead”"."""
    start = right.parts[0][0]
    first = row[left[0]]
    opens = first.low in PREPOSITIONS or first.low in SPEAKING or first.low in CLAUSE_WORDS
    opens = opens or (first.low in OPENERS and first.low != "there")
    lower = row[start].kind == "mark" and not row[start].capital and row[start - 1].low == ","
    return lower and not opens and first.kind in ("word", "name") and not first.low.endswith("ing")


def _closes(row: Sequence[Item], index: int) -> bool:
    """Whether nothing that could be reported follows the cue."""
    return (
        index >= len(row)
        or row[index].kind == "stop"
        or row[index].low in ("as", "when", "after", "because", "while", "but", "and", "according")
    )


def _with_marks_before(row: Sequence[Item], cue: Found, left: Span, right: Content | None) -> Content:
    only = all(item.kind in ("mark", "stop") for item in row[left[0] : left[1]])
    parts: tuple[Span, ...] = (left,)
    if right is not None and row[right.parts[0][0]].kind == "mark":
        parts = (left, *right.parts)
    elif right is None and row[left[1] - 1].low[-1:] == ",":  # “This,” he said, holding it up, “is the gun.”
        ends = (index for index in range(cue.stop, len(row)) if row[index].kind == "mark" or row[index].low in ";:")
        rest = next(ends, None)
        if rest is not None and row[rest].mark is not None and row[rest - 1].low == "," and _lower(row[rest]):
            parts = (left, (rest, rest + 1))
    rule = "words in marks before the cue" if only else "clause with words in marks"
    return Content(parts, rule)


def _resumed(row: Sequence[Item], index: int) -> Span | None:
    """The rest of a clause that a cue interrupts: "Italy, he said, [has spoken with Iran]"."""
    if index + 1 >= len(row) or row[index].low != "," or row[index + 1].low in _ASIDES:
        return None
    if row[index + 1].low == "according" or not_round(row, index + 1):
        return None
    start, stop = trimmed(row, index + 1, content_end(row, index + 1, ()))
    return (start, stop) if is_clause(row, start, stop) and not row[start].low.endswith("ing") else None


def _inverted(row: Sequence[Item], cue: Found, floor: int) -> Subject | None:
    """The subject behind the cue: after words in marks, or after a clause and a comma ("…, said a spokesman")."""
    if cue.start <= floor or cue.stop >= len(row) or row[cue.stop].low == "that":
        return None
    before = row[cue.start - 1]
    marks = before.kind == "mark" or (before.kind == "stop" and cue.start >= 2 and row[cue.start - 2].kind == "mark")
    if not marks and not (before.low == "," and cue.start - floor > 3 and is_clause(row, floor, cue.start - 1)):
        return None
    subject = subject_after(row, cue.stop)
    if subject is None:
        return None
    return subject if marks or subject_before(row, cue.start) is None else None


def stray_marks(row: Sequence[Item], found: Sequence[Report]) -> list[int]:
    """The stretches in marks of a sentence that no report covers and that are no title or nickname."""
    covered = {index for report in found for start, stop in report.parts for index in range(start, stop)}
    return [
        index
        for index, item in enumerate(row)
        if item.kind == "mark" and index not in covered and not is_name_in_marks(row, index)
    ]
