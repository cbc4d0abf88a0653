"""Ordering the best of what an engine found anew: by the document, its best passage and its title together.

A document's score says how much it has of the words; a passage in which they stand together says that it is about them
(Callan, "Passage-level evidence in document retrieval", 1994). Only what the engine ranks highest is looked at, as every
text must be read for it. Weights and saturation are those of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework", 2009), so that the parts can be added.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from explorer.index.marker import Mark
from explorer.index.passages import LENGTH
from explorer.index.query.syntax import AnyOf, Leaf, Near, Node, Part, Phrase, Positional, Said, positive_leaves

CANDIDATES = 20  # texts read again; more of them change next to nothing
PASSAGE = 0.5  # of the best passage's score that is added to the document's
TITLE = 0.2  # of the weights of the terms in the title
SATURATION = 1.2  # BM25's k1
LOOKED_UP = 30  # words of a pattern or a beginning whose frequencies are added up

WordsOf = Callable[[Part], Iterable[str]]
Frequency = Callable[[str], int]


def rerank(ranked: Sequence[tuple[int, float]], strength: Callable[[int], float]) -> list[tuple[int, float]]:
    """The same (number, score), the first ``CANDIDATES`` ordered anew by their score with ``strength`` (0 or more) added.

    What comes after them stays as the engine ranked it; no score there is above one before it. So a page does not depend on
    how many results were asked for, when these are at least ``CANDIDATES``.
    """
    window = [(number, score + strength(number)) for number, score in ranked[:CANDIDATES]]
    window.sort(key=lambda item: -item[1])
    return [*window, *ranked[CANDIDATES:]]


def strength(marks: Sequence[Mark], title: Iterable[Mark], weights: Sequence[float]) -> float:
    """What a document's best passage and title add to its score: 0 or more.

    ``marks`` are the hits in its text in order, ``title`` those in its title; ``weights`` is by leaf.
    """
    in_title = sum(weights[leaf] for leaf in {mark.leaf for mark in title})
    return PASSAGE * best_passage(marks, weights) + TITLE * in_title


def best_passage(marks: Sequence[Mark], weights: Sequence[float]) -> float:
    """The score of the best stretch: each term's weight, saturated as in BM25 by how many of its hits begin within ``LENGTH``
    code points of the first hit; ``marks`` in order."""
    best = score = 0.0
    counts = [0] * len(weights)
    last = 0
    for mark in marks:
        while last < len(marks) and marks[last].start - mark.start <= LENGTH:
            leaf = marks[last].leaf
            counts[leaf] += 1
            score += weights[leaf] * _gain(counts[leaf])
            last += 1
        best = max(best, score)
        score -= weights[mark.leaf] * _gain(counts[mark.leaf])
        counts[mark.leaf] -= 1
    return best


@lru_cache(maxsize=1024)
def _gain(count: int) -> float:
    """What the hit that makes it so many adds: the step of BM25's saturated count, 1 for the first."""
    return (SATURATION + 1) * SATURATION / ((count + SATURATION) * (count - 1 + SATURATION))


def leaf_weights(leaves: Iterable[Leaf], tree: Node, words_of: WordsOf, frequency: Frequency, documents: int) -> list[float]:
    """The weight of each leaf, as marks number them: the rarer the heavier, and as many times as the tree asks for it.

    ``documents`` is how many there are. A phrase is taken to be as rare as its rarest word; leaves without words weigh nothing.
    """
    times: Mapping[Leaf, int] = Counter(positive_leaves(tree))
    return [times[leaf] * _weight(leaf, words_of, frequency, documents) for leaf in leaves]


def _weight(leaf: Leaf, words_of: WordsOf, frequency: Frequency, documents: int) -> float:
    def found(node: Positional) -> int:
        match node:
            case Phrase(parts):
                return min(min(documents, sum(map(frequency, forms(part)))) for part in parts)
            case Near(left, right):
                return min(found(left), found(right))
            case AnyOf(choices):
                return min(documents, sum(map(found, choices)))

    def forms(part: Part) -> Iterable[str]:
        if part.kind == "exact":
            return (part.text,)
        return words_of(part) if part.kind == "stem" else islice(words_of(part), LOOKED_UP)

    match leaf:
        case Phrase() | Near():
            count = found(leaf)
        case Said(words):
            count = found(words)
        case _:
            return 0.0
    return math.log(1 + (documents - count + 0.5) / (count + 0.5))
