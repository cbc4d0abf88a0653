"""Whose words: the noun phrase before or after a cue that is its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.analysis.cues import ADVERBS, AUXILIARIES, BE, MODALS
from explorer.analysis.lists import words
from explorer.analysis.phrases import Item

LONGEST_SUBJECT = 24
"""Items a subject may have."""
_VERBS = words("finite_verbs")
SubjectKind = Literal["name", "pronoun", "noun"]

_STOPS = frozenset(", ; : ( ) [ ] — – - -- . ! ? … • * |".split())
_CLAUSE_WORDS = frozenset(
    """but while as because that when if though although whereas where which since until than so nor yet who whom and
    or what how why whether after before""".split()
)
PREPOSITIONS = frozenset(
    """in on at after before during by with from under over through throughout since until despite about against
    amid among around behind beside between beyond for into like near of off outside inside to toward towards upon via
    within without across above below per""".split()
)
_OF = frozenset("of for to with from at in by on near behind inside outside between".split())
_OPENERS = frozenset(
    """today yesterday tomorrow tonight earlier later meanwhile still however but and so then now also yet instead
    moreover nevertheless nonetheless separately speaking asked here there indeed elsewhere afterwards again finally
    first second last next this that perhaps only""".split()
)
DETERMINERS = frozenset(
    """the a an one two three four five six seven eight nine ten this that these those his her its their our my your
    some many several few most all another both every each no other dozens hundreds""".split()
)
PRONOUNS = frozenset("he she they it i we you".split())
_AFTER_NOUN = frozenset(
    """seen shown obtained released published posted signed issued dated known familiar close led based identified quoted
    said we he she they i there made sent read drawn written filed speaking""".split()
)
_NOBODY = frozenset(
    """nobody nothing there what here this that no none it's anything something everything which when where how why
    more less much little himself herself itself themselves them him us me and or then also later meanwhile too yes""".split()
)
_PLURAL = frozenset("police people media troops staff crew critics sources officials".split())
_SPEAKING = frozenset("speaking talking writing asked addressing visiting citing quoting".split())
_MODIFIER_STARTS = frozenset(
    """who which whose whom a an the its his her their one now then former formerly also of in on at from for with by
    speaking however himself herself and known himself aged""".split()
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Items ``[start, stop)`` of a sentence; ``head`` is the item that decides who it is."""

    start: int
    stop: int
    head: int
    kind: SubjectKind


def subject_before(row: Sequence[Item], stop: int) -> Subject | None:
    """The subject that ends right before item ``stop`` (the cue with its auxiliaries), over appositions if need be."""
    while stop and row[stop - 1].kind == "date":
        stop -= 2 if stop > 1 and row[stop - 2].low in ("on", "in", "late", "early", "since") else 1
    if stop and row[stop - 1].low in ("who", "which"):
        stop -= 1
        if stop and row[stop - 1].low == ",":
            stop -= 1
        return _antecedent(row, stop)
    if stop and row[stop - 1].low in (",", ")", "—", "–"):
        found = _across(row, stop)
        return None if found is None else _with_role(row, found)
    start = _run_start(row, stop)
    if start and row[start - 1].low in ("who", "which", "that") and any(_finite(item) for item in row[start:stop]):
        return _antecedent(row, start - 1)
    return _phrase(row, start, stop)


def _finite(item: Item) -> bool:
    return item.kind == "word" and item.low in _VERBS and item.low != "'s"


def _antecedent(row: Sequence[Item], stop: int) -> Subject | None:
    """The noun phrase that a relative clause which begins at ``stop`` is about."""
    if stop and row[stop - 1].low == ",":
        stop -= 1
    start = _run_start(row, stop)
    if any(_finite(item) for item in row[start:stop]):
        start = next((i for i in range(stop - 1, start, -1) if row[i].low in DETERMINERS or row[i].kind == "name"), start)
    return _phrase(row, start, stop)


def subject_after(row: Sequence[Item], start: int) -> Subject | None:
    """The subject that begins at item ``start``: "said NAME, the minister"."""
    stop = start
    while stop < len(row) and stop - start < LONGEST_SUBJECT:
        item = row[stop]
        if item.kind in ("mark", "date") or item.low in _STOPS:
            break
        if stop > start and item.kind == "word" and item.low in _CLAUSE_WORDS | ADVERBS | MODALS | _SPEAKING:
            break
        if stop > start and item.low in PREPOSITIONS and item.low not in ("of", "for", "at", "from", "with", "in", "on"):
            break
        stop += 1
    core = _first_preposition(row, start, stop)
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
    return _phrase(row, start, core if row[core - 1].kind == "name" else stop)


