"""The text of any XML by its structure: known words of many vocabularies, and rules for those nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from explorer.reading.embedded import without_markup
from explorer.reading.paragraphs import row_line, set_apart
from explorer.reading.xml_events import END, START, Event
from explorer.reading.xml_packed import PackedFiles
from explorer.reading.xml_words import (
    BLOCKS,
    CELLS,
    DOCUMENTS,
    FORMULAS,
    FURNITURE,
    HIDDEN,
    INLINE,
    JOINED,
    KEPT_AS_WRITTEN,
    LINE_ENDS,
    MATHEMATICAL,
    OFFICE,
    RECORDED,
    ROWS,
    RUNS,
)

_MAX_RECORDS = 400
_MAX_RECORDED_DEPTH = 12
_MAX_VALUE = 2000
_MAX_ATTRIBUTES = 1_000_000  # characters of attributes that are kept for a document without any text


@dataclass(slots=True)
class _Element:
    """An open element. ``mixed`` is true once text stands in it directly; ``serial`` tells elements of one name apart."""

    name: str
    serial: int
    mixed: bool = False
    lines: int = 0
    begin: int = -1  # of its value among the pieces that are recorded


@dataclass(slots=True)
class Record:
    """The text of an element that may be about the document: its path, and the number of the element round it."""

    path: str
    parent: int
    text: str


@dataclass
class XmlText:
    """Takes the events of an XML text one by one; ``result`` is what was read, ``size`` about how many characters it has."""

    root: str = ""
    language: str = ""
    records: list[Record] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    length: int = 0
    size: int = 0
    packed: PackedFiles = field(default_factory=PackedFiles)
    _open: list[_Element] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)  # of the paragraph that is being read
    _blocks: list[str] = field(default_factory=list)
    _furniture: list[str] = field(default_factory=list)
    _rows: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _cell: list[str] = field(default_factory=list)
    _recorded: list[str] = field(default_factory=list)
    _hidden: int = 0  # depth at which text began to be hidden, and so on; 0 where it is not
    _aside: int = 0
    _written: int = 0
    _together: int | None = None  # depth from which on nothing begins a line
    _loose: bool = False  # an element of its own has just ended: only text behind it makes it a part of a paragraph
    _in_cell: int = 0
    _serial: int = 0
    _recording: int = 0

    def take(self, event: Event) -> None:
        """Takes one event."""
        kind, value, attributes = event
        if kind is START:
            self._start(value.rpartition(":")[2].lower(), attributes)
        elif kind is END:
            self._end()
        elif not self._hidden:
            self._text(value)

    def result(self) -> tuple[str, str]:
        """The document's text, and what there is about it; what is open is closed."""
        while self._open:
            self._end()
        self._break()
        self._flush_rows()
        return set_apart(self._blocks), set_apart(self._furniture)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._serial += 1
        parent = self._open[-1] if self._open else None
        if not self._hidden and self._together is None and self._is_block(name, parent):
            self._break()
        element = _Element(name, self._serial)
        self._open.append(element)
        depth = len(self._open)
        if parent is None:
            self.root = name
            self.language = attributes.get("xml:lang", "")
        if name in HIDDEN or (name == "data" and self.root == "plist"):
            self._hidden = self._hidden or depth
        if self._hidden:
            return
        if parent is not None and f"{parent.name}/{name}" in FURNITURE and not self._aside:
            self._break()
            self._aside = depth
        if self._together is None and (name in FORMULAS or (name in JOINED and not (parent and parent.mixed))):
            self._together = depth
        if name in KEPT_AS_WRITTEN:
            self._written = self._written or depth
        if name in CELLS and parent is not None and parent.name in ROWS and not self._in_cell:
            self._in_cell = depth
        if name in LINE_ENDS:
            self._pieces.append("\n")
        if name in RECORDED and depth <= _MAX_RECORDED_DEPTH and len(self.records) < _MAX_RECORDS:
            element.begin = len(self._recorded)
            self._recording += 1
        if attributes:
            self.packed.name = attributes.get("filename", "")
            self._attributes(name, attributes)

    def _is_block(self, name: str, parent: _Element | None) -> bool:
        """Whether an element begins a line of its own: by its name, or because no text stands round it."""
        if parent is None:
            return True
        if name in INLINE or (name in RUNS and self.root in OFFICE):
            return self._loose or not (parent.mixed or parent.name in BLOCKS or parent.name in INLINE or parent.name in RUNS)
        return name in BLOCKS or not parent.mixed

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        if name == "outline" and self.root == "opml":
            self._outline(attributes)
        elif name == "date" and "value" in attributes and self.root == "fictionbook":
            self.records.append(Record("/".join(open_.name for open_ in self._open[-12:]), 0, attributes["value"][:100]))
        elif self.length < _MAX_ATTRIBUTES and not self._blocks:
            line = "\n".join(f"{key.rpartition(':')[2]}: {value}" for key, value in attributes.items() if value.strip())
            self.attributes.append(line)
            self.length += len(line)

    def _outline(self, attributes: dict[str, str]) -> None:
        """A line of an outline: it is in its attributes."""
        depth = sum(1 for element in self._open[-12:] if element.name == "outline") - 1
        words = list(dict.fromkeys(attributes.get(key, "").strip() for key in ("text", "title", "description")))
        line = " – ".join(without_markup(value) for value in words if value)
        if address := attributes.get("htmlUrl") or attributes.get("xmlUrl"):
            line = f"{line} ({address})" if line else address
        if line:
            self.size += len(line)
            self._blocks.append("  " * min(depth, 6) + line)
        if note := attributes.get("_note", "").strip():
            self.size += len(note)
            self._blocks.extend(note.split("\n\n"))

    def _text(self, value: str) -> None:
        self.size += len(value)
        if self._recording and len(self._recorded) < 10_000:
            self._recorded.append(value[:_MAX_VALUE])
        if not self._open:
            return
        if self._written:
            self._pieces.append(value)
        elif value.strip():
            self._open[-1].mixed = True
            self._loose = False
            self._pieces.append(value.replace("\n", " "))
        elif self._pieces:
            self._pieces.append(" ")

    def _end(self) -> None:
        if not self._open:
            return
        depth = len(self._open)
        element = self._open[-1]
        if element.begin >= 0:
            self._record(element)
        if not self._hidden:
            self._close(element, depth)
        self._open.pop()
        if self._hidden == depth:
            self._hidden = 0

    def _close(self, element: _Element, depth: int) -> None:
        if self._written == depth:
            self._break()
            self._written = 0
        if self._together is not None:
            if self._open[depth - 1].name not in MATHEMATICAL:
                self._pieces.append(" ")
            if self._together == depth:
                self._together = None
                if element.name in JOINED:
                    self._break()
        elif element.name in BLOCKS or depth == 1 or element.lines:
            self._break()
        else:
            self._loose = element.name not in INLINE and element.name not in RUNS
        if self._in_cell == depth:
            self._break()
            self._cells.append("\n".join(self._cell))
            self._cell.clear()
            self._in_cell = 0
        elif element.name in ROWS and self._cells and not self._in_cell:
            self._rows.append(row_line(self._cells))
            self._cells.clear()
        elif element.lines > 1 and not self._in_cell and element.name != "outline":
            self._line("")  # a record or a section has ended
        if self._aside == depth:
            self._break()
            self._aside = 0

    def _record(self, element: _Element) -> None:
        text = " ".join("".join(self._recorded[element.begin :])[:_MAX_VALUE].split())
        self._recording -= 1
        if not self._recording:
            self._recorded.clear()
        if text:
            parent = self._open[-2].serial if len(self._open) > 1 else 0
            self.records.append(Record("/".join(open_.name for open_ in self._open), parent, text))

    def _break(self) -> None:
        """Ends the paragraph that is being read."""
        if not self._pieces:
            return
        whole = "".join(self._pieces)
        self._pieces.clear()
        self._loose = False
        if self.packed.take(whole, self._blocks[-1] if self._blocks else ""):
            return
        if self._written:
            lines: Iterable[str] = (whole.strip("\n"),)
        else:
            shown = whole if self.root in DOCUMENTS else without_markup(whole)
            lines = (" ".join(line.split()) for line in shown.split("\n"))
        for line in lines:
            if line.strip():
                self._line(line)
        for element in self._open[-2:]:
            element.lines += 1

    def _line(self, line: str) -> None:
        if self._in_cell:
            self._cell.append(line)
        elif self._aside:
            self._furniture.append(line)
        else:
            self._flush_rows()
            self._blocks.append(line)

    def _flush_rows(self) -> None:
        if self._rows:
            self._blocks.append("\n".join(self._rows))
            self._rows.clear()
