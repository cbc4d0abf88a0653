"""Files that were not read whole, as rows of a list: the path, and below it why, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from explorer.export.coverage import groups
from explorer.library.remedies import command_in
from explorer.model import Note, Status
from explorer.tui.display import fit, fit_end, one_line
from explorer.tui.rows import Line, Row
from explorer.tui.side_rows import HeadRow
from explorer.tui.why import Facts

LEAST_REASON = 24  # cells that a reason keeps beside a long remedy


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file, why it was not read, and what would help."""

    note: Note
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 2."""
        return 2

    def lines(self, width: int) -> list[Line]:
        """Returns the path, whose end says more than its beginning, then reason and remedy."""
        path = fit_end(one_line(self.note.path), width - 1)
        remedy = f" → {one_line(self.note.remedy)}" if self.note.remedy else ""
        room = width - 3
        reason = fit(one_line(self.note.reason), max(LEAST_REASON, room - cell_len(remedy)))
        below: Line = [("   ", "text"), (reason, "dim"), (fit(remedy, room - cell_len(reason)), "text")]
        return [[(" ", "text"), (path, "title")], below]


def file_rows(found: Sequence[tuple[str, list[Note]]]) -> Iterator[Row]:
    """Yields the files under their headings, one by one, as there may be very many."""
    for index, (heading, notes) in enumerate(found):
        yield HeadRow(heading, len(notes), first=not index)
        yield from map(FileRow, notes)


class FileFilter:
    """Finds files by what is typed: every word stands in path, reason or remedy, whatever its case."""

    def __init__(self, status: Status) -> None:
        """Takes a status; what is looked into is made with the first search."""
        self._all = groups(status)
        self._searchable: list[tuple[str, list[tuple[str, Note]]]] = []

    def found(self, words: str) -> list[tuple[str, list[Note]]]:
        """Returns the files with all the words, under their headings; all files where there are none."""
        parts = words.casefold().split()
        if not parts:
            return self._all
        if not self._searchable:
            self._searchable = [(heading, [(_words_of(heading, note), note) for note in notes]) for heading, notes in self._all]
        kept = [
            (heading, [note for text, note in notes if all(part in text for part in parts)])
            for heading, notes in self._searchable
        ]
        return [(heading, notes) for heading, notes in kept if notes]


def _words_of(heading: str, note: Note) -> str:
    return f"{heading} {note.path} {note.reason} {note.remedy}".casefold()


def facts_of(note: Note) -> Facts:
    """Returns all there is to know of a file."""
    facts = [("file", note.path), ("why", note.reason), ("helps", note.remedy)]
    if command_in(note):
        facts.append(("", "y copies this command, to be run in the folder; nothing is run by itself"))
    return [(what, one_line(fact)) for what, fact in facts if fact]
