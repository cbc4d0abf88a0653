"""The speaker of a report: the canonical name behind the subject of its cue, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.analysis.candidates import Kind
from explorer.analysis.descriptions import COURTESY
from explorer.analysis.grammar import group
from explorer.analysis.holders import OPENING, Holder, Phrase
from explorer.analysis.noun_phrases import PREPOSITIONS, Subject
from explorer.analysis.phrases import Item
from explorer.analysis.pronouns import Scene
from explorer.analysis.unnamed import is_somebody, unnamed_name
from explorer.model import Speaker

_DEFINITE = group("speakers definite")
_BODIES = group("speakers bodies")
_THINGS = group("speakers things")
_SPEAKERS_FOR = frozenset(form for noun in group("speakers speaks for") for form in (noun, f"{noun}s"))
_POSSESSIVES = frozenset({"his", "her", "its", "their"})
_ARTICLES = frozenset({"a", "an", "one", "another"})
_NAMING = frozenset({"name", "names", "initials", "called", "calls", "known", "as", "identified", "goes", "named", "nicknamed"})
"""Words between someone and the name that a relative clause gives: "a man who gave his name as NAME"."""
_NAMED_WITHIN = 14
_NEW = frozenset({"one", "another"})
"""Determiners of someone who was not spoken of before: "one relative", "another driver"."""
_FORCES = re.compile(r"polic|constab|sheriff|gendarm|carabin|garda|guard|\bP\.?D\b|poliz", re.I)
_MANY = frozenset({"men", "women", "children", "people", "fishermen", "policemen", "clergymen", "businessmen"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker with how sure the choice is (0 to 1)."""

    speaker: Speaker
    confidence: float


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
        name = _all_named(row, subject) or head.name.name
        return Resolved(Speaker(start, end, text[start:end], name, f"subject of {cue}"), 1.0)
    if subject.kind == "pronoun":
        return _pronoun(text, head, scene, head.start if before is None else before)
    return _noun(text, row, subject, scene, cue)


def _all_named(row: Sequence[Item], subject: Subject) -> str | None:
    """Everybody in "A and B said" and "A, B and C said", as "A, B and C"; None where one name alone is the subject."""
    if subject.head < 2 or row[subject.head - 1].low != "and" or subject.head - 2 < subject.start:
        return None
    place = subject.head - 2
    names: list[str] = []
    while place >= subject.start and row[place].kind == "name" and row[place].name is not None:
        names.insert(0, row[place].name.name)  # type: ignore[union-attr]
        if place - 1 > subject.start and row[place - 1].low == ",":
            place -= 2
            continue
        break
    last = row[subject.head].name
    alone = place == subject.start or row[place - 1].low in ("both", "the", "and") or row[place - 1].capital
    if not names or last is None or not alone or last.name in names:
        return None
    return f"{', '.join(names)} and {last.name}"


def _pronoun(text: str, head: Item, scene: Scene, before: int) -> Resolved | None:
    low = head.low.partition("'")[0]
    if low not in ("he", "she", "they", "it", "his", "her", "their"):
        return None
    found = scene.resolve(low, head.start, before)
    if found is None:
        return None
    scene.spoke(head.start, found.name, found.candidate.final().kind)
    words = text[head.start : head.end]
    how = f"{words} → {found.name}"
    chain = (words, found.name)
    speaker = Speaker(head.start, head.end, words, found.name, how, found.confidence, chain, found.others)
    return Resolved(speaker, found.confidence)


def _noun(text: str, row: Sequence[Item], subject: Subject, scene: Scene, cue: str) -> Resolved | None:
    head = row[subject.head]
    start, end = row[subject.start].start, row[subject.stop - 1].end
    words = text[start:end]
    kind = _kind(head.low)
    source = _source(row, subject) if kind == "thing" else None
    if source is not None and source.name is not None:
        scene.spoke(head.start, source.name.name, kind)
        how = f"{words} → {source.name.name}"
        return Resolved(Speaker(start, end, words, source.name.name, how, 0.8, (words, source.name.name)), 0.8)
    first = row[subject.start]
    owner = scene.resolve(first.low, first.start) if first.low in _POSSESSIVES else None
    named = _named_there(row, subject) if kind == "someone" else None
    if named is not None:
        return _held(text, row, subject, scene, cue, Holder(named, 0.9, "", ()))
    told_apart = first.low == "the" and scene.sentence > OPENING and subject.stop < len(row) and row[subject.stop].low == "who"
    if kind in ("someone", "body") and first.low not in _NEW and not told_apart:
        holder = scene.meant(_phrase(text, row, subject, scene, kind, owner.name if owner else None))
        if holder.name is not None and (head.low != "police" or _FORCES.search(holder.name)):
            return _held(text, row, subject, scene, cue, holder)
    principal = _principal(text, row, subject, scene, owner.name if owner else None) if head.low in _SPEAKERS_FOR else None
    name = f"{head.low} for {principal}" if principal else unnamed_name(text, row, subject)
    if not is_somebody(name):
        return None
    if principal is None and owner is not None and (kind == "someone" or head.low in ("office", "people")):
        name = f"{name} of {owner.name}"
    scene.spoke(head.start, name, kind, head.low if kind == "someone" else "")
    how = f"subject of {cue}" if name in words else f"{words} → {name}"
    return Resolved(Speaker(start, end, words, name, how, 0.9, () if name in words else (words, name)), 0.9)


