"""The speaker of a report: the canonical name behind the subject of its cue, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import PREPOSITIONS, Subject
from explorer.analysis.phrases import Item
from explorer.analysis.pronouns import Kind, Scene
from explorer.model import Speaker

_LEADING = group("speakers leading")
_DEFINITE = group("speakers definite")
_BODIES = group("speakers bodies")
_ANY_BODY = group("speakers any body")
_PRIVATE = group("speakers private")
_THINGS = group("speakers things")
_PLAIN = group("speakers plain")
_SPEAKS_FOR = group("speakers speaks for")
LONGEST_NAME = 9  # words
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "his", "her", "its", "their"})
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})
_KEPT = group("speakers kept")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker with how sure the choice is (0 to 1); ``role`` is the noun of one whom the text has not named so far."""

    speaker: Speaker
    confidence: float
    role: str = ""


def resolve(
    text: str, row: Sequence[Item], subject: Subject, scene: Scene, cue: str, before: int | None = None
) -> Resolved | None:
    """Who ``subject`` is; None for a pronoun that nobody fits, or for no one ("I", "we").

    ``before`` is where the reported words begin when they stand before the subject: a pronoun then means someone
    named before that, if there is one.
    """
    head = row[subject.head]
    start, end = row[subject.start].start, row[subject.stop - 1].end
    if subject.kind == "name" and head.name is not None:
        kind: Kind = "person" if head.person else "body" if head.name.type == "ORG" else "place"
        scene.spoke(head.start, head.name.name, kind)
        return Resolved(_speaker(text, start, end, head.name.name, f"subject of {cue}"), 1.0)
    if subject.kind == "pronoun":
        return _pronoun(text, head, scene, head.start if before is None else before)
    return _noun(text, row, subject, scene, cue)


def _speaker(text: str, start: int, end: int, name: str, how: str) -> Speaker:
    return Speaker(start, end, text[start:end], name, how)


def _pronoun(text: str, head: Item, scene: Scene, before: int) -> Resolved | None:
    if head.low not in ("he", "she", "they", "it"):
        return None
    found = scene.resolve(head.low, before) or scene.resolve(head.low, head.start)
    if found is None:
        return None
    name, confidence = found
    kind: Kind = "person" if head.low in ("he", "she") else "many" if head.low == "they" else "body"
    scene.spoke(head.start, name, kind)
    return Resolved(_speaker(text, head.start, head.end, name, f"{text[head.start : head.end]} → {name}"), confidence)


def _noun(text: str, row: Sequence[Item], subject: Subject, scene: Scene, cue: str) -> Resolved | None:
    head = row[subject.head]
    start, end = row[subject.start].start, row[subject.stop - 1].end
    kind = _kind(head.low)
    source = _source(row, subject) if kind == "thing" else None
    known = source.name.name if source is not None and source.name is not None else _known(row, subject, scene)
    if known is not None:
        scene.spoke(head.start, known, "person" if kind == "someone" else kind)
        how = f"subject of {cue}" if known == text[start:end] else f"{text[start:end]} → {known}"
        return Resolved(_speaker(text, start, end, known, how), 0.8)
    name = _noun_name(text, row, subject)
    if len(name.split()) > LONGEST_NAME or name.rpartition(" ")[2] in _DETERMINERS:
        return None  # a piece of a sentence, not somebody
    first = row[subject.start]
    owner = scene.resolve(first.low, first.start) if first.low in ("his", "her", "its", "their") else None
    if owner is not None and (kind == "someone" or head.low == "office"):
        link = "for" if head.low in _SPEAKS_FOR else "of"
        name = f"{name} {link} {owner[0]}"
    scene.spoke(head.start, name, kind, head.low)
    role = head.low if kind == "someone" and row[subject.start].low not in ("a", "an", "one", "another") else ""
    return Resolved(_speaker(text, start, end, name, f"subject of {cue}"), 0.9, role)


def _kind(noun: str) -> Kind:
    if noun in _THINGS:
        return "thing"
    if noun in _BODIES:
        return "body"
    return "many" if noun.endswith("s") and not noun.endswith("ss") else "someone"


def _source(row: Sequence[Item], subject: Subject) -> Item | None:
    """The name in "a statement from NAME", "a report by NAME", "NAME records"."""
    for index in range(subject.head + 1, subject.stop):
        if row[index].low in ("from", "by"):
            return next((item for item in row[index:] if item.kind == "name"), None) if index + 6 > subject.head else None
    before = row[subject.head - 1] if subject.head > subject.start else None
    return before if before is not None and before.kind == "name" and row[subject.head].low in ("records", "statement") else None


def _known(row: Sequence[Item], subject: Subject, scene: Scene) -> str | None:
    """Who is meant by "the minister", "the company", "the 40-year-old", if the text has said it."""
    head, first = row[subject.head], row[subject.start]
    words = [item for item in row[subject.start : subject.head] if item.low not in _LEADING]
    bare = subject.head == subject.stop - 1 and not any(item.kind == "name" or item.low == "'s" for item in words)
    if first.low not in _DEFINITE and not (bare and not words and head.capital and first is head):
        return None
    if not bare:
        return None
    if head.low in _BODIES:
        if len(words) > 1 or first.low not in ("the", "this"):
            return None
        return scene.body(head.low) or (scene.some_body(head.start, head.low in _PRIVATE) if head.low in _ANY_BODY else None)
    if head.low.endswith("year-old"):
        return scene.last_person(head.start)
    return scene.holder(head.low) or (
        scene.last_person(head.start, 2) if first.low == "the" and _kind(head.low) == "someone" else None
    )


def _noun_name(text: str, row: Sequence[Item], subject: Subject) -> str:
    """The noun phrase as a name: without its determiner, with canonical names, without "in Rome"."""
    start = subject.start
    while start < subject.head and row[start].low in _LEADING:
        start += 1
    stop = subject.stop
    for index in range(subject.head + 1, subject.stop):
        if (
            row[index].low in PREPOSITIONS
            and row[index].low not in _KEPT
            and row[index - 1].low != "familiar"
            and not (row[index].low == "with" and index + 1 < len(row) and row[index + 1].low in ("knowledge", "direct"))
        ):
            stop = index
            break
    pieces: list[str] = []
    for index, item in enumerate(row[start:stop], start):
        if item.low in _COURTESY and index + 1 < stop and row[index + 1].name is not None:
            continue
        piece = item.name.name if item.name is not None else text[item.start : item.end]
        pieces.append(piece if item.low in ("'s", ".") or not pieces else " " + piece)
    name = "".join(pieces)
    first = text[row[start].start : row[start].end]
    return name[0].lower() + name[1:] if row[start].kind == "word" and first.istitle() and row[start].low in _PLAIN else name
