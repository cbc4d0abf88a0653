"""Whether what the grammar of attributions found was said: not "no one said …", "the link shows that …", "As he ate, he said"."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.asides import is_verb
from explorer.analysis.clauses import Report, finite_verb, states
from explorer.analysis.cues import Found
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import CLAUSE_WORDS, DETERMINERS, OPENERS, PREPOSITIONS
from explorer.analysis.phrases import Item
from explorer.model import Span

_EVIDENCE = group("reports evidence")
_THINGS = group("speakers things")
_FACTS = group("reports facts")
_ABSTRACT = ("tion", "tions", "ity", "ities", "ness", "ance", "ence", "ances", "ences", "ism", "ship", "ships")
_FRONTED = frozenset({"as", "when", "while", "because", "although", "though"})
_TIMES = frozenset(
    {"later", "earlier", "meanwhile", "separately", "today", "yesterday", "tomorrow", "afterwards", "afterward", "soon"}
)
_SUBORDINATE = _FRONTED | {"after", "before", "since", "until", "once", "if"}
LONGEST_FRONTED = 3
"""Items from a sentence's "when" to its subject, at most."""


def nobody(row: Sequence[Item], report: Report) -> bool:
    """Whether the sentence says that nobody said it: "No one said that …"."""
    if report.cue is None or not report.cue[0]:
        return False
    start = report.subject.start if report.subject is not None else max(0, report.cue[0] - 1)
    if report.subject is not None and report.cue[0] < report.subject.start:
        return False
    if start and row[start - 1].low == "nor":
        return True
    return row[start].low in ("no", "nobody", "none", "neither", "nothing") or row[report.cue[0] - 1].low == "nobody"


def supposed(row: Sequence[Item], report: Report) -> bool:
    """Whether the report is only supposed: "if NAME says …"."""
    start = report.subject.start if report.subject is not None else report.cue[0] if report.cue else 0
    return start > 0 and row[start - 1].low in ("if", "unless", "whether", "until") and report.parts[0][0] > start


def shown(row: Sequence[Item], cue: Found, report: Report) -> bool:
    """Whether a thing is evidence for the clause and nobody says it: "the link shows that", ", which suggests that"."""
    if cue.verb.lemma not in _EVIDENCE:
        return False
    if cue.start and row[cue.start - 1].low == "which":
        return report.subject is None or report.subject.kind != "name"
    if report.subject is None or report.subject.kind != "noun" or row[report.subject.head].capital:
        return False
    noun = row[report.subject.head].low
    return noun in _FACTS or (noun.endswith(_ABSTRACT) and noun not in _THINGS)


def fronted(row: Sequence[Item], left: Span) -> bool:
    """Whether the words before a subject only say when: "[Later in the day], NAME testified", "[As he ate], NAME said"."""
    start, stop = left
    if any(item.kind == "mark" for item in row[start:stop]):
        return False
    low = row[start].low
    verbs = sum(finite_verb(row, index) for index in range(start, stop))
    if low in _FRONTED:
        return verbs < 2 and not any(
            row[index].low == "," and states(row, index + 1, stop) for index in range(start + 1, stop - 1)
        )
    opens = low in PREPOSITIONS or low in _TIMES or row[start].kind == "date"
    return opens and verbs == 0


def main_clause(row: Sequence[Item], subject_start: int, start: int, stop: int) -> int | None:
    """Where the main clause begins behind the words of a fronted clause: "When she asked if he knew, [he left]"."""
    first = next((index for index in range(subject_start) if row[index].kind in ("word", "name")), subject_start)
    led = first < subject_start <= first + LONGEST_FRONTED and row[subject_start - 1].low in _SUBORDINATE
    if not led:
        return None
    for index in range(start + 1, stop - 2):
        after = row[index + 1]
        begins = after.subject_pronoun or after.kind == "name" or after.low in ("the", "a", "an", "his", "her", "their", "its")
        if row[index].low == "," and begins and any(is_verb(item) for item in row[start:index]) and states(row, index + 1, stop):
            return index
    return None


def subjectless(row: Sequence[Item], cue: Found, report: Report) -> bool:
    """Whether a participle was read as a verb of saying: "if [said] insurance is cancelled", "[repeated] uses were few"."""
    if report.subject is not None or report.shared or cue.verb.form != "past" or cue.start != cue.index or cue.stop >= len(row):
        return False
    after, before = row[cue.stop], row[cue.start - 1] if cue.start else None
    noun = after.kind == "word" and not after.capital and not after.subject_pronoun and after.low not in DETERMINERS
    loose = before is None or before.kind == "stop" or before.low in CLAUSE_WORDS | OPENERS or before.low.endswith("ing")
    return noun and loose and report.rule == "clause after the cue"
