"""Searching whoosh's posting lists: sets of documents by the query's tree, then BM25 over what is left.

whoosh's own matchers score posting by posting; reading whole lists and working on sets is several times faster at the
sizes whoosh is used for, and exact. BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
"""

from __future__ import annotations

import heapq
import math
import struct
from array import array
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from whoosh.reading import SegmentReader

from explorer.index.engine import Asking, DamagedIndexError, Found
from explorer.index.postings import read_postings
from explorer.index.query.syntax import And, Everything, Node, Not, Or, Part, Phrase, positive_leaves

ENTRY = struct.Struct("<III")  # a text's number, how many words it has, how many of them are its title
ENTRY_TERM = "*"
EDGES = (2, 3)  # letters of the beginnings that have posting lists of their own
K1, B = 1.2, 0.75
BEGINNING = 0.5  # occurrences that a document counts for in which only the beginning of a word is found
CACHED_LISTS = 400
LONG_PHRASE = 16  # words of a phrase placed between two such looks
CHECKED_WORDS = 256  # words looked up between two looks at whether the answer is still wanted

Lists = Mapping[int, bytes]  # slot in the segment → the word's positions there, packed; empty where they are not kept
Counts = Mapping[int, float]  # slot in the segment → how often a phrase stands there


class Segment:
    """One part of the index, open for reading."""

    def __init__(self, reader: Any, name: str) -> None:
        self._reader = reader
        self.name = name
        self.deleted: frozenset[int] = frozenset()
        _, values = self._read("entry", ENTRY_TERM)
        rows = [ENTRY.unpack(value) for value in values or ()]
        self.numbers: list[int] = [row[0] for row in rows]
        self.lengths: list[int] = [row[1] for row in rows]
        self.title_lengths: list[int] = [row[2] for row in rows]
        self.local = {number: slot for slot, number in enumerate(self.numbers)}
        self.all = frozenset(range(len(self.numbers)))
        self._cache: OrderedDict[tuple[str, str], Lists] = OrderedDict()

    @classmethod
    def open(cls, storage: Any, schema: Any, segment: Any, known: Mapping[str, Segment]) -> Segment:
        """Opens a segment, or takes the one that is open already, with its deletions as they are now."""
        name = segment.segment_id()
        mine = known.get(name) or cls(SegmentReader(storage, schema, segment), name)
        mine.deleted = frozenset(segment.deleted_docs())
        return mine

    @property
    def size(self) -> int:
        """How many texts it has, deleted ones too."""
        return len(self.numbers)

    def live_numbers(self) -> list[int]:
        """The numbers of its texts that are not deleted."""
        return [number for slot, number in enumerate(self.numbers) if slot not in self.deleted]

    def lists(self, field: str, term: str) -> Lists:
        """The posting list of a term."""
        key = (field, term)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        ids, values = self._read(field, term)
        found = dict(zip(ids, values, strict=True)) if values else dict.fromkeys(ids, b"")
        self._cache[key] = found
        if len(self._cache) > CACHED_LISTS:
            self._cache.popitem(last=False)
        return found

    def expand(self, prefix: str) -> list[str]:
        """All words that begin with a prefix."""
        try:
            return [word.decode() for word in self._reader.expand_prefix("word", prefix.encode())]
        except Exception as error:
            raise _damaged() from error

    def frequency(self, word: str) -> int:
        """In how many of its texts a word stands, deleted ones too."""
        try:
            return int(self._reader.doc_frequency("word", word.encode()))
        except Exception as error:
            raise _damaged() from error

    def close(self) -> None:
        """Lets go of its files."""
        self._reader.close()

    def _read(self, field: str, term: str) -> tuple[Sequence[int], list[bytes] | None]:
        key = (field, term.encode())
        try:
            if key not in self._reader:
                return (), None
            matcher = self._reader.postings(*key)
            return read_postings(getattr(matcher, "child", matcher))  # deletions are ours to filter
        except Exception as error:
            raise _damaged() from error


def _damaged() -> DamagedIndexError:
    """whoosh raises almost anything on a file that was damaged after it was opened."""
    return DamagedIndexError("the index is damaged; explorer index FOLDER mends it")


def search(segments: Sequence[Segment], tree: Node, asking: Asking, limit: int | None = None) -> Found:
    """The matching texts, all ranked or only the best."""
    asked = Counter(leaf for leaf in positive_leaves(tree) if isinstance(leaf, Phrase))  # a word asked for twice counts twice
    matched: list[tuple[Segment, set[int], dict[Phrase, Counts]]] = []
    for segment in segments:
        leaves: dict[Phrase, Counts] = {}
        slots = _matching(segment, tree, asking, leaves) - segment.deleted
        matched.append((segment, slots, leaves))
    total = sum(len(segment.numbers) - len(segment.deleted) for segment in segments)
    average = sum(sum(segment.lengths) for segment in segments) / max(1, sum(segment.size for segment in segments))
    scores: dict[int, float] = {}
    weights = {
        phrase: times * _idf(sum(len(leaves[phrase]) for _, _, leaves in matched if phrase in leaves), total)
        for phrase, times in asked.items()
    }
    for segment, slots, leaves in matched:
        asking.check()
        scored = _score(segment, slots, [(leaves[p], weights[p]) for p in weights if p in leaves], average or 1.0)
        numbers = segment.numbers
        scores.update((numbers[slot], score) for slot, score in scored.items())
    if limit is None:
        return Found(len(scores), sorted(scores.items(), key=lambda item: (-item[1], item[0])))
    return Found(len(scores), heapq.nsmallest(limit, scores.items(), key=lambda item: (-item[1], item[0])))


