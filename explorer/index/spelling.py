"""The words of a folder that are spelt most like a given one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

SHORTEST = 3  # letters; a shorter word is like nearly every other
TWO_OFF = 5  # letters from which a word may be two letters off
OTHER_BEGINNING = 0.5  # of a letter: people seldom get the first one wrong


def nearest_words(word: str, words: Sequence[str], frequency: Callable[[str], int], limit: int) -> list[str]:
    """The words, of a sorted list, that at most two letters make of one, nearest first, then commonest; folded words only.

    Counts a letter inserted, left out, changed, or swapped with the next (optimal string alignment). A word that is two
    others written together becomes those, with a blank.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < SHORTEST:
        return []
    most = 2 if len(word) >= TWO_OFF else 1
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=400, processor=None)
    ranked = [
        (distance + OTHER_BEGINNING * (found[0] != word[0]), -frequency(found), found)
        for found, distance, _ in near
        if found != word and found.isdecimal() == word.isdecimal()
    ]
    apart = [
        (1.0, -min(frequency(word[:at]), frequency(word[at:])), f"{word[:at]} {word[at:]}")
        for at in range(SHORTEST, len(word) - SHORTEST + 1)
        if _has(words, word[:at]) and _has(words, word[at:])
    ]
    return [found for _, rarity, found in sorted([*ranked, *apart]) if rarity < 0][:limit]


def _has(words: Sequence[str], word: str) -> bool:
    at = bisect_left(words, word)
    return at < len(words) and words[at] == word
