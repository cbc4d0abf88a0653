"""The engine on whoosh: opening, writing and joining segments. Searching is in whoosh_search.

Three fields: `word` (folded words with positions, the title before the text), `edge` (the first two and three letters
of each word, for the word being typed) and `entry` (each text's number and length, all in one posting list).
"""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from explorer.index.engine import Asking, DamagedIndexError, Entry, Found, NewForms
from explorer.index.postings import BlockCodec, Inverted, PackedPositions
from explorer.index.query.syntax import Node
from explorer.index.sealing import SealingWriter, check_segment, check_toc, write_toc
from explorer.index.whoosh_search import EDGES, ENTRY, ENTRY_TERM, Segment, matching, search
from explorer.index.words import pieces_of_words, stem
from explorer.model import ExplorerError

FIELDS = ("edge", "entry", "word")
MOST_SEGMENTS = 8
OFTEN = 256  # bytes of a word's positions in one text
_PLACE = struct.Struct("=I")
_PLACES = [_PLACE.pack(position) for position in range(20_000)]


class _Field(FieldType):  # type: ignore[misc]
    """A field whose posting lists we make ourselves."""

    indexed = True

    def __init__(self, form: Any) -> None:
        self.format = form
        self.analyzer = self.vector = self.column_type = None
        self.stored = self.scorable = self.unique = self.spelling = self.multitoken_query = False


def _schema() -> Schema:
    return Schema(word=_Field(PackedPositions()), edge=_Field(Existence()), entry=_Field(PackedPositions()))


