"""A scrollbar that shows where the hits are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.color import Color
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

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
