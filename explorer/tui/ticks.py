"""A scrollbar that shows where the hits are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.color import Color
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

from explorer.tui.layers import Layer
from explorer.tui.wrap import Rows

TICK = "━"


class TickedBar(ScrollBarRender):
    """A vertical scrollbar with a tick on each cell that stands for a row with a hit."""

    def __init__(self, ticks: Callable[[int], set[int]], colour: Color, **options: Any) -> None:
        super().__init__(**options)
        self._ticks = ticks
        self._colour = colour

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        size = options.height or console.height
        for bar in super().__rich_console__(console, options):
            if isinstance(bar, Segments):
                for cell in self._ticks(size):
                    if cell < len(bar.segments):
                        bar.segments[cell] = self._ticked(bar.segments[cell])
            yield bar

    def _ticked(self, segment: Segment) -> Segment:
        style = segment.style or Style()
        behind = style.color if style.reverse else style.bgcolor
        return Segment(TICK, Style(color=self._colour, bgcolor=behind, meta=style.meta))


def hit_cells(hits: Layer, rows: Rows[int], length: int, size: int) -> set[int]:
    """Returns which of a scrollbar's cells stand for rows with a hit, in a text of a length; cells stand for rows one to one
    where all rows are in sight."""
    total = len(rows)
    firsts = [cell * max(total, size) // size for cell in range(size)]
    edges = [*(rows[row] if row < total else length + 1 for row in firsts), length + 1]
    return {cell for cell in range(size) if hits.after(edges[cell]) < hits.after(edges[cell + 1])}
