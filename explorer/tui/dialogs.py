"""The small screens over the main one: keys, the query guide, files that could not be read, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from explorer.index.query.guide import GUIDE, guide_lines
from explorer.model import Note, Status
from explorer.tui.commands import Place, help_table
from explorer.tui.display import fit_end, one_line, plural, thousands
from explorer.tui.rows import Line, Row, RowList
from explorer.tui.side_rows import HeadRow, two_ends
from explorer.tui.why import Facts
from explorer.tui.wrap import wrap

_LEAVE: list[BindingType] = [("escape,q,enter", "dismiss(None)", "close")]


class Dialog(ModalScreen[None]):
    """A panel that escape, q or enter closes."""

    BINDINGS: ClassVar[list[BindingType]] = _LEAVE


class HelpDialog(Dialog):
    """The keys valid in a place, innermost first; in the search box also how to write a query."""

    BINDINGS: ClassVar[list[BindingType]] = [("question_mark,f1", "dismiss(None)", "close")]

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place: Place = place

    def compose(self) -> ComposeResult:
        """Lists keys and what they do, in two columns, and below them the query guide where one writes queries."""
        with VerticalScroll(classes="panel") as panel:
            panel.border_title = Content("keys")
            panel.border_subtitle = Content("escape closes")
            yield KeyTable(self.place)
            if self.place == "search":
                panel.border_title = Content("keys, and how to write a query")
                panel.border_subtitle = Content("page down: how to write a query · escape closes")
                yield Static(Content.styled("How to write a query", "bold underline $primary"), classes="below")
                yield GuideTable()


class GuideDialog(Dialog):
    """How to write a query."""

    BINDINGS: ClassVar[list[BindingType]] = [("question_mark,f1", "dismiss(None)", "close")]

    def compose(self) -> ComposeResult:
        """Shows the guide."""
        with VerticalScroll(classes="panel") as panel:
            panel.border_title = Content("how to write a query")
            panel.border_subtitle = Content("escape closes")
            yield GuideTable()


class KeyTable(Static):
    """Keys and what they do; long explanations hang beside their keys."""

    def __init__(self, place: Place) -> None:
        super().__init__(markup=False)
        self.table = help_table(place)

    def on_resize(self) -> None:
        """Composes the table for the new width."""
        column = max(len(keys) for _, rows in self.table for keys, _ in rows)
        lines: list[Content] = []
        for heading, rows in self.table:
            lines += [*([Content("")] if lines else []), Content.styled(heading, "bold $primary")]
            lines += [line for keys, what in rows for line in hanging(f"  {keys:<{column}}  ", what, self.size.width, "bold")]
        self.update(Content("\n").join(lines))


class GuideTable(Static):
    """The query guide: what one needs at the left, how it is written beside it, other programs' spellings dimmed."""

    def __init__(self) -> None:
        super().__init__(markup=False)

    def on_resize(self) -> None:
        """Composes the guide for the new width."""
        lines: list[Content] = []
        for group in GUIDE:
            lines += [*([Content("")] if lines else []), Content.styled(group.heading, "bold $primary")]
            for row in group.rows:
                for need, examples, also in guide_lines(row, self.size.width - 2):
                    lines.append(Content.assemble(f"  {need}  ", (examples, "$foreground-muted" if also else "bold")))
            lines += [line for remark in group.remarks for line in hanging("  · ", remark, self.size.width, "$foreground-muted")]
        self.update(Content("\n").join(lines))


def hanging(head: str, words: str, width: int, style: str) -> list[Content]:
    """Returns words beside a head, wrapped so that they hang there."""
    rows = pairwise([*wrap(words, max(8, width - len(head))), len(words)])
    return [Content.assemble((" " * len(head) if start else head, style), words[start:end].rstrip()) for start, end in rows]


class FactTable(Static):
    """Facts, each beside what it is about."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(markup=False)
        self.facts = facts

    def on_resize(self) -> None:
        """Composes the table for the new width."""
        column = max(len(what) for what, _ in self.facts)
        heads = [(f"{what:>{column}}  ", fact) for what, fact in self.facts]
        lines = [line for head, fact in heads for line in hanging(head, fact, self.size.width, "$foreground-muted")]
        self.update(Content("\n").join(lines))


class WhyDialog(Dialog):
    """Facts about one extracted item."""

    BINDINGS: ClassVar[list[BindingType]] = [("w", "dismiss(None)", "close")]

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def compose(self) -> ComposeResult:
        """Lists the facts."""
        with VerticalScroll(classes="panel small") as panel:
            panel.border_title = Content("why")
            panel.border_subtitle = Content("escape closes")
            yield FactTable(self.facts)


class OfferDialog(Dialog):
    """What would make this folder faster."""

    def __init__(self, offer: str) -> None:
        super().__init__()
        self.offer = offer

    def compose(self) -> ComposeResult:
        """Says it."""
        with VerticalScroll(classes="panel small") as panel:
            panel.border_title = Content("make this folder faster")
            panel.border_subtitle = Content("escape closes")
            yield Static(Content(one_line(self.offer)), markup=False)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason, and how many files it stands for."""

    reason: str
    count: int
    selectable: bool = False

    def height(self, width: int) -> int:
        """Returns the rows that the reason needs."""
        return len(self._rows(width))

    def lines(self, width: int) -> list[Line]:
        """Returns the reason, with the count at the end of its first row."""
        first, *more = self._rows(width)
        return [two_ends(f" {first}", thousands(self.count), width, "dim"), *([(f" {words}", "dim")] for words in more)]

    def _rows(self, width: int) -> list[str]:
        text = one_line(self.reason)
        starts = wrap(text, max(8, width - 8))
        return [text[start:end].rstrip() for start, end in pairwise([*starts, len(text)])] or [""]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file, by its path."""

    path: str
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 1."""
        return 1

    def lines(self, width: int) -> list[Line]:
        """Returns the path; its end says more than its beginning."""
        return [[("   ", "text"), (fit_end(one_line(self.path), width - 3), "text")]]


def note_rows(heading: str, notes: Iterable[Note], first: bool) -> list[Row]:
    """Returns files under a heading, by reason, the commonest first."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        by_reason[note.reason].append(note.path)
    rows: list[Row] = [HeadRow(heading, sum(map(len, by_reason.values())), first)]
    for reason, paths in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        rows += [ReasonRow(reason, len(paths)), *map(FileRow, paths)]
    return rows


class FilesDialog(Dialog):
    """The files that could not be read, those read in part, and those skipped by rule, each with its reason."""

    BINDINGS: ClassVar[list[BindingType]] = [("x", "dismiss(None)", "close")]

    def __init__(self, status: Status) -> None:
        super().__init__()
        self.status = status
        self.rows = RowList(id="files")

    def compose(self) -> ComposeResult:
        """Places the list."""
        with Vertical(classes="panel tall") as panel:
            panel.border_title = Content(f"{plural(len(self.status.unreadable), 'file')} could not be read")
            panel.border_subtitle = Content("escape closes")
            yield self.rows

    def on_mount(self) -> None:
        """Fills the list."""
        rows: list[Row] = []
        groups: Sequence[tuple[str, Sequence[Note]]] = (
            ("Could not be read", self.status.unreadable),
            ("Read in part", self.status.partial),
            ("Skipped by rule", self.status.skipped),
        )
        for heading, notes in groups:
            if notes:
                rows += note_rows(heading, notes, not rows)
        self.rows.set_rows(rows, message=[[("Every file could be read.", "title")]])
        self.rows.focus()
