"""The document: a Line-API view of a text of any size, wrapped by offsets, with its hits, quotes and names marked."""

from __future__ import annotations

from array import array
from functools import partial
from time import perf_counter
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from explorer.model import Span
from explorer.tui.commands import bindings
from explorer.tui.display import paint
from explorer.tui.layers import Layer, pieces
from explorer.tui.roles import LineView, part_style
from explorer.tui.ticks import TickedBar, hit_cells
from explorer.tui.wrap import Rows, row_of, wrap_slices

GUTTER = 2
WIDEST = 96
SLICE_SECONDS = 0.008
MARKS = ("quote", "name", "hit", "focus", "current")


class DocumentView(LineView, can_focus=True):
    """Shows one text; spans given to it are offsets in code points of that text."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"document--{mark}" for mark in (*MARKS, "gutter", "tick")}
    BINDINGS = bindings("document")

    class Moved(Message):
        """The part of the text in sight, or the current hit, has changed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""
        self.quiet_marks = True
        self.current: int | None = None
        self._layers = {mark: Layer() for mark in MARKS}
        self._rows: Rows[int] = array("q", [0])
        self._width = 0
        self._target: tuple[int, bool] | None = None
        self._slicing: Timer | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(2000)

    def on_mount(self) -> None:
        tick = self.get_component_rich_style("document--tick", partial=True).color
        if tick is not None:
            self.vertical_scrollbar.renderer = partial(TickedBar, self._ticks, tick)  # type: ignore[misc, assignment]

    # What is shown

    def show(self, text: str, hits: tuple[Span, ...] = ()) -> None:
        """Shows a text from its beginning; the first hit is the current one."""
        self.text = text
        self._layers = {mark: Layer() for mark in MARKS}
        self.screen.clear_selection()
        self.set_hits(hits, 0)
        self._target = (0, False)
        self._wrap()

    def set_hits(self, hits: tuple[Span, ...], near: int) -> None:
        """Marks the hits; the first at or after ``near`` becomes the current one."""
        self._layers["hit"] = Layer(hits)
        index = self._layers["hit"].after(near)
        self._set_current(min(index, len(hits) - 1) if hits else None)
        self.vertical_scrollbar.refresh()

    def set_quiet_marks(self, quotes: tuple[Span, ...], names: tuple[Span, ...]) -> None:
        """Marks quotes and names quietly."""
        self._layers["quote"], self._layers["name"] = Layer(quotes), Layer(names)
        self._repaint()

    def toggle_quiet_marks(self) -> None:
        """Shows or hides the marks of quotes and names."""
        self.quiet_marks = not self.quiet_marks
        self._repaint()

    def set_focus_span(self, span: Span | None) -> None:
        """Marks the one stretch that a jump led to."""
        self._layers["focus"] = Layer([span] if span else [])
        self._repaint()

    @property
    def hits(self) -> tuple[Span, ...]:
        """The hits, in order of place."""
        return self._layers["hit"].spans

    @property
    def focus_span(self) -> Span | None:
        """The stretch that the last jump led to."""
        spans = self._layers["focus"].spans
        return spans[0] if spans else None

    @property
    def top(self) -> int:
        """The offset of the first character in sight."""
        return self._rows[min(self.scroll_offset.y, len(self._rows) - 1)]

    @property
    def _bottom(self) -> int:
        """The offset behind the last row in sight."""
        last = self.scroll_offset.y + self.size.height
        return self._rows[last] if last < len(self._rows) else len(self.text)

    @property
    def looked_at(self) -> int:
        """The offset of the current hit where that is in sight, else of the first character that is."""
        hit = self.hits[self.current][0] if self.current is not None else -1
        return hit if self.top <= hit < self._bottom else self.top

    @property
    def percent(self) -> int:
        """How much of the text lies above the last row in sight, in percent."""
        return 100 * self._bottom // len(self.text) if self.text else 100

    # Moving

    def go_to(self, offset: int, *, centre: bool = True) -> None:
        """Scrolls to an offset; centred unless it is in sight already, or at the top when ``centre`` is false."""
        if self._width == 0 or self._slicing is not None:
            self._target = (offset, centre)
            return
        row, top, height = row_of(self._rows, offset), self.scroll_offset.y, self.size.height
        if not centre:
            self._scroll_rows(row)
        elif not top + 1 <= row < top + height - 1:
            self._scroll_rows(row - height // 2)

    def step_hit(self, step: int) -> bool:
        """Goes to the next or previous hit; false when there is none that way."""
        index = (-1 if self.current is None else self.current) + step
        if not 0 <= index < len(self.hits):
            return False
        self._set_current(index)
        self.set_focus_span(None)
        self.go_to(self.hits[index][0])
        return True

    def last_hit(self) -> None:
        """Goes to the last hit."""
        self.current = len(self.hits)
        self.step_hit(-1)

    def action_rows(self, count: int) -> None:
        """Scrolls by rows."""
        self._scroll_rows(self.scroll_offset.y + count)

    def action_pages(self, halves: int) -> None:
        """Scrolls by half pages; a whole page keeps two rows in sight."""
        height = self.size.height
        self.action_rows(halves * height // 2 if abs(halves) == 1 else (halves // 2) * max(1, height - 2))

    def action_top(self) -> None:
        """Goes to the beginning."""
        self._scroll_rows(0)

    def action_end(self) -> None:
        """Goes to the end."""
        self._scroll_rows(len(self._rows))

    def _scroll_rows(self, row: int) -> None:
        self.scroll_to(y=max(0, row), animate=False, force=True)

    def _set_current(self, index: int | None) -> None:
        self.current = index
        self._layers["current"] = Layer([] if index is None else [self.hits[index]])
        self._repaint()
        self.post_message(self.Moved())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    # Wrapping

    def on_resize(self) -> None:
        """Wraps for the new width; what was at the top stays there."""
        width = min(WIDEST, self.scrollable_content_region.width - GUTTER - 1)
        if width > 0 and width != self._width:
            if self._target is None:
                self._target = (self.top, False)
            self._width = width
            self._wrap()

    def _wrap(self) -> None:
        if self._slicing is not None:
            self._slicing.stop()
            self._slicing = None
        if self._width == 0:
            return
        self._rows = array("q")
        slices = wrap_slices(self.text, self._width, self._rows)

        def some() -> None:
            """Wraps for a few milliseconds; a timer calls it again until all is wrapped."""
            until = perf_counter() + SLICE_SECONDS
            for _ in slices:
                if perf_counter() > until:
                    if self._slicing is None:
                        self._slicing = self.set_interval(0.001, some)
                    return
            self._wrapped()

        some()

    def _wrapped(self) -> None:
        if self._slicing is not None:
            self._slicing.stop()
            self._slicing = None
        self.virtual_size = Size(self._width + GUTTER, len(self._rows))
        self._repaint()
        target, self._target = self._target, None
        if target is not None:
            offset, centre = target
            row = row_of(self._rows, offset)
            self._scroll_rows(row - self.size.height // 2 if centre else row)
        self.vertical_scrollbar.refresh()
        self.post_message(self.Moved())

    # Painting

    def selection_updated(self, selection: Selection | None) -> None:
        self._repaint()

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row, width = self.scroll_offset.y + y, self.size.width
        strip = self._strips.get(row)
        if strip is None or strip.cell_length != width:
            strip = self._paint_row(row).adjust_cell_length(width, self._base) if row < len(self._rows) else None
            strip = strip or Strip.blank(width, self._base)
            self._strips[row] = strip
        return strip

    def _paint_row(self, row: int) -> Strip:
        start, end = self._row_span(row)
        layers = self._layers if self.quiet_marks else {**self._layers, "quote": Layer(), "name": Layer()}
        selected = self._selected(row, start, end)
        if selected:
            layers = {**layers, "selected": Layer([selected])}
        base = self._base
        lit = self._layers["current"].over(start, end)
        gutter = part_style(self, "document--gutter")
        segments = [Segment("▌ " if lit else "  ", base + gutter + Style.from_meta({"offset": (0, row)}))]
        for left, right, marks in pieces(start, end, layers):
            painted = paint(self.text[left:right])
            if painted:
                style = sum((self._style(mark) for mark in marks), base)
                segments.append(Segment(painted, style + Style.from_meta({"offset": (left - start, row)})))
        return Strip(segments).crop(0, GUTTER + self._width)

    def _style(self, mark: str) -> Style:
        if mark == "selected":
            return self.screen.get_component_rich_style("screen--selection")
        return part_style(self, f"document--{mark}")

    def _row_span(self, row: int) -> Span:
        start = self._rows[row]
        end = self._rows[row + 1] if row + 1 < len(self._rows) else len(self.text)
        return start, end - 1 if end > start and self.text[end - 1] == "\n" else end

    def _ticks(self, size: int) -> set[int]:
        return hit_cells(self._layers["hit"], self._rows, len(self.text), size)

    # Selecting

    def _selected(self, row: int, start: int, end: int) -> Span | None:
        selection = self.text_selection
        span = selection.get_span(row) if selection else None
        if span is None:
            return None
        first, last = span
        return start + first, end if last < 0 else min(end, start + last)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        first, last = selection
        return self.text[self._offset(first, 0) : self._offset(last, len(self.text))], "\n"

    def _offset(self, place: tuple[int, int] | None, otherwise: int) -> int:
        if place is None:
            return otherwise
        x, row = place
        return min(len(self.text), self._rows[row] + x) if row < len(self._rows) else len(self.text)
