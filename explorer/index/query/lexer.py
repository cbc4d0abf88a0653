"""A query's text → tokens. Never fails: what cannot be read is reported by the parser, with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from explorer.index.query import operators, regexes
from explorer.index.query.fields import ALIASES, DATE_FIELDS, TEXT_FIELDS

TokenKind = Literal["word", "phrase", "regex", "range", "field", "saved", "and", "or", "not", "near", "boost", "(", ")", "{", "}"]

OPENING = {'"': '"', "“": "”", "„": "“”", "«": "»", "”": "”"}
OPERATORS: dict[str, TokenKind] = {"AND": "and", "OR": "or", "NOT": "not", "&&": "and", "||": "or", "|": "or"}
OPERANDS = ("word", "phrase", "regex", "range", "saved", ")", "}", "boost")
_FIELD = re.compile(r"(?:(?:old|new)er_than|[A-Za-z]+)(?=:)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_REGEX = re.compile(r"/(?!\s)((?:\\.|[^/\\])*(?:\\.|[^/\\\s]))/(?=[\s()|}]|$)", re.DOTALL)
_RUN = re.compile(r"\S{1,1000}")
_RANGE = re.compile(r"[\[{][^\[\]{}]{0,120}[\]}]?")
_BUT_NOT = re.compile(r"BUT(?=\s+NOT\s)")  # of the legal programs
_BOOST = re.compile(r"\^\d+(?:\.\d+)?(?=[\s()|}]|$)")
# Westlaw's +8 stands between words; any other + is Google's and Lucene's "must be there".
_PLUS_NEAR = re.compile(r"\+(?:\d+|[sSpP])(?=\(|\s+(?!(?:AND|OR|NOT|&&)(?!\w))[^\s+\-!|)}&])")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query, from ``column`` to ``end`` in code points from 0; ``exact`` says that the word had a leading ``=``,
    ``literal`` that a character in it was escaped, so that none of them is a sign; ``suffix`` is the `~8` of a phrase."""

    kind: TokenKind
    text: str
    column: int
    end: int
    exact: bool = False
    literal: bool = False
    closed: bool = True
    suffix: str = ""


def tokenise(query: str) -> list[Token]:
    """The tokens of a query."""
    return _Lexer(query).tokens()


