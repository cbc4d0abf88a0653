"""Whom pronouns stand for: everyone named so far is a candidate, and a learned ranker chooses (``ranker/weights.json``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from explorer.analysis.candidates import (
    Candidate,
    Gender,
    Kind,
    Option,
    Place,
    Referred,
    Seen,
    features,
    gender_fit,
    option,
)
from explorer.analysis.descriptions import Known
from explorer.analysis.gazetteer import section
from explorer.analysis.grammar import group
from explorer.analysis.holders import Choice, Holder, Phrase, choices, chosen, task
from explorer.analysis.likeness import like_a_person, may_name
from explorer.analysis.lists import words
from explorer.analysis.phrases import Item
from explorer.analysis.positions import is_apposed, is_verb, position, pronoun_class
from explorer.analysis.ranker import probabilities, weights
from explorer.analysis.roles import gender_of, role_before, roles_after

FARTHEST = 12
"""Sentences between a pronoun and the last mention of whom it stands for, at most."""
MOST = 10
"""Candidates that are weighed for a pronoun: those named last."""
LATELY = 8
"""People or bodies named last that are weighed for a description."""
REMEMBERED = 400
"""Candidates that are kept in mind."""
SURE = 0.8
"""Probability from which a pronoun tells the gender of whom it stands for."""

_MALE = group("pronouns male")
_FEMALE = group("pronouns female")
_PLURAL = group("pronouns plural")
_LEADING = group("speakers leading")
_DEFINITE = group("speakers definite")
_HUMAN = words("job_words") | words("title_words_lower") | words("kin") | group("roles human")
PERSONAL = _MALE | _FEMALE
_PERSONS: frozenset[Kind] = frozenset({"person", "someone"})
_PLURALS: frozenset[Kind] = frozenset({"many", "body", "someone"})
_PERSONS_NAMED: frozenset[Kind] = frozenset({"person"})
_BODIES: frozenset[Kind] = frozenset({"body", "place"})
_THINGS: frozenset[Kind] = frozenset({"body", "thing", "place"})


class Profile(Protocol):
    """What is known of a name: ``gender`` is "male", "female" or None."""

    @property
    def gender(self) -> str | None:
        """The gender, or None where the text and the lists leave it open."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun stands for: the candidate, its probability (0 to 1) and the next best with theirs."""

    candidate: Candidate
    confidence: float
    others: tuple[tuple[str, float], ...] = ()

    @property
    def name(self) -> str:
        """The name, as it is known by now."""
        return self.candidate.final().name


Watch = Callable[[int, str, Sequence[Option | Choice], list[list[str]]], None]
"""Sees a choice: the offset of the words, the ranker's task, the options, and the features of each (and of nobody)."""


