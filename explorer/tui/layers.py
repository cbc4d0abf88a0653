"""Spans over a text, found by place: what is marked on a row, and where the pieces of a row begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate, pairwise

from explorer.model import Span


class Layer:
    """Spans in order of place, which may overlap, searched by place in logarithmic time."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self.spans: tuple[Span, ...] = tuple(sorted(spans))
        self._starts = [start for start, _ in self.spans]
        self._reach = list(accumulate((end for _, end in self.spans), max))

    def over(self, start: int, end: int) -> list[Span]:
        """Returns the spans that share a character with [start, end), first to last."""
        index = bisect_left(self._starts, end)
        found: list[Span] = []
        while index > 0 and self._reach[index - 1] > start:
            index -= 1
            if self.spans[index][1] > start:
                found.append(self.spans[index])
        return found[::-1]

    def after(self, offset: int) -> int:
        """Returns the index of the first span that starts at or after an offset, ``len(spans)`` when there is none."""
        return bisect_left(self._starts, offset)


def pieces(start: int, end: int, layers: Mapping[str, Layer]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cuts [start, end) where marks begin or end; each piece is (start, end, names of the layers over it)."""
    marks = [(name, span) for name, layer in layers.items() for span in layer.over(start, end)]
    if not marks:
        return [(start, end, ())]
    cuts = {start, end}
    for _, (left, right) in marks:
        cuts |= {max(start, left), min(end, right)}
    return [
        (left, right, tuple(dict.fromkeys(name for name, (first, last) in marks if first < right and last > left)))
        for left, right in pairwise(sorted(cuts))
    ]
