"""The records of old Excel files ([MS-XLS], BIFF 2 to 8): strings, shared strings and packed numbers."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from explorer.reading.fields import MAX_CHARACTERS

CONTINUE = 0x003C
_MAX_STRINGS = 4_000_000


@dataclass(slots=True)
class Cursor:
    """A place in a record whose bytes go on in CONTINUE records: ``parts`` are its own and theirs."""

    parts: list[bytes]
    part: int = 0
    place: int = 0

    def take(self, count: int) -> bytes:
        """The next bytes, fewer at the end, wherever they are."""
        pieces: list[bytes] = []
        while count > 0 and self.part < len(self.parts):
            piece = self.parts[self.part][self.place : self.place + count]
            pieces.append(piece)
            count -= len(piece)
            self.place += len(piece)
            if count > 0:
                self.part, self.place = self.part + 1, 0
        return b"".join(pieces)

    def skip(self, count: int) -> None:
        """Passes over bytes without copying them."""
        while count > 0 and self.part < len(self.parts):
            here = len(self.parts[self.part]) - self.place
            if count <= here:
                self.place += count
                return
            count -= here
            self.part, self.place = self.part + 1, 0

    def number(self, size: int) -> int:
        """The next 1, 2 or 4 bytes as a number without sign."""
        return int.from_bytes(self.take(size), "little")

    def ended(self) -> bool:
        """Whether there is nothing left."""
        return self.part >= len(self.parts) or (self.part == len(self.parts) - 1 and self.place >= len(self.parts[-1]))

    def characters(self, count: int, wide: bool) -> str:
        """The next characters, of 1 or 2 bytes; where a CONTINUE record goes on with them, its first byte says which."""
        pieces: list[str] = []
        while count > 0 and self.part < len(self.parts):
            if self.place >= len(self.parts[self.part]):
                self.part, self.place = self.part + 1, 0
                if self.part < len(self.parts):
                    wide = bool(self.number(1) & 1)
                continue
            size = 2 if wide else 1
            raw = self.parts[self.part][self.place : self.place + count * size]
            pieces.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            self.place += len(raw)
            count -= -(-len(raw) // size)
        return "".join(pieces)

    def string(self, length_bytes: int = 2) -> str:
        """The next string of BIFF 8, with its runs of formats and its reading aids passed over."""
        count, flags = self.number(length_bytes), self.number(1)
        runs = self.number(2) if flags & 8 else 0
        extra = self.number(4) if flags & 4 else 0
        text = self.characters(count, bool(flags & 1))
        self.skip(runs * 4 + extra)
        return text


def records(data: bytes) -> Iterator[tuple[int, int, list[bytes]]]:
    """Every record as (number, offset, its bytes and those of the CONTINUE records after it)."""
    place, size = 0, len(data)
    while place + 4 <= size:
        start = place
        number, length = struct.unpack_from("<HH", data, place)
        parts = [data[place + 4 : place + 4 + length]]
        place += 4 + length
        while place + 4 <= size and data[place] == CONTINUE and data[place + 1] == 0:
            length = data[place + 2] | data[place + 3] << 8
            parts.append(data[place + 4 : place + 4 + length])
            place += 4 + length
        yield number, start, parts


def shared_strings(parts: list[bytes]) -> list[str]:
    """The strings of an SST record, as many as are there."""
    cursor = Cursor(parts)
    cursor.skip(4)
    count = min(cursor.number(4), _MAX_STRINGS)
    strings: list[str] = []
    length = 0
    while len(strings) < count and not cursor.ended() and length <= MAX_CHARACTERS:
        strings.append(cursor.string())
        length += len(strings[-1])
    return strings


def rk_number(value: int) -> float:
    """The number that an RK value packs into 32 bits."""
    if value & 2:
        number = float((value >> 2) - (1 << 30 if value & 0x80000000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0])
    return number / 100 if value & 1 else number


def column_name(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name = chr(65 + column % 26) + name
        column = column // 26 - 1
    return name
