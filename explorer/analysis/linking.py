"""Names over several runs: joined by "of", "and" and possessives, known with small words in them, behind "Minister of"."""

from __future__ import annotations

from explorer.analysis import lexicon
from explorer.analysis.classify import SURE, Piece
from explorer.analysis.lexicon import (
    COMMON,
    DEMONYM,
    FIRST,
    FUNCTION,
    ORG_HEAD,
    ORG_HEAD_OF,
    PLACE_HEAD,
    STRONG_ORG_HEAD,
    TITLE,
    TITLE_INSIDE,
    flags,
)
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import Words
from explorer.model import EntityType

_PLACE_OF = word_list("place_heads_of")


def links(words: Words, one: tuple[int, int], two: tuple[int, int] | None) -> tuple[int, EntityType] | None:
    """Where the run ``one`` ends when it takes in ``two`` ("Bank" "of" "England"), and its type; None: they stay apart."""
    if two is None or two[0] - one[1] > 2 or any(words.breaks[one[1] : two[0] + 1]):
        return None
    between = words.texts[one[1] : two[0]]
    last = words.texts[one[1] - 1]
    found = flags(last)
    if between[:1] in (["of"], ["for"]) and between[1:] in ([], ["the"]):
        if found & ORG_HEAD_OF:
            return _stop(words, two), "ORG"
        if between[0] == "of" and last in _PLACE_OF:
            return _stop(words, two), "PLACE"
        return None
    if last == "Mission" and between == ["in"]:
        return _stop(words, two), "ORG"
    head = flags(words.texts[two[1] - 1])
    if between == ["and"] and found & COMMON and not found & (ORG_HEAD | TITLE) and head & STRONG_ORG_HEAD:
        return (two[1], "ORG") if two[1] - two[0] > 1 or not words.opens[one[0]] else None
    saint = words.texts[one[0]] in ("St", "Saint") and one[1] - one[0] < 4
    if saint and between in (["'s"], ["’s"]) and head & (ORG_HEAD | PLACE_HEAD):
        return two[1], "ORG" if head & ORG_HEAD else "PLACE"
    possessive = between in (["'s"], ["’s"], ["'"], ["’"])
    if possessive and found & COMMON and not found & (TITLE | DEMONYM) and head & (STRONG_ORG_HEAD | ORG_HEAD):
        return two[1], "ORG"
    return None


def goes_on(words: Words, one: tuple[int, int], two: tuple[int, int]) -> int | None:
    """Where an organisation's name that already holds "of" ends when it takes in ``two`` as well."""
    between = words.texts[one[1] : two[0]]
    if any(words.breaks[one[1] : two[0] + 1]) or not flags(words.texts[one[1] - 1]) & COMMON:
        return None
    if between == ["of"] and lexicon.known().get(words.texts[two[0]], ("",))[0] == "PLACE":
        return _stop(words, two)
    joins = between in (["of"], ["and"], ["of", "the"], ["for"], [","], [",", "and"])
    if joins and flags(words.texts[two[0]]) & COMMON and not flags(words.texts[two[0]]) & (TITLE | FUNCTION):
        return _stop(words, two)
    return None


def _stop(words: Words, run: tuple[int, int]) -> int:
    """Where the part of a run that can belong to "Bank of" ends: before a title or a person's name."""
    for title in range(run[0] + 1, run[1]):
        if flags(words.texts[title]) & TITLE and not flags(words.texts[title]) & ORG_HEAD:
            end = title
            while end > run[0] + 1 and words.texts[end - 1] in _RANKS:
                end -= 1
            return end
    return run[1]


_RANKS = frozenset(
    {
        "Deputy",
        "Vice",
        "Prime",
        "Chief",
        "Senior",
        "Executive",
        "Assistant",
        "Acting",
        "Former",
        "Managing",
        "General",
        "Lead",
        "Associate",
        "Interim",
    }
)


def known_over_small_words(words: Words) -> list[Piece]:
    """Known names with a small word in them ("Group of Seven", "Jewish state"); runs must not find their parts again."""
    found: list[Piece] = []
    done, longest = 0, lexicon.longest_spanning()
    for index, text in enumerate(words.texts):
        most = longest.get(text, 0)
        if not most or index < done:
            continue
        for last in range(min(index + most, len(words.texts)), index + 1, -1):
            name = lexicon.known().get(" ".join(words.texts[index:last]).replace("’", "'"))
            if (
                name
                and not any(words.breaks[index + 1 : last])
                and any(not text[0].isupper() for text in words.texts[index:last])
            ):
                first = _leftwards(words, index) if name[0] == "ORG" else index
                found.append(Piece(first, last, name[0], SURE, name[1] if first == index else ""))
                for place in range(first, last):
                    words.taken.add(place)
                done = last
                break
    return found


def _leftwards(words: Words, index: int) -> int:
    """Takes in the country in front of an organisation: [U.S.] Department of Justice."""
    before = words.at(index - 1)
    if index and before and not words.breaks[index] and index - 1 not in words.taken:
        return index - 1 if flags(before) & DEMONYM or before in _COUNTRY_LETTERS else index
    return index


_COUNTRY_LETTERS = frozenset({"US", "U.S.", "UK", "U.K.", "UN", "U.N."})


def person_behind_title_of(words: Words, first: int, last: int) -> tuple[int, Piece | None]:
    """The person behind "Secretary of [State Antony Blinken]": skips what the office is of."""
    before = words.at(first - 1)
    of = first - 1 if before in ("of", "for") else first - 2 if before == "the" and words.at(first - 2) == "of" else -1
    if of < 1 or not flags(words.texts[of - 1]) & TITLE or words.breaks[first]:
        return first, None
    start = first
    while start < last and flags(words.texts[start]) & (TITLE_INSIDE | COMMON | TITLE) and not flags(words.texts[start]) & FIRST:
        start += 1
    if start == first:
        return first, None
    while start < last and words.texts[start] in ".&":
        start += 1
    if start == last or flags(words.texts[start]) & ORG_HEAD:
        return last if start == last else first, None
    return first, Piece(start, last, "PERSON", SURE)
