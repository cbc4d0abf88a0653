"""What a word is: one rule for indexing, for queries and for marking hits.

A word is a run of letters and digits. Apostrophes, dots and hyphens inside a longer word are joints: the index holds
the parts, side by side, so `de-escalation` is found whole and by its parts. Case, accents and width fold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

_IGNORED = "\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f"  # soft hyphens, zero-width joiners and glyph variants inside a word
_MARKS = "".join(chr(c) for c in (*range(0x300, 0x1B00), 0x3099, 0x309A) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
CJK = "\u3005\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PLUS = rf"(?:(?<=(?<![\w{_MARKS}])[A-Za-z])(?:\+\+|#(?!\w)))?"  # C++, C#
_ASCII_WORD = re.compile(rf"[A-Za-z0-9]+{_PLUS}")
_ANY_WORD = re.compile(rf"[^\W_][\w{_MARKS}{_IGNORED}]*{_PLUS}")
_HAS_CJK = re.compile(f"[{CJK}]")
_CJK_WORD = re.compile(rf"[{CJK}][{_MARKS}{_IGNORED}]*|[^\W_](?:(?![{CJK}])[\w{_MARKS}{_IGNORED}])*{_PLUS}")
_STRIKE = re.compile(f"[{_IGNORED}]")
_NOT_DECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})

# A line with nothing on it parts paragraphs; a phrase may cross a line break but not that.
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
PIECE = 1_000_000  # code points of a paragraph that are taken apart at once
_SPACE = re.compile(r"\s")
PARAGRAPH_GAP = 16  # positions between the last word of a paragraph and the first of the next


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _ASCII_WORD
    return _CJK_WORD if _HAS_CJK.search(text) else _ANY_WORD


@lru_cache(maxsize=65536)
def _fold_wide(word: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _STRIKE.sub("", word)).casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).translate(_NOT_DECOMPOSED) or word


def fold(word: str) -> str:
    """The form under which a word is indexed: case, accents and width folded."""
    return word.lower() if word.isascii() else _fold_wide(word)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.replace("_", " ").lower())
    return [fold(word) for word in _pattern(text).findall(text.replace("_", " "))]


class Words:
    """The words of a text where they stand: matches of the words as written, offsets in code points of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._joined = text.replace("_", " ")
        self._pattern = _pattern(text)

    def matches(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The words between two offsets, in order."""
        return self._pattern.finditer(self._joined, start, end)


def word_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Every word as (start, end, folded word); offsets are code points of the whole text."""
    for match in Words(text).matches(start, len(text) if end is None else end):
        yield match.start(), match.end(), fold(match.group())


def paragraphs_of_words(title: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The folded words of a title and of each paragraph, with the position of the first; positions leap by PARAGRAPH_GAP
    from one to the next."""
    base = 0
    for paragraph in (title, *PARAGRAPH_BREAK.split(text)):
        found = words(paragraph)
        yield base, found
        base += len(found) + PARAGRAPH_GAP


def pieces_of_words(title: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """As ``paragraphs_of_words``, but of a long paragraph a piece at a time, which keeps the words of 20 MB out of memory."""
    base = 0
    for paragraph in (title, *PARAGRAPH_BREAK.split(text)):
        for piece in _pieces(paragraph):
            found = words(piece)
            yield base, found
            base += len(found)
        base += PARAGRAPH_GAP


def _pieces(paragraph: str) -> Iterator[str]:
    """The paragraph cut at white space, where no word goes on, every million letters or so; at least one piece."""
    start = 0
    while len(paragraph) - start > PIECE and (space := _SPACE.search(paragraph, start + PIECE)):
        yield paragraph[start : space.start()]
        start = space.start()
    yield paragraph[start:] if start else paragraph


_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word (Snowball's English stemmer, Porter 2)."""
    return str(_stemmer.stemWord(word))
