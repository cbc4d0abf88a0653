"""Texts in which names are marked by hand, so that their joining is tested whatever finds them: "{p Ada Roe} came"."""

from __future__ import annotations

import re

from explorer.analysis.canonical import named
from explorer.analysis.lexicon import known, spelled
from explorer.analysis.names import Name
from explorer.model import EntityType, Mention

_TYPES: dict[str, EntityType] = {"p": "PERSON", "o": "ORG", "l": "PLACE"}
_MARK = re.compile(r"\{([pol]) ([^}]*)\}")


def mentions_of(marked: str) -> list[Mention]:
    """The mentions of a text in which people are {p NAME}, organisations {o NAME} and places {l NAME}."""
    names: list[Name] = []
    text, done = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        kind = _TYPES[mark[1]]
        found = known().get(spelled(mark[2]))
        listed = found[1] if found and found[0] == kind else ""
        names.append(Name(len(text), len(text) + len(mark[2]), kind, 1.0, known_as=listed))
        text += mark[2]
        done = mark.end()
    return named(text + marked[done:], names)


def last_of(marked: str) -> tuple[str, str]:
    """The canonical name of the last name marked, and why."""
    mention = mentions_of(marked)[-1]
    return mention.name, mention.how
