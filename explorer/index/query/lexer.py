"""A query's text → tokens. Never fails: what cannot be read is reported by the parser, with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "phrase", "field", "and", "or", "not", "(", ")"]

OPENING = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
OPERATORS: dict[str, TokenKind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or", "|": "or"}
_FIELD = re.compile(r"[A-Za-z]+(?=:)")
_ENDS_WORD = re.compile(r"[\s()|]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; ``column`` counts code points from 0, ``exact`` says that the word had a leading ``=``,
    ``literal`` that a character in it was escaped, so that none of them is a sign."""

    kind: TokenKind
    text: str
    column: int
    exact: bool = False
    literal: bool = False
    closed: bool = True


def tokenise(query: str) -> list[Token]:
    """The tokens of a query."""
    tokens: list[Token] = []
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in "()":
            tokens.append(Token("(" if char == "(" else ")", char, at))
            at += 1
        elif char in "-!|" or (char == "+" and query[at + 1 : at + 2] not in ("", " ")):
            at = _sign(query, at, tokens)
        elif char in OPENING:
            at = _phrase(query, at, tokens)
        else:
            at = _word_or_field(query, at, tokens)
    return tokens


def _sign(query: str, at: int, tokens: list[Token]) -> int:
    char = query[at]
    if char == "|":
        tokens.append(Token("or", char, at))
        return at + (2 if query[at : at + 2] == "||" else 1)
    if char == "+":
        return at + 1
    if at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] not in "-!":
        tokens.append(Token("not", char, at))
    return at + 1


def _phrase(query: str, at: int, tokens: list[Token]) -> int:
    closing = OPENING[query[at]]
    end = at + 1
    while end < len(query) and query[end] not in closing:
        end += 2 if query[end] == "\\" else 1
    closed = end < len(query)
    tokens.append(Token("phrase", _ESCAPED.sub(r"\1", query[at + 1 : end]), at, closed=closed))
    return end + 1


def _word_or_field(query: str, at: int, tokens: list[Token]) -> int:
    field = _FIELD.match(query, at)
    if field and query[field.end() : field.end() + 3] != "://":
        tokens.append(Token("field", field.group().lower(), at))
        at = field.end() + 1
        has_value = at < len(query) and not (_ENDS_WORD.match(query, at) or query[at] in OPENING or query[at] in "-!+")
        return _word(query, at, tokens, value=True) if has_value else at
    return _word(query, at, tokens)


def _word(query: str, at: int, tokens: list[Token], value: bool = False) -> int:
    """One word; as the ``value`` of a field it is a word whatever it looks like."""
    start, exact = at, query[at] == "="
    at += exact
    word: list[str] = []
    while at < len(query):
        char = query[at]
        if char == "\\" and at + 1 < len(query):
            word.append(query[at + 1])
            at += 2
        elif _ENDS_WORD.match(char) or char in OPENING:
            break
        else:
            word.append(char)
            at += 1
    text = "".join(word)
    literal = "\\" in query[start:at]
    operator = None if exact or literal or value else OPERATORS.get(text)
    if operator:
        tokens.append(Token(operator, text, start))
    else:
        tokens.append(Token("word", text, start, exact, literal))
    return at
