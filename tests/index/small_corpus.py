"""A real full-text index of a few texts, checked against the marker."""

from __future__ import annotations

from pathlib import Path

from explorer.index.corpus import CorpusIndex
from explorer.index.engine import Entry
from explorer.index.marker import mark_text, mark_title
from explorer.index.query.parser import parse
from explorer.index.query.syntax import And, Everything, Node, Not, Or, Phrase, QueryError


def holds(tree: Node, title: str, text: str) -> bool:
    """What it means that a document matches: said slowly, by the marker alone."""
    match tree:
        case Phrase():
            return bool(mark_text(text, [tree]) or mark_title(title, [tree]))
        case And(children):
            return all(holds(child, title, text) for child in children)
        case Or(children):
            return any(holds(child, title, text) for child in children)
        case Not(child):
            return not holds(child, title, text)
        case Everything():
            return True
    raise AssertionError(tree)


class Corpus:
    """A real index of texts that change, and the texts as they should be in it."""

    def __init__(self, folder: Path) -> None:
        self.index = CorpusIndex(folder, writable=True)
        self.texts: dict[int, tuple[str, str]] = {}

    def apply(self, add: dict[int, tuple[str, str]], remove: set[int] | None = None) -> None:
        gone = {number for number in (remove or set()) if number in self.texts}
        self.index.texts.apply([Entry(number, *text) for number, text in add.items()], [*gone, *add])
        self.texts = {number: text for number, text in self.texts.items() if number not in gone} | add

    def clear(self) -> None:
        self.apply({}, set(self.texts))

    def compact(self) -> None:
        self.index.texts.compact(lambda numbers: [Entry(number, *self.texts[number]) for number in numbers])

    def check(self, query: str, typing: bool = False) -> None:
        try:
            tree = parse(query, typing).tree
        except QueryError:
            return
        found = self.index.texts.search(tree, lambda _: set())
        expected = {number for number, (title, text) in self.texts.items() if holds(tree, title, text)}
        assert {number for number, _ in found} == expected, (query, tree, self.texts)
        assert len(found) == len(expected)
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
