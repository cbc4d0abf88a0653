"""Old Excel workbooks (XLS, Excel 2 to 2003): every sheet's cells row by row, then its notes and text boxes ([MS-XLS])."""

from __future__ import annotations

import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from explorer.model import Reading
from explorer.reading.biff import Cursor, column_name, records, rk_number, shared_strings
from explorer.reading.cell_formats import CellFormat, formatted, numbered
from explorer.reading.clean import clean_line
from explorer.reading.fields import MAX_CHARACTERS, unreadable
from explorer.reading.members import Member
from explorer.reading.ole import RAW_SHEETS, Container, open_container
from explorer.reading.ole_embedded import embedded_documents
from explorer.reading.ole_properties import codec_of, finished, tidy
from explorer.reading.patience import read_seconds

_BOF = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
_GLOBALS, _MODULE, _SHEET, _CHART, _MACROS = 0x05, 0x06, 0x10, 0x20, 0x40
_CELLS = frozenset(
    (0x0002, 0x0003, 0x0203, 0x0004, 0x0204, 0x0005, 0x0205, 0x0006, 0x0206, 0x0406, 0x00D6, 0x00FD, 0x027E, 0x00BD)
)
_STRINGS = (0x0007, 0x0207)
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MAX_GAP = 20  # empty cells between two others that are kept
_MAX_CELLS = 2_000_000
_SHARE = 0.45  # of the time there is, for the records
_OFTEN = 1 << 12  # records between looks at the clock
_HEADER_CODES = re.compile(r'&(?:"[^"]{0,100}"|\d{1,3}|K[0-9A-F]{6}|[A-Za-z])')


@dataclass(slots=True)
class _Sheet:
    """A sheet: its cells as (row << 16 | column, text), as there may be millions, notes, text boxes and headers."""

    name: str
    kind: int = _SHEET
    cells: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, int, str, int, str]] = field(default_factory=list)
    boxes: dict[int, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Book:
    """What is known of the workbook while its records go by."""

    version: int = 8
    settled: bool = False  # the workbook itself has said its version
    codec: str = "cp1252"
    days_1904: bool = False
    encrypted: bool = False
    names: list[tuple[int, str]] = field(default_factory=list)  # of sheets, with the offsets at which they begin
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)  # the format of each cell style
    known: dict[int, CellFormat | None] = field(default_factory=dict)  # what the format of each style does, where it was asked
    sheets: dict[int, _Sheet] = field(default_factory=dict)  # by the offsets at which they begin
    sheet: _Sheet | None = None
    nested: int = 0  # how many charts inside the sheet are open
    shape: int = -1  # the number of the object that the next text box belongs to
    waiting: tuple[int, int] | None = None  # the cell whose formula's string comes next
    length: int = 0
    cells: int = 0
    late: bool = False


def read_xls(data: bytes) -> tuple[Reading, Iterator[Member]]:
    """Reads a workbook: sheets in the order of their tabs, each headed by its name; rows are lines, cells are set apart by bars;
    dates are ISO by the format of their cell; of formulas the results are shown. A locked workbook says so. The
    members are the documents embedded in it."""
    if data.startswith(RAW_SHEETS):
        container = Container(data, 512)
        stream = data
    else:
        opened = open_container(data)
        if opened is None:
            return unreadable("damaged: this is no old Excel file"), iter(())
        container = opened
        stream = container.stream("Workbook") or container.stream("Book")
    return _reading(container, stream), embedded_documents(container)


def _reading(container: Container, stream: bytes) -> Reading:
    book = _read(stream)
    if book.encrypted:
        return unreadable("password needed", "password")
    sheets = [book.sheets.pop(offset, _Sheet(name)) for offset, name in book.names]
    sheets += book.sheets.values()
    if not sheets:
        return unreadable("damaged: no sheet was found in it")
    furniture = "\n".join(dict.fromkeys(line for sheet in sheets for line in sheet.furniture))
    full = book.cells > _MAX_CELLS or book.length > MAX_CHARACTERS
    late = ": it took too long" if book.late else ""
    problems = (f"only the first {book.cells:,} cells read{late}",) if full or late else ()
    text = tidy("\n\n".join(filter(None, map(_sheet_text, sheets))))
    return finished(container, text, tidy(furniture), problems, fault="too slow" if late else "too large" if full else "")


