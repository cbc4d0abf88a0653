"""A query's text → its tree, by recursive descent. Space is AND; nothing is guessed silently: repairs become notes."""

from __future__ import annotations

import re
import unicodedata

from explorer.index.query.fields import NAME_FIELDS, TEXT_FIELDS, condition, field_name
from explorer.index.query.lexer import Token, tokenise
from explorer.index.query.syntax import And, Everything, Node, Not, Or, Part, Phrase, Query, QueryError, Said
from explorer.index.words import CJK, fold, word_spans, words

LONGEST_QUERY = 10_000  # code points
DEEPEST_NESTING = 60
MOST_STARS = 3
MOST_NOTES = 5
_WILD_WORD = re.compile(r"[\w*?]+")
_BESIDE_CJK = re.compile(rf"(?<=[{CJK}])[*?]+|[*?]+(?=[{CJK}])")  # these are words of one character
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_LATER = re.compile(r"(?:w|pre|NEAR|ADJ|AROUND|onear|atleast)[/(](?:\d+|[sp])\)?|\w+~\d?|/.+/")


def parse(text: str, typing: bool = False) -> Query:
    """Reads a query; with ``typing`` the last word is still being typed and matches as a prefix too.

    Raises QueryError with a column when the query cannot be read.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(f"the query has {len(text)} characters; {LONGEST_QUERY} is the most", LONGEST_QUERY)
    parser = _Parser(text, typing)
    tree = parser.whole()
    if parser.nothing_said and not parser.found_something:
        raise QueryError(f"there is nothing to search for in {parser.nothing_said}: it has no letter and no digit", 0)
    notes = parser.notes[:MOST_NOTES]
    if len(parser.notes) > MOST_NOTES:
        notes.append(f"and {len(parser.notes) - MOST_NOTES} more repairs")
    if isinstance(tree, Everything) and text.strip() and not typing:
        shown = text.strip() if len(text.strip()) <= 40 else f"{text.strip()[:40]}…"
        raise QueryError(f"there is nothing to search for in {shown}: it has no word", 0)
    return Query(text, tree, tuple(notes))


class _Parser:
    def __init__(self, text: str, typing: bool) -> None:
        self.tokens = tokenise(text)
        self.at = 0
        self.notes: list[str] = []
        self.nothing_said = ""
        self.found_something = False
        # A word is still being typed when nothing but its own letters stands at the end of the query.
        self.typed = len(self.tokens) - 1 if typing and text and not (text[-1].isspace() or text[-1] in "-!") else -1
        self.typing = typing

    def whole(self) -> Node:
        """The tree of all that was written; what follows a stray closing bracket is one more thing that must hold."""
        stretches = [self.alternatives(0)]
        while self._kind() == ")":
            self.notes.append(f"the closing bracket at column {self._next().column + 1} closes nothing and was left out")
            stretches.append(self.alternatives(0))
        return _join(And, stretches)

    def alternatives(self, depth: int) -> Node:
        """and-groups with OR between them."""
        if depth > DEEPEST_NESTING:
            raise QueryError(f"brackets are nested deeper than {DEEPEST_NESTING}", self._column())
        groups = [self._all_of(depth)]
        while self._kind() == "or":
            token = self._next()
            group = self._all_of(depth)
            if isinstance(group, Everything) or isinstance(groups[-1], Everything):
                self._note_dangling(token)
            groups.append(group)
        return _join(Or, groups)

    def _all_of(self, depth: int) -> Node:
        members: list[Node] = []
        while (kind := self._kind()) not in (None, "or", ")"):
            if kind == "and":
                token = self._next()
                if not members or self._kind() in (None, "or", ")"):
                    self._note_dangling(token)
                continue
            members.append(self._one(depth))
        return _join(And, members)

    def _one(self, depth: int) -> Node:
        negations = 0
        while self._kind() == "not":
            token = self._next()
            negations += 1
        if self._kind() in (None, "or", ")", "and"):
            self._note_dangling(token)
            return Everything()
        node = self._operand(depth)
        return Not(node) if negations % 2 and not isinstance(node, Everything) else node

    def _operand(self, depth: int) -> Node:
        token = self._next()
        match token.kind:
            case "(":
                node = self.alternatives(depth + 1)
                self._close_bracket(token)
                return node
            case "field":
                return self._field(token, depth)
            case "phrase":
                return self._meaning(self._phrase(token), token)
            case _:
                return self._meaning(self._word(token), token)

    def _close_bracket(self, opening: Token) -> None:
        if self._kind() == ")":
            self._next()
        else:
            self.notes.append(f"the bracket opened at column {opening.column + 1} was closed at the end")

    def _field(self, token: Token, depth: int) -> Node:
        name = field_name(token.text, token.column)
        value_at = token.column + len(token.text) + 1
        if self._kind() not in ("word", "phrase", "(") or self.tokens[self.at].column != value_at:
            if self.typing and self.at >= len(self.tokens):
                self.notes.append(f"{token.text}: waits for a value")
                return Everything()
            raise QueryError(f"{token.text}: needs a value right after it, as in {token.text}:word", token.column)
        value = self._next()
        self.found_something = True
        if value.kind == "(":
            if name not in TEXT_FIELDS:
                raise QueryError(f"{token.text}: takes one value, not brackets", value.column)
            group = self.alternatives(depth + 1)
            self._close_bracket(value)
            return _scoped(group, name, value.column)
        read = self._phrase if value.kind == "phrase" else self._word
        if name in TEXT_FIELDS:
            phrase = read(value)
            return Everything() if phrase is None else _scoped(phrase, name, value.column)
        if value.kind == "phrase" and not value.closed and not self.typing:
            self._note_open_mark(value)
        text = value.text
        if self.at - 1 == self.typed and name in (*NAME_FIELDS, "by") and value.kind == "word" and _can_grow(text):
            text += "*"  # the name is still being typed
        try:
            return condition(name, text, value.column)
        except QueryError as error:
            if self.at - 1 != self.typed:
                raise
            self.notes.append(f"{token.text}: waits for the rest ({error})")
            return Everything()

    def _meaning(self, phrase: Phrase | None, token: Token) -> Node:
        if phrase is not None:
            self.found_something = True
            return phrase
        if self.at - 1 == self.typed:
            self.found_something = True  # it is not written yet
        else:
            self.nothing_said = self.nothing_said or (token.text or "an empty phrase")
            self.notes.append(f"“{token.text}” has no letter and no digit and was left out")
        return Everything()

    def _phrase(self, token: Token) -> Phrase | None:
        if not token.closed and not self.typing:
            self._note_open_mark(token)
        found = [Part(word, "exact") for word in words(token.text)]
        if self.at - 1 == self.typed and not token.closed and found and _can_grow(token.text):
            found[-1] = Part(found[-1].text + "*", "wild")
        return Phrase(tuple(found), f'"{token.text}"') if found else None

    def _note_open_mark(self, token: Token) -> None:
        self.notes.append(f"the quote mark opened at column {token.column + 1} was closed at the end")

    def _word(self, token: Token) -> Phrase | None:
        if _LATER.fullmatch(token.text) and not (token.exact or token.literal):
            message = f"{token.text} is not there yet; to search for it as words, put it in quote marks"
            raise QueryError(message, token.column, f'"{token.text}"')
        text = _POSSESSIVE.sub("", token.text)
        wild = "" if token.literal else _BESIDE_CJK.sub("", unicodedata.normalize("NFC", text))
        if "*" in wild or "?" in wild.rstrip("?"):
            return self._wild_word(wild, token)
        exact = token.exact or text[:1].isupper()
        found = words(text)
        if not found:
            return None
        parts = [Part(word, "exact" if exact else "stem") for word in found]
        if self.at - 1 == self.typed and not token.exact and _can_grow(text):
            if len(found[-1]) < 2 and found[-1].isascii():
                parts.pop()  # one letter only completes; it does not search
            else:
                parts[-1] = Part(found[-1], "typed")
        return Phrase(tuple(parts), ("=" if token.exact else "") + text) if parts else None

    def _wild_word(self, text: str, token: Token) -> Phrase | None:
        parts: list[Part] = []
        for piece in _WILD_WORD.findall(text.replace("_", " ")):
            if not set(piece) & set("*?"):
                parts += [Part(word, "exact") for word in words(piece)]
                continue
            pattern = re.sub(r"\*+", "*", fold(piece))
            if pattern.count("*") > MOST_STARS:
                raise QueryError(f"at most {MOST_STARS} stars can stand in a word", token.column)
            if not pattern.strip("*?"):
                raise QueryError(f"{piece} needs a letter or a digit beside it", token.column)
            parts.append(Part(pattern, "wild"))
        return Phrase(tuple(parts), text) if parts else None

    def _note_dangling(self, token: Token) -> None:
        if not self.typing:
            self.notes.append(f"{token.text} at column {token.column + 1} joins nothing and was left out")

    def _kind(self) -> str | None:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else None

    def _column(self) -> int:
        return self.tokens[min(self.at, len(self.tokens) - 1)].column if self.tokens else 0

    def _next(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]


def _can_grow(text: str) -> bool:
    """Whether a text ends in a word that further letters would be part of."""
    *_, (_, end, _) = [(0, 0, ""), *word_spans(text)]
    return end == len(text) and text[-1:] not in ("", "+", "#")


def _join(kind: type[And] | type[Or], nodes: list[Node]) -> Node:
    """One node for several: those that say nothing fall away, and equals of one kind are flattened."""
    members: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            members.extend(node.children)
        elif not isinstance(node, Everything):
            members.append(node)
    members = list(dict.fromkeys(members))
    if not members:
        return Everything()
    return members[0] if len(members) == 1 else kind(tuple(members))


def _scoped(node: Node, field: str, column: int) -> Node:
    """A group after title: or said: each of its words in that field."""
    match node:
        case Phrase():
            return Said(node) if field == "said" else Phrase(node.parts, node.shown, "title")
        case And(children):
            return And(tuple(_scoped(child, field, column) for child in children))
        case Or(children):
            return Or(tuple(_scoped(child, field, column) for child in children))
        case Not(child):
            return Not(_scoped(child, field, column))
        case Everything():
            return node
        case _:
            raise QueryError(f"only words can stand in the brackets after {field}:", column)