def matching(segments: Sequence[Segment], tree: Node, asking: Asking) -> set[int]:
    """The numbers of all matching texts."""
    found: set[int] = set()
    for segment in segments:
        numbers = segment.numbers
        found.update(numbers[slot] for slot in _matching(segment, tree, asking, {}) - segment.deleted)
    return found


def _idf(documents: int, total: int) -> float:
    return math.log(1 + (max(total, documents) - documents + 0.5) / (documents + 0.5))


def _score(segment: Segment, slots: set[int], leaves: list[tuple[Counts, float]], average: float) -> dict[int, float]:
    scores = dict.fromkeys(slots, 0.0)
    lengths, fixed, slope = segment.lengths, K1 * (1 - B), K1 * B / average
    for counts, idf in leaves:
        factor = idf * (K1 + 1)
        for slot in slots & counts.keys() if len(slots) * 4 < len(counts) else counts:
            if slot in scores:
                count = counts[slot]
                scores[slot] += factor * count / (count + fixed + slope * lengths[slot])
    return scores


def _matching(segment: Segment, node: Node, asking: Asking, leaves: dict[Phrase, Counts]) -> set[int]:
    match node:
        case Phrase():
            if node not in leaves:
                asking.check()
                leaves[node] = _phrase(segment, node, asking)
            return set(leaves[node])
        case And(children):
            sets = [_matching(segment, child, asking, leaves) for child in children]
            return set.intersection(*sorted(sets, key=len))
        case Or(children):
            return set().union(*(_matching(segment, child, asking, leaves) for child in children))
        case Not(child):
            return set(segment.all) - _matching(segment, child, asking, {})
        case Everything():
            return set(segment.all)
        case _:
            local = segment.local
            return {local[number] for number in asking.resolve(node) if number in local}


def _phrase(segment: Segment, phrase: Phrase, asking: Asking) -> Counts:
    """How often a phrase stands in each text of a segment."""
    first, in_title = phrase.parts[0], phrase.where == "title"
    if len(phrase.parts) == 1 and not in_title:
        if first.kind == "typed":
            short = segment.lists("edge", first.text) if len(first.text) in EDGES else {}
            beginnings = short or _part(segment, first, asking)
            return {**dict.fromkeys(beginnings, BEGINNING), **_counts(segment, Part(first.text, "stem"), asking)}
        return _counts(segment, first, asking)
    starts = _starts([_part(segment, part, asking) for part in phrase.parts], asking)
    if in_title:  # the title's words have the first positions
        lengths = segment.title_lengths
        starts = {slot: [at for at in found if at < lengths[slot]] for slot, found in starts.items()}
    return {slot: len(found) for slot, found in starts.items() if found}


def _counts(segment: Segment, part: Part, asking: Asking) -> Counts:
    return {slot: len(packed) >> 2 for slot, packed in _part(segment, part, asking).items()}


def _part(segment: Segment, part: Part, asking: Asking) -> Lists:
    """Where one word of a phrase stands, under all the forms it may take."""
    merged: dict[int, list[bytes]] = {}
    lists: list[Lists] = []
    for at, word in enumerate((part.text,) if part.kind == "exact" else asking.words_of(part)):
        if at % CHECKED_WORDS == 0:
            asking.check()
        if found := segment.lists("word", word):
            lists.append(found)
    if len(lists) <= 1:
        return lists[0] if lists else {}
    for found in lists:
        for slot, packed in found.items():
            merged.setdefault(slot, []).append(packed)
    return {slot: b"".join(pieces) for slot, pieces in merged.items()}


def _starts(columns: Sequence[Lists], asking: Asking) -> dict[int, list[int]]:
    """Where words stand side by side: the first one's positions, by slot."""
    found: dict[int, list[int]] = {}
    for at, slot in enumerate(set.intersection(*sorted((set(column) for column in columns), key=len))):
        if at % CHECKED_WORDS == 0:
            asking.check()
        starts = set(array("I", columns[0][slot]))
        for place, column in enumerate(columns[1:], 1):
            if place % LONG_PHRASE == 0:
                asking.check()
            starts &= {position - place for position in array("I", column[slot])}
            if not starts:
                break
        else:
            found[slot] = list(starts)
    return found
