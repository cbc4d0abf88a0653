"""The search term report: what each query of a list finds, and what it alone finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from explorer.index import listing
from explorer.index.query.syntax import Node, QueryError
from explorer.library.answering import Answering
from explorer.model import TermCount

AT_ONCE = 200  # documents read together
QUERY_SECONDS = 60.0  # CPU time of one line: nobody waits for a key

Tell = Callable[[int, int], None]


def count_terms(answering: Answering, queries: Sequence[str], tell: Tell = lambda done, total: None) -> tuple[TermCount, ...]:
    """A line for each query, in their order: documents, hits marked in them, documents that no other line finds.

    Two lines that are written alike share what they find. ``tell`` is given how many documents of how many are counted.
    """
    trees: list[Node | None] = []
    found: list[set[int]] = []
    errors: list[str] = []
    for query in queries:
        try:
            answering.begin(QUERY_SECONDS)
            tree = answering.question(query).tree
            trees.append(tree)
            found.append(answering.numbers(tree))
            errors.append("")
        except QueryError as error:
            trees.append(None)
            found.append(set())
            errors.append(str(error) if error.column is None else f"{error} (column {error.column + 1})")
    lines_with = Counter(number for numbers in found for number in numbers)
    hits = _count_hits(answering, trees, found, tell)
    return tuple(
        TermCount(query, len(numbers), hits[at], sum(lines_with[number] == 1 for number in numbers), errors[at])
        for at, (query, numbers) in enumerate(zip(queries, found, strict=True))
    )


def _count_hits(answering: Answering, trees: Sequence[Node | None], found: Sequence[set[int]], tell: Tell) -> list[int]:
    hits = [0] * len(trees)
    everything = sorted(set().union(*found))
    for start in range(0, len(everything), AT_ONCE):
        numbers = everything[start : start + AT_ONCE]
        answering.begin(QUERY_SECONDS)
        for number, document in listing.documents(answering.index.connection, numbers).items():
            answering.check()
            for at, tree in enumerate(trees):
                if tree is not None and number in found[at]:
                    hits[at] += answering.count_hits(document, tree)
        tell(min(start + AT_ONCE, len(everything)), len(everything))
    return hits
