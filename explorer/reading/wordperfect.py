"""WordPerfect documents from version 5 on: their text, the notes and headers behind it, and what their summary says."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.fields import cut_text, first_words, unreadable
from explorer.reading.ole import MAGIC as OLE_MAGIC
from explorer.reading.ole import open_container
from explorer.reading.wordperfect_characters import DEFAULTS, character

_IN_OLE = "PerfectOffice_MAIN"
_MOST = 16 << 20  # bytes of a document that are gone through: its words are taken apart one by one
_DOCUMENT, _GRAPHIC, _MACINTOSH = 10, 22, 44  # kinds of file
_ASCII_5, _ASCII_6 = re.compile(rb"[\x20-\x7e]+"), re.compile(rb"[\x21-\x7e]+")
_SIZES_5 = (4, 9, 11, 3, 3, 5, 6, 7, 4, 5, 6, 6, 8, 10, 10, 12)  # of functions from 0xC0 on
_SIZES_6 = (4, 5, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 8, 8, 1)  # from 0xF0 on
_SINGLE_5 = {
    0x0A: "\n",
    0x0B: " ",
    0x0C: "\n\n",
    0x0D: " ",
    0x8C: "\n",
    0x99: "\n",
    0xA0: "\xa0",
    **dict.fromkeys((0xA9, 0xAA, 0xAB), "-"),
}
_SINGLE_6 = {
    **{0x80: " ", 0x81: "\xa0", 0x84: "-", 0x87: "\n"},
    **dict.fromkeys(range(0xB4, 0xBA), "\n"),
    **dict.fromkeys((0xBA, 0xBB, 0xBC, 0xCD, 0xCE, 0xCF), " "),
    **dict.fromkeys(range(0xBD, 0xC6), "\n"),  # the end of a table, a row
    **{0xC6: " | ", 0xC7: "\n\n"},
    **dict.fromkeys(range(0xC8, 0xCD), "\n"),
}
_ENDS_6 = {  # the same, as functions with more to say
    **dict.fromkeys((1, 2, 3, 0x14, 0x15, 0x16), " "),
    **dict.fromkeys((*range(4, 9), *range(0x0B, 0x14), *range(0x17, 0x1C)), "\n"),
    **{0x09: "\n\n", 0x0A: " | ", 0x1C: "\n\n"},
}
_ENDS_5 = {0: " | ", 1: "\n", 2: "\n", 3: "\n"}
_TEXTS_5 = frozenset((0xD5, 0xD6, 0xD7, 0xDA))  # headers, notes, boxes: what they say is inside them
_INDEX = struct.Struct("<BBHHII")  # flags, kind, uses, hidden uses, size, place
_SUMMARY, _TEXT = 0x12, 0x08
_TITLE, _AUTHOR, _CREATED = 17, 5, 14


def read_wordperfect(data: bytes) -> Reading:
    """Reads a document of WordPerfect 5 or later; notes, headers and boxes come behind ``body_end``. Of version 5 they are left
    out, and that is said."""
    if data.startswith(OLE_MAGIC):
        container = open_container(data)
        data = container.stream(_IN_OLE) if container else b""
    if len(data) < 16:
        return unreadable("damaged: it ends too early")
    start, kind, version, locked = struct.unpack_from("<I", data, 4)[0], data[9], data[10], data[12:14] != b"\0\0"
    if kind == _GRAPHIC:
        return unreadable("a picture: there is no text to read in it", "no text")
    if kind != _DOCUMENT:
        of_macintosh = "documents of WordPerfect for Macintosh are not read"
        return unreadable(of_macintosh if kind == _MACINTOSH else "a WordPerfect file, but no document: not read", "no reader")
    if locked:
        return unreadable("password needed", "password")
    body = data[start : start + _MOST]
    problems = [f"only the first {_MOST >> 20} MB of it read"] if len(data) - start > _MOST else []
    fault: Fault = "too large" if problems else ""
    said: dict[int, str] = {}
    if version == 0:
        text, left_out = _text_5(body)
        about = ""
        if left_out:
            problems.append("its notes, headers and boxes not read")
    else:
        text, said, about = _text_6(body), _summary(data), "\n\n".join(_texts(data))
    text = _laid_out(text)
    whole, cut_problems = cut_text("\n\n".join(filter(None, (text, _laid_out(about)))))
    if not whole:
        return unreadable("damaged: it ends too early") if start >= len(data) else unreadable("no text in it", "empty")
    title = said.get(_TITLE, "")
    return Reading(
        whole,
        title or first_words(whole),
        said.get(_AUTHOR, ""),
        said.get(_CREATED),
        guessed=(*(() if title else ("title",)), *(("date",) if _CREATED in said else ())),
        problems=(*cut_problems, *problems),
        state="partial" if problems or cut_problems else "ok",
        body_end=min(len(text), len(whole)) or len(whole),
        fault=fault or ("too large" if cut_problems else "no reader" if problems else ""),
    )


def _laid_out(text: str) -> str:
    lines = (line.strip() for line in normalise(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _text_5(data: bytes) -> tuple[str, bool]:
    """The text of version 5, and whether there are others in it that are left out."""
    out: list[str] = []
    place, left_out = 0, False
    while place < len(data):
        if match := _ASCII_5.match(data, place):
            out.append(match[0].decode("ascii"))
            place = match.end()
            continue
        code = data[place]
        if 0xC0 <= code < 0xD0:
            if code == 0xC0 and place + 3 < len(data):
                out.append(character(data[place + 1], data[place + 2]))
            elif code in (0xC1, 0xC2):
                out.append("\t")
            place += _SIZES_5[code - 0xC0]
        elif 0xD0 <= code < 0xFF:
            if code in (0xDC, 0xDD) and place + 1 < len(data):
                out.append(_ENDS_5.get(data[place + 1], ""))
            left_out = left_out or code in _TEXTS_5
            place += 4 + _number(data, place + 2)
        else:
            out.append(_SINGLE_5.get(code, ""))
            place += 1
    return "".join(out), left_out


def _text_6(data: bytes) -> str:
    """The text of version 6 and later, without what is only kept to undo its deletion."""
    out: list[str] = []
    place, undone = 0, 0
    while place < len(data):
        piece = ""
        if match := _ASCII_6.match(data, place):
            piece = match[0].decode("ascii")
            place = match.end()
        elif (code := data[place]) >= 0xF0:
            if code == 0xF0 and place + 3 < len(data):
                piece = character(data[place + 1], data[place + 2])
            elif code == 0xF1 and place + 1 < len(data) and data[place + 1] < 2:
                undone = max(0, undone + (1 if data[place + 1] == 0 else -1))
            place += _SIZES_6[code - 0xF0]
        elif code >= 0xD0:
            kind = data[place + 1] if place + 1 < len(data) else 0
            piece = _ENDS_6.get(kind, "") if code == 0xD0 else "\t" if code == 0xE0 else ""
            place += max(4, _number(data, place + 2))
        else:
            piece = DEFAULTS[code] if 0 < code <= 0x20 else _SINGLE_6.get(code, "")
            place += 1
        if piece and not undone:
            out.append(piece)
    return "".join(out)


def _number(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "little")


def _packets(data: bytes, wanted: int) -> Iterator[bytes]:
    """What the index before the text points to, of one kind."""
    start = _number(data, 14)
    for number in range(1, _number(data, start + 2)):
        place = start + number * _INDEX.size
        if place + _INDEX.size > len(data):
            return
        _, kind, _, _, size, at = _INDEX.unpack_from(data, place)
        if kind == wanted and at + size <= len(data):
            yield data[at : at + size]


def _texts(data: bytes) -> Iterator[str]:
    """The texts of notes, headers, footers and boxes, each once."""
    left = _MOST
    for packet in _packets(data, _TEXT):
        if len(packet) > 6 and left > 0:
            text = _text_6(packet[struct.unpack_from("<I", packet, 2)[0] :][:left])
            left -= len(packet)
            if text.strip():
                yield text


def _summary(data: bytes) -> dict[int, str]:
    """What the document's summary says, by the numbers of its fields; the date as ISO."""
    found: dict[int, str] = {}
    for packet in _packets(data, _SUMMARY):
        place = 0
        while place + 8 < len(packet) and (length := _number(packet, place)) > 8:
            number, field = _number(packet, place + 4), packet[place + 8 : place + length]
            _, rest = _words(field)  # the field's name
            if number == _CREATED:
                if len(rest) >= 4 and 1980 <= _number(rest, 0) < 2100 and 1 <= rest[2] <= 12 and 1 <= rest[3] <= 31:
                    found[number] = f"{_number(rest, 0)}-{rest[2]:02}-{rest[3]:02}"
            elif value := clean_line(_words(rest)[0]):
                found.setdefault(number, value)
            place += length
    return found


def _words(data: bytes) -> tuple[str, bytes]:
    """Characters of two bytes up to their end, and what comes behind it."""
    out: list[str] = []
    for place in range(0, len(data) - 1, 2):
        if data[place : place + 2] == b"\0\0":
            return "".join(out), data[place + 2 :]
        out.append(character(data[place], data[place + 1]))
    return "".join(out), b""
