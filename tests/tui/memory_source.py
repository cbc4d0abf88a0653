"""An in-memory source for the app's tests: substring search over a few articles of our own."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

from articles import ARTICLES, Article, analyse, document

from explorer.library import QueryError
from explorer.model import (
    Analysis,
    Completion,
    Document,
    Entity,
    ExplorerError,
    Facet,
    FoundQuote,
    Kept,
    Note,
    Passage,
    Progress,
    Repair,
    Report,
    Results,
    Span,
    Status,
    TermCount,
)

FIELDS = ("by:", "date:", "is:", "org:", "person:", "place:", "said:", "sort:", "source:", "tag:", "title:")
ORDERS = {
    "relevance": lambda passage: (-passage.score, passage.document),
    "date": lambda passage: passage.date or "",
    "-date": lambda passage: tuple(-ord(letter) for letter in passage.date or ""),
    "source": lambda passage: passage.source,
}


class MemorySource:
    """The protocol of `explorer.tui.source` over documents in memory: words, which all must be there, and conditions.

    A document with the title of an earlier one counts as a copy of it.
    """

    def __init__(self, articles: tuple[Article, ...] = ARTICLES, delay: float = 0.0) -> None:
        self.documents = {number: document(number, article) for number, article in enumerate(articles, 1)}
        self.delay = delay
        self.note = ""
        self.unreadable: tuple[Note, ...] = (Note("broken.pdf", "damaged: no page could be read"),)
        self.messages: asyncio.Queue[Progress | Report | ExplorerError] = asyncio.Queue()
        self.session: dict[str, Any] = {}
        self.searched: list[tuple[str, bool]] = []
        self.completed: list[tuple[str, int]] = []
        self.calls: list[str] = []
        self.closed = False
        self.engine, self.offer, self.new = "whoosh", "", 0
        self.marks: dict[int, Kept] = {}
        self.saved: dict[str, str] = {}
        self.decided: dict[tuple[str, str], str] = {}
        self._stopped = asyncio.Event()

    def _spans(self, text: str, query: str, typing: bool = False) -> tuple[Span, ...]:
        words = [_pattern(word, typing) for word in query.split() if ":" not in word and '"' not in word and word != "OR"]
        return tuple(m.span() for m in re.finditer(r"\b(?:" + "|".join(words) + ")", text, re.IGNORECASE)) if words else ()

    def _matches(self, doc: Document, query: str, typing: bool) -> bool:
        kept = self.marks.get(doc.number, Kept())
        holds = {
            "source": doc.source,
            "tag": " ".join(kept.tags),
            "is": "starred" if kept.starred else "",
            "year": doc.date or "",
        }
        for field, value in re.findall(r'(\w+):"?([^"\s]*)', query):
            if field in holds and value.casefold() not in holds[field].casefold():
                return False
        ways = [way.split() for way in re.split(r"\sOR\s", query)]
        return ":" in query or any(all(self._spans(doc.text, word, typing) for word in way) for way in ways)

    def _passages(self, doc: Document, query: str, typing: bool, within: str) -> list[Passage]:
        """The paragraphs with hits, those with most first; the first paragraph where there are none."""
        hits = sorted({*self._spans(doc.text, query, typing), *self._spans(doc.text, within, True)})
        titled = self._spans(doc.title, query, typing)
        found = []
        for match in re.finditer(r"[^\n]+|^\Z", doc.text):
            start, end = match.span()
            inside = tuple(hit for hit in hits if start <= hit[0] < end)
            if inside or not hits:
                place = (doc.number, doc.path, doc.title, doc.source, doc.date, start, end)
                found.append(Passage(*place, match.group(), inside, titled, len(inside)))
            if not hits:
                break
        return sorted(found, key=lambda passage: (-passage.score, passage.start))

    async def search(
        self, query: str, *, typing=False, limit=50, offset=0, all_passages=False, within="", fold=False, sort=""
    ) -> Results:
        self.searched.append((query, typing))
        await self._wait()
        for text in (query, within):
            if "persn:" in text:
                raise QueryError(
                    "unknown field persn: did you mean person:?", text.index("persn:"), text.replace("persn:", "person:")
                )
        order = sort or next(iter(re.findall(r"sort:(\S+)", query)), "relevance")
        docs = [doc for doc in self.documents.values() if self._matches(doc, query, typing) and self._matches(doc, within, True)]
        rows = []
        for doc in docs:
            copies = [other for other in docs if other.title == doc.title]
            passages = self._passages(doc, query, typing, within)
            if fold and copies[0] is not doc:
                continue
            if fold:
                differ = sum(other.text != doc.text for other in copies)
                passages[0] = replace(passages[0], copies=len(copies) - 1, differ=differ)
            hits = len(self._spans(doc.text, query, typing))
            rows.append(replace(passages[0], more=len(passages) - 1, score=hits))
        rows.sort(key=ORDERS.get(order, ORDERS["relevance"]))
        words = [] if rows else query.split()
        counts = tuple((word, sum(bool(self._spans(doc.text, word)) for doc in self.documents.values())) for word in words)
        known = [word for word, count in counts if count]
        repairs = tuple(
            Repair(f"without {word}", " ".join(known), counts[words.index(known[0])][1])
            for word, count in counts
            if known and not count
        )
        understood = " AND ".join(word for word in query.split() if not word.startswith("sort:"))
        shown = tuple(rows[offset : offset + limit])
        folded = len(docs) - len(rows)
        return Results(query, understood, len(docs), shown, counts=counts, repairs=repairs[:1], sort=order, folded=folded)

    async def _wait(self) -> None:
        self._stopped.clear()
        if self.delay:
            try:
                async with asyncio.timeout(self.delay):
                    await self._stopped.wait()
            except TimeoutError:
                return
            raise ExplorerError("the search was stopped")

    async def cancel(self) -> None:
        self.calls.append("cancel search")
        self._stopped.set()

    async def passages(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        return tuple(self._passages(self.documents[number], query, typing, within))

    async def copies(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Passage, ...]:
        own = self.documents[number]
        return tuple(
            replace(self._passages(doc, query, typing, within)[0], differ=int(doc.text != own.text))
            for doc in self.documents.values()
            if doc.title == own.title and doc is not own and self._matches(doc, query, typing)
        )

    async def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        self.completed.append((text, cursor))
        match = re.search(r'(?:(\w+:)"?|(@))?(\w*)$', text[:cursor])
        assert match is not None
        field, saved, letters = match.groups()
        if saved:
            found = [(f"query:{name}", name, None) for name in self.saved]
        elif field:
            found = [
                (f'"{value}"' if " " in value else value, value, count) for value, count in self._values(field).most_common()
            ]
        else:
            found = [(name, name, None) for name in FIELDS if letters]
        begin = letters.casefold()
        return tuple(
            Completion(match.end(1) if field else match.start(), cursor, insert, shown, count)
            for insert, shown, count in found
            if shown.casefold().startswith(begin)
        )

    def _values(self, field: str) -> Counter[str]:
        if field == "source:":
            return Counter(doc.source for doc in self.documents.values())
        if field == "tag:":
            return Counter(tag for kept in self.marks.values() for tag in kept.tags)
        wanted = {"person:": "PERSON", "by:": "PERSON", "org:": "ORG", "place:": "PLACE"}.get(field)
        docs = self.documents.values()
        return Counter(name for doc in docs for name in {m.name for m in analyse(doc.text).entities if m.type == wanted})

    async def facets(self, query: str, within: str = "") -> tuple[Facet, ...]:
        docs = await self._chosen(query, None, within)
        counts = Counter(("source", doc.source, f'source:"{doc.source}"') for doc in docs)
        counts.update(("year", doc.date[:4], f"year:{doc.date[:4]}") for doc in docs if doc.date)
        counts.update(("tag", tag, f"tag:{tag}") for doc in docs for tag in self.marks.get(doc.number, Kept()).tags)
        return tuple(Facet(field, value, count, text) for (field, value, text), count in counts.most_common())

    async def terms(self, queries: Sequence[str]) -> tuple[TermCount, ...]:
        found = {query: {doc.number for doc in self.documents.values() if self._matches(doc, query, False)} for query in queries}
        lines = []
        for query in queries:
            if "persn:" in query:
                lines.append(TermCount(query, 0, 0, 0, "column 1: unknown field persn: did you mean person:?"))
                continue
            others = set().union(*(numbers for other, numbers in found.items() if other != query))
            hits = sum(len(self._spans(self.documents[number].text, query)) for number in found[query])
            lines.append(TermCount(query, len(found[query]), hits, len(found[query] - others)))
        return tuple(lines)

    async def document(self, number: int) -> Document:
        return self.documents[number]

    async def hits(self, number: int, query: str, typing: bool = False, within: str = "") -> tuple[Span, ...]:
        text = self.documents[number].text
        return tuple(sorted({*self._spans(text, query, typing), *self._spans(text, within, True)}))

    async def analysis(self, number: int) -> Analysis | None:
        return analyse(self.documents[number].text)

    async def _chosen(self, query: str | None, document: int | None, within: str = "") -> list[Document]:
        if document is not None:
            return [self.documents[document]]
        if query is None:
            return list(self.documents.values())
        results = await self.search(query, typing=False, limit=99, within=within)
        return [self.documents[passage.document] for passage in results.passages]

    async def entities(self, query: str | None, document: int | None, within: str = "") -> tuple[Entity, ...]:
        found: dict[tuple[str, str], Counter[str]] = {}
        documents: Counter[tuple[str, str]] = Counter()
        for doc in await self._chosen(query, document, within):
            mentions = [replace(m, name=self.decided.get((m.type, m.name)) or m.name) for m in analyse(doc.text).entities]
            documents.update({(m.type, m.name) for m in mentions})
            for mention in mentions:
                found.setdefault((mention.type, mention.name), Counter())[mention.text] += 1
        entities = [
            Entity(name, type_, tuple(forms.most_common()), documents[type_, name], forms.total(), self._joined(type_, name))  # type: ignore[arg-type]
            for (type_, name), forms in found.items()
        ]
        return tuple(sorted(entities, key=lambda entity: (-entity.mentions, entity.name)))

    def _joined(self, kind: str, name: str) -> tuple[tuple[str, str], ...]:
        return tuple((one, "you joined them") for (type_, one), target in self.decided.items() if (type_, target) == (kind, name))

    async def decide_name(self, kind: str, name: str, target: str | None) -> None:
        if name == "Nobody":
            raise ExplorerError("no document names “Nobody” so")
        self.decided.pop((kind, name), None)
        if target is not None:
            self.decided[kind, name] = target

    async def quotes(self, query: str | None, document: int | None, within: str = "") -> tuple[FoundQuote, ...]:
        return tuple(
            FoundQuote(quote, doc.number, doc.path, doc.title, doc.source, doc.date)
            for doc in await self._chosen(query, document, within)
            for quote in analyse(doc.text).quotes
        )

    async def star(self, number: int, on: bool) -> None:
        self.marks[number] = replace(self.marks.get(number, Kept()), starred=on)

    async def tag(self, number: int, tag: str, on: bool) -> None:
        kept = self.marks.get(number, Kept())
        tags = {*kept.tags, tag} if on else {*kept.tags} - {tag}
        self.marks[number] = replace(kept, tags=tuple(sorted(tags)))

    async def kept(self, number: int) -> Kept:
        return self.marks.get(number, Kept())

    async def save_query(self, name: str, query: str) -> None:
        self.saved.pop(name, None)
        if query:
            self.saved[name] = query

    async def saved_queries(self) -> dict[str, str]:
        return dict(self.saved)

    async def status(self) -> Status:
        count = len(self.documents)
        return Status("~/harbour", "", 0, count, count, self.engine, "", 1, self.unreadable, offer=self.offer, new=self.new)

    async def refresh(self, rebuild: bool = False) -> None:
        self.calls.append("refresh")
        await self.messages.put(Report(len(self.documents), 0, 0, 0, len(self.documents)))

    async def cancel_refresh(self) -> None:
        self.calls.append("cancel")

    async def events(self) -> AsyncIterator[Progress | Report]:
        while True:
            message = await self.messages.get()
            if isinstance(message, ExplorerError):
                raise message
            yield message

    async def load_session(self) -> dict[str, Any]:
        return self.session

    async def save_session(self, session: dict[str, Any]) -> None:
        self.session = session

    async def close(self) -> None:
        self.closed = True

    def add(self, article: Article) -> None:
        number = max(self.documents) + 1
        self.documents[number] = replace(document(number, article))


def _pattern(word: str, typing: bool) -> str:
    """A word as a regular expression; a star at its end, or typing, makes it a beginning."""
    return re.escape(word.rstrip("*")) + (r"\w*" if typing or word.endswith("*") else r"\b")
