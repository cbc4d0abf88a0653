"""A result as it stands in the list: title, the words around the first hit, where they come from."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from explorer.model import Passage, Results, Span
from explorer.tui.display import fit, glyphs, one_line, paint, plural
from explorer.tui.layers import Layer, pieces
from explorer.tui.rows import Line
from explorer.tui.wrap import wrap

SNIPPET_LINES = 2


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One passage."""

    passage: Passage
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns its height: title, snippet, origin."""
        return SNIPPET_LINES + 2

    def lines(self, width: int) -> list[Line]:
        """Returns title, snippet and origin."""
        snippet = _snippet(self.passage, width - 2)
        snippet += [[]] * (SNIPPET_LINES - len(snippet))
        return [_title(self.passage, width), *([("  ", "text"), *line] for line in snippet), _origin(self.passage, width)]


def _title(passage: Passage, width: int) -> Line:
    if not passage.title.strip():
        return [(fit(one_line(passage.path), width), "title")]
    text, left = glyphs(passage.title), width
    line: Line = []
    for start, end, marks in pieces(0, len(text), {"hit": Layer(passage.title_hits)}):
        painted = fit(paint(text[start:end]), left)
        line.append((painted, "hit" if marks else "title"))
        left -= cell_len(painted)
    return line


def _snippet(passage: Passage, width: int) -> list[Line]:
    text = glyphs(passage.text)
    hits = [(start - passage.start, end - passage.start) for start, end in passage.hits]
    begin = _begin(text, hits, width)
    rows = [begin + row for row in wrap(text[begin : begin + 20 * width], max(1, width - 1))]
    layer = Layer(hits)
    lines: list[Line] = []
    for index, start in enumerate(rows[:SNIPPET_LINES]):
        end = rows[index + 1] if index + 1 < len(rows) else min(len(text), begin + 20 * width)
        line: Line = [
            (paint(text[left:right]), "hit" if marks else "text")
            for left, right, marks in pieces(start, start + len(text[start:end].rstrip()), {"hit": layer})
        ]
        lines.append(line)
    if begin:
        lines[0].insert(0, ("…", "dim"))
    if len(rows) > SNIPPET_LINES:
        lines[-1].append(("…", "dim"))
    return lines


def _begin(text: str, hits: list[Span], width: int) -> int:
    """Returns where a snippet begins, so that its first hit is in sight: the passage's beginning where that does."""
    if not hits or hits[0][1] <= width:
        return 0
    return text.rfind(" ", 0, max(1, hits[0][0] - width // 2)) + 1


def _origin(passage: Passage, width: int) -> Line:
    parts = [one_line(passage.date or ""), one_line(passage.source) or one_line(passage.path)]
    more = f"+{passage.more}{' more' if width >= 30 else ''}" if passage.more else ""
    origin = fit("  " + " · ".join(part for part in parts if part), width - len(more) - 1)
    return [(origin, "dim"), (" " * (width - cell_len(origin) - len(more)), "dim"), (more, "dim")]


def found(results: Results) -> str:
    """Returns how much was found: passages where all are known, else documents."""
    documents = {passage.document for passage in results.passages}
    counted = plural(results.total, "document")
    if not results.query.strip() or len(documents) < results.total or not results.total:
        return counted
    return f"{plural(sum(1 + passage.more for passage in results.passages), 'passage')} in {counted}"


def nothing_found(results: Results) -> list[Line]:
    """Returns what an empty list says: the count of each term by itself, and what to try."""
    lines: list[Line] = [[("Nothing found.", "title")]]
    if results.counts:
        lines += [[], [("Each term by itself:", "dim")]]
        lines += [[(f"{count:>7}  ", "count"), (one_line(term), "text")] for term, count in results.counts]
    return [*lines, [], [("Try fewer words, OR between them, or a beginning with a star: delay*", "dim")]]


def no_query(documents: int) -> list[Line]:
    """Returns what the list says before anything is asked."""
    if not documents:
        return [
            [("No documents yet.", "title")],
            [],
            [("They appear here as they are read;", "dim")],
            [("ctrl+r looks again.", "dim")],
        ]
    return [
        [("Passages appear here.", "title")],
        [],
        [("Type words, “a phrase”, by:name,", "dim")],
        [("person:name, date:2024 …", "dim")],
    ]
