"""Posting lists written and read a block at a time.

whoosh adds and reads one posting per call; for whole batches that is most of the cost. Here a batch is inverted in
memory and each term's list is handed to whoosh's own block writer at once, in whoosh's own file format.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.formats import Format

BLOCK = 8192  # postings a block: lists are read whole, so there is nothing to skip to

Values = list[bytes]
Postings = Mapping[str, tuple["array[int]", Values]]


class PackedPositions(Format):  # type: ignore[misc]
    """Posting values that are a word's positions in a document, as packed 32-bit integers."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions in a posting's value."""
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """How often the word stands in the document."""
        return len(value) // 4


class BlockFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole posting lists; `items` is an Inverted."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[tuple[str, Postings]]) -> None:
        """Writes each field's terms in order."""
        for name, postings in items:
            self.start_field(name, schema[name])
            for key, term in sorted((term.encode(), term) for term in postings):
                self._add_list(key, *postings[term])
            self.finish_field()

    def _add_list(self, key: bytes, ids: array[int], values: Values) -> None:
        writer = self._postwriter
        self._btext = key
        writer.start_postings(self._format, W3TermInfo())
        for start in range(0, len(ids), BLOCK):
            if start:
                writer._write_block()
            writer._ids = ids[start : start + BLOCK]
            writer._weights = array("f", (1.0,)) * len(writer._ids)
            writer._values = values[start : start + BLOCK]
            writer._maxweight = 1.0
        self.finish_term()


class BlockCodec(W3Codec):  # type: ignore[misc]
    """whoosh's third codec with a writer that takes whole lists."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=1)

    def field_writer(self, storage: Any, segment: Any) -> BlockFieldWriter:
        """The writer of one segment's fields."""
        return BlockFieldWriter(self, storage, segment)


class Inverted:
    """A batch of documents turned into posting lists; stands where whoosh expects its pool of postings."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields: dict[str, dict[str, tuple[array[int], Values]]] = {name: {} for name in sorted(fields)}

    def add(self, field: str, document: int, terms: Iterable[str]) -> None:
        """Notes that the terms stand in a document; documents come in ascending order."""
        lists = self.fields[field]
        for term in terms:
            entry = lists.get(term)
            if entry is None:
                entry = lists[term] = (array("I"), [])
            entry[0].append(document)

    def add_value(self, field: str, document: int, term: str, value: bytes) -> None:
        """Notes one posting with its value."""
        ids, values = self.fields[field].setdefault(term, (array("I"), []))
        ids.append(document)
        values.append(value)

    def add_positions(self, field: str, document: int, places: Iterable[tuple[int, str]]) -> dict[str, array[int]]:
        """Notes where each word stands in a document and returns these places by word."""
        by_word: dict[str, array[int]] = {}
        for position, word in places:
            if word in by_word:
                by_word[word].append(position)
            else:
                by_word[word] = array("I", (position,))
        lists = self.fields[field]
        for word, found in by_word.items():
            entry = lists.get(word)
            if entry is None:
                entry = lists[word] = (array("I"), [])
            entry[0].append(document)
            entry[1].append(found.tobytes())
        return by_word

    def iter_postings(self) -> Iterator[tuple[str, Postings]]:
        """The fields with their lists, in the order of the fields' names."""
        yield from ((name, lists) for name, lists in self.fields.items() if lists)

    def cleanup(self) -> None:
        """Nothing was written beside the index."""


def read_postings(matcher: Any) -> tuple[list[int], Values | None]:
    """All documents of a posting list, in one segment, with their values (None where the field keeps none)."""
    ids: list[int] = []
    values: Values = []
    while True:
        matcher._read_data()
        gaps, _, block_values = matcher._data
        ids.extend(accumulate(gaps))
        if block_values is not None:
            values.extend(block_values)
        if matcher._lastblock:
            return ids, values or None
        matcher._next_block()
