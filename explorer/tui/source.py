"""What the app asks of the library: an async protocol, so that nothing in the app parses, searches or blocks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple, Protocol

from explorer.model import (
    Analysis,
    Completion,
    Document,
    Entity,
    Facet,
    FoundQuote,
    Kept,
    Passage,
    Progress,
    Report,
    Results,
    Span,
    Status,
    TermCount,
)


class Question(NamedTuple):
    """What is asked: a query; whether it is still being typed, so that its last word is a beginning; and a second query that
    narrows the results."""

    query: str = ""
    typing: bool = False
    within: str = ""


class Source(Protocol):
    """One open folder. Every call may be cancelled; all errors for the user are ``ExplorerError``.

    ``note`` tells where what is kept will not last; "" where it will.
    """

    note: str

    async def search(
        self,
        query: str,
        *,
        typing: bool = False,
        limit: int = 50,
        offset: int = 0,
        all_passages: bool = False,
        within: str = "",
        fold: bool = False,
        sort: str = "",
    ) -> Results:
        """Returns passages, best first; the empty query lists every document. Raises ``QueryError`` of the library.

        ``within`` narrows the results by a second query, ``fold`` gives copies no row of their own, ``sort`` overrides the
        query's own order.
        """
        ...

    async def cancel(self) -> None:
        """Stops the calls that are under way: they raise ``ExplorerError``; the next call is answered as always."""
        ...

    async def passages(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        """Returns all passages of one document that answer the query, best first."""
        ...

    async def copies(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        """Returns the best passage of each result that was folded into a document as its copy."""
        ...

    async def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """Returns what may go on at the cursor, a place in the text of the query, the most likely first."""
        ...

    async def facets(self, query: str, within: str = "") -> tuple[Facet, ...]:
        """Returns the values that the results have, with counts."""
        ...

    async def terms(self, queries: Sequence[str]) -> tuple[TermCount, ...]:
        """Returns a line for each query: what it finds, and what only it finds."""
        ...

    async def document(self, number: int) -> Document:
        """Returns a document with its text."""
        ...

    async def hits(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Span, ...]:
        """Returns every hit of the query, and of the one that narrows it, in the document's text, in order of place."""
        ...

    async def analysis(self, number: int) -> Analysis | None:
        """Returns what was found in a document; None while it is not analysed, and then moves it to the front."""
        ...

    async def entities(self, query: str | None, document: int | None, within: str = "") -> tuple[Entity, ...]:
        """Returns the entities of a document, of a query's results, or of all (both None), commonest first."""
        ...

    async def quotes(self, query: str | None, document: int | None, within: str = "") -> tuple[FoundQuote, ...]:
        """Returns the quotes of a document, of a query's results, or of all (both None)."""
        ...

    async def star(self, number: int, on: bool) -> None:
        """Stars a document, or takes its star away."""
        ...

    async def tag(self, number: int, tag: str, on: bool) -> None:
        """Gives a document a tag, or takes it away."""
        ...

    async def kept(self, number: int) -> Kept:
        """Returns what the reader keeps about a document."""
        ...

    async def decide_name(self, kind: str, name: str, target: str | None) -> None:
        """Keeps that a name stands for another over all documents, for none ("") or for what the rules say (None)."""
        ...

    async def save_query(self, name: str, query: str) -> None:
        """Keeps a query under a name; the empty query removes it."""
        ...

    async def saved_queries(self) -> dict[str, str]:
        """Returns the queries kept, by name."""
        ...

    async def status(self) -> Status:
        """Returns what is kept about the folder."""
        ...

    async def refresh(self, rebuild: bool = False) -> None:
        """Starts reading what changed in the folder, in the background; progress comes as events."""
        ...

    async def cancel_refresh(self) -> None:
        """Stops a refresh; what is read so far is kept."""
        ...

    def events(self) -> AsyncIterator[Progress | Report]:
        """Yields progress while a refresh runs and a report at its end, for as long as the folder is open.

        Raises ``ExplorerError`` where a refresh could not be done.
        """
        ...

    async def load_session(self) -> dict[str, Any]:
        """Returns what ``save_session`` was last given for this folder, or an empty dict."""
        ...

    async def save_session(self, session: dict[str, Any]) -> None:
        """Keeps where the reader is, as plain JSON values."""
        ...

    async def close(self) -> None:
        """Ends the folder's processes."""
        ...
