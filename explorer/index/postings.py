"""Posting lists written and read a block at a time.

whoosh adds and reads one posting per call; for whole batches that is most of the cost. Here a batch is inverted in
memory and each term's list is written at once, in whoosh's own file format, as one block: lists are read whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import sub
from pickle import dumps
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo
from whoosh.formats import Format
from whoosh.system import pack_int, pack_long, pack_ushort

_TERM_INFO = W3TermInfo._struct
Values = list[bytes]
# A term's documents, and a value for each; of the many terms that only one document of a batch has, these two themselves.
Posting = tuple["array[int]", Values] | tuple[int, bytes]
Postings = Mapping[str, Posting]


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
            for term in sorted(postings):  # code points are in the order of their UTF-8
                self._add_list(term.encode(), postings[term])
            self.finish_field()

    def _add_list(self, key: bytes, posting: Posting) -> None:
        """Writes one term as one block: each posting weighs 1, its frequency is in its value."""
        ids, values = _lists(posting)
        data = dumps(((ids[0], *map(sub, ids[1:], ids)), None, tuple(values) or None), 2)
        head = dumps((len(ids), ids[-1], 1.0, 0, 0, 0), 2)  # size, last id, weight, compression, lengths
        block = b"".join((WHOOSH3_HEADER_MAGIC, pack_int(-len(head) - len(data)), head, data))
        info = _TERM_INFO.pack(0, float(len(ids)), len(ids), 0, 0, 1.0, ids[0], ids[-1])
        self._tindex.add(pack_ushort(self._fieldid) + key, info + pack_long(self._postfile.tell()) + pack_int(len(block)))
        self._postfile.write(block)


def _lists(posting: Posting) -> tuple[Sequence[int], Values]:
    """A posting list as whoosh has it: the documents, and a value for each."""
    if isinstance(posting[0], int):
        return (posting[0],), [posting[1]]
    return posting


class BlockCodec(W3Codec):  # type: ignore[misc]
    """whoosh's third codec with a writer that takes whole lists."""

    def field_writer(self, storage: Any, segment: Any) -> BlockFieldWriter:
        """The writer of one segment's fields."""
        return BlockFieldWriter(self, storage, segment)


class Inverted:
    """A batch of documents turned into posting lists; stands where whoosh expects its pool of postings."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields: dict[str, dict[str, Posting]] = {name: {} for name in sorted(fields)}

    def add(self, field: str, document: int, terms: Iterable[tuple[str, bytes]]) -> None:
        """Notes terms of a document with a value each; documents come in ascending order."""
        lists = self.fields[field]
        for term, value in terms:
            entry = lists.get(term)
            if entry is None:
                lists[term] = (document, value)
            elif isinstance(entry[0], int):
                lists[term] = (array("I", (entry[0], document)), [entry[1], value])
            else:
                entry[0].append(document)
                entry[1].append(value)

    def add_beginnings(self, field: str, of: str, sizes: Sequence[int]) -> None:
        """Makes a field of the beginnings of another one's terms, without values."""
        documents: dict[str, set[int]] = {}
        for term, posting in self.fields[of].items():
            ids = _lists(posting)[0]
            for beginning in {term[:size] for size in sizes if len(term) >= size}:
                documents.setdefault(beginning, set()).update(ids)
        self.fields[field] = {beginning: (array("I", sorted(found)), []) for beginning, found in documents.items()}

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
