"""Languages of documents: their codes (ISO 639-1) and English names."""

from __future__ import annotations

import re

from explorer.index.words import fold

_NAMES = (
    "af afrikaans, ar arabic, bg bulgarian, bn bengali, ca catalan, cs czech, cy welsh, da danish, de german, el greek, en "
    "english, es spanish, et estonian, eu basque, fa persian, fi finnish, fr french, ga irish, gl galician, he hebrew, hi "
    "hindi, hr croatian, hu hungarian, hy armenian, id indonesian, is icelandic, it italian, ja japanese, ka georgian, ko "
    "korean, lt lithuanian, lv latvian, mk macedonian, ms malay, nl dutch, no norwegian, pl polish, pt portuguese, ro "
    "romanian, ru russian, sk slovak, sl slovenian, sq albanian, sr serbian, sv swedish, sw swahili, ta tamil, th thai, tr "
    "turkish, uk ukrainian, ur urdu, vi vietnamese, zh chinese"
)
NAME_OF = {code: name.capitalize() for code, name in (pair.split() for pair in _NAMES.split(","))}
CODE_OF = {fold(name): code for code, name in NAME_OF.items()}
_LONG_CODES = {  # ISO 639-2, of the languages met most
    **{"eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl"},
    **{"dut": "nl", "rus": "ru", "pol": "pl", "ukr": "uk", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "tur": "tr"},
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")


def language_code(written: str) -> str | None:
    """The folded code of a language written as a name, a code or a code with a region (`en-GB`); None when it is none."""
    word = fold(written.strip())
    code = _CODE.fullmatch(word)
    return CODE_OF.get(word) or (_LONG_CODES.get(code[1], code[1]) if code else None)
