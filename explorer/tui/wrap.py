"""Soft wrapping as offsets: a text and a width in cells give the offset at which each row starts.

Every character is on exactly one row, line ends and hanging blanks included; row starts ascend. Rows break after a
blank, beside a wide character, or inside a word longer than the row. An ``rfind`` over offsets, as it was measured to be
many times faster than the wrappers of the standard library and of Textual.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from explorer.tui.display import MAYBE_WIDE, WIDTHS

ROWS_A_SLICE = 4000
Rows = array  # of row starts, ascending, beginning with 0


def wrap(text: str, width: int) -> Rows[int]:
    """Returns the start of every row of the text at a width in cells (at least 1)."""
    rows: Rows[int] = array("q")
    for _ in wrap_slices(text, width, rows):
        pass
    return rows


def wrap_slices(text: str, width: int, rows: Rows[int]) -> Iterator[None]:
    """Appends row starts to ``rows`` and pauses every few thousand of them, so that a caller can let others run."""
    starts = _row_starts(text, max(1, width))
    while True:
        before = len(rows)
        rows.extend(islice(starts, ROWS_A_SLICE))
        if len(rows) == before:
            break
        yield
    if not rows:
        rows.append(0)


def _row_starts(text: str, width: int) -> Iterator[int]:
    narrow = text.isascii()
    position, length = 0, len(text)
    while position < length:
        end = text.find("\n", position)
        end = length if end < 0 else end
        yield position
        if end - position > width or not narrow:
            if narrow or MAYBE_WIDE.search(text, position, end) is None:
                yield from _narrow(text, position, end, width)
            else:
                yield from _measured(text, position, end, width)
        position = end + 1


def _narrow(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Yields the starts of the rows after the first, in a line where each character takes one cell."""
    while end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        start = start + width if cut < 0 else cut + 1
        if start >= end:
            return
        yield start


def _measured(text: str, start: int, end: int, width: int) -> Iterator[int]:
    """Yields the starts of the rows after the first, in a line whose characters take different widths."""
    cells, after_blank, position = 0, 0, start
    while position < end:
        character = text[position]
        size = WIDTHS[character]
        if cells + size > width and character != " " and position > start:
            cut = after_blank if after_blank > start and size < 2 else position
            yield cut
            start, cells, after_blank, position = cut, 0, 0, cut
            continue
        cells += size
        position += 1
        if character == " " or size == 2:
            after_blank = position


def row_of(rows: Rows[int], offset: int) -> int:
    """Returns the row an offset is on."""
    return max(0, bisect_right(rows, offset) - 1)
