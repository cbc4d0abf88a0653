"""Marks the hits of a query in a text, by walking the same tree that found it."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from explorer.index.query.syntax import Node, Part, Phrase, positive_leaves
from explorer.index.words import PARAGRAPH_BREAK, Words, fold, stem
from explorer.model import Span

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


def mark_text(text: str, phrases: Sequence[Phrase], most: int | None = None) -> list[Mark]:
    """All hits of the phrases in a text, or the first ``most``, in order; those that ask for the title alone have none here."""
    asked = {number: phrase for number, phrase in enumerate(phrases) if phrase.where != "title"}
    return _mark(text, asked, [(0, len(text))], most)


def mark_title(title: str, phrases: Sequence[Phrase]) -> list[Mark]:
    """All hits of the phrases in a title, in order."""
    return _mark(title, dict(enumerate(phrases)), [(0, len(title))])


def mark_within(text: str, stretches: Iterable[Span], phrase: Phrase) -> list[Mark]:
    """The hits of a phrase that lie inside one of the stretches."""
    return _mark(text, {0: phrase}, stretches)


def _mark(text: str, phrases: Mapping[int, Phrase], stretches: Iterable[Span], most: int | None = None) -> list[Mark]:
    """The hits of numbered phrases inside stretches of a text; each distinct word is judged once."""
    if not phrases:
        return []
    words = Words(text)
    fits = {number: [_matcher(part) for part in phrase.parts] for number, phrase in phrases.items()}
    begins: dict[str, tuple[int, ...]] = {}  # a word as written → the phrases that may begin with it
    marks: list[Mark] = []
    for low, high in stretches:
        for match in words.matches(low, high):
            written = match[0]
            numbers = begins.get(written)
            if numbers is None:
                folded = fold(written)
                numbers = begins[written] = tuple(number for number, (first, *_) in fits.items() if first(folded))
            for number in numbers:
                end = _last(words, match, fits[number][1:], high)
                if end is not None:
                    marks.append(Mark(match.start(), end, number))
            if most is not None and len(marks) >= most:
                break
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _last(words: Words, first: re.Match[str], rest: Sequence[Matches], high: int) -> int | None:
    """Where a phrase ends whose first word is given; None when the words after it are others, or in another paragraph."""
    end = first.end()
    for fits, match in zip_longest(rest, islice(words.matches(end, high), len(rest))):
        if match is None or not fits(fold(match[0])) or PARAGRAPH_BREAK.search(words.text, end, match.start()):
            return None
        end = match.end()
    return end


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
