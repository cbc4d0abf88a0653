"""One type for each form of a name in a document, from all its mentions and from the longer names it is part of."""

from __future__ import annotations

from dataclasses import dataclass, field

from explorer.analysis.context import Votes
from explorer.analysis.gazetteer import section
from explorer.analysis.lexicon import (
    BIG_CITY,
    CITY,
    COMMON,
    DEMONYM,
    FIRST,
    NOT_ACRONYM,
    ORG_HEAD,
    PLACE_HEAD,
    SURNAME,
    TITLE,
    flags,
    known,
)
from explorer.model import EntityType

TYPES: tuple[EntityType, ...] = ("PERSON", "ORG", "PLACE")
ENOUGH = 2.0
"""The weight of evidence below which a form is no name."""
SURNAME_OF, PART_OF, SHORT_FOR = 9.0, 4.0, 4.0


@dataclass(slots=True)
class Form:
    """A form of a name and the evidence for its type, summed over its mentions."""

    text: str
    words: tuple[str, ...]
    votes: Votes = field(default_factory=lambda: {"PERSON": 0.0, "ORG": 0.0, "PLACE": 0.0})
    around: Votes = field(default_factory=lambda: {"PERSON": 0.0, "ORG": 0.0, "PLACE": 0.0})
    own: float = 0.0
    count: int = 0
    opening: int = 0
    shouted: int = 0
    the: int = 0
    acronym: str = ""
    known_as: str = ""

    def add(self, kind: EntityType | None, weight: float, around: Votes) -> None:
        """Adds the evidence of one mention: its own words once, its neighbours each time."""
        if kind is None:
            self.own = min(self.own, weight)
        else:
            self.votes[kind] = max(self.votes[kind], weight)
        for name in TYPES:
            self.votes[name] += around[name]
            self.around[name] += around[name]

    @property
    def best(self) -> EntityType:
        """The type most spoken for."""
        return max(TYPES, key=lambda name: self.votes[name])

    def confidence(self, kind: EntityType) -> float:
        """From 0 to 1: how far the type's weight is above what is enough, and above the other types'."""
        other = max(self.votes[name] for name in TYPES if name != kind)
        margin = self.votes[kind] - max(0.0, other)
        return round(min(0.99, max(0.4, 0.5 + margin / 16)), 2)


def accepted(forms: dict[str, Form]) -> dict[str, EntityType]:
    """The forms that are names, and their types."""
    long = {key: form for key, form in forms.items() if len(form.words) > 1}
    _acronyms(forms)
    people = [form for form in long.values() if form.best == "PERSON" and form.votes["PERSON"] >= ENOUGH]
    _surnames(forms, people)
    groups = [form for form in long.values() if form.best == "ORG" and form.votes["ORG"] >= ENOUGH]
    _short_names(forms, groups)
    found = {key: "PLACE" if _is_country(form) else form.best for key, form in forms.items() if _is_name(form)}
    for person in people:
        last = person.words[-1]
        if person.text in found and last not in forms and len(last) > 3 and not flags(last) & (COMMON | PLACE_HEAD | ORG_HEAD):
            found.setdefault(last, "PERSON")
    return found


def _is_country(form: Form) -> bool:
    """Whether a form names a country and nothing else; "the U.S." is no organisation, however often it acts."""
    country = form.known_as in section("countries") and known().get(form.known_as, ("",))[0] == "PLACE"
    return country and not any(flags(word) & (FIRST | SURNAME) for word in form.words)


def _is_name(form: Form) -> bool:
    if not form.words or (form.count == 0 and form.shouted == 0):
        return False
    weight = form.votes[form.best] + form.own
    return weight >= ENOUGH


def _acronyms(forms: dict[str, Form]) -> None:
    """ "Name (ABC)": both are of the long name's type."""
    for form in list(forms.values()):
        short = forms.get(form.acronym) if form.acronym else None
        if short is None:
            continue
        if form.votes[form.best] < ENOUGH or (form.best == "PERSON" and form.votes["PERSON"] < 8):
            form.votes["ORG"] += 8
        short.votes[form.best] += 8


def _surnames(forms: dict[str, Form], people: list[Form]) -> None:
    """A single name that is part of a person's full name is that person's."""
    for person in people:
        parts = [word for word in person.words if word[0].isupper() or "-" in word]
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            _part_of_person(forms.get(part), SURNAME_OF if last else PART_OF)
        for start in range(1, len(person.words) - 1):
            _part_of_person(forms.get(" ".join(person.words[start:])), SURNAME_OF)


def _part_of_person(form: Form | None, weight: float) -> None:
    if form is None:
        return
    place = form.words[0] in known() and known()[form.words[0]][0] == "PLACE"
    if place and (weight < SURNAME_OF or form.around["PLACE"] >= 3):
        return
    form.votes["PERSON"] += weight
    form.own = 0.0


def _short_names(forms: dict[str, Form], groups: list[Form]) -> None:
    """A name that begins or ends an organisation's longer one, used like a name, is that organisation's."""
    for group in groups:
        for stop in range(1, len(group.words)):
            short = forms.get(" ".join(group.words[:stop]))
            if short is None or short is group:
                continue
            found = flags(short.words[0]) if stop == 1 else 0
            if found & (DEMONYM | NOT_ACRONYM | TITLE) or short.words[0] in known():
                continue
            if short.votes["PLACE"] < ENOUGH and not (stop == 1 and found & (BIG_CITY | CITY)):
                short.votes["ORG"] += SHORT_FOR
                short.own = 0.0
        head = group.words[-1] if flags(group.words[-1]) & ORG_HEAD else group.words[0]
        alone = forms.get(head)
        if alone is not None and flags(head) & ORG_HEAD and alone.the:
            alone.votes["ORG"] += SHORT_FOR
