"""Names of people, organisations and places in a text: rules, the tagger, then what the whole document says of each form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from explorer.analysis.agreement import ENOUGH, Settled, settle_forms
from explorer.analysis.edges import whole_names
from explorer.analysis.layout import Layout
from explorer.analysis.lexicon import known
from explorer.analysis.lists import words as word_list
from explorer.analysis.rule_names import abbreviates, by_rules, form_of
from explorer.analysis.runs import Words, read_words
from explorer.analysis.tagger.crf import MODEL, TYPES, Tagged, tag_words
from explorer.analysis.things import without_things
from explorer.model import EntityType, Span

__all__ = ["Name", "Tag", "abbreviates", "find_names", "form_of"]

Tag = Callable[[str, Sequence[Span]], list[tuple[int, int, EntityType, float]]] | Path
"""An engine of names: a text and the spans of its sentences → (start, end, type, probability) of each name; or the file of
another model for the built-in tagger."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: its span, its type, how sure, the canonical form where the lists know one, and what found it."""

    start: int
    end: int
    type: EntityType
    confidence: float
    known_as: str = ""
    how: str = ""


def find_names(text: str, layout: Layout, dates: Sequence[Span] = (), tag: Tag | None = None) -> list[Name]:
    """Every name in the paragraphs of ``layout`` outside ``dates`` (sorted), in order, none overlapping.

    ``tag`` is another engine than the built-in tagger; the document pass is the same.
    """
    words = read_words(text, layout, dates)
    evidence = by_rules(words)
    if tag and not isinstance(tag, Path):
        tagged, engine = _aligned(words, tag(text, layout.sentences)), getattr(tag, "how", "engine")
    elif evidence.foreign:  # the tagger was trained on English only
        tagged, engine = (
            [Tagged(one.first, one.last, one.type, _only(one.type, max(ENOUGH, one.confidence))) for one in evidence.names],
            "rules",
        )
    else:
        tagged, engine = tag_words(words, evidence, tag or MODEL), "crf"
    settled = whole_names(words, settle_forms(words, evidence, tagged, engine))
    return [_name(words, one) for one in without_things(words, settled)]


def _aligned(words: Words, found: Sequence[tuple[int, int, EntityType, float]]) -> list[Tagged]:
    """An engine's names as words; those that begin or end inside a word, or overlap the one before, are left out."""
    aligned: list[Tagged] = []
    done = 0
    for start, end, kind, probability in sorted(found):
        first, last = bisect_left(words.starts, start), bisect_left(words.starts, end)
        if done <= first < last and kind in TYPES and words.starts[first] == start and words.ends[last - 1] <= end:
            aligned.append(Tagged(first, last, kind, _only(kind, probability)))
            done = last
    return aligned


def _only(kind: EntityType, probability: float) -> tuple[float, float, float]:
    shares = [probability if one == kind else 0.0 for one in TYPES]
    return shares[0], shares[1], shares[2]


def _name(words: Words, found: Settled) -> Name:
    start, end = words.starts[found.first], words.ends[found.last - 1]
    if words.texts[found.last - 1] in word_list("dotted_ends") and words.source[end : end + 1] == ".":
        end += 1
    known_as = known().get(" ".join(words.texts[found.first : found.last]).replace("’", "'"))
    name = known_as[1] if known_as and known_as[0] == found.type else ""
    return Name(start, end, found.type, round(found.probability, 2), name, found.how)
