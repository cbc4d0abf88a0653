"""Zip archives written by hand (PKWARE's APPNOTE), so that their fields may lie, and streams of a gigabyte in a megabyte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_MEGABYTE = 1 << 20
ENCRYPTED, UTF8 = 0x1, 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as it is to be written: ``data`` is packed already where ``method`` is 8; ``size`` and ``crc`` may lie."""

    name: bytes
    data: bytes
    size: int
    crc: int
    method: int = 0
    flags: int = UTF8


def stored(name: str | bytes, data: bytes | str = b"") -> Entry:
    """A member that is not compressed."""
    data = data.encode() if isinstance(data, str) else data
    return Entry(_name(name), data, len(data), zlib.crc32(data))


def deflated(name: str | bytes, data: bytes | str) -> Entry:
    """A compressed member."""
    data = data.encode() if isinstance(data, str) else data
    packed = zlib.compress(data, 6, -15)
    return Entry(_name(name), packed, len(data), zlib.crc32(data), 8)


def bomb(name: str | bytes, head: bytes, filling: bytes, megabytes: int, tail: bytes = b"") -> Entry:
    """A member of ``head``, then ``megabytes`` of ``filling`` again and again, then ``tail``: a thousandth of it on disk."""
    packed, size, crc = _inflating(head, filling, megabytes, tail)
    return Entry(_name(name), packed, size, crc, 8)


def gzip_bomb(head: bytes, filling: bytes, megabytes: int) -> bytes:
    """The same as a gzip file (RFC 1952)."""
    packed, size, crc = _inflating(head, filling, megabytes, b"")
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed + struct.pack("<II", crc, size & 0xFFFFFFFF)


def zlib_bomb(head: bytes, filling: bytes, megabytes: int) -> bytes:
    """The same as a zlib stream (RFC 1950), as PDF's FlateDecode has it; its checksum is wrong, which readers pass over."""
    return b"\x78\x9c" + _inflating(head, filling, megabytes, b"")[0] + b"\0\0\0\0"


@lru_cache(maxsize=4)
def _inflating(head: bytes, filling: bytes, megabytes: int, tail: bytes) -> tuple[bytes, int, int]:
    """A raw deflate stream, its length inflated and its checksum; one flushed block stands for each megabyte."""
    block = (filling * (_MEGABYTE // len(filling) + 1))[:_MEGABYTE]
    pieces = []
    for data in (head, block, tail):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        pieces.append(packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH if data is not tail else zlib.Z_FINISH))
    if not tail:
        pieces[2] = zlib.compress(b"", 9, -15)
    crc = zlib.crc32(head)
    for _ in range(megabytes):
        crc = zlib.crc32(block, crc)
    packed = pieces[0] + pieces[1] * megabytes + pieces[2]
    return packed, len(head) + megabytes * _MEGABYTE + len(tail), zlib.crc32(tail, crc)


def archive(entries: Sequence[Entry], shared: bool = False, comment: bytes = b"") -> bytes:
    """The archive; with ``shared`` every entry of the directory leads to the first member's bytes (overlapping entries)."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for entry in entries:
        packed_size, size = len(entry.data), min(entry.size, 0xFFFFFFFF)
        fields = (entry.flags, entry.method, 0, 0x5265, entry.crc, packed_size, size, len(entry.name), 0)
        if not shared or not pieces:
            local = b"PK\x03\x04" + struct.pack("<5H3I2H", 20, *fields) + entry.name + entry.data
            pieces.append(local)
            at = place
            place += len(local)
        directory.append(b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, *fields, 0, 0, 0, 0, 0 if shared else at) + entry.name)
    whole = b"".join(directory)
    count = min(len(entries), 0xFFFF)
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, len(whole), place, len(comment)) + comment
    return b"".join(pieces) + whole + end


def pack(members: dict[str, bytes | str]) -> bytes:
    """A sound archive of these members; "mimetype" comes first and is not compressed, as ODF and EPUB want it."""
    return archive([stored(name, data) if name == "mimetype" else deflated(name, data) for name, data in members.items()])


def _name(name: str | bytes) -> bytes:
    return name.encode("utf-8", "surrogateescape") if isinstance(name, str) else name
