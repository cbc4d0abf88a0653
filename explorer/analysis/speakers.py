"""The speaker of a report: the canonical name behind the subject of its cue, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.analysis.phrases import Item
from explorer.analysis.pronouns import Scene
from explorer.analysis.subjects import PREPOSITIONS, Subject
from explorer.model import Speaker

_LEADING = frozenset(
    """the a an one two three four five six seven eight nine ten another some several its his her their our this that
    these those both all many most few of""".split()
)
_DEFINITE = frozenset("the this that its his her their".split())
_BODIES = frozenset(
    """company firm bank court ministry agency party government union group team club board department council
    commission committee association federation organisation organization authority regulator watchdog carrier airline
    maker charity university school hospital police force army navy bloc alliance body institute foundation office""".split()
)
_PEOPLE = frozenset("man woman official minister president spokesman spokeswoman".split())
_KEPT = frozenset("of for to with".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker with how sure the choice is (0 to 1)."""

    speaker: Speaker
    confidence: float


def resolve(text: str, row: Sequence[Item], subject: Subject, scene: Scene, cue: str) -> Resolved | None:
    """Who ``subject`` is; None for a pronoun that nobody fits, or for no one ("I", "we")."""
    head = row[subject.head]
    start, end = row[subject.start].start, row[subject.stop - 1].end
    if subject.kind == "name" and head.name is not None:
        kind: Literal["person", "body"] = "person" if head.person else "body"
        scene.spoke(head.start, head.name.name, kind)
        return Resolved(_speaker(text, start, end, head.name.name, f"subject of {cue}"), 1.0)
    if subject.kind == "pronoun":
        return _pronoun(text, head, scene)
    return _noun(text, row, subject, scene, cue)


def _speaker(text: str, start: int, end: int, name: str, how: str) -> Speaker:
    return Speaker(start, end, text[start:end], name, how)


def _pronoun(text: str, head: Item, scene: Scene) -> Resolved | None:
    found = scene.resolve(head.low, head.start) if head.low in ("he", "she", "they", "it") else None
    if found is None:
        return None
    name, confidence = found
    scene.spoke(head.start, name, "person" if head.low in ("he", "she") else "many" if head.low == "they" else "body")
    return Resolved(_speaker(text, head.start, head.end, name, f"{text[head.start : head.end]} → {name}"), confidence)


def _noun(text: str, row: Sequence[Item], subject: Subject, scene: Scene, cue: str) -> Resolved:
    head = row[subject.head]
    start, end = row[subject.start].start, row[subject.stop - 1].end
    first = row[subject.start].low
    words = [item for item in row[subject.start : subject.head] if item.low not in _LEADING]
    plain = subject.head == subject.stop - 1 and not any(item.kind == "name" for item in words)
    known = scene.holder(head.low) if first in _DEFINITE or (plain and head.capital) else None
    if known is None and first == "the" and head.low in _BODIES and plain:
        known = scene.last("body")
    if known is None and first == "the" and head.low.endswith("year-old"):
        known = scene.last("person")
    plural = head.low.endswith("s") and not head.low.endswith("ss")
    kind: Literal["person", "many", "body"] = "many" if plural else "body" if head.low in _BODIES else "person"
    if known is not None:
        scene.spoke(head.start, known, kind)
        return Resolved(_speaker(text, start, end, known, f"{text[start:end]} → {known}"), 0.8)
    name = _noun_name(text, row, subject)
    scene.spoke(head.start, name, kind, head.low)
    return Resolved(_speaker(text, start, end, name, f"subject of {cue}"), 0.9)


def _noun_name(text: str, row: Sequence[Item], subject: Subject) -> str:
    """The noun phrase as a name: without its determiner, with canonical names, without "in Rome"."""
    start = subject.start
    while start < subject.head and row[start].low in _LEADING:
        start += 1
    stop = subject.stop
    for index in range(subject.head + 1, subject.stop):
        if row[index].low in PREPOSITIONS and row[index].low not in _KEPT:
            stop = index
            break
    pieces: list[str] = []
    for index in range(start, stop):
        item = row[index]
        piece = item.name.name if item.name is not None else text[item.start : item.end]
        pieces.append(piece if item.low in ("'s", ".") or not pieces else " " + piece)
    name = "".join(pieces)
    return name[0].lower() + name[1:] if row[start].kind == "word" and row[start].low.istitle() else name