def opening_subject(row: Sequence[Item], stop: int) -> Subject | None:
    """The subject of a sentence that has no cue of its own: the first person or body named before item ``stop``."""
    body: Subject | None = None
    for index in range(min(stop, LONGEST_SUBJECT)):
        item = row[index]
        if item.low in PRONOUNS and item.kind == "word" and (index == 0 or row[index - 1].low == ","):
            return body or Subject(index, index + 1, index, "pronoun")
        possessive = index + 1 < len(row) and row[index + 1].low == "'s"
        if item.kind == "name" and not possessive and not (index and row[index - 1].low in PREPOSITIONS | {"of"}):
            found = Subject(index, index + 1, index, "name")
            if item.person:
                return found
            body = body or found
        verb = item.kind == "word" and item.low in _VERBS and item.low != "'s"
        if body is not None and (verb or item.low == ","):
            return body
        if item.kind == "mark" or (item.kind == "stop" and item.low not in (",", "-", "(", ")", ".")):
            return body
    return body


def _run_start(row: Sequence[Item], stop: int) -> int:
    """The first item of the words before ``stop`` that no comma, mark or conjunction parts from it."""
    start = stop
    while start and stop - start < LONGEST_SUBJECT:
        before = row[start - 1]
        if before.kind == "mark" or before.low in _STOPS:
            break
        if before.kind == "word" and before.low in _CLAUSE_WORDS:
            joins = before.low in ("and", "or") and start >= 2 and row[start - 2].kind == "name" and row[start].kind == "name"
            if not joins:
                break
        start -= 1
    return start


def _first_preposition(row: Sequence[Item], start: int, stop: int) -> int:
    for index in range(start, stop):
        if row[index].kind == "word" and (row[index].low in PREPOSITIONS or (row[index].low in _AFTER_NOUN and index > start + 1)):
            return index
    return stop


def _phrase(row: Sequence[Item], start: int, stop: int) -> Subject | None:
    """The noun phrase in ``row[start:stop]``, or None where nobody is named."""
    start = _skip_openers(row, start, stop)
    while stop > start + 1 and row[stop - 1].low in ("there", "here", "who", "himself", "herself"):
        stop -= 1
    if start >= stop:
        return None
    last = row[stop - 1]
    if last.low in PRONOUNS and last.kind == "word":
        return Subject(stop - 1, stop, stop - 1, "pronoun")
    alone = stop - 1 == start
    if last.person and (alone or row[stop - 2].low not in _OF):
        return Subject(_title_start(row, start, stop - 1), stop, stop - 1, "name")
    core = _first_preposition(row, start + 1, stop)
    if row[core - 1].low == "'s":
        return None
    head = row[core - 1]
    if head.kind == "name":
        return Subject(start, core, core - 1, "name")
    if head.kind != "word" or not head.low[0].isalpha() or head.low in _NOBODY or head.low in BE | AUXILIARIES | MODALS:
        return None
    for index in range(core - 1, start - 1, -1):  # "the minister Ana Reyes herself"
        if row[index].person and (index + 1 == stop):
            return Subject(start, stop, index, "name")
    if _can_speak(row, start, core):
        return Subject(_noun_start(row, start, core), stop, core - 1, "noun")
    return None


def _can_speak(row: Sequence[Item], start: int, core: int) -> bool:
    head = row[core - 1]
    return (
        head.capital
        or head.low in _PLURAL
        or (head.low.endswith("s") and not head.low.endswith("ss"))
        or any(row[index].low in DETERMINERS or row[index].low == "'s" or row[index].capital for index in range(start, core))
    )


def _noun_start(row: Sequence[Item], start: int, core: int) -> int:
    """Leaves out words before the last determiner: "last week [the minister]"."""
    for index in range(core - 1, start, -1):
        if row[index].low in ("the", "a", "an") and index < core - 1 and row[index - 1].low not in ("all", "both", "of", "half"):
            return index
    return start


def _title_start(row: Sequence[Item], start: int, head: int) -> int:
    """Where the titles and roles before a name begin."""
    for index in range(head - 1, start - 1, -1):
        if row[index].kind == "word" and row[index].low in _VERBS and row[index].low != "'s":
            return index + 1
    return start


