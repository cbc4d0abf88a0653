"""What every full-text engine can do. An engine knows words in numbered texts; it knows nothing of files or names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from explorer.index.query.syntax import Leaf, Node, Part
from explorer.model import DamagedError

Resolve = Callable[[Leaf], set[int]]
FormsOf = Callable[[str], Sequence[str]]
NewForms = Callable[[Iterable[tuple[str, str]]], None]
Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text to index under a number."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """How many texts match, and the best of them as (number, score), best first, equals by number."""

    total: int
    ranked: list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Asking:
    """What an engine asks for while it searches.

    ``resolve`` gives the texts in which a leaf holds that is no phrase (it says so itself for Near, too). ``words_of`` gives
    all words of the index that a part may be, of any kind but "exact". ``check`` raises when the answer is not wanted any more
    or takes too long: called between steps that are never long.
    """

    resolve: Resolve
    words_of: Callable[[Part], Iterable[str]]
    check: Check = lambda: None


class DamagedIndexError(DamagedError):
    """The full-text index cannot be read; it can be rebuilt from the catalogue."""

    def __init__(self, message: str, part: Literal["index"] = "index") -> None:
        super().__init__(message, part)


class Engine(Protocol):
    """A full-text index. A searcher is used from one thread only."""

    name: str

    def search(self, tree: Node, asking: Asking, limit: int | None = None) -> Found:
        """The matching texts, all ranked or only the ``limit`` best."""
        ...

    def matching(self, tree: Node, asking: Asking) -> set[int]:
        """The numbers of all matching texts."""
        ...

    def numbers(self) -> set[int]:
        """The numbers of all texts in the index."""
        ...

    def expand(self, beginning: str) -> Sequence[str]:
        """All words of the index that begin with these letters, in order; with none, all words. A word whose texts are all
        gone may be among them."""
        ...

    def frequency(self, word: str) -> int:
        """In how many texts a folded word stands, quickly: texts that were removed lately may still count."""
        ...

    def apply(self, add: Iterable[Entry], remove: Iterable[int] = ()) -> None:
        """Removes and adds texts in one step: after a stop at any moment the index has all of it or nothing."""
        ...

    def compact(self, entries_of: Callable[[Sequence[int]], Iterable[Entry]]) -> None:
        """Joins small parts of the index, reading their texts again through ``entries_of``."""
        ...

    def refresh(self) -> None:
        """Sees what was applied since, by this or another process."""
        ...

    def close(self) -> None:
        """Lets go of all files."""
        ...