class _Lexer:
    def __init__(self, query: str) -> None:
        self.query = query
        self.at = 0
        self.open_braces = 0
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        while self.at < len(self.query):
            char = self.query[self.at]
            if char.isspace():
                self.at += 1
            elif char in "()" or (char == "}" and self.open_braces):
                self._bracket(char)
            elif char == "{" and self.query.find("}", self.at) > 0:
                self._open_brace()  # Gmail's: one of them
            elif char in "-!|+" and self._sign(char):
                continue
            elif char == "=" and self.query[self.at + 1 : self.at + 2] in {*OPENING}:
                self.at += 1  # a phrase is exact anyway
            elif char in OPENING:
                self._phrase("phrase")
            elif char != "/" or not self._regex():
                self._word_or_field()
        return self.found

    def _add(self, kind: TokenKind, end: int, text: str | None = None, closed: bool = True) -> None:
        self._take(Token(kind, self.query[self.at : end] if text is None else text, self.at, end, closed=closed))

    def _take(self, token: Token) -> None:
        self.found.append(token)
        self.at = token.end

    def _bracket(self, char: str) -> None:
        kind: TokenKind = "(" if char == "(" else ")" if char == ")" else "}"
        self.open_braces -= kind == "}"
        self._add(kind, self.at + 1)
        if kind != "(":
            self._boost()

    def _open_brace(self) -> None:
        self.open_braces += 1
        self._add("{", self.at + 1)

    def _boost(self) -> None:
        if boost := _BOOST.match(self.query, self.at):
            self._add("boost", boost.end())

    def _sign(self, char: str) -> bool:
        """Reads a sign before a word; False when it is part of one."""
        following = self.query[self.at + 1 : self.at + 2]
        if char == "|":
            self._add("or", self.at + (2 if following == "|" else 1))
        elif char == "+":
            if not following or following.isspace():
                return False
            near = _PLUS_NEAR.match(self.query, self.at) if self._after_operand() else None
            if near:
                self._add("near", near.end())
            else:
                self.at += 1
        elif following and not following.isspace() and following not in "-!":
            self._add("not", self.at + 1)
        else:
            self.at += 1
        return True

    def _after_operand(self) -> bool:
        last = self.found[-1] if self.found else None
        if last is None or last.kind not in OPERANDS or (last.column and self.query[last.column - 1] == "+"):
            return False
        return self.query[self.at - 1].isspace() or self.found[-1].kind == ")"

    def _phrase(self, kind: TokenKind) -> None:
        """A quoted text, and what of Lucene and Recoll may stand right behind it."""
        start = self.at if kind == "phrase" else self.at + 1
        closing = OPENING[self.query[start]]
        end = start + 1
        while end < len(self.query) and self.query[end] not in closing:
            end += 2 if self.query[end] == "\\" else 1
        closed, raw = end < len(self.query), self.query[start + 1 : end]
        end = min(end + 1, len(self.query))
        suffix = operators.SUFFIX.match(self.query, end) if closed and kind == "phrase" else None
        until = suffix.end() if suffix else end
        text = _ESCAPED.sub(r"\1", raw)
        literal = "\\*" in raw
        self._take(Token(kind, text, self.at, until, False, literal, closed, suffix[0] if suffix else ""))
        self._boost()

    def _regex(self) -> bool:
        """Reads `/…/`, or what looks like it but is not closed; False when the slash begins a word such as a path."""
        match = _REGEX.match(self.query, self.at)
        if match and not operators.is_operator(self._run()):
            self._add("regex", match.end(), match[1])
            return True
        run = self._run()
        if regexes.looks_open(run):
            self._add("regex", self.at + len(run), run[1:], closed=False)
            return True
        return False

    def _run(self) -> str:
        """What stands here up to the next blank."""
        run = _RUN.match(self.query, self.at)
        return run[0] if run else ""

    def _word_or_field(self) -> None:
        field = _FIELD.match(self.query, self.at)
        if field and self.query[field.end() : field.end() + 3] != "://":
            self._add("field", field.end(), field[0].lower())
            self.at += 1
            self._value(ALIASES.get(field[0].lower(), field[0].lower()), field[0].lower() == "quote")
        elif self.query[self.at] == "@" and self.query[self.at + 1 : self.at + 2] in OPENING:
            self._phrase("saved")
        elif self.query[self.at] == "@" and not self._ends_word(self.at + 1):
            self._word("saved")
        else:
            self._word("word")

    def _value(self, field: str, is_quote: bool) -> None:
        """The value of a field, unless it is in brackets or quote marks: a word, whatever it looks like."""
        if self.at >= len(self.query):
            return
        char = self.query[self.at]
        if is_quote and char == "{":
            self._open_brace()
        elif field in DATE_FIELDS and (found := _RANGE.match(self.query, self.at)):
            self._add("range", found.end(), closed=found[0][-1] in "]}" and len(found[0]) > 1)
        elif char == "/" and field in TEXT_FIELDS and self._regex():
            return
        elif not (self._ends_word(self.at) or char in "!+" or (char == "-" and field != "sort")):
            self._word("word", is_value=True)

    def _ends_word(self, at: int) -> bool:
        char = self.query[at : at + 1]
        return not char or char.isspace() or char in "()|" or char in OPENING or (char == "}" and self.open_braces > 0)

    def _word(self, kind: TokenKind, is_value: bool = False) -> None:
        start = self.at
        at = start + (self.query[start] == "=" or kind == "saved")
        word: list[str] = []
        while not self._ends_word(at):
            if self.query[at] == "\\" and at + 1 < len(self.query):
                at += 1
            word.append(self.query[at])
            at += 1
        exact, literal, text = self.query[start] == "=", "\\" in self.query[start:at], "".join(word)
        if kind == "word" and not (exact or literal or is_value):
            near = operators.BRACKETED_NUMBER.match(self.query, at)
            if near and operators.is_operator(text + near[0]):
                self._add("near", near.end())
                return
            if text == "BUT" and _BUT_NOT.match(self.query, start):
                self._add("and", at)
                return
            if text in OPERATORS or operators.is_operator(text):
                self._add(OPERATORS.get(text, "near"), at, text)
                return
        self._take(Token(kind, text, start, at, exact, literal))
