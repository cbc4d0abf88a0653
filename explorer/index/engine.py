"""What every full-text engine can do. An engine knows words in numbered texts; it knows nothing of files or names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from explorer.index.query.syntax import Condition, Node, Phrase
from explorer.model import ExplorerError

Resolve = Callable[[Condition], set[int]]
FormsOf = Callable[[str], Sequence[str]]
NewForms = Callable[[Iterable[tuple[str, str]]], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text to index under a number."""

    number: int
    title: str
    text: str


class DamagedIndexError(ExplorerError):
    """The full-text index cannot be read; it can be rebuilt from the catalogue."""


class Engine(Protocol):
    """A full-text index. A searcher is used from one thread only."""

    def search(self, tree: Node, resolve: Resolve) -> list[tuple[int, float]]:
        """All matching numbers with their scores, best first, equals by number; ``resolve`` answers the conditions."""
        ...

    def count(self, phrase: Phrase) -> int:
        """How many texts a phrase is in."""
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
