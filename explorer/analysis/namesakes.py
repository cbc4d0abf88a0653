"""Which of several names a short form means: by its title, by kinship, by who was named last, by whom the text is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from explorer.analysis.bodies import is_kind
from explorer.analysis.full_names import Open
from explorer.analysis.lists import words as word_list
from explorer.analysis.people import NEAR, Profile, profile, role_before, title_before, title_gender
from explorer.analysis.roles import gender_of
from explorer.analysis.segment import TOKEN
from explorer.model import EntityType, Mention

_KIN = word_list("kin")
_OWNED = re.compile(r"\b(?:his|her|their|whose)(?: [a-z-]+){1,4},? $", re.IGNORECASE)
_OTHERS = frozenset({"neither", "both", "either", "one", "another", "other", "two"})
"""Before a surname: not one of those named, or not one alone."""
NEARBY = 400
"""Characters behind "his son NAME" in which the lone surname may mean the son; further on it is the one named first."""
FRESH = 300
"""Characters behind a newcomer's name in which a lone surname means the newcomer, not whom the text called by it before."""
UNSURE = 0.6
"""How sure a choice between namesakes is at most."""


@dataclass(slots=True)
class _Told:
    """What the text has said so far of those who share a short form."""

    people: Mapping[str, Profile]
    genders: dict[str, str | None]
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    relative: dict[str, int] = field(default_factory=dict)
    beside: set[str] = field(default_factory=set)
    called: dict[str, int] = field(default_factory=dict)


def settle(text: str, mentions: Sequence[Mention], several: Mapping[tuple[EntityType, str], Open]) -> list[Mention]:
    """``mentions`` (sorted) with short forms that fit several names given to one of them where the text tells which.

    ``several`` has, for each such form as written, how it would stand for a name ("surname of") and the names.
    """
    if not several:
        return list(mentions)
    people = profile([one for one in mentions if one.type == "PERSON" and " " in one.text], text)
    told = _Told(people, {name: one.gender for name, one in people.items()})
    sharers = {(kind, name) for (kind, _), (_, names) in several.items() for name in names}
    for mention in mentions:
        if (mention.type, mention.name) in sharers:
            told.first.setdefault(mention.name, mention.start)
    found: list[Mention] = []
    for mention in mentions:
        choices = several.get((mention.type, " ".join(mention.text.split())))
        if choices is None:
            if (mention.type, mention.name) in sharers:
                _note(text, mention, found, told)
            found.append(mention)
        else:
            found.append(_chosen(text, mention, choices, told))
    return found


def _chosen(text: str, mention: Mention, choices: Open, told: _Told) -> Mention:
    how, names = choices
    if mention.type == "PERSON":
        name, why = _person(text, mention, names, told)
    else:
        name, why = _body(mention, names, told)
    if not name:
        return mention
    told.called[name] = told.called.get(name, 0) + 1
    told.last[name] = mention.end
    gender = title_gender(text[max(0, mention.start - NEAR) : mention.start])
    if gender and mention.type == "PERSON":
        told.genders[name] = gender
    found_by = mention.how if mention.how != "named" else ""
    said = "; ".join(filter(None, (f"{how} {name}, {why}", found_by)))
    return replace(mention, name=name, how=said, confidence=min(UNSURE, mention.confidence))


def _note(text: str, mention: Mention, before: Sequence[Mention], told: _Told) -> None:
    """Takes in a full name of someone who shares a short form."""
    name = mention.name
    if mention.type != "PERSON":
        told.last[name] = mention.end
        return
    if " " not in mention.text:
        return  # a first name: whoever goes by it is not meant by the surname
    kin = _kin(text, mention)
    owned = bool(kin or _OWNED.search(text, max(0, mention.start - 50), mention.start))
    if _beside(text, before, mention):
        told.beside |= {before[-1].name, name}
    else:
        told.beside.discard(name)
    if name in told.relative or (owned and told.last and name not in told.last):
        told.relative[name] = mention.end
        told.genders[name] = gender_of(kin) or told.genders.get(name)
    else:
        told.last[name] = mention.end


def _body(mention: Mention, names: Sequence[str], told: _Told) -> tuple[str, str]:
    """The Fund, the Foreign Ministry: the one named last; else the one that the text names first."""
    so_far = [name for name in names if name in told.last]
    if so_far and is_kind(mention.text):
        return max(so_far, key=lambda name: told.last[name]), "which was named last"
    return min(names, key=lambda name: told.first.get(name, mention.start)), "which the text names first"


def _person(text: str, mention: Mention, names: Sequence[str], told: _Told) -> tuple[str, str]:
    """Who is meant by a lone name, and why; ("", "") where nothing tells."""
    before = text[max(0, mention.start - NEAR) : mention.start].rpartition("\n")[2]
    if before.split()[-1:] and before.split()[-1].lower() in _OTHERS:
        return "", ""
    so_far = [name for name in names if name in told.last or name in told.relative] or list(names)
    fits = _by_title(before, so_far, told)
    if len(fits) == 1:
        return fits[0], "whose title fits" if len(so_far) > 1 else "the only one named so far"
    fresh = [name for name in fits if mention.start - told.relative.get(name, -NEARBY) < NEARBY]
    if len(fresh) == 1:
        return fresh[0], "the relative just named"
    fits = [name for name in fits if name not in told.relative] or fits
    if not any(name in told.last for name in fits):
        return min(fits, key=lambda name: told.first.get(name, mention.start)), "whom the text names first"
    if len([name for name in fits if name in told.beside]) > 1:
        return "", ""
    latest = max(fits, key=lambda name: told.last.get(name, -1))
    if not told.called.get(latest) and mention.start - told.last[latest] > FRESH:
        usual = max(fits, key=lambda name: told.called.get(name, 0))
        if told.called.get(usual):
            return usual, "whom the text calls so"
    return latest, "who was named last"


def _beside(text: str, before: Sequence[Mention], mention: Mention) -> bool:
    """Whether someone of the same surname is named in one breath with ``mention``."""
    if not before or before[-1].type != "PERSON" or _surname(before[-1].name) != _surname(mention.name):
        return False
    return before[-1].name != mention.name and text[before[-1].end : mention.start].strip() in ("and", "or", "&", ",")


def _surname(name: str) -> str:
    return name.rpartition(" ")[2].casefold()


def _kin(text: str, mention: Mention) -> str:
    """The word that brings the name in as someone's relative ("his son NAME"), or ""."""
    words = TOKEN.findall(text, max(0, mention.start - 30), mention.start)
    return next((word for word in words[-2:] if word in _KIN), "")


def _by_title(before: str, names: Sequence[str], told: _Told) -> list[str]:
    """Those whom the title at the end of ``before`` fits; all where it tells nothing."""
    role, title, gender = role_before(before).lower(), title_before(before), title_gender(before)
    people = {name: told.people[name] for name in names if name in told.people}
    ways = (
        [name for name, one in people.items() if role and any(_alike(role, other.lower()) for other in one.roles)],
        [name for name, one in people.items() if title and title in one.titles],
        [name for name in names if gender and told.genders.get(name) == gender],
        [name for name in names if gender and told.genders.get(name) is None],
        [name for name in names if gender and not (name in people and people[name].titles)],
    )
    return next((fits for fits in ways if len(fits) == 1), next((fits for fits in ways[2:4] if fits), list(names)))


def _alike(one: str, two: str) -> bool:
    return one in two or two in one
