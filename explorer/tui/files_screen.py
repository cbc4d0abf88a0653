"""The list of files that were not read, or not whole: why, and what would help."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from explorer.export.coverage import coverage, coverage_line
from explorer.export.files import ENDINGS, current_folder, free_name, save
from explorer.library.remedies import command_in
from explorer.model import Note, Status
from explorer.tui.commands import bindings
from explorer.tui.dialogs import FactDialog, HelpDialog
from explorer.tui.display import fit, one_line, plural, thousands
from explorer.tui.file_rows import FileFilter, FileRow, facts_of, file_rows
from explorer.tui.footer_bar import FooterBar
from explorer.tui.path_input import PathSuggester
from explorer.tui.prompt import Prompt
from explorer.tui.rows import Line, Row, RowList

AT_ONCE = 500  # rows that are made at first; as many as there are then each time the end comes near
ALL_READ: list[Line] = [
    [("Every file was read.", "title")],
    [],
    [("Files that cannot be read are listed here, with what helps.", "dim")],
]
NONE_FOUND: list[Line] = [[("No file with these words.", "title")], [], [("escape takes the filter away", "dim")]]


class FileList(RowList):
    """The files, made as they come into sight."""

    BINDINGS = bindings("files")

    def __init__(self) -> None:
        super().__init__(id="files")
        self._rest: Iterator[Row] = iter(())

    def fill(self, rows: Iterator[Row], message: list[Line]) -> None:
        """Shows the first rows; the others come on scroll."""
        self._rest = rows
        self.set_rows(list(islice(rows, AT_ONCE)), message=message)

    def more(self, count: int | None) -> None:
        """Makes some more rows, or all."""
        fresh = list(islice(self._rest, count))
        if fresh:
            self.add_rows(fresh)

    def action_edge(self, step: int) -> None:
        """Moves the cursor to the first or last row of all."""
        if step > 0:
            self.more(None)
        super().action_edge(step)


class FileFilterInput(Input):
    """Where one types what to narrow the list by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "screen.filter_off", "remove the filter"),
        ("enter,down", "screen.filter_done", "to the list"),
    ]


class FilesScreen(Screen[str | None]):
    """Lists the files; gives back the path of one that was read in part and is to be shown, None when none was chosen."""

    AUTO_FOCUS = "#files"

    def __init__(self, status: Status) -> None:
        super().__init__()
        self.status = status
        self._filter = FileFilter(status)
        self._covered = Static(Content(coverage_line(coverage(status), thousands)), id="covered", markup=False)
        self.rows = FileList()
        self.input = FileFilterInput(placeholder="only those with …", id="filter", select_on_focus=False)
        self.footer = FooterBar()

    def compose(self) -> ComposeResult:
        """Places coverage, list, filter and keys."""
        yield self._covered
        with Vertical(id="file-table"):
            yield self.rows
            yield self.input
        yield self.footer

    def on_mount(self) -> None:
        """Fills the list."""
        self.input.display = False
        self.footer.show_place("files")
        self._show("")

    @property
    def note(self) -> Note | None:
        """The file under the cursor."""
        row = self.rows.chosen
        return row.note if isinstance(row, FileRow) else None

    def _show(self, words: str) -> None:
        found = self._filter.found(words)
        self.rows.fill(file_rows(found), NONE_FOUND if words.strip() else ALL_READ)
        table = self.query_one("#file-table")
        count = plural(sum(len(notes) for _, notes in found), "file")
        table.border_title = Content(f"files not read, or not whole · {count}")
        table.border_subtitle = Content(fit(f"with: {one_line(words)}", 60) if words.strip() else "")

    @on(RowList.NearEnd)
    def more(self, event: RowList.NearEnd) -> None:
        """Makes more rows as the end of the list comes near."""
        event.stop()
        self.rows.more(max(AT_ONCE, len(self.rows.rows)))

    @on(RowList.Opened)
    def opened(self, event: RowList.Opened) -> None:
        """Shows the document of a file read in part, and of another all there is to know of it."""
        event.stop()
        note = self.note
        if note is None:
            return
        if note in self.status.partial:
            self.dismiss(note.path)
        else:
            self.app.push_screen(FactDialog("not read", facts_of(note)))

    # The filter

    def action_filter_files(self) -> None:
        """Opens the line that narrows the list."""
        self.input.display = True
        self.input.focus()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Narrows as one types."""
        event.stop()
        self._show(event.value)

    def action_filter_done(self) -> None:
        """Goes back to the list; the filter stays."""
        self.input.display = False
        self.rows.focus()

    def action_filter_off(self) -> None:
        """Takes the filter away."""
        self.input.value = ""
        self.action_filter_done()

    # Using it

    def action_copy_remedy(self) -> None:
        """Copies the command that would help, else the path."""
        if self.note is not None:
            self._copy(command_in(self.note) or self.note.path)

    def action_copy_path(self) -> None:
        """Copies the path."""
        if self.note is not None:
            self._copy(self.note.path)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(f"copied: {fit(one_line(text), 60)}", markup=False, timeout=3)

    def action_export(self) -> None:
        """Asks where to write the list."""
        corpus = Path(self.status.folder).expanduser()
        offered, here = free_name("files-not-read.csv", corpus), current_folder()
        hints = [f"the ending chooses the form: {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}", f"a name alone is a file in {here}"]
        value = offered.name if offered.parent == here else str(offered)
        self.app.push_screen(Prompt("export the list of files", partial(self._export, corpus), hints, value, PathSuggester()))

    async def _export(self, corpus: Path, path: str) -> None:
        written = await asyncio.to_thread(save, self.status, Path(path), corpus)
        self.notify(f"written: {one_line(str(written))}", markup=False, timeout=6)

    def action_help(self) -> None:
        """Lists the keys valid here."""
        self.app.push_screen(HelpDialog("files"))

    def action_leave(self) -> None:
        """Takes the filter away; else leaves."""
        if self.input.value:
            self.action_filter_off()
        else:
            self.dismiss(None)
