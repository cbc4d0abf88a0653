"""What a zip file says is in it: by the list at its end, or where that is damaged by the headers between its files.

By PKWARE's APPNOTE (.ZIP File Format Specification 6.3), read forward and with bounds; a list of millions costs no memory.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LOCAL = b"PK\x03\x04"
_CENTRAL = b"PK\x01\x02"
_DESCRIPTOR = b"PK\x07\x08"
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_NEWEST = 63  # version of the format, times 10
_FULL = 0xFFFFFFFF  # a 32-bit field whose true value is in an extra field
_WINDOW = 1 << 16
_FARTHEST = 256 << 20  # bytes between two headers that are looked through: a hole in a file may have no end


class NoListError(Exception):
    """There is no list of files, or it stops being one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as the zip names it. ``data`` is where its packed bytes begin, or -1 where only ``header``, the place of its
    local header, is known; ``packed`` is their declared number, ``size`` that of what is in them; both may lie."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header: int
    data: int = -1
    mode: int = 0

    @property
    def encrypted(self) -> bool:
        return bool(self.flags & 0x41) or self.method == 99


def listed(file: BinaryIO) -> tuple[int, Iterator[Entry]]:
    """How many entries the list at the end of a zip file claims, and the entries. Raises ``NoListError``, also on the way."""
    length = file.seek(0, 2)
    place, end = _end_of_list(file, length)
    total, size, start = end[4], end[5], end[6]
    if (place >= _LOCATOR_64.size and _FULL in (size, start)) or total == 0xFFFF:
        place, total, size, start = _end_64(file, place) or (place, total, size, start)
    shift = place - size - start  # bytes before the archive, as of a program that unpacks itself
    if size > place or shift < 0:
        raise NoListError
    return total, _central(file, place - size, place, shift)


def _end_of_list(file: BinaryIO, length: int) -> tuple[int, tuple[int, ...]]:
    start = max(0, length - _WINDOW - _END.size)
    file.seek(start)
    tail = file.read(length - start)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise NoListError
    return start + at, _END.unpack_from(tail, at)


def _end_64(file: BinaryIO, place: int) -> tuple[int, int, int, int] | None:
    """Where the list ends, number of entries, size and start of it, by the records for large archives; None without them."""
    file.seek(max(0, place - _LOCATOR_64.size))
    found = file.read(_LOCATOR_64.size)
    if len(found) < _LOCATOR_64.size or not found.startswith(b"PK\x06\x07"):
        return None
    for at in (_LOCATOR_64.unpack(found)[2], place - _LOCATOR_64.size - _END_64.size):
        if 0 <= at < place:
            file.seek(at)
            record = file.read(_END_64.size)
            if len(record) == _END_64.size and record.startswith(b"PK\x06\x06"):
                fields = _END_64.unpack(record)
                return at, fields[7], fields[8], fields[9]
    return None


def _central(file: BinaryIO, place: int, end: int, shift: int) -> Iterator[Entry]:
    while place + _CENTRAL_HEADER.size <= end:
        file.seek(place)
        head = file.read(_CENTRAL_HEADER.size)
        if len(head) < _CENTRAL_HEADER.size or not head.startswith(_CENTRAL):
            raise NoListError
        fields = _CENTRAL_HEADER.unpack(head)
        name, extra = file.read(fields[10]), file.read(fields[11])
        place += _CENTRAL_HEADER.size + fields[10] + fields[11] + fields[12]
        packed, size, header = _wide(extra, fields[8], fields[9], fields[16])
        mode = fields[15] >> 16 if fields[1] >> 8 == 3 else 0  # only Unix writes rights there
        yield Entry(_name(name, fields[3], extra), fields[3], fields[4], fields[7], packed, size, header + shift, mode=mode)


def _wide(extra: bytes, packed: int, size: int, header: int) -> tuple[int, int, int]:
    """Packed size, size and place of the header, out of the field for large files where they are there."""
    field = _extra(extra, 1)
    values = [struct.unpack_from("<Q", field, at)[0] for at in range(0, len(field) - 7, 8)]
    size = values.pop(0) if size == _FULL and values else size
    packed = values.pop(0) if packed == _FULL and values else packed
    header = values.pop(0) if header == _FULL and values else header
    return packed, size, header


def _extra(extra: bytes, wanted: int) -> bytes:
    """The extra field of that number, b"" where there is none."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == wanted:
            return extra[place + 4 : place + 4 + length]
        place += 4 + length
    return b""


def _name(raw: bytes, flags: int, extra: bytes) -> str:
    """A name in UTF-8 where it is flagged or is such, else in code page 437; Info-ZIP's own field is believed if it fits."""
    if raw.isascii():
        return raw.decode("ascii")
    unicode_path = _extra(extra, 0x7075)
    if len(unicode_path) > 5 and struct.unpack_from("<L", unicode_path, 1)[0] == zlib.crc32(raw):
        return unicode_path[5:].decode("utf-8", "replace")
    if flags & 0x800:
        return raw.decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def located(file: BinaryIO, entry: Entry) -> int | None:
    """Where the packed bytes of an entry begin; None where its header is not there."""
    if entry.data >= 0:
        return entry.data
    file.seek(max(0, entry.header))
    head = file.read(_LOCAL_HEADER.size)
    if len(head) < _LOCAL_HEADER.size or not head.startswith(LOCAL):
        return None
    fields = _LOCAL_HEADER.unpack(head)
    return entry.header + _LOCAL_HEADER.size + int(fields[9]) + int(fields[10])


def salvaged(file: BinaryIO) -> Iterator[Entry]:
    """The entries of a zip file by the local headers in it, for one without a list that can be read."""
    length = file.seek(0, 2)
    place = _find(file, 0, (LOCAL,))
    while place is not None:
        file.seek(place)
        head = file.read(_LOCAL_HEADER.size)
        if len(head) < _LOCAL_HEADER.size:
            return
        fields = _LOCAL_HEADER.unpack(head)
        name, extra = file.read(fields[9]), file.read(fields[10])
        data = place + _LOCAL_HEADER.size + fields[9] + fields[10]
        packed, size, _ = _wide(extra, fields[7], fields[8], 0)
        if fields[2] & 8 and not packed:  # its size comes behind it
            end = _find(file, data, (_DESCRIPTOR, LOCAL, _CENTRAL))
            packed = (length if end is None else end) - data
        if name and fields[1] & 0xFF <= _NEWEST and (fields[3] <= 19 or 93 <= fields[3] <= 99):  # else chance made the mark
            yield Entry(_name(name, fields[2], extra), fields[2], fields[3], fields[6], packed, size, place, data)
        place = _find(file, data + packed if data + packed <= length else data, (LOCAL,))


def _find(file: BinaryIO, place: int, marks: tuple[bytes, ...]) -> int | None:
    """Where the first of these marks of four bytes is, from ``place`` on; None where there is none in the next 256 MB."""
    file.seek(place)
    kept, until = b"", place + _FARTHEST
    while place < until and (piece := file.read(_WINDOW)):
        window = kept + piece
        found = [at for mark in marks if (at := window.find(mark)) >= 0]
        if found:
            return place + min(found)
        kept = window[-3:]
        place += len(window) - len(kept)
    return None
