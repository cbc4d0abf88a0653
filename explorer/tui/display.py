"""Text of documents made fit for a terminal: control characters visible, odd widths tamed.

Widths agree with what Textual measures. ``glyphs`` keeps one character for one, so that offsets stay true; ``paint`` is
for the moment of painting and may drop characters that take no cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from rich.cells import cell_len, get_character_cell_size, set_cell_size


def _glyph_table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table |= dict.fromkeys(range(0x80, 0xA0), "�")
    table |= dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "⸱")
    table |= {0x09: " ", 0x0A: " ", 0x7F: "␡", 0xAD: "-", 0x2028: " ", 0x2029: " "}
    table |= dict.fromkeys(range(0xD800, 0xE000), "�")
    return table


_GLYPHS = _glyph_table()
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
# Joiners, variation selectors and skin tones: terminals disagree on the width of what they join.
_JOINERS = re.compile("[\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]")
_PILING = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_PILING}{{4}}){_PILING}+")
# Everything outside these ranges is measured character by character; inside them each takes one cell.
MAYBE_WIDE = re.compile(
    "[^\x00-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2199\u2500-\u257f]"
)


def glyphs(text: str) -> str:
    """Returns the text with every control character replaced by a visible one, one for one."""
    return text.translate(_GLYPHS) if _UNFIT.search(text) else text


def paint(text: str) -> str:
    """Returns the text as it goes to the terminal: ``glyphs``, and without characters that join or pile up."""
    if text.isascii() and text.isprintable():
        return text
    return _MARKS.sub(r"\1", _JOINERS.sub("", glyphs(text)))


class _Widths(dict[str, int]):
    """Cells a character takes once painted, remembered."""

    def __missing__(self, character: str) -> int:
        painted = paint(character)
        self[character] = width = get_character_cell_size(painted) if painted else 0
        return width


WIDTHS: Mapping[str, int] = _Widths()


def one_line(text: str) -> str:
    """Returns the text on one line, fit to paint: white space runs become one blank."""
    return paint(" ".join(text.split()))


def fit(text: str, width: int) -> str:
    """Returns painted text cut to a width in cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def fit_end(text: str, width: int) -> str:
    """Returns painted text cut to a width in cells at its beginning, as the end of a path says more."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    kept = text[-width:]
    while cell_len(kept) > width - 1:
        kept = kept[1:]
    return "…" + kept


def thousands(number: int) -> str:
    """Returns a count with a blank between thousands: 4 310."""
    return f"{number:,}".replace(",", "\u00a0")


def plural(number: int, noun: str) -> str:
    """Returns a count with its noun: 1 document, 2 documents, 3 countries."""
    if number == 1:
        return f"1 {noun}"
    return f"{thousands(number)} {noun[:-1]}ies" if noun.endswith("y") else f"{thousands(number)} {noun}s"


def home_short(folder: str) -> str:
    """Returns a folder's path with ~ for the user's home."""
    home = str(Path.home())
    return "~" + folder[len(home) :] if folder == home or folder.startswith(home + "/") else folder
