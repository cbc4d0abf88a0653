"""What stands around a place in a text: its paragraph, or whole sentences of it where that is long."""

from __future__ import annotations

from explorer.analysis.segment import paragraphs, sentences
from explorer.model import Span

LONGEST = 1500  # of a paragraph that is taken whole, in code points
WINDOW = 6000  # of text looked at on each side
CUT = "…"


def around(text: str, start: int, end: int) -> str:
    """Returns the paragraphs that [start, end) touches; of long ones the sentences it touches, with … where some are left out.

    A place between two paragraphs stands for the one after it.
    """
    low, high = max(0, start - WINDOW), min(len(text), end + WINDOW)
    seen = text[low:high]
    first, last = start - low, max(start + 1, end) - low
    whole = _touched(paragraphs(seen), first, last)
    if not whole:
        return ""
    left, right = whole[0][0], whole[-1][1]
    beyond = (left == 0 and low > 0, right == len(seen) and high < len(text))
    if right - left <= LONGEST and not any(beyond):
        return seen[left:right]
    parts = _touched([sentence for paragraph in whole for sentence in sentences(seen, paragraph)], first, last)
    begin, stop = parts[0][0], parts[-1][1]
    before = f"{CUT} " if begin > left or beyond[0] else ""
    return before + seen[begin:stop] + (f" {CUT}" if stop < right or beyond[1] else "")


def _touched(spans: list[Span], first: int, last: int) -> list[Span]:
    """The spans that [first, last) touches, else the first after it, else the last of all."""
    found = [span for span in spans if span[0] < last and span[1] > first]
    return found or [span for span in spans if span[0] >= first][:1] or spans[-1:]
