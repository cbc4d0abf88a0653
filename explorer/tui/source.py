"""What the app asks of the library: an async protocol, so that nothing in the app parses, searches or blocks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

from explorer.model import (
    Analysis,
    Document,
    Entity,
    FoundQuote,
    Progress,
    Report,
    Results,
    Span,
    Status,
)

Question = tuple[str, bool]  # a query, and whether it is still being typed: its last word is then a beginning


class Source(Protocol):
    """One open folder. Every call may be cancelled; all errors for the user are ``ExplorerError``."""

    async def search(self, query: str, *, typing: bool, limit: int, offset: int) -> Results:
        """Returns passages, best first; the empty query lists every document. Raises ``QueryError`` of the library."""
        ...

    async def document(self, number: int) -> Document:
        """Returns a document with its text."""
        ...

    async def hits(self, number: int, query: str, typing: bool) -> tuple[Span, ...]:
        """Returns every hit of the query in the document's text, in order of place."""
        ...

    async def analysis(self, number: int) -> Analysis | None:
        """Returns what was found in a document; None while it is not analysed, and then moves it to the front."""
        ...

    async def entities(self, query: str | None, document: int | None) -> tuple[Entity, ...]:
        """Returns the entities of a document, of a query's results, or of all (both None), commonest first."""
        ...

    async def quotes(self, query: str | None, document: int | None) -> tuple[FoundQuote, ...]:
        """Returns the quotes of a document, of a query's results, or of all (both None)."""
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
