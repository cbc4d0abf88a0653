"""What is known of a single word, as flags, and of known names of several words."""

from __future__ import annotations

from functools import cache, lru_cache

from explorer.analysis import gazetteer
from explorer.analysis.lists import lines, words
from explorer.analysis.segment import TOKEN
from explorer.model import EntityType

FUNCTION, COMMON, FIRST, SURNAME, CITY, BIG_CITY, DEMONYM, TITLE, TITLE_INSIDE = (1 << n for n in range(9))
ORG_HEAD, ORG_HEAD_OF, PLACE_HEAD, PLACE_FIRST, ACRONYM, NOT_ACRONYM, ROMAN, STRONG_ORG_HEAD = (1 << n for n in range(9, 17))
"""Flags of a word; NOT_ACRONYM: capital letters that name nothing (TV, CEO)."""

_BY_LIST = (
    ("title_words", TITLE),
    ("title_modifiers", TITLE_INSIDE),
    ("org_heads", ORG_HEAD),
    ("org_heads_of", ORG_HEAD_OF),
    ("strong_org_heads", STRONG_ORG_HEAD),
    ("place_heads", PLACE_HEAD),
    ("place_heads_first", PLACE_FIRST),
    ("demonyms", DEMONYM),
    ("not_acronyms", NOT_ACRONYM),
)
_BY_SECTION = (
    ("male", FIRST),
    ("female", FIRST),
    ("last", SURNAME),
    ("cities", CITY),
    ("big_cities", BIG_CITY),
)
_IN_CAPITALS = TITLE | TITLE_INSIDE | FIRST | SURNAME | CITY | BIG_CITY | PLACE_HEAD | ORG_HEAD | STRONG_ORG_HEAD
_SUFFIXES = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("er", "e"), ("ly", ""))


def is_common(lower: str) -> bool:
    """Whether a lower-case word, or the word it is a form of, is in the dictionary."""
    known = gazetteer.section("words")
    if lower in known:
        return True
    if "-" in lower:
        return all(part in known for part in lower.split("-"))
    return any(lower.endswith(end) and lower[: -len(end)] + stem in known for end, stem in _SUFFIXES)


@lru_cache(maxsize=50_000)
def flags(word: str) -> int:
    """All that is known of a word as written."""
    lower = word.lower()
    found = FUNCTION if lower in words("function_words") else 0
    found |= COMMON if is_common(lower) else 0
    for name, flag in _BY_LIST:
        found |= flag if word in words(name) else 0
    for name, flag in _BY_SECTION:
        found |= flag if word in gazetteer.section(name) else 0
    if word.endswith("s") and word[:-1] in words("demonyms"):
        found |= DEMONYM
    if len(word) > 2 and word.isupper() and word.isalpha():
        as_written = flags(word.capitalize()) & _IN_CAPITALS
        found |= as_written
        if as_written and len(word) > 3:
            return found
    if 2 <= len(word) <= 8 and sum(letter.isupper() for letter in word) * 2 > len(word) and not found & NOT_ACRONYM:
        found |= ACRONYM
    return found


@cache
def known() -> dict[str, tuple[EntityType, str]]:
    """Known organisations and places: words joined by blanks → type and canonical name."""
    found: dict[str, tuple[EntityType, str]] = {}
    for section in ("countries", "states", "big_cities", "cities"):
        for name in gazetteer.section(section):
            if section in ("countries", "states") or " " in name:
                found[spelled(name)] = ("PLACE", name)
    for name in gazetteer.capitals():
        found[spelled(name)] = ("PLACE", name)
    for name in lines("regions"):
        found[spelled(name)] = ("PLACE", name)
    kinds: tuple[tuple[str, EntityType], ...] = (("places", "PLACE"), ("organisations", "ORG"))
    for file, kind in kinds:
        for line in lines(file):
            forms = [form.strip() for form in line.split("|")]
            found.update({spelled(form): (kind, forms[0]) for form in forms})
    return found


@cache
def longest_known() -> dict[str, int]:
    """First word of known names → number of words of the longest name that begins so."""
    found: dict[str, int] = {}
    for name in known():
        parts = name.split(" ")
        found[parts[0]] = max(found.get(parts[0], 0), len(parts))
    return found


@cache
def longest_spanning() -> dict[str, int]:
    """As ``longest_known``, of the names that have a small word in them."""
    found: dict[str, int] = {}
    for name in known():
        parts = name.split(" ")
        if any(not part[:1].isupper() for part in parts):
            found[parts[0]] = max(found.get(parts[0], 0), len(parts))
    return found


def spelled(name: str) -> str:
    """A name's words joined by single blanks, as keys of ``known`` are; curly apostrophes made straight."""
    if name.replace(" ", "").isalpha():
        return name
    return " ".join(TOKEN.findall(name)).replace("’", "'")
