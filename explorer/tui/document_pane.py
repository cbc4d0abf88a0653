"""The document's pane: fetches a document, its hits and its analysis, and shows them in the view."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from explorer.export.citation import page_said
from explorer.index.listing import page_of
from explorer.model import Analysis, Document, ExplorerError, Mention, Quote, Span
from explorer.tui.background import in_background
from explorer.tui.display import one_line
from explorer.tui.document_view import DocumentView
from explorer.tui.finding import find_all
from explorer.tui.heading import Heading
from explorer.tui.prompt import Prompt
from explorer.tui.source import Question, Source

EMPTY = "\nThe document appears here,\nopened at the passage chosen in the results.\n\n↓ ↑ choose · enter read"
KEPT = 16
ASK_AGAIN = (0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to open a document: at a span, which ``marked`` lights; at its last hit; or with ``top`` as the first row's place."""

    span: Span | None = None
    marked: bool = False
    last_hit: bool = False
    top: int | None = None


class FindInput(Input):
    """Where one types what to find in the document; escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "screen.find_done", "leave")]


class DocumentPane(Vertical):
    """A document with its title above and a line to find words in it below."""

    class Shown(Message):
        """Another document is on screen."""

    class Analysed(Message):
        """The analysis of the document on screen has come."""

    def __init__(self, source: Source) -> None:
        super().__init__(id="document")
        self.source = source
        self.document: Document | None = None
        self.analysis: Analysis | None = None
        self._question = Question()
        self.left_over = False
        self._outdated = False
        self.view = DocumentView(id="view")
        self.find_input = FindInput(placeholder="find in this document", id="find")
        self.heading = Heading()
        self._empty = Static("", id="empty", markup=False)
        self._kept: OrderedDict[int, Document] = OrderedDict()

    def compose(self) -> ComposeResult:
        """Places title, text and the line to find words."""
        yield self.heading
        yield self._empty
        yield self.view
        yield self.find_input

    def on_mount(self) -> None:
        """Begins empty, and says what would be here."""
        self.find_input.display = False
        self._show_nothing()

    def _show_nothing(self) -> None:
        self._empty.update(Content(EMPTY))
        self.border_title = Content("document")
        self.view.display = self.heading.display = False

    def open(self, number: int, question: Question, target: Target, wait: float = 0) -> None:
        """Opens a document; ``wait`` seconds pass first, in which a newer call takes this one's place."""
        self.set_left_over(False)
        if self.document is not None and self.document.number == number and self._question == question and self.view.display:
            self.workers.cancel_group(self, "open")
            self._aim(target)
            return
        in_background(self, partial(self._load, number, question, target, wait), "open")

    @property
    def opening(self) -> bool:
        """Whether a document is on its way."""
        return any(worker.group == "open" and not worker.is_finished for worker in self.workers)

    def set_left_over(self, left_over: bool) -> None:
        """Dims the document while the search on screen has found nothing, and says so in the border."""
        if left_over != self.left_over:
            self.left_over = left_over
            self.set_class(left_over, "-left-over")
            self.show_position()

    async def _load(self, number: int, question: Question, target: Target, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            document = await self.fetch(number)
            hits = await self.source.hits(number, *question) if f"{question.query}{question.within}".strip() else ()
        except ExplorerError as error:
            self.app.notify(one_line(str(error)), severity="error", markup=False)
            return
        another = self.document is None or self.document.number != number
        self.document, self._question, self._outdated = document, question, False
        self.analysis = None if another else self.analysis
        self._empty.display = False
        self.view.display = self.heading.display = True
        self.heading.show_document(document)
        self.find_done()
        self.view.show(document.text, hits)
        self._mark()
        self._aim(target)
        self.post_message(self.Shown())
        if self.analysis is None or self.analysis.outdated:
            in_background(self, partial(self._analysis, number), "analysis")

    async def fetch(self, number: int) -> Document:
        """Returns a document; the last few are kept."""
        document = self._kept.pop(number, None) or await self.source.document(number)
        self._kept[number] = document
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return document

    async def _analysis(self, number: int) -> None:
        """Asks for the analysis until it is there and up to date; asking moves the document to the front of the queue."""
        tries = 0
        while self.document is not None and self.document.number == number:
            try:
                analysis = await self.source.analysis(number)
            except ExplorerError as error:
                self.app.notify(one_line(str(error)), severity="error", markup=False)
                return
            if analysis is not None and analysis != self.analysis:
                self.analysis = analysis
                self._mark()
                self.post_message(self.Analysed())
            if analysis is not None and not analysis.outdated:
                return
            await asyncio.sleep(ASK_AGAIN[min(tries, len(ASK_AGAIN) - 1)])
            tries += 1

    async def renew(self) -> None:
        """Drops the documents kept, as files have changed; says so where the one on screen is not as it was any more."""
        self._kept.clear()
        if self.document is None:
            return
        try:
            fresh = await self.source.document(self.document.number)
            self._outdated = fresh.text != self.document.text
        except ExplorerError:
            self._outdated = True
        self.show_position()

    def _aim(self, target: Target) -> None:
        view, span = self.view, target.span
        view.set_focus_span(span if target.marked else None)
        if target.top is not None:
            view.set_hits(view.hits, target.top)
            view.go_to(target.top, centre=False)
        elif target.last_hit and view.hits:
            view.last_hit()
        elif span is not None:
            view.set_hits(view.hits, span[0])
            hit = view.hits[view.current] if view.current is not None else span
            view.go_to(hit[0] if span[0] <= hit[0] < span[1] and not target.marked else span[0])

    def _mark(self) -> None:
        found = self.analysis or Analysis()
        marks = tuple(span for quote in found.quotes for span in quote.segments)
        self.view.set_quiet_marks(marks, tuple((mention.start, mention.end) for mention in found.entities))

    @on(DocumentView.Moved)
    def show_position(self) -> None:
        """Says in the border which hit this is and how far down."""
        parts = ["document", *(["not found by this search"] if self.left_over and self.document else [])]
        if self._outdated:
            parts.append("its file has changed or is gone")
        if self.view.hits:
            parts.append(f"hit {(self.view.current or 0) + 1}/{len(self.view.hits)}")
        if self.document is not None and self.document.pages:
            parts.append(f"{page_said(self.page_at(self.view.looked_at))}/{len(self.document.pages)}")
        if self.view.display:
            parts.append(f"{self.view.percent} %")
        self.border_title = Content(" · ".join(parts))

    # Finding words in this document

    def find_start(self) -> None:
        """Opens the line to find words in."""
        if self.document is not None:
            self.find_input.display = True
            self.find_input.focus()

    def find_done(self) -> None:
        """Closes that line; the words found stay marked until another document is opened."""
        self.find_input.display = False
        self.find_input.clear()

    @on(Input.Submitted, "#find")
    def find(self, event: Input.Submitted) -> None:
        """Marks what was asked for and goes to the first from here on."""
        event.stop()
        spans = find_all(self.view.text, event.value)
        if not spans:
            self.app.notify(f"not in this document: {one_line(event.value)}", markup=False)
            return
        here = self.view.top
        self.find_done()
        self.view.set_hits(spans, here)
        self.view.focus()
        self.view.go_to(spans[self.view.current or 0][0])

    # Pages

    def page_at(self, offset: int) -> int | None:
        """Returns the page of an offset, None where the document has no pages."""
        return page_of(self.document.pages, offset) if self.document is not None else None

    def ask_page(self, before: Callable[[], None]) -> None:
        """Asks for a page and goes there; ``before`` is called before the jump."""
        document = self.document
        if document is None or not document.pages:
            self.app.notify("this document has no pages", markup=False, timeout=2)
            return

        async def go(number: str) -> None:
            if not (number.isdecimal() and 1 <= int(number) <= len(document.pages)):
                raise ExplorerError(f"there are pages 1 to {len(document.pages)}")
            before()
            self.view.set_focus_span(None)
            self.view.go_to(document.pages[int(number) - 1], centre=False)

        self.app.push_screen(Prompt("go to page", go, [f"pages 1 to {len(document.pages)}"]))

    # What is at a place

    @property
    def place(self) -> int:
        """The offset the reader is at: what a jump led to, else the current hit when in sight, else the top."""
        if self.view.focus_span is not None:
            return self.view.focus_span[0]
        if self.view.current is not None:
            return self.view.hits[self.view.current][0]
        return self.view.top

    def at_place(self) -> Quote | Mention | None:
        """Returns the quote, else the name, that the reader's place is in."""
        found, place = self.analysis or Analysis(), self.place
        items: tuple[Quote | Mention, ...] = (*found.quotes, *found.entities)
        return next((item for item in items if item.start <= place < item.end), None)
