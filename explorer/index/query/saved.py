"""Saved queries inside a query: each is read once, nested within bounds, never in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explorer.index.query.repairs import Fix, FixableError, nearest, shortened
from explorer.index.query.syntax import Node

DEEPEST_SAVED = 20

SavedText = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a query: its tree, how many leaves it has, how deep its brackets nest, and what was repaired."""

    tree: Node
    leaves: int
    depth: int
    notes: tuple[str, ...]


class SavedQueryError(FixableError):
    """A fault in a saved query; it says in which."""


class SavedQueries:
    """The saved queries that one query may name; ``read`` reads the text of one."""

    def __init__(self, text_of: SavedText, names: Iterable[str], read: Callable[[str, int, SavedQueries], Reading]) -> None:
        self._text_of = text_of
        self._names = names
        self._read = read
        self._chain: list[str] = []
        self._known: dict[str, Reading] = {}

    def reading(self, name: str, column: int, depth: int, quoted: Fix) -> Reading:
        """A saved query by its name, for a place at that depth of brackets; ``quoted`` makes words of it. Raises
        FixableError when there is none, when it cannot be read, or when it holds itself."""
        if name in self._known:
            return self._known[name]
        text = self._text_of(name)
        if text is None:
            near = nearest(name, self._names, 0.6)
            meant = f"; did you mean {near}?" if near else ""
            raise FixableError(f"there is no saved query {shortened(name)}{meant}", column, quoted)
        if name in self._chain:
            circle = " → ".join([*self._chain[self._chain.index(name) :], name])
            raise SavedQueryError(f"the saved query {shortened(name)} holds itself: {shortened(circle, 200)}", column)
        if len(self._chain) >= DEEPEST_SAVED:
            raise SavedQueryError(f"saved queries are nested deeper than {DEEPEST_SAVED}", column)
        self._chain.append(name)
        try:
            self._known[name] = self._read(text, depth, self)
        except SavedQueryError as error:
            raise SavedQueryError(str(error), column) from None
        except FixableError as error:
            raise SavedQueryError(f"the saved query {shortened(name)} cannot be read: {error}", column) from None
        finally:
            self._chain.pop()
        return self._known[name]


def no_saved(name: str) -> str | None:
    """Where there are no saved queries."""
    return None
