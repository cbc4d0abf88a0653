"""The side pane: who and what is named, and who said what, in a document, in the results, or in everything."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style

from explorer.model import Entity, ExplorerError, FoundQuote
from explorer.tui.background import in_background
from explorer.tui.commands import bindings
from explorer.tui.display import one_line
from explorer.tui.rows import Line, Row, RowList
from explorer.tui.side_rows import EntityRow, QuoteRow, entity_rows, quote_rows
from explorer.tui.source import Source

Tab = Literal["entities", "quotes"]
Scope = Literal["document", "results", "corpus"]
TABS: tuple[Tab, ...] = ("entities", "quotes")
SCOPES: tuple[Scope, ...] = ("document", "results", "corpus")
SAID: dict[Scope, str] = {"document": "this document", "results": "these results", "corpus": "all documents"}
WAIT = 0.12
AT_ONCE = 300


class SidePane(Vertical):
    """Two lists, entities and quotes, for one scope."""

    BINDINGS = bindings("side")

    def __init__(self, source: Source) -> None:
        super().__init__(id="side")
        self.source = source
        self.tab: Tab = "entities"
        self.scope: Scope = "document"
        self.lists: dict[Tab, RowList] = {tab: RowList(id=tab) for tab in TABS}
        self._document: int | None = None
        self._left_over = False
        self._query = ""
        self._shown: tuple[Tab, Scope, int | None, str] | None = None
        self._filled: tuple[Tab, Scope, int | None, str] | None = None
        self._rest: dict[Tab, list[Row]] = {tab: [] for tab in TABS}

    def compose(self) -> ComposeResult:
        """Places both lists; one is displayed."""
        yield from self.lists.values()

    def on_mount(self) -> None:
        """Begins with the entities."""
        self._show_tab()

    @property
    def showing(self) -> RowList:
        """The list of the tab in sight."""
        return self.lists[self.tab]

    @property
    def entity(self) -> Entity | None:
        """The entity under the cursor."""
        row = self.showing.chosen
        return row.entity if isinstance(row, EntityRow) else None

    @property
    def quote(self) -> FoundQuote | None:
        """The quote under the cursor."""
        row = self.showing.chosen
        return row.found if isinstance(row, QuoteRow) else None

    @property
    def idle(self) -> frozenset[str]:
        """The ids of the commands that do nothing in the tab in sight."""
        return frozenset({"side.mention"} if self.tab == "quotes" else ())

    def turn_tab(self) -> None:
        """Turns to the other tab."""
        focused = self.showing.has_focus
        self.tab = TABS[1 - TABS.index(self.tab)]
        self._show_tab()
        if focused:
            self.showing.focus()
        self._load()

    def turn_scope(self) -> None:
        """Turns to the next scope: this document, these results, all documents."""
        self.scope = SCOPES[(SCOPES.index(self.scope) + 1) % len(SCOPES)]
        self._show_tab()
        self._load()

    def set_scope(self, document: int | None, query: str, *, left_over: bool = False) -> None:
        """Says which document and which query the scopes are; ``left_over``: the query has not found the document."""
        self._document, self._query, self._left_over = document, query, left_over
        self._show_scope()
        self._load()

    def again(self) -> None:
        """Asks anew, as more has been read or analysed."""
        self._shown = None
        self._load()

    def _show_tab(self) -> None:
        for tab, rows in self.lists.items():
            rows.display = tab == self.tab
        click = Style.from_meta({"@click": "screen.turn_tab"})
        titles = [
            Content.styled(tab, "bold $foreground" if tab == self.tab else "$foreground-muted not bold").stylize(
                click if tab != self.tab else ""
            )
            for tab in TABS
        ]
        self.border_title = Content(" │ ").join(titles)
        self._show_scope()

    def _show_scope(self) -> None:
        left_over = self._left_over and self.scope == "document" and self._document is not None
        self.set_class(left_over, "-left-over")
        self.border_subtitle = Content(SAID[self.scope] + (", not found" if left_over else ""))

    def on_show(self) -> None:
        """Loads what was not wanted while hidden."""
        self._load()

    def _load(self) -> None:
        if not self.display:
            return
        document = self._document if self.scope == "document" else None
        query = self._query if self.scope == "results" else ""
        wanted = (self.tab, self.scope, document, query)
        if wanted != self._shown:
            in_background(self, partial(self._fetch, wanted), "side")

    async def _fetch(self, wanted: tuple[Tab, Scope, int | None, str]) -> None:
        tab, scope, document, query = wanted
        await asyncio.sleep(WAIT)
        rows = self.lists[tab]
        if scope == "document" and document is None:
            rows.set_rows([], message=empty(tab, scope))
            return
        try:
            if tab == "entities":
                found = entity_rows(await self.source.entities(query if query.strip() else None, document))
            else:
                found = quote_rows(await self.source.quotes(query if query.strip() else None, document), scope != "document")
        except ExplorerError as error:
            rows.set_rows([], message=[[(one_line(str(error)), "dim")]])
            return
        self._rest[tab] = found[AT_ONCE:]
        rows.set_rows(found[:AT_ONCE], rows.cursor if self._filled == wanted else 0, empty(tab, scope))
        self._shown = self._filled = wanted

    @on(RowList.NearEnd)
    def more(self, event: RowList.NearEnd) -> None:
        """Adds rows to a long list as its end comes near."""
        event.stop()
        tab: Tab = "entities" if event.rows is self.lists["entities"] else "quotes"
        rest, self._rest[tab] = self._rest[tab][:AT_ONCE], self._rest[tab][AT_ONCE:]
        if rest:
            event.rows.add_rows(rest)


def empty(tab: Tab, scope: Scope) -> list[Line]:
    """Returns what an empty tab says: what it would show, and which key fills it."""
    what = "People, organisations, places, dates" if tab == "entities" else "Who said what, grouped by speaker,"
    lines: list[Line] = [
        [(f"No {tab} in {SAID[scope]}.", "title")],
        [],
        [(what, "dim")],
        [("appear here as they are found.", "dim")],
    ]
    keys = "a  " + SAID[SCOPES[(SCOPES.index(scope) + 1) % len(SCOPES)]]
    return [*lines, [], [(keys, "dim")], [("←→ " + TABS[1 - TABS.index(tab)], "dim")]]
