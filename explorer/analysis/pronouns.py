"""Whom pronouns and role words stand for: people by gender, place in the sentence and nearness; bodies for "it"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from explorer.analysis.grammar import group
from explorer.analysis.phrases import Item
from explorer.analysis.roles import role_before, roles_after

Gender = Literal["male", "female"]
Kind = Literal["person", "someone", "body", "place", "many", "thing"]
"""What was named: "someone" is a person without a name ("a diplomat"), "many" several of them, "thing" a document."""
REMEMBERED = 40
"""Mentions that are kept in mind; whoever was named earlier is not what a pronoun means."""
FARTHEST = 12
"""Sentences between a pronoun and the name it stands for, at most."""

SUBJECT, SPEAKER, FIRST, KNOWN, UNNAMED, FAR_PLACE, MISMATCH = 2.0, 2.0, 1.5, 0.5, -1.0, -1.0, -4.0
"""Weights, in sentences of distance: of a subject, of who spoke, of the first person in a sentence, of a fitting gender, of
someone unnamed, of a place, of the other gender (first names mislead, so it is not ruled out)."""

_PUBLIC = group("pronouns public")
_MALE = group("pronouns male")
_FEMALE = group("pronouns female")
_PLURAL = group("pronouns plural")
PERSONAL = _MALE | _FEMALE


class Profile(Protocol):
    """What is known of a name: ``gender`` is "male", "female" or None."""

    @property
    def gender(self) -> str | None:
        """The gender, or None where the text and the lists leave it open."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone or something named: the sentence's number, where, what kind, and how prominently."""

    sentence: int
    offset: int
    name: str
    kind: Kind
    weight: float


class Scene:
    """Who has been named so far, in order; sentences are entered one by one."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles
        self._seen: list[Seen] = []
        self._roles: dict[str, str] = {}
        self._genders: dict[str, Gender] = {}
        self._counts: dict[str, int] = {}
        self.named_roles: dict[str, set[str]] = {}
        self.sentence = 0

    def enter(self, row: Sequence[Item], subjects: set[int]) -> None:
        """Takes in a sentence; ``subjects`` are the items that are subjects."""
        self.sentence += 1
        first = next((index for index, item in enumerate(row) if item.person), -1)
        for index, item in enumerate(row):
            if item.kind != "name" or item.name is None:
                continue
            if item.name.type == "PERSON":
                self._add(
                    item.start, item.name.name, "person", SUBJECT if index in subjects else FIRST if index == first else 0.0
                )
                self._learn(row, index, item.name.name)
            elif not (index + 1 < len(row) and row[index + 1].low == "'s"):
                kind: Kind = "body" if item.name.type == "ORG" else "place"
                self._counts[item.name.name] = self._counts.get(item.name.name, 0) + (kind == "body")
                self._add(item.start, item.name.name, kind, SUBJECT if index in subjects else 0.0)

    def _add(self, offset: int, name: str, kind: Kind, weight: float) -> None:
        self._seen.append(Seen(self.sentence, offset, name, kind, weight))
        if len(self._seen) > 2 * REMEMBERED:
            del self._seen[:REMEMBERED]

    def _learn(self, row: Sequence[Item], index: int, name: str) -> None:
        for role, gender in (*role_before(row, index), *roles_after(row, index)):
            self._roles[role] = name
            self.named_roles.setdefault(role, set()).add(name)
            if gender is not None:
                self._genders.setdefault(name, gender)

    def spoke(self, offset: int, name: str, kind: Kind, role: str = "") -> None:
        """Notes that ``name`` is the subject of a cue at ``offset``; ``role`` is the noun that "the NOUN" may repeat."""
        self._add(offset, name, kind, SPEAKER)
        if role:
            self._roles[role] = name

    def holder(self, role: str) -> str | None:
        """The last one who was called by the noun ``role``."""
        return self._roles.get(role)

    def body(self, word: str) -> str | None:
        """The organisation that "the WORD" means: the last that has the word in its name."""
        for seen in reversed(self._seen):
            if seen.kind == "body" and word in seen.name.lower().split():
                return seen.name
        return None

    def some_body(self, offset: int, private: bool) -> str | None:
        """The organisation in mind at ``offset``, by how often and how lately it was named; ``private``: a company."""
        scores: dict[str, float] = {}
        for seen in self._seen[-REMEMBERED:]:
            if seen.kind != "body" or seen.offset >= offset or (private and not _PUBLIC.isdisjoint(seen.name.lower().split())):
                continue
            score = seen.weight - 0.5 * (self.sentence - seen.sentence) + min(5, self._counts.get(seen.name, 0))
            scores[seen.name] = max(scores.get(seen.name, -99.0), score)
        return max(scores, key=lambda name: scores[name]) if scores else None

    def last_person(self, offset: int, reach: int = FARTHEST) -> str | None:
        """The last person before ``offset`` that was a subject, at most ``reach`` sentences back."""
        for seen in reversed(self._seen[-REMEMBERED:]):
            if seen.kind == "person" and seen.weight and seen.offset < offset:
                return seen.name if self.sentence - seen.sentence <= reach else None
        return None

    def resolve(self, pronoun: str, offset: int) -> tuple[str, float] | None:
        """Whom ``pronoun`` at ``offset`` stands for, and how sure that is (0 to 1)."""
        if pronoun in _MALE or pronoun in _FEMALE:
            gender: Gender = "male" if pronoun in _MALE else "female"
            found = self._best(offset, {"person": 0.0, "someone": UNNAMED}, gender)
            if found is not None and found[1] >= 0.6 and self.gender(found[0]) is None:
                self._genders[found[0]] = gender
            return found
        if pronoun in _PLURAL:
            return self._best(offset, {"many": 1.0, "body": 0.0}, None)
        return self._best(offset, {"body": 0.0, "thing": 0.0, "place": FAR_PLACE}, None)

    def gender(self, name: str) -> str | None:
        """The gender of a person as the text or the profiles have it."""
        profile = self._profiles.get(name)
        known = profile.gender if profile is not None else None
        return known or self._genders.get(name)

    def _best(self, offset: int, kinds: Mapping[str, float], gender: Gender | None) -> tuple[str, float] | None:
        scores: dict[str, float] = {}
        for seen in reversed(self._seen[-REMEMBERED:]):
            distance = self.sentence - seen.sentence
            if seen.offset >= offset or distance > FARTHEST or seen.kind not in kinds:
                continue
            known = self.gender(seen.name) if gender else None
            fit = 0.0 if known is None else KNOWN if known == gender else MISMATCH
            score = kinds[seen.kind] + seen.weight - distance + fit
            scores[seen.name] = max(scores.get(seen.name, -99.0), score)
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda entry: -entry[1])
        margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 2.0
        return ranked[0][0], max(0.2, min(0.95, 0.6 + 0.12 * margin + (0.1 * ranked[0][1] if ranked[0][1] < 0 else 0.0)))
