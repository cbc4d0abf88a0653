"""What the list says where nothing was found: the count of each term by itself, and repairs to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from explorer.model import Repair, Results
from explorer.tui.display import fit, one_line, thousands
from explorer.tui.rows import Line, Row, folded
from explorer.tui.wrap import wrap

QUERY_LINES, LABEL_LINES = 3, 2  # what is longer is cut


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Lines of words that the cursor passes over."""

    words: tuple[Line, ...]
    selectable: bool = False

    def height(self, width: int) -> int:
        """Returns the lines that the words need."""
        return len(self.lines(width))

    def lines(self, width: int) -> list[Line]:
        """Returns the words, folded to the width."""
        return [[(" ", "text"), *line] for words in self.words for line in folded(words, width - 1)]


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A query that may have been meant."""

    repair: Repair
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns the lines of the query, and of what it changes."""
        return len(self._query(width)) + len(self._label(width))

    def lines(self, width: int) -> list[Line]:
        """Returns the query with its number of documents, and what it changes."""
        count = thousands(self.repair.documents)
        first, *more = self._query(width)
        gap = " " * max(1, width - cell_len(first) - len(count) - 1)
        return [
            [(" ", "text"), (first, "title"), (gap, "text"), (count, "count")],
            *([(" ", "text"), (line, "title")] for line in more),
            *([("   ", "text"), *line] for line in self._label(width)),
        ]

    def _label(self, width: int) -> list[Line]:
        return folded([(one_line(self.repair.label), "dim")], max(8, width - 4))[:LABEL_LINES]

    def _query(self, width: int) -> list[str]:
        text, room = one_line(self.repair.query), max(8, width - 3 - len(thousands(self.repair.documents)))
        lines = [text[start:end].rstrip() for start, end in pairwise([*wrap(text, room), len(text)])] or [""]
        if len(lines) > QUERY_LINES:
            lines[QUERY_LINES - 1 :] = [fit(lines[QUERY_LINES - 1] + " …", room)]
        return lines


def misread(message: str, column: int | None, repair: str | None) -> SaidRow:
    """Returns a row that says all that is wrong with a query, and what was probably meant."""
    words: list[Line] = [[], [("This query cannot be read.", "title")], [], [(one_line(message), "text")]]
    if column is not None:
        words += [[], [(f"It is column {column + 1}.", "dim")]]
    if repair is not None:
        words += [[], [("Was this meant? f2:", "dim")], [(one_line(repair), "title")]]
    return SaidRow(tuple(words))


def nothing_found(results: Results, within: str, unread: bool = False) -> list[Row]:
    """Returns the rows of a list that found nothing: the count of each term, and repairs, or what to try where there are none."""
    words: list[Line] = [[], [("Nothing found within these results." if within else "Nothing found.", "title")]]
    if unread:
        words += [[], [("Not all files are read yet.", "text")]]
    if results.counts:
        words += [[], [("Each term by itself:", "dim")]]
        words += [[(f"{thousands(count):>7}  ", "count"), (one_line(term), "text")] for term, count in results.counts]
    repairs = () if within else results.repairs
    advice = "Try fewer words, OR between them, or a beginning with a star: delay*"
    if within:
        advice = "escape takes the filter away"
    elif repairs:
        advice = "Was this meant? enter, or f2:"
    words += [[], [(advice, "dim")]]
    return [SaidRow(tuple(words)), *map(RepairRow, repairs)]
