"""The text of WordprocessingML and DrawingML: paragraphs, tables and text boxes out of flat events, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from explorer.reading.paragraphs import row_line
from explorer.reading.xml_events import START, TEXT, Event

_MAX_NESTED = 20  # tables or text boxes in one another: deeper ones are read as if they were not there
_TEXTS = frozenset(("w:t", "a:t", "m:t"))
_PARAGRAPHS = frozenset(("w:p", "a:p"))
_CELLS = frozenset(("w:tc", "a:tc"))
_ROWS = frozenset(("w:tr", "a:tr"))
_TABLES = frozenset(("w:tbl", "a:tbl"))
_BOXES = frozenset(
    ("w:txbxContent", "w:footnote", "w:endnote", "w:comment", "w:rt", "p:sp", "p:graphicFrame", "p:cxnSp", "p:pic")
)
_STRUCTURE = _CELLS | _ROWS | _TABLES | _BOXES
# Deleted or moved away, how it is to look, and what a field is computed from.
_SKIPPED = frozenset(
    (
        *("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"),
        *("w:tblGrid", "w:sectPr", "w:sdtPr", "a:pPr", "a:rPr", "a:bodyPr", "a:lstStyle", "a:tblPr", "a:tcPr"),
    )
)
OFF = frozenset(("0", "false", "off"))  # of a property that is on where nothing is said
_SIGNS = {
    **{"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "a:br": "\n", "w:noBreakHyphen": "-"},
    **{"m:den": "/", "m:sup": "^", "m:sub": "_"},
}
_GREEK = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_DINGBATS = {0xA7: "•", 0xA8: "☐", 0xB7: "•", 0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑", 0xE0: "→", 0xDF: "←", 0x6F: "☐"}


@dataclass(slots=True)
class Paragraph:
    """What the properties of a paragraph say: its style and numbering, and whether its end is deleted or hidden."""

    in_box: bool = False
    style: str = ""
    num: str | None = None
    level: int | None = None
    is_deleted: bool = False
    is_hidden: bool = False
    is_shown: bool = False  # some of its text is not hidden

    def take(self, name: str, said: dict[str, str], depth: int) -> None:
        """Takes in an element at this depth of w:pPr, which is 1; what is deeper tells of the time before a tracked change."""
        if name == "w:pStyle" and depth == 2:
            self.style = said.get("w:val", "")
        elif depth != 3:
            return
        elif name == "w:numId":
            self.num = said.get("w:val", "")
        elif name == "w:ilvl":
            level = said.get("w:val", "")
            self.level = int(level) if level.isdecimal() and len(level) == 1 else None
        elif name in ("w:del", "w:moveFrom"):
            self.is_deleted = True
        elif name == "w:vanish":
            self.is_hidden = said.get("w:val", "") not in OFF


@dataclass(slots=True)
class Frame:
    """A stretch that holds paragraphs: the whole, a cell, a text box, a note; ``said`` are its element's attributes."""

    said: dict[str, str]
    paragraph: Paragraph = field(default_factory=Paragraph)
    blocks: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # blocks of text boxes anchored in the open paragraph
    placeholder: str | None = None

    def end_paragraph(self, number: Number | None = None) -> None:
        text = "".join(self.pieces).rstrip()
        if number:
            text = number(self.paragraph, text)
        if text or not self.boxes:
            self.blocks.append(text)
        self.blocks += self.boxes
        self.pieces, self.boxes, self.paragraph = [], [], Paragraph(self.paragraph.in_box)


@dataclass(slots=True)
class _Table:
    rows: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


Number = Callable[[Paragraph, str], str]
Visit = Callable[["Flow", str, dict[str, str]], None]
EndBox = Callable[[str, Frame], bool]


