"""Where in a document a query's leaves hold: words by the marker, names and quotes by what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from explorer.index.conditions import TYPE_OF
from explorer.index.marker import Mark, holds, joined_pieces, leaves_of, mark_pieces, mark_text, merge
from explorer.index.query.syntax import (
    And,
    Condition,
    Everything,
    Named,
    Near,
    Node,
    Not,
    OneQuote,
    Or,
    Phrase,
    Quoted,
    Said,
    positive_leaves,
)
from explorer.index.store import is_inferred, word_key
from explorer.model import Analysis, Quote

NamesOf = Callable[[Named | Quoted], tuple[str, ...]]


def marks_in(
    text: str,
    analysis: Analysis | None,
    tree: Node,
    names_of: NamesOf,
    most: int | None = None,
    check: Callable[[], None] = lambda: None,
) -> list[Mark]:
    """All hits of a query in a text, in order, or the first ``most`` of its words.

    Conditions on names and quotes hit nothing until the text is analysed. ``check`` is called in long work and may raise.
    """
    words = leaves_of(tree)
    marks = mark_text(text, words, most, check)
    if analysis:
        conditions = [leaf for leaf in dict.fromkeys(positive_leaves(tree)) if not isinstance(leaf, Phrase | Near)]
        for number, condition in enumerate(conditions, len(words)):
            marks += [Mark(mark.start, mark.end, number) for mark in _evidence(text, analysis, condition, names_of)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def hits_in(text: str, analysis: Analysis | None, tree: Node, names_of: NamesOf, check: Callable[[], None]) -> int:
    """How many hits a query has in a text, overlapping ones of its words as one; a quote or a name that a condition asks for
    is one, however much of it is marked."""
    hits = len(merge((mark.start, mark.end) for mark in mark_text(text, leaves_of(tree), None, check)))
    for condition in dict.fromkeys(positive_leaves(tree)):
        if analysis is None or isinstance(condition, Phrase | Near):
            continue
        if isinstance(condition, Quoted | OneQuote):
            asked = condition.tree if isinstance(condition, OneQuote) else condition
            hits += sum(quote_holds(text, quote, asked, names_of) for quote in analysis.quotes)
        else:
            hits += sum(1 for _ in _evidence(text, analysis, condition, names_of))
    return hits


def _evidence(text: str, analysis: Analysis, condition: Condition, names_of: NamesOf) -> Iterator[Mark]:
    match condition:
        case Named(field):
            names = set(names_of(condition))
            for mention in analysis.entities:
                if mention.name in names and TYPE_OF.get(field) in (None, mention.type):
                    yield Mark(mention.start, mention.end, 0)
        case Said(words):
            for quote in analysis.quotes:
                yield from mark_pieces(text, quote.segments, words)
        case Quoted() | OneQuote():
            tree = condition.tree if isinstance(condition, OneQuote) else condition
            for quote in analysis.quotes:
                if quote_holds(text, quote, tree, names_of):
                    yield from _shown(quote)


def quote_holds(text: str, quote: Quote, tree: Node, names_of: NamesOf) -> bool:
    """Whether a tree of Said, Quoted, And, Or and Not holds for one quote of a text."""
    match tree:
        case Said(words):
            return holds(words, "", joined_pieces(text, quote.segments))
        case Quoted():
            return quote_is(quote, tree, set(names_of(tree)))
        case And(children):
            return all(quote_holds(text, quote, child, names_of) for child in children)
        case Or(children):
            return any(quote_holds(text, quote, child, names_of) for child in children)
        case Not(child):
            return not quote_holds(text, quote, child, names_of)
        case Everything():
            return True
        case _:
            raise ValueError(f"{tree} cannot be asked of a quote")


def quote_is(quote: Quote, condition: Quoted, names: set[str]) -> bool:
    """Whether a condition holds for a quote; ``names`` are the speakers it means."""
    match condition.field:
        case "by":
            return quote.speaker is not None and quote.speaker.name in names
        case "cue":
            return quote.cue is not None and word_key(condition.value) in word_key(quote.cue.text)
        case "is":
            return _is(quote, condition.value)


def _is(quote: Quote, kind: str) -> bool:
    match kind:
        case "unattributed":
            return quote.speaker is None
        case "denied":
            return quote.denied
        case "inferred":
            return is_inferred(quote)
        case _:
            return quote.kind == kind


def _shown(quote: Quote) -> Sequence[Mark]:
    """What is lit of a quote that was asked for: its words, and who says them."""
    speaker = [Mark(quote.speaker.start, quote.speaker.end, 0)] if quote.speaker else []
    return [*speaker, *(Mark(start, end, 0) for start, end in quote.segments)]