def _read(stream: bytes) -> _Book:
    """Goes through the records of a workbook once."""
    book = _Book()
    until = time.monotonic() + _SHARE * read_seconds()
    for count, (number, offset, parts) in enumerate(records(stream)):
        if number in _BOF:
            _begin(book, number, offset, parts[0])
        elif number == 0x000A:  # EOF
            book.nested = max(0, book.nested - 1)
        elif number == 0x002F:  # FILEPASS
            book.encrypted = True
            break
        elif number in _CELLS:
            if book.sheet and not book.nested:
                _cell(book, book.sheet, number, parts)
        elif number in _STRINGS:
            if book.sheet and book.waiting:
                _put(book, book.sheet, *book.waiting, _string(book, Cursor(parts)))
                book.waiting = None
        elif book.sheet and number in (0x0014, 0x0015, 0x001C, 0x005D, 0x01B6, 0x100D):
            _beside_cells(book, book.sheet, number, parts)
        else:
            _of_the_book(book, number, parts)
        book.late = not count % _OFTEN and time.monotonic() > until
        if book.late or book.length > MAX_CHARACTERS or book.cells > _MAX_CELLS:
            break
    return book


def _begin(book: _Book, number: int, offset: int, record: bytes) -> None:
    """A stream of records begins: the book's own, a sheet's, or that of a chart in a sheet."""
    version, kind = struct.unpack_from("<HH", record.ljust(4, b"\0"))
    if not book.settled:  # Excel 97 writes its own number into the sheets of files that it saves for Excel 95
        book.version = 8 if number == 0x0809 and version >= 0x0600 else _BOF[number]
        book.settled = kind == _GLOBALS
    named = dict(book.names)
    if kind == _CHART and offset not in named and book.sheet:
        book.nested += 1
        return
    book.nested = 0
    book.waiting = None
    book.sheet = None
    if kind not in (_GLOBALS, _MODULE):
        book.sheet = book.sheets[offset] = _Sheet(named.get(offset, ""), kind)


def _of_the_book(book: _Book, number: int, parts: list[bytes]) -> None:
    """A record that says something of the whole workbook."""
    record = parts[0]
    if number == 0x0042 and len(record) >= 2:  # CODEPAGE
        book.codec = codec_of(struct.unpack_from("<H", record)[0])
    elif number == 0x0022:  # DATEMODE
        book.days_1904 = record[:1] == b"\1"
    elif number == 0x0085 and len(record) > 6:  # BOUNDSHEET
        book.names.append((struct.unpack_from("<I", record)[0], _string(book, Cursor([record[6:]]), 1)))
    elif number == 0x00FC:  # SST
        book.strings = shared_strings(parts)
        book.length = 0
    elif number in (0x041E, 0x001E):  # FORMAT
        cursor = Cursor(parts)
        index = cursor.number(2) if number == 0x041E else len(book.formats)
        book.formats[index] = _string(book, cursor, 2 if book.version == 8 else 1)
    elif number == 0x00E0 and len(record) >= 4:  # XF
        book.styles.append(struct.unpack_from("<H", record, 2)[0])
    elif number in (0x0243, 0x0443, 0x0043) and len(record) >= 3:
        book.styles.append(record[1] if number != 0x0043 else record[2] & 0x3F)


