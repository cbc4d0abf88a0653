"""The search box: what is asked, how it was understood, how much was found, and what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from explorer.model import Results
from explorer.tui.commands import bindings
from explorer.tui.display import fit, one_line
from explorer.tui.result_rows import found


class QueryInput(Input):
    """A line of text whose up, down and page keys move the results."""

    class Left(Message):
        """The focus has gone elsewhere."""

    BINDINGS = bindings("search")
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # has no scrollbars, so a longer text needs no new layout

    def on_blur(self) -> None:
        """Says that one types elsewhere now."""
        self.post_message(self.Left())

    def on_paste(self, event: Paste) -> None:
        """Takes all lines of a paste, as one; Textual's own would take the first and drop the others."""
        event.stop().prevent_default()
        self.replace(in_one_line(event.text), *self.selection)

    def action_paste(self) -> None:
        """Pastes what was copied in the app, as one line too."""
        self.replace(in_one_line(self.app.clipboard), *self.selection)


def in_one_line(text: str) -> str:
    """Returns a text with its lines joined by single blanks; a single line stays as it is, but for its line end."""
    lines = text.splitlines()
    return lines[0] if len(lines) == 1 else " ".join(line.strip() for line in lines if line.strip())


class SearchBox(Horizontal):
    """The query with everything that is said about it in the border around it."""

    def __init__(self, query: str) -> None:
        super().__init__(id="search")
        self.input = QueryInput(query, placeholder='words, "a phrase", by:name, person:name …', id="query", select_on_focus=False)
        self.repair: str | None = None  # the whole query as it may have been meant, when it has a fault
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
        understood = one_line(results.understood) if results.understood and results.query.strip() else ""
        parts = [f"understood as: {understood}"] if understood else []
        self._say(found(results), " · ".join([*parts, *(one_line(note) for note in results.notes)]))

    def show_fault(self, message: str, column: int | None, repair: str | None = None) -> bool:
        """Says what is wrong with the query, in which column, and what was probably meant; returns whether there was room."""
        fault = one_line(message) if column is None else f"column {column + 1}: {one_line(message)}"
        room = self.size.width - 4
        if repair is not None:
            offer = f"f2: {one_line(repair)}"
            fault = f"{fit(fault, max(room // 2, room - len(offer) - 3))} · {offer}"
        shown = fit(fault, room) if room > 0 else fault
        self._say("", shown, fault=True)
        self.repair = repair
        return "…" not in shown

    def show_slow(self) -> None:
        """Says that the search takes its time."""
        self._found.update(Content("searching… escape stops it "), layout=False)

    def show_stopped(self) -> None:
        """Says that the search was stopped, so that what is on screen is no answer."""
        self._say("", "the search was stopped · enter searches again")

    def _say(self, counted: str, about: str, fault: bool = False) -> None:
        self.repair = None
        self.set_class(fault, "-fault")
        self._found.update(Content(f"{counted} "), layout=False)
        self.border_subtitle = Content(about)
