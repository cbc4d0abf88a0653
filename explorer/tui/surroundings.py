"""What stands around a place in a text: its paragraph, or whole sentences of it where that is long."""

from __future__ import annotations

import re
from itertools import pairwise

from explorer.analysis.segment import paragraphs, sentences
from explorer.model import Span

LONGEST = 1500  # of a paragraph that is taken whole, in code points
WINDOW = 6000  # of text looked at on each side
CUT = "…"
_BLANK_LINE = re.compile(r"\n[^\S\n]{0,200}\n\s{0,200}")


def around(text: str, start: int, end: int) -> str:
    """Returns the paragraphs that [start, end) touches; of long ones the sentences it touches, with … where some are left out.

    A place between two paragraphs stands for the one after it.
    """
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    seen = text[low:high]
    first, last = start - low, max(start + 1, end) - low
    whole = _touched(_blocks(seen), first, last)
    if not whole:
        return ""
    left, right = whole[0][0], whole[-1][1]
    cut_before, cut_after = left == 0 and low > 0, right == len(seen) and high < len(text)
    if right - left > LONGEST or cut_before or cut_after:
        begin, stop = _sentences(seen, whole, first, last)
        cut_before, cut_after = cut_before or begin > left, cut_after or stop < right
        left, right = begin, stop
    return (f"{CUT} " if cut_before else "") + seen[left:right] + (f" {CUT}" if cut_after else "")


def _sentences(text: str, whole: list[Span], first: int, last: int) -> Span:
    """The sentences touched; where they are long too, as in lists and tables, no further than the lines they stand on."""
    touched = _touched([sentence for block in whole for sentence in sentences(text, block)], first, last)
    if touched[-1][1] - touched[0][0] > LONGEST:
        lines = [line for line in paragraphs(text) if line[1] > whole[0][0] and line[0] < whole[-1][1]]
        touched = _touched([sentence for line in lines for sentence in sentences(text, line)], first, last)
    return touched[0][0], touched[-1][1]


def _blocks(text: str) -> list[Span]:
    """What stands between blank lines: lines that are broken at any width stay together."""
    edges = [(0, 0), *(match.span() for match in _BLANK_LINE.finditer(text)), (len(text), len(text))]
    found = []
    for (_, start), (end, _) in pairwise(edges):
        words = text[start:end]
        begin, stop = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        if stop > begin:
            found.append((begin, stop))
    return found


def _touched(spans: list[Span], first: int, last: int) -> list[Span]:
    """The spans that [first, last) touches, else the first after it, else the last of all."""
    found = [span for span in spans if span[0] < last and span[1] > first]
    return found or [span for span in spans if span[0] >= first][:1] or spans[-1:]
