"""What a text says of the people it names: their gender, and the titles and roles written beside their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.analysis.gazetteer import section
from explorer.analysis.lexicon import TITLE, flags
from explorer.analysis.lists import words
from explorer.model import Mention

NEAR = 60
"""How many characters before a name its title may begin."""

_EDGE = ".,(\"“”‘’'"
_ROLE = re.compile(r"(?:[\w.’'-]{1,40}[ \xa0]){1,7}$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = frozenset({"of", "for", "and", "the"})


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's gender, "male", "female" or None where nothing tells, and roles such as "Secretary of State".

    ``titles`` are the last words before the name that are titles, courtesy too, in small letters: prof, dr, mr.
    """

    gender: str | None
    roles: tuple[str, ...]
    titles: frozenset[str] = frozenset()


def profile(mentions: Iterable[Mention], text: str) -> dict[str, Profile]:
    """The profile of every person among ``mentions``, by canonical name."""
    votes: dict[str, int] = defaultdict(int)
    roles: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.type != "PERSON":
            continue
        before = text[max(0, mention.start - NEAR) : mention.start].rpartition("\n")[2]
        role = role_before(before)
        votes[mention.name] += _by_title(before)
        if role and role not in roles[mention.name]:
            roles[mention.name].append(role)
        titles[mention.name] |= {title_before(before)} - {""}
    return {
        name: Profile(_gender(votes[name] or _by_first_name(name)), tuple(roles[name]), frozenset(found))
        for name, found in titles.items()
    }


def title_before(before: str) -> str:
    """The title that is the last word of ``before``, in small letters and without a full stop; "" where it is none."""
    last = before.rsplit(None, 1)[-1:] if before.endswith((" ", "\xa0")) else []
    word = last[0].strip(_EDGE) if last else ""
    return word.lower() if flags(word) & TITLE or word in words("title_words_lower") else ""


def _gender(balance: int) -> str | None:
    return "male" if balance > 0 else "female" if balance < 0 else None


def _by_title(before: str) -> int:
    """Above 0 where the word before the name is a man's title, below 0 a woman's."""
    last = before.split()[-1:]
    word = last[0].strip(_EDGE).lower() if last else ""
    return (word in words("male_titles")) - (word in words("female_titles"))


def title_gender(before: str) -> str | None:
    """The gender that the last word of ``before`` tells."""
    return _gender(_by_title(before))


def _by_first_name(name: str) -> int:
    first = name.partition(" ")[0]
    if " " not in name:
        return 0
    return (first in section("male")) - (first in section("female"))


def role_before(before: str) -> str:
    """The title at the end of ``before``: from its first title word on."""
    match = _ROLE.search(before)
    if not match:
        return ""
    parts = _WORD.findall(match.group())
    start = len(parts)
    while start and (flags(parts[start - 1]) & TITLE or _inside(parts, start - 1)):
        start -= 1
    while start < len(parts) and parts[start].lower() in _SMALL:
        start += 1
    role = " ".join(parts[start:])
    is_role = any(flags(part) & TITLE or part in words("title_words_lower") for part in parts[start:])
    courtesy = role.rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lady", "Lord", "Dame", "Prof", "Mx")
    return role if is_role and not courtesy else ""


def _inside(parts: list[str], index: int) -> bool:
    """Whether a word can stand inside a title."""
    word = parts[index]
    if word in words("title_words_lower") or word in words("title_modifiers") or word in ("State", "US", "UN", "EU", "UK"):
        return True
    return word in _SMALL and index > 0 and index < len(parts) - 1
