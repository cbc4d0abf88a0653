"""Marks the hits of a query in a text, by walking the same tree that found it."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.index.query.syntax import Node, Part, Phrase, positive_leaves
from explorer.index.words import PARAGRAPH_BREAK, stem, word_spans
from explorer.model import Span

Word = tuple[int, int, str]
Matches = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Mark:
    """A hit and the leaf of the query that it answers (numbered in the order of the query)."""

    start: int
    end: int
    leaf: int


def phrases_of(tree: Node) -> list[Phrase]:
    """The phrases a query asks for, without those it excludes."""
    return [leaf for leaf in dict.fromkeys(positive_leaves(tree)) if isinstance(leaf, Phrase)]


def mark_text(text: str, phrases: Sequence[Phrase]) -> list[Mark]:
    """All hits of the phrases in a text, in order; those that ask for the title alone have none here."""
    return _mark(text, phrases, "text")


def mark_title(title: str, phrases: Sequence[Phrase]) -> list[Mark]:
    """All hits of the phrases in a title, in order."""
    return _mark(title, phrases, "title")


def mark_within(text: str, stretches: Iterable[Span], phrase: Phrase) -> list[Mark]:
    """The hits of a phrase that lie inside one of the stretches."""
    found: list[Mark] = []
    for start, end in stretches:
        found.extend(_leaf_marks(text, list(word_spans(text, start, end)), phrase, 0))
    return sorted(found, key=lambda mark: mark.start)


def _mark(text: str, phrases: Sequence[Phrase], where: Literal["text", "title"]) -> list[Mark]:
    wanted = [(number, phrase) for number, phrase in enumerate(phrases) if where == "title" or phrase.where != "title"]
    if not wanted or not text:
        return []
    found_words = list(word_spans(text))
    marks = [mark for number, phrase in wanted for mark in _leaf_marks(text, found_words, phrase, number)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _leaf_marks(text: str, found: list[Word], phrase: Phrase, number: int) -> Iterable[Mark]:
    fits = [_matcher(part) for part in phrase.parts]
    first, rest = fits[0], fits[1:]
    known: dict[str, bool] = {}  # each distinct word is judged once
    for at, (start, end, word) in enumerate(found):
        good = known.get(word)
        if good is None:
            good = known[word] = first(word)
        if not good:
            continue
        following = found[at + 1 : at + 1 + len(rest)]
        if len(following) < len(rest) or not all(fit(w[2]) for fit, w in zip(rest, following, strict=True)):
            continue
        last = following[-1][1] if rest else end
        if not rest or not PARAGRAPH_BREAK.search(text, start, last):
            yield Mark(start, last, number)


def _matcher(part: Part) -> Matches:
    text = part.text
    match part.kind:
        case "exact":
            return text.__eq__
        case "stem":
            wanted = stem(text)
            return lambda word: word == text or stem(word) == wanted
        case "typed":
            wanted = stem(text)
            return lambda word: word.startswith(text) or stem(word) == wanted
        case _:
            fits = re.compile(fnmatch.translate(text)).match
            return lambda word: fits(word) is not None


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
