"""What can be exported: the library's answers, and the few that the model has no word for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from explorer.model import Analysis, Entity, Facet, FoundQuote, Reading, Report, Results, Status, TermCount

Format = Literal["text", "json", "jsonl", "csv", "md"]
FORMATS: tuple[Format, ...] = ("text", "json", "jsonl", "csv", "md")


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes found, and how many there are in all."""

    total: int
    quotes: tuple[FoundQuote, ...]


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities found, and how many there are in all."""

    total: int
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Values that documents have, with their counts."""

    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """A search term report: a line for each query, in the order asked."""

    terms: tuple[TermCount, ...]


@dataclass(frozen=True, slots=True)
class SavedQueries:
    """The queries kept for a folder, by name."""

    saved: dict[str, str]


@dataclass(frozen=True, slots=True)
class Extracted:
    """One text and what was extracted from it; ``id`` is the file's name, or whatever JSON value the caller gave it."""

    id: Any
    reading: Reading
    analysis: Analysis


Answer = Results | Quotes | Entities | Facets | Terms | SavedQueries | Report | Status | Extracted
