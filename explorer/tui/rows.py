"""Lists of rows of any height, painted line by line: results, entities, quotes and files are all such lists."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from explorer.tui.commands import bindings
from explorer.tui.roles import LineView, part_style
from explorer.tui.wrap import wrap

Line = list[tuple[str, str]]  # pieces of painted text, each with its role
AIRY_FROM = 20
ROLES = ("text", "title", "hit", "dim", "head", "count", "quote", "bar")


class Row(Protocol):
    """Something a list shows: how many lines high at a width, and those lines."""

    @property
    def selectable(self) -> bool:
        """Whether the cursor may stand on it."""
        ...

    def height(self, width: int) -> int:
        """Returns its height in lines; cheap, as it is asked of every row."""
        ...

    def lines(self, width: int) -> list[Line]:
        """Returns its lines, asked only of rows in sight; missing ones are blank."""
        ...


class RowList(LineView, can_focus=True):
    """A list with a cursor. Text is painted literally, whatever it holds."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{role}" for role in (*ROLES, "cursor", "cursor-focus")}
    BINDINGS = bindings("list")

    class FromRows(Message):
        """Something happened in a list."""

        def __init__(self, rows: RowList) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    class Highlighted(FromRows):
        """The cursor has moved to a row."""

    class Opened(FromRows):
        """A row was chosen."""

    class NearEnd(FromRows):
        """The last rows are in sight: the list may want more."""

    def __init__(self, *, id: str | None = None, airy: bool = False) -> None:
        """Makes an empty list; ``airy`` puts a blank line between rows where there is room, and marks the cursor always."""
        super().__init__(id=id)
        self.airy = airy
        self.rows: Sequence[Row] = ()
        self.cursor = -1
        self.message: Sequence[Line] = ()
        self.stale = False
        self._tops: list[int] = [0]
        self._width = self._gap = 0
        self._strips: LRUCache[int, list[Strip]] = LRUCache(300)

    # What is shown

    def set_rows(self, rows: Sequence[Row], cursor: int = 0, message: Sequence[Line] = (), *, same: bool = False) -> None:
        """Shows rows, with the cursor on one of them; ``message`` is what an empty list says.

        With ``same`` the cursor stays on what it was on, and nothing is said of it.
        """
        self.rows, self.message, self.stale = rows, message, False
        self._measure()
        self.cursor = cursor if same else -1
        if not self._place_cursor(cursor, 1) and not self._place_cursor(cursor, -1):
            self.scroll_to(y=0, animate=False, force=True)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Adds rows at the end; cursor and scrolling stay."""
        self.rows = [*self.rows, *rows]
        self._measure()

    def set_stale(self, stale: bool) -> None:
        """Dims the rows while newer ones are on their way."""
        if self.stale != stale:
            self.stale = stale
            self._repaint()

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    # Moving

    def action_move(self, step: int) -> None:
        """Moves the cursor by a row, or scrolls at the ends."""
        if not self._place_cursor(self.cursor + step, step):
            self.scroll_to(y=self.scroll_offset.y + step, animate=False, force=True)

    def action_page(self, step: int) -> None:
        """Moves the cursor by a page."""
        if self.rows:
            top = self._tops[max(0, self.cursor)]
            self._place_nearest(self._row_at(top + step * max(1, self.size.height - 1)), step)

    def action_edge(self, step: int) -> None:
        """Moves the cursor to the first or last row."""
        self._place_nearest(0 if step < 0 else len(self.rows) - 1, step)

    def action_open(self) -> None:
        """Chooses the row under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Opened(self))

    def put_cursor(self, index: int) -> None:
        """Puts the cursor on a row."""
        self._place_nearest(index, 1)

    def _place_nearest(self, index: int, step: int) -> None:
        if not self._place_cursor(index, step):
            self._place_cursor(index, -step)

    def _place_cursor(self, index: int, step: int) -> bool:
        """Puts the cursor on the first selectable row from an index on, in the direction of a step."""
        index = max(0, index) if step > 0 else min(index, len(self.rows) - 1)
        while 0 <= index < len(self.rows):
            if self.rows[index].selectable:
                self._set_cursor(index)
                return True
            index += 1 if step > 0 else -1
        return False

    def _set_cursor(self, index: int) -> None:
        if index != self.cursor:
            for changed in (self.cursor, index):
                self._strips.discard(changed)
            self.cursor = index
            self.refresh()
            self.post_message(self.Highlighted(self))
        self._show_cursor()
        if self._tops[-1] - self._tops[index] < 3 * max(1, self.size.height):
            self.post_message(self.NearEnd(self))

    def _show_cursor(self) -> None:
        height = self.size.height
        if not 0 <= self.cursor < len(self.rows) or not height:
            return
        top, bottom = self._tops[self.cursor], self._tops[self.cursor + 1]
        if self.cursor and not self.rows[self.cursor - 1].selectable:
            top = self._tops[self.cursor - 1]
        y = self.scroll_offset.y
        if top < y or bottom - top > height:
            self.scroll_to(y=top, animate=False, force=True)
        elif bottom > y + height:
            self.scroll_to(y=bottom - height, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor under the mouse; a second click opens."""
        index = self._row_at(self.scroll_offset.y + event.y - self.gutter.top)
        if index < len(self.rows) and self.rows[index].selectable:
            opens = index == self.cursor or event.chain > 1
            self._set_cursor(index)
            if opens:
                self.action_open()

    # Measuring and painting

    def on_resize(self) -> None:
        """Measures again, as heights depend on the width."""
        if self._width != self.size.width or self._gap != self._wanted_gap:
            self._measure()
        self._show_cursor()

    def _measure(self) -> None:
        self._width, self._gap = self.size.width, self._wanted_gap
        self._tops = [0, *accumulate(row.height(self._text_width) + self._gap for row in self.rows)]
        self.virtual_size = Size(self._width, self._tops[-1])
        self._repaint()

    @property
    def _wanted_gap(self) -> int:
        return 1 if self.airy and self.size.height >= AIRY_FROM else 0

    @property
    def _text_width(self) -> int:
        return max(1, self._width - 2 - self.scrollbar_size_vertical)

    def _row_at(self, y: int) -> int:
        return max(0, bisect_right(self._tops, y) - 1)

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()

    def on_focus(self) -> None:
        """Paints the cursor as that of the focused list."""
        self._repaint()

    def on_blur(self) -> None:
        """Paints the cursor as that of a list without the focus."""
        self._repaint()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self.rows:
            return self._message_strip(y, width)
        y += self.scroll_offset.y
        index = self._row_at(y)
        if index >= len(self.rows):
            return Strip.blank(width, self._base)
        strips = self._strips.get(index)
        if strips is None:
            strips = self._strips[index] = self._row_strips(index, width)
        line = y - self._tops[index]
        return strips[line] if line < len(strips) else Strip.blank(width, self._base)

    def _row_strips(self, index: int, width: int) -> list[Strip]:
        row = self.rows[index]
        base = self._base
        here = index == self.cursor and (self.has_focus or self.airy)
        if here:
            base += self._role("cursor-focus" if self.has_focus else "cursor")
        if self.stale:
            base += Style(dim=True)
        bar = Segment("▌" if here else " ", base + self._role("bar"))
        height = row.height(self._text_width)
        return [
            Strip([bar, *(Segment(text, base + self._role(role)) for text, role in line)]).adjust_cell_length(width, base)
            for line in [*row.lines(self._text_width), *([[]] * height)][:height]
        ]

    def _message_strip(self, y: int, width: int) -> Strip:
        base = self._base
        lines = [part for line in self.message for part in folded(line, width - 3)]
        line = lines[y - 1] if 1 <= y <= len(lines) else []
        segments = [Segment("  ", base), *(Segment(text, base + self._role(role)) for text, role in line)]
        return Strip(segments).adjust_cell_length(width, base)

    def _role(self, role: str) -> Style:
        return part_style(self, f"rows--{role}")


def folded(line: Line, width: int) -> list[Line]:
    """Returns a line as the lines it needs at a width; each piece keeps its role."""
    text = "".join(piece for piece, _ in line)
    edges = [0, *accumulate(len(piece) for piece, _ in line)]
    pieces = [(start, end, role) for (start, end), (_, role) in zip(pairwise(edges), line, strict=True)]
    rows = pairwise([*wrap(text, width), len(text)])
    return [
        [(text[max(first, start) : min(last, end)], role) for start, end, role in pieces if start < last and end > first]
        for first, last in rows
    ] or [[]]
