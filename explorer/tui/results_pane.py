"""The results' pane: the list, in its border what narrows and orders it, and the line in which one types a filter."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from explorer.tui.commands import bindings
from explorer.tui.display import fit, one_line
from explorer.tui.rows import RowList

# What turns with `S`, in that order, and what the border says of each order there is.
TURNED = ("relevance", "-date", "date", "source")
ORDERS = {
    "-date": "newest first",
    "date": "oldest first",
    "source": "by source",
    "-source": "by source, from the end",
    "title": "by title",
    "-title": "by title, from the end",
    "path": "by path",
    "-path": "by path, from the end",
}


TITLE_ROOM = 6  # corners, and what Textual puts beside a title


class ResultList(RowList):
    """The results, whose rows open."""

    BINDINGS = bindings("results")


class FilterInput(Input):
    """Where one types what to narrow the results by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "screen.filter_off", "remove the filter"),
        ("enter,down", "screen.filter_done", "to the results"),
    ]
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # has no scrollbars, so a longer text needs no new layout


class ResultsPane(Vertical):
    """The list of results with a line below it to filter them."""

    def __init__(self) -> None:
        super().__init__(id="results-pane")
        self.rows = ResultList(id="results", airy=True)
        self.filter = FilterInput(placeholder="only those with …", id="filter", select_on_focus=False)
        self._order = self._within = ""
        self.border_title = Content("results")

    def compose(self) -> ComposeResult:
        """Places list and line; the line is hidden until it is asked for."""
        self.filter.display = False
        yield self.rows
        yield self.filter

    def on_resize(self) -> None:
        """Fits the border to the new width."""
        if not self.has_class("-fault"):
            self._show_state()

    def open_filter(self, within: str) -> None:
        """Opens the line with the filter there is."""
        with self.filter.prevent(Input.Changed):
            self.filter.value = within
        self.filter.select_all()
        self.filter.display = True
        self.filter.focus()

    def show_state(self, order: str, within: str) -> None:
        """Says in the border which order and which filter the rows have."""
        if (order, within) != (self._order, self._within) or self.has_class("-fault"):
            self._order, self._within = order, within
            self._show_state()

    def show_fault(self, message: str) -> None:
        """Says in the border what is wrong with the filter."""
        self.add_class("-fault")
        self.border_subtitle = Content(one_line(message))

    def _show_state(self) -> None:
        within, order = f"within: {one_line(self._within)}" if self._within else "", ORDERS.get(self._order, "")
        room = self.size.width - TITLE_ROOM
        titles = [" · ".join(filter(None, parts)) for parts in (("results", within, order), (within, order))]
        title = next((title for title in titles if title and cell_len(title) <= room), "")
        self.border_title = Content(title or fit(within or order or "results", room))
        self.border_subtitle = Content("" if title else order if within else "")
        self.remove_class("-fault")
