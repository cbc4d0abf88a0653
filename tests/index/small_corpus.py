"""A real full-text index of a few texts on either engine, checked against the reference matcher."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from explorer.index.corpus import CorpusIndex
from explorer.index.engine import Entry, Found
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Leaf, Node, QueryError
from tests.index.reference import holds, tried


def no_conditions(leaf: Leaf) -> set[int]:
    """The queries of these tests have words only."""
    raise AssertionError(leaf)


class Corpus:
    """A real index of texts that change, and the texts as they should be in it."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.engine = engine
        self.index = CorpusIndex(folder, writable=True, engine=engine)
        assert self.index.texts.name == engine
        self.index._entries = self.entries  # type: ignore[method-assign]  # the catalogue of this index stays empty
        self.texts: dict[int, tuple[str, str]] = {}

    def entries(self, numbers: Iterable[int]) -> list[Entry]:
        return [Entry(number, *self.texts[number]) for number in numbers]

    def apply(self, add: dict[int, tuple[str, str]], remove: set[int] | None = None) -> None:
        random.seed()  # whoosh makes names of segments with it, and hypothesis lets it begin anew for every example
        gone = {number for number in (remove or set()) if number in self.texts}
        self.index.texts.apply([Entry(number, *text) for number, text in add.items()], [*gone, *add])
        self.texts = {number: text for number, text in self.texts.items() if number not in gone} | add
        self.index.refresh()

    def fill(self, texts: dict[int, tuple[str, str]]) -> None:
        self.apply(texts, self.texts.keys() - texts.keys())

    def clear(self) -> None:
        self.fill({})

    def compact(self) -> None:
        self.index.texts.compact(self.entries)
        self.index.refresh()

    def search(self, query: str | Node, typing: bool = False, limit: int | None = None) -> Found:
        tree = parse(query, typing).tree if isinstance(query, str) else query
        return self.index.search(tree, no_conditions, limit)

    def found(self, query: str | Node, typing: bool = False) -> set[int]:
        return {number for number, _ in self.search(query, typing).ranked}

    def check(self, query: str | Node, typing: bool = False) -> None:
        """A query finds what the reference says, best first, and the best of it are the same when only some are asked for."""
        try:
            tree = parse(query, typing).tree if isinstance(query, str) else query
        except QueryError:
            tried["refused"] += 1
            return
        tried[self.engine] += len(self.texts)
        expected = {number for number, (title, text) in self.texts.items() if holds(tree, title, text)}
        tried[f"{self.engine}, found"] += len(expected)
        found = self.search(tree)
        told = (self.engine, query, tree, self.texts)
        assert {number for number, _ in found.ranked} == expected, told
        assert found.total == len(found.ranked) == len(expected), told
        assert found.ranked == sorted(found.ranked, key=lambda pair: (-pair[1], pair[0])), told
        assert self.index.matching(tree, no_conditions) == expected, told
        best = self.search(tree, limit=2)
        assert best.total == len(expected), told
        assert [number for number, _ in best.ranked] == [number for number, _ in found.ranked[:2]], told
