"""The search term report: what each query of a list finds, and what only it finds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic, strftime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker

from explorer.export.answers import Terms
from explorer.export.files import ENDINGS, current_folder, free_name, save
from explorer.library.term_list import load_terms
from explorer.model import ExplorerError, TermCount
from explorer.tui.background import in_background
from explorer.tui.commands import bindings
from explorer.tui.dialogs import HelpDialog
from explorer.tui.display import one_line, plural, thousands
from explorer.tui.footer_bar import FooterBar
from explorer.tui.path_input import PathInput, PathSuggester
from explorer.tui.prompt import Prompt
from explorer.tui.rows import Line, RowList
from explorer.tui.source import Source
from explorer.tui.term_rows import LISTED, Column, Order, TermRow, heads, ordered

SAVED = "saved queries"
ASKED = "A file with one query a line (# begins a comment); leave it empty for your saved queries."
EMPTY: list[Line] = [
    [("What does each query find, and what only it?", "title")],
    [],
    [("Name a list above and press enter: a line for each of its queries", "dim")],
    [("comes here, with its documents, its hits, and the documents that no", "dim")],
    [("other query of the list finds.", "dim")],
]
TICK = 1.0


@dataclass(slots=True)
class TermReport:
    """A report as it was last made, kept while its queries are looked at."""

    path: str = ""
    title: str = ""
    counts: tuple[TermCount, ...] = ()
    order: Order = LISTED
    cursor: int = 0


class TermList(RowList):
    """The report's lines, with the keys of their own."""

    BINDINGS = bindings("terms")


