"""Places: other names of countries and cities, short forms, and seats of government that act for their country."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from explorer.analysis.folding import Form, shown, sound
from explorer.analysis.full_names import Joined
from explorer.analysis.gazetteer import capitals
from explorer.analysis.lexicon import known
from explorer.analysis.lists import lines
from explorer.analysis.lists import words as word_list

_STATES = frozenset({"republic", "kingdom", "state", "commonwealth", "federation"})
_OFFICIAL = _STATES | {"province", "city"}
_KINDS = frozenset({"city", "province", "state", "prefecture", "region", "governorate", "oblast"})
_ARTICLES = frozenset({"el", "al", "the", "la", "le"})
_FOLLOWS = re.compile(r"(?: (?:also|has|had|have|then|later|on [A-Z]\w+day))? ([a-z]+)")
_ACTS = word_list("place_verbs")
_WHERE = frozenset(
    ["in", "at", "near", "from", "to", "into", "around", "outside", "across", "of", "through", "towards", "toward"]
)


def place_names(forms: Iterable[Form]) -> dict[str, Joined]:
    """What each form of a place stands for: the name in the lists, else the fullest spelling in the text."""
    rows = sorted(forms, key=lambda form: (-len(form.words), form.text.isupper(), -form.count, form.first))
    found: dict[str, Joined] = {}
    spelt: dict[str, str] = {}
    shorter: dict[tuple[str, ...], list[str]] = defaultdict(list)
    official: dict[tuple[str, ...], str] = {}
    for form in rows:
        words = form.words
        if words in official and form.listed in ("", form.text):
            found[form.text] = (official[words], f"short for {official[words]}")
        elif form.listed:
            name = form.listed
            found[form.text] = (name, "" if name == form.text else f"other name of {name}")
        else:
            found[form.text] = _joined(form, spelt, shorter)
        name = found[form.text][0]
        spelt.setdefault(_key(words), name)
        if len(words) > 1 and words[-1] in _KINDS:
            shorter[words[:-1]].append(name)
        if len(words) > 1 and words[0] in _ARTICLES:
            shorter[words[1:]].append(name)
        if "of" in words[:-1] and words[words.index("of") - 1] in _OFFICIAL:
            tail = words[words.index("of") + 1 :]
            official[tail[1:] if tail[0] == "the" else tail] = name
    return found


def _joined(form: Form, spelt: dict[str, str], shorter: dict[tuple[str, ...], list[str]]) -> Joined:
    words = form.words
    if country := _plain_country(form.text):
        return country, f"full name of {country}"
    if name := spelt.get(_key(words)):
        return name, f"spelling of {name}"
    longer = shorter.get(words, [])
    if len(set(longer)) == 1:
        return longer[0], f"short for {longer[0]}"
    return shown("PLACE", form.text), ""


def _key(words: Iterable[str]) -> str:
    return "".join(sound(word) for word in words).replace("'", "")


def _plain_country(name: str) -> str:
    """Jordan for "Hashemite Kingdom of Jordan"; "" where what stands behind "of" is no country."""
    before, _, after = name.partition(" of ")
    if not after or before.split()[-1].casefold() not in _STATES:
        return ""
    country = known().get(after.removeprefix("the "))
    return country[1] if country and country[0] == "PLACE" else ""


@cache
def seats() -> dict[str, str]:
    """Whom a capital or the house of a government acts for."""
    found = {seat: _known_name(country) for seat, country in capitals().items()}
    for line in lines("seats"):
        seat, _, whom = line.partition("|")
        found[seat.strip()] = whom.strip()
    return found


def _known_name(name: str) -> str:
    found = known().get(name)
    return found[1] if found else name


def acts(text: str, start: int, end: int) -> bool:
    """Whether the place at [start, end) does what only its government can: "Washington said", not "in Washington"."""
    before = text[max(0, start - 12) : start].split()
    if before and before[-1].lower() in _WHERE:
        return False
    after = _FOLLOWS.match(text, end)
    return bool(after and after[1] in _ACTS)
