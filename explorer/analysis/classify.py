"""A run of capitalised words into pieces, each with the types its words and its neighbours speak for."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.analysis import lexicon
from explorer.analysis.lexicon import (
    ACRONYM,
    BIG_CITY,
    CITY,
    COMMON,
    DEMONYM,
    FIRST,
    FUNCTION,
    NOT_ACRONYM,
    ORG_HEAD,
    ORG_HEAD_OF,
    PLACE_FIRST,
    PLACE_HEAD,
    STRONG_ORG_HEAD,
    SURNAME,
    TITLE,
    flags,
)
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import Words, trimmed
from explorer.analysis.titles import behind_job, find_title, names_person, title_end
from explorer.model import EntityType

SURE, LIKELY, WEAK = 8.0, 4.0, 1.0
HEAD_WORDS = 60
"""How far into a text a place in capitals with a colon may be its dateline."""


@dataclass(slots=True)
class Piece:
    """Words ``first`` to ``last`` (half-open), the type they speak for, and how strongly; None: only context can tell."""

    first: int
    last: int
    type: EntityType | None
    weight: float
    name: str = ""


_SURE_PLACES = word_list("strong_place_heads")
_DIRECTIONS = frozenset({"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Upper", "Lower"})
_ORG_FIRST = word_list("org_heads_first")
_ROYAL = word_list("titles_of_places") - {"Lord", "Lady", "Bishop"}
_LOOSE = word_list("loose_org_heads")


def classify(words: Words, first: int, last: int, linked: EntityType | None) -> list[Piece]:
    """The pieces of a run; ``linked`` is the type of a run that was joined over "of", "and" or a possessive."""
    whole = _known(words, first, last)
    if whole:
        return [whole]
    first, last = trimmed(words, first, last)
    if first >= last:
        return []
    whole = _known(words, first, last)
    if whole:
        return [whole]
    hinted = _hinted(words, first, last)
    if hinted:
        return hinted
    if linked:
        start = title_end(words, first, last) if linked == "ORG" else first
        return [*_prefix(words, first, start), Piece(start, last, linked, SURE)]
    return _split(words, first, last)


def _hinted(words: Words, first: int, last: int) -> list[Piece] | None:
    """A name whose type follows from its place: dateline, byline, the label of a turn in a transcript."""
    kind = words.hints.get(first)
    if kind is None:
        return None
    if kind != "PERSON":
        return [Piece(first, last, kind, SURE)] if words.hints.get(last - 1) == kind else None
    known = lexicon.known().get(" ".join(words.texts[first:last]).title())
    if known and known[0] == "PLACE" and first < HEAD_WORDS:  # further down it is the label of a turn in a transcript
        return [Piece(first, last, "PLACE", SURE)]
    _, end = find_title(words, first, last)
    rest = words.texts[end if first < end < last else first : last]
    if all(flags(text) & COMMON and not flags(text) & SURNAME for text in rest) or end == last:
        return None
    return [Piece(end if end > first else first, last, "PERSON", SURE)]


def _known(words: Words, first: int, last: int) -> Piece | None:
    """The piece for a known name, written exactly so."""
    if last - first > lexicon.longest_known().get(words.texts[first], 0):
        return None
    found = lexicon.known().get(" ".join(words.texts[first:last]).replace("’", "'"))
    if not found:
        return None
    kind, name = found
    return Piece(first, last, kind, SURE if last - first > 1 or name in _countries() else LIKELY, name)


def _countries() -> frozenset[str]:
    from explorer.analysis import gazetteer

    return gazetteer.section("countries")


def _split(words: Words, first: int, last: int) -> list[Piece]:
    while last - first > 1 and flags(words.texts[last - 1]) & NOT_ACRONYM and not flags(words.texts[last - 1]) & ORG_HEAD:
        last -= 1  # Barry Stone QC
    job = behind_job(words, first, last)
    if job:
        return [*_prefix(words, first, job[0]), *_person(words, job[1], last)]
    headed = _by_head(words, first, last)
    if headed:
        return headed
    start, end = find_title(words, first, last)
    if end > start:
        return [*_prefix(words, first, start), *_person(words, end, last)] if end < last else _prefix(words, first, start)
    for stop in range(last - 1, first, -1):
        known = _known(words, first, stop)
        if known and known.weight >= LIKELY and not names_person(words, first, last):
            return [known, *classify(words, stop, last, None)]
    begins = _person_at(words, first, last)
    if begins:
        return [*_prefix(words, first, begins), Piece(begins, last, "PERSON", LIKELY)]
    if flags(words.texts[first]) & DEMONYM and last - first > 1 and not flags(words.texts[first]) & FIRST:
        rest = _split(words, first + 1, last)
        return rest if not flags(words.texts[first + 1]) & COMMON else [Piece(first, last, "ORG", WEAK)]
    return [_plain(words, first, last)]


def _person_at(words: Words, first: int, last: int) -> int:
    """Where a first name and surname begin behind words of another kind ("Antitrust Charles Rule"); 0 where they do not."""
    begins = last - 2
    plain = flags(words.texts[first])
    if begins <= first or not plain & COMMON or plain & (FIRST | SURNAME | PLACE_FIRST | PLACE_HEAD | ORG_HEAD | ORG_HEAD_OF):
        return 0
    if any(text.islower() or text in ".&" or flags(text) & (FIRST | SURNAME) for text in words.texts[first:begins]):
        return 0
    name = flags(words.texts[begins])
    sure = bool(name & FIRST) and not name & (COMMON | CITY | BIG_CITY) and bool(flags(words.texts[last - 1]) & SURNAME)
    return begins if sure and names_person(words, begins, last) else 0


def _by_head(words: Words, first: int, last: int) -> list[Piece] | None:
    """An organisation or place told by its last or first word: Calder Museum, Lake Toba."""
    if last - first < 2:
        return None
    if words.texts[first] in _ROYAL and flags(words.texts[last - 1]) & PLACE_HEAD:
        return [Piece(first, last, "PLACE", LIKELY)]  # Queen Street
    head = words.texts[last - 1] if words.texts[last - 1] != "." else words.texts[last - 2]
    found = flags(head)
    if found & ORG_HEAD and not (found & TITLE and not found & STRONG_ORG_HEAD):
        if not found & STRONG_ORG_HEAD and names_person(words, first, last):
            return None
        if head in _LOOSE and not found & STRONG_ORG_HEAD and found & PLACE_HEAD:
            return [Piece(title_end(words, first, last), last, "PLACE", LIKELY)]
        start = title_end(words, first, last)
        if last - start < 2 and not found & STRONG_ORG_HEAD:
            return None
        return [*_prefix(words, first, start), Piece(start, last, "ORG", SURE if found & STRONG_ORG_HEAD else LIKELY)]
    if head in _SURE_PLACES or (found & PLACE_HEAD and not (names_person(words, first, last) and found & SURNAME)):
        start = title_end(words, first, last)
        return [*_prefix(words, first, start), Piece(start, last, "PLACE", LIKELY)]
    if words.texts[first] in _ORG_FIRST and not names_person(words, first, last):
        return [Piece(first, last, "ORG", LIKELY)]
    if flags(words.texts[first]) & PLACE_FIRST and not flags(words.texts[first]) & FIRST and not flags(head) & TITLE:
        return [Piece(first, last, "PLACE", LIKELY)]
    return None


def _prefix(words: Words, first: int, last: int) -> list[Piece]:
    """The bodies and places named inside a title: [US] Secretary of State."""
    while last > first and words.texts[last - 1] in ".&":
        last -= 1
    found = flags(words.texts[first]) if last - first == 1 else 0
    if found & (COMMON | PLACE_HEAD) and not found & (ORG_HEAD | ACRONYM):
        whole = _known(words, first, last)  # Harbour Master: no name of its own
        return [whole] if whole else []
    return classify(words, first, last, None) if last > first else []


def _person(words: Words, first: int, last: int) -> list[Piece]:
    while first < last and words.texts[first] in _SKIPPED:
        first += 1
    if first >= last:
        return []
    known = _known(words, first, last)
    if known and ((known.type == "PLACE" and known.weight >= SURE) or (known.type == "ORG" and last - first > 1)):
        return [known]
    for stop in range(first + 1, last):
        if flags(words.texts[stop]) & ORG_HEAD and not flags(words.texts[stop]) & SURNAME:
            return _split(words, first, last)
    return [Piece(first, last, "PERSON", SURE)]


_SKIPPED = frozenset({".", "&", "of", "the"})


def _plain(words: Words, first: int, last: int) -> Piece:
    """A run without title, head word or known name."""
    texts = [text for text in words.texts[first:last] if text != "."]
    if len(texts) == 1:
        return _single(words, first, last)
    if texts[0] in _DIRECTIONS and len(texts) == 2:
        people = flags(texts[1]) & DEMONYM
        return Piece(first, last, None, -LIKELY) if people else Piece(first, last, "PLACE", LIKELY)
    if names_person(words, first, last):
        return Piece(first, last, "PERSON", LIKELY)
    found = [flags(text) for text in texts if not text.islower()]
    initials = any(len(text) == 1 or (len(text) < 6 and text.endswith(".")) for text in texts[:-1])
    if initials and found[-1] & SURNAME:
        return Piece(first, last, "PERSON", LIKELY)
    particle = any(text.islower() for text in texts[1:-1])
    if "&" in texts or found[0] & ACRONYM or found[-1] & ACRONYM:
        return Piece(first, last, "ORG", WEAK * 2)
    common = sum(bool(flag & COMMON) and not flag & (FIRST | SURNAME) for flag in found)
    if common == len(found):
        return Piece(first, last, None, 0.0)
    if common:
        firm = (
            len(texts) == 2
            and texts[1].endswith("s")
            and not found[0] & (COMMON | FIRST | DEMONYM | CITY | BIG_CITY)
            and len(texts[0]) > 3
        )
        return Piece(first, last, "ORG", WEAK * 2 if firm else WEAK)
    if found[0] & FIRST or found[-1] & SURNAME or particle:
        return Piece(first, last, "PERSON", WEAK * 2)
    return Piece(first, last, "PERSON", WEAK * 2)


def _single(words: Words, first: int, last: int) -> Piece:
    text = words.texts[first]
    found = flags(text)
    if found & (DEMONYM | NOT_ACRONYM | FUNCTION) or (found & TITLE and found & COMMON):
        return Piece(first, last, None, -LIKELY)
    if found & ACRONYM and not words.shouts[first]:
        return Piece(first, last, "ORG", LIKELY if len(text) < 4 else LIKELY + 2)
    if found & (BIG_CITY | CITY) and not found & COMMON:
        return Piece(first, last, "PLACE", WEAK * 3 if found & BIG_CITY else WEAK)
    if found & BIG_CITY and not words.opens[first] and not words.shouts[first]:
        return Piece(first, last, "PLACE", WEAK * 1.5)  # Hull, Nice: with a word beside that speaks for a place
    return Piece(first, last, None, 0.0)
