"""Marks the hits of a query in a text, by walking the same tree that found it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from explorer.index.nearness import Bits, Places, is_near, ones, plan, words_near
from explorer.index.query.syntax import Near, Node, Phrase, positive_leaves
from explorer.model import Span

Leaf = Phrase | Near


class Mark(NamedTuple):
    """A hit and the leaf of the query that it answers (numbered in the order of the query)."""

    start: int
    end: int
    leaf: int


Check = Callable[[], None]


def _wanted() -> None:
    """The hits stay wanted."""


def leaves_of(tree: Node) -> list[Leaf]:
    """The words a query asks for, each leaf once, without those it excludes."""
    return [leaf for leaf in dict.fromkeys(positive_leaves(tree)) if isinstance(leaf, Phrase | Near)]


def mark_text(text: str, leaves: Sequence[Leaf], most: int | None = None, check: Check = _wanted) -> list[Mark]:
    """All hits in a text, or the first ``most``, in order; words that are asked for in the title alone have none here.

    ``check`` is called in long work and may raise.
    """
    return _mark(Places(text, check=check), leaves, most) if leaves else []


def mark_title(title: str, leaves: Sequence[Leaf]) -> list[Mark]:
    """All hits in a title, in order."""
    return _mark(Places(title, is_title=True), leaves, None) if leaves else []


def mark_pieces(text: str, pieces: Iterable[Span], leaf: Leaf) -> list[Mark]:
    """The hits of a leaf in the pieces of one quote: a phrase lies in one of them, a Near may reach from one to another.

    The words are those of the pieces alone, one after the other, each piece a paragraph.
    """
    marks: list[Mark] = []
    found, at = mark_text(joined_pieces(text, pieces := list(pieces)), [leaf]), 0
    for start, end in pieces:
        stop = at + end - start
        marks += [Mark(mark.start - at + start, mark.end - at + start, 0) for mark in found if at <= mark.start < stop]
        at = stop + len(BETWEEN_PIECES)
    return marks


BETWEEN_PIECES = "\n\n"


def joined_pieces(text: str, pieces: Iterable[Span]) -> str:
    """The pieces of a quote as a text of their own."""
    return BETWEEN_PIECES.join(text[start:end] for start, end in pieces)


def verifier(leaf: Leaf) -> Callable[[str, str], bool]:
    """A quick test of whether a leaf holds in a document's title or text, for many documents; raises QueryError at once for a
    leaf that no text can be searched for."""
    if isinstance(leaf, Near):
        plan(leaf)
        return lambda title, text: is_near(leaf, Places(title, is_title=True)) or is_near(leaf, Places(text))
    return lambda title, text: Places(title, is_title=True).firsts(leaf) != 0 or Places(text).firsts(leaf) != 0


def holds(leaf: Leaf, title: str, text: str) -> bool:
    """Whether a leaf holds in a document's title or text."""
    return verifier(leaf)(title, text)


def _mark(places: Places, leaves: Sequence[Leaf], most: int | None) -> list[Mark]:
    marks = [Mark(*span, number) for number, leaf in enumerate(leaves) for span in islice(_spans(places, leaf), most)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))[:most]


def _spans(places: Places, leaf: Leaf) -> Iterator[Span]:
    """The hits of one leaf, in order; those of a Near that overlap are made one."""
    if isinstance(leaf, Phrase):
        return _occurrences(places, places.firsts(leaf), len(leaf.parts))
    found = words_near(leaf, places).items()
    return _merged(heapq.merge(*(_occurrences(places, firsts, len(phrase.parts)) for phrase, firsts in found)))


def _occurrences(places: Places, firsts: Bits, length: int) -> Iterator[Span]:
    for first in ones(firsts):
        yield places.span(first)[0], places.span(first + length - 1)[1]


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap made one."""
    return tuple(_merged(sorted(spans)))


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for start, end in spans:
        if last and start < last[1]:
            last = last[0], max(end, last[1])
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last
