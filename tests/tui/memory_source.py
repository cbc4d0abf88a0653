"""An in-memory source for the app's tests: a few articles of our own, substring search, hand-made extraction."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from explorer.library import QueryError
from explorer.model import (
    Analysis,
    Cue,
    Document,
    Entity,
    ExplorerError,
    FoundQuote,
    Mention,
    Note,
    Passage,
    Progress,
    Quote,
    Report,
    Results,
    Span,
    Speaker,
    Status,
)

ARTICLES = (
    (
        "bridge.txt",
        "Harbour bridge to close for repairs",
        "The Harbour Post",
        "2024-03-04",
        "The old harbour bridge will close for six weeks, Mayor Ada Quill said on Monday.\n\n"
        "“The bridge is safe today, but it will not be safe for ever,” Quill said. “We close it now or we close it in winter.”"
        "\n\n"
        "Tom Vale of the Ferry Union denied that boats could carry everyone. “Nobody asked the ferry crews,” he said.\n\n"
        "The council in Port Lumen votes on the repairs on 12 March.\n",
    ),
    (
        "ferry.txt",
        "Ferry crews ask for a say",
        "Lumen Daily",
        "2024-03-05",
        "Ferry crews in Port Lumen want to be heard before the bridge closes.\n\n"
        "“Nobody asked the crews who know this water,” said Tom Vale, who speaks for the Ferry Union.\n\n"
        "Ada Quill answered that talks would begin this week. “There is room for everyone,” the mayor added.\n",
    ),
    (
        "storm.txt",
        "Storm damages the pier",
        "The Harbour Post",
        "2024-03-09",
        "A storm broke two pillars of the pier at Port Lumen overnight.\n\n" + "Rain fell on the town for hours. " * 60 + "\n\n"
        "“We were lucky that the bridge held,” Ada Quill said.\n",
    ),
)
PEOPLE = {"PERSON": ("Ada Quill", "Quill", "Tom Vale"), "ORG": ("Ferry Union",), "PLACE": ("Port Lumen",), "DATE": ("12 March",)}
NAMES = {"Quill": "Ada Quill", "the mayor": "Ada Quill", "he": "Tom Vale", "Ada Quill": "Ada Quill", "Tom Vale": "Tom Vale"}
SPOKEN = re.compile(r"“[^”]*”(?:,? (?P<a>Quill|he|Ada Quill|the mayor) (?P<c>said|added)| ?(?P<c2>said) (?P<b>Tom Vale))?")


def document(number: int, article: tuple[str, str, str, str | None, str]) -> Document:
    path, title, source, date, text = article
    return Document(number, path, title, "", date, source, "en", (), (), text, len(text), True)


def analyse(text: str) -> Analysis:
    mentions = [
        Mention(m.start(), m.end(), m.group(), type_, NAMES.get(m.group(), m.group()), "list of names", 0.9)  # type: ignore[arg-type]
        for type_, names in PEOPLE.items()
        for m in re.finditer("|".join(names), text)
    ]
    return Analysis(tuple(sorted(mentions, key=lambda m: m.start)), tuple(_quote(m) for m in SPOKEN.finditer(text)))


def _quote(match: re.Match[str]) -> Quote:
    end = match.string.index("”", match.start()) + 1
    span = (match.start(), end)
    group = "a" if match["a"] else "b"
    speaker = (
        Speaker(*match.span(group), match[group], NAMES[match[group]], f"subject of {match['c'] or match['c2']}")
        if match[group]
        else None
    )
    cue_group = "c" if match["c"] else "c2"
    cue = Cue(*match.span(cue_group), match[cue_group]) if match[cue_group] else None
    return Quote(*span, match.string[span[0] : span[1]], (span,), "direct", speaker, cue, (span,), "quote marks", 0.95)


class MemorySource:
    """The protocol of `explorer.tui.source` over documents in memory."""

    def __init__(self, articles: tuple[tuple[str, str, str, str | None, str], ...] = ARTICLES, delay: float = 0.0) -> None:
        self.documents = {number: document(number, article) for number, article in enumerate(articles, 1)}
        self.delay = delay
        self.unreadable: tuple[Note, ...] = (Note("broken.pdf", "damaged: no page could be read"),)
        self.messages: asyncio.Queue[Progress | Report | ExplorerError] = asyncio.Queue()
        self.session: dict[str, Any] = {}
        self.searched: list[tuple[str, bool]] = []
        self.calls: list[str] = []
        self.closed = False

    def _spans(self, text: str, query: str, typing: bool = False) -> tuple[Span, ...]:
        words = [re.escape(word) + (r"\w*" if typing else r"\b") for word in query.split() if ":" not in word and '"' not in word]
        return tuple(m.span() for m in re.finditer(r"\b(?:" + "|".join(words) + ")", text, re.IGNORECASE)) if words else ()

    async def search(self, query: str, *, typing: bool, limit: int, offset: int) -> Results:
        self.searched.append((query, typing))
        await asyncio.sleep(self.delay)
        if query.startswith("persn:"):
            raise QueryError("unknown field persn: did you mean person:?", 0)
        passages = []
        for number, doc in self.documents.items():
            hits = self._spans(doc.text, query, typing)
            if query.strip() and not hits and ":" not in query:
                continue
            first = hits[0][0] if hits else 0
            start = doc.text.rfind("\n", 0, first) + 1
            end = doc.text.find("\n", first)
            end = len(doc.text) if end < 0 else end
            inside = tuple(hit for hit in hits if start <= hit[0] < end)
            title_hits = self._spans(doc.title, query, typing)
            passages.append(
                Passage(
                    number,
                    doc.path,
                    doc.title,
                    doc.source,
                    doc.date,
                    start,
                    end,
                    doc.text[start:end],
                    inside,
                    title_hits,
                    len(hits),
                )
            )
        passages.sort(key=lambda passage: (-passage.score, passage.document))
        words = [] if passages else query.split()
        texts = [doc.text for doc in self.documents.values()]
        counts = tuple((word, sum(bool(self._spans(text, word)) for text in texts)) for word in words)
        return Results(query, " AND ".join(query.split()), len(passages), tuple(passages[offset : offset + limit]), counts=counts)

    async def document(self, number: int) -> Document:
        return self.documents[number]

    async def hits(self, number: int, query: str, typing: bool) -> tuple[Span, ...]:
        return self._spans(self.documents[number].text, query, typing)

    async def analysis(self, number: int) -> Analysis | None:
        return analyse(self.documents[number].text)

    async def _chosen(self, query: str | None, document: int | None) -> list[Document]:
        if document is not None:
            return [self.documents[document]]
        if query is None:
            return list(self.documents.values())
        results = await self.search(query, typing=False, limit=99, offset=0)
        return [self.documents[passage.document] for passage in results.passages]

    async def entities(self, query: str | None, document: int | None) -> tuple[Entity, ...]:
        found: dict[tuple[str, str], Counter[str]] = {}
        documents: Counter[tuple[str, str]] = Counter()
        for doc in await self._chosen(query, document):
            mentions = analyse(doc.text).entities
            documents.update({(m.type, m.name) for m in mentions})
            for mention in mentions:
                found.setdefault((mention.type, mention.name), Counter())[mention.text] += 1
        entities = [
            Entity(name, type_, tuple(forms.most_common()), documents[type_, name], forms.total())  # type: ignore[arg-type]
            for (type_, name), forms in found.items()
        ]
        return tuple(sorted(entities, key=lambda entity: (-entity.mentions, entity.name)))

    async def quotes(self, query: str | None, document: int | None) -> tuple[FoundQuote, ...]:
        return tuple(
            FoundQuote(quote, doc.number, doc.path, doc.title, doc.source, doc.date)
            for doc in await self._chosen(query, document)
            for quote in analyse(doc.text).quotes
        )

    async def status(self) -> Status:
        count = len(self.documents)
        return Status("~/harbour", "", 0, count, count, "memory", "", 1, self.unreadable)

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

    def add(self, article: tuple[str, str, str, str | None, str]) -> None:
        number = max(self.documents) + 1
        self.documents[number] = replace(document(number, article))
