"""Filters as they stand in the side pane: values that documents have, each with how many have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from explorer.model import Document, Facet, Kept
from explorer.tui.display import one_line, thousands
from explorer.tui.query_text import has_condition
from explorer.tui.rows import Line, Row
from explorer.tui.side_rows import HeadRow, two_ends

HEADINGS = {
    "is": "Starred, new",
    "tag": "Tags",
    "source": "Sources",
    "year": "Years",
    "ext": "Types",
    "lang": "Languages",
}
FIELDS = {"year": "date"}  # where a facet's name is not that of the query language


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value with its count; ``chosen`` when the search asks for it already."""

    facet: Facet
    chosen: bool
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 1."""
        return 1

    def lines(self, width: int) -> list[Line]:
        """Returns the value, with a tick where it is chosen, and its count."""
        count = thousands(self.facet.documents) if self.facet.documents else ""
        mark, role = ("✓ ", "title") if self.chosen else (" ", "text")
        return [[(mark, role), *two_ends(one_line(self.facet.value), count, width - len(mark), role)]]


def facet_rows(facets: Iterable[Facet], query: str) -> list[Row]:
    """Returns facets under the heading of their field, in the order given; those in the query are ticked."""
    by_field: dict[str, list[Facet]] = defaultdict(list)
    for facet in facets:
        by_field[facet.field].append(facet)
    rows: list[Row] = []
    for field in [*HEADINGS, *(name for name in by_field if name not in HEADINGS)]:
        if by_field[field]:
            rows.append(HeadRow(HEADINGS.get(field, field), len(by_field[field]), not rows))
            rows += [FacetRow(facet, has_condition(query, facet.query)) for facet in by_field[field]]
    return rows


def facets_of(document: Document, kept: Kept, everywhere: Sequence[Facet]) -> list[Facet]:
    """Returns the values of one document, each with how many documents of the folder have it (0 where that is not known)."""
    known = {(facet.field, facet.value): facet for facet in everywhere}
    values = [
        ("is", "starred" if kept.starred else ""),
        *(("tag", tag) for tag in kept.tags),
        ("source", document.source),
        ("year", (document.date or "")[:4]),
        ("ext", PurePosixPath(document.path).suffix.removeprefix(".").lower()),
        ("lang", document.language or ""),
    ]
    return [
        known.get((field, value)) or Facet(field, value, 0, f"{FIELDS.get(field, field)}:{_quoted(value)}")
        for field, value in values
        if value
    ]


def _quoted(value: str) -> str:
    return value if value.isalnum() else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
