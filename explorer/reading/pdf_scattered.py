"""Pages whose letters PDFium parts or glues, since they are turned or stand alone: words put together by where letters are."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_LEAST_LINES = 4  # shorter pages have nothing to be told from
_SCATTERED = 0.3  # of the lines are of one or two characters
_MAX_LETTERS = 2_000  # of one page: one that has more is a table

_SAME_LINE, _SAME_WORD, _BACK, _COLUMN = 0.2, 0.15, 0.5, 1.5  # of the letter's height
_SMALLER, _RAISED = 0.85, 0.6  # a power or an index
_SAME_ANGLE = 0.02  # radians
_UPRIGHT = 0.01  # what sine or cosine of an angle may be for a line to stand or lie
_SPACE = re.compile(r"[\s\0]+")


@dataclass(frozen=True, slots=True)
class _Letter:
    """A sign of the page, where it begins and ends along its line, how far its line is from the origin, and its height."""

    sign: str
    angle: float
    start: float
    end: float
    level: float
    height: float


def looks_scattered(text: str) -> bool:
    """Whether so many of a page's lines are of one or two characters that they may be parts of words."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= _LEAST_LINES and sum(len(line.strip()) <= 2 for line in lines) > _SCATTERED * len(lines)


def gathered(layer: Any, text: str) -> str:
    """The text of a page's layer, whose words end where the letters part, not where PDFium thinks so; ``text`` as it is where
    the layer has other letters, or too many."""
    if layer.count_chars() > _MAX_LETTERS:
        return text
    pieces: list[str] = []
    before: _Letter | None = None
    between = ""
    for letter, said in _letters(layer):
        if letter is None:
            between = "\n" if "\n" in (between, said) else said or between
            continue
        pieces += [_between(before, letter, between) if before else "", letter.sign]
        before, between = letter, ""
    found = "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # halves of rare signs
    return found if _SPACE.sub("", found) == _SPACE.sub("", text).replace("\ufffe", "\x02") else text


def _between(before: _Letter, letter: _Letter, said: str) -> str:
    """What stands between two letters, of which PDFium said that it is ``said``."""
    height = max(before.height, letter.height)
    if height <= 0 or before.sign == "\x02" or abs(before.angle - letter.angle) > _SAME_ANGLE:
        return said
    gap, step = letter.start - before.end, abs(letter.level - before.level)
    if step > height:
        return said or "\n"
    if step > _SAME_LINE * height or gap < -_BACK * height:
        raised = min(before.height, letter.height) < _SMALLER * height and abs(gap) < _SAME_WORD * height
        return "" if said == "\n" and raised and step < _RAISED * height else said
    if said == "\n":
        return "" if gap < _SAME_WORD * height else " " if gap < height else said
    return "\n" if not said and gap > _COLUMN * height else said


def _letters(layer: Any) -> Iterator[tuple[_Letter | None, str]]:
    """The signs of a layer in its order; for white space None, and whether it is a space or a line end."""
    import pypdfium2.raw as pdfium

    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(layer.count_chars()):
        code = pdfium.FPDFText_GetUnicode(layer, index)
        sign = "\x02" if code == 0xFFFE else chr(code) if code < 0x110000 else "\ufffd"
        if _SPACE.match(sign):
            yield None, "\n" if sign in "\r\n" else " "
            continue
        pdfium.FPDFText_GetCharOrigin(layer, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(layer, index, box)
        yield _placed(sign, pdfium.FPDFText_GetCharAngle(layer, index), (x.value, y.value), box), ""


def _placed(sign: str, angle: float, origin: tuple[float, float], box: Any) -> _Letter:
    """A letter along its own line; one that neither lies nor stands has no height, and nothing is told of it."""
    along, across = math.cos(angle), -math.sin(angle)
    x, y = origin
    start, level = x * along + y * across, y * along - x * across
    if abs(across) < _UPRIGHT:
        return _Letter(sign, angle, start, (box.right if along > 0 else -box.left), level, box.top - box.bottom)
    if abs(along) < _UPRIGHT:
        return _Letter(sign, angle, start, (box.top if across > 0 else -box.bottom), level, box.right - box.left)
    return _Letter(sign, angle, start, start, level, 0.0)
