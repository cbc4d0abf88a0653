"""Whether a text can be in the language that its file declares: by its letters, as programs declare their own by default."""

from __future__ import annotations

import unicodedata

# Languages written in other letters than Latin (ISO 639-1); Serbian, Uzbek and others are written in both.
_NOT_LATIN = frozenset(
    (
        *("am", "ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "iw", "ja", "ka", "km", "kn", "ko", "lo"),
        *("mk", "ml", "mr", "my", "ne", "pa", "ru", "si", "ta", "te", "th", "uk", "ur", "yi", "zh"),
    )
)
_BOTH = frozenset(("az", "bs", "kk", "ku", "ky", "mn", "sr", "tg", "tk", "tt", "uz", "sh"))
_SAMPLE = 20_000  # characters
_LEAST = 40  # letters
_ALL, _HALF = 0.98, 0.5  # of the letters


def plausible_language(language: str | None, text: str) -> str | None:
    """The declared language, or None where nearly none of the text's letters are those it is written with."""
    if not language or language in _BOTH:
        return language
    letters = [letter for letter in text[:_SAMPLE] if letter.isalpha()][:2_000]
    if len(letters) < _LEAST:
        return language
    latin = sum(_is_latin(letter) for letter in letters) / len(letters)
    # names and addresses are Latin in texts of all languages
    return None if (latin > _ALL if language in _NOT_LATIN else latin < _HALF) else language


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or unicodedata.name(letter, "").startswith("LATIN")