class WhooshEngine:
    """An Engine in a folder of its own; ``edges`` is off where nothing is typed against it (the quotes)."""

    name = "whoosh"

    def __init__(self, folder: Path, new_forms: NewForms | None = None, edges: bool = True) -> None:
        self._new_forms = new_forms
        self._edges = edges
        self._folder = folder
        self._segments: list[Segment] = []
        self._known_words: set[str] = set()
        try:
            if not folder.exists():
                _create(folder)
            self._index = FileIndex(FileStorage(str(folder)), schema=_schema())
            self._generation = -2
            self.refresh()
        except PermissionError as error:
            raise ExplorerError(f"the index {folder} cannot be opened: {error.strerror or error}") from error
        except Exception as error:  # whoosh raises almost anything on a damaged file
            raise DamagedIndexError(f"the index {folder} is damaged; explorer index FOLDER mends it") from error

    def search(self, tree: Node, asking: Asking, limit: int | None = None) -> Found:
        """The matching texts, all ranked or only the best."""
        return search(self._segments, tree, asking, limit)

    def matching(self, tree: Node, asking: Asking) -> set[int]:
        """The numbers of all matching texts."""
        return matching(self._segments, tree, asking)

    def expand(self, beginning: str) -> Sequence[str]:
        """All words of the index that begin with these letters, in order."""
        found = [segment.expand(beginning) for segment in self._segments]
        return found[0] if len(found) == 1 else sorted({word for words in found for word in words})

    def frequency(self, word: str) -> int:
        """In how many texts a word stands, removed ones of late among them."""
        return sum(segment.frequency(word) for segment in self._segments)

    def numbers(self) -> set[int]:
        """The numbers of all texts in the index."""
        return {number for segment in self._segments for number in segment.live_numbers()}

    def apply(self, add: Iterable[Entry], remove: Iterable[int] = ()) -> None:
        """Removes and adds texts in one commit."""
        writer = SealingWriter(self._index, codec=BlockCodec(), compound=False, timeout=20)
        try:
            self._delete(writer, set(remove))
            writer.pool = self._invert(writer, add)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(merge=False)
        self.refresh()

    def compact(self, entries_of: Callable[[Sequence[int]], Iterable[Entry]]) -> None:
        """Writes all but the largest segment anew as one, when there are many or when much in them is deleted."""
        by_size = sorted(self._segments, key=lambda segment: segment.size, reverse=True)
        stale = [segment for segment in by_size if segment.deleted and len(segment.deleted) * 4 > segment.size]
        small = by_size[1:] if len(by_size) > MOST_SEGMENTS else []
        numbers = sorted({number for segment in {*small, *stale} for number in segment.live_numbers()})
        if numbers or stale:
            self.apply(entries_of(numbers), numbers)

    def refresh(self) -> None:
        """Opens the newest state of the index, when there is a newer one."""
        generation = self._index.latest_generation()
        if generation == self._generation:
            return
        before = {segment.name: segment for segment in self._segments}
        try:
            check_toc(self._folder, generation)
            toc = self._index._read_toc()
            self._segments = [self._open(toc.schema, segment, before) for segment in toc.segments]
        except FileNotFoundError:
            if self._index.latest_generation() in (generation, -1):
                raise
            self.refresh()  # the writer has gone on meanwhile and removed what was read
            return
        self._generation = toc.generation
        for segment in set(before.values()) - set(self._segments):
            segment.close()

    def _open(self, schema: Schema, segment: Any, known: Mapping[str, Segment]) -> Segment:
        if segment.segment_id() not in known:
            check_segment(self._folder, segment.segment_id())
        return Segment.open(self._index.storage, schema, segment, known)

    def close(self) -> None:
        """Lets go of all files."""
        for segment in self._segments:
            segment.close()
        self._segments = []
        self._index.close()

    def _delete(self, writer: SegmentWriter, numbers: set[int]) -> None:
        if not numbers:
            return
        kept = []
        for segment in writer.segments:
            mine = next((s for s in self._segments if s.name == segment.segment_id()), None)
            if mine is None:
                raise DamagedIndexError("the index was changed by another process while it was written")
            for number in numbers & mine.local.keys():
                if not segment.is_deleted(mine.local[number]):
                    segment.delete_document(mine.local[number])
            if segment.deleted_count() < segment.doc_count_all():
                kept.append(segment)
        writer.segments[:] = kept

    def _invert(self, writer: SegmentWriter, entries: Iterable[Entry]) -> Inverted:
        inverted = Inverted(FIELDS)
        for slot, entry in enumerate(entries):
            title_words, total = 0, 0
            places: dict[str, bytes | bytearray] = {}
            for base, found in pieces_of_words(entry.title, entry.text):
                title_words = title_words if base else len(found)
                total += len(found)
                for word, place in zip(found, _packed(base, base + len(found)), strict=True):
                    before = places.get(word)
                    if before is None:
                        places[word] = place
                    elif len(before) < OFTEN:
                        places[word] = before + place
                    else:  # a bytearray grows in place: adding to bytes would copy them each time
                        if type(before) is bytes:
                            before = places[word] = bytearray(before)
                        before += place
            inverted.add("word", slot, ((word, bytes(packed)) for word, packed in places.items()))
            places.clear()  # of a long text this is much
            inverted.add("entry", slot, ((ENTRY_TERM, ENTRY.pack(entry.number, total, title_words)),))
            writer.perdocwriter.start_doc(slot)
            writer.perdocwriter.finish_doc()
            writer.docnum = slot + 1
            writer._added = True
        if self._edges:
            inverted.add_beginnings("edge", "word", EDGES)
        if self._new_forms:
            new = inverted.fields["word"].keys() - self._known_words
            self._new_forms((stem(word), word) for word in new)
            self._known_words |= new
        return inverted


def _packed(first: int, last: int) -> Iterable[bytes]:
    """Positions from first up to last, each packed; those of ordinary texts are kept ready."""
    if last <= len(_PLACES):
        return _PLACES[first:last]
    return map(_PLACE.pack, range(first, last))


def _create(folder: Path) -> None:
    """Makes an empty index; its folder appears with all that belongs in it."""
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    write_toc(fresh, TOC(_schema(), [], 0))
    fresh.rename(folder)
