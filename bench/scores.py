"""How near an answer comes to the gold: tokens, shingles, segments, characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.precision:.3f}/{self.recall:.3f}/{self.f1:.3f}"


def tokens(text: str) -> Counter[str]:
    """The words of a text in small letters, with how often each is there."""
    return Counter(_WORD.findall(text.lower()))


def token_score(gold: str, found: str) -> Score:
    """Precision and recall of words, each counted as often as it is there; spaces inside words do not matter to neither."""
    wanted, given = tokens(gold), tokens(found)
    shared = (wanted & given).total()
    return Score(shared / given.total() if given else 0.0, shared / wanted.total() if wanted else 0.0)


def shingle_score(pairs: Sequence[tuple[str, str]]) -> Score:
    """Of (gold, found) texts: shingles of four words, as article-extraction-benchmark counts them, means over the pages."""
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, given = _shingles(gold), _shingles(found)
        shared = (wanted & given).total()
        if given:
            precisions.append(shared / given.total())
        if wanted:
            recalls.append(shared / wanted.total())
    return Score(mean(precisions) if precisions else 0.0, mean(recalls) if recalls else 0.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(shingle for i in range(max(1, len(words) - 3)) if (shingle := tuple(words[i : i + 4])))


def segment_score(pages: Sequence[tuple[Sequence[str], Sequence[str], str]]) -> Score:
    """Of (wanted segments, unwanted segments, found text): as trafilatura's own evaluation counts them, over all pages;
    white space is folded on both sides."""
    there = missing = wrong = 0
    for wanted, unwanted, found in pages:
        text = folded(found)
        hits = sum(folded(segment) in text for segment in wanted)
        there, missing = there + hits, missing + len(wanted) - hits
        wrong += sum(folded(segment) in text for segment in unwanted)
    return Score(there / (there + wrong) if there else 0.0, there / (there + missing) if there else 0.0)


def folded(text: str) -> str:
    """The text with its white space folded."""
    return " ".join(text.split())


def agrees(gold: str, answer: str) -> bool:
    """Whether the answer is the gold or holds it, white space and capitals set aside."""
    return folded(gold).casefold() in folded(answer).casefold()


def character_share(gold: str, found: str) -> float:
    """The share of the gold's visible characters that the text has as well, each as often."""
    wanted, given = Counter("".join(gold.split())), Counter("".join(found.split()))
    return (wanted & given).total() / wanted.total() if wanted else 1.0
