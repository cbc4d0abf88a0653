"""Whose words: the subject before or after a cue, also over appositions and relative clauses."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.cues import ADVERBS, MODALS
from explorer.analysis.lists import words as word_list
from explorer.analysis.noun_phrases import (
    CLAUSE_WORDS,
    DETERMINERS,
    LONGEST_SUBJECT,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    SPEAKING,
    STOPS,
    VERBS,
    Subject,
    finite,
    first_preposition,
    phrase,
    run_start,
)
from explorer.analysis.phrases import Item

LONGEST_TOPIC = 6
"""Items of a headline's topic before its colon: "Dorset floods: Marsh warns"."""
LONGEST_ROLE = 9
"""Items of a role before its name, at most: "former adviser to the port authority NAME"."""
_ROLE_LINKS = frozenset({"of", "to", "for", "the"})
_LINKS = frozenset({"and", "but", "so", "yet", "while"})
_PEOPLE = word_list("title_words_lower") | word_list("job_words") | {"official", "person", "man", "woman", "passenger"}


def subject_before(row: Sequence[Item], stop: int) -> Subject | None:
    """The subject that ends right before item ``stop`` (the cue with its auxiliaries), over appositions if need be."""
    while stop and row[stop - 1].kind == "date":
        stop -= 2 if stop > 1 and row[stop - 2].low in ("on", "in", "late", "early", "since") else 1
    if stop and row[stop - 1].low in ("who", "which"):
        stop -= 1
        if stop and row[stop - 1].low == ",":
            stop -= 1
        return antecedent(row, stop)
    if stop > 1 and row[stop - 1].low == "that" and row[stop - 2].kind in ("word", "name") and not finite(row[stop - 2]):
        return antecedent(row, stop - 1)
    if stop and row[stop - 1].low in (",", ")", "—", "–"):
        found = _across(row, stop)
        return None if found is None else _with_role(row, found)
    start = run_start(row, stop)
    relative = start > 0 and row[start - 1].low in ("who", "which", "that")
    if relative and any(finite(item) or item.low.endswith("ed") for item in row[start:stop]):
        return antecedent(row, start - 1)
    return phrase(row, start, stop)


def antecedent(row: Sequence[Item], stop: int) -> Subject | None:
    """The noun phrase that a relative clause which begins at ``stop`` is about."""
    if stop and row[stop - 1].low == ",":
        stop -= 1
    for index in range(stop - 1, max(1, stop - 6), -1):  # "NAME, D-N.M., who said"
        if row[index].low == "," and row[index - 1].person and row[index + 1].low.partition("-")[0] in ("d", "r", "i"):
            return Subject(index - 1, index, index - 1, "name")
    start = run_start(row, stop)
    if any(finite(item) for item in row[start:stop]):
        verb = max(index for index in range(start, stop) if finite(row[index]))
        start = next((i for i in range(stop - 1, verb, -1) if row[i].low in DETERMINERS or row[i].kind == "name"), verb + 1)
    return phrase(row, start, stop)


def subject_after(row: Sequence[Item], start: int) -> Subject | None:
    """The subject that begins at item ``start``: "said NAME, the minister"."""
    stop = start
    while stop < len(row) and stop - start < LONGEST_SUBJECT:
        item = row[stop]
        if item.kind in ("mark", "date") or item.low in STOPS:
            break
        if stop > start and item.kind == "word" and item.low in CLAUSE_WORDS | ADVERBS | MODALS | SPEAKING:
            break
        if stop > start and item.low in PREPOSITIONS and item.low not in ("of", "for", "at", "from", "with", "in", "on"):
            break
        stop += 1
    core = first_preposition(row, start, stop)
    if core == start:
        return None
    if row[core - 1].kind == "name" and row[core - 1].name is not None and row[core - 1].person:
        return Subject(start, core, core - 1, "name")
    named = _appositive(row, stop)
    if named is not None and row[core - 1].kind == "word" and row[start].low not in PRONOUNS:
        return Subject(start, named + 1, named, "name")
    for index in range(start, core):
        if row[index].person and (index + 1 == core or row[index + 1].low != "'s"):
            return Subject(start, index + 1, index, "name")
    return phrase(row, start, core if row[core - 1].kind == "name" else stop)


