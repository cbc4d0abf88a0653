"""Where in a document a query's leaves hold: words by the marker, names and quotes by what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from explorer.index.conditions import TYPE_OF
from explorer.index.marker import Mark, mark_text, mark_within
from explorer.index.query.syntax import Condition, Named, Node, Phrase, Quoted, Said, positive_leaves
from explorer.index.store import word_key
from explorer.model import Analysis, Quote

NamesOf = Callable[[Named | Quoted], tuple[str, ...]]


def marks_in(text: str, analysis: Analysis | None, tree: Node, names_of: NamesOf, most: int | None = None) -> list[Mark]:
    """All hits of a query in a text, in order, or the first ``most`` of its words.

    Conditions on names and quotes hit nothing until the text is analysed.
    """
    leaves = list(dict.fromkeys(positive_leaves(tree)))
    phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
    marks = mark_text(text, phrases, most)
    if analysis:
        conditions = [leaf for leaf in leaves if not isinstance(leaf, Phrase)]
        for number, condition in enumerate(conditions, len(phrases)):
            marks += [Mark(mark.start, mark.end, number) for mark in _evidence(text, analysis, condition, names_of)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _evidence(text: str, analysis: Analysis, condition: Condition, names_of: NamesOf) -> Sequence[Mark]:
    match condition:
        case Named(field):
            names = set(names_of(condition))
            return [
                Mark(m.start, m.end, 0) for m in analysis.entities if m.name in names and TYPE_OF.get(field) in (None, m.type)
            ]
        case Said(phrase):
            return mark_within(text, [segment for quote in analysis.quotes for segment in quote.segments], phrase)
        case Quoted():
            names = set(names_of(condition))
            return [mark for quote in analysis.quotes if quote_is(quote, condition, names) for mark in _shown(quote)]
        case _:
            return ()


def quote_is(quote: Quote, condition: Quoted, names: set[str]) -> bool:
    """Whether a condition holds for a quote; ``names`` are the speakers it means."""
    match condition.field:
        case "by":
            return quote.speaker is not None and quote.speaker.name in names
        case "cue":
            return quote.cue is not None and word_key(condition.value) in word_key(quote.cue.text)
        case _ if condition.value == "unattributed":
            return quote.speaker is None
        case _ if condition.value == "denied":
            return quote.denied
        case _:
            return quote.kind == condition.value


def _shown(quote: Quote) -> list[Mark]:
    """What is lit of a quote that was asked for: its words, and who says them."""
    speaker = [Mark(quote.speaker.start, quote.speaker.end, 0)] if quote.speaker else []
    return [*speaker, *(Mark(start, end, 0) for start, end in quote.segments)]
