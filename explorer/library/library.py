"""One open folder: searching it and reading from it. Nothing here writes, except `refresh` and what the reader keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from explorer.index import analyser, engines, listing
from explorer.index.corpus import CorpusIndex
from explorer.index.kept import KeptStore
from explorer.index.query.syntax import OneQuote, QueryError, Quoted, Said, conjuncts
from explorer.index.words import fold
from explorer.library import places
from explorer.library.answering import Answering
from explorer.library.opening import make_index
from explorer.library.remedies import annotate
from explorer.model import (
    Analysis,
    Completion,
    Document,
    Entity,
    ExplorerError,
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


class Library:
    """A folder and its index, open for reading; used from one thread."""

    def __init__(self, folder: Path, stopped: Callable[[], bool] = lambda: False) -> None:
        """Opens a folder, making an empty index when there is none; raises ExplorerError when the folder is none.

        The index is opened by the first call that reads it, so that a damaged one can be refreshed, which repairs it.
        ``stopped`` is asked during long work: when it says so, the call raises StoppedError.
        """
        self.folder = places.corpus_folder(folder)
        self.stopped = stopped
        self._data = places.make_data_folder(self.folder)
        self._opened: Answering | None = None
        self._was_open = False

    def refresh(
        self,
        tell: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        urgent: Callable[[], Sequence[int]] = lambda: (),
        exclude: Sequence[str] | None = None,
        rebuild: bool = False,
        workers: int | None = None,
        engine: str = "",
        names: str = "",
        retry: bool = False,
    ) -> Report:
        """Brings the index up to date with the folder.

        ``urgent`` names documents to be analysed first; ``exclude`` (shell patterns of what to leave out) holds from now on,
        and so do ``engine``: whoosh, tantivy, or auto, which goes by the number of documents, and ``names``, the engine of names,
        or "settings" for the one in the settings. With ``retry`` what could not be read is tried again. What another engine
        analysed is analysed anew, and shown until then.
        Raises BusyError when another process does it already, ExplorerError when the index cannot be written or the engine of
        names cannot be used.
        """
        from explorer.library.updating import Wishes, update

        self.close()  # reading and writing at once holds twice the file handles
        return update(self.folder, self._data, Wishes(exclude, rebuild, workers, engine, names, retry), tell, cancelled, urgent)

    def search(
        self,
        query: str,
        limit: int = 50,
        offset: int = 0,
        typing: bool = False,
        all_passages: bool = False,
        within: str = "",
        fold: bool = False,
        sort: str = "",
    ) -> Results:
        """The passages that answer a query, best first, one a document unless ``all_passages``; raises QueryError.

        With ``typing`` the last word is still being typed and matches as a prefix too. ``within`` is a second query that
        narrows the results, ``sort`` an order in place of the query's own. With ``fold`` copies of a document have no row of
        their own; ``limit`` and ``offset`` count rows.
        """
        answering = self._begin()
        question = answering.question(query, typing, within, sort)
        results = answering.search(query, question, limit, offset, all_passages, fold)
        if results.total or typing or within:
            return results
        return replace(results, repairs=answering.repairs(query, question))

    def passages(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        """All passages of one document, best first; raises QueryError."""
        answering = self._begin()
        tree = answering.question(query, typing, within).tree
        return tuple(answering.passages(self.document(number), tree, 0.0, every=True))

    def copies(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        """The best passage of each other result that is a copy of a document; raises QueryError."""
        answering = self._begin()
        return answering.copies_of(number, answering.question(query, typing, within))

    def document(self, number: int) -> Document:
        """A document with its text; raises ExplorerError when there is none of that number."""
        return listing.document(self._index.connection, number)

    def hits(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Span, ...]:
        """All hits of a query in a document's text, in order, without overlap; raises QueryError."""
        answering = self._begin()
        return answering.hits(self.document(number), answering.question(query, typing, within).tree)

    def analysis(self, number: int) -> Analysis | None:
        """What was found in a document; None while that is not complete, outdated while it is to be done anew."""
        return listing.analysis(self._index.connection, number)

    def entities(
        self,
        query: str | None = None,
        document: int | None = None,
        kind: str | None = None,
        limit: int = 500,
        within: str = "",
    ) -> tuple[int, tuple[Entity, ...]]:
        """How many entities there are in a document, in a query's results or (neither given) in all, and the commonest."""
        answering = self._begin()
        scope = self._scope(query, document, within)
        return listing.entities(self._index.connection, scope, kind, limit, answering.same)

    def quotes(
        self, query: str | None = None, document: int | None = None, limit: int = 500, within: str = ""
    ) -> tuple[int, tuple[FoundQuote, ...]]:
        """How many quotes there are in a document, in a query's results or in all, and the first of them.

        Conditions on quotes in the query (by: said: cue: is: quote:) hold for each quote shown, not only for its document.
        """
        answering = self._begin()
        wanted: set[int] | None = None
        for node in conjuncts(answering.question(query or "", within=within).tree):
            if isinstance(node, Said | Quoted | OneQuote):
                numbers = answering.conditions.quotes(node)
                wanted = numbers if wanted is None else wanted & numbers
        return listing.quotes(self._index.connection, self._scope(query, document, within), wanted, limit, answering.same)

    def facets(self, query: str = "", within: str = "") -> tuple[Facet, ...]:
        """The values that a query's results have (an empty query: all documents), with their counts."""
        from explorer.index.facets import facets

        answering = self._begin()
        asked = query.strip() or within.strip()
        numbers = answering.numbers(answering.question(query, within=within).tree) if asked else None
        return facets(self._index.connection, numbers, self._kept)

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """What may go on where the cursor stands in a query."""
        from explorer.index.completing import complete

        self._begin()
        tags = {tag: len(numbers) for tag, numbers in self._kept.tags().items()}
        return complete(self._answering.names, tags, self._kept.saved_queries(), text, cursor)

    def terms(self, queries: Sequence[str], tell: Callable[[int, int], None] = lambda done, total: None) -> tuple[TermCount, ...]:
        """The search term report: a line for each query."""
        from explorer.library.term_report import count_terms

        self._begin()
        return count_terms(self._answering, queries, tell)

    def warm_up(self) -> None:
        """Does what makes the next answers quicker, while nobody waits."""
        if self._opened:
            self._opened.warm_up()

    def star(self, number: int, on: bool) -> None:
        """Stars a document, or takes the star away."""
        self._kept.star(number, on)

    def tag(self, number: int, tag: str, on: bool) -> None:
        """Gives a document a tag, or takes it away."""
        self._kept.tag(number, tag, on)

    def kept(self, number: int) -> Kept:
        """What the reader keeps about a document."""
        return self._kept.of(number)

    def decide_name(self, kind: str, name: str, target: str | None) -> None:
        """From now on a name stands for another over all documents, for none ("" parts it), or as the rules say (None).

        Raises ExplorerError where no document names it, or what it is to stand for.
        """
        for one in (name, target):
            if one and not self.is_named(kind, one):
                raise ExplorerError(f"no document names “{one}” so; take a name from the list of entities of all documents")
        self._kept.decide(kind, name, target)

    def is_named(self, kind: str, name: str) -> bool:
        """Whether a document has an entity of this type and name."""
        return listing.is_named(self._index.connection, kind, name)

    def save_query(self, name: str, query: str) -> None:
        """Keeps a query under a name; an empty one takes the name away.

        Raises QueryError for one that cannot be used, because it cannot be read, holds itself or is nested too deep.
        """
        before = next(((known, text) for known, text in self.saved_queries().items() if fold(known) == fold(name.strip())), None)
        self._kept.save_query(name, query)
        if query.strip():
            try:
                self._answering.parse(f"@{name.strip()}")
            except QueryError as error:
                self._kept.save_query(*(before or (name, "")))
                raise QueryError(f"{error}; nothing was saved") from None

    def saved_queries(self) -> dict[str, str]:
        """The saved queries by their names."""
        return self._kept.saved_queries()

    def note_seen(self) -> None:
        """All that is in the index now counts as seen: what comes later is new."""
        self._kept.see(self._index.generation)

    def status(self) -> Status:
        """What is kept about the folder."""
        connection = self._index.connection
        documents, analysed = listing.count(connection)
        return Status(
            str(self.folder),
            str(self._data),
            places.size_on_disk(self._data),
            documents,
            analysed,
            self._index.texts.name,
            analyser.expected(connection),
            self._index.generation,
            annotate(listing.unreadable_notes(connection)),
            annotate(listing.file_notes(connection, "partial")),
            listing.skipped_notes(connection),
            self._index.excluded(),
            self._index.finished,
            engines.offer(documents, self._index.engine),
            len(self._kept.new()),
            listing.count_files(connection),
        )

    def close(self) -> None:
        """Lets go of all files."""
        if self._opened:
            self._opened.index.close()
            self._opened.kept.close()
        self._opened = None

    @property
    def _answering(self) -> Answering:
        return self._opened or self._open()

    @property
    def _index(self) -> CorpusIndex:
        return self._answering.index

    @property
    def _kept(self) -> KeptStore:
        return self._answering.kept

    def _begin(self) -> Answering:
        """What answers the next question, having seen all that was written."""
        if self._index.replaced():
            self.close()
        self._answering.begin()
        return self._answering

    def _open(self) -> Answering:
        make_index(self.folder, self._data, self._was_open)
        index = CorpusIndex(self._data)
        self._was_open = True
        self._opened = Answering(index, KeptStore(self._data, index.connection), self.stopped)
        return self._opened

    def _scope(self, query: str | None, document: int | None, within: str) -> list[int] | None:
        if document is not None:
            return [document]
        if not (query or within.strip()):
            return None
        answering = self._begin()
        return answering.in_order(answering.question(query or "", within=within))
