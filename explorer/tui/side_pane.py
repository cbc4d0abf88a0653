"""The side pane: who and what is named, who said what, and what one can filter by: in a document, the results, all."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style

from explorer.model import Document, Entity, ExplorerError, FoundQuote
from explorer.tui.background import in_background
from explorer.tui.commands import bindings
from explorer.tui.display import one_line
from explorer.tui.rows import Line, Row, RowList
from explorer.tui.side_facets import FacetRow, facet_rows, facets_of
from explorer.tui.side_rows import EntityRow, NoteRow, QuoteRow, entity_rows, quote_rows
from explorer.tui.source import Source

Tab = Literal["entities", "quotes", "filters"]
Scope = Literal["document", "results", "corpus"]
TABS: tuple[Tab, ...] = ("entities", "quotes", "filters")
SCOPES: tuple[Scope, ...] = ("document", "results", "corpus")
SAID: dict[Scope, str] = {"document": "this document", "results": "these results", "corpus": "all documents"}
SHOWS: dict[Tab, tuple[str, str]] = {
    "entities": ("People, organisations, places, dates", "appear here as they are found."),
    "quotes": ("Who said what, grouped by speaker,", "appear here as they are found."),
    "filters": ("Sources, years, types, languages, tags", "appear here; enter narrows by one."),
}
TITLE_ROOM = 4  # what Textual puts beside a title
WAIT = 0.12
AT_ONCE = 300


class _Wanted(NamedTuple):
    """What a list is filled with."""

    tab: Tab
    scope: Scope
    document: Document | None
    query: str
    within: str


class SidePane(Vertical):
    """Three lists, entities, quotes and filters, for one scope."""

    BINDINGS = bindings("side")

    def __init__(self, source: Source) -> None:
        super().__init__(id="side")
        self.source = source
        self.tab: Tab = "entities"
        self.scope: Scope = "document"
        self.lists: dict[Tab, RowList] = {tab: RowList(id=tab) for tab in TABS}
        self._document: Document | None = None
        self._left_over = False
        self.sure_only = False
        self._query = self._within = ""
        self._shown: _Wanted | None = None
        self._filled: _Wanted | None = None
        self._rest: dict[Tab, list[Row]] = {tab: [] for tab in TABS}

    def compose(self) -> ComposeResult:
        """Places the lists; one is displayed."""
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
        idle: dict[Tab, tuple[str, ...]] = {
            "entities": ("side.unsure",),
            "quotes": ("side.mention", "side.names"),
            "filters": ("side.mention", "side.names", "side.unsure", "copy.cited", "why"),
        }
        return frozenset(idle[self.tab])

    def turn_tab(self, step: int) -> None:
        """Turns to the next tab (1) or the one before (-1), around the ends."""
        focused = self.showing.has_focus
        self.tab = TABS[(TABS.index(self.tab) + step) % len(TABS)]
        self._show_tab()
        if focused:
            self.showing.focus()
        self._load()

    def turn_scope(self) -> None:
        """Turns to the next scope: this document, these results, all documents."""
        self.scope = SCOPES[(SCOPES.index(self.scope) + 1) % len(SCOPES)]
        self._show_tab()
        self._load()

    def toggle_unsure(self) -> None:
        """Hides the quotes that are not sure, or shows them again."""
        self.sure_only = not self.sure_only
        self.again()

    def set_scope(self, document: Document | None, query: str, within: str = "", *, left_over: bool = False) -> None:
        """Says which document and which query, narrowed by a second, the scopes are.

        ``left_over``: the query has not found the document.
        """
        self._document, self._query, self._within, self._left_over = document, query, within, left_over
        self._show_scope()
        self._load()

    def again(self) -> None:
        """Asks anew, as more has been read, analysed or kept."""
        self._shown = None
        self._load()

    def on_resize(self) -> None:
        """Fits the names of the tabs to the new width."""
        self._show_title()

    def _show_tab(self) -> None:
        for tab, rows in self.lists.items():
            rows.display = tab == self.tab
        self._show_title()
        self._show_scope()

    def _show_title(self) -> None:
        here = TABS.index(self.tab)
        titles = [
            Content.styled(tab, "bold $foreground" if tab == self.tab else "$foreground-muted not bold").stylize(
                Style.from_meta({"@click": f"screen.turn_tab({step})"}) if (step := place - here) else ""
            )
            for place, tab in enumerate(TABS)
        ]
        wide, close = (Content(line).join(titles) for line in (" │ ", "│"))
        fitting = (title for title in (wide, close) if title.cell_length + TITLE_ROOM <= self.size.width)
        self.border_title = next(fitting, titles[here])

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
        asked = self.scope == "results" or self.tab == "filters"  # filters show which of them the query has
        wanted = _Wanted(self.tab, self.scope, document, *((self._query, self._within) if asked else ("", "")))
        if wanted != self._shown:
            in_background(self, partial(self._fetch, wanted), "side")

    async def _fetch(self, wanted: _Wanted) -> None:
        await asyncio.sleep(WAIT)
        tab, scope, document, _, _ = wanted
        rows = self.lists[tab]
        if scope == "document" and document is None:
            rows.set_rows([], message=empty(tab, scope))
            return
        try:
            found = await self._rows(wanted)
        except ExplorerError as error:
            rows.set_rows([], message=[[(one_line(str(error)), "dim")]])
            return
        self._rest[tab] = found[AT_ONCE:]
        kept = rows.cursor if self._filled == wanted else 0
        cursor = _place_of(rows.chosen, found) if tab == "filters" else kept
        rows.set_rows(found[:AT_ONCE], cursor, empty(tab, scope))
        self._shown = self._filled = wanted

    async def _rows(self, wanted: _Wanted) -> list[Row]:
        tab, scope, document, query, within = wanted
        if tab == "filters":
            if document is None:
                in_results = scope == "results"
                return facet_rows(await self.source.facets(query if in_results else "", within if in_results else ""), query)
            kept, everywhere = await self.source.kept(document.number), await self.source.facets("")
            return facet_rows(facets_of(document, kept, everywhere), query)
        number = document.number if document else None
        asked = query if query.strip() else None
        analysis = await self.source.analysis(number) if number is not None else None
        notes: list[Row] = [NoteRow(note) for note in analysis.notes] if analysis is not None else []
        if tab == "entities":
            return notes + entity_rows(await self.source.entities(asked, number, within))
        return notes + quote_rows(await self.source.quotes(asked, number, within), scope != "document", self.sure_only)

    @on(RowList.NearEnd)
    def more(self, event: RowList.NearEnd) -> None:
        """Adds rows to a long list as its end comes near."""
        event.stop()
        tab = next(tab for tab, rows in self.lists.items() if rows is event.rows)
        rest, self._rest[tab] = self._rest[tab][:AT_ONCE], self._rest[tab][AT_ONCE:]
        if rest:
            event.rows.add_rows(rest)


def _place_of(row: Row | None, rows: list[Row]) -> int:
    """Returns where the filter that the cursor was on stands now, else the beginning."""
    wanted = row.facet.query if isinstance(row, FacetRow) else None
    return next((i for i, new in enumerate(rows) if isinstance(new, FacetRow) and new.facet.query == wanted), 0)


def empty(tab: Tab, scope: Scope) -> list[Line]:
    """Returns what an empty tab says: what it would show, and which key fills it."""
    what, when = SHOWS[tab]
    lines: list[Line] = [[(f"No {tab} in {SAID[scope]}.", "title")], [], [(what, "dim")], [(when, "dim")]]
    keys = "a  " + SAID[SCOPES[(SCOPES.index(scope) + 1) % len(SCOPES)]]
    return [*lines, [], [(keys, "dim")], [("←→ " + TABS[(TABS.index(tab) + 1) % len(TABS)], "dim")]]
