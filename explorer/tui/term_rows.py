"""A search term report as rows of a list: a query, its documents, hits, and documents that only it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from explorer.model import TermCount
from explorer.tui.display import fit, one_line, thousands
from explorer.tui.rows import Line
from explorer.tui.wrap import wrap

Column = Literal["list", "query", "documents", "hits", "only"]
COLUMNS: tuple[Column, ...] = ("query", "documents", "hits", "only")  # by the keys 1 to 4; 0 is the list's own order
WIDTHS = {"documents": 14, "hits": 11, "only": 10}


@dataclass(frozen=True, slots=True)
class Order:
    """What a report is sorted by, and whether from the end."""

    column: Column = "list"
    reverse: bool = False


LISTED = Order()


@dataclass(frozen=True, slots=True)
class TermRow:
    """A query with its counts, or with what is wrong with it."""

    count: TermCount
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 1, and the rows of what is wrong."""
        return 1 + len(self._fault(width))

    def lines(self, width: int) -> list[Line]:
        """Returns the query with its counts at the right, and what is wrong below."""
        count = self.count
        numbers = "".join(
            f"{'–' if count.error else thousands(getattr(count, column)):>{room}}" for column, room in WIDTHS.items()
        )
        query = fit(one_line(count.query), width - len(numbers) - 1)
        gap = " " * max(0, width - 1 - cell_len(query) - len(numbers))
        line: Line = [(" ", "text"), (query, "text"), (gap, "text"), (numbers, "count")]
        return [line, *([("   ", "text"), (words, "dim")] for words in self._fault(width))]

    def _fault(self, width: int) -> list[str]:
        text = one_line(self.count.error)
        starts = wrap(text, max(8, width - 4)) if text else []
        return [text[start:end].rstrip() for start, end in pairwise([*starts, len(text)])]


def ordered(counts: Sequence[TermCount], order: Order) -> list[TermCount]:
    """Returns the lines sorted; those with an error stand last in every order but the list's own."""
    if order.column == "list":
        return list(counts)
    sound = [count for count in counts if not count.error]
    sound.sort(key=lambda count: count.query.casefold(), reverse=order.column == "query" and order.reverse)
    if order.column != "query":
        sound.sort(key=lambda count: getattr(count, order.column), reverse=order.reverse)
    return [*sound, *(count for count in counts if count.error)]


def heads(order: Order, width: int) -> Content:
    """Returns the names of the columns with the keys that sort by them; a click sorts too."""
    arrow = " ↓" if order.reverse else " ↑"
    shown: list[Content] = []
    for key, column in enumerate(COLUMNS, 1):
        name = f"{key} {column}{arrow if column == order.column else ''}"
        room = WIDTHS.get(column, max(0, width - sum(WIDTHS.values())))
        style = "bold $foreground" if column == order.column else "$foreground-muted"
        label = Content.styled(name, style).stylize(Style.from_meta({"@click": f"screen.sort_by('{column}')"}))
        gap = Content(" " * max(0, room - len(name)))
        shown.append(label + gap if column == "query" else gap + label)
    return Content("").join(shown)
