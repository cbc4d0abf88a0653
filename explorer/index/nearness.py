"""Where words stand near each other in one text.

Places are kept as whole numbers with a bit for each word of the text (bit 0 is the first), so that a step is made for all
places at once. A Near whose operands are Nears is a chain of phrases in one of the orders that are allowed, and what binds
the chain lies between neighbours only: how far it is from the last word of one to the first of the next, and which walls
(beginnings of paragraphs or sentences) may not lie between. So sets of places, moved forward from the first phrase and
backward from the last, are exact; no pair of words is ever listed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import islice
from operator import lshift, or_, rshift

from explorer.analysis import segment
from explorer.index.matching import judged
from explorer.index.query.syntax import AnyOf, Near, Part, Phrase, Positional, QueryError, Within
from explorer.index.words import PARAGRAPH_BREAK, Words, words
from explorer.model import Span

Bits = int
MOST_STEPS = 2_000
AHEAD = 100  # words whose offsets are found at once


class Places:
    """The words of a text or a title and where parts of a query stand in it; ``check`` is called in long work, may raise."""

    def __init__(self, text: str, is_title: bool = False, check: Callable[[], None] = lambda: None) -> None:
        self.text = text
        self._check = check
        self.is_title = is_title
        self._folded = words(text)
        self.size = len(self._folded)
        self._columns: dict[Part, Bits] = {}
        self._spans: list[Span] = []
        self._rest = iter(Words(text).matches(0, len(text)))

    def of(self, part: Part) -> Bits:
        """The words that a part matches."""
        if part not in self._columns:
            self._check()
            answers = bytes(map(judged(part).__getitem__, self._folded))
            self._columns[part] = int(answers[::-1], 2) if b"1" in answers else 0
        return self._columns[part]

    def firsts(self, phrase: Phrase, walls: Bits = 0) -> Bits:
        """The first words of all occurrences of a phrase that no wall parts; a new paragraph always does."""
        if phrase.where == "title" and not self.is_title:
            return 0
        found = self.of(phrase.parts[0])
        for place, part in enumerate(phrase.parts[1:], 1):
            if not found:
                return 0
            if place % 64 == 0:
                self._check()
            found &= self.of(part) >> place
        if len(phrase.parts) > 1 and found:
            walls |= self.paragraphs
            for place in range(1, len(phrase.parts)):
                found &= ~(walls >> place)
        return found

    def span(self, word: int) -> Span:
        """The offsets of a word, code points of the text."""
        if word >= len(self._spans):
            self._spans += [match.span() for match in islice(self._rest, word + AHEAD - len(self._spans))]
        return self._spans[word]

    @cached_property
    def paragraphs(self) -> Bits:
        """The words that begin a paragraph, but for the first; a title is one paragraph."""
        if self.is_title:
            return 0
        return self._walls([gap.end() for gap in PARAGRAPH_BREAK.finditer(self.text)])

    def sentences(self, among: Bits) -> Bits:
        """The words that begin a sentence, but for the first, in the paragraphs that some words stand in."""
        gaps = [gap.span() for gap in PARAGRAPH_BREAK.finditer(self.text)]
        edges = [0, *(end for _, end in gaps)]
        ends = [*(start for start, _ in gaps), len(self.text)]
        found: list[int] = []
        for number in sorted({bisect_right(edges, self.span(word)[0]) - 1 for word in ones(among)}):
            start, paragraph = edges[number], self.text[edges[number] : ends[number]]
            for lines in segment.paragraphs(paragraph):
                found += [start + sentence for sentence, _ in segment.sentences(paragraph, lines)]
        return self._walls(found)

    def _walls(self, offsets: Sequence[int]) -> Bits:
        """The first word at or after each offset."""
        if not offsets or not self.size:
            return 0
        self.span(self.size - 1)
        starts = [start for start, _ in self._spans]
        return bits({bisect_left(starts, offset) for offset in offsets} - {0, self.size}, self.size)


def bits(places: set[int], size: int) -> Bits:
    """A set of places as bits."""
    row = bytearray(b"0") * size
    for place in places:
        row[size - 1 - place] = 49
    return int(row, 2) if row else 0


def ones(found: Bits) -> Iterator[int]:
    """The places of a set, in order."""
    row = bin(found)[:1:-1]
    at = row.find("1")
    while at >= 0:
        yield at
        at = row.find("1", at + 1)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known of a Near before any text: words without which it cannot hold, and the units that it names."""

    needed: tuple[Part, ...]
    units: frozenset[Within]


@lru_cache(maxsize=256)
def plan(near: Near) -> _Plan:
    """What a Near needs; raises QueryError for one that would take too long to look for."""
    if _steps(near) > MOST_STEPS:
        raise QueryError("too many words are near each other in either order: write pre/ between some of them, or ask for fewer")
    return _Plan(tuple(dict.fromkeys(_needed(near))), frozenset(_units(near)))


def _steps(node: Positional) -> int:
    """How many phrases its chains have: that doubles with every Near in a Near that may stand in either order."""
    match node:
        case Phrase():
            return 1
        case AnyOf(choices):
            return sum(map(_steps, choices))
        case Near(left, right):
            return len(_orders(node)) * (_steps(left) + _steps(right))


def _needed(node: Positional) -> Iterator[Part]:
    match node:
        case Phrase(parts):
            yield from parts
        case Near(left, right):
            yield from _needed(left)
            yield from _needed(right)


def _units(node: Positional) -> Iterator[Within]:
    match node:
        case AnyOf(choices):
            for choice in choices:
                yield from _units(choice)
        case Near(left, right, within):
            if not isinstance(within, int):
                yield within
            yield from _units(left)
            yield from _units(right)


