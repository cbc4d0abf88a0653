"""The operators that say how near words stand: every accepted spelling of `w/8`, and what they join."""

from __future__ import annotations

import re
from dataclasses import dataclass

from explorer.index.query.repairs import Fix, FixableError
from explorer.index.query.syntax import AnyOf, Near, Node, Or, Phrase, Positional, Within

MOST_WORDS_APART = 1000
MOST_NEARS = 50  # operators in one condition, brackets included
BARE_DISTANCE = 10  # of NEAR and ADJ without a number, as in Xapian
_UNIT = r"\d+|s|p|sent|para|sentence|paragraph"
_SLASHED = re.compile(rf"(?i:(w|near|around|pre|adj|onear)/({_UNIT}))")
_WESTLAW = re.compile(r"(?i:([/+])(\d+|s|p))")
_BRACKETED = re.compile(r"(?i:(near|around|adj|onear)\(\s*(?:n\s*=\s*)?(\d+)\s*\))")
_BARE = re.compile(r"(NEAR|ADJ)(\d*)")
BRACKETED_NUMBER = re.compile(r"\(\s*(?:[nN]\s*=\s*)?\d+\s*\)(?=[\s(]|$)")
UNFINISHED = re.compile(r"(?i:(?:w|near|around|pre|adj|onear)?/)")
SUFFIX = re.compile(r"(?:~\d*|[op]{1,2}\d+)(?=[\s()|}^]|$)")  # of a phrase, as in Lucene and Recoll
_ORDERED = ("pre", "adj", "onear", "+")


@dataclass(frozen=True, slots=True)
class Operator:
    """How far apart the words may stand, and whether the left one comes first."""

    within: Within
    ordered: bool


def is_operator(word: str) -> bool:
    """Whether a word that stands alone is written as an operator is; ``+8`` is told by what stands beside it."""
    return bool(_SLASHED.fullmatch(word) or _BARE.fullmatch(word) or _BRACKETED.fullmatch(word)) or (
        word.startswith("/") and bool(_WESTLAW.fullmatch(word))
    )


def operator(word: str, column: int) -> Operator:
    """What an operator says; raises FixableError when its number is none of 1 to 1000."""
    match = _SLASHED.fullmatch(word) or _WESTLAW.fullmatch(word) or _BRACKETED.fullmatch(word) or _BARE.fullmatch(word)
    if match is None:
        raise AssertionError(f"{word} was read as an operator")
    name, unit = match.groups()
    return Operator(_unit(unit, word, column), name.lower() in _ORDERED)


def suffix_operator(suffix: str, column: int) -> Operator:
    """What `~8`, `o8` or `p8` after a phrase says."""
    return Operator(_unit(suffix.lstrip("~op"), suffix, column), "o" in suffix)


def _unit(written: str, word: str, column: int) -> Within:
    if not written:
        return BARE_DISTANCE
    if not written.isdecimal():
        return "sentence" if written[0] in "sS" else "paragraph"
    digits = written.lstrip("0")
    if len(digits) > 4 or not 1 <= int(digits or "0") <= MOST_WORDS_APART:
        nearest_number = str(MOST_WORDS_APART) if digits else "1"
        message = f"{word if len(word) < 20 else word[:20] + '…'} needs a number from 1 to {MOST_WORDS_APART}"
        raise FixableError(message, column, Fix(column, column + len(word), word.replace(written, nearest_number)))
    return int(digits)


def positional(node: Node) -> Positional | str:
    """A tree as what can stand beside an operator, or what in it cannot."""
    match node:
        case Phrase(where="anywhere") | Near() | AnyOf():
            return node
        case Or(children):
            choices = [positional(child) for child in children]
            wrong = next((choice for choice in choices if isinstance(choice, str)), None)
            return wrong or AnyOf(tuple(choice for choice in choices if not isinstance(choice, str)))
        case _:
            return {"And": "words that must all be there", "Not": "a NOT"}.get(type(node).__name__, "a condition")


def near(left: Positional, operation: Operator, right: Positional, column: int) -> Near:
    """Two operands joined; raises FixableError when too many of them are."""
    joined = Near(left, right, operation.within, operation.ordered)
    if _nears(joined) > MOST_NEARS:
        raise FixableError(f"at most {MOST_NEARS} operators such as w/8 can be joined in one condition", column)
    return joined


def _nears(node: Positional) -> int:
    match node:
        case Near(left, right):
            return 1 + _nears(left) + _nears(right)
        case AnyOf(choices):
            return sum(map(_nears, choices))
        case Phrase():
            return 0
