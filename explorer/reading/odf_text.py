"""The text of OpenDocument's content (ISO/IEC 26300): paragraphs, lists, tables, notes and pages out of flat events."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from explorer.reading.odf_words import BOXES, CELLS, LINES, PARAGRAPHS, PLACES, ROWS, SKIPPED, VALUES
from explorer.reading.paragraphs import row_line, set_apart
from explorer.reading.xml_events import START, TEXT, Event

_MAX_REPEATED = 20  # times that a repeated cell or row is written
_MAX_NESTED = 20  # paragraphs in text boxes in paragraphs …: deeper ones are read as part of those around them
_MAX_OBJECTS = 100
_SPACE = re.compile(r"[ \t\r\n]+")
_PAGE_NAME = re.compile(r"(?:page|slide|folie|seite|diapo|dia)?\s?\d+", re.I)


@dataclass(slots=True)
class _Frame:
    """A stretch that holds paragraphs: the document, a cell, a note, a comment; ``place`` is where its blocks go."""

    place: str
    blocks: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # of the open paragraph
    boxes: list[str] = field(default_factory=list)  # of what is anchored in the open paragraph
    paragraphs: int = 0  # that are open
    words: str = ""  # who wrote a comment, the value of a cell
    is_title: bool = False


@dataclass(slots=True)
class _Table:
    name: str
    rows: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    repeat_cell: int = 1
    repeat_row: int = 1


@dataclass
class OdfText:
    """Takes events; ``pages`` are the blocks of each slide, one page for what has none; ``aside`` those of other places.
    ``objects`` are the folders of embedded formulas and charts, ``title`` is the paragraph that is marked as such, ``sheet`` the
    name of the first sheet."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    paged: bool = False
    aside: dict[str, list[str]] = field(default_factory=dict)
    objects: list[str] = field(default_factory=list)
    title: str = ""
    sheet: str = ""
    _frames: list[_Frame] = field(default_factory=lambda: [_Frame("")])
    _tables: list[_Table] = field(default_factory=list)
    _opened: list[tuple[str, bool]] = field(default_factory=list)  # elements of structure, and whether they count
    _lists: list[bool] = field(default_factory=list)  # for each open list, whether its item has just begun
    _sheets: bool = False
    _skipping: int = 0
    _line: list[str] | None = None  # text of an element that is a line by itself

    def read(self, events: Iterable[Event]) -> None:
        """Takes all events of one XML text; what they leave open is closed."""
        for kind, name, said in events:
            if kind is TEXT:
                self._text(name)
            elif kind is START:
                self._start(name, said)
            else:
                self._end(name)
        while self._opened:
            self._shut(self._opened[-1][0])
        self._end_paragraph(all_of_them=True)
        self._lay_down(self._frames[0])
        self._skipping = 0
        self._lists.clear()

    def _text(self, value: str) -> None:
        if self._skipping:
            return
        if self._line is not None:
            self._line.append(value)
        elif self._frames[-1].paragraphs:
            self._frames[-1].pieces.append(_SPACE.sub(" ", value))

    def _start(self, name: str, said: dict[str, str]) -> None:
        if self._skipping or name in SKIPPED:
            self._skipping += 1
            return
        frame = self._frames[-1]
        if name in PARAGRAPHS:
            self._begin_paragraph(frame, name == "text:h", said.get("text:style-name", ""))
        elif name == "text:s":
            frame.pieces.append(" " * min(_number(said.get("text:c", "1")), 100))
        elif name in ("text:tab", "text:tab-stop"):
            frame.pieces.append("\t")
        elif name == "text:line-break":
            frame.pieces.append("\n")
        elif name == "text:ruby-text":
            frame.pieces.append(" (")
        elif name in ("text:list", "text:ordered-list", "text:unordered-list"):
            self._lists.append(False)
        elif name == "text:list-item" and self._lists:
            self._lists[-1] = True
        elif name in LINES or name in ("dc:creator", "math:math"):
            self._line = []
        elif name == "office:spreadsheet":
            self._sheets = True
        elif name == "draw:object" and len(self.objects) < _MAX_OBJECTS:
            self.objects.append(said.get("xlink:href", "").removeprefix("./").rstrip("/"))
        if name in CELLS or name in ROWS or name == "table:table" or name in PLACES or name in BOXES or name == "draw:page":
            self._open(name, said)

    def _end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        if name in PARAGRAPHS:
            self._end_paragraph()
        elif name == "text:ruby-text":
            self._frames[-1].pieces.append(")")
        elif name in ("text:list", "text:ordered-list", "text:unordered-list") and self._lists:
            self._lists.pop()
        elif self._line is not None and (name in LINES or name in ("dc:creator", "math:math")):
            self._end_line(name)
        elif name in ("math:mo", "math:mi", "math:mn"):
            self._text(" ")
        if self._opened and name == self._opened[-1][0]:
            self._shut(name)

    def _begin_paragraph(self, frame: _Frame, is_heading: bool, style: str) -> None:
        frame.paragraphs += 1
        if frame.paragraphs > 1:
            frame.pieces.append(" ")
        elif is_heading:
            frame.blocks.append("")
        elif self._lists and frame.place != "furniture":
            bullet = "• " if self._lists[-1] else "  "
            frame.pieces.append("  " * min(len(self._lists) - 1, 8) + bullet)
            self._lists[-1] = False
        elif style == "Title" and not self.title:
            frame.is_title = True

    def _end_paragraph(self, all_of_them: bool = False) -> None:
        frame = self._frames[-1]
        frame.paragraphs = 0 if all_of_them else max(0, frame.paragraphs - 1)
        if not frame.paragraphs:
            text = "".join(frame.pieces).rstrip()
            if frame.is_title and text.strip():
                self.title, frame.is_title = self.title or " ".join(text.split()), False
            frame.blocks.append("" if text.strip() == "•" else text)
            frame.blocks += frame.boxes
            frame.pieces, frame.boxes = [], []

    def _end_line(self, name: str) -> None:
        """Ends an element that is a line by itself: a picture's words, a comment's author, a formula."""
        line = " ".join("".join(self._line or ()).split())
        self._line = None
        frame = self._frames[-1]
        if name == "dc:creator":
            frame.words = frame.words or line
        elif line:
            (frame.boxes if frame.paragraphs else frame.blocks).append(line)

    def _open(self, name: str, said: dict[str, str]) -> None:
        """Begins what holds paragraphs, unless it is nested too deeply to be worth it."""
        counts = len(self._frames) <= _MAX_NESTED and len(self._tables) <= _MAX_NESTED
        if name == "draw:page":
            self._begin_page(said)
        elif counts and name == "table:table":
            is_sheet = self._sheets and not self._tables
            self._tables.append(_Table(said.get("table:name", "") if is_sheet else ""))
        elif counts and name in ROWS and self._tables:
            self._tables[-1].repeat_row = _number(said.get("table:number-rows-repeated", "1"))
        elif counts and name in CELLS and self._tables:
            self._tables[-1].repeat_cell = _number(said.get("table:number-columns-repeated", "1"))
            value = next((said[key] for key in VALUES if said.get(key)), "")
            self._frames.append(_Frame("", words=value))
        elif counts and (name in PLACES or name in BOXES):
            self._frames.append(_Frame(PLACES.get(name, ""), is_title=said.get("presentation:class") == "title"))
        else:
            counts = False
        self._opened.append((name, counts))

    def _begin_page(self, said: dict[str, str]) -> None:
        self._lay_down(self._frames[0])
        if self.paged:
            self.pages.append([])
        self.paged = True
        name = said.get("draw:name", "")
        if name and not _PAGE_NAME.fullmatch(name):
            self.pages[-1].append(name)

    def _shut(self, name: str) -> None:
        counts = self._opened.pop()[1]
        if not counts:
            return
        if name == "table:table":
            self._end_table()
        elif name in ROWS:
            self._end_row()
        elif name in CELLS:
            self._end_cell()
        elif name != "draw:page":
            self._end_frame(name)

    def _end_frame(self, name: str) -> None:
        frame = self._frames.pop()
        blocks = _closed(frame)
        around = self._frames[-1]
        if frame.place == "slide notes" and any(blocks):
            around.blocks += ["", "Notes: " + "\n".join(block for block in blocks if block), ""]
        elif frame.place == "comments":
            words = "\n".join(block for block in blocks if block)
            self.aside.setdefault("comments", []).append(f"{frame.words}: {words}" if frame.words else words)
        elif frame.place:
            self.aside.setdefault(frame.place, []).extend([*blocks, ""])
        else:
            (around.boxes if around.paragraphs else around.blocks).extend(blocks)

    def _end_cell(self) -> None:
        frame = self._frames.pop()
        table = self._tables[-1]
        words = "\n".join(block for block in _closed(frame) if block) or frame.words
        table.cells += [words] * min(table.repeat_cell, _MAX_REPEATED)

    def _end_row(self) -> None:
        table = self._tables[-1]
        if any(table.cells):
            table.rows += [row_line(table.cells)] * min(table.repeat_row, _MAX_REPEATED)
        table.cells = []

    def _end_table(self) -> None:
        self._end_row()
        table = self._tables.pop()
        frame = self._frames[-1]
        if table.rows:
            self.sheet = self.sheet or table.name
            (frame.boxes if frame.paragraphs else frame.blocks).extend(
                ["", *filter(None, [table.name]), "\n".join(table.rows), ""]
            )

    def _lay_down(self, frame: _Frame) -> None:
        """Adds the blocks of the whole to the page that is open."""
        self.pages[-1] += frame.blocks
        frame.blocks = []

    def texts(self) -> list[str]:
        """The text of each page."""
        return [set_apart(blocks) for blocks in self.pages]


def _closed(frame: _Frame) -> list[str]:
    if frame.pieces or frame.boxes:
        return [*frame.blocks, "".join(frame.pieces).rstrip(), *frame.boxes]
    return frame.blocks


def _number(text: str) -> int:
    """A count as written; 1 where it is none."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
