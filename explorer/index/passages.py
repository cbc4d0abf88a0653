"""The stretch of a document that answers a query best."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from explorer.index.marker import Mark
from explorer.index.words import PARAGRAPH_BREAK
from explorer.model import Span

LENGTH = 240  # code points of a passage, about three lines
HEAD = 400  # code points in which a title with its line of source and date stands
LEAD = 60  # of these, before the first hit
_BLANK = re.compile(r"\s")


def passages(text: str, marks: Sequence[Mark], head: int) -> list[Span]:
    """All passages that hold hits, the best first: most different terms, then most hits, then earliest. They overlap only
    where hits do.

    Those that begin in the head come last: a row shows the title anyway.
    """
    groups: list[list[Mark]] = []
    for mark in marks:
        first = groups[-1][0].start if groups else 0
        if groups and mark.end - first <= LENGTH - LEAD and (first >= head or mark.start < head):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    found: list[tuple[list[Mark], Span]] = []
    floor = 0
    for group, following in itertools.zip_longest(groups, groups[1:]):
        first, last = group[0].start, max(mark.end for mark in group)
        ceiling = max(last, following[0].start - LEAD) if following else len(text)  # the next one needs its lead
        found.append((group, _stretch(text, first, last, min(floor, first), ceiling)))
        floor = found[-1][1][1]
    found.sort(key=lambda pair: (pair[0][0].start < head, -len({mark.leaf for mark in pair[0]}), -len(pair[0]), pair[1]))
    return [stretch for _, stretch in found]


def end_of_head(text: str, title: str) -> int:
    """Where the title (and the line of source and date below it) ends, when the text begins with it; else 0."""
    at = text.find(title, 0, HEAD) if title else -1
    if at < 0 or text[:at].strip(' \t\n#*"“'):
        return 0
    paragraph = PARAGRAPH_BREAK.search(text, at + len(title))
    end = paragraph.end() if paragraph and paragraph.end() < HEAD + len(title) else at + len(title)
    return end if text[end:].strip() else 0


def beginning(text: str, head: int) -> Span:
    """The passage of a document that is found without hits: where it begins, after its head."""
    start = head
    while start < len(text) and text[start].isspace():
        start += 1
    return start, _end(text, start, start, len(text))


def _stretch(text: str, first: int, last: int, floor: int, ceiling: int) -> Span:
    """Where a passage with hits from first to last begins and ends, without leaving floor and ceiling."""
    low = max(floor, first - LEAD)
    for found in PARAGRAPH_BREAK.finditer(text, low, first):
        low = found.end()
    if low > floor and not text[low - 1].isspace():
        blank = _BLANK.search(text, low, first)
        low = blank.end() if blank else first
    while low < first and text[low].isspace():
        low += 1
    return low, _end(text, low, last, ceiling)


def _end(text: str, start: int, last: int, ceiling: int) -> int:
    high = min(ceiling, max(start + LENGTH, last))
    paragraph = PARAGRAPH_BREAK.search(text, last, high)
    if paragraph and paragraph.start() - start >= LENGTH // 3:
        high = paragraph.start()
    elif high < len(text) and not text[high].isspace():
        cut = max(text.rfind(" ", last, high), text.rfind("\n", last, high))
        high = cut if cut > last else high
    while high > last and text[high - 1].isspace():
        high -= 1
    return max(high, last)
