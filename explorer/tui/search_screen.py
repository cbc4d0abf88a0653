"""What one does to a search on the main screen: complete, submit, repair, narrow, order, open and close, stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen
from textual.widgets import Input

from explorer.tui.completion_list import CompletionList
from explorer.tui.repair_rows import RepairRow
from explorer.tui.results_pane import FilterInput, ResultsPane
from explorer.tui.rows import RowList
from explorer.tui.search_box import QueryInput, SearchBox
from explorer.tui.searching import Searching
from explorer.tui.source import Source

if TYPE_CHECKING:
    from explorer.tui.moving import Moving
    from explorer.tui.panes import Panes


class SearchScreen(Screen[None]):
    """A screen with a search box, its completions, and the results; the rest of the main screen is built on it."""

    moving: Moving
    panes: Panes

    def __init__(self, source: Source, query: str) -> None:
        super().__init__()
        self.source = source
        self.box = SearchBox(query)
        self.completions = CompletionList(source, self.box.input)
        self.results_pane = ResultsPane()
        self.results: RowList = self.results_pane.rows
        self.searching = Searching(source, self.box, self.results_pane, self.searched)

    def searched(self) -> None:
        """Is called with each answer or fault."""

    @property
    def repair(self) -> str | None:
        """The query that `F2` would ask: of the repair under the cursor, else of the query's fault."""
        row = self.results.chosen
        return row.repair.query if isinstance(row, RepairRow) and not self.searching.failed else self.box.repair

    @on(Input.Changed, "#query")
    def query_typed(self) -> None:
        """Searches as one types, and completes: by what stands there now, as the message may be older than an enter after it."""
        self.searching.typed(self.box.input.value)
        if self.box.input.has_focus:
            self.completions.typed()

    @on(QueryInput.Left)
    def query_left(self) -> None:
        """Completes nothing where nothing is typed."""
        self.completions.close()

    @on(RowList.NearEnd, "#results")
    def results_wanted(self) -> None:
        """Fetches more results."""
        self.searching.more()

    @on(Input.Changed, "#filter")
    def filter_typed(self) -> None:
        """Narrows as one types."""
        if self.results_pane.filter.display:  # else enter was quicker than this message
            self.searching.narrow(self.results_pane.filter.value)

    # Commands

    def action_complete(self) -> None:
        """Takes the completion chosen and searches; goes to the next pane where there is none."""
        offered = self.completions.open
        completion = self.completions.take()
        if completion is None:
            if not offered:
                self.panes.cycle(1)
        elif completion.insert.endswith(":"):
            self.searching.typed(self.box.input.value)
            self.completions.typed()
        else:
            self.searching.submit(self.box.input.value)

    def action_next_completion(self) -> None:
        """Goes to the next completion."""
        self.completions.step()

    def action_submit_search(self) -> None:
        """Searches what is written and goes into the document."""
        self.completions.close()
        self.moving.leave()
        self.searching.submit(self.box.input.value, self.panes.into_document)

    def action_move_result(self, step: int) -> None:
        """Moves the results' cursor."""
        self.results.action_move(step)

    def action_move_page(self, step: int) -> None:
        """Moves the results' cursor by a page."""
        self.results.action_page(step)

    def action_repair(self) -> None:
        """Asks the query that was probably meant."""
        query = self.repair
        if query is None:
            self.notify("nothing to repair here", markup=False, timeout=2)
        else:
            self.completions.close()
            self.moving.leave()
            self.moving.ask(query)

    def action_turn_order(self) -> None:
        """Turns the order of the results."""
        self.searching.turn_order()

    def action_unfold(self) -> None:
        """Opens the other passages and copies of a result."""
        self.searching.unfolding.open()

    def action_fold(self) -> None:
        """Closes them."""
        self.searching.unfolding.close()

    def action_filter_within(self) -> None:
        """Opens the line that narrows the results."""
        self.panes.go(2)
        self.results_pane.open_filter(self.searching.within.strip())

    def action_filter_done(self) -> None:
        """Closes that line; the filter stays, its last word as it is written."""
        self.searching.narrow(self.results_pane.filter.value, written=True)
        self._close_filter()

    def action_filter_off(self) -> None:
        """Takes the filter away."""
        self._close_filter()
        self.searching.narrow("")

    def _close_filter(self) -> None:
        filter_: FilterInput = self.results_pane.filter
        filter_.display = False
        self.results.focus()

    async def search_out(self) -> bool:
        """Backs out of what is open here: the completions, a slow search, the filter; returns whether there was one."""
        if self.completions.open:
            self.completions.close(for_word=True)
        elif self.searching.slow or self.searching.leading:
            await self.searching.stop()
        elif self.panes.place == "results" and self.searching.within:
            self.action_filter_off()
        else:
            return False
        return True