class Scene:
    """Who has been named so far, in order; sentences are entered one by one, and their pronouns resolved.

    ``known`` is what the text says of its names; ``watch`` is shown every choice before it is made: training reads it.
    """

    def __init__(self, profiles: Mapping[str, Profile], known: Known | None = None, watch: Watch | None = None) -> None:
        self._profiles = profiles
        self._known = known if known is not None else Known()
        self._watch = watch
        self._candidates: dict[tuple[str, str], Candidate] = {}  # by kind and name, the one named last at the end
        self._at: dict[int, Candidate] = {}  # people without a name in this sentence, by offset
        self._meant: dict[int, Meant | None] = {}
        self._row: Sequence[Item] = ()
        self._unnamed: dict[str, tuple[str, int]] = {}
        self._learned: dict[str, Gender] = {}
        self.sentence = 0

    def enter(self, row: Sequence[Item], subjects: set[int]) -> None:
        """Takes in a sentence; ``subjects`` are the items that are known to be subjects."""
        self.sentence += 1
        self._row = row
        self._at.clear()
        self._meant.clear()
        first = next((index for index, item in enumerate(row) if item.person), -1)
        for index, item in enumerate(row):
            if item.kind == "name" and item.name is not None:
                kind: Kind = "person" if item.person else "body" if item.name.type == "ORG" else "place"
                place = "subject" if index in subjects else position(row, index)
                if kind == "person":
                    self._learn(row, index, item.name.name)
                bare = " " not in item.name.text and " " in item.name.name
                self._name(Seen(self.sentence, index, item.start, place, index == first, bare), item.name.name, kind)
            elif item.capital and item.kind == "word" and len(item.low) > 2 and may_name(row, index):
                self._name(Seen(self.sentence, index, item.start, position(row, index)), item.low.capitalize(), "word")
            elif item.low in _HUMAN and item.kind == "word":
                self._noun(row, index)
        for index, item in enumerate(row):
            if item.kind == "word" and item.low in PERSONAL:
                self._resolve(index, item.start)

    def _name(self, seen: Seen, name: str, kind: Kind) -> Candidate:
        key = (kind, name)
        candidate = self._candidates.pop(key, None)
        if candidate is None:
            gender, sure = self._gender(name) if kind == "person" else (None, True)
            candidate = Candidate(name, kind, gender, sure, entered=seen.offset)
            if kind in ("body", "place", "word"):
                candidate.like = like_a_person(name)
                candidate.gender, candidate.sure = self._gender(name)[0] if candidate.like else None, False
        self._candidates[key] = candidate  # now the last
        candidate.mentions.append(seen)
        candidate.count += 1
        if len(self._candidates) > 2 * REMEMBERED:
            for old in list(self._candidates)[:REMEMBERED]:
                del self._candidates[old]
        return candidate

    def _noun(self, row: Sequence[Item], index: int) -> None:
        """Someone without a name: "the farmer", "her brother"; not titles, appositions of names and owners."""
        start = index
        while start and index - start < 4 and row[start - 1].kind in ("word", "name") and row[start].low not in _LEADING:
            start -= 1
        following = row[index + 1] if index + 1 < len(row) else None
        if row[start].low not in _LEADING or (following is not None and (following.kind == "name" or following.low == "'s")):
            return
        if following is not None and following.kind == "word" and following.low in _HUMAN:
            return
        if is_apposed(row, start, index) or any(is_verb(row, between) for between in range(start, index)):
            return
        seen = Seen(self.sentence, index, row[index].start, position(row, index))
        held = self._held(row, start, index) if row[start].low in _DEFINITE else None
        if held is not None and held.name is not None:
            self._at[row[index].start] = self._name(seen, held.name, self.kind(held.name))
            return
        name = " ".join("·" if item.name is not None else item.low for item in row[start + 1 : index + 1])
        candidate = self._name(seen, name, "someone")
        candidate.gender = gender_of(row[index].low)
        self._at[row[index].start] = candidate

    def _held(self, row: Sequence[Item], start: int, index: int) -> Holder | None:
        """Who "the NOUN" is, where someone has been called so."""
        head = row[index].low
        if head not in self._known.by_head and head not in self._unnamed:
            return None
        beside = [
            word for item in row[start + 1 : index] for word in (item.name.name.lower().split() if item.name else [item.low])
        ]
        determiner = "the" if row[start].low in ("the", "this", "that") else "his"
        return self.meant(Phrase(row[index].start, head, beside, determiner, "someone", self.sentence))

    def _learn(self, row: Sequence[Item], index: int, name: str) -> None:
        for _, gender in (*role_before(row, index), *roles_after(row, index)):
            if gender is not None:
                self._learned.setdefault(name, gender)

    def spoke(self, offset: int, name: str, kind: Kind, role: str = "") -> None:
        """Notes that ``name`` is the subject of a cue at ``offset``; ``role`` is the noun that "the NOUN" may repeat."""
        if role:
            self._unnamed[role] = (name, self.sentence)
        placeholder = self._at.get(offset)
        known = self._candidates.get((kind, name))
        if known is None or not known.mentions or known.mentions[-1].offset != offset:
            meant = self._meant.get(offset)
            if meant is not None and meant.name == name:
                known = meant.candidate.final()
            else:
                known = self._name(Seen(self.sentence, 0, offset, "subject"), name, kind)
        known.spoke = self.sentence
        if placeholder is not None and placeholder.final() is not known:
            if known.gender is None:
                known.gender, known.sure = placeholder.gender, placeholder.sure
            placeholder.same = known
            self._candidates.pop((placeholder.kind, placeholder.name), None)

    def body_before(self, offset: int) -> str | None:
        """The body that was the subject of this sentence or the one before, ahead of ``offset``."""
        for candidate in reversed(self._candidates.values()):
            seen = candidate.mentions[-1]
            if candidate.kind == "body" and seen.offset < offset and seen.position == "subject":
                return candidate.name if self.sentence - seen.sentence <= 1 else None
        return None

    def kind(self, name: str) -> Kind:
        """What kind of name the text has found this one to be."""
        found = self._known.types.get(name)
        return "body" if found == "ORG" else "place" if found == "PLACE" else "person" if found else "someone"

    def meant(self, phrase: Phrase) -> Holder:
        """Who a description is, or nobody named so far."""
        kinds = _PERSONS_NAMED if phrase.kind == "someone" else _BODIES
        before: list[tuple[int, Candidate]] = []
        for candidate in reversed(self._candidates.values()):
            if candidate.kind in kinds and candidate.mentions[0].offset < phrase.offset:
                before.append((candidate.latest(phrase.offset), candidate))
            if len(before) == LATELY or self.sentence - candidate.mentions[-1].sentence > 3 * FARTHEST:
                break
        lately = [candidate for _, candidate in sorted(before, key=lambda pair: -pair[0])]
        options = choices(phrase, self._known, lately, self._unnamed.get(phrase.head), self.gender)
        if self._watch is not None:
            self._watch(phrase.offset, task(phrase), options, [choice.features for choice in options])
        return chosen(phrase, options, self._known)

    def resolve(self, pronoun: str, offset: int, limit: int | None = None) -> Meant | None:
        """Whom the ``pronoun`` at ``offset`` of the sentence stands for; ``limit`` is where the words it reports begin."""
        if pronoun in PERSONAL and (limit is None or limit >= offset) and offset in self._meant:
            return self._meant[offset]
        index = next((number for number, item in enumerate(self._row) if item.start == offset), None)
        return None if index is None else self._resolve(index, offset if limit is None else limit)

    def _resolve(self, index: int, limit: int) -> Meant | None:
        low, offset = self._row[index].low, self._row[index].start
        gender: Gender | None = "male" if low in _MALE else "female" if low in _FEMALE else None
        kinds = _PERSONS if gender else _PLURALS if low in _PLURAL else _THINGS
        self._forget(offset)
        place = Place(self._row, index, self.sentence, offset, min(limit, offset), pronoun_class(self._row, index), gender)
        options = self._options(kinds, place)
        of_options = features(options, place)
        kind = "person" if gender else "thing"
        if self._watch is not None:
            self._watch(offset, kind, options, of_options)
        meant = _chosen(options, of_options, kind)
        self._meant[offset] = meant
        if meant is not None:
            meant.candidate.pronouns.append(Referred(self.sentence, offset, place.form))
            if gender and meant.confidence >= SURE and meant.candidate.gender is None:
                meant.candidate.gender, meant.candidate.sure = gender, False
        return meant

    def _forget(self, offset: int) -> None:
        before = self._meant.get(offset)
        if before is not None and before.candidate.pronouns and before.candidate.pronouns[-1].offset == offset:
            before.candidate.pronouns.pop()

    def _options(self, kinds: frozenset[Kind], place: Place) -> list[Option]:
        found: list[Option] = []
        for candidate in reversed(self._candidates.values()):
            if candidate.kind not in kinds and not (candidate.like and place.gender is not None):
                continue
            one = option(candidate, place)
            latest = max(candidate.mentions[-1].sentence, candidate.pronouns[-1].sentence if candidate.pronouns else 0)
            if one is not None and self.sentence - latest <= FARTHEST:
                found.append(one)
            if len(found) == MOST or self.sentence - latest > 3 * FARTHEST:
                break
        fitting = [one for one in found if not _contradicts(one, place.gender)]
        return fitting or found

    def gender(self, name: str) -> str | None:
        """The gender of a person as the text or the profiles have it."""
        return self._gender(name)[0]

    def _gender(self, name: str) -> tuple[Gender | None, bool]:
        profile = self._profiles.get(name)
        if profile is not None and profile.gender in ("male", "female"):
            return ("male" if profile.gender == "male" else "female"), True
        if name in self._learned:
            return self._learned[name], False
        first = name.partition(" ")[0]
        balance = (first in section("male")) - (first in section("female"))
        return ("male", False) if balance > 0 else ("female", False) if balance < 0 else (None, True)


def _contradicts(one: Option, gender: Gender | None) -> bool:
    """Whether a full name is known to be of the other gender; a bare surname may be another's."""
    return gender_fit(one.candidate, gender) == "other" and not (one.seen is not None and one.seen.bare)


def _chosen(options: Sequence[Option], of_options: Sequence[Sequence[str]], kind: str) -> Meant | None:
    if not options:
        return None
    shares = probabilities(weights(kind), of_options)
    ranked = sorted(zip(shares, options, strict=False), key=lambda pair: -pair[0])
    share, best = ranked[0]
    if shares[-1] > share:
        return None
    others = tuple((one.candidate.final().name, round(other, 2)) for other, one in ranked[1:4] if other >= 0.05)
    return Meant(best.candidate, round(share, 2), others)
