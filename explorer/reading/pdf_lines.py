"""Printed lines of PDF pages as paragraphs, within a page and over its end."""

from __future__ import annotations

import re

_SOFT_HYPHEN = re.compile("\xad(?:[ \t]{0,3}\r?\n)?")
_SIGNS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "➢", "\uf0fc": "✓"}  # what Word's lists have, of symbol fonts
)
_ENDS = (".", "!", "?", ":", "”", '"', "’")
_GOES_ON = re.compile(r"[\w,;–—-]$")
_CODE = re.compile(r"\S{0,40}\d")  # a first word with a digit: a row of a table or a numbered line where the next has one too
_PROSE = 40  # characters of a line that may be the middle of a paragraph
_HYPHENATED = re.compile(r"\w-$")


def join_lines(text: str) -> str:
    """One page's printed lines as paragraphs: lines are joined where the next one's first word would not have fitted.

    The right edge is the length that nine in ten lines stay below; letters differ in width, so a word that comes within
    15 % of it counts as not fitting, unless the line ends a sentence. A small letter goes on with a line of any length
    above half of that. Lines that begin with numbers or codes, one after the other, are rows; a number alone in the last
    line is the page's. After a hyphen no space is put.
    """
    lines = [
        line.rstrip()
        for line in _SOFT_HYPHEN.sub("", text).translate(_SIGNS).replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    ]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    edge = lengths[min(len(lengths) - 1, len(lengths) * 9 // 10)]
    last = len(lines) - 1
    joined: list[str] = []
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        if not following or (number + 1 == last and following.strip().isdecimal()):
            between = "\n"
        else:
            between = _between(line, following, edge)
        joined += [line, between]
    return "".join(joined).strip()


def _between(line: str, following: str, edge: int) -> str:
    """What stands between two printed lines that are not empty: a space, nothing after a hyphen, or a line end."""
    ended = line.endswith(_ENDS)
    full = len(line) + 1 + len(following.partition(" ")[0]) > (edge if ended else 0.85 * edge)
    goes_on = full or (following[0].islower() and not ended)
    listed = _CODE.match(line) is not None and _CODE.match(following) is not None
    prose = edge >= _PROSE and len(line) > edge / 2 and not following[0].isspace() and not listed
    if not prose or not goes_on:
        return "\n"
    return "" if _HYPHENATED.search(line) and following[0].isalnum() else " "


def separator(before: str, after: str, hyphenated: bool) -> str:
    """What stands between two pages: a blank line, or where a sentence clearly runs on a space, and nothing inside a word."""
    line = before.rpartition("\n")[2]
    if not after[:1].islower() or len(line) < (1 if hyphenated else _PROSE) or not _GOES_ON.search(line):
        return "\n\n"
    return "" if hyphenated else " "
