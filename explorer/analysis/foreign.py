"""Names in texts of other languages, where capitals say less: only what the lists and the words themselves make sure."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.classify import LIKELY, Piece
from explorer.analysis.lexicon import ACRONYM, COMMON, FIRST, ORG_HEAD, SURNAME, flags
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import Words

ENOUGH_WORDS = 25
"""Lower-case words below which a text is taken for English."""
_SHARE = 14
"""One lower-case word in so many at least is among the commonest of English in any English text."""


def is_foreign(small: Sequence[str]) -> bool:
    """Whether the text whose lower-case words are ``small`` is in another language than English."""
    frequent = word_list("commonest_words")
    return len(small) >= ENOUGH_WORDS and sum(text in frequent for text in small) * _SHARE < len(small)


def sure_names(words: Words, found: list[Piece], small: set[str]) -> list[Piece]:
    """The pieces that are names in any language (known names, first name with surname, letters) and no words in ``small``."""
    kept: list[Piece] = []
    for piece in found:
        texts = words.texts[piece.first : piece.last]
        if piece.name and not any(text.lower() in small for text in texts if text[0].isupper()):
            kept.append(piece)
        elif len(texts) == 1:
            if flags(texts[0]) & ACRONYM and piece.type == "ORG" and texts[0].isupper():
                kept.append(piece)
        elif _first_and_surname(texts[-2:], small):
            kept.append(Piece(piece.last - 2, piece.last, "PERSON", LIKELY))
    return kept


def _first_and_surname(texts: list[str], small: set[str]) -> bool:
    if any(text.lower() in small or not text[0].isupper() or text.isupper() for text in texts):
        return False
    first, last = flags(texts[0]), flags(texts[1])
    if not first & FIRST or first & COMMON or len(texts[0]) < 4 or last & ORG_HEAD:
        return False
    return bool(last & SURNAME) or not last & COMMON
