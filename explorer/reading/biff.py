"""The records of old Excel files ([MS-XLS], BIFF 2 to 8): strings, shared strings and the formats of numbers."""

from __future__ import annotations

import datetime
import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from explorer.reading.fields import MAX_CHARACTERS

CONTINUE = 0x003C
_MAX_STRINGS = 4_000_000
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58))  # numbers of built-in formats
_TIMES = frozenset((18, 19, 20, 21, 22, 32, 33, 45, 46, 47))
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]{1,2}\])[^\]]*\]', re.I)
_DAYS_1904 = 1462  # between the two days from which serial dates are counted
_EPOCH = datetime.datetime(1899, 12, 30)


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


def format_kind(index: int, code: str | None) -> str:
    """What a number format shows: "date", "time", "both" or "" for a number; ``code`` where the file defines it."""
    if code is None:
        day, hour = index in _DATES, index in _TIMES
    else:
        bare = _LITERALS.sub("", code[:300].partition(";")[0]).lower()
        if (
            "general" in bare
            or "e+" in bare
            or "e-" in bare
            or ("0" in bare and not ("ss" in bare or "yy" in bare))
            or "#" in bare
        ):
            return ""
        hour = "h" in bare or "s" in bare
        day = "y" in bare or "d" in bare or ("m" in bare and not hour)
    return "both" if day and hour else "date" if day else "time" if hour else ""


def number_text(value: float, kind: str = "", days_1904: bool = False) -> str:
    """A number as text: 15 digits at most, as the program shows; by ``kind`` of its format an ISO date, a time, or both."""
    if kind and 0 <= value < 2_958_466:
        shown = _date_text(value, kind, days_1904)
        if shown:
            return shown
    if math.isfinite(value) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{value:.15g}"


def _date_text(value: float, kind: str, days_1904: bool) -> str:
    days = value + (_DAYS_1904 if days_1904 else 0)
    if kind != "time" and days < 60 and not days_1904:
        days += 1  # the year 1900 had a 29th of February there
    try:
        moment = _EPOCH + datetime.timedelta(seconds=round(days * 86_400))
    except OverflowError:
        return ""
    hour = moment.strftime("%H:%M:%S").removesuffix(":00")
    if kind == "time" and 1 <= value < 1000:  # a stretch of time
        return f"{int(value) * 24 + moment.hour}:{moment:%M:%S}".removesuffix(":00")
    if kind == "time" or (kind == "both" and value < 1):
        return hour
    date = moment.date().isoformat()
    return f"{date} {hour}" if kind == "both" and hour != "00:00" else date