def opening_subject(row: Sequence[Item], stop: int) -> Subject | None:
    """The subject of a sentence that has no cue of its own: the first person or body named before item ``stop``."""
    body = _unnamed(row)
    if body is not None:
        return body
    colon = next((i for i in range(min(stop - 1, LONGEST_TOPIC)) if row[i].low == ":" and row[i + 1].kind != "mark"), -1)
    for index in range(colon + 1, min(stop, colon + 1 + LONGEST_SUBJECT)):
        item = row[index]
        if item.kind == "word" and item.low.partition("'")[0] in PRONOUNS and (index == 0 or row[index - 1].low in (",", ":")):
            return body or Subject(index, index + 1, index, "pronoun")
        possessive = index + 1 < len(row) and row[index + 1].low == "'s"
        if item.kind == "name" and not possessive and not (index and row[index - 1].low in PREPOSITIONS | {"of"}):
            found = Subject(index, index + 1, index, "name")
            if item.person:
                return found
            body = body or _led_by_name(row, index) or found
        verb = item.kind == "word" and item.low in VERBS and item.low != "'s"
        if body is not None and (verb or item.low == ","):
            return body
        if item.kind == "mark" or (item.kind == "stop" and item.low not in (",", "-", "(", ")", ".")):
            return body
    return body


def _unnamed(row: Sequence[Item]) -> Subject | None:
    """Someone without a name whom a sentence opens with: "[A senior diplomat], who asked not to be named,"."""
    if len(row) < 3 or row[0].low not in ("a", "an", "another"):
        return None
    stop = 1
    while (
        stop < min(len(row), LONGEST_SUBJECT)
        and row[stop].kind in ("word", "name")
        and not _breaks(row[stop])
        and row[stop].low != "who"
    ):
        stop += 1
    following = row[stop + 1].low if stop + 1 < len(row) and row[stop].low == "," else row[stop].low if stop < len(row) else ""
    if following != "who" or row[stop - 1].kind != "word" or row[stop - 1].low not in _PEOPLE:
        return None
    return phrase(row, 0, stop)


def _led_by_name(row: Sequence[Item], index: int) -> Subject | None:
    """The noun phrase that begins with a body's name: "[NATO defence ministers] agreed"."""
    stop = index + 1
    while stop < len(row) and stop - index < 4 and row[stop].kind == "word" and not row[stop].capital and not _breaks(row[stop]):
        stop += 1
    if stop == index + 1 or stop == len(row) or not (finite(row[stop]) or row[stop].low.endswith("ed")):
        return None
    return Subject(index, stop, stop - 1, "noun")


def _breaks(item: Item) -> bool:
    return (
        finite(item)
        or item.low in PREPOSITIONS | CLAUSE_WORDS | ADVERBS | MODALS | {"of", "'s"}
        or item.low.endswith(("ed", "ly"))
    )


def _appositive(row: Sequence[Item], stop: int) -> int | None:
    """In "its leader, NAME, said", "said its leader, NAME." and "said a witness, former minister NAME." the item of NAME."""
    if stop >= len(row) or row[stop].low != ",":
        return None
    for index in range(stop + 1, min(len(row), stop + LONGEST_ROLE)):
        item = row[index]
        if item.name is not None and item.kind == "name" and (item.person or (item.name.type == "ORG" and index <= stop + 2)):
            following = row[index + 1].low if index + 1 < len(row) else "."
            if following in (",", ".", ";"):
                return index
            if item.person:
                return None
        led = item.kind == "name" or (item.kind == "word" and (item.low in _ROLE_LINKS or not _breaks(item)))
        if not led or item.low in CLAUSE_WORDS | PRONOUNS:
            return None
    return None


