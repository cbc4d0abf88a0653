"""A result's other passages and its copies: rows that open below it and close again."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from explorer.model import ExplorerError, Passage
from explorer.tui.background import in_background
from explorer.tui.display import one_line
from explorer.tui.result_rows import CopyRow, OtherRow, ResultRow
from explorer.tui.rows import Row, RowList
from explorer.tui.source import Question, Source


class Unfolding:
    """What is open below which result."""

    def __init__(self, source: Source, rows: RowList) -> None:
        self.source = source
        self.list = rows
        self._question = Question()
        self._opened: dict[int, list[OtherRow | CopyRow]] = {}

    def begin(self, question: Question, again: bool) -> None:
        """Takes note of what the results answer; what is open stays so when it is the same as before."""
        self._question = question
        self._opened = self._opened if again else {}

    def rows(self, passages: Iterable[Passage]) -> list[Row]:
        """Returns the rows of results, with what is open below each."""
        rows: list[Row] = []
        for passage in passages:
            others = self._opened.get(passage.document)
            rows += [ResultRow(passage, others is not None), *(others or ())]
        return rows

    def open(self) -> None:
        """Shows the other passages and the copies of the result under the cursor below it; once open, goes to the first."""
        row = self.list.chosen
        if not isinstance(row, ResultRow):
            return
        if row.opened:
            self.list.action_move(1)
        elif row.passage.more or row.passage.copies:
            in_background(self.list, partial(self._open, row.passage), "unfold")
        else:
            self.list.app.notify("no other passages of it, and no copies", markup=False, timeout=2)

    async def _open(self, passage: Passage) -> None:
        number, question = passage.document, self._question
        try:
            passages = await self.source.passages(number, *question) if passage.more else ()
            copies = await self.source.copies(number, *question) if passage.copies else ()
        except ExplorerError as error:
            self.list.app.notify(one_line(str(error)), severity="error", markup=False)
            return
        if question == self._question:
            others = [OtherRow(other) for other in passages if (other.start, other.end) != (passage.start, passage.end)]
            self._opened[number] = [*others, *map(CopyRow, copies)]
            self._show()

    def close(self) -> None:
        """Closes what is open below a result, from there or from one of its rows; the cursor goes to the result."""
        row, index = self.list.chosen, self.list.cursor
        while isinstance(row, OtherRow | CopyRow):
            index -= 1
            row = self.list.rows[index]
        if isinstance(row, ResultRow) and row.opened:
            self.list.put_cursor(index)
            del self._opened[row.passage.document]
            self._show()

    def _show(self) -> None:
        passages = [row.passage for row in self.list.rows if isinstance(row, ResultRow)]
        self.list.set_rows(self.rows(passages), self.list.cursor, same=True)
