"""What is right, said slowly: a matcher that tries all combinations of words, written without a look at the marker."""

from __future__ import annotations

import itertools
import os
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from explorer.analysis import segment
from explorer.index.query.syntax import And, AnyOf, Everything, Near, Node, Not, Or, Part, Phrase
from explorer.index.words import PARAGRAPH_BREAK, stem, word_spans

TIMES = int(os.environ.get("EXPLORER_PAIRS", "1"))  # how many times the usual number of examples a long run tries
tried: Counter[str] = Counter()  # pairs of a query and a text that were compared, by suite

Lit = frozenset[tuple[int, int]]  # the first and last word of each phrase
Place = tuple[int, int, Lit]  # the first word, the last word, and what is lit between


@dataclass(frozen=True)
class Word:
    """A word of a text: where it stands, and the numbers of its paragraph and of its sentence."""

    start: int
    end: int
    folded: str
    paragraph: int
    sentence: int


def read(text: str, is_title: bool) -> list[Word]:
    """All words of a text; a title is one sentence."""
    stretches = [(0, len(text))]
    if not is_title:
        breaks = [found.span() for found in PARAGRAPH_BREAK.finditer(text)]
        stretches = list(
            zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)], strict=True),
        )
    starts = [] if is_title else [start + first for start, end in stretches for first in _sentence_starts(text[start:end])]
    return [
        Word(
            start,
            end,
            folded,
            next(number for number, (low, high) in enumerate(stretches) if low <= start and end <= high),
            sum(first <= start for first in starts),
        )
        for start, end, folded in word_spans(text)
    ]


def _sentence_starts(paragraph: str) -> list[int]:
    return [start for lines in segment.paragraphs(paragraph) for start, _ in segment.sentences(paragraph, lines)]


def part_matches(part: Part, word: str) -> bool:
    """Whether a folded word is one that a part of a phrase means."""
    same_stem = stem(word) == stem(part.text)
    answers: dict[str, Any] = {
        "exact": lambda: word == part.text,
        "stem": lambda: word == part.text or same_stem,
        "typed": lambda: word.startswith(part.text) or same_stem,
        "wild": lambda: _wild(part.text, word),
        "fuzzy": lambda: alignment_distance(part.text, word) <= part.distance,
        "regex": lambda: re.fullmatch(part.text, word, re.ASCII) is not None,
    }
    return bool(answers[part.kind]())


def _wild(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(_wild(pattern[1:], word[skipped:]) for skipped in range(len(word) + 1))
    return bool(word) and pattern[0] in ("?", word[0]) and _wild(pattern[1:], word[1:])


def alignment_distance(one: str, two: str) -> int:
    """How many letters are inserted, left out, changed or swapped with the next to make one word of another, none twice."""
    table = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i, j in itertools.product(range(len(one) + 1), range(len(two) + 1)):
        if not (i and j):
            table[i][j] = i + j
            continue
        ways = [table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one[i - 1] != two[j - 1])]
        if i > 1 and j > 1 and one[i - 2 : i] == two[j - 2 : j][::-1]:
            ways.append(table[i - 2][j - 2] + 1)
        table[i][j] = min(ways)
    return table[-1][-1]


def places(node: Node, words: list[Word], is_title: bool) -> set[Place]:
    """Every place in which a phrase, a Near or one of several holds."""
    match node:
        case Phrase(parts, _, where):
            if where == "title" and not is_title:
                return set()
            found = set()
            for first in range(len(words) - len(parts) + 1):
                stretch = words[first : first + len(parts)]
                in_one_paragraph = len({word.paragraph for word in stretch}) == 1
                if in_one_paragraph and all(part_matches(p, w.folded) for p, w in zip(parts, stretch, strict=True)):
                    last = first + len(parts) - 1
                    found.add((first, last, frozenset({(first, last)})))
            return found
        case AnyOf(choices):
            return set().union(*(places(choice, words, is_title) for choice in choices))
        case Near(left, right):
            return {
                (min(one[0], two[0]), max(one[1], two[1]), one[2] | two[2])
                for one in places(left, words, is_title)
                for two in places(right, words, is_title)
                if _is_near(node, one, two, words)
            }
    raise AssertionError(node)


def _is_near(near: Near, one: Place, two: Place, words: list[Word]) -> bool:
    if one[1] < two[0]:
        gap = two[0] - one[1]
    elif two[1] < one[0] and not near.ordered:
        gap = one[0] - two[1]
    else:
        return False
    stretch = words[min(one[0], two[0]) : max(one[1], two[1]) + 1]
    if near.within == "paragraph":
        return len({word.paragraph for word in stretch}) == 1
    if near.within == "sentence":
        return len({(word.paragraph, word.sentence) for word in stretch}) == 1
    return gap <= near.within


def lit(node: Node, text: str, is_title: bool = False) -> list[tuple[int, int]]:
    """The offsets of all that is lit for a leaf; those of a Near that share a letter are made one."""
    words = read(text, is_title)
    spans = {(words[first].start, words[last].end) for _, _, found in places(node, words, is_title) for first, last in found}
    if isinstance(node, Phrase):
        return sorted(spans)
    letters = {offset for start, end in spans for offset in range(start, end)}
    # Two words that touch ("東京") are two hits: what is one hit is what some span covers together.
    joined = {offset for start, end in spans for offset in range(start, end - 1)}
    starts = sorted(offset for offset in letters if offset - 1 not in joined)
    return [(start, next(end for end in itertools.count(start + 1) if end - 1 not in joined)) for start in starts]


def holds(tree: Node, title: str, text: str) -> bool:
    """Whether a document matches."""
    match tree:
        case And(children):
            return all(holds(child, title, text) for child in children)
        case Or(children):
            return any(holds(child, title, text) for child in children)
        case Not(child):
            return not holds(child, title, text)
        case Everything():
            return True
        case _:
            return bool(places(tree, read(text, False), False) or places(tree, read(title, True), True))
