"""Which of several people of one surname a lone surname means: by its title, else by who was named last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from explorer.analysis.lists import words as word_list
from explorer.analysis.people import NEAR, Profile, profile, role_before, title_gender
from explorer.analysis.roles import gender_of
from explorer.analysis.segment import TOKEN
from explorer.model import Mention

_KIN = word_list("kin")
NEARBY = 400
"""Characters behind "his son NAME" in which the lone surname may mean the son; further on it is the one named first."""


def settle(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` (sorted) with lone surnames of several people given to one of them where title or nearness tells."""
    people = _namesakes(mentions)
    if not people:
        return list(mentions)
    known = profile([one for one in mentions if one.type == "PERSON" and " " in one.text], text)
    genders = {name: one.gender for name, one in known.items()}
    last: dict[str, str] = {}
    relative: dict[str, tuple[str, int]] = {}
    found: list[Mention] = []
    for mention in mentions:
        surname = _surname(mention.name) if mention.type == "PERSON" else ""
        if surname in people and mention.name in people[surname]:
            kin = _kin(text, mention)
            if " " not in mention.text:
                pass  # a first name: whoever goes by it is not meant by the surname
            elif _beside(text, found, mention):
                last[surname] = ""  # "Ada and Peter ROE": either may be meant
            elif kin and surname in last:
                relative[surname] = (mention.name, mention.end + NEARBY)
                genders[mention.name] = gender_of(kin) or genders.get(mention.name)
            else:
                last[surname] = mention.name
                relative.pop(surname, None)
        elif surname in people and " " not in mention.name:
            near = relative.get(surname, ("", 0))
            name = _by_title(text, mention, people[surname], known, genders) or (
                near[0] if mention.start < near[1] else last.get(surname, "")
            )
            found.append(_joined(mention, name) if name else mention)
            continue
        found.append(mention)
    return found


def _beside(text: str, before: Sequence[Mention], mention: Mention) -> bool:
    """Whether someone of the same surname is named in one breath with ``mention``."""
    if not before or before[-1].type != "PERSON" or _surname(before[-1].name) != _surname(mention.name):
        return False
    return before[-1].name != mention.name and text[before[-1].end : mention.start].strip() in ("and", "or", "&", ",")


def _joined(mention: Mention, name: str) -> Mention:
    return replace(mention, name=name, how=f"surname of {name}", confidence=min(0.6, mention.confidence))


def _namesakes(mentions: Sequence[Mention]) -> dict[str, set[str]]:
    """Surnames that several people of the text have, with their full names."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.type == "PERSON" and " " in mention.name:
            found[_surname(mention.name)].add(mention.name)
    return {surname: names for surname, names in found.items() if len(names) > 1}


def _surname(name: str) -> str:
    return name.rpartition(" ")[2].casefold()


def _kin(text: str, mention: Mention) -> str:
    """The word that brings the name in as someone's relative ("his son NAME"), or ""."""
    words = TOKEN.findall(text, max(0, mention.start - 30), mention.start)
    return next((word for word in words[-2:] if word in _KIN), "")


def _by_title(
    text: str, mention: Mention, names: set[str], known: Mapping[str, Profile], genders: Mapping[str, str | None]
) -> str:
    """The one whose role or gender the title before the surname tells, or ""."""
    before = text[max(0, mention.start - NEAR) : mention.start].rpartition("\n")[2]
    role, gender = role_before(before), title_gender(before)
    by_role = [name for name in names if role and name in known and any(role in one or one in role for one in known[name].roles)]
    if len(by_role) == 1:
        return by_role[0]
    if gender is None:
        return ""
    sure = [name for name in names if genders.get(name) == gender]
    fits = sure or [name for name in names if genders.get(name) is None]
    return fits[0] if len(fits) == 1 else ""
