"""The main screen: composition of search box, results, document and side pane; each action is done elsewhere."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus

from explorer.model import ExplorerError
from explorer.tui.background import in_background
from explorer.tui.banner import Banner
from explorer.tui.commands import bindings
from explorer.tui.copying import copied, toast
from explorer.tui.dialogs import FactDialog, HelpDialog, OfferDialog
from explorer.tui.display import home_short, one_line
from explorer.tui.document_pane import DocumentPane
from explorer.tui.folder_screen import FolderScreen
from explorer.tui.following import Following
from explorer.tui.footer_bar import FooterBar
from explorer.tui.history import Place
from explorer.tui.keeping import Keeping, What
from explorer.tui.moving import Moving
from explorer.tui.names_dialog import NamesDialog
from explorer.tui.panes import Panes
from explorer.tui.repair_rows import RepairRow
from explorer.tui.result_rows import FoundRow
from explorer.tui.rows import RowList
from explorer.tui.side_facets import FacetRow
from explorer.tui.side_pane import SidePane
from explorer.tui.side_rows import EntityRow, QuoteRow
from explorer.tui.source import Source
from explorer.tui.terms_screen import TermReport, TermsScreen
from explorer.tui.title_bar import TitleBar
from explorer.tui.why import about_document, why


class MainScreen(FolderScreen):
    """One folder: its documents, searched, read, and what they name and say."""

    BINDINGS = bindings("anywhere", "app")
    AUTO_FOCUS = "#query"

    def __init__(self, source: Source, folder: str, query: str = "", fresh: bool = False) -> None:
        super().__init__(source, query)
        self.fresh = fresh or bool(query)
        self.title_bar = TitleBar(home_short(folder))
        self.banner = Banner()
        self.pane = DocumentPane(source)
        self.side = SidePane(source)
        self.footer = FooterBar()
        self.moving = Moving(self.searching, self.pane)
        self.panes = Panes(self)
        self.following = Following(self)
        self.keeping = Keeping(self)
        self.report = TermReport()

    def compose(self) -> ComposeResult:
        """Places the panes."""
        yield self.title_bar
        yield self.banner
        yield self.box
        with Horizontal(id="panes"):
            yield self.results_pane
            yield self.pane
            yield self.side
        yield self.footer
        yield self.completions

    def on_mount(self) -> None:
        """Begins with the last session, or with the query given."""
        in_background(self, self._begin, "begin")
        in_background(self, self.following.follow, "follow")

    async def _begin(self) -> None:
        session: dict[str, Any] = {} if self.fresh else await self.source.load_session()
        query, document, offset, within = (session.get(name) for name in ("query", "document", "offset", "within"))
        if self.searching.begun:  # the reader was quicker
            pass
        elif isinstance(query, str) and (query or isinstance(document, int)):
            number = document if isinstance(document, int) else None
            place = Place(query, number, offset if isinstance(offset, int) else 0, within if isinstance(within, str) else "")
            self.moving.restore(place)
            self.box.input.select_all()
        else:
            self.searching.submit(self.box.input.value)
        await self.source.refresh()

    async def leave(self) -> None:
        """Keeps where the reader is and closes the folder."""
        try:
            await self.source.save_session(self.moving.session() | {"offer": self.following.offer})
        finally:
            await self.source.close()

    # What happened

    def on_resize(self) -> None:
        """Arranges the panes for the new size."""
        self.panes.arrange()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Shows the keys of the place that has the focus."""
        self._show_keys()
        self.panes.arrange()

    def _show_keys(self) -> None:
        idle = self.side.idle if self.repair is not None else self.side.idle | {"repair"}
        self.footer.show_place(self.panes.place, idle)

    def searched(self) -> None:
        """Brings the other panes to a new answer; of a fault only the keys that mend it are shown."""
        self._show_keys()
        if self.searching.fault is not None:
            self.following.notice(self.searching.fault)
            return
        asked = self.searching.question
        nothing = not self.searching.results.passages and bool(f"{asked.query}{asked.within}".strip())
        self.pane.set_left_over(nothing)
        self.side.set_scope(self.pane.document, asked.query, asked.within, left_over=nothing)

    @on(RowList.Highlighted, "#results")
    def result_chosen(self) -> None:
        """Shows the result under the cursor."""
        if self.searching.chosen is not None:
            self.moving.preview(self.searching.chosen)
        self.searching.moved()

    @on(RowList.Opened)
    def row_opened(self, event: RowList.Opened) -> None:
        """Reads a result, filters by an entity or a value, goes to a quote."""
        row = event.rows.chosen
        if isinstance(row, FoundRow):
            self.panes.go(3)
        elif isinstance(row, RepairRow):
            self.action_repair()
        elif isinstance(row, EntityRow):
            self.moving.filter_by(row.entity)
        elif isinstance(row, QuoteRow):
            self.moving.to_quote(row.found)
            self.panes.go(3)
        elif isinstance(row, FacetRow):
            self.moving.toggle_filter(row.facet)

    @on(DocumentPane.Shown)
    @on(DocumentPane.Analysed)
    def document_shown(self) -> None:
        """Brings the side pane to the document on screen."""
        asked = self.searching.question
        self.side.set_scope(self.pane.document, asked.query, asked.within, left_over=self.pane.left_over)
        self.keeping.show()
        if self.pane.analysis is not None:
            self.side.again()

    # Commands: one line each

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

    def action_turn_tab(self, step: int) -> None:
        """Turns to the side pane's next tab, or the one before."""
        self.side.turn_tab(step)
        self._show_keys()

    def action_next_mention(self) -> None:
        """Goes to the next mention of the entity chosen."""
        if self.side.entity is not None:
            self.moving.next_mention(self.side.entity)

    def action_names(self) -> None:
        """Lists the names that other documents give the entity chosen."""
        if self.side.entity is not None:
            self.app.push_screen(NamesDialog(self.source, self.side.entity), self._names_changed)

    def _names_changed(self, changed: bool | None) -> None:
        if changed:
            self.side.again()

    def action_toggle_unsure(self) -> None:
        """Hides the quotes that are not sure, or shows them again."""
        self.side.toggle_unsure()

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
        """Says why the chosen quote or name was taken for one; where there is none, what is known of the document."""
        in_side = self.side.quote.quote if self.side.quote else self.side.entity
        item = in_side if self.panes.place == "side" else self.pane.at_place()
        if item is not None:
            self.app.push_screen(FactDialog("why", why(item, self.pane.analysis)))
        elif self.pane.document is not None:
            self.app.push_screen(FactDialog("the document", about_document(self.pane.document)))
        else:
            self.notify("no quote or name here", markup=False, timeout=2)

    def action_keep(self, what: What) -> None:
        """Stars, tags, keeps a query, or lists the queries kept."""
        self.keeping.do(what)

    def action_terms(self) -> None:
        """Makes a search term report, or shows the last."""
        self.app.push_screen(TermsScreen(self.source, self.report), self.keeping.run_query)

    def action_offer(self) -> None:
        """Says what would make this folder faster."""
        self.app.push_screen(OfferDialog(self.following.offer))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Says that there is no such command as long as nothing is offered, or damaged."""
        if action == "mend":
            return self.banner.kind in {"index", "catalogue", "gone"}
        return action != "offer" or bool(self.following.offer)

    def action_help(self) -> None:
        """Lists the keys valid here."""
        self.app.push_screen(HelpDialog(self.panes.place))

    async def action_out(self) -> None:
        """Backs out one level, and quits at the last."""
        if not self.panes.out() and not await self.search_out():
            in_background(self, self.app.action_quit, "quit")

    async def action_escape(self) -> None:
        """Drops a selection, stops a search, backs out one level, or stops the indexing."""
        if self.selections:
            self.clear_selection()
        elif not await self.search_out() and not self.panes.out():
            if self.panes.place == "results":
                self.panes.go(1)
            elif self.following.running:
                await self.source.cancel_refresh()

    async def action_focused(self, action: str) -> None:
        """Runs an action of the widget that has the focus."""
        await self.app.run_action(action, self.focused or self)
