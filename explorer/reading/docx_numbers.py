"""The numbers that Word gives to paragraphs as it shows them ("12.3", "(a)", "Article IV") and that stand in no text."""

from __future__ import annotations

import re

from explorer.reading.docx_lists import LEVELS, Level, Lists, Num
from explorer.reading.ooxml_text import Paragraph

_MAX_LABEL = 60  # characters
_MAX_COUNTED = 32_767  # Word's own bound
_PLACE = re.compile(r"%([1-9])")
_SYMBOLS = re.compile(r"[\ue000-\uf8ff]+")  # signs of a symbol font: no text
# A number is held between two characters that XML cannot have, so that it can be taken out again.
_BEGIN, _END = "\x01", "\x02"
_HELD = re.compile(f"{_BEGIN}[^{_END}]*{_END}")
_MARKS = re.compile(f"[{_BEGIN}{_END}]")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Decimal numbers in other digits or with a frame: the same number all the same.
_DECIMAL = frozenset(
    (
        *("", "decimal", "decimalHalfWidth", "decimalFullWidth", "decimalFullWidth2", "hindiNumbers", "thaiNumbers"),
        *("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalEnclosedFullstop", "decimalEnclosedParen"),
    )
)


class Numbers:
    """Puts its number before each paragraph of a part of a document, given one after the other in their order.

    Each part, as the body or the footnotes, has counters of its own, and so have the text boxes in it.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._stories = (_Story(), _Story())

    def numbered(self, paragraph: Paragraph, text: str) -> str:
        """The text of the next paragraph with its number before it, held so that ``without_numbers`` can take it out.

        A bullet is no number, nor is one of a kind that is not known; both are counted. What is deleted or hidden is not.
        """
        place = self._lists.place(paragraph) if self._lists else None
        story = self._stories[paragraph.in_box]
        is_gone = (paragraph.is_deleted and not text) or (paragraph.is_hidden and not paragraph.is_shown)
        if place is None or is_gone:
            return text
        goes_on, story.goes_on = story.goes_on, paragraph.is_deleted  # its end is deleted: the next one continues it
        if goes_on:
            return text
        identifier, num, index = place
        label = _label(num, index, story.count(identifier, num, index))
        if not label:
            return text
        text = text.lstrip()
        glued = num.levels[index].suffix == "nothing" and not (label[-1].isalnum() and text[:1].isalnum())
        return f"{_BEGIN}{label}{'' if glued or not text else ' '}{_END}{text}"


class _Story:
    """The counters of a stretch of text that is numbered by itself."""

    def __init__(self) -> None:
        self.goes_on = False
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def count(self, identifier: str, num: Num, index: int) -> list[int]:
        """Counts a paragraph on the level ``index``; the numbers of this level and those above it."""
        counters = self._counters.setdefault(num.key, [None] * LEVELS)
        for higher in range(index):  # one that was passed over counts as begun
            if counters[higher] is None:
                counters[higher] = _start(num, higher)
        before = counters[index]
        begins_anew = index in num.starts and (identifier, index) not in self._begun
        self._begun.add((identifier, index))
        counters[index] = _start(num, index) if before is None or begins_anew else before + 1
        for deeper in range(index + 1, LEVELS):
            level = num.levels.get(deeper)
            if index < (level.restart if level else deeper):
                counters[deeper] = None
        return [number or 0 for number in counters[: index + 1]]


def without_numbers(text: str) -> str:
    """The text without the numbers that were put into it."""
    return _HELD.sub("", text)


def with_numbers(text: str) -> str:
    """The text with the numbers in it as they are to be read."""
    return _MARKS.sub("", text)


def _start(num: Num, index: int) -> int:
    level = num.levels.get(index)
    return num.starts.get(index, level.start if level else 1)


def _label(num: Num, index: int, counted: list[int]) -> str:
    """What Word shows before a paragraph; "" where that is a bullet, no number, or one that cannot be written here."""
    level = num.levels[index]
    if level.format == "bullet":
        return ""
    pieces: list[str] = []
    for i, piece in enumerate(_PLACE.split(level.text)):  # every second one is the number of a level
        shown: str | None = piece
        if i % 2:
            shown = _shown(num.levels.get(int(piece) - 1), counted, int(piece) - 1, level.is_legal)
        if shown is None:
            return ""
        pieces.append(shown)
    label = " ".join(_SYMBOLS.sub("", "".join(pieces)).split())[:_MAX_LABEL].rstrip()
    return label if any(map(str.isalnum, label)) else ""


def _shown(level: Level | None, counted: list[int], index: int, is_legal: bool) -> str | None:
    """The number of a level in its own format; None where that is not known."""
    if level is None or index >= len(counted) or level.format in ("none", "bullet"):
        return ""
    return _formatted(counted[index], "decimal" if is_legal else level.format, level.digits)


def _formatted(number: int, format_: str, digits: int) -> str | None:
    if format_ in _DECIMAL or (number > _MAX_COUNTED and format_ in _FORMATS):
        return str(number).zfill(digits)
    return _FORMATS[format_](number) if format_ in _FORMATS else None


def _roman(number: int) -> str:
    pieces = []
    for value, sign in _ROMAN:
        pieces.append(sign * (number // value))
        number %= value
    return "".join(pieces)


def _letters(number: int) -> str:
    """a to z, then aa to zz, each letter twice, and so on."""
    return chr(ord("a") + (number - 1) % 26) * min((number + 25) // 26, _MAX_LABEL) if number else ""


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMATS = {
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "ordinal": _ordinal,
}
