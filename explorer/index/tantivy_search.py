"""Searching one state of a tantivy index.

tantivy takes about as long to look up a number as to hand out a text that was found, and a search is often for few texts of a
large part of the folder: so conditions become part of its query only where more texts have the words than the condition asks
us to look up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tantivy import Order, Query

from explorer.index.engine import Asking, Found
from explorer.index.query.syntax import And, Everything, Node, Not, Or, Phrase, conjuncts
from explorer.index.tantivy_layout import NUMBER, Layout
from explorer.index.tantivy_query import Compiler, unscored
from explorer.index.tantivy_terms import Terms

LEAST_FETCHED = 64  # rows asked for at least: ties behind the last row wanted are then nearly always among them
MORE_FETCHED = 16  # times as many when they are not
DIGITS = 5  # of a score behind the point: what differs less is a tie


FEW = 2_000  # texts are always handed out and then looked at


@dataclass(frozen=True)
class _Filter:
    """Numbers that alone may be among those found, or that may not."""

    numbers: set[int]
    excluded: bool

    def passes(self, number: int) -> bool:
        return (number in self.numbers) != self.excluded


class Snapshot:
    """One state of an index, to be searched."""

    def __init__(self, schema: Any, searcher: Any, layout: Layout) -> None:
        self.terms = Terms(schema, searcher, layout)
        self._schema, self._searcher = schema, searcher
        self._size: int = searcher.num_docs
        self._numbers: set[int] | None = None

    def numbers(self) -> set[int]:
        """The numbers of all texts."""
        if self._numbers is None:
            self._numbers = set(self._hit_numbers(Query.all_query()))
        return self._numbers

    def matching(self, tree: Node, asking: Asking) -> set[int]:
        """The numbers of all texts in which a tree holds."""
        query, left = self._compiled(self._compiler(asking), tree, asking)
        found = set(self._hit_numbers(unscored(query)))
        if left is None:
            return found
        return found - left.numbers if left.excluded else found & left.numbers

    def search(self, tree: Node, asking: Asking, limit: int | None) -> Found:
        """The texts in which a tree holds, all ranked or only the best."""
        compiler = self._compiler(asking)
        query, left = self._compiled(compiler, tree, asking)
        wanted = self._size if limit is None else min(limit, self._size)
        if left is not None:
            return self._filtered(query, left, wanted)
        return self._ranked(query, wanted, asking) if compiler.scored else self._unranked(query, wanted)

    def _compiled(self, compiler: Compiler, tree: Node, asking: Asking) -> tuple[Any, _Filter | None]:
        """The query for a tree, and the filter that is to be applied to what it finds, if one is left."""
        conditions = [child for child in conjuncts(tree) if _is_condition(child)]
        words = tuple(child for child in conjuncts(tree) if not _is_condition(child))
        if not (conditions and words):
            query = compiler.compile(tree)
            asking.check()
            return query, None
        found = _filter(conditions, asking)
        query = compiler.compile(And(words))
        asking.check()
        looked_up = min(len(found.numbers), self._size - len(found.numbers))
        if self._searcher.search(query, 1).count <= max(FEW, looked_up):
            return query, found
        return compiler.narrowed(query, found.numbers, found.excluded), None

    def _compiler(self, asking: Asking) -> Compiler:
        return Compiler(self._schema, self.terms, self._size, self.numbers, asking)

    def _filtered(self, query: Any, only: _Filter, wanted: int) -> Found:
        hits = self._searcher.search(query, max(1, self._size), count=False).hits
        numbers = self._searcher.fast_field_values(NUMBER, [address for _, address in hits])
        rows = [(n, round(score, DIGITS)) for n, (score, _) in zip(numbers, hits, strict=True) if only.passes(n)]
        rows.sort(key=_best_first)
        return Found(len(rows), rows[:wanted])

    def _ranked(self, query: Any, wanted: int, asking: Asking) -> Found:
        """tantivy orders ties by where they lie, we by number: so rows are fetched until no tie is cut."""
        fetched = max(LEAST_FETCHED, wanted + 1)
        while True:
            result = self._searcher.search(query, fetched)
            rows = self._rows(result.hits)
            if wanted == 0 or wanted >= len(rows) or len(rows) == result.count or rows[wanted - 1][1] > rows[-1][1]:
                return Found(result.count, rows[:wanted])
            asking.check()
            fetched = min(fetched * MORE_FETCHED, result.count)

    def _rows(self, hits: Sequence[tuple[float, Any]]) -> list[tuple[int, float]]:
        numbers = self._searcher.fast_field_values(NUMBER, [address for _, address in hits])
        rows = [(number, round(score, DIGITS)) for number, (score, _) in zip(numbers, hits, strict=True)]
        rows.sort(key=_best_first)
        return rows

    def _unranked(self, query: Any, wanted: int) -> Found:
        """Where nothing scores the order is that of the numbers."""
        result = self._searcher.search(query, max(1, wanted), order_by_field=NUMBER, order=Order.Asc)
        return Found(result.count, [(number, 0.0) for number, _ in result.hits[:wanted]])

    def _hit_numbers(self, query: Any) -> list[int]:
        hits = self._searcher.search(query, max(1, self._size), count=False).hits
        return list(self._searcher.fast_field_values(NUMBER, [address for _, address in hits]))


def _filter(conditions: Sequence[Node], asking: Asking) -> _Filter:
    """Conditions that all must hold, as one."""
    excluded: set[int] = set()
    wanted: set[int] | None = None
    for condition in conditions:
        asking.check()
        if isinstance(condition, Not):
            excluded = excluded | asking.resolve(condition.child)  # type: ignore[arg-type]  # it is a leaf
        else:
            found = asking.resolve(condition)  # type: ignore[arg-type]  # it is a leaf
            wanted = found if wanted is None else wanted & found
    return _Filter(excluded, True) if wanted is None else _Filter(wanted - excluded, False)


def _is_condition(node: Node) -> bool:
    """Whether it is a leaf that is resolved outside of the index, or the opposite of one."""
    return not isinstance(node.child if isinstance(node, Not) else node, Phrase | And | Or | Not | Everything)


def _best_first(row: tuple[int, float]) -> tuple[float, int]:
    return -row[1], row[0]
