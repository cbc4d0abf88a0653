"""Old Word documents (DOC, Word 2 to 2003) and Works ones: the text, its notes, boxes, comments and headers ([MS-DOC])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from explorer.model import Fault, Reading
from explorer.reading.decode import decode
from explorer.reading.fields import MAX_CHARACTERS, unreadable
from explorer.reading.members import Member
from explorer.reading.ole import RAW_WORDS, Container, open_container
from explorer.reading.ole_embedded import embedded_documents
from explorer.reading.ole_properties import codec_of, finished, tidy
from explorer.reading.word_rows import row_ends

_WORD_97, _WORD_95, _WORD_2 = 0xA5EC, 0xA5DC, 0xA5DB
_COMPLEX, _ENCRYPTED, _TABLE_1 = 0x0004, 0x0100, 0x0200
_PARTS = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
_SHOWN = ("text", "footnotes", "endnotes", "boxes", "comments")
_FIELD = re.compile("[\x13\x14\x15]")
_LINK = re.compile(r'HYPERLINK\s{1,9}"((?:https?|ftp|mailto):[^"\s]{1,2000})"')
_MAX_FIELDS = 50  # fields in fields whose links are read
_FIELD_BEGIN, _FIELD_RESULT = "\x13", "\x14"
_CELL_END = "\x07"
_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys(map(chr, range(9))),  # what stands for pictures, notes and drawings
        **{"\x0b": "\n", "\x0c": "\n\n", "\x0e": "\n", "\r": "\n", "\x1e": "-", "\x1f": None, "\xad": None, "\ufeff": None},
    }
)
# Code pages of languages, by the lower ten bits of their Windows number; all others write Western letters.
_LANGUAGE_PAGES = {
    **dict.fromkeys((0x19, 0x22, 0x23, 0x02, 0x2F), 1251),
    **dict.fromkeys((0x05, 0x0E, 0x15, 0x18, 0x1B, 0x24, 0x1C, 0x1A), 1250),
    **dict.fromkeys((0x25, 0x26, 0x27), 1257),
    **{0x08: 1253, 0x1F: 1254, 0x0D: 1255, 0x01: 1256, 0x29: 1256, 0x20: 1256, 0x1E: 874, 0x11: 932, 0x12: 949, 0x2A: 1258},
}
_TRADITIONAL_CHINESE = (0x0404, 0x0C04, 0x1404)


@dataclass(frozen=True, slots=True)
class _Header:
    """The beginning of a document: its version, flags and language; where its text lies (``first`` to ``last``, bytes of the main
    stream); how many characters each of its parts has; and where the list of pieces and that of paragraph pages lie."""

    version: int
    flags: int
    language: int
    first: int
    last: int
    counts: tuple[int, ...]
    pieces: tuple[int, int]
    paragraphs: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: bytes of the main stream, 8 or 16 bits a character."""

    start: int
    size: int
    wide: bool


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, whether its result has not begun, and how many stretches of text came before that."""

    in_code: bool = True
    code: str = ""
    result: int = 0


def read_doc(data: bytes) -> tuple[Reading, Iterator[Member]]:
    """Reads a document: its text, then footnotes, endnotes, text boxes and comments; headers and footers come last, as furniture.
    Of fields the results are kept; a table's rows are lines with tabs between the cells. A locked document says so.
    The members are the documents embedded in it."""
    if data.startswith(RAW_WORDS):
        container, stream = Container(data, 512), data
    else:
        opened = open_container(data)
        if opened is None:
            return unreadable("damaged: this is no old Word file"), iter(())
        container = opened
        stream = container.stream("WordDocument")
    return _read(container, stream), embedded_documents(container)


def _read(container: Container, stream: bytes) -> Reading:
    if not stream and container.has("CONTENTS"):
        return _read_works(container)
    header = _header(stream)
    if header is None:
        return unreadable("damaged: this is no old Word file")
    if header.flags & _ENCRYPTED:
        return unreadable("password needed", "password")
    name = "1Table" if header.flags & _TABLE_1 else "0Table"
    table = container.stream(name) if header.version == _WORD_97 else stream
    pieces = _pieces(header, table, stream)
    fault: Fault = "" if pieces else "damaged"
    if not pieces:
        pieces = _without_list(header, stream)
    ends = row_ends(stream, table, header.paragraphs, header.version == _WORD_97)
    text = _joined(header, stream, pieces, ends)
    parts = _parts(header, text)
    shown = "\n\n".join(filter(None, (tidy(_plain(parts[part])) for part in _SHOWN)))
    furniture = [line.strip() for part in ("headers", "header boxes") for line in tidy(_plain(parts[part])).split("\n")]
    lines = dict.fromkeys(line for line in furniture if any(map(str.isalpha, line)))
    missing = sum(header.counts) - len(text) > 8 and len(text) <= MAX_CHARACTERS
    container.damaged |= missing
    problems = ("damaged: its list of pieces is lost, so parts may be missing or out of place",) if fault else ()
    return finished(container, shown, "\n".join(lines), problems, fault=fault)


def _header(stream: bytes) -> _Header | None:
    """The header ([MS-DOC] Fib) of any version; None where the stream does not begin with one."""
    if len(stream) < 128:
        return None
    version, _ = struct.unpack_from("<HH", stream)
    language, _, flags = struct.unpack_from("<HHH", stream, 6)
    first, last = struct.unpack_from("<II", stream, 24)
    if version == _WORD_97 and struct.unpack_from("<H", stream, 2)[0] >= 0x6A and len(stream) >= 0x200:
        counts = struct.unpack_from("<8i", stream, 0x4C)
        lists = struct.unpack_from("<II", stream, 0x1A2), struct.unpack_from("<II", stream, 0x102)
    elif version in (_WORD_95, _WORD_97) and len(stream) >= 0x200:
        version = _WORD_95
        counts = struct.unpack_from("<8i", stream, 0x34)
        lists = struct.unpack_from("<II", stream, 0x160), struct.unpack_from("<II", stream, 0xC0)
    elif version == _WORD_2:
        counts, lists = (max(0, last - first), *[0] * 7), ((0, 0), (0, 0))
    else:
        return None
    return _Header(version, flags, language, first, last, tuple(max(0, min(c, 1 << 28)) for c in counts), *lists)


def _pieces(header: _Header, table: bytes, stream: bytes) -> list[_Piece]:
    """The pieces of the text in order; none where their list is missing or damaged from its beginning on."""
    place, size = header.pieces
    if header.version != _WORD_97 and not header.flags & _COMPLEX:
        size_of_text = min(sum(header.counts), max(0, len(stream) - header.first))
        return [_Piece(header.first, size_of_text, False)] if size_of_text else []
    end = min(place + size, len(table))
    while place + 3 <= end and table[place] == 1:  # what was changed in a quick save
        place += 3 + struct.unpack_from("<H", table, place + 1)[0]
    if place + 5 > end or table[place] != 2:
        return []
    size = min(struct.unpack_from("<I", table, place + 1)[0], end - place - 5)
    count = (size - 4) // 12 if size >= 16 else 0
    bounds = struct.unpack_from(f"<{count + 1}I", table, place + 5) if count else ()
    pieces: list[_Piece] = []
    total = 0
    for index in range(count):
        length = bounds[index + 1] - bounds[index]
        if length < 0 or total > MAX_CHARACTERS:
            break
        start = struct.unpack_from("<I", table, place + 5 + 4 * (count + 1) + 8 * index + 2)[0]
        wide = header.version == _WORD_97 and not start & 0x40000000
        if header.version == _WORD_97 and not wide:
            start = (start & 0x3FFFFFFF) // 2
        length = min(length, max(0, len(stream) - start))
        pieces.append(_Piece(start, length * (2 if wide else 1), wide))
        total += length
    return pieces


def _without_list(header: _Header, stream: bytes) -> list[_Piece]:
    """The text as one piece, where the header says it lies; or, failing that, all of the stream after the header."""
    first, last = header.first, header.last
    if not 0 < first < last <= len(stream):
        first, last = 0x800 if len(stream) > 0x800 else 0x200, len(stream)
    sample = stream[first : first + 4096]
    wide = sample.count(0) * 3 > len(sample)
    most = sum(header.counts) * (2 if wide else 1)
    return [_Piece(first, min(last - first, most) if most else last - first, wide)]


def _joined(header: _Header, stream: bytes, pieces: list[_Piece], ends: frozenset[int]) -> str:
    """The characters of all pieces; the mark at a row's end is written as a line's end."""
    narrow = "cp1252"
    if header.version != _WORD_97:
        sample = b"".join(stream[p.start : p.start + p.size] for p in pieces[:200])[:200_000]
        narrow = _code_page(header.language, sample)
    texts: list[str] = []
    for piece in pieces:
        raw = stream[piece.start : piece.start + piece.size]
        text = raw.decode("utf-16-le" if piece.wide else narrow, "replace")
        if _CELL_END in text and ends:
            text = _with_rows(text, raw, piece, ends)
        texts.append(text)
    return "".join(texts)


def _with_rows(text: str, raw: bytes, piece: _Piece, ends: frozenset[int]) -> str:
    step = 2 if piece.wide else 1
    if len(text) * step != len(raw):  # characters of several bytes: places cannot be told
        return text
    characters = list(text)
    place = text.find(_CELL_END)
    while place >= 0:
        characters[place] = "\n" if piece.start + (place + 1) * step in ends else "\t"
        place = text.find(_CELL_END, place + 1)
    return "".join(characters)


def _code_page(language: int, sample: bytes) -> str:
    """The code page of Word 6 and 95 text: by its language; where that writes Western letters but nearly every letter is above
    127, what the bytes look like."""
    page = (
        950 if language in _TRADITIONAL_CHINESE else 936 if language & 0x3FF == 4 else _LANGUAGE_PAGES.get(language & 0x3FF, 1252)
    )
    high = len(sample.translate(None, bytes(range(128))))
    if page == 1252 and high * 3 > len(sample):
        decoded = decode(sample.translate(None, bytes(range(9))))
        return "cp1252" if decoded.binary else decoded.encoding
    return codec_of(page)


def _parts(header: _Header, text: str) -> dict[str, str]:
    """The text cut into the document's parts, which lie behind each other."""
    ends = list(accumulate(header.counts))
    if not ends[-1] or not ends[0]:
        return {**dict.fromkeys(_PARTS, ""), "text": text}
    return {part: text[start:end] for part, start, end in zip(_PARTS, [0, *ends], ends, strict=False)}


