"""Where in a query the cursor stands: in which piece, after which field, in which brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.index.query.fields import ALIASES, TEXT_FIELDS
from explorer.index.query.lexer import OPENING, Token, tokenise

_MARKS = re.escape("".join(OPENING))
_REST_OF_WORD = re.compile(rf"[^\s()|{_MARKS}]*")
_REST_IN_BRACES = re.compile(rf"[^\s()|}}{_MARKS}]*")
_REST_OF_FIELD = re.compile(r"[A-Za-z]*:")
_ONE_QUOTE = "{"


@dataclass(frozen=True, slots=True)
class Place:
    """The piece of a query at the cursor: what from ``start`` to ``end`` (code points) a completion takes the place of, and
    ``typed``, what of it stands before the cursor, without marks.

    ``field`` is the one whose value it is, None for a plain word. ``words_only``: no condition can stand there (beside
    `w/8`, in `title:(…)`); ``in_brackets``: some are open; ``in_one_quote``: those of `quote:{…}`; ``by_sign``: it is a
    saved query after an `@`. ``end_of_field`` is ``end``, or where a field's name that goes on behind the cursor ends.
    """

    start: int
    end: int
    typed: str
    field: str | None
    words_only: bool = False
    in_brackets: bool = False
    in_one_quote: bool = False
    by_sign: bool = False
    end_of_field: int = 0


def place_of(text: str, cursor: int) -> Place | None:
    """The piece of a query that the cursor stands in or right behind; None between pieces and where nothing is completed."""
    tokens = tokenise(text[:cursor])
    last = tokens[-1] if tokens else None
    if last is None or any(t.kind in ("regex", "near", "boost") and t.column < cursor < t.end for t in tokenise(text)):
        return None
    opened = _opened(tokens)
    in_braces = _ONE_QUOTE in opened
    end = _end_of_word(text, cursor, in_braces)
    if last.kind == "field":
        is_value = cursor == last.end + 1
        return Place(cursor, end, "", _name(last), in_brackets=bool(opened), in_one_quote=in_braces) if is_value else None
    if last.end < cursor or not last.text:
        return None
    field = tokens[-2] if len(tokens) > 1 and tokens[-2].kind == "field" and tokens[-2].end + 1 == last.column else None
    in_marks = text[last.column] in OPENING or (last.kind == "saved" and text[last.column + 1 : last.column + 2] in [*OPENING])
    if in_marks:
        if last.closed:
            return None
        end = _end_of_value(text, cursor, OPENING[text[last.column + (last.kind == "saved")]], end)
    if field:
        return Place(last.column, end, last.text, _name(field), False, bool(opened), in_braces)
    if last.kind == "saved" or text[last.column : cursor] == "@":
        typed = last.text if last.kind == "saved" else ""
        return Place(last.column, end, typed, "query", False, bool(opened), in_braces, by_sign=True)
    if last.kind not in ("word", "and", "or", "not") or in_marks or last.exact or last.literal:
        return None
    colon = _REST_OF_FIELD.match(text, cursor)
    words_only = _words_only(tokens, opened, tokenise(text), end)
    end_of_field = colon.end() if colon else end
    return Place(last.column, end, last.text, None, words_only, bool(opened), in_braces, False, end_of_field)


def _name(field: Token) -> str:
    return ALIASES.get(field.text, field.text)


def _opened(tokens: Sequence[Token]) -> list[str]:
    """For each bracket that is open, the field or the operator that it belongs to."""
    opened: list[str] = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        if token.kind == "(":
            is_scope = before is not None and before.kind == "field" and before.end + 1 == token.column
            opened.append(_name(before) if before and is_scope else before.kind if before else "")
        elif token.kind == "{":
            opened.append(_ONE_QUOTE)
        elif token.kind in (")", "}") and opened:
            opened.pop()
    return opened


def _words_only(before: Sequence[Token], opened: Sequence[str], whole: Sequence[Token], end: int) -> bool:
    if any(scope in TEXT_FIELDS for scope in opened):
        return True
    after = next((token for token in whole if token.column >= end), None)
    beside = [token.kind for token in before[-2:-1]] + ([after.kind] if after else [])
    return "near" in beside or (bool(opened) and any(token.kind == "near" for token in whole))


def _end_of_word(text: str, at: int, in_braces: bool) -> int:
    rest = (_REST_IN_BRACES if in_braces else _REST_OF_WORD).match(text, at)
    return rest.end() if rest else at


def _end_of_value(text: str, cursor: int, closing: str, end_of_word: int) -> int:
    """Where a value in quote marks ends: behind its closing mark, if one is there that is not another's."""
    marks = [at for at in range(cursor, len(text)) if text[at] in closing]
    return marks[0] + 1 if len(marks) % 2 else end_of_word
