"""Whom a pronoun may stand for: everyone named lately, and what tells for and against each, as named features."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from explorer.analysis.noun_phrases import CLAUSE_WORDS, PREPOSITIONS
from explorer.analysis.phrases import Item
from explorer.analysis.positions import Class, Position, clause_breaks

Gender = Literal["male", "female"]
Kind = Literal["person", "someone", "body", "place", "many", "thing", "word"]
"""What was named: "someone" is a person without a name ("a diplomat"), "many" several of them, "thing" a document, "word" a
capitalised word that no list or model took for a name."""
Like = Literal["", "first name", "surname", "name"]
"""Whether what was not taken for a person may be one after all, and by which list."""
NOBODY = ("nobody",)
_KEPT = 6
"""Mentions of one candidate that are kept in mind."""


@dataclass(slots=True)
class Seen:
    """A mention: the sentence's number, the item's, its offset, its place in the clause, whether it is the first
    person, and whether it is one word of a longer name."""

    sentence: int
    index: int
    offset: int
    position: Position
    first: bool = False
    bare: bool = False


@dataclass(slots=True)
class Referred:
    """A pronoun that was taken to stand for a candidate."""

    sentence: int
    offset: int
    form: Class


@dataclass(slots=True, eq=False)
class Candidate:
    """Someone or something named so far; ``gender`` may be likely only (``sure`` False). ``spoke`` is the last sentence in
    which it was the subject of a cue, ``same`` the candidate it was found to be."""

    name: str
    kind: Kind
    gender: Gender | None = None
    sure: bool = True
    count: int = 0
    entered: int = 0
    spoke: int = -99
    mentions: deque[Seen] = field(default_factory=lambda: deque(maxlen=_KEPT))
    pronouns: deque[Referred] = field(default_factory=lambda: deque(maxlen=_KEPT))
    same: Candidate | None = None
    like: Like = ""

    def final(self) -> Candidate:
        """The candidate that this one turned out to be."""
        found = self
        while found.same is not None:
            found = found.same
        return found

    def latest_sentence(self, offset: int) -> int:
        """The last sentence before ``offset`` in which it was named; 0 for none."""
        return max((seen.sentence for seen in self.mentions if seen.offset < offset), default=0)

    def latest(self, offset: int) -> int:
        """Where it was last named or meant by a pronoun before ``offset``; -1 for nowhere."""
        places = [seen.offset for seen in self.mentions] + [one.offset for one in self.pronouns]
        return max((place for place in places if place < offset), default=-1)


@dataclass(slots=True)
class Place:
    """A pronoun at an item of a sentence; mentions from ``limit`` up to it are inside the reported words and count less."""

    row: Sequence[Item]
    index: int
    sentence: int
    offset: int
    limit: int
    form: Class
    gender: Gender | None


@dataclass(slots=True)
class Option:
    """A candidate at a pronoun: the mention that counts, the last pronoun for it, and where the later of the two is."""

    candidate: Candidate
    seen: Seen | None
    after: bool
    referred: Referred | None
    latest: int


def option(candidate: Candidate, place: Place) -> Option | None:
    """The candidate as seen from a pronoun, or None where nothing of it is in reach."""
    before = [seen for seen in candidate.mentions if seen.offset < place.limit]
    referred = next((one for one in reversed(candidate.pronouns) if one.offset < place.offset), None)
    if before:
        seen = before[-1]
        return Option(candidate, seen, False, referred, max(seen.offset, referred.offset if referred else -1))
    if referred is not None:
        return Option(candidate, None, False, referred, referred.offset)
    if place.limit < place.offset and candidate.kind not in ("person", "someone"):
        return None  # in "Valdoria, she said, has closed" no person has been named
    here = next((one for one in candidate.mentions if one.sentence == place.sentence), None)
    return Option(candidate, here, True, None, -here.offset) if here is not None else None


def gender_fit(candidate: Candidate, gender: Gender | None) -> str:
    """Whether a candidate's gender is that of the pronoun: "same", "other", "perhaps same", "perhaps other" or "open"."""
    if gender is None or candidate.gender is None:
        return "open"
    fit = "same" if candidate.gender == gender else "other"
    return fit if candidate.sure else f"perhaps {fit}"