def _plain(text: str) -> str:
    """Text without what fields are made from, of which only the results stay, and without the marks of pictures and notes. The
    address of a link is put behind its words, unless they say it."""
    kept: list[str] = []
    fields: list[_Field] = []
    unseen = place = 0
    for match in _FIELD.finditer(text):
        if not unseen:
            kept.append(text[place : match.start()])
        elif fields[-1].in_code and not fields[-1].code:
            fields[-1].code = text[place : min(match.start(), place + 3000)]
        place = match.end()
        if match.group() == _FIELD_BEGIN:
            fields.append(_Field())
            unseen += 1
        elif fields and match.group() == _FIELD_RESULT:
            unseen -= fields[-1].in_code
            fields[-1].in_code = False
            fields[-1].result = len(kept)
        elif fields:
            ended = fields.pop()
            unseen -= ended.in_code
            if not unseen and len(fields) < _MAX_FIELDS and (link := _LINK.search(ended.code)):
                address = link[1].removeprefix("mailto:")
                if address not in "".join(kept[max(ended.result, len(kept) - 50) :]):
                    kept.append(f" ({address})")
    if not unseen or unseen == len(fields):
        kept.append(text[place:])
    return "".join(kept).replace(_CELL_END, "\t").translate(_CHARACTERS)


def _read_works(container: Container) -> Reading:
    """The text of a Works 5 to 9 document, which lies in one chunk as UTF-16."""
    stream = container.stream("CONTENTS")
    if not stream.startswith(b"CHNKWKS"):
        return unreadable("no reader for this kind of Works document", "no reader")
    place = 32
    for _ in range(min(struct.unpack_from("<H", stream.ljust(14, b"\0"), 12)[0], 1000)):
        size, name = stream[place : place + 2], stream[place + 2 : place + 6]
        if name == b"TEXT" and place + 24 <= len(stream):
            offset, length = struct.unpack_from("<II", stream, place + 16)
            text = stream[offset : offset + length].decode("utf-16-le", "replace")
            return finished(container, tidy(text.replace("\r\n", "\r").translate(_CHARACTERS)))
        place += max(int.from_bytes(size, "little"), 1)
    return unreadable("damaged: its text was not found", "damaged")
