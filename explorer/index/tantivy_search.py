"""Searching one state of a tantivy index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tantivy import Order, Query

from explorer.index.engine import Asking, Found
from explorer.index.query.syntax import Node
from explorer.index.tantivy_layout import NUMBER, Layout
from explorer.index.tantivy_query import Compiler, unscored
from explorer.index.tantivy_terms import Terms

LEAST_FETCHED = 64  # rows asked for at least: ties behind the last row wanted are then nearly always among them
MORE_FETCHED = 16  # times as many when they are not
DIGITS = 5  # of a score behind the point: what differs less is a tie


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
        query = self._compiler(asking).compile(tree)
        asking.check()
        return set(self._hit_numbers(unscored(query)))

    def search(self, tree: Node, asking: Asking, limit: int | None) -> Found:
        """The texts in which a tree holds, all ranked or only the best."""
        compiler = self._compiler(asking)
        query = compiler.compile(tree)
        asking.check()
        wanted = self._size if limit is None else limit
        return self._ranked(query, wanted, asking) if compiler.scored else self._unranked(query, wanted)

    def _compiler(self, asking: Asking) -> Compiler:
        return Compiler(self._schema, self.terms, self._size, self.numbers, asking)

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
        rows.sort(key=lambda row: (-row[1], row[0]))
        return rows

    def _unranked(self, query: Any, wanted: int) -> Found:
        """Where nothing scores the order is that of the numbers."""
        result = self._searcher.search(query, max(1, wanted), order_by_field=NUMBER, order=Order.Asc)
        return Found(result.count, [(number, 0.0) for number, _ in result.hits[:wanted]])

    def _hit_numbers(self, query: Any) -> list[int]:
        hits = self._searcher.search(query, max(1, self._size), count=False).hits
        return list(self._searcher.fast_field_values(NUMBER, [address for _, address in hits]))
