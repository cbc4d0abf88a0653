"""The full name of a person behind a shorter one in the same text: surname, first name, initials, nickname."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from explorer.analysis.lists import lines

Joined = tuple[str, str]
"""A canonical name and how a form of it was recognised; "" where it is the name itself."""

MOST_ALIKE = 100
"""More names than these with a word in common are not joined by it: nothing would single one out."""


def person_of(form: str, keys: Mapping[str, list[str]], by_part: Mapping[str, list[str]]) -> Joined:
    """The longer name of the person ``form`` names, where exactly one fits; ("", "") otherwise.

    ``keys`` has the folded words of every form, ``by_part`` the forms of several words by each of their words.
    """
    mine = keys[form]
    if len(by_part.get(mine[-1], ())) > MOST_ALIKE:
        return "", ""
    others = [long for long in by_part.get(mine[-1], ()) if long != form and len(keys[long]) >= len(mine)]
    same = [long for long in others if keys[long] == mine]
    if same and (form.isupper() or len(same[0]) > len(form)) and not same[0].isupper():
        return same[0], "spelling of {}"
    last = [long for long in others if keys[long] != mine and _fits(mine, keys[long])]
    whole = _whole(last, keys)
    if whole:
        return whole, "surname of {}" if len(mine) == 1 else "short for {}"
    if len(mine) > 1 or last:
        return "", ""
    first = [long for long in others if mine[0] in keys[long]]
    whole = _whole(first, keys)
    if whole:
        return whole, ("first name of {}" if keys[whole][0] == mine[0] else "part of {}")
    full = [long for name in _formal().get(mine[0], ()) for long in by_part.get(name, ()) if keys[long][0] == name]
    whole = "" if first else _whole(full, keys)
    return (whole, "nickname of {}") if whole else ("", "")


def _fits(mine: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether every word of the shorter name stands in the longer one in order, its surname at the end."""
    if longer[-1] != mine[-1]:
        return False
    if len(mine) > 1 and longer[0] in _formal().get(mine[0], ()):
        return True
    rest = iter(longer[:-1])
    return all(any(_same(part, other) for other in rest) for part in mine[:-1])


def _same(one: str, two: str) -> bool:
    return one == two or (len(one) == 1 and two.startswith(one)) or (len(two) == 1 and one.startswith(two))


def _whole(forms: Sequence[str], keys: Mapping[str, list[str]]) -> str:
    """The form into which all the others fit, so that they can be names of one person; "" where there is none."""
    for whole in forms[:3]:
        if all(_fits(keys[form], keys[whole]) for form in forms):
            return whole
    return ""


@cache
def _formal() -> dict[str, frozenset[str]]:
    """Short first names and the full ones they may stand for, folded."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines("nicknames"):
        full, *short = line.casefold().split()
        for name in short:
            found[name].add(full)
    return {short: frozenset(full) for short, full in found.items()}