def features(options: Sequence[Option], place: Place) -> list[list[str]]:
    """The features of each option, and last those of nobody among them."""
    fits = [gender_fit(one.candidate, place.gender) for one in options]
    fitting = [number for number, fit in enumerate(fits) if not fit.endswith("other")]
    recent = sorted(fitting, key=lambda number: -options[number].latest)
    ranks = {number: rank for rank, number in enumerate(recent)}
    subjects = _subject_ranks(options, recent)
    earliest = min((one.candidate.entered for one in options), default=0)
    most = max((one.candidate.count + len(one.candidate.pronouns) for one in options), default=0)
    found = []
    for number, one in enumerate(options):
        own = _own(one, place)
        own.append(f"gender {fits[number]}{' bare' if one.seen is not None and one.seen.bare else ''}")
        rank = min(ranks.get(number, 4), 4)
        own.append(f"rank {rank}")
        own.append(f"rank {rank} {place.form}")
        if one.seen is not None and not one.after:
            own.append(f"rank {min(rank, 2)} {one.seen.position} {place.form}")
        if number in subjects:
            own.append(f"subject rank {min(subjects[number], 2)} {place.form}")
        if one.candidate.entered == earliest:
            own.append("entered first")
        if len(fitting) == 1 and number in ranks:
            own.append("only one")
        if one.candidate.count + len(one.candidate.pronouns) == most:
            own.append("most named")
        found.append(own)
    near = min((place.sentence - _sentence(options[number]) for number in fitting), default=9)
    found.append(["nobody", f"nobody {place.form}", f"nobody of {min(len(fitting), 3)}", f"nobody near {_far(near)}"])
    return found


def _subject_ranks(options: Sequence[Option], recent: Sequence[int]) -> dict[int, int]:
    """The place of each fitting option among those that were subjects, by how lately."""
    latest = {}
    for number in recent:
        one = options[number]
        named = one.seen.offset if one.seen is not None and not one.after and one.seen.position == "subject" else -1
        referred = one.referred.offset if one.referred is not None and one.referred.form == "subject" else -1
        if max(named, referred) >= 0:
            latest[number] = max(named, referred)
    return {number: rank for rank, number in enumerate(sorted(latest, key=lambda number: -latest[number]))}


def _sentence(one: Option) -> int:
    return max(one.seen.sentence if one.seen else 0, one.referred.sentence if one.referred else 0)


def _far(distance: int) -> str:
    return str(distance) if distance < 3 else "3" if distance < 5 else "5" if distance < 8 else "8"


def _own(one: Option, place: Place) -> list[str]:
    form = place.form
    candidate = one.candidate
    count = candidate.count
    found = [f"kind {candidate.kind}", f"count {count if count < 4 else 4 if count < 7 else 7}"]
    if place.gender is not None and candidate.like:
        found.append(f"like a {candidate.like} {candidate.kind}")
    since = place.sentence - candidate.spoke
    if 0 <= since < 3:
        found.append(f"spoke {since} {form}")
    if one.referred is not None:
        ago = _far(place.sentence - one.referred.sentence)
        found.append(f"chain {ago}")
        found.append(f"chain {ago} {one.referred.form} {form}")
    if not one.after and candidate.mentions[-1].offset > place.offset:
        later = next(seen for seen in candidate.mentions if seen.offset > place.offset)
        found.append("again later")
        found.extend(f"again {feature}" for feature in _after(later, place))
    if one.seen is None:
        found.append("by pronoun only")
        return found
    seen = one.seen
    if one.after:
        found.extend(_after(seen, place))
        return found
    distance = place.sentence - seen.sentence
    far = _far(distance)
    found.append(f"far {far}")
    if one.referred is None or one.referred.offset < seen.offset:
        found.append(f"far {far} without pronoun")
    near = min(distance, 2)
    found.append(f"{seen.position} {form} {near}")
    if seen.first:
        found.append(f"first {near} {form}")
    if place.index == 0:
        found.append(f"opens {seen.position} {near}")
    if distance == 0:
        found.extend(_same_sentence(seen, place))
    return found


def _same_sentence(seen: Seen, place: Place) -> list[str]:
    gap = place.index - seen.index
    breaks = min(clause_breaks(place.row, seen.index + 1, place.index), 2)
    found = [
        f"breaks {breaks} {seen.position} {place.form}",
        f"gap {gap if gap < 4 else 4 if gap < 8 else 8 if gap < 16 else 16} {place.form}",
    ]
    between = any(item.kind == "name" and item.person for item in place.row[seen.index + 1 : place.index])
    found.append(f"{'behind' if between else 'next to'} a name {place.form}")
    if place.index and place.row[place.index - 1].low in ("and", "or", "with") and gap <= 3:
        found.append(f"joined {place.form}")
    return found


def _after(seen: Seen, place: Place) -> list[str]:
    gap = seen.index - place.index
    found = ["after", f"after {seen.position} {place.form}"]
    first = place.row[0]
    if first.kind == "word" and (first.low in PREPOSITIONS or first.low in CLAUSE_WORDS):
        found.append(f"after an opening {seen.position} {place.form}")
    if place.form == "possessive" and 0 < gap <= 4:
        found.append("owned")
    if 0 < gap <= 12 and any(item.low == "," for item in place.row[place.index + 1 : seen.index]):
        found.append("after a comma")
    return found
