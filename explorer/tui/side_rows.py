"""Entities and quotes as they stand in the side pane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from explorer.export.citation import quoted_words
from explorer.model import Entity, EntityType, FoundQuote
from explorer.tui.display import fit, glyphs, one_line, paint, thousands
from explorer.tui.rows import Line, Row
from explorer.tui.wrap import wrap

HEADINGS: dict[EntityType, str] = {"PERSON": "People", "ORG": "Organisations", "PLACE": "Places", "DATE": "Dates"}
FIELDS: dict[EntityType, str] = {"PERSON": "person", "ORG": "org", "PLACE": "place", "DATE": "date"}
NOBODY = "no speaker named"
QUOTE_LINES = 3


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A heading with a count; all but the first have a blank line above."""

    text: str
    count: int
    first: bool
    selectable: bool = False

    def height(self, width: int) -> int:
        """Returns 1, or 2 with the blank line."""
        return 1 if self.first else 2

    def lines(self, width: int) -> list[Line]:
        """Returns the heading."""
        return [*([] if self.first else [[]]), two_ends(one_line(self.text), thousands(self.count), width, "head")]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity: its name, its count, and the other names it goes by."""

    entity: Entity
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 1, or 2 where there are other names."""
        return 2 if len(self.entity.names) > 1 else 1

    def lines(self, width: int) -> list[Line]:
        """Returns the name with the count, and the other names."""
        name = one_line(self.entity.name)
        others = ", ".join(one_line(form) for form, _ in self.entity.names if form != self.entity.name)
        line = [(" ", "text"), *two_ends(name, thousands(self.entity.mentions), width - 1, "text")]
        return [line, [(fit("   " + others, width), "dim")]] if others else [line]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote: its words, then cue and form, and where it stands when that is not the document on screen."""

    found: FoundQuote
    with_origin: bool
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns the height of its words, three lines at most, and of what is said about them."""
        return len(self._words(width)) + (2 if self.with_origin else 1)

    def lines(self, width: int) -> list[Line]:
        """Returns the words, cue and form, and the origin."""
        inner = max(1, width - 4)
        lines: list[Line] = [[(" ", "text"), (words, "quote")] for words in self._words(width)]
        lines.append([("   ", "text"), (fit(about(self.found), inner), "dim")])
        if self.with_origin:
            lines.append([("   ", "text"), (fit(one_line(self.found.title or self.found.path), inner), "dim")])
        return lines

    def _words(self, width: int) -> list[str]:
        inner = max(1, width - 2)
        text = glyphs(quoted_words(self.found.quote)[: inner * (QUOTE_LINES + 2)])
        rows = [*wrap(text, inner), len(text)]
        words = [paint(text[start:end].rstrip()) for start, end in pairwise(rows)]
        if len(words) <= QUOTE_LINES:
            return words
        return [*words[: QUOTE_LINES - 1], fit(words[QUOTE_LINES - 1] + " …", inner)]


def about(found: FoundQuote) -> str:
    """Returns cue and form of a quote in a few words."""
    quote = found.quote
    parts = [one_line(quote.cue.text) if quote.cue else "", quote.kind, "denied" if quote.denied else ""]
    parts.append(f"via {one_line(quote.via)}" if quote.via else "")
    return " · ".join(part for part in parts if part)


def entity_rows(entities: Iterable[Entity]) -> list[Row]:
    """Returns entities under the heading of their type, in the order given."""
    by_type: dict[EntityType, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_type[entity.type].append(entity)
    rows: list[Row] = []
    for type_, heading in HEADINGS.items():
        if by_type[type_]:
            rows.append(HeadRow(heading, len(by_type[type_]), not rows))
            rows += [EntityRow(entity) for entity in by_type[type_]]
    return rows


def quote_rows(quotes: Sequence[FoundQuote], with_origin: bool) -> list[Row]:
    """Returns quotes grouped by speaker, who said most first and the unnamed last."""
    by_speaker: dict[str, list[FoundQuote]] = defaultdict(list)
    for found in quotes:
        by_speaker[found.quote.speaker.name if found.quote.speaker else ""].append(found)
    rows: list[Row] = []
    for name, group in sorted(by_speaker.items(), key=lambda item: (not item[0], -len(item[1]), item[0])):
        rows.append(HeadRow(name or NOBODY, len(group), not rows))
        rows += [QuoteRow(found, with_origin) for found in group]
    return rows


def condition(entity: Entity) -> str:
    """Returns the condition of the query language that asks for an entity."""
    name = entity.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{FIELDS[entity.type]}:"{name}"'


def two_ends(left: str, right: str, width: int, role: str) -> Line:
    """Returns a line with one text at its beginning and a count at its end."""
    left = fit(left, width - len(right) - 1)
    return [(left, role), (" " * max(1, width - cell_len(left) - len(right)), "text"), (right, "count")]