def _across(row: Sequence[Item], stop: int) -> Subject | None:
    """The subject before an apposition or aside that ends with the comma or bracket at ``stop - 1``."""
    end = stop - 1
    floor = max(0, stop - 2 * LONGEST_SUBJECT)
    opener = "(" if row[end].low == ")" else row[end].low
    best: Subject | None = None
    passed = False  # an apposition or aside lies behind: a name before it is the subject
    for _ in range(5):
        start = end
        while start > floor and row[start - 1].low not in (opener, ";", ":", ","):
            if row[start - 1].kind == "mark" and not _passable(row, start - 1, floor):
                break
            start -= 1
        first = start + (row[start].low in _LINKS and start + 1 < end)
        if start < end:
            found = _segment(row, first, end)
            if found is not None and (found.kind == "name" or best is None or best.kind == "noun"):
                best = found if best is None or found.kind != "pronoun" or best.kind == "noun" else best
            if found is not None and (not _is_modifier(row, first, end) or (found.kind == "name" and passed)):
                return _over_relative(row, start - 1) or found
            passed = passed or found is None or found.kind == "noun" or opener == "("
        if start <= floor or row[start - 1].low not in (opener, ","):
            break
        end, opener = start - 1, ","
    return best


def _over_relative(row: Sequence[Item], comma: int) -> Subject | None:
    """The person before a relative clause that ends at ``comma``: "[NAME], who is no relation of the chemist, NAME, said"."""
    start = comma
    while start > 0 and row[start - 1].kind in ("word", "name") and row[start - 1].low != ",":
        start -= 1
    if comma - start < 3 or row[start].low != "who" or start < 2 or row[start - 1].low != "," or not row[start - 2].person:
        return None
    before = row[start - 3].low if start > 2 else ""
    return Subject(start - 2, start - 1, start - 2, "name") if before not in PREPOSITIONS | {"of"} else None


def _with_role(row: Sequence[Item], found: Subject) -> Subject:
    """Takes in the role before a name: "[the visiting manager,] NAME, said"."""
    end = found.start - 1
    if found.kind != "name" or end < 1 or row[end].low != ",":
        return found
    start = run_start(row, end)
    first = row[start]
    if end - start < 2 or any(item.low in VERBS and item.low != "'s" and item.kind == "word" for item in row[start:end]):
        return found
    led = first.low in ("the", "a", "an", "its", "his", "her", "their", "our") or any(item.low == "'s" for item in row[start:end])
    return Subject(start, found.stop, found.head, found.kind) if led else found


def _segment(row: Sequence[Item], start: int, end: int) -> Subject | None:
    first = row[start]
    if first.kind == "word" and first.low in ("who", "which", "whose", *SPEAKING):
        return None
    if first.kind == "word" and not first.capital and (first.low.endswith(("ing", "ed")) or first.low in OPENERS):
        return None
    if any(row[index].low in VERBS and row[index].kind == "word" and row[index].low != "'s" for index in range(start, end)):
        return None
    return phrase(row, run_start(row, end), end)


def _passable(row: Sequence[Item], index: int, floor: int) -> bool:
    """Whether words in marks are a fragment inside an aside ("which calls itself “neutral”") and not quoted speech."""
    inside = row[index].low
    return index > floor and row[index - 1].kind != "stop" and len(inside.split()) <= 5 and inside[-1:] not in ".,!?"


def _is_modifier(row: Sequence[Item], start: int, end: int) -> bool:
    """Whether the segment only says more of the one before it."""
    first = row[start]
    described = first.low in ("a", "an", "the") and first.kind == "word"  # ", a spokesman for NAME,"
    if any(row[index].person for index in range(start, first_preposition(row, start, end) if described else end)):
        return first.kind == "word" and first.low in ("who", "which", "whose", *PREPOSITIONS)
    return not (first.kind == "word" and first.low in PRONOUNS)
