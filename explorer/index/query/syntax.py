"""The syntax tree of a query.

Frozen dataclasses, so that a tree can be compared, hashed and cached. The same tree finds documents and marks hits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from explorer.model import ExplorerError

PartKind = Literal["stem", "exact", "wild", "typed"]
EntityField = Literal["person", "org", "place", "entity"]
FileField = Literal["source", "path", "ext", "date"]
QuoteField = Literal["by", "cue", "is"]


class QueryError(ExplorerError):
    """A query that cannot be read; ``column`` (from 0) is where, ``repair`` the query as it may have been meant."""

    def __init__(self, message: str, column: int | None = None, repair: str | None = None) -> None:
        super().__init__(message)
        self.column = column
        self.repair = repair


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase, folded. "stem" matches all its forms, "exact" only itself, "wild" has ``*`` and ``?``,
    "typed" is being typed: all its forms and every word that begins with it."""

    text: str
    kind: PartKind = "stem"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side (often only one); ``shown`` is how the user wrote them."""

    parts: tuple[Part, ...]
    shown: str
    where: Literal["anywhere", "title"] = "anywhere"


@dataclass(frozen=True, slots=True)
class Said:
    """Words that stand inside one quote."""

    phrase: Phrase


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
class FileIs:
    """Where or from when a document is; dates are a first and a last day, ISO, either end may be open."""

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


Condition = Said | Named | Quoted | FileIs
Node = Phrase | Condition | And | Or | Not | Everything


@dataclass(frozen=True, slots=True)
class Query:
    """A query as written, its tree, and what was repaired on the way."""

    text: str
    tree: Node
    notes: tuple[str, ...] = ()


def positive_leaves(node: Node) -> Iterator[Phrase | Condition]:
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
