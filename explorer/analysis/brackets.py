"""Short names that a text explains: "Group of Seven (G7)", "the QFA (Quorl Fishing Association)", "X, better known as Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from explorer.analysis.folding import plain
from explorer.analysis.names import Name

FORMER = "former name"
"""How a name is introduced that is not in use any more."""
_OPEN = re.compile(r"(?:'s|’s)? ?[(\[] ?[\"“‘']?(?:the |or |also |known as |a\.k\.a\. )*[\"“‘']?")
_CLOSED = re.compile(r"[\"”’']?[)\]]")
_OR = re.compile(
    r", (?:or|(?:better |also |widely |popularly |commonly )?known as|nicknamed|known locally as|also called|or simply|"
    r"known by its \w+ acronym|"
    r"known by its (?:\w+ )?(?:initials|acronym)(?: as)?,?) (?:the )?[\"“‘']?"
)
_FORMER = re.compile(r"(?:, | ?\()(?:formerly|previously|the former|formerly known as|previously known as) (?:the )?")
_THE = re.compile(r", the ")
_END = re.compile(r"[\"”’']?[,.;:)]")


def explained(text: str, names: Sequence[Name]) -> list[tuple[Name, Name, str]]:
    """Neighbouring names of one type of which one explains the other: (long, short, how it was introduced)."""
    found: list[tuple[Name, Name, str]] = []
    met: set[str] = set()
    for one, two in pairwise(names):
        met.add(text[one.start : one.end])
        gap = two.start - one.end
        if not 0 < gap < 45 or one.type != two.type:
            continue
        between = text[one.end : two.start]
        if _OPEN.fullmatch(between) and _CLOSED.match(text, two.end):
            how = "introduced in brackets"
        elif (_OR.fullmatch(between) and _END.match(text, two.end)) or (_THE.fullmatch(between) and _apposed(text, one, two)):
            how = "explained in the text"
        elif _FORMER.fullmatch(between):
            found.append((one, two, FORMER))
            continue
        else:
            continue
        long, short = (one, two) if one.end - one.start >= two.end - two.start else (two, one)
        new = short is two and text[two.start : two.end] not in met
        known = one.type == "PERSON" and "known" in between
        if known or _belongs(text[long.start : long.end], text[short.start : short.end], one.type == "ORG", how, new):
            found.append((long, short, how))
    return found


def _apposed(text: str, one: Name, two: Name) -> bool:
    """Whether "ABC, the Long Name," explains ABC and is no list: "Walhi, the Indonesian Forum for the Environment, urged"."""
    long, short = text[two.start : two.end], text[one.start : one.end]
    listed = re.match(r",? (?:and|or|the)\b", text[two.end : two.end + 8]) or text[max(0, one.start - 2) : one.start] == ", "
    return " " not in short and len(long.split()) > 2 and bool(_END.match(text, two.end)) and not listed and not one.known_as


def _belongs(long: str, short: str, body: bool, how: str, new: bool) -> bool:
    """Whether ``short`` can stand for ``long``; a body's name may be given in another language the first time it is named."""
    acronym = " " not in short.strip() and sum(letter.isupper() for letter in short) * 2 > len(short)
    if acronym:
        return body or _begins(short, long)
    return body and (new or how == "explained in the text")


def _begins(short: str, long: str) -> bool:
    return any(plain(word)[:1] == plain(short)[:1] for word in long.replace("-", " ").split())