class Flow:
    """Collects the blocks of a part. ``visit`` is called with every element that begins and is not skipped, and may add to the
    open paragraph by ``say`` or below it by ``add_blocks``. ``end_box`` is called with the name and the frame of each text box,
    note or shape that ends; where it returns True, it has taken the blocks, else they follow the paragraph around it.

    ``number`` is called with each paragraph of WordprocessingML that ends and its text, and gives the text with its number.

    ``title`` is the first paragraph in a style of that name.
    """

    def __init__(self, visit: Visit | None = None, end_box: EndBox | None = None, number: Number | None = None) -> None:
        self.title = ""
        self.frames = [Frame({})]
        self._visit = visit
        self._end_box = end_box
        self._number = number
        self._tables: list[_Table] = []
        self._open: list[str] = []  # the open elements of structure; "" for one that is passed over
        self._alternatives: list[int] = []
        self._written = 0
        self._skipping = 0
        self._skipped = ""  # the element that is being skipped
        self._is_hidden = False  # the open run
        self._in_text = False

    def read(self, events: Iterable[Event]) -> list[str]:
        """Takes all events in; the blocks outside all boxes, "" for an empty paragraph, also where the events break off."""
        for kind, name, said in events:
            if kind is TEXT:
                if self._in_text:
                    self.say(name)
                    if not self._is_hidden:
                        self.frames[-1].paragraph.is_shown = True
            elif kind is START:
                self._start(name, said)
            elif self._skipping:
                self._skipping -= 1
            else:
                self._end(name)
        while self._open:  # what breaks off is kept
            self._shut()
        if self.frames[0].pieces or self.frames[0].boxes:
            self.frames[0].end_paragraph()
        return self.frames[0].blocks

    def say(self, text: str) -> None:
        """Adds to the open paragraph."""
        self.frames[-1].pieces.append(text)
        self._written += 1

    def add_blocks(self, blocks: list[str]) -> None:
        """Adds blocks below the open paragraph."""
        self.frames[-1].boxes += blocks
        self._written += len(blocks)

    def _start(self, name: str, said: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            if self._skipped == "w:pPr":
                self.frames[-1].paragraph.take(name, said, self._skipping)
            elif name == "w:vanish" and self._skipped == "w:rPr" and self._skipping == 2:
                self._is_hidden = said.get("w:val", "") not in OFF
            return
        if name == "w:r":
            self._is_hidden = False
        if name in _TEXTS:
            self._in_text = True
        elif name in _SKIPPED or (name in ("mc:Choice", "mc:Fallback") and self._is_taken()):
            self._skipping, self._skipped = 1, name
        elif name in _PARAGRAPHS:
            if self.frames[-1].pieces:
                self.frames[-1].end_paragraph()
            self.frames[-1].paragraph = Paragraph(self.frames[-1].paragraph.in_box)
        elif name in _SIGNS:
            self.frames[-1].pieces.append(_SIGNS[name])
        elif name in _STRUCTURE:
            self._begin(name, said)
        elif name == "mc:AlternateContent":
            self._alternatives.append(self._written)
        elif name == "w:sym":
            self.say(_symbol(said))
        elif name == "v:textpath":
            self.say(said.get("string", ""))
        if self._visit:
            self._visit(self, name, said)

    def _is_taken(self) -> bool:
        """Whether the first of the alternatives to the same thing had text in it."""
        return bool(self._alternatives) and self._written > self._alternatives[-1]

    def _end(self, name: str) -> None:
        if name in _TEXTS:
            self._in_text = False
        elif name in _PARAGRAPHS:
            frame = self.frames[-1]
            if not self.title and frame.paragraph.style.lower() in ("title", "titel", "titre", "ttulo", "titolo"):
                self.title = "".join(frame.pieces).strip()
            frame.end_paragraph(self._number if name == "w:p" else None)
        elif name in _STRUCTURE:
            self._shut()
        elif name == "mc:AlternateContent":
            self._alternatives.pop()

    def _begin(self, name: str, said: dict[str, str]) -> None:
        inside = self._open[-1] if self._open else ""
        if name in _TABLES:
            fits = len(self._tables) < _MAX_NESTED
            if fits:
                self._tables.append(_Table())
        elif name in _ROWS:
            fits = inside in _TABLES
        else:
            fits = inside in _ROWS if name in _CELLS else len(self.frames) <= 2 * _MAX_NESTED
            if fits:
                in_box = name == "w:txbxContent" or self.frames[-1].paragraph.in_box
                self.frames.append(Frame(said, Paragraph(in_box)))
        self._open.append(name if fits else "")

    def _shut(self) -> None:
        name = self._open.pop()
        if name in _TABLES:
            self._end_table()
        elif name in _ROWS:
            self._end_row()
        elif name in _CELLS:
            self._end_cell()
        elif name:
            self._end_frame(name)

    def _end_frame(self, name: str) -> None:
        frame = self.frames.pop()
        if frame.pieces or frame.boxes:
            frame.end_paragraph()
        if not (self._end_box and self._end_box(name, frame)):
            self.frames[-1].boxes += [block for block in frame.blocks if block]

    def _end_cell(self) -> None:
        frame = self.frames.pop()
        if frame.pieces or frame.boxes:
            frame.end_paragraph()
        self._tables[-1].cells.append("\n".join(block for block in frame.blocks if block))

    def _end_row(self) -> None:
        table = self._tables[-1]
        if any(table.cells):
            table.rows.append(row_line(table.cells))
        table.cells = []

    def _end_table(self) -> None:
        self._end_row()
        table = self._tables.pop()
        if table.rows:
            self.frames[-1].boxes.append("\n".join(table.rows))
            if not self.frames[-1].pieces:
                self.frames[-1].end_paragraph()


def _symbol(said: dict[str, str]) -> str:
    """A character of a symbol font: Greek and the commonest dingbats, else nothing unless it is a true character."""
    try:
        code = int(said.get("w:char", "0")[:8], 16)
    except ValueError:
        return ""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else 0
    if low:
        table = _GREEK if said.get("w:font") == "Symbol" else _DINGBATS
        return table.get(low, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
