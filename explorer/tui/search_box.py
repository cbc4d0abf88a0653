"""The search box: what is asked, how it was understood, how much was found, and what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input, Static

from explorer.model import Results
from explorer.tui.commands import bindings
from explorer.tui.display import one_line
from explorer.tui.result_rows import found


class QueryInput(Input):
    """A line of text whose up, down and page keys move the results."""

    BINDINGS = bindings("search")
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # has no scrollbars, so a longer text needs no new layout


class SearchBox(Horizontal):
    """The query with everything that is said about it in the border around it."""

    def __init__(self, query: str) -> None:
        super().__init__(id="search")
        self.input = QueryInput(query, placeholder='words, "a phrase", by:name, person:name …', id="query", select_on_focus=False)
        self._found = Static("", id="found", markup=False)
        self.border_title = Content("search")

    def compose(self) -> ComposeResult:
        """Places the query and, at its right, the counts."""
        yield self.input
        yield self._found

    def on_resize(self) -> None:
        """Leaves the counts out where they would leave no room for the query."""
        self._found.display = self.size.width >= 60

    def show_results(self, results: Results) -> None:
        """Says how the query was understood and how much was found."""
        self.remove_class("-fault")
        self._found.update(Content(f"{found(results)} "), layout=False)
        parts = [f"understood as: {one_line(results.understood)}"] if results.understood and results.query.strip() else []
        self.border_subtitle = Content(" · ".join([*parts, *(one_line(note) for note in results.notes)]))

    def show_fault(self, message: str, column: int | None) -> None:
        """Says what is wrong with the query, and in which column."""
        self.add_class("-fault")
        self._found.update(Content(""), layout=False)
        at = "" if column is None else f"column {column + 1}: "
        self.border_subtitle = Content(at + one_line(message))
