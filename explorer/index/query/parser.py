"""A query's text → its tree, by recursive descent. Space is AND; nothing is guessed silently: repairs become notes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from explorer.index.query import values
from explorer.index.query.fields import ALIASES
from explorer.index.query.groups import join, negated, one_quote
from explorer.index.query.lexer import Token, tokenise
from explorer.index.query.operators import UNFINISHED, near, operator, positional
from explorer.index.query.repairs import Fix, FixableError, repaired, shortened
from explorer.index.query.saved import Reading, SavedQueries, SavedText, no_saved
from explorer.index.query.syntax import And, Everything, Node, Or, Query, QueryError, Sort
from explorer.index.query.terms import Reader

LONGEST_QUERY = 10_000  # code points
DEEPEST_NESTING = 60
MOST_LEAVES = 2_000  # words, phrases and conditions, those of saved queries included
MOST_NOTES = 5
_CLOSES = (None, "or", ")", "}")
_NO_OPERAND = (*_CLOSES, "and", "near", "not", "boost")
_PLAIN_GROUP = re.compile(r"\(\s*([\w'’.\-\s]+?)\s*\)")
_AT_LEAST = re.compile(r"(?i:atleast)/?\d+")


def parse(text: str, typing: bool = False, saved: SavedText = no_saved, saved_names: Iterable[str] = ()) -> Query:
    """Reads a query; with ``typing`` the last word is still being typed and matches as a prefix too. ``saved`` gives the
    text of a saved query by its name, ``saved_names`` are those there are, to tell the nearest one.

    Raises QueryError with a column, and the whole query repaired where that can be guessed, when it cannot be read.
    """
    queries = SavedQueries(saved, saved_names, _read_saved)
    try:
        return _query(text, typing, queries)
    except FixableError as trouble:
        repair = repaired(text, trouble, lambda changed: _query(changed, False, queries))
        raise QueryError(str(trouble), trouble.column, repair) from None


def _query(text: str, typing: bool, queries: SavedQueries) -> Query:
    parser = Parser(text, typing, queries)
    tree = parser.whole()
    if parser.nothing_said and not parser.found_something:
        raise FixableError(f"there is nothing to search for in {parser.nothing_said}: it has no letter and no digit", 0)
    if isinstance(tree, Everything) and text.strip() and not typing and parser.sort is None:
        raise FixableError(f"there is nothing to search for in {shortened(text.strip())}: it has no word", 0)
    notes = list(dict.fromkeys(" ".join(note.split()) for note in parser.notes))
    if len(notes) > MOST_NOTES:
        notes[MOST_NOTES:] = [f"and {len(notes) - MOST_NOTES} more repairs"]
    return Query(text, tree, tuple(notes), parser.sort or "relevance")


def _read_saved(text: str, depth: int, queries: SavedQueries) -> Reading:
    parser = Parser(text, False, queries, depth)
    tree = parser.whole()
    if isinstance(tree, Everything):
        raise FixableError("it has no word", 0)
    return Reading(tree, parser.leaves, parser.deepest - depth, tuple(dict.fromkeys(parser.notes))[:MOST_NOTES])


_SMALL = ("or", "and", "not")


class Parser:
    """One pass over the tokens of a query; the values of fields are read in ``values``."""

    def __init__(self, text: str, typing: bool, queries: SavedQueries, depth: int = 0) -> None:
        if len(text) > LONGEST_QUERY:
            raise FixableError(f"the query has {len(text)} characters; {LONGEST_QUERY} is the most", LONGEST_QUERY)
        self.text = text
        self.tokens = tokenise(text)
        self.at = 0
        self.notes: list[str] = []
        self.words = Reader(self.notes)
        self.queries = queries
        self.nothing_said = ""
        self.found_something = False
        self.sort: Sort | None = None
        self.leaves = 0
        self.start_depth = self.deepest = depth
        self.in_one_quote = False
        # A word is still being typed when nothing but its own letters stands at the end of the query.
        self.typed = len(self.tokens) - 1 if typing and text and not (text[-1].isspace() or text[-1] in "-!") else -1
        self.typing = typing

    def whole(self) -> Node:
        """The tree of all that was written; what follows a stray closing bracket is one more thing that must hold."""
        return self.stretches(self.start_depth)

    def stretches(self, depth: int) -> Node:
        """All up to the end of the query or to a closing brace."""
        found = [self.alternatives(depth)]
        while self.kind() == ")":
            self.notes.append(f"the closing bracket at column {self.next().column + 1} closes nothing and was left out")
            found.append(self.alternatives(depth))
        return join(And, found)

    def alternatives(self, depth: int) -> Node:
        """and-groups with OR between them."""
        self.check_depth(depth, self._column())
        groups = [self._all_of(depth)]
        while self.kind() == "or":
            token = self.next()
            group = self._all_of(depth)
            if isinstance(group, Everything) or isinstance(groups[-1], Everything):
                self._note_dangling(token)
            groups.append(group)
        return join(Or, groups)

    def _all_of(self, depth: int) -> Node:
        members: list[Node] = []
        while (kind := self.kind()) not in _CLOSES:
            if kind == "and":
                token = self.next()
                if not members or self.kind() in _CLOSES:
                    self._note_dangling(token)
            elif kind == "boost":
                self.words.note_boost(self.next().text)
            else:
                self._note_small_operator(bool(members))
                members.append(self.one(depth))
        return join(And, members)

    def _note_small_operator(self, after_operand: bool) -> None:
        """Says of a small or, and, not between two conditions that it is searched as a word."""
        token = self.tokens[self.at]
        if after_operand and token.kind == "word" and token.text in _SMALL and self.at + 1 < len(self.tokens) and not token.exact:
            self.notes.append(f"“{token.text}” is searched as a word; {token.text.upper()} in capitals joins conditions")

    def one(self, depth: int) -> Node:
        """One condition, perhaps after NOT."""
        negations = 0
        while self.kind() == "not":
            token = self.next()
            negations += 1
        if self.kind() in (*_CLOSES, "and", "boost"):
            self._note_dangling(token)
            return Everything()
        following = self.tokens[self.at]
        if negations and following.kind == "field" and ALIASES.get(following.text, following.text) == "sort":
            raise FixableError("sort: cannot stand after NOT", token.column, Fix(token.column, token.end))
        node = self._near(depth)
        return negated(node) if negations % 2 else node

    def _near(self, depth: int) -> Node:
        """Operands with `w/8` and the like between them, joined from left to right."""
        start = self.at
        node = self._operand(depth)
        while self.kind() == "near":
            token = self.next()
            right_start = self.at
            if self.kind() in _NO_OPERAND:
                if self.kind() == "not":
                    message = f"NOT cannot stand after {token.text}: write words, phrases or brackets with OR"
                    raise FixableError(message, self._column(), Fix(token.column, token.end))
                return self._dangling_operator(token, node)
            right = self._operand(depth)
            node = self._joined(node, token, right, (start, right_start))
        return node

    def _joined(self, left: Node, token: Token, right: Node, starts: tuple[int, int]) -> Node:
        if isinstance(left, Everything) or isinstance(right, Everything):
            return self._dangling_operator(token, left)
        sides = positional(left), positional(right)
        for side, start in zip(sides, starts, strict=True):
            if isinstance(side, str):
                message = f"{token.text} stands between words, phrases or brackets with OR; {side} cannot stand beside it"
                raise FixableError(message, self.tokens[start].column, self._near_fix(token, *starts))
        assert not isinstance(sides[0], str) and not isinstance(sides[1], str)
        return near(sides[0], operator(token.text, token.column), sides[1], token.column)

    def _near_fix(self, token: Token, start: int, right_start: int) -> Fix:
        """One field around both sides, words in brackets as a phrase, or else the operator left out."""
        first, end = self.tokens[start].column, self.tokens[self.at - 1].end
        sides = self.text[first : token.column].strip(), self.text[token.end : end].strip()
        field = re.match(r"(?i:title|said|subject|intitle):", sides[0])
        if field:
            left, right = (side.removeprefix(field[0]) for side in sides)
            return Fix(first, end, f"{field[0]}({left} {token.text} {right})")
        if any(map(_PLAIN_GROUP.fullmatch, sides)):
            left, right = (_PLAIN_GROUP.sub(r'"\1"', side) for side in sides)
            return Fix(first, end, f"{left} {token.text} {right}")
        return Fix(token.column, token.end)

    def _dangling_operator(self, token: Token, left: Node) -> Node:
        if self.typing and self.at >= len(self.tokens):
            self.notes.append(f"{token.text} waits for a word after it")
            return left
        message = f"{token.text} needs words on both sides; to search for it as a word, put it in quote marks"
        raise FixableError(message, token.column, Fix(token.column, token.end))

    def _operand(self, depth: int) -> Node:
        token = self.next()
        match token.kind:
            case "(":
                node = self.alternatives(depth + 1)
                self.close(token, ")")
                return node
            case "{":
                return values.one_of(self, token, depth)
            case "field":
                return values.field_value(self, token, depth)
            case "saved":
                return values.saved_query(self, token.text, token, depth)
            case "near":
                return self._dangling_operator(token, Everything())
            case "word" if self._begins_operator(token):
                self.notes.append(f"{token.text} waits for a number, s or p")
                return Everything()
            case "word" if _AT_LEAST.fullmatch(token.text) and self.kind() == "(":
                raise FixableError("how often a word must be there cannot be asked", token.column, Fix(token.column, token.end))
            case _:
                return self.meaning(self.read_words(token), token)

    def _begins_operator(self, token: Token) -> bool:
        return self.is_typed() and self.at > 1 and not token.literal and bool(UNFINISHED.fullmatch(token.text))

    def close(self, opening: Token, kind: str) -> None:
        """Takes the bracket that closes, or says that it is not there."""
        if self.kind() == kind:
            self.next()
        elif not self.typing:
            name = "bracket" if kind == ")" else "brace"
            self.notes.append(f"the {name} opened at column {opening.column + 1} was closed at the end")

    def braces(self, opening: Token, depth: int) -> Node:
        """What stands in `quote:{…}`, as conditions on one quote."""
        before, self.in_one_quote = self.in_one_quote, True
        tree = one_quote(self.stretches(depth + 1), opening.column)
        self.in_one_quote = before
        self.close(opening, "}")
        return tree

    def read_words(self, token: Token) -> Node | None:
        """A word, a phrase or a regular expression; None when it says nothing."""
        if token.kind == "regex":
            if token.closed:
                return self.words.regex(token)
            if self.is_unfinished():
                self.notes.append(f"/{token.text} waits for its closing /")
                return None
            slash = token.text.find("/")
            at = token.column + slash + 2 if slash >= 0 else token.end
            message = "the regular expression is not closed: it ends with / before a blank"
            raise FixableError(message, token.column, Fix(at, at, " " if slash >= 0 else "/"))
        if token.kind == "phrase":
            if not token.closed and not self.typing:
                self.note_open_mark(token)
            return self.words.phrase(token, self.is_typed())
        return self.words.word(token, self.is_typed())

    def note_open_mark(self, token: Token) -> None:
        """Says that a quote mark was not closed."""
        self.notes.append(f"the quote mark opened at column {token.column + 1} was closed at the end")

    def meaning(self, node: Node | None, token: Token) -> Node:
        """The node of words, or all documents where they say nothing."""
        if node is not None:
            return self.leaf(node, token)
        if self.is_unfinished():
            self.found_something = True  # it is not written yet
        else:
            self.nothing_said = self.nothing_said or (shortened(token.text) or "an empty phrase")
            self.notes.append(f"“{shortened(token.text)}” has no letter and no digit and was left out")
        return Everything()

    def leaf(self, node: Node, token: Token, leaves: int = 1) -> Node:
        """Counts what was found; raises FixableError when it is too much."""
        self.found_something = True
        self.leaves += leaves
        if self.leaves > MOST_LEAVES:
            raise FixableError(f"the query has more than {MOST_LEAVES} words and conditions", token.column)
        return node

    def check_depth(self, depth: int, column: int) -> None:
        """Notes how deep brackets nest; raises FixableError when that is too deep."""
        self.deepest = max(self.deepest, depth)
        if depth > DEEPEST_NESTING:
            raise FixableError(f"brackets are nested deeper than {DEEPEST_NESTING}", column)

    def _note_dangling(self, token: Token) -> None:
        if not self.typing:
            self.notes.append(f"{token.text} at column {token.column + 1} joins nothing and was left out")

    def is_typed(self) -> bool:
        """Whether the token just read is a word that is still being typed."""
        return self.at - 1 == self.typed

    def is_unfinished(self) -> bool:
        """Whether the token just read is the last and is still being typed, perhaps after a blank in quote marks."""
        return self.typing and self.at == len(self.tokens) and (self.is_typed() or not self.tokens[-1].closed)

    def kind(self) -> str | None:
        """The kind of the next token; None at the end."""
        return self.tokens[self.at].kind if self.at < len(self.tokens) else None

    def _column(self) -> int:
        return self.tokens[min(self.at, len(self.tokens) - 1)].column if self.tokens else 0

    def next(self) -> Token:
        """The next token, which is taken."""
        self.at += 1
        return self.tokens[self.at - 1]
