"""The list of saved queries: run one, delete one, bring it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from explorer.model import ExplorerError
from explorer.tui.commands import bindings
from explorer.tui.display import fit, one_line
from explorer.tui.rows import Line, Row, RowList
from explorer.tui.source import Source

NONE_YET: list[Line] = [
    [("No queries are kept yet.", "title")],
    [],
    [("ctrl+s keeps the query in the search box under a name.", "dim")],
]


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A query under its name."""

    name: str
    query: str
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 2: name and query."""
        return 2

    def lines(self, width: int) -> list[Line]:
        """Returns the name as it is used, and the query."""
        return [
            [(" ", "text"), (fit(f"@{one_line(self.name)}", width - 1), "title")],
            [("   ", "text"), (fit(one_line(self.query), width - 3), "dim")],
        ]


class SavedList(RowList):
    """The list, with the keys of its own."""

    BINDINGS = bindings("saved")


class SavedDialog(ModalScreen[str | None]):
    """Gives back the query chosen, None when none was."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "dismiss(None)", "close")]

    def __init__(self, source: Source, saved: Mapping[str, str]) -> None:
        super().__init__()
        self.source = source
        self.saved = dict(saved)
        self.deleted: list[tuple[str, str]] = []
        self.rows = SavedList(id="saved")

    def compose(self) -> ComposeResult:
        """Places the list."""
        with Vertical(classes="panel tall") as panel:
            panel.border_title = Content("saved queries")
            panel.border_subtitle = Content("enter run · d delete · U undo · escape closes")
            yield self.rows

    def on_mount(self) -> None:
        """Fills the list."""
        self._fill(0)
        self.rows.focus()

    def _fill(self, cursor: int) -> None:
        rows: list[Row] = [SavedRow(name, self.saved[name]) for name in sorted(self.saved, key=str.casefold)]
        self.rows.set_rows(rows, min(cursor, max(0, len(rows) - 1)), NONE_YET)

    @on(RowList.Opened)
    def run(self, event: RowList.Opened) -> None:
        """Gives back the query under the cursor."""
        event.stop()
        row = event.rows.chosen
        if isinstance(row, SavedRow):
            self.dismiss(row.query)

    async def action_delete_saved(self) -> None:
        """Deletes the query under the cursor."""
        row = self.rows.chosen
        if isinstance(row, SavedRow) and await self._save(row.name, ""):
            self.deleted.append((row.name, self.saved.pop(row.name)))
            self._fill(self.rows.cursor)
            self.notify(f"deleted @{one_line(row.name)}: U brings it back", markup=False, timeout=6)

    async def action_undo_delete(self) -> None:
        """Brings back the query deleted last."""
        if self.deleted and await self._save(*self.deleted[-1]):
            name, query = self.deleted.pop()
            self.saved[name] = query
            self._fill(sorted(self.saved, key=str.casefold).index(name))

    async def _save(self, name: str, query: str) -> bool:
        try:
            await self.source.save_query(name, query)
        except ExplorerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)
            return False
        return True
