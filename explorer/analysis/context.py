"""What the words around a name say of its type."""

from __future__ import annotations

from explorer.analysis.classify import Piece
from explorer.analysis.lexicon import ACRONYM, FIRST, TITLE, flags, known
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import Words, is_capital
from explorer.model import EntityType

Votes = dict[EntityType, float]

_TITLES_LOWER = word_list("title_words_lower")
_PLACE_BEFORE = {
    "in": 3.0,
    "near": 3.0,
    "outside": 3.0,
    "across": 2.0,
    "around": 1.0,
    "at": 0.5,
    "from": 0.7,
    "to": 0.7,
    "into": 0.7,
    "inside": 1.0,
    "throughout": 3.0,
    "towards": 2.0,
    "toward": 2.0,
    "downtown": 5.0,
    "central": 4.0,
    "northern": 4.0,
    "southern": 4.0,
    "eastern": 4.0,
    "western": 4.0,
    "rural": 4.0,
    "nearby": 4.0,
    "neighbouring": 4.0,
    "neighboring": 4.0,
}
_PLACE_OF = frozenset(
    {
        "mayor",
        "city",
        "town",
        "village",
        "north",
        "south",
        "east",
        "west",
        "outskirts",
        "province",
        "region",
        "district",
        "coast",
        "island",
        "capital",
        "port",
        "suburb",
        "streets",
        "people",
    }
)
_ORG_OF = frozenset(
    {
        "head",
        "director",
        "chairman",
        "chairwoman",
        "chair",
        "member",
        "members",
        "employee",
        "employees",
        "shares",
        "founder",
        "boss",
        "spokesman",
        "owner",
    }
)
_ORG_FOR = frozenset(
    {
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "analyst",
        "works",
        "worked",
        "working",
        "lawyer",
        "lawyers",
        "played",
        "plays",
        "head",
    }
)
_ORG_BEFORE = frozenset({"joined", "acquired", "owns", "founded", "quit", "sued", "owned-by"})
_PERSON_FOLLOW = word_list("person_follow")
_ORG_FOLLOW = word_list("org_follow")
_ORG_APPOSITION = word_list("org_apposition")
_PLACE_APPOSITION = word_list("place_apposition")


def votes(words: Words, piece: Piece) -> Votes:
    """The weight of each type that the neighbours of a piece speak for; a negative one speaks against it."""
    found: Votes = {"PERSON": 0.0, "ORG": 0.0, "PLACE": 0.0}
    _before(words, piece, found)
    _after(words, piece, found)
    return found


def _before(words: Words, piece: Piece, found: Votes) -> None:
    if words.breaks[piece.first]:
        return
    before, second = words.at(piece.first - 1).lower(), words.at(piece.first - 2).lower()
    if before in _TITLES_LOWER:
        found["PERSON"] += 5
    if before in _PLACE_BEFORE:
        found["PLACE"] += _PLACE_BEFORE[before]
    if before == "the":
        found["ORG"] += 1.5
        found["PERSON"] -= 3
    elif before == "of" and second in _PLACE_OF:
        found["PLACE"] += 4
    elif before == "for" and second in _ORG_FOR:
        found["ORG"] += 3
    elif before in ("at", "with", "from") and second in _TITLES_LOWER:
        found["ORG"] += 4
    elif (
        before in _ORG_BEFORE
        or (before == "of" and second in _ORG_OF)
        or (before == "(" and words.at(piece.last) == ")" and flags(words.texts[piece.first]) & ACRONYM)
    ):
        found["ORG"] += 2


def _after(words: Words, piece: Piece, found: Votes) -> None:
    last = piece.last
    if last >= len(words.texts) or words.breaks[last]:
        return
    after = words.texts[last]
    if after == ",":
        _apposition(words, last + 1, found)
    elif after in ("'s", "’s") and words.at(last + 1) in _ORG_FOLLOW:
        found["ORG"] += 1
    elif after == "-" and words.at(last + 1) == "based":
        found["PLACE"] += 5
    elif after == "(" and words.at(last + 2) == ")":
        inside = words.at(last + 1)
        if flags(inside) & ACRONYM:
            found["ORG"] += 2
        elif inside.isdigit() and len(inside) == 2:
            found["PERSON"] += 5
    elif after == "who":
        found["PERSON"] += 3
    elif _employs(words, last):
        found["ORG"] += 3
    elif after in _ORG_FOLLOW:
        found["ORG"] += 2.5
    elif after in _PLACE_APPOSITION:
        found["PLACE"] += 2.5
    elif after in _PERSON_FOLLOW:
        found["PERSON"] += 1


def _employs(words: Words, index: int) -> bool:
    """Whether a job and a person's name follow: "NAME chief executive Jane Roe"."""
    place = index
    while place < index + 3 and (words.at(place) in _TITLES_LOWER or words.at(place) in ("chief", "vice", "managing", "general")):
        place += 1
    following = words.at(place)
    return place > index and following[:1].isupper() and not words.breaks[place] and bool(flags(following) & FIRST)


def _apposition(words: Words, index: int, found: Votes) -> None:
    """Reads on behind "NAME,": an age, who or which, "a charity that", a country."""
    word = words.at(index)
    if word.isdigit() and len(word) == 2 and words.at(index + 1) in (",", ".", "and"):
        found["PERSON"] += 6
    elif word == "who":
        found["PERSON"] += 4
    elif word == "which":
        found["PERSON"] -= 4
        found["ORG"] += 0.5
        found["PLACE"] += 0.5
    elif word in ("a", "an", "the", "another", "one", "head", "director", "chief", "whose") or word in _TITLES_LOWER:
        _apposition_noun(words, index, found)
    elif is_capital(word or "a") and words.at(index + 1) not in ("'s", "’s") and known().get(word, ("",))[0] == "PLACE":
        found["PLACE"] += 2


def _apposition_noun(words: Words, index: int, found: Votes) -> None:
    for place in range(index, min(index + 6, len(words.texts))):
        word = words.texts[place]
        if word in (",", ".", "that", "which", "in", "for", "at") or words.breaks[place]:
            return
        if word == "who" or word in _TITLES_LOWER or flags(word) & TITLE:
            found["PERSON"] += 4
            return
        if words.at(place + 1) == "of" and word in ("capital", "city", "town"):
            found["PLACE"] += 4
            return
        if word in _ORG_APPOSITION and words.at(place + 1) not in _TITLES_LOWER:
            found["ORG"] += 4
            return
        if word in _PLACE_APPOSITION and words.at(place + 1) not in _TITLES_LOWER:
            found["PLACE"] += 4
            return
        if word == "of":
            return
