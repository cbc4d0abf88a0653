"""Searching as one types: newest query wins, old results stay until new ones are there, more come on scroll."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from time import monotonic

from explorer.model import ExplorerError, Passage, Results
from explorer.tui.background import in_background
from explorer.tui.key_order import Reached
from explorer.tui.repair_rows import misread, nothing_found
from explorer.tui.result_rows import FoundRow, ResultRow, no_query
from explorer.tui.results_pane import TURNED, ResultsPane
from explorer.tui.rows import Row
from explorer.tui.search_box import SearchBox
from explorer.tui.source import Question, Source
from explorer.tui.unfolding import Unfolding

PAGE = 50
TYPED_PAGE = 16  # results asked for at each key: what is in sight; the rest comes on scroll
DEBOUNCE = 0.06
DIM_AFTER = 0.15
SLOW_AFTER = 0.3
NOTHING_AFTER = 0.4
FILL_EVERY = 1.5
Then = Callable[[], Awaitable[None]]  # what is done with an answer
_SORT = re.compile(r"(?<![^\s(])(?:sort|order):", re.IGNORECASE)


class Searching:
    """Keeps the results list in step with search box and filter. ``found`` is called with each new answer or fault."""

    def __init__(self, source: Source, box: SearchBox, pane: ResultsPane, found: Callable[[], None]) -> None:
        self.source = source
        self.box = box
        self.pane = pane
        self.rows = pane.rows
        self.results = Results("", "", 0, ())
        self.documents = 0
        self.unread = False  # whether files are being read that are not in the answers yet
        self.loaded = False
        self.fault: ExplorerError | None = None
        self.slow = False
        self._then: Then | None = None  # where the answer on its way leads
        self._found = found
        self._more = False
        self._order = ""  # overrides that of the query
        self._asked = self._wanted = Question()
        self.unfolding = Unfolding(source, self.rows)
        self._last_fill = 0.0
        self._asking = self._fill_due = self._stopped = self._held = False

    @property
    def failed(self) -> bool:
        """Whether the last question had a fault in place of an answer."""
        return self.fault is not None

    @property
    def leading(self) -> bool:
        """Whether the answer on its way leads to another place."""
        return self._then is not None

    @property
    def begun(self) -> bool:
        """Whether anything was asked yet."""
        return self._asking or self.loaded or self.failed

    @property
    def query(self) -> str:
        """The query that the results on screen answer."""
        return self.results.query

    @property
    def within(self) -> str:
        """The query that narrows the results on screen, or ""."""
        return self._asked.within

    @property
    def question(self) -> Question:
        """What the results on screen answer."""
        return self._asked

    def typed(self, text: str) -> None:
        """Searches a moment after the last key; a single character is not searched."""
        if text == self._wanted.query:
            return
        if len(text.strip()) == 1:
            self.box.screen.workers.cancel_group(self.box.screen, "search")
            self._then = None
            self._wanted, self._asking = self.question, False
        else:
            if _SORT.search(text) and not _SORT.search(self._wanted.query):
                self._order = ""
            self._start(self._wanted._replace(query=text, typing=True), by_key=True)

    def submit(self, text: str, then: Then | None = None, keep: int | None = None, within: str | None = None) -> None:
        """Searches what is written, at once, and then does what is asked; ``within`` None leaves the filter as it is.

        The cursor goes to the passage it was on, or to a document whose number is to be kept.
        """
        self._start(Question(text, within=self._wanted.within if within is None else within), then=then, keep=keep)

    def narrow(self, text: str, written: bool = False) -> None:
        """Narrows the results by a second query; "" lets all be there again. Its last word is a beginning until it is all
        ``written``: a blank then stands behind it."""
        within = text.strip() + " " * (written and bool(text.strip()))
        if within != self._wanted.within:
            self._start(self._wanted._replace(within=within), by_key=bool(text) and not written)

    def turn_order(self) -> None:
        """Turns to the next order; the cursor goes to the first result."""
        now = self._order or self.results.sort
        self._order = TURNED[(TURNED.index(now) + 1) % len(TURNED)] if now in TURNED else TURNED[0]
        self._start(self._wanted, first=True)

    def fill(self, now: bool = False) -> None:
        """Asks again quietly while documents are being added, not too often unless ``now``; the cursor stays.

        Rows do not move under a reader who has gone down the list: it waits until they are back at its top.
        """
        if self._asking:
            self._fill_due = True
        elif self.results.passages and not self.failed and (self.rows.cursor > 0 or self.rows.scroll_offset.y > 0):
            self._held = True
        elif not self._stopped and (now or monotonic() - self._last_fill >= FILL_EVERY):
            self._last_fill = monotonic()
            self._start(self._wanted)

    def moved(self) -> None:
        """Does what was held back while the reader was down the list, once they are at its top or at its end."""
        if self._held and (self.rows.cursor <= 0 or self.rows.cursor == len(self.rows.rows) - 1):
            self._start(self._wanted)

    async def stop(self) -> None:
        """Stops a slow search; the results of the one before stay, dimmed, until something else is asked."""
        self.box.screen.workers.cancel_group(self.box.screen, "search")
        self._asking = self._fill_due = self.slow = False
        self._stopped = True
        self._then = None
        self._wanted = self._asked
        self.rows.set_stale(True)
        self.box.show_stopped()
        await self.source.cancel()

    def _start(
        self,
        question: Question,
        *,
        by_key: bool = False,
        first: bool = False,
        then: Then | None = None,
        keep: int | None = None,
    ) -> None:
        self._more, self._wanted, self._asking, self._stopped, self._held = False, question, True, False, False
        self._then = then
        in_background(self.box.screen, partial(self._search, question, by_key, first, then, keep), "search")

    async def _search(self, question: Question, by_key: bool, first: bool, then: Then | None, keep: int | None) -> None:
        try:
            answered = await self._answer(question, by_key, not (by_key or first), keep)
            if answered and then is not None:
                await then()
        finally:
            if then is not None:
                self.rows.post_message(Reached(partial(self._end_leading, then)))
        self._asking = False
        if self._fill_due:
            self._fill_due = False
            self.box.call_later(self.fill, now=True)

    async def _answer(self, question: Question, by_key: bool, stay: bool, keep: int | None) -> bool:
        """Shows an answer, or what is wrong with the question; returns whether there is an answer.

        Where it is to ``stay``, the cursor goes to the passage it is on by then.
        """
        if by_key:
            await asyncio.sleep(DEBOUNCE)
        dimming = self.box.set_timer(DIM_AFTER, lambda: self.rows.set_stale(True)) if question != self._asked else None
        slow = self.box.set_timer(SLOW_AFTER, self._show_slow)
        try:
            started = monotonic()
            results = await self._ask(question, TYPED_PAGE if by_key or question.typing else PAGE)
            if by_key and not results.passages:
                self.rows.set_stale(True)
                await asyncio.sleep(max(0.0, NOTHING_AFTER - (monotonic() - started)))
            if question.typing and not results.passages:  # there are repairs for what is written only
                results = await self._ask(question._replace(typing=False), PAGE)
        except ExplorerError as error:
            slow.stop()
            if not self._stopped:  # else the reader knows
                if by_key:
                    await asyncio.sleep(NOTHING_AFTER)
                self._show_fault(question, error)
            return False
        finally:
            slow.stop()
            if dimming is not None:
                dimming.stop()
            self.slow = False
        self._show(results, question, self.chosen if stay else None, keep)
        return True

    def _end_leading(self, then: Then) -> None:
        if then is self._then:
            self._then = None

    async def _ask(self, question: Question, limit: int, offset: int = 0) -> Results:
        text, typing, within = question
        return await self.source.search(
            text, typing=typing, limit=limit, offset=offset, within=within, fold=True, sort=self._order
        )

    def _show_slow(self) -> None:
        self.slow = True
        self.box.show_slow()

    def _show_fault(self, question: Question, error: ExplorerError) -> None:
        column, repair = getattr(error, "column", None), getattr(error, "repair", None)
        self.fault = error
        self.rows.set_stale(True)
        if question.within != self.within and question.query == self.query:  # it was the filter that changed
            self.pane.show_fault(f"{'' if column is None else f'column {column + 1}: '}{error}")
        else:
            whole = self.box.show_fault(str(error), column, repair)
            if not (whole or question.typing):  # the list has the room
                self.rows.set_rows([misread(str(error), column, repair)])
        self._found()

    def _show(self, results: Results, question: Question, before: Passage | None, keep: int | None) -> None:
        again = question == self._asked and results.sort == self.results.sort
        self.results, self._asked, self.loaded, self.fault = results, question, True, None
        self.unfolding.begin(question, again)
        self._more = len(results.passages) + results.folded < results.total
        self.box.show_results(results)
        self.pane.show_state(results.sort, question.within)
        asked = bool(question.query.strip() or question.within.strip())
        found = results.passages or not asked
        rows = self.unfolding.rows(results.passages) if found else nothing_found(results, question.within, self.unread)
        cursor = _cursor(rows, before, keep)
        same = again and before is not None and _place(rows[cursor] if rows else None) == (before.document, before.start)
        self.rows.set_rows(rows, cursor, no_query(self.documents), same=same)
        self._found()

    def more(self) -> None:
        """Fetches the next results, when there are more and none are on their way; not while one only types."""
        if self._more and not (self._wanted.typing and self.rows.cursor <= 0):
            self._more = False
            in_background(self.box.screen, partial(self._fetch_more, self.results), "more")

    async def _fetch_more(self, before: Results) -> None:
        try:
            results = await self._ask(self._asked, PAGE, len(before.passages))
        except ExplorerError as error:
            self.box.show_fault(str(error), getattr(error, "column", None))
            return
        if self.results is before:
            known = {(passage.document, passage.start) for passage in before.passages}
            fresh = tuple(p for p in results.passages if (p.document, p.start) not in known)
            self.results = replace(before, passages=before.passages + fresh, folded=before.folded + results.folded)
            self._more = bool(fresh) and len(self.results.passages) + self.results.folded < self.results.total
            self.rows.add_rows([ResultRow(passage) for passage in fresh])
            if not self._more:
                self.box.show_results(self.results)

    @property
    def chosen(self) -> Passage | None:
        """The passage under the cursor."""
        row = self.rows.chosen
        return row.passage if isinstance(row, FoundRow) else None

    def neighbour(self, document: int, step: int) -> int | None:
        """Returns the place in the list of the nearest result of another document, from the cursor on."""
        index = self.rows.cursor + step
        while 0 <= index < len(self.rows.rows):
            row = self.rows.rows[index]
            if isinstance(row, FoundRow) and row.passage.document != document:
                return index
            index += step
        return None


def _place(row: Row | None) -> tuple[int, int] | None:
    return (row.passage.document, row.passage.start) if isinstance(row, FoundRow) else None


def _cursor(rows: list[Row], before: Passage | None, keep: int | None) -> int:
    """Returns which row the cursor goes to: one of the document to keep, the one it was on, or the first."""
    places = [_place(row) for row in rows]
    numbers = [place[0] if place else None for place in places]
    if keep is not None and keep in numbers:
        return numbers.index(keep)
    here = (before.document, before.start) if before else None
    return places.index(here) if here and here in places else 0
