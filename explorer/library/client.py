"""A folder opened from an asyncio program: every call goes to a child process, so that nothing here blocks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any, cast

from explorer.library import places
from explorer.library.processes import Processes
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

ANSWER_SECONDS = 20.0  # a call that takes longer has its process ended
REPORT_SECONDS = 3600.0  # of a search term report, which the reader waits for or leaves
LIMIT = 500


class Client:
    """One open folder; used from one event loop."""

    def __init__(self, folder: Path, engine: str = "", names: str = "") -> None:
        """Opens a folder; raises ExplorerError when it is none. The processes start with the first call.

        ``note`` says so where the index is kept only until the program ends.

        ``engine`` is the full-text engine wanted from now on and ``names`` the engine of names, "" the one wanted so far.
        """
        self.folder = places.corpus_folder(folder)
        self.note = places.keep_for_now(self.folder)
        places.make_data_folder(self.folder)
        places.note_recent(self.folder)
        self._engine, self._names = engine, names
        self._processes = Processes(self.folder, ANSWER_SECONDS)

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
        """The passages that answer a query; raises QueryError."""
        arguments = {"typing": typing, "limit": limit, "offset": offset, "all_passages": all_passages}
        return cast(Results, await self._call("search", query=query, **arguments, within=within, fold=fold, sort=sort))

    async def passages(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        """All passages of one document that answer a query, best first."""
        return cast("tuple[Passage, ...]", await self._call("passages", number=number, query=query, typing=typing, within=within))

    async def copies(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        """The best passage of each result that was folded into a document."""
        return cast("tuple[Passage, ...]", await self._call("copies", number=number, query=query, typing=typing, within=within))

    async def document(self, number: int) -> Document:
        """A document with its text."""
        return cast(Document, await self._call("document", number=number))

    async def hits(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Span, ...]:
        """All hits of a query in a document's text."""
        return cast("tuple[Span, ...]", await self._call("hits", number=number, query=query, typing=typing, within=within))

    async def analysis(self, number: int) -> Analysis | None:
        """What was found in a document; None while it is not analysed; that, or that it is outdated, moves it to the front."""
        found = cast("Analysis | None", await self._call("analysis", number=number))
        if found is None or found.outdated:
            self._processes.tell_indexer(("urgent", number))
        return found

    async def entities(self, query: str | None = None, document: int | None = None, within: str = "") -> tuple[Entity, ...]:
        """The commonest entities of a document, of a query's results, or of all."""
        found = await self._call("entities", query=query, document=document, limit=LIMIT, within=within)
        return cast("tuple[Entity, ...]", found[1])

    async def quotes(self, query: str | None = None, document: int | None = None, within: str = "") -> tuple[FoundQuote, ...]:
        """The first quotes of a document, of a query's results, or of all."""
        found = await self._call("quotes", query=query, document=document, limit=LIMIT, within=within)
        return cast("tuple[FoundQuote, ...]", found[1])

    async def facets(self, query: str, within: str = "") -> tuple[Facet, ...]:
        """The values that a query's results have, with their counts."""
        return cast("tuple[Facet, ...]", await self._call("facets", query=query, within=within))

    async def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """What may go on where the cursor stands in a query."""
        return cast("tuple[Completion, ...]", await self._call("complete", text=text, cursor=cursor))

    async def terms(self, queries: Sequence[str]) -> tuple[TermCount, ...]:
        """The search term report, made in a process of its own, so that searching goes on meanwhile."""
        other = Processes(self.folder, REPORT_SECONDS)
        try:
            return cast("tuple[TermCount, ...]", await other.call("terms", {"queries": tuple(queries)}))
        finally:
            other.kill()
            await other.close()

    async def star(self, number: int, on: bool) -> None:
        """Stars a document, or takes the star away."""
        await self._call("star", number=number, on=on)

    async def tag(self, number: int, tag: str, on: bool) -> None:
        """Gives a document a tag, or takes it away."""
        await self._call("tag", number=number, tag=tag, on=on)

    async def kept(self, number: int) -> Kept:
        """What the reader keeps about a document."""
        return cast(Kept, await self._call("kept", number=number))

    async def decide_name(self, kind: str, name: str, target: str | None) -> None:
        """From now on a name stands for another over all documents, for none ("" parts it), or as the rules say (None)."""
        await self._call("decide_name", kind=kind, name=name, target=target)

    async def save_query(self, name: str, query: str) -> None:
        """Keeps a query under a name; an empty one takes the name away."""
        await self._call("save_query", name=name, query=query)

    async def saved_queries(self) -> dict[str, str]:
        """The saved queries by their names."""
        return cast("dict[str, str]", await self._call("saved_queries"))

    async def status(self) -> Status:
        """What is kept about the folder."""
        return cast(Status, await self._call("status"))

    async def refresh(self, rebuild: bool = False) -> None:
        """Starts bringing the index up to date; does nothing while that is under way."""
        await self._processes.refresh(rebuild, self._engine, self._names)
        await self._processes.watch(self._engine, self._names)

    async def cancel_refresh(self) -> None:
        """Stops a refresh; what is read so far is kept."""
        await self._processes.cancel_refresh()

    def events(self) -> AsyncIterator[Progress | Report]:
        """Progress while a refresh runs and a report at its end; raises ExplorerError where one could not be done."""
        return self._processes.events()

    async def cancel(self) -> None:
        """Stops the calls under way: they raise ExplorerError."""
        await self._processes.cancel()

    async def load_session(self) -> dict[str, Any]:
        """Where the reader was when the folder was last closed."""
        return places.load_session(self.folder)

    async def save_session(self, session: dict[str, Any]) -> None:
        """Keeps where the reader is."""
        places.save_session(self.folder, session)

    async def close(self) -> None:
        """Ends the folder's processes; a refresh keeps what it has so far, a call under way raises ExplorerError."""
        await self._processes.close()

    async def _call(self, call: str, **arguments: Any) -> Any:
        return await self._processes.call(call, arguments)
