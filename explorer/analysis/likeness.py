"""Whether words that were not taken for a person may name one after all: lists of first names and surnames, bodies and places."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.candidates import Like
from explorer.analysis.lexicon import (
    ACRONYM,
    COMMON,
    DEMONYM,
    FIRST,
    FUNCTION,
    NOT_ACRONYM,
    ORG_HEAD,
    PLACE_HEAD,
    STRONG_ORG_HEAD,
    SURNAME,
    TITLE,
    flags,
    spelled,
)
from explorer.analysis.lexicon import known as known_names
from explorer.analysis.phrases import Item
from explorer.analysis.positions import is_verb


def may_name(row: Sequence[Item], index: int) -> bool:
    """Whether a capitalised word that was not taken for a name may be one: it stands inside a sentence, or does something."""
    known = flags(row[index].low.capitalize())
    if known & TITLE or (index and row[index - 1].low == "the"):  # the Lady Anselm
        return False
    if known & (FUNCTION | COMMON | DEMONYM | NOT_ACRONYM) and not known & FIRST:
        return False
    return index > 0 or is_verb(row, 1) if len(row) > 1 else False


def like_a_person(name: str) -> Like:
    """Whether what was not taken for a person may be one: a name of one or two words that is no known body or place."""
    parts = name.split()
    if len(parts) > 2 or not parts or spelled(name) in known_names():
        return ""
    first, last = flags(parts[0]), flags(parts[-1])
    if (first | last) & (ORG_HEAD | STRONG_ORG_HEAD | PLACE_HEAD | ACRONYM):
        return ""
    return "first name" if first & FIRST else "surname" if last & SURNAME else "name"
