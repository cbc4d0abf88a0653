"""Conditions put into a query's text and taken out again, so that they hold for all of what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from explorer.index.query.lexer import OPENING, Token, TokenKind, tokenise

BRACKETS = {"(": ")", "{": "}"}
JOINING = {"and", "or", "not", "near"}


class _Piece(NamedTuple):
    """What stands between blanks outside brackets, and of what kind it is, where that is a word by itself."""

    text: str
    kind: TokenKind | None


@dataclass(slots=True)
class _Stretch:
    """Pieces up to the end of a query or to a bracket that closes nothing; ``alternatives``: there is an OR among them."""

    pieces: list[_Piece] = field(default_factory=list)
    alternatives: bool = False


def with_condition(query: str, condition: str) -> str:
    """Returns the query narrowed by a condition; alternatives get brackets, as AND binds closer than OR.

    Quote marks and brackets left open are closed, and an operator at the end, which was not for the condition, is dropped.
    """
    return " ".join([*(_whole(stretch) for stretch in _read(query + _closing(query)) if stretch.pieces), condition]).strip()


def without_condition(query: str, condition: str) -> str:
    """Returns the query without a condition that ``has_condition`` finds in it."""
    unwanted = _texts(condition)
    kept: list[_Piece] = []
    for piece in (piece for stretch in _read(query) for piece in stretch.pieces):
        if piece.text not in unwanted or _negated(kept):
            kept.append(piece)
        elif kept and kept[-1].kind == "and":
            kept.pop()
    if kept and kept[0].kind == "and":
        kept.pop(0)
    text = " ".join(piece.text for piece in kept)
    bracketed = len(kept) == 1 and text.startswith("(") and text.endswith(")")
    return text[1:-1] if bracketed and len(_read(text[1:-1])) == 1 else text


def has_condition(query: str, condition: str) -> bool:
    """Says whether a condition stands in the query so that it holds for all that is asked."""
    stretches = _read(query)
    held = {
        piece.text
        for stretch in stretches
        for place, piece in enumerate(stretch.pieces)
        if not stretch.alternatives and not _negated(stretch.pieces[:place])
    }
    return _texts(condition) <= held


def _texts(condition: str) -> set[str]:
    return {piece.text for stretch in _read(condition) for piece in stretch.pieces}


def _negated(before: list[_Piece]) -> bool:
    return bool(before) and before[-1].kind == "not"


def _whole(stretch: _Stretch) -> str:
    """Returns a stretch so that more can be asked beside it; an order stays outside the brackets."""
    pieces = list(stretch.pieces)
    while pieces and pieces[-1].kind in JOINING:
        pieces.pop()
    texts = [piece.text for piece in pieces]
    if not any(part.alternatives for part in _read(" ".join(texts))):
        return " ".join(texts)
    orders = [text for text in texts if text.startswith("sort:")]
    return " ".join([f"({' '.join(text for text in texts if text not in orders)})", *orders])


def _read(query: str) -> list[_Stretch]:
    tokens = tokenise(query)
    stretches, depth, begun = [_Stretch()], 0, 0
    for index, (token, following) in enumerate(pairwise([*tokens, None])):
        assert token is not None
        if not depth and token.kind in BRACKETS.values():
            stretches.append(_Stretch())
            begun = index + 1
            continue
        depth += (token.kind in BRACKETS) - (token.kind in BRACKETS.values())
        stretches[-1].alternatives |= not depth and token.kind == "or"
        if following is None or (not depth and _parted(query, token, following)):
            text = query[tokens[begun].column : token.end]
            stretches[-1].pieces.append(_Piece(text, token.kind if begun == index else None))
            begun = index + 1
    return stretches


def _parted(query: str, token: Token, following: Token) -> bool:
    """Says whether a piece ends between two tokens: at a blank, or before a bracket that closes nothing."""
    between = query[token.end : following.column]
    return any(char.isspace() for char in between) or following.kind in BRACKETS.values()


def _closing(query: str) -> str:
    """Returns what closes the quote marks, regular expressions and brackets that a query leaves open."""
    tokens = tokenise(query)
    open_: list[str] = []
    for token in tokens:
        if token.kind in BRACKETS:
            open_.append(BRACKETS[token.kind])
        elif open_ and token.kind == open_[-1]:
            open_.pop()
    closing = "\\" if (len(query) - len(query.rstrip("\\"))) % 2 else ""
    last = tokens[-1] if tokens else None
    if last is not None and not last.closed:
        mark = next((char for char in query[last.column :] if char in OPENING), '"')
        closing += {"regex": "/", "range": "]"}.get(last.kind) or OPENING[mark][0]
    return closing + "".join(reversed(open_))
