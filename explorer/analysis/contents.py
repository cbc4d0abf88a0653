"""What a cue reports after itself: words in marks, a clause with or without "that", a charge, a question."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.asides import ASKING, LONGEST_ASIDE, behind_hearer, is_verb, skip_aside, that_ahead
from explorer.analysis.clauses import Content, complete, content_end, is_clause, split_at_that, states, trimmed
from explorer.analysis.cues import Found
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import DETERMINERS, PRONOUNS
from explorer.analysis.phrases import Item
from explorer.model import Span

_PROMISING = frozenset(("promise", "pledge", "vow", "threaten"))
_ADMITTING = frozenset(("admit", "acknowledge", "recall", "confess", "suggest", "recommend", "propose", "describe"))
_ASIDE_WORDS = frozenset(("in", "on", "through", "via", "citing", "during", "at", "by", "speaking", "without", "with"))
_COMMENTING = frozenset(("which", "who", "a", "an", "though", "but"))
_FRAGMENTS = "fragments in marks after the cue"
_NO_CLAUSE = group("clauses no clause")
_ENDS = group("clauses ends")
_CLAIMS = group("clauses claims")
_SURE_VERBS = group("clauses sure verbs")


def right_content(row: Sequence[Item], cue: Found, later: Sequence[Found], start: int) -> Content | None:
    """The words that the cue reports after itself; ``start`` is the item behind the cue (and its subject)."""
    frame = cue.verb.frame
    colon = _colon_mark(row, start, later)
    if colon is not None:
        return _with_clause(row, cue, start, colon) or _after_colon(row, colon + 1)
    if frame == "accuse":
        return _charge(row, start, later)
    if frame == "label":
        return fragments(row, start, later, "words in marks that name something")
    if (
        start + 1 < len(row)
        and row[start].low == "to"
        and (cue.verb.lemma in _PROMISING or (cue.verb.lemma == "claim" and row[start + 1].low in ("have", "be")))
    ):
        return _clause(row, start, later, "what is promised")
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
        inside = _behind_aside(row, index + 1)
        if inside is not None and frame in ("clause", "hearer") and states(row, inside, len(row)):
            return _clause(row, inside, later, "clause after the cue")
        that = that_ahead(row, index + 1)
        if that is None or (that > index + 1 and row[that - 1].low != ","):
            return None
        index, item = that, row[that]
    if item.kind == "mark" and (frame != "quote" or complete(item)):
        return _from_mark(row, index, later)
    if frame == "quote":
        return fragments(row, index, later, _FRAGMENTS)
    return _clause_at(row, index, cue, later, aside=aside)


def _behind_aside(row: Sequence[Item], start: int) -> int | None:
    """The item behind an aside between commas: "said, [on condition of anonymity,] it was over"."""
    if row[start].low not in _ASIDE_WORDS:
        return None
    for index in range(start + 1, min(len(row) - 2, start + LONGEST_ASIDE)):
        if row[index].low == ",":
            opens = _opens_clause(row[index + 1]) or (row[index + 1].kind == "word" and row[index + 2].kind in ("word", "name"))
            return index + 1 if opens and row[index + 1].low not in ("that", "and", "but", "who", "which") else None
        if row[index].kind in ("mark", "stop"):
            return None
    return None


def _with_clause(row: Sequence[Item], cue: Found, start: int, colon: int) -> Content | None:
    """A clause and the words in marks behind its colon: "insisted [there was no plan]: “[Not one.]”"."""
    if cue.verb.frame not in ("clause", "that", "hearer"):
        return None
    index = behind_hearer(row, cue, start)
    that = index < colon and row[index].low == "that"
    if index + 1 + that >= colon or not (that or (cue.verb.frame != "that" and states(row, index, colon))):
        return None
    stop = _marks_run(row, colon + 1)
    return Content((trimmed(row, index + that, colon), (colon + 1, stop)), "clause and words in marks behind it")


def _clause_at(row: Sequence[Item], index: int, cue: Found, later: Sequence[Found], *, aside: bool) -> Content | None:
    item, frame = row[index], cue.verb.frame
    if item.low == "that" and not _demonstrative(row, index, cue):
        return _clause(row, index + 1, later, "clause after that")
    if item.low in ASKING and item.kind == "word":
        if frame == "question" or (item.low not in ("when", "what", "which") and is_clause(row, index, len(row))):
            return _clause(row, index, later, "reported question")
        return None
    that = that_ahead(row, index)
    if that is not None:
        return _clause(row, that + 1, later, "clause after that")
    if item.kind == "word" and item.low.endswith("ing") and cue.verb.lemma in _ADMITTING and index == cue.stop:
        return Content((trimmed(row, index, content_end(row, index, later)),), "what is admitted or suggested")
    if frame == "deny":
        return _denied(row, index, later) or fragments(row, index, later, _FRAGMENTS)
    plain = frame in ("clause", "hearer") or (item.low.endswith("ing") and item.kind == "word")
    if plain and item.kind != "stop" and not (aside and item.kind == "word" and not _opens_clause(item)):
        start, stop = trimmed(row, index, content_end(row, index, later))
        if start < stop and (states(row, index, stop) or _only_clauses(row, cue, index, stop)):
            return Content(split_at_that(row, start, stop), "clause after the cue")
    if cue.verb.lemma in ("show", "suggest", "indicate") and item.kind != "stop":
        first = next((i for i in range(index + 1, len(row)) if is_verb(row[i])), None)
        if first is not None and row[first].low in _SURE_VERBS and states(row, index, len(row)):
            return _clause(row, index, later, "clause after the cue")
    return fragments(row, index, later, _FRAGMENTS)


def _only_clauses(row: Sequence[Item], cue: Found, start: int, stop: int) -> bool:
    """Whether the words behind "said" are a clause though no verb of theirs is known: "said voters [loathe] the bill"."""
    if cue.verb.lemma not in ("say", "insist") or stop - start < 4 or row[start].low in _NO_CLAUSE:
        return False
    if any(item.kind not in ("word", "name") for item in row[start : start + 3]):
        return False
    verbal = (item.kind == "word" and item.low.endswith(("s", "e", "t")) and len(item.low) > 3 for item in row[start + 1 : stop])
    return row[start + 1].low not in ("same", "opposite", "following") and any(verbal)


def _denied(row: Sequence[Item], index: int, later: Sequence[Found]) -> Content | None:
    """What is denied: "denied [knowing X]", "denied [any wrongdoing]", "denied claims that [X]", "denied [he was there]"."""
    item = row[index]
    claimed = next((i for i in range(index, min(len(row), index + 4)) if row[i].low in _CLAIMS), None)
    if claimed is not None:
        that = next((i for i in range(claimed + 1, min(len(row), claimed + 6)) if row[i].low in ("that", "of")), None)
        if that is None or any(row[i].kind in ("stop", "mark") for i in range(claimed, that)):
            return None
        if row[that].low == "that" or (that + 1 < len(row) and row[that + 1].low.endswith("ing")):
            return _clause(row, that + 1, later, "claim that is denied")
        return None
    start, stop = trimmed(row, index, content_end(row, index, later))
    if start >= stop or item.kind == "stop":
        return None
    if item.low in ("any", "having") or (item.kind == "word" and item.low.endswith("ing")):
        return Content(((start, stop),), "what is denied")
    first = next((i for i in range(index + 1, stop) if is_verb(row[i])), None)
    if first is not None and (row[first].low in _SURE_VERBS or item.low in PRONOUNS) and states(row, index, stop):
        return Content(((start, stop),), "clause that is denied")
    return None


def _opens_clause(item: Item) -> bool:
    return (
        item.capital
        or item.low in DETERMINERS | PRONOUNS
        or item.low in ("there", "if", "nobody", "everyone")
        or item.low[0].isdigit()
    )


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
            return Content(((start, stop),), "what someone is accused of")
        if row[index].kind == "stop" or row[index].kind == "mark":
            break
    return fragments(row, start, later, _FRAGMENTS)


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
    if index + 1 >= len(row) or (row[index + 1].kind == "stop" and row[index + 1].low not in ",(-—"):
        return True
    return (
        index + 2 < len(row) and row[index + 1].kind == "word" and row[index + 2].low in (".", "!", "?")
    )  # "asked me that question."


def _clause(row: Sequence[Item], start: int, later: Sequence[Found], rule: str) -> Content | None:
    start, stop = trimmed(row, start, content_end(row, start, later))
    return Content(split_at_that(row, start, stop), rule) if is_clause(row, start, stop) or stop - start > 4 else None


def _after_colon(row: Sequence[Item], start: int) -> Content | None:
    if start >= len(row):
        return None
    if row[start].kind == "mark":
        stop = _marks_run(row, start)
        return Content(((start, stop),), "words in marks after a colon")
    start, stop = trimmed(row, start, len(row))
    return Content(((start, stop),), "words after a colon") if is_clause(row, start, stop) else None


def _from_mark(row: Sequence[Item], index: int, later: Sequence[Found]) -> Content:
    """Content that begins with words in marks: these alone where they are a sentence, else the whole clause."""
    mark = row[index].mark
    comma = (
        index + 2 < len(row) and row[index + 1].low == "," and row[index + 2].low in ("which", "who", "a", "an", "though", "but")
    )
    if index + 1 >= len(row) or comma or complete(row[index]) or (mark is not None and not mark.closed):
        return Content(((index, _marks_run(row, index)),), "words in marks after the cue")
    stop = content_end(row, index, later)
    start, stop = trimmed(row, index, stop)
    behind = skip_aside(row, index + 1)
    if behind > index + 1 and not any(is_verb(item) for item in row[index + 1 : stop]):
        start, stop = index, index + 1  # shouted “Stop” at the driver
    alone = stop - start == 1
    rule = "words in marks after the cue" if alone else "clause with words in marks"
    return Content(((start, stop),), rule)


def _marks_run(row: Sequence[Item], start: int) -> int:
    stop = start
    while stop < len(row) and row[stop].kind == "mark":
        stop += 1
    return stop


def fragments(row: Sequence[Item], start: int, later: Sequence[Found], rule: str) -> Content | None:
    """Each stretch in marks by itself, where no clause is reported, up to the next cue or stop."""
    end = min([content_end(row, start, later), *(cue.start for cue in later if cue.start >= start)])
    spans: list[Span] = []
    for index in range(start, end):
        if row[index].low in (";", ":"):
            break
        if row[index].kind == "mark" and not is_name_in_marks(row, index):
            spans.append((index, index + 1))
    return Content(tuple(spans), rule, strong=False) if spans else None


def is_name_in_marks(row: Sequence[Item], index: int) -> bool:
    """Whether marks set off a nickname or a name that something is given."""
    before = row[index - 1] if index else None
    if before is not None and before.low in _NAMED:
        given = index >= 2 and row[index - 2].low in _BE_BEFORE and (row[index - 2].low != "," or row[index].capital)
        return before.low != "called" or given
    if before is not None and before.low in ("itself", "themselves", "as") and index >= 2 and row[index - 2].low in _CALLING:
        return True
    inside = row[index].low.split()
    return before is not None and before.person and len(inside) < 3 and not complete(row[index])


_NAMED = group("works named")
_CALLING = group("works calling")
_BE_BEFORE = group("clauses be before")
