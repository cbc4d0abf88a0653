"""The groups of small words (auxiliaries, prepositions, things that speak) that the grammar of quotes turns on."""

from __future__ import annotations

from functools import cache

from explorer.analysis.lists import lines


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    name = ""
    for line in lines("grammar"):
        if line.startswith("[") and line.endswith("]") and len(line) > 2:
            name = line[1:-1]
            found[name] = frozenset()
        else:
            found[name] |= frozenset(line.split())
    return found


def group(name: str) -> frozenset[str]:
    """The words of a group of ``lists/grammar.txt``; KeyError where there is none of that name."""
    return _groups()[name]