def _orders(near: Near) -> tuple[tuple[Positional, Positional], ...]:
    if near.ordered or near.left == near.right:
        return ((near.left, near.right),)
    return (near.left, near.right), (near.right, near.left)


def is_near(near: Near, places: Places) -> bool:
    """Whether a Near holds in a text."""
    return _ground(near, places) is not None


def words_near(near: Near, places: Places) -> dict[Phrase, Bits]:
    """The first words of those occurrences of each phrase of a Near with which it holds."""
    ground = _ground(near, places)
    return ground.words(near) if ground else {}


def _ground(near: Near, places: Places) -> _Ground | None:
    """The text made ready for a Near; None where it does not hold."""
    known = plan(near)
    if not all(map(places.of, known.needed)):
        return None
    walls = places.paragraphs if known.units else 0
    ground = _Ground(places, {"paragraph": walls, "sentence": walls})
    if not ground.holds(near):
        return None
    if "sentence" in known.units and not places.is_title:  # only paragraphs that have all the words are cut into sentences
        among = reduce(or_, ground.words(near).values(), 0)
        ground = _Ground(places, {"paragraph": walls, "sentence": walls | places.sentences(among)})
        return ground if ground.holds(near) else None
    return ground


class _Ground:
    """Moves sets of places along the chains of a Near; ``units`` are the walls between sentences and paragraphs."""

    def __init__(self, places: Places, units: Mapping[Within, Bits]) -> None:
        self._places = places
        self._units = units
        self._everywhere = (1 << places.size) - 1

    def holds(self, near: Near) -> bool:
        return self._forward(near, self._everywhere, 0) != 0

    def words(self, near: Near) -> dict[Phrase, Bits]:
        found: dict[Phrase, Bits] = {}
        self._collect(near, (self._everywhere, self._everywhere), 0, found)
        return found

    def _forward(self, node: Positional, firsts: Bits, walls: Bits) -> Bits:
        """The last words of what a node finds, where it begins with one of ``firsts`` and reaches over no wall."""
        match node:
            case Phrase(parts):
                return (self._places.firsts(node, walls) & firsts) << (len(parts) - 1)
            case AnyOf(choices):
                return reduce(or_, (self._forward(choice, firsts, walls) for choice in choices), 0)
            case Near(_, _, within):
                lasts, walls = 0, walls | self._units.get(within, 0)
                for one, two in _orders(node):
                    if reached := self._forward(one, firsts, walls):
                        lasts |= self._forward(two, self._after(reached, within, walls), walls)
                return lasts

    def _backward(self, node: Positional, lasts: Bits, walls: Bits) -> Bits:
        """The first words of what a node finds, where it ends with one of ``lasts`` and reaches over no wall."""
        match node:
            case Phrase(parts):
                return self._places.firsts(node, walls) & (lasts >> (len(parts) - 1))
            case AnyOf(choices):
                return reduce(or_, (self._backward(choice, lasts, walls) for choice in choices), 0)
            case Near(_, _, within):
                firsts, walls = 0, walls | self._units.get(within, 0)
                for one, two in _orders(node):
                    if reached := self._backward(two, lasts, walls):
                        firsts |= self._backward(one, self._before(reached, within, walls), walls)
                return firsts

    def _collect(self, node: Positional, ends: tuple[Bits, Bits], walls: Bits, found: dict[Phrase, Bits]) -> None:
        """Adds the phrases of what a node finds, where it begins with one of the first ends and stops with one of the second."""
        firsts, lasts = ends
        match node:
            case Phrase():
                found[node] = found.get(node, 0) | self._backward(node, lasts, walls) & firsts
            case AnyOf(choices):
                for choice in choices:
                    self._collect(choice, ends, walls, found)
            case Near(_, _, within):
                walls |= self._units.get(within, 0)
                for one, two in _orders(node):
                    reached = self._after(self._forward(one, firsts, walls), within, walls)
                    awaited = self._before(self._backward(two, lasts, walls), within, walls) if reached else 0
                    if awaited:
                        self._collect(one, (firsts, awaited), walls, found)
                        self._collect(two, (reached, lasts), walls, found)

    def _after(self, places: Bits, within: Within, walls: Bits) -> Bits:
        """The words after some, as near as asked and before the next wall.

        A word is reached over no wall when it is near enough to one of ``places`` and one of them is in its own unit: the
        nearest is then in that unit.
        """
        moved = (places << 1) & self._everywhere
        if walls:
            open_ = self._everywhere & ~walls & ~1
            low = moved & open_
            moved = open_ & (~(open_ + low) | low)  # the carry runs from the lowest place of each unit to its end
            if not isinstance(within, int):
                return moved
        reach = within if isinstance(within, int) else self._places.size
        return self._spread(places << 1, reach, lshift) & (moved if walls else self._everywhere)

    def _before(self, places: Bits, within: Within, walls: Bits) -> Bits:
        """The words before some, as near as asked and after the last wall."""
        reach = within if isinstance(within, int) else self._places.size
        moved = self._spread(places >> 1, reach, rshift)
        if walls:
            open_ = self._everywhere & ~(walls >> 1)
            low, step = (places >> 1) & open_, 1
            while open_:
                low |= (low >> step) & open_
                open_ &= open_ >> step
                step *= 2
            moved &= low
        return moved

    def _spread(self, places: Bits, reach: int, shift: Callable[[int, int], int]) -> Bits:
        """Places and those up to ``reach`` - 1 from them, on one side."""
        reach = min(reach, self._places.size)
        if reach < 1:
            return 0
        covered = 1
        while covered < reach:
            step = min(covered, reach - covered)
            places |= shift(places, step)
            covered += step
        return places
