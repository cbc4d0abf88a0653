"""One open folder: searching it and reading from it. Nothing here writes, except `refresh`."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from explorer.analysis.version import ANALYSIS_VERSION
from explorer.index import listing
from explorer.index.conditions import Conditions
from explorer.index.corpus import CorpusIndex
from explorer.index.evidence import marks_in
from explorer.index.marker import Mark, mark_title, merge, phrases_of
from explorer.index.passages import beginning, end_of_head, passages
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Node, Phrase, Query, Quoted, Said, conjuncts, positive_leaves
from explorer.index.query.understood import understood
from explorer.library import places
from explorer.library.lock import BusyError, lock
from explorer.model import Analysis, Document, Entity, ExplorerError, FoundQuote, Passage, Progress, Report, Results, Span, Status

MAKING_SECONDS = 20.0
MOST_MARKS = 1000  # looked at for the passages of one document
KEPT_MARKS = 100  # documents


class Library:
    """A folder and its index, open for reading; used from one thread."""

    def __init__(self, folder: Path) -> None:
        """Opens a folder, making an empty index when there is none; raises ExplorerError when the folder is none.

        The index is opened by the first call that reads it, so that a damaged one can be refreshed, which repairs it.
        """
        self.folder = places.corpus_folder(folder)
        self._data = places.make_data_folder(self.folder)
        self._opened: tuple[CorpusIndex, Conditions] | None = None
        self._generation = -1
        self._last: tuple[Node, list[tuple[int, float]]] | None = None
        self._marked: dict[tuple[int, Node], list[Mark]] = {}

    def refresh(
        self,
        tell: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        urgent: Callable[[], Sequence[int]] = lambda: (),
        exclude: Sequence[str] | None = None,
        rebuild: bool = False,
        workers: int | None = None,
    ) -> Report:
        """Brings the index up to date with the folder.

        ``urgent`` names documents to be analysed first; ``exclude`` (shell patterns of what to leave out) holds from now on.
        Raises BusyError when another process does it already, ExplorerError when the index cannot be written.
        """
        from explorer.library.refresh import refresh
        from explorer.work.pool import Pool

        with lock(self._data / "writing", wait=1.0):  # long enough for a searcher that is making the empty index
            if rebuild:
                exclude = self._excluded() if exclude is None else exclude
                CorpusIndex.discard(self._data)
            index = CorpusIndex(self._data, writable=True)
            try:
                with Pool(workers or max(1, os.cpu_count() or 1)) as pool:
                    report = refresh(index, self.folder, pool, tell, cancelled, urgent, exclude)
            except (OSError, sqlite3.OperationalError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                message = f"the index {self._data} cannot be written ({reason}); EXPLORER_HOME names another place for it"
                raise ExplorerError(message) from error
            finally:
                index.close()
        return report

    def _excluded(self) -> tuple[str, ...]:
        try:
            return self._index.excluded()
        except ExplorerError:
            return ()  # it is rebuilt because it cannot be read

    def search(self, query: str, limit: int = 50, offset: int = 0, typing: bool = False, all_passages: bool = False) -> Results:
        """The passages that answer a query, best first, one a document unless ``all_passages``; raises QueryError.

        With ``typing`` the last word is still being typed and matches as a prefix too.
        """
        started = time.perf_counter()
        parsed = parse(query, typing)
        found = self._found(parsed.tree)
        shown = found[offset : offset + limit]
        documents = listing.documents(self._index.connection, [number for number, _ in shown], ANALYSIS_VERSION)
        answers = [
            passage
            for number, score in shown
            if number in documents
            for passage in self._passages(documents[number], parsed.tree, score, all_passages)
        ]
        counts = () if found else self._counts(parsed)
        return Results(
            query,
            understood(parsed.tree, self._conditions.names),
            len(found),
            tuple(answers),
            parsed.notes,
            counts,
            time.perf_counter() - started,
        )

    def document(self, number: int) -> Document:
        """A document with its text; raises ExplorerError when there is none of that number."""
        return listing.document(self._index.connection, number, ANALYSIS_VERSION)

    def hits(self, number: int, query: str, typing: bool = False) -> tuple[Span, ...]:
        """All hits of a query in a document's text, in order, without overlap; raises QueryError."""
        tree = parse(query, typing).tree
        self._see_changes()
        return merge((mark.start, mark.end) for mark in self._marks(self.document(number), tree))

    def analysis(self, number: int) -> Analysis | None:
        """What was found in a document; None while that is not complete."""
        return listing.analysis(self._index.connection, number, ANALYSIS_VERSION)

    def entities(
        self, query: str | None = None, document: int | None = None, kind: str | None = None, limit: int = 500
    ) -> tuple[int, tuple[Entity, ...]]:
        """How many entities there are in a document, in a query's results or (neither given) in all, and the commonest."""
        return listing.entities(self._index.connection, self._scope(query, document), kind, limit)

    def quotes(
        self, query: str | None = None, document: int | None = None, limit: int = 500
    ) -> tuple[int, tuple[FoundQuote, ...]]:
        """How many quotes there are in a document, in a query's results or in all, and the first of them.

        Conditions on quotes in the query (by: said: cue: is:) hold for each quote shown, not only for its document.
        """
        tree = parse(query or "").tree
        self._see_changes()
        wanted: set[int] | None = None
        for node in conjuncts(tree):
            if isinstance(node, Said | Quoted):
                numbers = self._conditions.quotes(node)
                wanted = numbers if wanted is None else wanted & numbers
        return listing.quotes(self._index.connection, self._scope(query, document), wanted, limit)

    def status(self) -> Status:
        """What is kept about the folder."""
        connection = self._index.connection
        documents, analysed = connection.execute(
            "SELECT COUNT(*), SUM(analysed = ?) FROM document", (ANALYSIS_VERSION,)
        ).fetchone()
        return Status(
            str(self.folder),
            str(self._data),
            places.size_on_disk(self._data),
            documents,
            analysed or 0,
            self._index.texts.name,
            f"rules {ANALYSIS_VERSION}",
            self._index.generation,
            listing.file_notes(connection, "unreadable"),
            listing.file_notes(connection, "partial"),
            listing.skipped_notes(connection),
            self._index.excluded(),
            self._index.finished,
        )

    def close(self) -> None:
        """Lets go of all files."""
        if self._opened:
            self._opened[0].close()
        self._opened = None

    @property
    def _index(self) -> CorpusIndex:
        return (self._opened or self._open())[0]

    @property
    def _conditions(self) -> Conditions:
        return (self._opened or self._open())[1]

    def _open(self) -> tuple[CorpusIndex, Conditions]:
        self._make()
        index = CorpusIndex(self._data)
        self._opened = (index, Conditions(index.connection, index.quotes_with))
        self._generation = -1
        return self._opened

    def _make(self) -> None:
        """Makes an empty index when there is none, or waits while another process makes one."""
        until = time.monotonic() + MAKING_SECONDS
        while not CorpusIndex.complete(self._data):
            try:
                with lock(self._data / "writing"):
                    CorpusIndex(self._data, writable=True).close()
            except BusyError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _see_changes(self) -> None:
        if self._index.replaced():
            self.close()
        generation = self._index.generation
        if generation != self._generation:
            self._index.refresh()
            self._conditions.forget()
            self._last = None
            self._marked.clear()
            self._generation = generation

    def _found(self, tree: Node) -> list[tuple[int, float]]:
        self._see_changes()
        if self._last and self._last[0] == tree:
            return self._last[1]
        found = self._index.texts.search(tree, self._conditions.documents)
        if not phrases_of(tree):  # no word was asked for, so nothing is better than another
            found = [(number, 0.0) for number in listing.newest_first(self._index.connection, {n for n, _ in found})]
        self._last = (tree, found)
        return found

    def _scope(self, query: str | None, document: int | None) -> list[int] | None:
        if document is not None:
            return [document]
        return [number for number, _ in self._found(parse(query).tree)] if query else None

    def _marks(self, document: Document, tree: Node, most: int | None = None) -> list[Mark]:
        """The hits in a document, or the first ``most``; those of the last documents are kept, as they are asked for twice."""
        key = (document.number, tree)
        marks = self._marked.pop(key, None)
        if marks is None:
            marks = self._find_marks(document, tree, most)
        if most is None or len(marks) < most:
            self._marked[key] = marks
            if len(self._marked) > KEPT_MARKS:
                del self._marked[next(iter(self._marked))]
        return marks

    def _find_marks(self, document: Document, tree: Node, most: int | None) -> list[Mark]:
        needs = any(not isinstance(leaf, Phrase) for leaf in positive_leaves(tree))
        return marks_in(document.text, self.analysis(document.number) if needs else None, tree, self._conditions.names, most)

    def _passages(self, document: Document, tree: Node, score: float, every: bool) -> list[Passage]:
        text = document.text
        marks = self._marks(document, tree, MOST_MARKS)
        head = end_of_head(text, document.title)
        spans = passages(text, marks, head) or [beginning(text, head)]
        title_hits = merge((mark.start, mark.end) for mark in mark_title(document.title, phrases_of(tree)))
        return [
            Passage(
                document.number,
                document.path,
                document.title,
                document.source,
                document.date,
                start,
                end,
                text[start:end],
                merge((m.start, m.end) for m in marks if start <= m.start and m.end <= end),
                title_hits,
                round(score, 4),
                len(spans) - 1,
            )
            for start, end in (spans if every else spans[:1])
        ]

    def _counts(self, query: Query) -> tuple[tuple[str, int], ...]:
        """How many documents each term is in by itself: what to show when all of them together are in none."""
        return tuple(
            (understood(leaf, self._conditions.names), len(self._index.texts.search(leaf, self._conditions.documents)))
            for leaf in dict.fromkeys(positive_leaves(query.tree))
        )
