"""Where reported words begin and end in a sentence: after a cue, before it, and round it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.analysis.asides import ASKING, LONGEST_ASIDE, behind_hearer, is_verb, low_at, that_ahead
from explorer.analysis.cues import Found
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import DETERMINERS, PRONOUNS
from explorer.analysis.phrases import Item
from explorer.model import Span

_NO_CLAUSE = group("clauses no clause")
_LINKS = group("clauses links")
_ENDS = group("clauses ends")


@dataclass(frozen=True, slots=True)
class Content:
    """Item ranges of reported words, the pattern that found them, and whether that pattern is sure of itself."""

    parts: tuple[Span, ...]
    rule: str
    confidence: float
    strong: bool = True


def is_clause(row: Sequence[Item], start: int, stop: int) -> bool:
    """Whether the items hold a finite verb, or words in quote marks, and enough words to be a statement."""
    if stop - start < 2 and not any(item.kind == "mark" for item in row[start:stop]):
        return False
    return any(item.kind == "mark" or is_verb(item) for item in row[start:stop])


def trimmed(row: Sequence[Item], start: int, stop: int) -> Span:
    """The range without stops at its ends."""
    while start < stop and row[start].kind == "stop" and row[start].low not in "([$€£#@":
        start += 1
    while stop > start and row[stop - 1].kind == "stop" and row[stop - 1].low not in ")]%":
        stop -= 1
    return start, stop


def right_content(row: Sequence[Item], cue: Found, later: Sequence[Found], start: int) -> Content | None:
    """The words that the cue reports after itself; ``start`` is the item behind the cue (and its subject)."""
    frame = cue.verb.frame
    colon = _colon_mark(row, start, later)
    if colon is not None:
        return _after_colon(row, colon + 1)
    if frame == "accuse":
        return _charge(row, start, later)
    if frame == "label":
        return _fragments(row, start, later, "words in marks that name something", 0.85)
    index = behind_hearer(row, cue, start)
    aside = index > start and frame != "hearer"
    if index >= len(row) or row[index].low in _ENDS:
        return None
    item = row[index]
    if item.low == ":":
        return _after_colon(row, index + 1)
    if item.low == "," and index + 1 < len(row):
        item = row[index + 1]
        if item.kind == "mark":
            return _from_mark(row, index + 1, later)
        that = that_ahead(row, index + 1)
        if that is None or (that > index + 1 and row[that - 1].low != ","):
            return None
        index, item = that, row[that]
    if item.kind == "mark" and (frame != "quote" or complete(item)):
        return _from_mark(row, index, later)
    if frame == "quote":
        return _fragments(row, index, later, "words in marks after the cue", 0.6)
    return _clause_at(row, index, cue, later, aside=aside)


def _clause_at(row: Sequence[Item], index: int, cue: Found, later: Sequence[Found], *, aside: bool) -> Content | None:
    item, frame = row[index], cue.verb.frame
    if item.low == "that" and not _demonstrative(row, index, cue):
        return _clause(row, index + 1, later, "clause after that", 0.75)
    if item.low in ASKING and item.kind == "word":
        if frame == "question" or (item.low not in ("when", "what", "which") and is_clause(row, index, len(row))):
            return _clause(row, index, later, "reported question", 0.55)
        return None
    that = that_ahead(row, index)
    if that is not None:
        return _clause(row, that + 1, later, "clause after that", 0.7)
    plain = frame in ("clause", "hearer") or ((frame == "deny" and item.low in ("any", "having")) or item.low.endswith("ing"))
    if item.low == "to" and cue.verb.lemma in ("promise", "pledge", "vow"):
        return _clause(row, index, later, "what is promised", 0.55)
    if plain and item.kind != "stop" and not (aside and item.kind == "word" and not _opens_clause(item)):
        start, stop = trimmed(row, index, content_end(row, index, later))
        if start < stop and (frame == "deny" or states(row, index, stop)):
            return Content(((start, stop),), "clause after the cue", 0.6)
    return _fragments(row, index, later, "words in marks after the cue", 0.5)


def _opens_clause(item: Item) -> bool:
    return (
        item.capital
        or item.low in DETERMINERS | PRONOUNS
        or item.low in ("there", "if", "nobody", "everyone")
        or item.low[0].isdigit()
    )


def states(row: Sequence[Item], start: int, stop: int) -> bool:
    """Whether a clause without "that" begins at ``start``: a subject, then its verb, before anything subordinate."""
    first = row[start]
    reach = start + 4 if first.low in PRONOUNS or first.low in _NO_CLAUSE else start + 40
    needed = 1
    for index in range(start + 1, min(stop, reach)):
        item = row[index]
        if item.kind == "mark":
            return True
        if item.kind == "word" and item.low in _SUBORDINATE:
            return False
        if item.kind == "word" and item.low in _RELATIVE:
            needed += 1
        if is_verb(item) and not any(is_verb(before) for before in row[max(start, index - 2) : index]):
            needed -= 1
        if not needed:
            return True
    return False


_SUBORDINATE = group("clauses subordinate")
_RELATIVE = group("clauses relative")


def _charge(row: Sequence[Item], start: int, later: Sequence[Found]) -> Content | None:
    """What someone is accused of: the words after "of"."""
    for index in range(start, min(len(row), start + LONGEST_ASIDE)):
        if (
            row[index].low == "of"
            and index + 1 < len(row)
            and (row[index + 1].low.endswith("ing") or row[index + 1].kind == "mark")
        ):
            end = content_end(row, index + 1, later)
            asides = (i for i in range(index + 1, end - 1) if row[i].low == "," and row[i + 1].low in ("which", "who", "a", "an"))
            start, stop = trimmed(row, index + 1, next(asides, end))
            return Content(((start, stop),), "what someone is accused of", 0.65)
        if row[index].kind == "stop" or row[index].kind == "mark":
            break
    return _fragments(row, start, later, "words in marks after the cue", 0.5)


def _colon_mark(row: Sequence[Item], start: int, later: Sequence[Found]) -> int | None:
    """The colon with words in marks right behind it that belongs to a cue before ``start``: "put it like this: “…”"."""
    limit = min([len(row) - 1, start + 30, *(cue.start for cue in later if cue.start >= start)])
    for index in range(start, limit):
        if row[index].kind == "mark" or row[index].low == ";":
            return None
        if row[index].low == ":" and row[index + 1].kind == "mark":
            return index
    return None


def _demonstrative(row: Sequence[Item], index: int, cue: Found) -> bool:
    """In "said that." and "said that, too" the word is an object."""
    return index + 1 >= len(row) or (row[index + 1].kind == "stop" and row[index + 1].low not in ",(-—")


def _clause(row: Sequence[Item], start: int, later: Sequence[Found], rule: str, confidence: float) -> Content | None:
    start, stop = trimmed(row, start, content_end(row, start, later))
    return Content(((start, stop),), rule, confidence) if is_clause(row, start, stop) or stop - start > 4 else None


def _after_colon(row: Sequence[Item], start: int) -> Content | None:
    if start >= len(row):
        return None
    if row[start].kind == "mark":
        stop = _marks_run(row, start)
        return Content(((start, stop),), "words in marks after a colon", 0.95)
    start, stop = trimmed(row, start, len(row))
    return Content(((start, stop),), "words after a colon", 0.6) if is_clause(row, start, stop) else None


def _from_mark(row: Sequence[Item], index: int, later: Sequence[Found]) -> Content:
    """Content that begins with words in marks: these alone where they are a sentence, else the whole clause."""
    mark = row[index].mark
    if index + 1 >= len(row) or complete(row[index]) or (mark is not None and not mark.closed):
        return Content(((index, _marks_run(row, index)),), "words in marks after the cue", 0.95)
    stop = content_end(row, index, later)
    start, stop = trimmed(row, index, stop)
    alone = stop - start == 1
    rule = "words in marks after the cue" if alone else "clause with words in marks"
    return Content(((start, stop),), rule, 0.9 if alone else 0.8)


def complete(item: Item) -> bool:
    """Whether a stretch in marks ends as a sentence or as quoted speech before its attribution does."""
    return item.mark is not None and _last(item) in ".,!?…—"


def _last(item: Item) -> str:
    return item.low[-1:] or " "


def _marks_run(row: Sequence[Item], start: int) -> int:
    stop = start
    while stop < len(row) and row[stop].kind == "mark":
        stop += 1
    return stop


def _fragments(row: Sequence[Item], start: int, later: Sequence[Found], rule: str, confidence: float) -> Content | None:
    """Each stretch in marks by itself, where no clause is reported, up to the next cue or stop."""
    end = min([content_end(row, start, later), *(cue.start for cue in later if cue.start >= start)])
    spans: list[Span] = []
    for index in range(start, end):
        if row[index].low in (";", ":"):
            break
        if row[index].kind == "mark" and not is_name_in_marks(row, index):
            spans.append((index, index + 1))
    return Content(tuple(spans), rule, confidence, strong=False) if spans else None


def is_name_in_marks(row: Sequence[Item], index: int) -> bool:
    """Whether marks set off a title of a work, a nickname, or a word that the writer keeps at arm's length."""
    before = row[index - 1] if index else None
    if before is not None and before.low in ("called", "so-called", "named", "titled", "entitled", "nicknamed", "dubbed"):
        return before.low != "called" or (index >= 2 and row[index - 2].low in _BE_BEFORE)
    inside = row[index].low.split()
    return before is not None and before.person and len(inside) < 3 and not complete(row[index])


_BE_BEFORE = group("clauses be before")


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
        row[stop - 1].kind == "mark" or row[stop - 1].low in (",", "—", "–", "?", "!", "...", "…", "-", "--")
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
    return start, end


def content_end(row: Sequence[Item], start: int, later: Sequence[Found]) -> int:
    """Where reported words that begin at ``start`` end: at a semicolon, a new attribution, or with the sentence."""
    end = len(row)
    for index in range(start, len(row)):
        if row[index].low == ";" or (row[index].low == "according" and index > start and low_at(row, index + 1) == "to"):
            end = index
            break
    for cue in later:
        if cue.start <= start or cue.start > end:
            continue
        before = row[cue.start - 1]
        if cue.participle and before.low == ",":
            return min(end, cue.start - 1)
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


def _reports_on(row: Sequence[Item], cue: Found) -> bool:
    """Whether the cue has reported words of its own right behind it."""
    if cue.stop >= len(row):
        return False
    after = row[cue.stop]
    if after.kind == "mark" or after.low in ("that", ":", "whether") or cue.verb.frame in ("hearer", "label", "accuse"):
        return True
    return cue.verb.frame == "clause" and after.kind != "stop" and states(row, cue.stop, len(row))
