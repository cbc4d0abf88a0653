"""Whom pronouns and role words stand for: people by gender, place in the sentence and nearness; bodies for "it"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from explorer.analysis.phrases import Item
from explorer.analysis.roles import role_before, roles_after

Gender = Literal["male", "female"]
REMEMBERED = 40
"""Mentions that are kept in mind; whoever was named earlier is not what a pronoun means."""
FARTHEST = 12
"""Sentences between a pronoun and the name it stands for, at most."""

_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_PLURAL = frozenset("they them their theirs".split())
THIRD_PERSON = _MALE | _FEMALE | _PLURAL | {"it", "its"}


class Profile(Protocol):
    """What is known of a name: ``gender`` is "male", "female" or None."""

    @property
    def gender(self) -> str | None:
        """The gender, or None where the text and the lists leave it open."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone or something named: the sentence's number, where, what kind, and whether as a subject."""

    sentence: int
    offset: int
    name: str
    kind: Literal["person", "body", "many", "thing"]
    subject: bool


class Scene:
    """Who has been named so far, in order; sentences are entered one by one."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles
        self._seen: list[Seen] = []
        self._roles: dict[str, str] = {}
        self._genders: dict[str, Gender] = {}
        self.sentence = 0

    def enter(self, row: Sequence[Item], subjects: set[int]) -> None:
        """Takes in a sentence; ``subjects`` are the items that are subjects."""
        self.sentence += 1
        for index, item in enumerate(row):
            if item.kind != "name" or item.name is None:
                continue
            if item.name.type == "PERSON":
                self._add(item.start, item.name.name, "person", index in subjects)
                self._learn(row, index, item.name.name)
            elif not (index + 1 < len(row) and row[index + 1].low == "'s"):
                self._add(item.start, item.name.name, "body", index in subjects)

    def _add(
        self, offset: int, name: str, kind: Literal["person", "body", "many", "thing"], subject: bool
    ) -> None:
        self._seen.append(Seen(self.sentence, offset, name, kind, subject))
        if len(self._seen) > 2 * REMEMBERED:
            del self._seen[:REMEMBERED]

    def _learn(self, row: Sequence[Item], index: int, name: str) -> None:
        for role, gender in (*role_before(row, index), *roles_after(row, index)):
            self._roles[role] = name
            if gender is not None:
                self._genders.setdefault(name, gender)

    def spoke(self, offset: int, name: str, kind: Literal["person", "body", "many", "thing"], role: str = "") -> None:
        """Notes that ``name`` is the subject of a cue at ``offset``; ``role`` is the noun that "the NOUN" may repeat."""
        self._add(offset, name, kind, True)
        if role:
            self._roles[role] = name

    def holder(self, role: str) -> str | None:
        """The last one who was called by the noun ``role``."""
        return self._roles.get(role)

    def last(self, kind: str) -> str | None:
        """The last one of ``kind`` that was named, a subject before others."""
        near = [seen for seen in self._seen[-REMEMBERED:] if seen.kind == kind and self.sentence - seen.sentence <= 4]
        subjects = [seen for seen in near if seen.subject]
        return (subjects or near)[-1].name if near else None

    def resolve(self, pronoun: str, offset: int) -> tuple[str, float] | None:
        """Whom ``pronoun`` at ``offset`` stands for, and how sure that is (0 to 1)."""
        if pronoun in _MALE or pronoun in _FEMALE:
            return self._best(offset, "person", "male" if pronoun in _MALE else "female")
        if pronoun in _PLURAL:
            return self._best(offset, "many", None) or self._best(offset, "body", None)
        return self._best(offset, "body", None)

    def gender(self, name: str) -> str | None:
        """The gender of a person as the text or the profiles have it."""
        profile = self._profiles.get(name)
        known = profile.gender if profile is not None else None
        return known or self._genders.get(name)

    def _best(self, offset: int, kind: str, gender: Gender | None) -> tuple[str, float] | None:
        scores: dict[str, float] = {}
        for seen in reversed(self._seen[-REMEMBERED:]):
            distance = self.sentence - seen.sentence
            if seen.offset >= offset or distance > FARTHEST or (seen.kind != kind and not (kind == "body" and seen.kind == "thing")):
                continue
            known = self.gender(seen.name) if gender else None
            if known is not None and known != gender:
                continue
            score = 2.0 * seen.subject - 1.0 * distance + (1.5 if known is not None else 0.0)
            scores[seen.name] = max(scores.get(seen.name, -99.0), score) + (0.2 if seen.name in scores else 0.0)
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda entry: -entry[1])
        margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 2.0
        if gender is not None:
            self._genders.setdefault(ranked[0][0], gender) if margin >= 2.0 else None
        return ranked[0][0], min(0.95, 0.6 + 0.12 * margin)
