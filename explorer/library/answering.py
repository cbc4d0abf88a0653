"""From a query to what answers it: which documents, in which order, which of their passages, with which hits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from explorer.index import copies, listing
from explorer.index.conditions import Conditions
from explorer.index.corpus import CorpusIndex
from explorer.index.evidence import hits_in, marks_in
from explorer.index.kept import KeptStore
from explorer.index.marker import Mark, leaves_of, mark_title, merge
from explorer.index.name_book import Field, NameBook
from explorer.index.passages import HEAD, beginning, end_of_head, passages
from explorer.index.query.parser import parse
from explorer.index.query.syntax import (
    And,
    Everything,
    Leaf,
    Near,
    Node,
    Phrase,
    Query,
    QueryError,
    Sort,
    conjuncts,
    phrases_in,
    positive_leaves,
)
from explorer.index.query.understood import understood
from explorer.index.ranking import CANDIDATES, leaf_weights, rerank, strength
from explorer.index.same_names import SameNames
from explorer.model import Analysis, Document, Passage, Repair, Results, Span, StoppedError

SEARCH_SECONDS = 1.8  # CPU time of one answer
REPAIR_SECONDS = 0.5  # CPU time spent on what may have been meant
MOST_MARKS = 1000  # looked at for the passages of one document
KEPT_MARKS = KEPT_DOCUMENTS = 100
RANKED_AT_FIRST = 40
NAME_KINDS: tuple[Field, ...] = ("person", "org", "place", "by")
TOO_SLOW = "this search takes too long and was stopped; add a word or a date, or give more letters before the sign"


@dataclass(frozen=True, slots=True)
class Question:
    """A query that was read: its tree, narrowed by what results are filtered with, and the order wanted."""

    tree: Node
    sort: Sort
    understood: str
    notes: tuple[str, ...]


class Answering:
    """Answers questions to one open index; used from one thread. What was found last is kept until the index changes."""

    def __init__(self, index: CorpusIndex, kept: KeptStore, stopped: Callable[[], bool]) -> None:
        self.index = index
        self.kept = kept
        self.same = SameNames(index.connection)
        self.conditions = Conditions(index.connection, index.quotes_with, kept, self.same)
        self._stopped = stopped
        self._until = 0.0
        self._state: tuple[int, object] = (-1, None)
        self._starred: set[int] = set()
        self._saved_names: tuple[str, ...] = ()
        self._named = -1
        self._families: dict[int, tuple[int, int]] = {}
        self._size: int | None = None
        self._last: tuple[Node, Sort, int, list[tuple[int, float]]] | None = None
        self._marked: dict[tuple[int, Node], list[Mark]] = {}
        self._read: dict[int, Document] = {}
        self.names = NameBook(index.connection)
        index.check = self.check

    def begin(self, seconds: float = SEARCH_SECONDS) -> None:
        """Starts the time that an answer may take, and sees what was written since the last one."""
        self._until = time.thread_time() + seconds
        state = self.index.generation, self.kept.version()
        if state == self._state:
            return
        if self.same.read(self.kept.decisions()) or state[0] != self._state[0]:
            self.conditions.forget()
        if state[0] != self._state[0]:
            self.index.refresh()
            self._families, self._size = copies.families(self.index.connection), None
        self._starred, self._saved_names = self.kept.starred(), tuple(self.kept.saved_queries())
        self._state = state
        self._last = None
        self._marked.clear()
        self._read.clear()

    def warm_up(self) -> None:
        """Reads the names that queries are completed with: slow the first time. While an index grows, the old ones will do."""
        generation = self.index.generation
        if generation != self._named and (self._named < 0 or self.index.finished):
            self.names, self._named = NameBook(self.index.connection), generation
            for kind in NAME_KINDS:
                self.names.beginning(kind, "x", 1)

    def check(self) -> None:
        """Raises when the answer is not wanted any more, StoppedError, or takes too long, QueryError."""
        if self._stopped():
            raise StoppedError("stopped")
        if time.thread_time() > self._until:
            raise QueryError(TOO_SLOW)

    def question(self, query: str, typing: bool = False, within: str = "", sort: str = "") -> Question:
        """Reads a query; raises QueryError."""
        parsed = self.parse(query, typing)
        tree, shown, notes = parsed.tree, understood(parsed.tree, self.conditions.names), parsed.notes
        if within.strip():
            inner = self.parse(within, typing=True)
            tree = _both(tree, inner.tree)
            shown = f"{shown}; of these only: {understood(inner.tree, self.conditions.names)}"
            notes = (*notes, *inner.notes)
        order: Sort = sort or parsed.sort  # type: ignore[assignment]
        return Question(tree, order, shown, notes)

    def parse(self, query: str, typing: bool = False) -> Query:
        """A query's tree, with what saved queries stand for in it; raises QueryError."""
        return parse(query, typing, self.kept.saved_query, self._saved_names)

    def search(self, query: str, question: Question, limit: int, offset: int, every: bool, fold: bool) -> Results:
        """The passages that answer a question, best first."""
        started = time.perf_counter()
        total, ranked = self._ranked(question, offset + limit, fold)
        rows = copies.fold([number for number, _ in ranked], self._families if fold else {})
        scores = dict(ranked)
        shown = rows[offset : offset + limit]
        documents = self._documents(number for number, _ in shown)
        answers = []
        for number, others in shown:
            if number in documents:
                self.check()
                differ = sum(self._families[other][1] != self._families[number][1] for other in others)
                found = self.passages(documents[number], question.tree, scores[number], every)
                starred = number in self._starred
                answers += [replace(passage, copies=len(others), differ=differ, starred=starred) for passage in found]
        counts = () if total else self._counts(question.tree)
        return Results(
            query,
            question.understood,
            total,
            tuple(answers),
            question.notes,
            counts,
            time.perf_counter() - started,
            sort=question.sort,
            folded=sum(len(others) for _, others in shown),
        )

    def repairs(self, query: str, question: Question) -> tuple[Repair, ...]:
        """What may have been meant by a query that finds nothing."""
        from explorer.index.suggesting import suggest

        def count(text: str) -> int:
            return len(self.numbers(self.question(text).tree))

        self._until = time.thread_time() + REPAIR_SECONDS

        def nearest(field: str, value: str) -> list[str]:
            kinds: tuple[Field, ...] = NAME_KINDS[:3] if field == "entity" else (cast(Field, field),)
            return [known.value for kind in kinds for known in self.names.nearest(kind, value)]

        return suggest(query, question.tree, count, self.index.words(), self.index.texts.frequency, nearest)

    def numbers(self, tree: Node) -> set[int]:
        """The numbers of all documents that match."""
        return self.index.matching(tree, self.conditions.documents)

    def in_order(self, question: Question) -> list[int]:
        """All documents that match, in the order asked for."""
        return [number for number, _ in self._ranked(question, self._count_of_documents(), fold=False)[1]]

    def copies_of(self, number: int, question: Question) -> tuple[Passage, ...]:
        """The best passages of the results that are copies of a document, in order."""
        family = self._families.get(number, (None, 0))[0]
        same = {other for other, (its, _) in self._families.items() if its == family and other != number}
        found = self.numbers(question.tree) & same
        documents = listing.documents(self.index.connection, found)
        return tuple(
            replace(
                self.passages(documents[other], question.tree, 0.0, every=False)[0],
                differ=int(self._families[other][1] != self._families[number][1]),
            )
            for other in sorted(documents)
        )

    def passages(self, document: Document, tree: Node, score: float, every: bool) -> list[Passage]:
        """The passages of a document, best first, or only the best."""
        text = document.text
        marks = self.marks(document, tree, MOST_MARKS)
        head = end_of_head(text, document.title)
        spans = passages(text, marks, head) or [beginning(text, head)]
        title_hits = merge((mark.start, mark.end) for mark in mark_title(document.title, leaves_of(tree)))
        found = []
        for start, end in spans if every else spans[:1]:
            hits = merge((m.start, m.end) for m in marks if start <= m.start and m.end <= end)
            passage = Passage(
                document.number,
                document.path,
                document.title,
                document.source,
                document.date,
                start,
                end,
                text[start:end],
                hits,
                title_hits,
                round(score, 4),
                len(spans) - 1,
                page=listing.page_of(document.pages, hits[0][0] if hits else start),
            )
            found.append(passage)
        return found

    def hits(self, document: Document, tree: Node) -> tuple[Span, ...]:
        """All hits in a document's text, in order, without overlap."""
        return merge((mark.start, mark.end) for mark in self.marks(document, tree))

    def count_hits(self, document: Document, tree: Node) -> int:
        """How many hits a document has: in its text and, where that does not begin with the title, in the title."""
        found = self._analysis_for(tree, document)
        in_text = hits_in(document.text, found, tree, self.conditions.names, self.check)
        if document.title in document.text[: HEAD + len(document.title)]:
            return in_text
        return in_text + len(merge((mark.start, mark.end) for mark in mark_title(document.title, leaves_of(tree))))

    def marks(self, document: Document, tree: Node, most: int | None = None) -> list[Mark]:
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
        found = self._analysis_for(tree, document)
        return marks_in(document.text, found, tree, self.conditions.names, most, self.check)

    def _analysis_for(self, tree: Node, document: Document) -> Analysis | None:
        """What was found in a document, where a query asks for that."""
        needs = any(not isinstance(leaf, Phrase | Near) for leaf in positive_leaves(tree))
        return listing.analysis(self.index.connection, document.number) if needs else None

    def _ranked(self, question: Question, wanted: int, fold: bool) -> tuple[int, list[tuple[int, float]]]:
        """How many documents match, and at least as many of the best as are wanted: more where some are folded away."""
        tree, sort = question.tree, question.sort
        size = max(RANKED_AT_FIRST, wanted * 2 if fold else wanted)
        if self._last and self._last[:2] == (tree, sort) and (len(self._last[3]) >= min(size, self._last[2])):
            return self._last[2:]
        if sort == "relevance" and leaves_of(tree):
            found = self.index.search(tree, self.conditions.documents, size)
            total, ranked = found.total, self._reranked(found.ranked, tree)
        else:
            numbers = self.numbers(tree)
            order: Sort = "-date" if sort == "relevance" else sort  # no word was asked for: nothing is better than another
            listed = listing.in_order(self.index.connection, numbers, order, size)
            total, ranked = len(numbers), [(number, 0.0) for number in listed]
        self._last = (tree, sort, total, ranked)
        return total, ranked

    def _reranked(self, ranked: list[tuple[int, float]], tree: Node) -> list[tuple[int, float]]:
        """The best anew, with regard to their best passages and their titles; one term stands nowhere together."""
        leaves = leaves_of(tree)
        if len(leaves) < 2:
            return ranked
        weights = leaf_weights(leaves, tree, self.index.words_of, self.index.texts.frequency, self._count_of_documents())
        documents = self._documents([number for number, _ in ranked[:CANDIDATES]])

        def strength_of(number: int) -> float:
            self.check()
            if number not in documents:
                return 0.0
            document = documents[number]
            in_text = [mark for mark in self.marks(document, tree, MOST_MARKS) if mark.leaf < len(weights)]
            return strength(in_text, mark_title(document.title, leaves), weights)

        return rerank(ranked, strength_of)

    def _documents(self, numbers: Iterable[int]) -> dict[int, Document]:
        """Documents by number; those read last are kept, as they are asked for twice."""
        listed = list(numbers)
        missing = [number for number in listed if number not in self._read]
        if len(self._read) + len(missing) > KEPT_DOCUMENTS:
            self._read, missing = {}, listed
        self._read |= listing.documents(self.index.connection, missing)
        return {number: self._read[number] for number in listed if number in self._read}

    def _counts(self, tree: Node) -> tuple[tuple[str, int], ...]:
        """How many documents each term is in by itself: what to show when all of them together are in none."""
        alone = (phrases_in(leaf) if isinstance(leaf, Near) else (leaf,) for leaf in positive_leaves(tree))
        leaves: dict[Leaf, None] = dict.fromkeys(leaf for each in alone for leaf in each)
        return tuple((understood(leaf, self.conditions.names), len(self.numbers(leaf))) for leaf in leaves)

    def _count_of_documents(self) -> int:
        if self._size is None:
            self._size = int(self.index.connection.execute("SELECT COUNT(*) FROM document").fetchone()[0])
        return self._size


def _both(tree: Node, inner: Node) -> Node:
    members = [part for part in (*conjuncts(tree), *conjuncts(inner)) if not isinstance(part, Everything)]
    if not members:
        return Everything()
    return members[0] if len(members) == 1 else And(tuple(dict.fromkeys(members)))
