"""The main screen: composition of search box, results, document and side pane; each action is done elsewhere."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import Input

from explorer.model import ExplorerError, Results
from explorer.tui.background import in_background
from explorer.tui.commands import bindings
from explorer.tui.copying import copied, toast
from explorer.tui.dialogs import FilesDialog, HelpDialog, WhyDialog
from explorer.tui.display import home_short, one_line
from explorer.tui.document_pane import DocumentPane
from explorer.tui.following import Following
from explorer.tui.footer_bar import FooterBar
from explorer.tui.history import Place
from explorer.tui.moving import Moving
from explorer.tui.panes import Panes
from explorer.tui.result_rows import ResultRow
from explorer.tui.rows import RowList
from explorer.tui.search_box import SearchBox
from explorer.tui.searching import Searching
from explorer.tui.side_pane import SidePane
from explorer.tui.side_rows import EntityRow, QuoteRow
from explorer.tui.source import Source
from explorer.tui.title_bar import TitleBar
from explorer.tui.why import why


class MainScreen(Screen[None]):
    """One folder: its documents, searched, read, and what they name and say."""

    BINDINGS = bindings("anywhere", "app")
    AUTO_FOCUS = "#query"

    def __init__(self, source: Source, folder: str, query: str = "", fresh: bool = False) -> None:
        super().__init__()
        self.source = source
        self.fresh = fresh or bool(query)
        self.title_bar = TitleBar(home_short(folder))
        self.box = SearchBox(query)
        self.results = RowList(id="results", airy=True)
        self.pane = DocumentPane(source)
        self.side = SidePane(source)
        self.footer = FooterBar()
        self.searching = Searching(source, self.box, self.results, self._found)
        self.moving = Moving(self.searching, self.pane)
        self.panes = Panes(self)
        self.following = Following(self)

    def compose(self) -> ComposeResult:
        """Places the panes."""
        yield self.title_bar
        yield self.box
        with Horizontal(id="panes"):
            yield self.results
            yield self.pane
            yield self.side
        yield self.footer

    def on_mount(self) -> None:
        """Begins with the last session, or with the query given."""
        self.results.border_title = Content("results")
        in_background(self, self._begin, "begin")
        in_background(self, self.following.follow, "follow")

    async def _begin(self) -> None:
        session: dict[str, Any] = {} if self.fresh else await self.source.load_session()
        query, document, offset = session.get("query"), session.get("document"), session.get("offset")
        if isinstance(query, str) and (query or isinstance(document, int)):
            number = document if isinstance(document, int) else None
            self.moving.restore(Place(query, number, offset if isinstance(offset, int) else 0))
            self.box.input.select_all()
        else:
            self.searching.submit(self.box.input.value)
        await self.source.refresh()

    async def leave(self) -> None:
        """Keeps where the reader is and closes the folder."""
        try:
            await self.source.save_session(self.moving.session())
        finally:
            await self.source.close()

    # What happened

    def on_resize(self) -> None:
        """Arranges the panes for the new size."""
        self.panes.arrange()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Shows the keys of the place that has the focus."""
        self.footer.show_place(self.panes.place, self.side.idle)
        self.panes.arrange()

    def _found(self, results: Results) -> None:
        nothing = not results.passages and bool(results.query.strip())
        self.pane.set_left_over(nothing)
        self.side.set_scope(self._number, results.query, left_over=nothing)

    @property
    def _number(self) -> int | None:
        """The number of the document on screen."""
        return self.pane.document.number if self.pane.document else None

    @on(Input.Changed, "#query")
    def query_typed(self, event: Input.Changed) -> None:
        """Searches as one types."""
        self.searching.typed(event.value)

    @on(RowList.Highlighted, "#results")
    def result_chosen(self) -> None:
        """Shows the result under the cursor."""
        if self.searching.chosen is not None:
            self.moving.preview(self.searching.chosen)

    @on(RowList.NearEnd, "#results")
    def results_wanted(self) -> None:
        """Fetches more results."""
        self.searching.more()

    @on(RowList.Opened)
    def row_opened(self, event: RowList.Opened) -> None:
        """Reads a result, filters by an entity, goes to a quote."""
        row = event.rows.chosen
        if isinstance(row, ResultRow):
            self.panes.go(3)
        elif isinstance(row, EntityRow):
            self.moving.filter_by(row.entity)
        elif isinstance(row, QuoteRow):
            self.moving.to_quote(row.found)
            self.panes.go(3)

    @on(DocumentPane.Shown)
    @on(DocumentPane.Analysed)
    def document_shown(self) -> None:
        """Brings the side pane to the document on screen."""
        self.side.set_scope(self._number, self.searching.query, left_over=self.pane.left_over)
        if self.pane.analysis is not None:
            self.side.again()

    # Commands: one line each

    def action_submit_search(self) -> None:
        """Searches what is written and goes into the document."""
        self.moving.leave()
        self.searching.submit(self.box.input.value, lambda: self.panes.go(3) if self.searching.chosen else None)

    def action_move_result(self, step: int) -> None:
        """Moves the results' cursor."""
        self.results.action_move(step)

    def action_move_page(self, step: int) -> None:
        """Moves the results' cursor by a page."""
        self.results.action_page(step)

    def action_step_hit(self, step: int) -> None:
        """Goes to the next or previous hit."""
        self.moving.step_hit(step)

    def action_step_result(self, step: int) -> None:
        """Goes to the next or previous result."""
        self.moving.step_result(step)

    def action_pane(self, number: int) -> None:
        """Puts the focus into a pane."""
        self.panes.go(number)

    def action_cycle(self, step: int) -> None:
        """Goes to the next or previous pane."""
        self.panes.cycle(step)

    def action_alone(self) -> None:
        """Shows the document alone, and back."""
        self.panes.toggle_alone()

    def action_toggle_side(self) -> None:
        """Shows or hides the side pane."""
        self.panes.toggle_side()

    def action_resize(self, cells: int) -> None:
        """Makes a pane wider or narrower."""
        self.panes.resize(cells)

    def action_history(self, step: int) -> None:
        """Goes back or forward."""
        self.moving.turn_back(step)

    def action_turn_scope(self) -> None:
        """Turns the side pane's scope."""
        self.side.turn_scope()

    def action_turn_tab(self) -> None:
        """Turns the side pane's tab."""
        self.side.turn_tab()

    def action_next_mention(self) -> None:
        """Goes to the next mention of the entity chosen."""
        if self.side.entity is not None:
            self.moving.next_mention(self.side.entity)

    def action_find_here(self) -> None:
        """Finds words in the document."""
        self.pane.find_start()

    def action_toggle_marks(self) -> None:
        """Shows or hides the quiet marks."""
        self.pane.view.toggle_quiet_marks()

    async def action_copy(self, cited: bool) -> None:
        """Copies what the reader is at, and says what."""
        try:
            found = await copied(self, cited)
        except ExplorerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)
            return
        if found is None:
            self.notify("nothing to copy here", markup=False, timeout=2)
        else:
            self.app.copy_to_clipboard(found[1])
            self.notify(toast(*found, cited), markup=False, timeout=3)

    def action_why(self) -> None:
        """Says why the chosen quote or name was taken for one."""
        in_side = self.side.quote.quote if self.side.quote else self.side.entity
        item = in_side if self.panes.place == "side" else self.pane.at_place()
        if item is None:
            self.notify("no quote or name here", markup=False, timeout=2)
        else:
            self.app.push_screen(WhyDialog(why(item, self.pane.analysis)))

    async def action_files(self) -> None:
        """Lists the files that could not be read."""
        try:
            self.app.push_screen(FilesDialog(await self.source.status()))
        except ExplorerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)

    def action_help(self) -> None:
        """Lists the keys valid here."""
        self.app.push_screen(HelpDialog(self.panes.place))

    async def action_refresh_folder(self, rebuild: bool = False) -> None:
        """Looks for new and changed files, or makes the index anew."""
        self.following.started()
        await self.source.refresh(rebuild)

    def action_out(self) -> None:
        """Backs out one level, and quits at the last."""
        if not self.panes.out():
            in_background(self, self.app.action_quit, "quit")

    async def action_escape(self) -> None:
        """Drops a selection, backs out one level, or stops the indexing."""
        if self.selections:
            self.clear_selection()
        elif not self.panes.out():
            if self.panes.place == "results":
                self.panes.go(1)
            elif self.following.running:
                await self.source.cancel_refresh()

    async def action_focused(self, action: str) -> None:
        """Runs an action of the widget that has the focus."""
        await self.app.run_action(action, self.focused or self)
