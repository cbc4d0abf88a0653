"""Names joined within a document: each mention gets the canonical name it stands for, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from explorer.analysis.bodies import Bodies
from explorer.analysis.brackets import FORMER, explained
from explorer.analysis.dates import Date, find_dates
from explorer.analysis.folding import Form, folded, shown
from explorer.analysis.full_names import Joined, Open, People
from explorer.analysis.layout import Layout
from explorer.analysis.names import Name, Tag, find_names
from explorer.analysis.namesakes import settle
from explorer.analysis.people import NEAR, title_before
from explorer.analysis.place_names import acts, place_names, seats
from explorer.analysis.role_texts import with_roles
from explorer.model import EntityType, Mention

Key = tuple[EntityType, str]
"""A type and a name as written, with single blanks."""


def analyse_names(text: str, layout: Layout, anchor: str | None = None, tag: Tag | None = None) -> tuple[Mention, ...]:
    """Names and dates of a text with their canonical names, in order of place.

    ``anchor`` is the document's ISO date, ``tag`` another engine of names than the built-in one.
    """
    dates = find_dates(text, layout, _day(anchor))
    names = find_names(text, layout, [(found.start, found.end) for found in dates], tag)
    mentions = [*named(text, names), *(_dated(text, found) for found in dates)]
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _day(anchor: str | None) -> date | None:
    try:
        return date.fromisoformat(anchor[:10]) if anchor else None
    except ValueError:
        return None


def _dated(text: str, found: Date) -> Mention:
    words = text[found.start : found.end]
    return Mention(found.start, found.end, words, "DATE", found.iso or words, "date", 0.9, found.iso)


def named(text: str, names: Sequence[Name]) -> list[Mention]:
    """The mentions of ``names`` (in order of place) with the canonical names, roles and governments they stand for."""
    joined, several = join(text, names)
    surnames = {name for name, how in joined.values() if how.startswith("surname of")}
    mentions: list[Mention] = []
    for name in names:
        words = text[name.start : name.end]
        canonical, how = joined[name.type, _written(words)]
        if how.startswith("given name of") and _by_surname(text, name, canonical, surnames):
            canonical, how = words, ""
        why = "; ".join(filter(None, (how, name.how))) or "named"
        mention = Mention(name.start, name.end, words, name.type, canonical, why, name.confidence)
        if name.type != "PERSON" and canonical in seats() and acts(text, name.start, name.end):
            whom = seats()[canonical]
            what = "capital" if name.type == "PLACE" else "seat"
            mention = replace(mention, acts_for=whom, how=f"{what} acting for {whom}; {why}")
        mentions.append(mention)
    return with_roles(text, settle(text, mentions, several))


def _by_surname(text: str, name: Name, whole: str, surnames: set[str]) -> bool:
    """Whether a courtesy says that a lone name is a surname, of somebody else than ``whole``, who is called by hers."""
    title = title_before(text[max(0, name.start - NEAR) : name.start])
    return whole in surnames and title in ("mr", "mrs", "ms", "miss", "dr", "prof", "professor")


def _written(words: str) -> str:
    return " ".join(words.split())


def join(text: str, names: Sequence[Name]) -> tuple[dict[Key, Joined], dict[Key, Open]]:
    """The canonical name of every name as written, and the choices for those that fit several."""
    forms = _forms(text, names)
    people = People(forms["PERSON"])
    bodies = Bodies(forms["ORG"], told_apart(text, names))
    found: dict[Key, Joined] = {}
    several: dict[Key, Open] = {}
    rows: tuple[tuple[EntityType, Mapping[str, Joined], Mapping[str, Open]], ...] = (
        ("PERSON", people.found, people.several),
        ("ORG", bodies.found, bodies.several),
        ("PLACE", place_names(forms["PLACE"]), {}),
    )
    for kind, joined, open_ones in rows:
        found.update({(kind, form): _as_shown(kind, form, *one) for form, one in joined.items()})
        several.update({(kind, form): choices for form, choices in open_ones.items()})
    _explain(text, names, found, several)
    return found, several


_TOLD_APART = re.compile(r" (?:[a-z]+ ){1,6}(?:to|by|from|with) (?:the )?")


def told_apart(text: str, names: Sequence[Name]) -> frozenset[tuple[str, str]]:
    """Organisations of which one gets or gives the other in one clause, the earlier first: "Quorl was sold to Quorl, Inc."

    A name is not repeated, fuller, in its own clause (principle C: Chomsky, Lectures on Government and Binding, 1981).
    """
    return frozenset(
        (_written(text[one.start : one.end]), _written(text[two.start : two.end]))
        for one, two in pairwise(names)
        if one.type == two.type == "ORG" and two.start - one.end < 60 and _TOLD_APART.fullmatch(text, one.end, two.start)
    )


def _as_shown(kind: EntityType, form: str, name: str, how: str) -> Joined:
    """A canonical name in small letters where it stands in capitals only, and why it is what it is."""
    small = shown(kind, name)
    plain = "" if small == form else "written in capitals" if small != name else "without title"
    return small, how.replace(name, small) or plain


def _forms(text: str, names: Sequence[Name]) -> dict[EntityType, list[Form]]:
    """Every name as written, once, by type, in order of first mention."""
    found: dict[Key, Form] = {}
    for name in names:
        words = _written(text[name.start : name.end])
        key = name.type, words
        before = found.get(key)
        if before is None:
            parts, nick = folded(words, name.type)
            found[key] = Form(words, parts or (words,), nick, name.known_as, name.start)
        else:
            found[key] = replace(before, count=before.count + 1, listed=before.listed or name.known_as)
    rows: dict[EntityType, list[Form]] = {"PERSON": [], "ORG": [], "PLACE": [], "DATE": []}
    for (kind, _), form in found.items():
        rows[kind].append(form)
    return rows


def _explain(text: str, names: Sequence[Name], found: dict[Key, Joined], several: dict[Key, Open]) -> None:
    """Lets what the text itself says of its short names overrule the lists and the likenesses."""
    told = explained(text, names)
    followers: dict[Key, list[Key]] = defaultdict(list)
    if told:
        for key, (name, how) in found.items():
            if how:
                followers[key[0], name].append(key)
    for long, short, how in told:
        key = short.type, _written(text[short.start : short.end])
        name = found[long.type, _written(text[long.start : long.end])][0]
        before = found[key][0]
        if name == key[1]:
            continue
        what = "former name of" if how == FORMER else "acronym of" if key[1].isupper() else "short for"
        found[key] = (name, f"{what} {name}" if how == FORMER else f"{what} {name}, {how}")
        several.pop(key, None)
        if before == key[1]:  # those that were joined to the short name go with it
            moved = [other for other in followers.pop((key[0], before), []) if found[other][0] == before]
            found.update({other: (name, found[other][1].replace(before, name)) for other in moved})
            followers[key[0], name] += moved
        followers[key[0], name].append(key)
