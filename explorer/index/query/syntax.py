"""The syntax tree of a query.

Frozen dataclasses, so that a tree can be compared, hashed and cached. The same tree finds documents and marks hits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from explorer.model import ExplorerError

PartKind = Literal["stem", "exact", "wild", "typed", "fuzzy", "regex"]
EntityField = Literal["person", "org", "place", "entity"]
FileField = Literal["source", "path", "ext", "date", "lang", "from", "to", "tag", "is"]
QuoteField = Literal["by", "cue", "is"]
Within = int | Literal["sentence", "paragraph"]
Sort = Literal["relevance", "date", "-date", "source", "-source", "title", "-title", "path", "-path"]


class QueryError(ExplorerError):
    """A query that cannot be read; ``column`` (from 0) is where, ``repair`` the whole query as it may have been meant."""

    def __init__(self, message: str, column: int | None = None, repair: str | None = None) -> None:
        super().__init__(message)
        self.column = column
        self.repair = repair


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase, folded. "stem" matches all its forms, "exact" only itself, "wild" has ``*`` and ``?``,
    "typed" is being typed: all its forms and every word that begins with it; "fuzzy" matches every word that ``distance``
    letters make of it (one inserted, left out, changed or swapped with the next each); "regex" every word that the pattern
    matches as a whole."""

    text: str
    kind: PartKind = "stem"
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side (often only one); ``shown`` is how the user wrote them."""

    parts: tuple[Part, ...]
    shown: str
    where: Literal["anywhere", "title"] = "anywhere"


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand near each other, both in the title or both in the text.

    ``within`` is the most words on from the one to the other (side by side is 1), counted across paragraphs, or the unit that
    both stand in. The two never overlap; where ``ordered`` the left one comes first.
    """

    left: Positional
    right: Positional
    within: Within
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several, as an operand of Near."""

    choices: tuple[Positional, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Words that stand inside one quote."""

    words: Phrase | Near


@dataclass(frozen=True, slots=True)
class Named:
    """An entity under any of its names."""

    field: EntityField
    value: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A document with a quote of this speaker, cue or kind."""

    field: QuoteField
    value: str


@dataclass(frozen=True, slots=True)
class OneQuote:
    """A document with one quote for which all of a tree holds: of Said, Quoted, And, Or and Not only."""

    tree: Node


@dataclass(frozen=True, slots=True)
class FileIs:
    """Where or from when a document is, and what the reader made of it ("is": starred, new); dates are a first and a last
    day, ISO, either end may be open."""

    field: FileField
    value: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every document but these."""

    child: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents: the empty query."""


Positional = Phrase | Near | AnyOf
Condition = Said | Named | Quoted | OneQuote | FileIs
Leaf = Phrase | Near | Condition
Node = Leaf | And | Or | Not | Everything


@dataclass(frozen=True, slots=True)
class Query:
    """A query as written, its tree, what was repaired on the way, and the order asked for."""

    text: str
    tree: Node
    notes: tuple[str, ...] = ()
    sort: Sort = "relevance"


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a document is found by: those not under a NOT."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from positive_leaves(child)
        case Not() | Everything():
            return
        case _:
            yield node


def conjuncts(node: Node) -> tuple[Node, ...]:
    """The conditions that all must hold, at the top of the tree."""
    return node.children if isinstance(node, And) else (node,)


def phrases_in(node: Positional) -> Iterator[Phrase]:
    """The phrases of a positional node, in the order written."""
    match node:
        case Phrase():
            yield node
        case Near(left, right):
            yield from phrases_in(left)
            yield from phrases_in(right)
        case AnyOf(choices):
            for choice in choices:
                yield from phrases_in(choice)
