"""The engine on tantivy beside the one it must be equal to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from explorer.index.engine import Asking, Entry
from explorer.index.lexicon import Lexicon
from explorer.index.query.parser import parse
from explorer.index.query.syntax import FileIs, Node, Phrase
from explorer.index.tantivy_engine import TantivyEngine
from explorer.index.whoosh_engine import WhooshEngine


class Engines:
    """The engine, and the one it must be equal to, with the same texts."""

    def __init__(self, folder: Path, edges: bool = True) -> None:
        self.forms: dict[str, set[str]] = {}
        self.tantivy = TantivyEngine(folder / "tantivy", self.keep_forms, edges)
        self.whoosh = WhooshEngine(folder / "whoosh", self.keep_forms, edges)

    def forms_of(self, wanted: str) -> list[str]:
        return sorted(self.forms.get(wanted, ()))

    def keep_forms(self, forms: Iterator[tuple[str, str]]) -> None:
        for root, word in forms:
            self.forms.setdefault(root, set()).add(word)

    def apply(self, add: list[Entry], remove: set[int] | None = None) -> None:
        for engine in (self.tantivy, self.whoosh):
            engine.apply(add, remove or set())
        self.asking = Asking(self.resolve, Lexicon(self.tantivy.expand, self.forms_of).words_of)
        self.whoosh_asking = Asking(self.resolve, Lexicon(self.whoosh.expand, self.forms_of).words_of)

    def resolve(self, leaf: object) -> set[int]:
        if isinstance(leaf, Phrase):
            return self.whoosh.matching(leaf, self.whoosh_asking)
        assert isinstance(leaf, FileIs)
        return {number for number in range(100) if number % int(leaf.value) == 0}

    def found(self, tree: Node | str) -> set[int]:
        """The numbers found, the same by both engines, searched and matched, whole and in part."""
        tree = parse(tree).tree if isinstance(tree, str) else tree
        numbers = self.tantivy.matching(tree, self.asking)
        assert numbers == self.whoosh.matching(tree, self.whoosh_asking), str(tree)[:2000]
        whole = self.tantivy.search(tree, self.asking)
        assert (whole.total, {number for number, _ in whole.ranked}) == (len(numbers), numbers)
        assert whole.ranked == sorted(whole.ranked, key=lambda row: (-row[1], row[0]))
        for limit in (0, 1, 3):
            part = self.tantivy.search(tree, self.asking, limit)
            assert (part.total, part.ranked) == (whole.total, whole.ranked[:limit])
        return numbers

    def close(self) -> None:
        self.tantivy.close()
        self.whoosh.close()
