"""Seals on the files of a whoosh index, so that damage is seen when a file is opened and not by a wrong answer.

Each segment has a file of checksums beside it, written before the segment is listed; the table of contents ends in its own.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC, clean_files
from whoosh.writing import SegmentWriter

NAME = "MAIN"
_CHECK_BYTES = 4
_PIECE = 1 << 20


class BrokenSealError(Exception):
    """A file of the index is not what was written."""


class SealingWriter(SegmentWriter):  # type: ignore[misc]
    """whoosh's writer, which seals what it commits."""

    def _commit_toc(self, segments: list[Any]) -> None:
        folder = Path(self.storage.folder)
        for segment in segments:
            _seal(folder, segment.segment_id())
        write_toc(folder, TOC(self.schema, segments, self.generation))
        clean_files(self.storage, self.indexname, self.generation, segments)


def write_toc(folder: Path, toc: TOC) -> None:
    """Writes a table of contents with its checksum behind it, in one step."""
    memory = RamStorage()
    toc.write(memory, NAME)
    name = TOC._filename(NAME, toc.generation)
    data = bytes(memory.files[name])
    fresh = folder / f"_{NAME}.new"
    fresh.write_bytes(data + zlib.crc32(data).to_bytes(_CHECK_BYTES, "little"))
    fresh.replace(folder / name)


def check_toc(folder: Path, generation: int) -> None:
    """Raises BrokenSealError when a table of contents is not what was written."""
    name = TOC._filename(NAME, generation)
    data = (folder / name).read_bytes()
    if zlib.crc32(data[:-_CHECK_BYTES]).to_bytes(_CHECK_BYTES, "little") != data[-_CHECK_BYTES:]:
        raise BrokenSealError(name)


def check_segment(folder: Path, name: str) -> None:
    """Raises BrokenSealError when a file of a segment is missing or not what was written."""
    try:
        sums = json.loads((folder / f"{name}.sums").read_text(encoding="ascii"))
        intact = sums == _sums(folder, name)
    except ValueError:
        intact = False
    if not intact:
        raise BrokenSealError(name)


def _seal(folder: Path, name: str) -> None:
    sealed = folder / f"{name}.sums"
    if not sealed.exists():
        sealed.write_text(json.dumps(_sums(folder, name)), encoding="ascii")


def _sums(folder: Path, name: str) -> dict[str, int]:
    return {path.name: _checksum(path) for path in sorted(folder.glob(f"{name}.*")) if path.suffix != ".sums"}


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
