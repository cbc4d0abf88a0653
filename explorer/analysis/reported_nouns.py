"""Reports that hang on a noun: "NAME's claim that …", "his warning that …", "reports that …"."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.asides import low_at
from explorer.analysis.clauses import Report, content_end, is_clause, trimmed, verb_at
from explorer.analysis.cues import AUXILIARIES, BE, MODALS, Found
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import Subject
from explorer.analysis.phrases import Item
from explorer.analysis.subjects import opening_subject, subject_after
from explorer.model import Span

_NOUNS = group("nouns reporting")
_MAKING = group("nouns making")
_AGAINST = group("nouns against")
_NOT_MINE = group("nouns not mine")
_HELPED = AUXILIARIES | {"not", "n't", "never", "also", "been"}


def noun_reports(row: Sequence[Item], found: Sequence[Report], cues: Sequence[Found]) -> list[Report]:
    """The clauses behind reporting nouns that no other report covers."""
    covered = [part for report in found for part in report.parts]
    verbs = {index for report in found if report.cue is not None for index in range(*report.cue)}
    added: list[Report] = []
    for index in range(len(row) - 2):
        if row[index].low not in _NOUNS or row[index].kind != "word" or index in verbs:
            continue
        that = _that(row, index)
        if that is None or any(start <= that < stop for start, stop in covered):
            continue
        span = _clause_of(row, index, that, cues)
        if span is None:
            continue
        against = _verb_before(row, index, _AGAINST)
        subject = opening_subject(row, index) if against else _whose(row, index, that)
        added.append(Report((span,), subject, (index, index + 1), "clause after a noun", denied=against))
    return added


def _that(row: Sequence[Item], index: int) -> int | None:
    """The "that" behind the noun, or behind "by NAME" or "from NAME"."""
    if low_at(row, index + 1) == "that":
        return index + 1
    if low_at(row, index + 1) not in ("by", "from"):
        return None
    for place in range(index + 3, min(len(row) - 1, index + 10)):
        if row[place].low == "that":
            return place
        if row[place].kind in ("mark", "stop") or verb_at(row, place, 0):
            return None
    return None


def _clause_of(row: Sequence[Item], index: int, that: int, cues: Sequence[Found]) -> Span | None:
    """The clause behind "that": to the end of the sentence, or to its main verb where the noun is its subject."""
    end = content_end(row, that + 1, [cue for cue in cues if cue.index > that])
    if not any(verb_at(row, place, 0) and row[place].low != "'s" for place in range(index)):
        main = _second_verb(row, that + 1, end)
        if main is None:
            return None
        end = main
    start, stop = trimmed(row, that + 1, end)
    relative = row[that + 1].kind == "word" and verb_at(row, that + 1, 0) and row[that + 1].low not in ("'s",)
    return (start, stop) if stop - start > 2 and is_clause(row, start, stop) and not relative else None


def _second_verb(row: Sequence[Item], start: int, stop: int) -> int | None:
    """Where the second verb of ``row[start:stop]`` begins, with its auxiliaries."""
    seen, index = 0, start
    while index < stop:
        low = row[index].low
        if low in ("who", "which", "that", "and", "or", "if", "because", "while"):
            seen -= 1
        helps = low in BE or low in AUXILIARIES or low in MODALS
        if verb_at(row, index, start):
            seen += 1
            if seen == 2:
                return index
            if helps:  # the verb that it helps belongs to it
                index += 1
                while index < stop and (row[index].low.endswith("ly") or row[index].low in BE or row[index].low in _HELPED):
                    index += 1
                index += index < stop and (row[index].low.endswith(("ed", "en")) or low in MODALS)
                continue
        index += 1
    return None


def _verb_before(row: Sequence[Item], index: int, verbs: frozenset[str]) -> bool:
    return any(row[place].low in verbs for place in range(max(0, index - 4), index))


def _whose(row: Sequence[Item], index: int, that: int) -> Subject | None:
    """Who said it: the possessor, the one behind "by", or the subject of "made the claim"; None where the text does not say."""
    if that > index + 1:
        return subject_after(row[:that], index + 2)
    for place in range(index - 1, max(-1, index - 4), -1):
        if row[place].low == "'s" and place:
            if row[place - 1].kind == "name":
                return Subject(place - 1, place, place - 1, "name")
            return None
        if row[place].low in ("his", "her", "their"):
            return Subject(place, place + 1, place, "pronoun")
        if row[place].low in ("the", "a", "any", "no") or row[place].kind != "word":
            break
    if _verb_before(row, index, _MAKING) and not _verb_before(row, index, _NOT_MINE):
        return opening_subject(row, index)
    return None
