"""Printed lines of PDF pages as paragraphs, within a page and over its end."""

from __future__ import annotations

import re

# How PDFium marks a word that was hyphenated at a line's end, and soft hyphens wherever they are.
_HYPHEN = re.compile("[\ufffe\x02][ \t]{0,3}(?:\r?\n)?|\xad(?:[ \t]{0,3}\r?\n)?")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ENDS = (".", "!", "?", ":", "”", '"', "’")
_GOES_ON = re.compile(r"[\w,;–—-]$")
_CODE = re.compile(r"\S{0,40}\d")  # a first word with a digit: a row of a table or a numbered line where the next has one too
_PROSE = 40  # characters of a last line that may be the middle of a paragraph


def is_hyphenated(text: str) -> bool:
    """Whether a page, as PDFium gives it, ends in the middle of a word."""
    return text.rstrip(" \t\r\n").endswith(("\ufffe", "\x02"))


def join_lines(text: str) -> str:
    """One page's printed lines as paragraphs: lines are joined where the next one's first word would not have fitted.

    The right edge is the length that nine in ten lines stay below; letters differ in width, so a word that comes within
    15 % of it counts as not fitting, unless the line ends a sentence. A small letter goes on with a line of any length
    above half of that. Lines that begin with numbers or codes, one after the other, are rows.
    """
    lines = [
        line.rstrip()
        for line in _HYPHEN.sub("", text).translate(_LIGATURES).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    edge = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    joined: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        ended = line.endswith(_ENDS)
        full = len(line) + 1 + len(following.partition(" ")[0]) > (edge if ended else 0.85 * edge)
        goes_on = full or (following[:1].islower() and not ended)
        listed = _CODE.match(line) is not None and _CODE.match(following) is not None
        prose = edge >= 40 and len(line) > edge / 2 and following != "" and not following[0].isspace() and not listed
        joined += [line, " " if prose and goes_on else "\n"]
    return "".join(joined).strip()


def separator(before: str, after: str, hyphenated: bool) -> str:
    """What stands between two pages: a blank line, or where a sentence clearly runs on a space, and nothing inside a word."""
    line = before.rpartition("\n")[2]
    if not after[:1].islower() or len(line) < (1 if hyphenated else _PROSE) or not _GOES_ON.search(line):
        return "\n\n"
    return "" if hyphenated else " "
