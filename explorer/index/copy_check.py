"""Whether two texts are one story: the same words but for an added line, a correction, a changed word or two.

Two stories of one template (weather, obituaries, prices) are not, nor a letter and its answer: it is better to miss a copy
than to hide a document behind another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from explorer.index.words import word_spans
from explorer.model import Span

SHINGLE = 5  # words
FEWEST_WORDS = 20  # in a shorter text every word is news
RESEMBLANCE = 0.8  # of the sets of shingles
WITH_A_FACT = 0.88  # when a name or a number was replaced, so that more of the rest must be the same
MOST_REPLACED = 3  # places; templates are filled in at more
MOST_ON_BOTH_SIDES = 12  # words that only the one has, when the other has as many of its own
_LETTER = re.compile(
    r"\A(?:[^\n]*\n){0,4}(?:From|To|Cc|Subject): |^ ?>|^[ -]*(?:Original|Forwarded) Message|^On .{0,200}\bwrote:$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be compared: the folded words by which it is, ``body`` that they are from, and whether it may have near
    copies at all; ``whole`` is all that is written."""

    words: list[str]
    body: str
    near: bool
    whole: str


def may_be_near(text: str) -> bool:
    """Whether near copies of a text are looked for: not of letters, whose answers hold the letter and whose footers are longer
    than they are."""
    return not _LETTER.search(text)


def near_copy(one: Text, other: Text) -> bool:
    """Whether two texts of at least FEWEST_WORDS words each are one story."""
    if min(len(one.words), len(other.words)) < RESEMBLANCE * max(len(one.words), len(other.words)):
        return False  # sets do not tell what is said twice
    left, right = _shingles(one.words), _shingles(other.words)
    these, those = set(left), set(right)
    common = len(these & those)
    resemblance = common / (len(these) + len(those) - common)
    if resemblance < RESEMBLANCE:
        return False
    ours, theirs = _own_words(one, left, those), _own_words(other, right, these)
    if min(sum(end - start for start, end in ours), sum(end - start for start, end in theirs)) > MOST_ON_BOTH_SIDES:
        return False
    if min(len(ours), len(theirs)) > MOST_REPLACED:
        return False
    facts = _replaced_facts(one, ours, other, theirs)
    return facts == 0 or (facts == 1 and resemblance >= WITH_A_FACT)


def _shingles(folded: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(folded[start:] for start in range(SHINGLE)), strict=False))


def _own_words(text: Text, shingles: Sequence[tuple[str, ...]], others: set[tuple[str, ...]]) -> list[Span]:
    """The stretches of words that only this text has: what lies in no shingle that the other has, too."""
    known = [False] * len(text.words)
    for at, shingle in enumerate(shingles):
        if shingle in others:
            known[at : at + SHINGLE] = [True] * SHINGLE
    places = []
    at = 0
    for is_known, run in groupby(known):
        end = at + len(list(run))
        if not is_known:
            places.append((at, end))
        at = end
    return places


def _replaced_facts(one: Text, ours: Sequence[Span], other: Text, theirs: Sequence[Span]) -> int:
    """In how many places a number or a name (a word with a capital) stands against other words of the other text."""
    if not (ours and theirs):
        return 0
    left, right = _facts(one, ours), _facts(other, theirs)
    paired = left.keys() & right.keys()
    alone = [[found[at] for at in found.keys() - paired] for found in (left, right)]
    # What lies at no common place was added or left out; where both texts have such places, the worst is supposed.
    supposed = min(len(alone[0]), len(alone[1]), max(sum(alone[0]), sum(alone[1])))
    return sum(left[at] or right[at] for at in paired) + supposed


def _facts(text: Text, places: Sequence[Span]) -> dict[int, bool]:
    """Whether a number or a name stands in each place; the places by the number of common words before them."""
    written = [text.body[start:end] for start, end, _ in word_spans(text.body)]
    found, own = {}, 0
    for start, end in places:
        found[start - own] = any(not word.islower() for word in written[start:end])
        own += end - start
    return found
