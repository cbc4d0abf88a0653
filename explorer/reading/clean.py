"""The one boundary that untrusted characters cross: after it no terminal control is left in any text.

Every replacement is one code point for one, so that offsets into a text stay true.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
INVISIBLE = "\u2060"  # WORD JOINER: takes no cell and changes no direction
LINE_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
DIRECTION_MARKS = "\u061c\u200e\u200f"  # harmless and common in Arabic and Hebrew, but controls all the same
MAX_COMBINING = 8
MAX_LINE = 500

# The blocks that hold nothing but combining marks: what stacked-mark ("zalgo") text is made of.
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"[{_MARKS}](?<=[{_MARKS}]{{{MAX_COMBINING + 1}}})")


def _table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
    table[0x7F] = "\u2421"
    forbidden: list[range] = [
        range(0x80, 0xA0),  # C1 controls
        range(0x202A, 0x202F),  # embeddings and overrides of direction
        range(0x2066, 0x2070),  # isolates, deprecated format characters
        range(0xD800, 0xE000),  # lone surrogates
        range(0xFDD0, 0xFDF0),  # noncharacters
        range(0xFFF9, 0xFFFC),  # interlinear annotation
        range(0xE0000, 0xE0080),  # tags: text nobody sees
        *(range(plane + 0xFFFE, plane + 0x10000) for plane in range(0, 0x110000, 0x10000)),
    ]
    table.update((code, REPLACEMENT) for codes in forbidden for code in codes)
    table.update((ord(mark), INVISIBLE) for mark in DIRECTION_MARKS)
    table.update((ord(mark), "\n") for mark in LINE_BREAKS)
    return table


_TABLE = _table()


def _suspects() -> re.Pattern[str]:
    """Finds what may need replacing: all but the harmless part of the Basic Multilingual Plane, which scans fast."""
    bad = [code for code in sorted(_TABLE) if code < 0x10000]
    ranges = zip([-1, *bad], [*bad, 0x10000], strict=True)
    harmless = "".join(f"\\u{low + 1:04x}-\\u{high - 1:04x}" for low, high in ranges if high - low > 1)
    return re.compile(f"[^{harmless}]")


_SUSPECT = _suspects()


def clean(text: str) -> str:
    """Replaces every code point that could steer a terminal or hide, one for one.

    C0 controls become their pictures; C1, overrides of direction, tags, lone surrogates and noncharacters U+FFFD; line
    breaks of other kinds ``\\n``; direction marks and combining marks after the eighth on a base U+2060. Length and
    offsets are kept; cleaning twice changes nothing. ``normalise`` joins ``\\r\\n`` first: it is one line end.
    """
    if text.isascii():
        return text.translate(_TABLE)
    if _SUSPECT.search(text):
        text = text.translate(_TABLE)
    return _STACKED.sub(INVISIBLE, text)


def normalise(text: str) -> str:
    """A whole text made ready: line ends to ``\\n``, then cleaned. Offsets count from its result on."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return clean(text)


def clean_line(text: str, limit: int = MAX_LINE) -> str:
    """A title, name or reason on one line: white space folded, cleaned, at most ``limit`` code points long."""
    line = clean(" ".join(text[: limit * 4].split()))
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
