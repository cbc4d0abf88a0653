"""What a tar file says is in it, read forward: v7, POSIX.1-1988 (ustar), POSIX.1-2001 (pax) and GNU tar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

BLOCK = 512
_MAX_HEADER = 1 << 20  # of a long name or a pax header
_MAX_SKIPPED = 64 << 20  # of bytes that are no header, in search of the next one
_MAX_ZEROS = 128  # blocks: two are the mark of the end, but a hole in a damaged disk is no end
_MAX_SIZE = 1 << 60
_PAX = re.compile(rb"\d{1,9} ([A-Za-z.]{1,40})=(.*)", re.S)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class TarEntry:
    """A file of a tar file, whose ``size`` bytes and their padding come next. ``kind`` is "file", "folder" or "special" (links,
    devices, pipes and what only GNU tar knows)."""

    name: str
    size: int
    kind: str


class TarDamagedError(Exception):
    """What comes next is no header; ``skipped`` bytes on there may be one again."""


def is_tar_header(block: bytes) -> bool:
    """Whether these 512 bytes are the header of a tar file: its checksum tells."""
    claimed = _number(block[148:156])
    return len(block) == BLOCK and block[0] != 0 and claimed > 0 and claimed in _sums(block)


def _sums(block: bytes) -> tuple[int, int]:
    """The checksum over unsigned bytes, and over signed ones as some old programs made it."""
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    return unsigned, unsigned - 256 * sum(byte > 127 for byte in rest)


def _number(field: bytes) -> int:
    """An octal number, or GNU's and star's base-256 one; -1 where it is neither."""
    if field[:1] in (b"\x80", b"\xff"):
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    digits = field.split(b"\0")[0].strip()
    if not digits:
        return 0
    return int(digits, 8) if len(digits) <= 12 and re.fullmatch(rb"[0-7]+", digits) else -1


def next_entry(file: Readable) -> tuple[TarEntry | None, int]:
    """The next file, and how many bytes were passed over in search of it; None at the end.

    Afterwards ``file`` stands before the bytes of the file. Raises ``TarDamagedError`` where a header stops being one.
    """
    name, size, passed = "", -1, 0
    for block in _headers(file):
        if block is None:
            passed += BLOCK
            continue
        kind, length = block[156:157], _number(block[124:136])
        if not 0 <= length <= _MAX_SIZE:
            raise TarDamagedError
        if kind in b"LKxgXN" and kind:
            held = file.read(min(_padded(length), _MAX_HEADER))
            if length > _MAX_HEADER:
                raise TarDamagedError
            if kind == b"L":
                name = _text(held[:length].split(b"\0")[0])
            elif kind in (b"x", b"X"):
                name, size = _pax(held[:length], name, size)
            continue
        return _entry(block, kind, name, length if size < 0 else size), passed
    return None, passed


def _headers(file: Readable) -> Iterator[bytes | None]:
    """Block after block up to the end; None for one that is no header. Blocks of zeros are passed over."""
    skipped = zeros = 0
    while len(block := file.read(BLOCK)) == BLOCK and skipped <= _MAX_SKIPPED and zeros < _MAX_ZEROS:
        if is_tar_header(block):
            zeros = 0
            yield block
        elif block.strip(b"\0"):
            skipped += BLOCK
            yield None
        else:
            zeros += 1


def _entry(block: bytes, kind: bytes, name: str, size: int) -> TarEntry:
    if not name:
        name = _text(block[:100].split(b"\0")[0])
        if block[257:263] == b"ustar\0" and (prefix := _text(block[345:500].split(b"\0")[0])):
            name = f"{prefix}/{name}"
    if kind in (b"0", b"\0", b"7"):
        return TarEntry(name, size, "folder" if name.endswith("/") else "file")
    if kind == b"5":
        return TarEntry(name, 0, "folder")
    return TarEntry(name, size if kind in b"SDMV" else 0, "special")  # links and devices have no bytes of their own


def _pax(held: bytes, name: str, size: int) -> tuple[str, int]:
    """Name and size after a pax header; what it does not give stays."""
    for match in filter(None, map(_PAX.match, held.split(b"\n"))):
        if match[1] == b"path":
            name = _text(match[2])
        elif match[1] == b"size" and match[2].isdigit() and len(match[2]) < 19:
            size = int(match[2])
    return name, size


def _text(raw: bytes) -> str:
    """A name in UTF-8, or in Latin-1 where it is not."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def padding(size: int) -> int:
    """Bytes behind a file of ``size`` bytes up to the next header."""
    return _padded(size) - size
