"""Names folded so that spellings of one name meet: case, accents, dots, hyphens, titles, forms of company, transliteration."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from explorer.analysis.lists import lines
from explorer.analysis.lists import words as word_list
from explorer.model import EntityType

PARTICLES = frozenset(word.casefold() for word in word_list("particles"))
SMALL = frozenset(
    ["of", "for", "the", "and", "in", "on", "to", "at", "by", "de", "des", "du", "et", "y", "e", "del", "und", "für", "&"]
)
COMPANY = frozenset(word.casefold() for word in word_list("company_forms"))
"""What says only what kind of company a name is, before or behind it, without full stops."""
_TITLES = frozenset(word.casefold() for word in word_list("titles_cut"))
_LETTERS = word_list("letters_after_names")
_BEHIND = _LETTERS - {"jr", "sr", "ii", "iii", "iv"}
_NUMERALS = frozenset({"ii", "iii", "iv"})
"""Part of a ruler's name, who has no surname: Charles III."""
_PLAIN = str.maketrans(dict(zip("ıłøđðßæœþ’‘", ("i", "l", "o", "d", "d", "ss", "ae", "oe", "th", "'", "'"), strict=True)))
_NICK = re.compile(r"[\"“‘'(]([^\W\d_][\w -]{0,20})[\"”’')](?=\s)")
_DOTTED = re.compile(r"(?:\w\.){2,}\w?|\w\.")
_EDGE = ".,'\"“”()[]:;"


@dataclass(frozen=True, slots=True)
class Form:
    """A name as written, with its folded ``words``; ``nick`` is the name in quote marks or brackets inside it.

    ``listed`` is the canonical name in the lists or "", ``first`` the offset of its first mention, ``count`` their number.
    """

    text: str
    words: tuple[str, ...]
    nick: str = ""
    listed: str = ""
    first: int = 0
    count: int = 1


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word without case and accents."""
    low = word.casefold().translate(_PLAIN)
    if low.isascii():
        return low
    return "".join(letter for letter in unicodedata.normalize("NFKD", low) if not unicodedata.combining(letter))


def folded(name: str, kind: EntityType) -> tuple[tuple[str, ...], str]:
    """The folded words of a name and the nickname inside it: Angus “Gus” MacPhee → (angus, macphee), gus."""
    nick = ""
    if kind == "PERSON" and (found := _NICK.search(name)) and found.start():
        nick, name = plain(found[1]), name[: found.start()] + name[found.end() :]
    words: list[str] = []
    for part in (bare(name) if kind == "PERSON" else name).split():
        if kind == "PERSON" and _DOTTED.fullmatch(part):
            words += plain(part.replace(".", " ")).split()
        elif word := plain(part).replace(".", "" if _DOTTED.match(part) else " ").strip(_EDGE + " "):
            words.append("and" if word == "&" else word)
    if kind == "ORG":
        words = _abbreviated(words[1:] if words[:1] == ["the"] else words)
    return tuple(_person(words) if kind == "PERSON" else _other(words, kind)), nick


def bare(name: str) -> str:
    """A person's name without titles before it and letters behind it: Judge Ada Roe QC → Ada Roe; Ada Roe Jr stays."""
    words = name.split()
    while len(words) > 2 and plain(words[0]).rstrip(".") in _TITLES:
        words.pop(0)
    while len(words) > 2 and (plain(words[-1]).replace(".", "") in _BEHIND or words[-1].islower()):
        words.pop()
    return " ".join(words).rstrip(",")


