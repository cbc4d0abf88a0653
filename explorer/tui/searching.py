"""Searching as one types: newest query wins, old results stay until new ones are there, more come on scroll."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import monotonic

from explorer.model import ExplorerError, Passage, Results
from explorer.tui.background import in_background
from explorer.tui.result_rows import ResultRow, no_query, nothing_found
from explorer.tui.rows import RowList
from explorer.tui.search_box import SearchBox
from explorer.tui.source import Question, Source

PAGE = 50
TYPED_PAGE = 16  # results asked for at each key: what is in sight; the rest comes on scroll
DEBOUNCE = 0.06
DIM_AFTER = 0.15
NOTHING_AFTER = 0.4
FILL_EVERY = 1.5


class Searching:
    """Keeps the results list in step with the search box. ``found`` is called with each new answer."""

    def __init__(self, source: Source, box: SearchBox, rows: RowList, found: Callable[[Results], None]) -> None:
        self.source = source
        self.box = box
        self.rows = rows
        self.results = Results("", "", 0, ())
        self.documents = 0
        self.loaded = False
        self.failed = False
        self._found = found
        self._more = False
        self._wanted: Question = ("", False)
        self._typing = False
        self._last_fill = 0.0
        self._asking = self._fill_due = False

    @property
    def query(self) -> str:
        """The query that the results on screen answer."""
        return self.results.query

    @property
    def question(self) -> Question:
        """That query, and whether its last word was taken for a beginning."""
        return self.results.query, self._typing

    def typed(self, text: str) -> None:
        """Searches a moment after the last key; a single character is not searched."""
        if len(text.strip()) == 1:
            self.box.screen.workers.cancel_group(self.box.screen, "search")
            self._wanted, self._asking = self.question, False
        elif text != self._wanted[0]:
            self._start((text, True), by_key=True)

    def submit(self, text: str, then: Callable[[], None] | None = None, keep: int | None = None) -> None:
        """Searches what is written, at once, and then does what is asked.

        The cursor goes to the passage it was on, or to a document whose number is to be kept.
        """
        self._start((text, False), then=then, keep=keep)

    def fill(self, now: bool = False) -> None:
        """Asks again quietly while documents are being added, not too often unless ``now``; the cursor stays."""
        if self._asking:
            self._fill_due = True
        elif now or monotonic() - self._last_fill >= FILL_EVERY:
            self._last_fill = monotonic()
            self._start(self._wanted)

    def _start(
        self, question: Question, *, by_key: bool = False, then: Callable[[], None] | None = None, keep: int | None = None
    ) -> None:
        self._more, self._wanted, self._asking = False, question, True
        in_background(self.box.screen, partial(self._search, question, by_key, then, keep), "search")

    async def _search(self, question: Question, by_key: bool, then: Callable[[], None] | None, keep: int | None) -> None:
        text, typing = question
        if by_key:
            await asyncio.sleep(DEBOUNCE)
        dimming = self.box.set_timer(DIM_AFTER, lambda: self.rows.set_stale(True)) if text != self.query else None
        try:
            started = monotonic()
            results = await self.source.search(text, typing=typing, limit=TYPED_PAGE if typing else PAGE, offset=0)
            if by_key and not results.passages:
                self.rows.set_stale(True)
                await asyncio.sleep(max(0.0, NOTHING_AFTER - (monotonic() - started)))
        except ExplorerError as error:
            if by_key:
                await asyncio.sleep(NOTHING_AFTER)
            self.failed = True
            self.box.show_fault(str(error), getattr(error, "column", None))
            self.rows.set_stale(True)
        else:
            self._show(results, typing, keep, by_key)
            if then is not None:
                then()
        finally:
            if dimming is not None:
                dimming.stop()
        self._asking = False
        if self._fill_due:
            self._fill_due = False
            self.box.call_later(self.fill, now=True)

    def _show(self, results: Results, typing: bool, keep: int | None, by_key: bool) -> None:
        before, asked_before = None if by_key else self.chosen, self.question
        self.results, self.loaded, self.failed, self._typing = results, True, False, typing
        self._more = len(results.passages) < results.total
        self.box.show_results(results)
        rows = [ResultRow(passage) for passage in results.passages]
        message = nothing_found(results) if results.query.strip() else no_query(self.documents)
        self._found(results)
        cursor = _cursor(results.passages, before, keep)
        same = asked_before == self.question and before is not None and _same(rows, cursor, before)
        self.rows.set_rows(rows, cursor, message, same=same)

    def more(self) -> None:
        """Fetches the next results, when there are more and none are on their way; not while one only types."""
        if self._more and not (self._typing and self.rows.cursor <= 0):
            self._more = False
            in_background(self.box.screen, partial(self._fetch_more, self.results), "more")

    async def _fetch_more(self, before: Results) -> None:
        try:
            results = await self.source.search(before.query, typing=self._typing, limit=PAGE, offset=len(before.passages))
        except ExplorerError as error:
            self.box.show_fault(str(error), getattr(error, "column", None))
            return
        if self.results is before:
            known = {(passage.document, passage.start) for passage in before.passages}
            fresh = tuple(p for p in results.passages if (p.document, p.start) not in known)
            self.results = replace(before, passages=before.passages + fresh)
            self._more = len(results.passages) >= PAGE
            self.rows.add_rows([ResultRow(passage) for passage in fresh])

    @property
    def chosen(self) -> Passage | None:
        """The passage under the cursor."""
        row = self.rows.chosen
        return row.passage if isinstance(row, ResultRow) else None

    def neighbour(self, document: int, step: int) -> int | None:
        """Returns the place in the list of the nearest result of another document, from the cursor on."""
        index = self.rows.cursor + step
        while 0 <= index < len(self.rows.rows):
            row = self.rows.rows[index]
            if isinstance(row, ResultRow) and row.passage.document != document:
                return index
            index += step
        return None


def _cursor(passages: tuple[Passage, ...], before: Passage | None, keep: int | None) -> int:
    """Returns which passage the cursor goes to: one of the document to keep, the one it was on, or the first."""
    places = [(passage.document, passage.start) for passage in passages]
    numbers = [passage.document for passage in passages]
    if keep is not None and keep in numbers:
        return numbers.index(keep)
    return places.index((before.document, before.start)) if before and (before.document, before.start) in places else 0


def _same(rows: list[ResultRow], cursor: int, before: Passage) -> bool:
    """Says whether the cursor is still on the passage it was on."""
    here = rows[cursor].passage if rows else None
    return here is not None and (here.document, here.start) == (before.document, before.start)
