"""The stretch of a document that answers a query best."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.index.marker import Mark
from explorer.index.words import PARAGRAPH_BREAK
from explorer.model import Span

LENGTH = 240  # code points of a passage, about three lines
LEAD = 60  # of these, before the first hit
_BLANK = re.compile(r"\s")


def passages(text: str, marks: Sequence[Mark]) -> list[Span]:
    """All passages that hold hits, without overlap, the best first: most different terms, then most hits, then earliest."""
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and mark.end - groups[-1][0].start <= LENGTH - LEAD:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    groups.sort(key=lambda group: (-len({mark.leaf for mark in group}), -len(group), group[0].start))
    return [_stretch(text, group[0].start, max(mark.end for mark in group)) for group in groups]


def beginning(text: str, after_title: str = "") -> Span:
    """The passage of a document that is found without hits: where it begins, after a title that stands in the text."""
    start = 0
    if after_title and text.lstrip().startswith(after_title):
        end_of_title = text.index(after_title) + len(after_title)
        start = end_of_title if text[end_of_title:].strip() else 0
    while start < len(text) and text[start].isspace():
        start += 1
    return start, _end(text, start, start)


def _stretch(text: str, first: int, last: int) -> Span:
    low = max(0, first - LEAD)
    for found in PARAGRAPH_BREAK.finditer(text, low, first):
        low = found.end()
    if low and not text[low - 1].isspace():
        blank = _BLANK.search(text, low, first)
        low = blank.end() if blank else first
    while low < first and text[low].isspace():
        low += 1
    return low, _end(text, low, last)


def _end(text: str, start: int, last: int) -> int:
    high = min(len(text), max(start + LENGTH, last))
    paragraph = PARAGRAPH_BREAK.search(text, last, high)
    if paragraph and paragraph.start() - start >= LENGTH // 3:
        high = paragraph.start()
    elif high < len(text) and not text[high].isspace():
        cut = max(text.rfind(" ", last, high), text.rfind("\n", last, high))
        high = cut if cut > last else high
    while high > last and text[high - 1].isspace():
        high -= 1
    return max(high, last)