class TermsScreen(Screen[str | None]):
    """Makes a report, and gives back the query to look at, None when none was chosen."""

    AUTO_FOCUS = ""

    def __init__(self, source: Source, report: TermReport) -> None:
        super().__init__()
        self.source = source
        self.report = report
        self.path = PathInput(report.path, placeholder="queries.txt", suggester=PathSuggester(files=True), id="path")
        self.asked = Static(Content(ASKED), id="asked", markup=False)
        self.heads = Static("", id="term-heads", markup=False)
        self.rows = TermList(id="terms")
        self.said = Static("", id="said", markup=False)
        self.footer = FooterBar()
        self._counting: Worker[None] | None = None
        self._since = 0.0

    def compose(self) -> ComposeResult:
        """Places the line for the list, the table, and what is said of both."""
        with Vertical(id="term-list") as panel:
            panel.border_title = Content("search term report: the list")
            yield self.asked
            yield self.path
            yield self.said
        with Vertical(id="term-table"):
            yield self.heads
            yield self.rows
        yield self.footer

    def on_mount(self) -> None:
        """Shows the last report, or asks for a list."""
        self.footer.show_place("terms")
        self._say("")
        self.set_interval(TICK, self._tick)
        self._fill(self.report.cursor)
        (self.rows if self.report.counts else self.path).focus()

    def on_descendant_focus(self) -> None:
        """Explains the line while one is at it, and leaves more room to the report otherwise."""
        self.asked.display = self.path.has_focus

    def on_resize(self) -> None:
        """Fits the names of the columns to the new width."""
        self.call_after_refresh(self._show_heads)

    @property
    def _busy(self) -> bool:
        return self._counting is not None and not self._counting.is_finished

    # Making the report

    @on(Input.Submitted)
    def list_named(self, event: Input.Submitted) -> None:
        """Counts the queries of the list named."""
        event.stop()
        self.action_count()

    def action_count(self) -> None:
        """Counts, or counts again."""
        self._since = monotonic()
        self._counting = in_background(self, partial(self._count, self.path.value.strip()), "terms")
        self._say("")

    async def _count(self, path: str) -> None:
        try:
            if path:
                queries = await asyncio.to_thread(_queries_of, path)
            else:
                queries = list((await self.source.saved_queries()).values())
                if not queries:
                    raise ExplorerError("no queries are kept yet: name a file, or keep a query with ctrl+s")
            self._wait_for(len(queries))
            counts = await self.source.terms(queries)
        except ExplorerError as error:
            self._fill(self.report.cursor)
            self._say(str(error), fault=True)
            self.path.focus()
            return
        report = self.report
        report.path, report.counts, report.order = path, counts, LISTED
        faults = sum(bool(count.error) for count in counts)
        unread = f" · {thousands(faults)} cannot be read" if faults else ""
        report.title = f"{one_line(path) or SAVED} · {plural(len(counts), 'query')}{unread} · counted {strftime('%H:%M')}"
        self._fill(0)
        self.rows.focus()

    def _wait_for(self, queries: int) -> None:
        """Says that the work is under way, and how to be rid of it."""
        words = f"Counting what {plural(queries, 'query')} find{'s' if queries == 1 else ''} …"
        self.rows.set_rows([], message=[[(words, "title")], [], [("escape stops", "dim")]])
        self.rows.focus()

    def _tick(self) -> None:
        if self._busy:
            self.query_one("#term-table").border_subtitle = Content(f"counting · {monotonic() - self._since:.0f} s")

    # Showing it

    def _fill(self, cursor: int) -> None:
        report = self.report
        self.rows.set_rows([TermRow(count) for count in ordered(report.counts, report.order)], cursor, EMPTY)
        table = self.query_one("#term-table")
        table.border_title = Content(report.title or "report")
        table.border_subtitle = Content("")
        self._show_heads()

    def _show_heads(self) -> None:
        room = self.rows.size.width - 2 - self.rows.scrollbar_size_vertical
        self.heads.display = bool(self.report.counts)
        self.heads.update(heads(self.report.order, max(0, room - 1)))

    def _say(self, words: str, fault: bool = False) -> None:
        self.said.set_class(fault, "-fault")
        self.said.display = bool(words)
        self.said.update(Content(one_line(words)))

    def action_sort_by(self, column: Column) -> None:
        """Sorts by a column: names from the first, counts from the greatest; again: the other way round."""
        order = self.report.order
        reverse = not order.reverse if order.column == column else column not in {"query", "list"}
        self.report.order = Order(column, reverse and column != "list")
        if not self._busy:
            self._fill(0)

    # Using it

    @on(RowList.Opened)
    def run_query(self, event: RowList.Opened) -> None:
        """Gives back the query under the cursor."""
        event.stop()
        row = event.rows.chosen
        if isinstance(row, TermRow):
            self.report.cursor = self.rows.cursor
            self.dismiss(row.count.query)

    async def action_export(self) -> None:
        """Asks where to write the report."""
        if self._busy or not self.report.counts:
            self.notify("no report to export yet", markup=False, timeout=2)
            return
        try:
            corpus = Path((await self.source.status()).folder).expanduser()
        except ExplorerError as error:
            self._say(str(error), fault=True)
            return
        offered, here = free_name("terms.csv", corpus), current_folder()
        hints = [f"the ending chooses the form: {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}", f"a name alone is a file in {here}"]
        value = offered.name if offered.parent == here else str(offered)
        self.app.push_screen(Prompt("export the report", partial(self._export, corpus), hints, value, PathSuggester()))

    async def _export(self, corpus: Path, path: str) -> None:
        answer = Terms(tuple(ordered(self.report.counts, self.report.order)))
        written = await asyncio.to_thread(save, answer, Path(path), corpus)
        self.notify(f"{plural(len(answer.terms), 'line')} written: {one_line(str(written))}", markup=False, timeout=6)

    def action_list(self) -> None:
        """Goes to the line that names the list."""
        self.path.focus()

    def action_help(self) -> None:
        """Lists the keys valid here."""
        self.app.push_screen(HelpDialog("terms"))

    async def action_leave(self) -> None:
        """Stops the counting; else leaves."""
        if self._busy and self._counting is not None:
            self._counting.cancel()
            self._counting = None
            self._fill(self.report.cursor)
            self._say("stopped")
            self.path.focus()
        else:
            self.report.cursor = max(0, self.rows.cursor)
            self.dismiss(None)

    async def action_leave_path(self) -> None:
        """Goes from the line to the report, when there is one; else leaves."""
        if self.report.counts and not self._busy:
            self._say("")
            self.rows.focus()
        else:
            await self.action_leave()


def _queries_of(path: str) -> list[str]:
    """Returns the queries of a list; what is no plain file could keep us waiting for ever."""
    try:
        waits = (found := Path(path).expanduser()).exists() and not found.is_file() and not found.is_dir()
    except (OSError, RuntimeError, ValueError):
        waits = False  # whatever is wrong with it is said when it is read
    if waits:
        raise ExplorerError(f"the list {path} cannot be read: it is no plain file")
    return load_terms(Path(path))
