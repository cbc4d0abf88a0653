"""What an old Office file says of itself: its property sets ([MS-OLEPS])."""

from __future__ import annotations

import datetime
import struct

from explorer.model import Fault, Reading
from explorer.reading.assembled import Properties, assembled
from explorer.reading.clean import clean_line, normalise
from explorer.reading.fields import unreadable
from explorer.reading.ole import Container

SUMMARY = "\x05SummaryInformation"
_CODE_PAGE, _TITLE, _AUTHOR, _CREATED, _SAVED = 1, 2, 4, 12, 13
_INT16, _STRING, _WIDE_STRING, _TIME = 2, 30, 31, 64
_MAX_PROPERTIES = 200
_MAX_STRING = 4000  # bytes of a title or name that are looked at
_UNIX_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_EPOCH_1601 = 11_644_473_600  # seconds from 1601, where Windows' file times begin, to 1970
# Windows' numbers of code pages that Python knows by other names than "cp…".
_PAGES = {
    **{1200: "utf-16-le", 1201: "utf-16-be", 10000: "mac-roman", 10001: "shift_jis", 10006: "mac-greek", 10007: "mac-cyrillic"},
    **{10029: "mac-latin2", 10079: "mac-iceland", 10081: "mac-turkish", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u"},
    **{20932: "euc-jp", 50220: "iso2022_jp", 50221: "iso2022_jp", 50222: "iso2022_jp", 50225: "iso2022_kr", 51932: "euc-jp"},
    **{51949: "euc-kr", 51936: "gb2312", 52936: "hz", 54936: "gb18030", 65000: "utf-7", 65001: "utf-8", 936: "gb18030"},
    **{0x8000: "mac-roman", 0x8001: "cp1252", 20936: "gb2312", 50227: "gb18030"},
    **{28590 + part: f"iso8859-{part}" for part in (*range(1, 12), 13, 14, 15, 16)},
}


def codec_of(page: int) -> str:
    """Python's name for one of Windows' code pages; cp1252 for one that it does not know."""
    if page in _PAGES:
        return _PAGES[page]
    try:
        "".encode(f"cp{page}")
    except LookupError:
        return "cp1252"
    return f"cp{page}"


def file_time(value: int) -> str | None:
    """A Windows file time as ISO ("2001-03-05T10:15:00+00:00", UTC); None where it is no time from 1900 to 2200."""
    seconds = value // 10_000_000 - _EPOCH_1601
    if not -2_208_988_800 < seconds < 7_258_118_400:
        return None
    return (_UNIX_EPOCH + datetime.timedelta(seconds=seconds)).isoformat()


def summary(container: Container) -> Properties:
    """The summary of a file; what is damaged in it is left empty."""
    data = container.stream(SUMMARY)
    if len(data) < 48 or data[:2] != b"\xfe\xff":
        return Properties()
    values = _properties(data, struct.unpack_from("<I", data, 44)[0])
    page = values.get(_CODE_PAGE, b"")
    codec = codec_of(struct.unpack_from("<H", page, 4)[0]) if len(page) >= 6 and page[0] == _INT16 else "cp1252"
    date = _time(values.get(_CREATED, b"")) or _time(values.get(_SAVED, b""))
    return Properties(_string(values.get(_TITLE, b""), codec), _string(values.get(_AUTHOR, b""), codec), date)


def _properties(data: bytes, section: int) -> dict[int, bytes]:
    """The beginnings of the section's properties, type first, by their numbers."""
    if section + 8 > len(data):
        return {}
    count = min(struct.unpack_from("<I", data, section + 4)[0], _MAX_PROPERTIES, (len(data) - section - 8) // 8)
    pairs = struct.iter_unpack("<II", data[section + 8 : section + 8 + count * 8])
    return {number: data[section + offset : section + offset + 8 + _MAX_STRING] for number, offset in pairs}


def _string(value: bytes, codec: str) -> str:
    if len(value) < 8:
        return ""
    kind, length = struct.unpack_from("<II", value)
    if kind == _WIDE_STRING:
        raw, codec = value[8 : 8 + min(length, _MAX_STRING // 2) * 2], "utf-16-le"
    elif kind == _STRING:
        raw = value[8 : 8 + min(length, _MAX_STRING)]
    else:
        return ""
    return clean_line(raw.decode(codec, "replace").partition("\0")[0]).strip("\ufffd ")


def _time(value: bytes) -> str | None:
    if len(value) < 12 or value[0] != _TIME:
        return None
    found = file_time(struct.unpack_from("<Q", value, 4)[0])
    return found[:10] if found else None


def finished(
    container: Container,
    text: str,
    furniture: str = "",
    problems: tuple[str, ...] = (),
    pages: tuple[int, ...] = (),
    fault: Fault = "",
) -> Reading:
    """The Reading of an old Office file: its ``text``, already clean, then ``furniture`` such as headers; with what the file
    says of itself. A damaged container makes it partial."""
    if container.damaged and not fault:
        problems, fault = (*problems, "damaged: what could be read of it is shown"), "damaged"
    if fault and not text.strip() and not furniture.strip():
        return unreadable("damaged: no text could be got out of it", fault)
    return assembled(text, furniture, summary(container), "", problems, fault, pages, "empty")


def tidy(text: str) -> str:
    """A text made clean, without white space at the ends of its lines and without stretches of empty lines."""
    lines = [line.rstrip() for line in normalise(text).split("\n")]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n")
