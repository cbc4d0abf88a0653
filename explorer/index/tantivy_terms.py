"""The terms of a tantivy index at one moment, and what beginnings of words are to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tantivy import Query

from explorer.index.query.syntax import Part
from explorer.index.tantivy_layout import BODY, FIRST_WORD, HAS_LONG, LONG, Layout, first_edges

_META = re.compile(r"[^\w]|_")
_WILD = re.compile(r"[*?\[]")


class Terms:
    """The words of an index, and the terms that stand for them."""

    def __init__(self, schema: Any, searcher: Any, layout: Layout) -> None:
        self.layout = layout
        self._schema, self._searcher = schema, searcher
        self._long: list[str] | None = None

    def expand(self, beginning: str) -> list[str]:
        """All words that begin with these letters, in order."""
        found = [word for start in self._starts(beginning) for word, _ in self._searcher.terms_with_prefix(BODY, start)]
        if not beginning and not self.layout.edges:
            found = [term for term in found if term > FIRST_WORD]
        return sorted([*found, *self.long_words(beginning)])

    def frequency(self, field: str, term: str) -> int:
        """In how many texts a term stands, removed ones of late among them; 2 µs."""
        return int(self._searcher.doc_freq(field, term))

    def commonest(self, field: str, beginning: str, count: int) -> list[tuple[str, int]]:
        """The commonest of the terms that begin with these letters, with the number of their texts."""
        return list(self._searcher.terms_with_prefix(field, beginning, limit=count))

    def first_letter(self, field: str, letter: str) -> list[str]:
        """The terms of the first two letters of all words that begin with a letter."""
        return [term for term, _ in self._searcher.terms_with_prefix(field, first_edges(letter))]

    def _starts(self, beginning: str) -> Iterable[str]:
        """Beginnings that leave out what is no word."""
        if beginning or not self.layout.edges:
            return (beginning,)
        return {term[1] for term in self.first_letter(BODY, "")}

    def long_words(self, beginning: str = "") -> list[str]:
        """The words that are too long to be terms and begin with these letters, in order."""
        if self._long is None:
            found: set[str] = set()
            if self.frequency(BODY, HAS_LONG):
                query = Query.term_query(self._schema, BODY, HAS_LONG)
                for _, address in self._searcher.search(query, max(1, self._searcher.num_docs), count=False).hits:
                    found.update(bytes(word).decode() for word in self._searcher.doc(address).get_all(LONG))
            self._long = sorted(found)
        return [word for word in self._long if word.startswith(beginning)]


def beginning_of(part: Part) -> str | None:
    """The letters that a part's words begin with, when that is all it asks."""
    if part.kind == "typed":
        return part.text
    letters = part.text.rstrip("*")
    is_beginning = part.kind == "wild" and letters != part.text and letters and not _WILD.search(letters)
    return letters if is_beginning else None


def escaped(term: str) -> str:
    """A pattern for one term."""
    return _META.sub(lambda found: f"\\x{{{ord(found[0]):x}}}", term)
