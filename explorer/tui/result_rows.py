"""A result as it stands in the list: title, the words around the first hit, where they come from; and what opens below it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from explorer.export.citation import page_said
from explorer.model import Passage, Results, Span
from explorer.tui.display import fit, fit_end, glyphs, one_line, paint, plural, thousands
from explorer.tui.layers import Layer, pieces
from explorer.tui.rows import Line
from explorer.tui.wrap import wrap

SNIPPET_LINES = 2
FOUND_ROOM = 31  # cells for the counts beside the search box


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The best passage of a document; ``opened`` when its others and its copies stand below it."""

    passage: Passage
    opened: bool = False
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns its height: title, snippet, origin, and copies where there are some."""
        return SNIPPET_LINES + 2 + bool(self.passage.copies)

    def lines(self, width: int) -> list[Line]:
        """Returns title, snippet, origin, copies."""
        passage = self.passage
        lines = [_title(passage, width), *_indented(_snippet(passage, width - 2), 2), _origin(passage, width, self.opened)]
        return [*lines, _ends("  " + copies_said(passage), "", width)] if passage.copies else lines


@dataclass(frozen=True, slots=True)
class OtherRow:
    """Another passage of the document above it."""

    passage: Passage
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns the height of its snippet."""
        return SNIPPET_LINES

    def lines(self, width: int) -> list[Line]:
        """Returns its words around the first hit."""
        return _indented(_snippet(self.passage, width - 4), 4)


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy of the document above it: where it comes from."""

    passage: Passage
    selectable: bool = True

    def height(self, width: int) -> int:
        """Returns the height of its origin and its path."""
        return 1 + bool(self._origin)

    def lines(self, width: int) -> list[Line]:
        """Returns whether it is word for word the same, its date and source, and its path."""
        what = "differs" if self.passage.differ else "copy"
        path, room = one_line(self.passage.path), width - 6 - len(what)
        first = fit(self._origin, room) if self._origin else fit_end(path, room)
        lines: list[Line] = [[("    ", "text"), (what, "title"), (f"  {first}", "dim")]]
        return [*lines, [("    ", "text"), (fit_end(path, width - 4), "dim")]] if self._origin else lines

    @property
    def _origin(self) -> str:
        passage = self.passage
        return " · ".join(one_line(part) for part in (passage.date, passage.source) if part and part.strip())


FoundRow = ResultRow | OtherRow | CopyRow


def _indented(snippet: list[Line], by: int) -> list[Line]:
    lines = snippet + [[]] * (SNIPPET_LINES - len(snippet))
    return [[(" " * by, "text"), *line] for line in lines]


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


def _origin(passage: Passage, width: int, opened: bool) -> Line:
    parts = [page_said(passage.page), one_line(passage.date or ""), one_line(passage.source) or one_line(passage.path)]
    return _ends("  " + " · ".join(part for part in parts if part), _more(passage, width, opened), width)


def _more(passage: Passage, width: int, opened: bool) -> str:
    """Returns how many more passages there are, in the words there is room for, and the key that opens or closes them."""
    if not passage.more and not passage.copies:
        return ""
    arrow = "←" if opened else "→"
    if not passage.more:
        return arrow
    noun = "passage" if passage.more == 1 else "passages"
    words = f" more {noun}" if width >= 48 else " more" if width >= 30 else ""
    return f"+{thousands(passage.more)}{words} {arrow}"


def _ends(left: str, right: str, width: int) -> Line:
    left = fit(left, width - len(right) - bool(right))
    return [(left, "dim"), (" " * (width - cell_len(left) - len(right)), "dim"), (right, "dim")]


def copies_said(passage: Passage) -> str:
    """Returns how many copies a result has, and how many of them are not word for word the same."""
    copies = "1 copy" if passage.copies == 1 else f"{thousands(passage.copies)} copies"
    if not passage.differ:
        return copies
    if passage.copies == 1:
        return f"{copies}, which differs"
    return f"{copies}, {thousands(passage.differ)} {'differs' if passage.differ == 1 else 'differ'}"


def found(results: Results) -> str:
    """Returns how much was found: passages where all are known, else documents; and how many have no row of their own."""
    listed = {passage.document for passage in results.passages}
    counted = plural(results.total, "document")
    if not results.query.strip() or not results.total or len(listed) + results.folded < results.total:
        return counted
    if results.folded:
        copies = "1 copy" if results.folded == 1 else f"{thousands(results.folded)} copies"
        said = f"{counted} ({copies} folded)"
        return said if len(said) <= FOUND_ROOM else f"{counted} ({thousands(results.folded)} folded)"
    return f"{plural(sum(1 + passage.more for passage in results.passages), 'passage')} in {counted}"


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