def _cell(book: _Book, sheet: _Sheet, number: int, parts: list[bytes]) -> None:
    """A cell's record, or a row's of several."""
    record = parts[0]
    old = number < 0x0010 and book.version == 2  # Excel 2's cells have 3 bytes of attributes
    head = 7 if old else 6
    if len(record) < head + 1:
        return
    row, column, style = struct.unpack_from("<HHH", record)
    style = record[4] & 0x3F if old else style
    value = record[head:]
    book.waiting = None
    if number == 0x00FD and len(value) >= 4:  # LABELSST
        index = struct.unpack_from("<I", value)[0]
        if index < len(book.strings):
            _put(book, sheet, row, column, book.strings[index])
    elif number in (0x0004, 0x0204, 0x00D6):  # LABEL, RSTRING
        cursor = Cursor(parts)
        cursor.skip(head)
        _put(book, sheet, row, column, _string(book, cursor, 1 if old else 2))
    elif number == 0x027E and len(value) >= 4:  # RK
        _put(book, sheet, row, column, _number(book, rk_number(struct.unpack_from("<I", value)[0]), style))
    elif number == 0x00BD:  # MULRK
        for place, (style, packed) in enumerate(struct.iter_unpack("<HI", record[4 : 4 + (len(record) - 6) // 6 * 6])):
            _put(book, sheet, row, column + place, _number(book, rk_number(packed), style))
    elif number in (0x0003, 0x0203) and len(value) >= 8:  # NUMBER
        _put(book, sheet, row, column, _number(book, struct.unpack_from("<d", value)[0], style))
    elif number == 0x0002 and len(value) >= 2:  # INTEGER
        _put(book, sheet, row, column, str(struct.unpack_from("<H", value)[0]))
    elif number in (0x0005, 0x0205) and len(value) >= 2:  # BOOLERR
        _put(book, sheet, row, column, _ERRORS.get(value[0], "#ERROR") if value[1] else str(bool(value[0])).upper())
    elif number in (0x0006, 0x0206, 0x0406) and len(value) >= 8:
        _formula(book, sheet, row, column, style, value)


def _formula(book: _Book, sheet: _Sheet, row: int, column: int, style: int, value: bytes) -> None:
    """The result that a formula last had."""
    if value[6:8] != b"\xff\xff":
        _put(book, sheet, row, column, _number(book, struct.unpack_from("<d", value)[0], style))
    elif value[0] == 0:
        book.waiting = (row, column)
    elif value[0] == 1:
        _put(book, sheet, row, column, str(bool(value[2])).upper())
    elif value[0] == 2:
        _put(book, sheet, row, column, _ERRORS.get(value[2], "#ERROR"))


def _beside_cells(book: _Book, sheet: _Sheet, number: int, parts: list[bytes]) -> None:
    """A record of a sheet that is no cell: a header or footer, a note, a text box, a chart's text."""
    cursor = Cursor(parts)
    if number in (0x0014, 0x0015):  # HEADER, FOOTER
        words = _HEADER_CODES.sub(" ", _string(book, cursor, 2 if book.version == 8 else 1))
        if len([word for word in words.split() if word.isalpha()]) > 1:
            sheet.furniture.append(" ".join(words.split()))
            book.length += len(words)
    elif number == 0x001C:  # NOTE
        row, column, flags = cursor.number(2), cursor.number(2), cursor.number(2)
        if book.version == 8:
            shape = cursor.number(2)
            sheet.notes.append((row, column, clean_line(cursor.string()), shape, ""))
        elif row == 0xFFFF and sheet.notes:  # goes on with the note before
            row, column, author, shape, text = sheet.notes.pop()
            sheet.notes.append((row, column, author, shape, (text + cursor.take(2048).decode(book.codec, "replace"))[:100_000]))
        else:
            sheet.notes.append((row, column, "", -1, cursor.take(min(flags, 2048)).decode(book.codec, "replace")))
    elif number == 0x005D and len(parts[0]) >= 8 and parts[0][:2] == b"\x15\0":  # OBJ
        book.shape = struct.unpack_from("<H", parts[0], 6)[0]
    elif number == 0x01B6 and len(parts) > 1 and book.version == 8 and len(parts[0]) >= 12:  # TXO
        count = struct.unpack_from("<H", parts[0], 10)[0]
        text = Cursor([b"", *parts[1:]]).characters(count, False).strip()
        if text:
            sheet.boxes[book.shape if book.shape not in sheet.boxes else -1 - len(sheet.boxes)] = text
            book.length += len(text)
    elif number == 0x100D:  # SERIESTEXT
        cursor.skip(2)
        if title := _string(book, cursor, 1).strip():
            sheet.titles.append(title)
            book.length += len(title)


def _string(book: _Book, cursor: Cursor, length_bytes: int = 2) -> str:
    """The next string, as the workbook's version writes them."""
    if book.version == 8:
        return cursor.string(length_bytes)
    return cursor.take(cursor.number(length_bytes)).decode(book.codec, "replace")


def _number(book: _Book, value: float, style: int) -> str:
    if style not in book.known:
        index = book.styles[style] if style < len(book.styles) else 0
        book.known[style] = numbered(index, book.formats.get(index))
    return formatted(f"{value:.15g}", book.known[style], book.days_1904)


def _put(book: _Book, sheet: _Sheet, row: int, column: int, text: str) -> None:
    text = text.strip().replace("\0", "")
    if text:
        sheet.cells.append((row << 16 | min(column, 0xFFFF), text))
        book.length += len(text) + 3
        book.cells += 1


def _sheet_text(sheet: _Sheet) -> str:
    """A sheet's name, rows, chart titles, text boxes and notes; "" for a sheet with nothing in it."""
    sheet.cells.sort(key=itemgetter(0))
    by_row = groupby(sheet.cells, key=lambda cell: cell[0] >> 16)
    rows = [_row_text([(place & 0xFFFF, text) for place, text in row]) for _, row in by_row]
    sheet.cells.clear()
    boxes = dict(sheet.boxes)
    notes: list[str] = []
    for row, column, author, shape, text in sheet.notes:
        words = " ".join((text or boxes.pop(shape, "")).split())
        if author:
            words = words.removeprefix(f"{author}:").strip()
        if words:
            notes.append(f"Comment by {author} on {column_name(column)}{row + 1}: " * bool(author) + words)
    found = "\n\n".join(filter(None, map("\n".join, (rows, [*sheet.titles, *boxes.values()], notes))))
    return f"{sheet.name}\n\n{found}" if found and sheet.name else found


def _row_text(row: list[tuple[int, str]]) -> str:
    """A row's cells, set apart by bars; few empty ones are kept, so that columns stay below each other."""
    shown: list[str] = []
    for column, text in row:
        shown += [""] * min(max(column - len(shown), 0), _MAX_GAP)
        shown.append(" ".join(text.split()))
    return " | ".join(shown)
