"""The small screens over the main one: keys, the query guide, facts."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from explorer.index.query.guide import GUIDE, guide_lines
from explorer.tui.commands import Place, help_table
from explorer.tui.display import one_line
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


class FactDialog(Dialog):
    """Facts about one thing: an extracted item, a document, a file."""

    BINDINGS: ClassVar[list[BindingType]] = [("w", "dismiss(None)", "close")]

    def __init__(self, title: str, facts: Facts) -> None:
        super().__init__()
        self._title = title
        self.facts = facts

    def compose(self) -> ComposeResult:
        """Lists the facts."""
        with VerticalScroll(classes="panel small") as panel:
            panel.border_title = Content(self._title)
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
