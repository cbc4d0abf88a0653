"""Titles and jobs in front of a person's name within a run of capitalised words: Harbour Master, Finance Minister."""

from __future__ import annotations

from functools import cache

from explorer.analysis.lexicon import (
    BIG_CITY,
    CITY,
    COMMON,
    DEMONYM,
    FIRST,
    ORG_HEAD,
    PLACE_HEAD,
    STRONG_ORG_HEAD,
    SURNAME,
    TITLE,
    TITLE_INSIDE,
    flags,
    known,
)
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import Words

_FIRST_NAMES = frozenset({"Dean", "Earl", "Duke", "Prince", "King", "Major", "Deacon", "Don", "Baron", "Nana", "Bishop"})
"""Titles that are first names as well: before one surname they are taken for the name."""
_OF_PLACES = word_list("titles_of_places")
"""Titles in the names of streets, islands and houses: "Prince William Sound" is no person."""
_PREFIXES = frozenset({"ex", "sub", "vice", "co", "under", "deputy", "lieutenant", "major", "brigadier", "rear", "super"})
_CITIES = word_list("cities_first")
"""First names that nearly always are cities."""
_JOB_ENDINGS = ("ologist", "ographer", "master", "mistress", "keeper", "woman", "sman", "ician", "itarian")


@cache
def is_job(word: str) -> bool:
    """Whether a capitalised word says what someone does: Coxswain, Hydrologist, Sub-Inspector."""
    lower = word.lower()
    if not word[:1].isupper() or word.isupper():
        return False
    if lower in word_list("job_words") or lower in word_list("title_words_lower"):
        return True
    before, hyphen, tail = lower.rpartition("-")
    if hyphen and before in _PREFIXES:
        return tail in word_list("job_words") or tail in word_list("title_words_lower")
    return bool(flags(word) & COMMON) and not flags(word) & (FIRST | SURNAME) and lower.endswith(_JOB_ENDINGS)


def is_title(words: Words, index: int) -> bool:
    """Whether the word at ``index`` ends a title; Sri and Puan do behind Tan and Toh only."""
    word = words.texts[index]
    return bool(flags(word) & TITLE) or (word in ("Sri", "Puan") and words.at(index - 1) in ("Tan", "Toh"))


def names_person(words: Words, first: int, last: int) -> bool:
    """Whether the run reads as first name(s) and surname."""
    texts = [text for text in words.texts[first:last] if text != "."]
    if not 2 <= len(texts) <= 4 or not flags(texts[0]) & FIRST or flags(texts[0]) & (TITLE_INSIDE | DEMONYM):
        return False
    if flags(texts[0]) & COMMON and not flags(texts[-1]) & SURNAME:
        return False
    if flags(texts[0]) & (CITY | BIG_CITY) and not flags(texts[-1]) & SURNAME and not _behind_city(texts):
        return False
    if any(
        flags(text) & COMMON and not flags(text) & (FIRST | SURNAME) and text[0].isupper() and len(text) > 1
        for text in texts[1:-1]
    ):
        return False
    return not any(flags(text) & STRONG_ORG_HEAD for text in texts)


def _behind_city(texts: list[str]) -> bool:
    """Whether a word that is a first name and a city has an unknown word behind it: Sofia Arcell, but not London Heathrow."""
    known_word = COMMON | FIRST | CITY | BIG_CITY | ORG_HEAD | PLACE_HEAD | DEMONYM
    rest = texts[-1]
    return texts[0] not in _CITIES and len(texts) == 2 and rest.isalpha() and not flags(rest) & known_word and not rest.isupper()


def behind_job(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """Where a title begins and ends that has a person's name behind it up to ``last``; None where there is none."""
    for end in range(last - 1, first, -1):
        job = end - 1
        if words.texts[job] == "." and job > first:
            job -= 1
        title = is_title(words, job)
        if not (title or is_job(words.texts[job])):
            continue
        if not _is_name(words, (first, job, end, last), title=title):
            return None
        start = job
        while start > first and (words.texts[start - 1] in ".&" or goes_before(words.texts[start - 1])):
            start -= 1
        return start, end
    return None


def goes_before(word: str) -> bool:
    """Whether a word can stand in a title."""
    return bool(flags(word) & (TITLE | TITLE_INSIDE)) or is_job(word)


def _is_name(words: Words, places: tuple[int, int, int, int], *, title: bool) -> bool:
    """Whether the words between the last two of ``places`` (run, job, behind it, end) can only name the one who has the job."""
    first, job, end, last = places
    word, found = words.texts[job], flags(words.texts[last - 1])
    of_places = word in _OF_PLACES or (word == "General" and job == first)
    if last - end == 1:
        return not of_places and _is_surname(words.texts[end], title=title) and (title or not flags(word) & (FIRST | SURNAME))
    if of_places and found & (PLACE_HEAD | ORG_HEAD):
        return False
    if not title and flags(word) & FIRST and not flags(words.texts[end]) & FIRST:
        return False
    if names_person(words, end, last):
        return title or not flags(word) & ORG_HEAD
    texts = [text for text in words.texts[end:last] if len(text) > 1]
    common = COMMON | ORG_HEAD | PLACE_HEAD | DEMONYM
    if any(flags(text) & common and not flags(text) & (FIRST | SURNAME) for text in texts):
        return False
    return " ".join(texts) not in known() and len(texts) <= 4 and not found & (ORG_HEAD | STRONG_ORG_HEAD)


def _is_surname(word: str, *, title: bool) -> bool:
    """Whether a lone word behind a title can only be a surname."""
    found = flags(word)
    if found & (PLACE_HEAD | ORG_HEAD):
        return title and bool(found & SURNAME) and not found & STRONG_ORG_HEAD
    return not title and not found & (COMMON | CITY | BIG_CITY | DEMONYM | TITLE) and word not in known() and not word.isupper()


def without_job(words: Words, first: int, last: int, surnames: set[str]) -> int:
    """Where the surname begins in "Harbour Master Verrall", given the surnames of the text; ``first`` where there is no title."""
    if words.texts[last - 1] not in surnames:
        return first
    before = words.texts[first : last - 1]
    titled = [is_title(words, index) or is_job(words.texts[index]) for index in range(first, last - 1)]
    inside = COMMON | PLACE_HEAD | ORG_HEAD
    if titled[-1] and all(job or goes_before(word) or flags(word) & inside for job, word in zip(titled, before, strict=True)):
        return last - 1
    return first


def find_title(words: Words, first: int, last: int) -> tuple[int, int]:
    """Where the last title in the run begins and ends; equal where there is none."""
    end = last
    while end > first and not flags(words.texts[end - 1]) & TITLE:
        end -= 1
    if end == first:
        return first, first
    if end - first == 1 and last - first == 2 and words.texts[first] in _FIRST_NAMES and flags(words.texts[end]) & SURNAME:
        return first, first  # Dean Smith
    if end == last and last - first == 2 and flags(words.texts[first]) & FIRST and flags(words.texts[end - 1]) & SURNAME:
        return first, first  # Stephen King
    start = end - 1
    while start > first and (flags(words.texts[start - 1]) & (TITLE | TITLE_INSIDE) or words.texts[start - 1] in ".&"):
        start -= 1
    if end < last and words.texts[end] == ".":
        end += 1
    return start, end


def title_end(words: Words, first: int, last: int) -> int:
    """Where an organisation's name begins behind a title: President of the [National Bank]."""
    start, end = find_title(words, first, last)
    if start == first and end > start and end < last and not flags(words.texts[end - 1]) & (TITLE_INSIDE | ORG_HEAD):
        return end
    return first
