"""Names of vessels, which are neither people nor places: "the ferry Lady Anselm", "the Captain Cook", "HMS Sutton"."""

from __future__ import annotations

from explorer.analysis.classify import Piece
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import Words

_LETTERS = frozenset({"HMS", "USS", "MV", "SS", "RMS", "RRS", "HMAS", "HMCS", "USCGC", "USNS", "MS", "MT", "FV"})
_TITLES = word_list("vessel_titles")
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "another", "'s", "’s"})


def without_vessels(words: Words, found: list[Piece]) -> list[Piece]:
    """The pieces that are no part of a vessel's name, wherever the text repeats it."""
    names: set[str] = set()
    for piece in found:
        if _is_vessel(words, piece):
            names.add(words.text(_title_start(words, piece), piece.last))
    if not names:
        return found
    tails = {name.rpartition(" ")[2] for name in names}
    owners = {words.texts[one.last - 1] for one in found if one.last - one.first > 1 and not _called(words, one, names)}
    tails -= owners
    return [one for one in found if not _called(words, one, names) and words.text(one.first, one.last) not in tails]


def _called(words: Words, piece: Piece, names: set[str]) -> bool:
    return words.text(_title_start(words, piece), piece.last) in names


def _title_start(words: Words, piece: Piece) -> int:
    before = words.at(piece.first - 1)
    return piece.first - 1 if before in _TITLES or before in _LETTERS else piece.first


def _is_vessel(words: Words, piece: Piece) -> bool:
    start = _title_start(words, piece)
    before = words.at(start - 1)
    if words.texts[start] in _LETTERS and piece.last - start > 1:
        return words.texts[start] not in ("MS", "MT") or before in _DETERMINERS or before.lower() == "the"
    if not start or words.breaks[start] or piece.type == "ORG" or piece.name:
        return False
    if start < piece.first and before.lower() == "the":
        return True
    near = [words.texts[index].lower() for index in range(max(0, start - 5), start - 1)]
    return before in word_list("vessel_words") and not _DETERMINERS.isdisjoint(near)