def _person(words: list[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 + (kept[-1] in _NUMERALS) and kept[-1] in _LETTERS:
        kept.pop()
    while len(kept) > 1 and kept[0] in _TITLES:
        kept.pop(0)
    if len(kept) > 1 and kept[0] in ("daw", "u") and words[0] == kept[0]:
        kept.pop(0)
    return kept


def _other(words: list[str], kind: EntityType) -> list[str]:
    kept = words[1:] if len(words) > 1 and words[0] == "the" else list(words)
    if kind == "ORG":
        while len(kept) > 1 and kept[-1].replace(".", "") in COMPANY:
            kept.pop()
        while len(kept) > 1 and kept[-1] == "and":
            kept.pop()
        if len(kept) > 1 and kept[0] in ("pt", "ojsc", "pjsc", "oao", "pao", "jsc", "ooo", "cv", "tt"):
            kept.pop(0)
    return kept


_SOUNDS = (
    (re.compile(r"^(?:al|el|as|es|ash|at|ad|ar|an)-"), ""),
    (re.compile(r"['’ʼ`.-]"), ""),
    (re.compile(r"(?:iy|yy|ij|yj|ii|y|i|j)$"), "i"),
    (re.compile(r"(?<=.)(?:iy|yi|ij|ii|ee|y|j)"), "i"),
    (re.compile(r"kh|qu|q|ck|c(?![hei])"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"ph|ff|v|w"), "f"),
    (re.compile(r"oo|ou|uu|u"), "u"),
    (re.compile(r"aa|ae"), "a"),
    (re.compile(r"tsch|tch|tsh|ch|sch|sh"), "s"),
    (re.compile(r"(?:ts|tz|cz|z)"), "z"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ie|ei|e(?=i)"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded word as it sounds in any transliteration: Zelenskyy, Zelensky, Zelenskiy; al-Sisi, Sisi; Mohammed, Muhammad."""
    known = _variants().get(word)
    if known:
        return known
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word


@cache
def _variants() -> dict[str, str]:
    """Spellings of one name that no rule brings together, to the first of them."""
    found: dict[str, str] = {}
    for line in lines("spellings"):
        first, *rest = plain(line).split()
        for word in (first, *rest):
            found.setdefault(word, first)
    return found


def near(one: str, two: str) -> bool:
    """Whether two long words differ by one letter that is not the first: a slip, or another transliteration."""
    if one == two or min(len(one), len(two)) < 6 or one[0] != two[0] or abs(len(one) - len(two)) > 1:
        return False
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    rest_one, rest_two = one[same:], two[same:]
    if len(one) == len(two):
        return rest_one[1:] == rest_two[1:]
    longer, shorter = (rest_one, rest_two) if len(one) > len(two) else (rest_two, rest_one)
    return longer[1:] == shorter


def initials(words: tuple[str, ...], small: bool) -> str:
    """The first letters of folded words in capitals, those of small words only where ``small``; "us" and the like whole."""
    found = ""
    for word in words:
        for part in word.replace("-", " ").replace("'", " ").split():
            if small or part not in SMALL:
                found += part if part in _WHOLE else part[0]
    return found.upper()


_WHOLE = frozenset({"us", "un", "uk", "eu", "au"})
_PAIRS = {("united", "states"): "us", ("united", "nations"): "un", ("united", "kingdom"): "uk", ("european", "union"): "eu"}


def _abbreviated(words: list[str]) -> list[str]:
    """U.S. Steel and United States Steel alike."""
    if len(words) < 2 or (short := _PAIRS.get((words[0], words[1]))) is None:
        return words
    return [short, *words[2:]]


def shown(kind: EntityType, name: str) -> str:
    """A name that stands in capitals only, as it is written elsewhere: MINAMOTO → Minamoto; what may be an acronym stays."""
    letters = [letter for letter in name if letter.isalpha()]
    if not letters or not all(letter.isupper() for letter in letters) or any(letter.isdigit() for letter in name):
        return name
    if " " not in name and (kind == "ORG" or "." in name or len(letters) < (3 if kind == "PERSON" else 4)):
        return name
    words = [_capitalised(word, index) for index, word in enumerate(name.split())]
    return " ".join(words)


_WRITTEN_SMALL = frozenset({"ltd", "bhd", "st", "jr", "sr", "mr", "mrs", "dr", "mt", "ft"})
"""Words without a vowel that are no letters."""


def _capitalised(word: str, index: int) -> str:
    if index and word.lower() in PARTICLES | SMALL:
        return word.lower()
    if "." in word.strip(".") or (word.endswith(".") and len(word) < 4):
        return word
    if not set("AEIOUY") & set(word) and word.lower().strip(".") not in _WRITTEN_SMALL:
        return word
    return "'".join("-".join(part[:1] + part[1:].lower() for part in piece.split("-")) for piece in word.split("'"))
