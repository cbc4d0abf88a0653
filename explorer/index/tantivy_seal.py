"""Checking the files of a tantivy index when it is opened: tantivy writes checksums and never looks at them by itself.

Each file of a segment ends in a footer of JSON with the CRC-32 of all before it, the footer's length and a magic number. A file
that was found intact is noted with its size and times, so that it is read once and not each time. The list of segments
(meta.json) has no checksum: it is JSON with the names of files, which are there or not, and with counts that the files have too.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NOTE = "checked.json"
_KINDS = ("term", "idx", "pos", "store", "fast", "fieldnorm")
_TAIL = struct.Struct("<II")  # the length of the footer, and the magic number
_MAGIC = 1337
_TEXTS = struct.Struct("<I8x")  # the last of the columns: the number of texts, then a version and a magic number
_BITS_FROM = 4  # of the list of texts that are not deleted: their number comes first
_PIECE = 1 << 20
_TRIES = 5  # the writer may remove files while they are read, when it has put others in their place

Stamp = list[int]


class BrokenSealError(Exception):
    """A file of the index is not what was written."""


@dataclass(frozen=True)
class _Segment:
    """A part of the index in use, as meta.json has it."""

    name: str
    texts: int
    deleted: int
    deletion: int | None  # the number in the name of the file that tells which are deleted

    def files(self) -> Iterator[str]:
        yield from (f"{self.name}.{kind}" for kind in _KINDS)
        if self.deletion is not None:
            yield f"{self.name}.{self.deletion}.del"


def check(folder: Path) -> None:
    """Raises BrokenSealError when a file of the index is missing or not what was written."""
    for _ in range(_TRIES):
        segments = _segments(folder)
        try:
            noted = _noted(folder)
            stamps = {name: _stamp(folder / name) for segment in segments for name in segment.files()}
            unread = [name for name, stamp in stamps.items() if noted.get(name) != stamp]
            for name in unread:
                _check_file(folder / name)
            for segment in segments:
                _check_counts(folder, segment)
        except FileNotFoundError:
            if _segments(folder) == segments:
                raise BrokenSealError(f"a file is missing in {folder}") from None
            continue
        if unread:
            _note(folder, stamps)
        return
    raise BrokenSealError(f"{folder} does not come to rest")


def _segments(folder: Path) -> list[_Segment]:
    try:
        listed = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
        return [_segment(**segment) for segment in listed]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BrokenSealError("meta.json") from error


def _segment(segment_id: str, max_doc: int, deletes: dict[str, int] | None) -> _Segment:
    deleted, deletion = (deletes["num_deleted_docs"], deletes["opstamp"]) if deletes else (0, None)
    return _Segment(segment_id.replace("-", ""), max_doc, deleted, deletion)


def _check_file(path: Path) -> None:
    with path.open("rb") as file:
        length = file.seek(0, os.SEEK_END)
        file.seek(max(0, length - _TAIL.size))
        tail = file.read()
        footer, magic = _TAIL.unpack(tail) if len(tail) == _TAIL.size else (0, 0)
        left = length - _TAIL.size - footer
        if magic != _MAGIC or left < 0:
            raise BrokenSealError(path.name)
        file.seek(left)
        try:
            wanted = json.loads(file.read(footer))["crc"]
        except (ValueError, LookupError, TypeError) as error:
            raise BrokenSealError(path.name) from error
        file.seek(0)
        found = 0
        while left and (piece := file.read(min(_PIECE, left))):
            found, left = zlib.crc32(piece, found), left - len(piece)
    if left or found != wanted:
        raise BrokenSealError(path.name)


def _check_counts(folder: Path, segment: _Segment) -> None:
    """Whether meta.json has as many texts, and as many deleted ones, as the files that have been found intact."""
    texts = _TEXTS.unpack(_body(folder / f"{segment.name}.fast")[-_TEXTS.size :])[0]
    deleted = 0
    if segment.deletion is not None:
        bits = _body(folder / f"{segment.name}.{segment.deletion}.del")[_BITS_FROM:]
        deleted = texts - int.from_bytes(bits, "little").bit_count()
    if (texts, deleted) != (segment.texts, segment.deleted):
        raise BrokenSealError("meta.json")


def _body(path: Path) -> bytes:
    data = path.read_bytes()
    footer, _ = _TAIL.unpack(data[-_TAIL.size :])
    return data[: len(data) - _TAIL.size - footer]


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _noted(folder: Path) -> dict[str, Stamp]:
    try:
        found = json.loads((folder / _NOTE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}  # then all is read
    return found if isinstance(found, dict) else {}


def _note(folder: Path, stamps: dict[str, Stamp]) -> None:
    fresh = folder / f"{_NOTE}.{os.getpid()}.new"
    with contextlib.suppress(OSError):  # where nothing can be written all is read each time
        fresh.write_text(json.dumps(stamps), encoding="ascii")
        fresh.replace(folder / _NOTE)
