"""The start screen, shown when no folder was given: recent folders, the demo, open another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from explorer.tui.commands import bindings
from explorer.tui.dialogs import HelpDialog
from explorer.tui.display import fit_end, home_short, one_line
from explorer.tui.path_input import PathInput, PathSuggester
from explorer.tui.rows import Line, Row, RowList


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A folder to open; ``folder`` None asks for a path."""

    label: str
    note: str
    folder: Path | None
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 1."""
        return 1

    def lines(self, width: int) -> list[Line]:
        """Returns label and note."""
        label = fit_end(one_line(self.label), max(8, width - len(self.note) - 3))
        return [[(" " + label, "text"), ("  " + self.note, "dim")]]


class StartScreen(Screen[None]):
    """Offers folders to open."""

    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = bindings("start")

    class Chosen(Message):
        """A folder was chosen."""

        def __init__(self, folder: Path) -> None:
            super().__init__()
            self.folder = folder

    def __init__(self, recent: Iterable[str], demo: Path | None, fault: str = "") -> None:
        super().__init__()
        self._choices: list[Row] = [ChoiceRow(home_short(folder), "", Path(folder)) for folder in recent]
        if demo is not None:
            self._choices.append(ChoiceRow("The demo", "articles that come with the program", demo))
        self._choices.append(ChoiceRow("Open…", "another folder", None))
        self.rows = RowList(id="choices")
        self.path = PathInput(placeholder="~/folder   tab completes, enter opens", suggester=PathSuggester(), id="path")
        self.fault = Static(Content(one_line(fault)), id="fault", markup=False)

    def compose(self) -> ComposeResult:
        """Places the choices and, hidden, the line for a path."""
        with Vertical(id="start") as panel:
            panel.border_title = Content("explorer")
            panel.border_subtitle = Content("↑ ↓ choose · enter open · ? keys · q quit")
            yield Static(Content("A folder of documents: who said what, and where.\n"), id="welcome", markup=False)
            yield self.rows
            yield self.path
            yield self.fault

    def on_mount(self) -> None:
        """Fills the list."""
        self.path.display = False
        self.rows.set_rows(self._choices)

    @on(RowList.Opened)
    def choose(self, event: RowList.Opened) -> None:
        """Opens a folder, or asks for a path."""
        row = event.rows.chosen
        if isinstance(row, ChoiceRow) and row.folder is not None:
            self.post_message(self.Chosen(row.folder))
        else:
            self.path.display = True
            self.path.focus()

    @on(Input.Submitted)
    def open_path(self, event: Input.Submitted) -> None:
        """Opens the path, or says why not."""
        folder = Path(event.value).expanduser()
        if event.value.strip() and folder.is_dir():
            self.post_message(self.Chosen(folder))
        else:
            said = "is no folder" if folder.exists() else "does not exist"
            self.fault.update(Content(one_line(f"{event.value or 'nothing'} {said}")))

    def action_help(self) -> None:
        """Lists the keys valid here."""
        self.app.push_screen(HelpDialog("start"))

    def action_leave_path(self) -> None:
        """Goes back to the list."""
        self.path.display = False
        self.fault.update(Content(""))
        self.rows.focus()