def _skip_openers(row: Sequence[Item], start: int, stop: int) -> int:
    """Leaves out "On Friday", "In a statement", "Speaking in Rome" before the noun phrase."""
    while start < stop:
        item = row[start]
        if item.kind == "date":
            start += 1
        elif item.kind == "word" and (item.low in PREPOSITIONS or item.low in _SPEAKING):
            start = after_prepositional(row, start + 1, stop)
        elif item.kind == "word" and item.low in _OPENERS and start + 1 < stop and row[start + 1].low not in _OF:
            start += 1
        elif item.low == "'s" or item.kind == "stop":
            start += 1
        else:
            break
    return start


def after_prepositional(row: Sequence[Item], start: int, stop: int) -> int:
    """The item after the object of a preposition: a name, or words up to the next determiner, name or pronoun."""
    index = start
    if index < stop and row[index].low in DETERMINERS:
        index += 1
        while index < stop and row[index].low not in DETERMINERS | PRONOUNS and row[index].kind in ("word", "name"):
            if row[index].kind == "name" and row[index].person and index > start + 1:
                return index
            if row[index].low in PREPOSITIONS:
                return index
            index += 1
        return index
    if index < stop and row[index].kind in ("name", "date"):
        index += 1
        if row[index - 1].kind == "date":
            return index
        while index < stop and row[index].kind == "word" and row[index].low.islower() and not row[index].capital:
            if row[index].low in DETERMINERS | PRONOUNS | PREPOSITIONS | _CLAUSE_WORDS | _VERBS - {"'s"} | {"of"}:
                break
            index += 1
        return index
    while index < stop and row[index].kind == "word" and row[index].low not in DETERMINERS | PRONOUNS | PREPOSITIONS:
        index += 1
    return index


def _appositive(row: Sequence[Item], stop: int) -> int | None:
    """In "its leader, NAME, said" and "said its leader, NAME." the item of NAME, after the comma at ``stop``."""
    for index in (stop + 1, stop + 2):
        if stop < len(row) and row[stop].low == "," and index < len(row) and row[index].kind == "name" and row[index].name is not None:
            following = row[index + 1].low if index + 1 < len(row) else "."
            person = row[index].person or (row[index].name is not None and row[index].name.type == "ORG")  # type: ignore[union-attr]
            return index if following in (",", ".", ";") and person else None
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
        if start < end:
            found = _segment(row, start, end)
            if found is not None and (found.kind == "name" or best is None or best.kind == "noun"):
                best = found if best is None or found.kind != "pronoun" or best.kind == "noun" else best
            if found is not None and (not _is_modifier(row, start, end) or (found.kind == "name" and passed)):
                return found
            passed = passed or found is None or found.kind == "noun" or opener == "("
        if start <= floor or row[start - 1].low not in (opener, ","):
            break
        end, opener = start - 1, ","
    return best


def _with_role(row: Sequence[Item], found: Subject) -> Subject:
    """Takes in the role before a name: "[the visiting manager,] NAME, said"."""
    end = found.start - 1
    if found.kind != "name" or end < 1 or row[end].low != ",":
        return found
    start = _run_start(row, end)
    first = row[start]
    if end - start < 2 or any(item.low in _VERBS and item.low != "'s" and item.kind == "word" for item in row[start:end]):
        return found
    led = first.low in ("the", "a", "an", "its", "his", "her", "their", "our") or any(item.low == "'s" for item in row[start:end])
    return Subject(start, found.stop, found.head, found.kind) if led else found


def _segment(row: Sequence[Item], start: int, end: int) -> Subject | None:
    first = row[start]
    if first.kind == "word" and first.low in ("who", "which", "whose", *_SPEAKING):
        return None
    if first.kind == "word" and not first.capital and (first.low.endswith(("ing", "ed")) or first.low in _OPENERS):
        return None
    if any(row[index].low in _VERBS and row[index].kind == "word" and row[index].low != "'s" for index in range(start, end)):
        return None
    return _phrase(row, _run_start(row, end), end)


def _passable(row: Sequence[Item], index: int, floor: int) -> bool:
    """Whether words in marks are a fragment inside an aside ("which calls itself “neutral”") and not quoted speech."""
    inside = row[index].low
    return index > floor and row[index - 1].kind != "stop" and len(inside.split()) <= 5 and inside[-1:] not in ".,!?"


def _is_modifier(row: Sequence[Item], start: int, end: int) -> bool:
    """Whether the segment only says more of the one before it."""
    first = row[start]
    if any(row[index].person for index in range(start, end)):
        return first.kind == "word" and first.low in ("who", "which", "whose", *PREPOSITIONS)
    if first.kind == "word" and first.low in PRONOUNS:
        return False
    return True
