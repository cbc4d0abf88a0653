"""Entities and quotes as they stand in the side pane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from explorer.export.citation import page_said, quoted_words
from explorer.model import Entity, EntityType, FoundQuote
from explorer.tui.display import fit, glyphs, one_line, paint, thousands
from explorer.tui.rows import Line, Row
from explorer.tui.wrap import wrap

HEADINGS: dict[EntityType, str] = {"PERSON": "People", "ORG": "Organisations", "PLACE": "Places", "DATE": "Dates"}
FIELDS: dict[EntityType, str] = {"PERSON": "person", "ORG": "org", "PLACE": "place", "DATE": "date"}
NOBODY = "no speaker named"
QUOTE_LINES = 3
UNSURE = 0.7  # quotes less sure than this are dimmed, and can be hidden
UNSURE_SPEAKER = 0.6  # as well as those whose speaker is


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
class NoteRow:
    """Something to know of all the rows below."""

    text: str
    selectable: bool = False

    def height(self, width: int) -> int:
        """Returns the height of its words and of a blank line."""
        return len(self.lines(width))

    def lines(self, width: int) -> list[Line]:
        """Returns the words, and a blank line."""
        text = one_line(self.text)
        rows = pairwise([*wrap(text, max(1, width - 1)), len(text)])
        return [*([(" ", "text"), (text[start:end].rstrip(), "dim")] for start, end in rows), []]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity: its name, its count, and the other names it goes by."""

    entity: Entity
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns 1, or 2 where there is more to say."""
        return 2 if self._more() else 1

    def lines(self, width: int) -> list[Line]:
        """Returns the name with the count, and the other names."""
        name, more = one_line(self.entity.name), self._more()
        line = [(" ", "text"), *two_ends(name, thousands(self.entity.mentions), width - 1, "text")]
        return [line, [(fit("   " + more, width), "dim")]] if more else [line]

    def _more(self) -> str:
        """Returns the other names, or that a name alone may be several people's."""
        others = [one_line(form) for form, _ in self.entity.names if form != self.entity.name]
        alone = next((one_line(reason) for name, reason in self.entity.joined if name == self.entity.name), "")
        return ", ".join(others) or alone


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
        role = "dim" if is_unsure(self.found) else "quote"
        lines: list[Line] = [[(" ", "text"), (words, role)] for words in self._words(width)]
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


def is_unsure(found: FoundQuote) -> bool:
    """Returns whether a quote may well be none, or another's."""
    return bool(doubt(found))


def doubt(found: FoundQuote) -> str:
    """Returns what is not sure about a quote, nothing where it is."""
    speaker = found.quote.speaker
    if found.quote.confidence < UNSURE:
        return "unsure"
    return "speaker unsure" if speaker is not None and speaker.confidence < UNSURE_SPEAKER else ""


def about(found: FoundQuote) -> str:
    """Returns cue and form of a quote in a few words."""
    quote = found.quote
    parts = [
        doubt(found),
        one_line(quote.cue.text) if quote.cue else "",
        quote.kind,
        "denied" if quote.denied else "",
    ]
    parts += [f"via {one_line(quote.via)}" if quote.via else "", page_said(quote.page)]
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


def quote_rows(quotes: Sequence[FoundQuote], with_origin: bool, sure_only: bool = False) -> list[Row]:
    """Returns quotes grouped by speaker, who said most first and the unnamed last; says how many unsure ones it hides."""
    by_speaker: dict[str, list[FoundQuote]] = defaultdict(list)
    shown = [found for found in quotes if not (sure_only and is_unsure(found))]
    for found in shown:
        by_speaker[found.quote.speaker.name if found.quote.speaker else ""].append(found)
    rows: list[Row] = []
    for name, group in sorted(by_speaker.items(), key=lambda item: (not item[0], -len(item[1]), item[0])):
        rows.append(HeadRow(name or NOBODY, len(group), not rows))
        rows += [QuoteRow(found, with_origin) for found in group]
    if len(shown) < len(quotes):
        rows.append(HeadRow("hidden as unsure: h shows them", len(quotes) - len(shown), not rows))
    return rows


def condition(entity: Entity) -> str:
    """Returns the condition of the query language that asks for an entity."""
    name = entity.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{FIELDS[entity.type]}:"{name}"'


def two_ends(left: str, right: str, width: int, role: str) -> Line:
    """Returns a line with one text at its beginning and a count at its end."""
    left = fit(left, width - len(right) - 1)
    return [(left, role), (" " * max(1, width - cell_len(left) - len(right)), "text"), (right, "count")]