def _held(text: str, row: Sequence[Item], subject: Subject, scene: Scene, cue: str, holder: Holder) -> Resolved:
    start, end = row[subject.start].start, row[subject.stop - 1].end
    words, name = text[start:end], holder.name or ""
    scene.spoke(row[subject.head].start, name, scene.kind(name))
    if name in words:
        return Resolved(
            Speaker(start, end, words, name, f"subject of {cue}", holder.confidence, (), holder.others), holder.confidence
        )
    how = f"{words} → {name} ({holder.said})" if holder.said else f"{words} → {name}"
    speaker = Speaker(start, end, words, name, how, holder.confidence, (words, name), holder.others)
    return Resolved(speaker, holder.confidence)


def _principal(text: str, row: Sequence[Item], subject: Subject, scene: Scene, owner: str | None) -> str | None:
    """For whom a spokesman or lawyer speaks: "NAME's", "the ministry's", "for the firm", "for it", or the body just named."""
    head = subject.head
    if head + 1 < subject.stop:
        if row[head + 1].low not in ("for", "of", "to"):
            return owner if row[head + 1].low in PREPOSITIONS else None
        return _party(text, row, head + 2, subject.stop, scene)
    if owner is not None:
        return owner
    stop = head - (row[head - 1].low == "'s" and head - 1 > subject.start)
    if stop < head:
        return _party(text, row, subject.start, stop, scene)
    before = row[head - 1] if head > subject.start else None
    if before is not None and before.name is not None:
        return before.name.name
    if before is not None and before.low in _BODIES:
        return _party(text, row, head - 1, head, scene)
    alone = before is not None and before.low in _ARTICLES | {"the"} and row[head].low.startswith("spokes")
    return scene.body_before(row[subject.start].start) if alone else None


def _party(text: str, row: Sequence[Item], start: int, stop: int, scene: Scene) -> str | None:
    """Who the noun phrase in ``row[start:stop]`` is: a name, a pronoun resolved, a body meant, or its words."""
    stop = next((index for index in range(start + 1, stop) if row[index].low in PREPOSITIONS - {"of"}), stop)
    inside = [item for item in row[start:stop] if item.low not in COURTESY]
    if not inside:
        return None
    if inside[-1].name is not None:
        return inside[-1].name.name
    if len(inside) == 1 and inside[0].low in ("it", "him", "her", "them"):
        meant = scene.resolve(inside[0].low, inside[0].start)
        return meant.name if meant is not None else None
    head = inside[-1]
    beside = [word for item in inside[:-1] for word in _words(item)]
    kind = _kind(head.low)
    holder = (
        scene.meant(Phrase(head.start, head.low, beside, "the", kind, scene.sentence)) if kind in ("body", "someone") else None
    )
    if holder is not None and holder.name is not None:
        return holder.name
    words = inside[1:] if inside[0].low in _DEFINITE | _ARTICLES else inside
    return text[words[0].start : words[-1].end] if words else None


def _kind(noun: str) -> Kind:
    if noun in _THINGS:
        return "thing"
    if noun in _BODIES:
        return "body"
    return "many" if noun in _MANY or (noun.endswith("s") and not noun.endswith("ss")) else "someone"


def _phrase(text: str, row: Sequence[Item], subject: Subject, scene: Scene, kind: Kind, owner: str | None) -> Phrase:
    """The subject as a description: its determiner and the words beside its head."""
    first = row[subject.start]
    low = first.low
    inside = row[subject.start : subject.stop]
    if low in _POSSESSIVES:
        determiner = "his"
    elif any(item.low == "'s" for item in row[subject.start : subject.head]):
        determiner = "owner"
    elif low in _ARTICLES:
        determiner = "a"
    elif low in _DEFINITE:
        determiner = "the"
    else:
        determiner = "none"
    beside: list[str] = []
    for item in inside[0 if determiner in ("owner", "none") else 1 :]:
        if item is row[subject.head]:
            continue
        beside.extend(_words(item))
    head = row[subject.head]
    others = {item.name.name for item in inside if item.person and item.name is not None} | ({owner} if owner else set())
    return Phrase(head.start, head.low, beside, determiner, kind, scene.sentence, others)


def _words(item: Item) -> list[str]:
    """The words of an item that may tell who is meant; of a name, as written and in full."""
    if item.name is not None:
        return f"{item.name.text} {item.name.name}".lower().split()
    return [item.low] if item.low[:1].isalpha() and item.low not in _DEFINITE | _ARTICLES else []


def _named_there(row: Sequence[Item], subject: Subject) -> str | None:
    """The name that the words behind a description give: "a man who gave his name as NAME", "everybody calls NAME"."""
    naming = False
    for item in row[subject.head + 1 : subject.head + 1 + _NAMED_WITHIN]:
        if item.person and item.name is not None:
            return item.name.name if naming else None
        if item.kind == "mark" or item.low in (".", ";", ":"):
            return None
        naming = naming or item.low in _NAMING
    return None


def _source(row: Sequence[Item], subject: Subject) -> Item | None:
    """The name in "a statement from NAME", "a report by NAME", "NAME records"."""
    for index in range(subject.head + 1, subject.stop):
        if row[index].low in ("from", "by"):
            return next((item for item in row[index:] if item.kind == "name"), None) if index + 6 > subject.head else None
    before = row[subject.head - 1] if subject.head > subject.start else None
    return before if before is not None and before.kind == "name" and row[subject.head].low in ("records", "statement") else None
