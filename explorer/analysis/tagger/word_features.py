"""What a word says by itself: spelling, shape, and the lists it is in, as feature strings made once a word."""

from __future__ import annotations

from functools import cache, lru_cache

from explorer.analysis.lexicon import flags
from explorer.analysis.lists import words as word_list

_WORDS_KEPT = 60_000
"""Words whose features are kept: more than a long text has."""

_CONTEXT_LISTS = (
    "title_words_lower",
    "job_words",
    "org_apposition",
    "org_follow",
    "person_follow",
    "place_apposition",
    "place_verbs",
    "speech_verbs",
    "kin",
    "vessel_words",
    "finite_verbs",
    "org_heads_first",
    "loose_org_heads",
    "strong_place_heads",
    "ministry_subjects",
)


@cache
def _lists() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(word_list(name)) for name in _CONTEXT_LISTS)


def shape(word: str) -> str:
    """The word's pattern of capitals (X), small letters (x), digits (d) and other signs, repeats folded: McKay → XxXx."""
    folded = ""
    for letter in word[:24]:
        if letter.isupper():
            kind = "X"
        elif letter.isalpha():
            kind = "x"
        else:
            kind = "d" if letter.isdigit() else letter
        if not folded.endswith(kind):
            folded += kind
    return folded


@lru_cache(maxsize=_WORDS_KEPT)
def length_shape(word: str) -> str:
    """The shape, with the length of short words in capitals: G, US, NATO."""
    return f"{shape(word)}{min(len(word), 6)}" if word.isupper() else shape(word)


@lru_cache(maxsize=_WORDS_KEPT)
def word_class(word: str) -> str:
    """The lists that a word is in, as one short code."""
    mask = flags(word) << len(_CONTEXT_LISTS)
    for place, members in enumerate(_lists()):
        if word in members:
            mask |= 1 << place
    return f"{mask:x}"


@lru_cache(maxsize=_WORDS_KEPT)
def own(word: str) -> tuple[str, ...]:
    """Features of the word to be labelled."""
    lower = word.lower()
    found = flags(word)
    bits = [f"f{place}" for place in range(found.bit_length()) if found >> place & 1]
    made = ["b", "w=" + word, "s=" + length_shape(word), "c=" + word_class(word), *bits]
    if lower != word:
        made.append("l=" + lower)
    if len(word) > 3:
        made += ["p3=" + lower[:3], "z2=" + lower[-2:], "z3=" + lower[-3:]]
    if len(word) > 5:
        made += ["p4=" + lower[:4], "z4=" + lower[-4:]]
    return tuple(made)


@lru_cache(maxsize=_WORDS_KEPT)
def beside(word: str, place: int) -> tuple[str, ...]:
    """Features of the word that stands ``place`` words away (-2 to 2, not 0)."""
    if not word:
        return (f"{place}none",)
    made = [f"{place}w={word.lower()}", f"{place}c={word_class(word)}"]
    if abs(place) == 1:
        made += [f"{place}s={length_shape(word)}", f"{place}z={word.lower()[-3:]}"]
    return tuple(made)
