"""The names that different documents give one person, body or place: part them, join another, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester

from explorer.index.same_names import JOINED_BY_READER
from explorer.model import Entity, ExplorerError
from explorer.tui.commands import bindings
from explorer.tui.display import fit, one_line
from explorer.tui.prompt import Prompt
from explorer.tui.rows import Line, Row, RowList
from explorer.tui.side_rows import FIELDS
from explorer.tui.source import Source

Decision = tuple[str, str | None]  # a name, and what it stands for: "" for nobody else, None for what the rules say
ALONE: list[Line] = [
    [("No name of another document is shown under this one.", "title")],
    [],
    [("+  joins one: both are one entity from then on", "dim")],
    [("U  takes back what was done here", "dim")],
]


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name that is shown under another, and why."""

    name: str
    reason: str
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 2: the name, the reason."""
        return 2

    def lines(self, width: int) -> list[Line]:
        """Returns the name and the reason."""
        return [
            [(" ", "text"), (fit(one_line(self.name), width - 1), "title")],
            [("   ", "text"), (fit(one_line(self.reason), width - 3), "dim")],
        ]


class NameList(RowList):
    """The list, with the keys of its own."""

    BINDINGS = bindings("names")


class NamesDialog(ModalScreen[bool]):
    """Shows the names joined in an entity; gives back whether any was parted or joined."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q", "close", "close")]

    def __init__(self, source: Source, entity: Entity) -> None:
        super().__init__()
        self.source, self.entity = source, entity
        self.joined = {name: reason for name, reason in entity.joined if name != entity.name}
        self.done: list[Decision] = []  # what takes back each step
        self.rows = NameList(id="names")

    def compose(self) -> ComposeResult:
        """Places the list."""
        with Vertical(classes="panel tall") as panel:
            panel.border_title = Content(f"shown as {one_line(self.entity.name)}")
            panel.border_subtitle = Content("d part · + join · U undo · escape closes")
            yield self.rows

    def on_mount(self) -> None:
        """Fills the list."""
        self._fill()
        self.rows.focus()

    def _fill(self) -> None:
        rows: list[Row] = [NameRow(name, reason) for name, reason in self.joined.items()]
        self.rows.set_rows(rows, max(0, min(self.rows.cursor, len(rows) - 1)), ALONE)

    async def action_part(self) -> None:
        """Parts the name under the cursor: from now on it is an entity of its own."""
        row = self.rows.chosen
        if isinstance(row, NameRow) and await self._decide(row.name, ""):
            self.done.append((row.name, self._before(row)))
            del self.joined[row.name]
            self._fill()
            self.notify(f"{fit(one_line(row.name), 50)} stands alone: U takes it back", markup=False, timeout=6)

    def _before(self, row: NameRow) -> str | None:
        return self.entity.name if row.reason == JOINED_BY_READER else None

    def action_join(self) -> None:
        """Asks for a name to be shown under this one."""
        hints = [f"which other name is {one_line(self.entity.name)}, too?", "as it is listed among the entities of all documents"]
        suggester = NameSuggester(self.source, FIELDS[self.entity.type])
        self.app.push_screen(Prompt("join a name", self._join, hints, suggester=suggester))

    async def _join(self, name: str) -> None:
        if not name or name == self.entity.name:
            raise ExplorerError("write another name than the one it is shown under")
        await self.source.decide_name(self.entity.type, name, self.entity.name)
        self.done.append((name, None))
        self.joined[name] = JOINED_BY_READER
        self._fill()

    async def action_undo(self) -> None:
        """Takes back the last step."""
        if self.done and await self._decide(*self.done[-1]):
            name, target = self.done.pop()
            if name in self.joined:
                del self.joined[name]
            else:
                self.joined[name] = JOINED_BY_READER if target else dict(self.entity.joined).get(name, "")
            self._fill()

    async def _decide(self, name: str, target: str | None) -> bool:
        try:
            await self.source.decide_name(self.entity.type, name, target)
        except ExplorerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)
            return False
        return True

    def action_close(self) -> None:
        """Leaves."""
        self.dismiss(bool(self.done))


class NameSuggester(Suggester):
    """Completes a name by those of the folder."""

    def __init__(self, source: Source, field: str) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._source, self._field = source, field

    async def get_suggestion(self, value: str) -> str | None:
        """Returns the commonest name that begins so, None where there is none."""
        typed = f'{self._field}:"{value}'
        found = await self._source.complete(typed, len(typed)) if value.strip() else ()
        names = (one.insert.strip('"').replace('\\"', '"') for one in found)
        return next((name for name in names if name.startswith(value)), None)
