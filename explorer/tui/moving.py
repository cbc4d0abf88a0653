"""Moving about: from result to document, from hit to hit, from a quote to its place, and back again."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from explorer.model import Entity, Facet, FoundQuote, Passage, Span
from explorer.tui.display import one_line
from explorer.tui.document_pane import DocumentPane, Target
from explorer.tui.history import History, Place
from explorer.tui.query_text import has_condition, with_condition, without_condition
from explorer.tui.searching import Searching
from explorer.tui.side_rows import condition
from explorer.tui.source import Question

PREVIEW_WAIT = 0.08


class Moving:
    """Every jump, and the history of them."""

    def __init__(self, searching: Searching, pane: DocumentPane) -> None:
        self.searching = searching
        self.pane = pane
        self.history = History()
        self._asked: tuple[int, Span, Question] | None = None
        self._held: str | None = None

    @property
    def here(self) -> Place:
        """Where the reader is now."""
        document = self.pane.document
        return Place(self.searching.query, document.number if document else None, self.pane.view.top, self.searching.within)

    def leave(self) -> None:
        """Notes this place in the history before a jump."""
        if self.pane.document is not None:
            self.history.leave(self.here)

    # Results and their documents

    def preview(self, passage: Passage) -> None:
        """Shows a result's document at its passage, unless that is what is shown or another place was asked for."""
        held, self._held = self._held, None
        if held != self.searching.query:
            self._open(passage, Target((passage.start, passage.end)), PREVIEW_WAIT)

    def _open(self, passage: Passage, target: Target, wait: float = 0) -> None:
        asked = (passage.document, (passage.start, passage.end), self.searching.question)
        if asked != self._asked or wait == 0:
            self._asked = asked
            self.pane.open(passage.document, self.searching.question, target, wait)

    def step_result(self, step: int) -> None:
        """Goes to the next or previous result."""
        self._to_row(self.searching.rows.cursor + step, Target())

    def step_hit(self, step: int) -> None:
        """Goes to the next or previous hit, and past the last into the next document."""
        document = self.pane.document
        if document is None or self.pane.view.step_hit(step):
            return
        index = self.searching.neighbour(document.number, step)
        if index is None:
            self.pane.app.notify("no more hits this way", markup=False, timeout=2)
        else:
            self._to_row(index, Target(last_hit=step < 0))

    def _to_row(self, index: int, target: Target) -> None:
        rows = self.searching.rows
        if not 0 <= index < len(rows.rows):
            self.pane.app.notify("no more results this way", markup=False, timeout=2)
            return
        self.leave()
        rows.put_cursor(index)
        passage = self.searching.chosen
        if passage is not None:
            self._open(passage, target if target.last_hit else Target((passage.start, passage.end)))

    # Jumps

    def to_span(self, document: int, span: Span) -> None:
        """Goes to a stretch of a document, which is marked."""
        self.leave()
        self._asked = None
        self.pane.open(document, self.searching.question, Target(span, marked=True))

    def to_quote(self, found: FoundQuote) -> None:
        """Goes to a quote."""
        self.to_span(found.document, (found.quote.start, found.quote.end))

    def filter_by(self, entity: Entity) -> None:
        """Asks for an entity in the query as well."""
        wanted = condition(entity)
        query = self.searching.box.input.value
        if not has_condition(query, wanted):
            self.leave()
            self.ask(with_condition(query, wanted))

    def toggle_filter(self, facet: Facet) -> None:
        """Asks for a value in the query as well, or no longer."""
        query = self.searching.box.input.value
        self.leave()
        self.ask((without_condition if has_condition(query, facet.query) else with_condition)(query, facet.query))

    def next_mention(self, entity: Entity) -> None:
        """Goes to the entity's next mention in the document on screen, from the first again after the last."""
        document, analysis = self.pane.document, self.pane.analysis
        forms = {entity.name, *(form for form, _ in entity.names)}
        mentions = [
            mention
            for mention in (analysis.entities if analysis else ())
            if mention.type == entity.type and (mention.name in forms or mention.text in forms)
        ]
        if document is None or not mentions:
            text = f"{one_line(entity.name)} is not named in this document; enter finds where"
            self.pane.app.notify(text, markup=False, timeout=3)
            return
        place = self.pane.view.focus_span[0] if self.pane.view.focus_span else self.pane.view.top - 1
        mention = next((mention for mention in mentions if mention.start > place), mentions[0])
        self.to_span(document.number, (mention.start, mention.end))

    def ask(self, query: str, keep: int | None = None, within: str | None = None) -> None:
        """Puts a query into the search box and searches it; a document to keep is not replaced by the first result's.

        ``within`` None leaves the filter of the results as it is.
        """
        box = self.searching.box.input
        with box.prevent(Input.Changed):
            box.value = query
        box.cursor_position = len(query)
        self.searching.submit(query, keep=keep, within=within)
        self._held = query if keep is not None else None

    # History

    def turn_back(self, step: int) -> None:
        """Goes back (-1) or forward (1) in the history."""
        place = self.history.back(self.here) if step < 0 else self.history.forward(self.here)
        if place is None:
            self.pane.app.notify("nothing further back" if step < 0 else "nothing further on", markup=False, timeout=2)
        else:
            self.restore(place)

    def restore(self, place: Place) -> None:
        """Goes to a place: its query, its document, its row."""
        if (place.query, place.within) != (self.searching.query, self.searching.within) or not self.searching.loaded:
            self.ask(place.query, keep=place.document, within=place.within)
        if place.document is not None:
            self._asked = None
            self.pane.open(place.document, Question(place.query, within=place.within), Target(top=place.offset))

    # The session

    def session(self) -> dict[str, Any]:
        """Returns where the reader is, as plain values."""
        document = self.pane.document
        return {
            "query": self.here.query,
            "path": document.path if document else None,
            "document": self.here.document,
            "offset": self.here.offset,
            "within": self.here.within,
        }
