"""Whether the parts of a document that is a zip file are as they were packed, those also that no text is read from."""

from __future__ import annotations

import time
import zlib
from typing import BinaryIO

from explorer.reading.unpacking import DamagedError, deflate_decoder, stored_decoder, unpacked
from explorer.reading.zip_entries import Entry, NoListError, listed, located

_MOST = 16 << 20  # bytes that are looked at, as unpacked
_SECONDS = 0.2


def damaged_parts(file: BinaryIO) -> list[str]:
    """The names of the parts whose bytes are not those of their checksum, among the first 16 MB and in a fifth of a second.

    Parts that are encrypted or packed in an unknown way are passed over; a file without a list of parts has none.
    """
    found: list[str] = []
    left, until = _MOST, time.monotonic() + _SECONDS
    try:
        for entry in listed(file)[1]:
            if entry.encrypted or entry.method not in (0, 8):
                continue
            crc, taken = _checksum(file, entry, left, until)
            left -= taken
            if left <= 0 or time.monotonic() > until:
                break
            if crc != entry.crc:
                found.append(entry.name)
    except NoListError:
        pass  # the reader has said so
    return found


def _checksum(file: BinaryIO, entry: Entry, most: int, until: float) -> tuple[int | None, int]:
    """The checksum of what is in a part, None where it breaks off, and how many bytes came out, ``most`` or so of them."""
    place = located(file, entry) if entry.header < 1 << 48 else None
    if place is None:
        return None, 0
    file.seek(place)
    crc = taken = 0
    try:
        for piece in unpacked(file, deflate_decoder() if entry.method else stored_decoder(), entry.packed):
            crc = zlib.crc32(piece, crc)
            taken += len(piece)
            if taken > most or time.monotonic() > until:
                return None, taken
    except DamagedError:
        return None, taken
    return crc, taken
