"""Archives: their files one after the other, unpacked in memory, counted while they come out."""

from __future__ import annotations

import bz2
import io
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from explorer.model import Fault
from explorer.reading.fields import unreadable
from explorer.reading.member_names import is_left_out, note, safe_name, safe_path, unique
from explorer.reading.members import MAX_MEMBER, MAX_RATIO, Budget, Member
from explorer.reading.tar_entries import BLOCK, TarDamaged, TarEntry, is_tar_header, next_entry, padding
from explorer.reading.unpacking import (
    MAGICS,
    Damaged,
    Decoder,
    PackedFile,
    deflate_decoder,
    lzma_decoder,
    stored_decoder,
    unpacked,
    xz_decoder,
)
from explorer.reading.zip_entries import Entry, NoList, listed, located, salvaged

_MAX_WHOLE = 256 << 20  # of a member that is worth nothing without its end
_ALWAYS = 1 << 20  # bytes that a member may have whatever the ratio
_MAX_LOOKED_AT = 100_000  # entries, folders and what is left out among them
_HEAD = 1 << 16
_PACKED_ENDING = re.compile(r"\.(?:gz|bz2|xz|tgz|tbz2?|txz)$", re.I)
_METHODS: dict[int, Callable[[], Decoder]] = {
    0: stored_decoder,
    8: deflate_decoder,
    12: bz2.BZ2Decompressor,
    14: lzma_decoder,
    95: xz_decoder,
}
_METHOD_NAMES = {1: "Shrink", 6: "Implode", 9: "Deflate64", 93: "Zstandard", 97: "WavPack", 98: "PPMd"}


@dataclass(slots=True)
class _Tally:
    """What is known of an archive while it is gone through: names taken, and what was passed over."""

    budget: Budget
    taken: dict[str, int] = field(default_factory=dict)
    looked_at: int = 0
    files: int = 0
    left_out: int = 0
    special: int = 0

    def wants(self, path: str, special: bool) -> bool:
        """Whether a file of that path is to be read; else it is counted for what it is."""
        if special:
            self.special += 1
        elif is_left_out(path):
            self.left_out += 1
        else:
            self.budget.entries -= 1
            self.files += 1
            return True
        return False

    def full(self, total: int) -> Member | None:
        """The note that no more is read, once a bound is reached; ``total`` 0 means that nobody knows how many there are."""
        of = f" of {total:,}" if total > self.files else ""
        if self.budget.entries <= 0 or self.looked_at > _MAX_LOOKED_AT:
            return note(f"only the first {self.files:,}{of} files in it read", "too large")
        if self.budget.inflated <= 0:
            return note(f"too large when unpacked: only the first {self.files:,}{of} files in it read", "too large")
        return None

    def notes(self) -> Iterator[Member]:
        """What is to be said at the end."""
        if self.special:
            yield note(f"{_counted(self.special, 'link or device', 'links or devices')} in it not followed", "")
        if self.left_out:
            yield note(f"{_counted(self.left_out, 'hidden or system file', 'hidden or system files')} in it left out", "")
        if not (self.files or self.special or self.left_out):
            yield note("an archive without files", "empty")


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def zip_members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a zip archive in the order of its list, one at a time in memory; nothing is raised, nothing written.

    Where its list is missing or damaged, the headers between the files are gone by, and a note says so.
    """
    tally = _Tally(budget)
    seen: set[int] = set()
    total = 0
    try:
        total, entries = listed(file)
        yield from _zip_files(file, entries, total, tally, seen)
    except NoList:
        before = tally.files
        yield from _zip_files(file, salvaged(file), 0, tally, seen)
        if not tally.looked_at:
            yield note("damaged: no zip archive, or nothing is left of it", "damaged")
            return
        found = tally.files - before
        yield note(f"damaged: its list of files cannot be read; {_counted(found, 'file', 'files')} found without it", "damaged")
    yield from tally.notes()


def _zip_files(file: BinaryIO, entries: Iterable[Entry], total: int, tally: _Tally, seen: set[int]) -> Iterator[Member]:
    for entry in entries:
        if entry.header in seen:
            continue
        if full := tally.full(total):
            yield full
            return
        seen.add(entry.header)
        tally.looked_at += 1
        if entry.name.endswith(("/", "\\")) or stat.S_ISDIR(entry.mode):
            continue
        path = safe_path(entry.name) or "unnamed"
        kind = stat.S_IFMT(entry.mode)
        if tally.wants(path, special=kind not in (0, stat.S_IFREG)):
            yield from _zip_member(file, entry, unique(path, tally.taken), tally.budget)


def _zip_member(file: BinaryIO, entry: Entry, name: str, budget: Budget) -> Iterator[Member]:
    if entry.encrypted:
        yield Member(name, problem=unreadable("password needed", "password"))
        return
    decoder = _METHODS.get(entry.method)
    if decoder is None:
        method = _METHOD_NAMES.get(entry.method, f"number {entry.method}")
        yield Member(name, problem=unreadable(f"packed by a method that is not read ({method})", "no reader"))
        return
    place = located(file, entry)
    if place is None:
        yield Member(name, problem=unreadable("damaged: it is not where the archive's list says"))
        return
    packed = max(0, min(entry.packed, file.seek(0, 2) - place))
    file.seek(place)
    pieces = _lzma_pieces(file, entry) if entry.method == 14 else unpacked(file, decoder(), packed)
    got = _collected(pieces, name, packed, budget)
    yield from _as_members(name, got)
    checked = not (got.cut or got.damage) and not (entry.flags & 8 and entry.data >= 0)  # its sum comes behind it
    if checked and zlib.crc32(got.data) != entry.crc:
        yield note(f"{name}: damaged: its checksum is wrong, so some of it may be too", "damaged")


def _lzma_pieces(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """A zip's LZMA stream, given the header that a .lzma file has and a zip has not."""
    head = file.read(9)
    if len(head) < 9 or struct.unpack_from("<H", head, 2)[0] != 5:
        raise Damaged("its packed data is damaged")
    known = b"\xff" * 8 if entry.flags & 2 else struct.pack("<Q", min(entry.size, (1 << 63) - 1))
    yield from unpacked(file, lzma_decoder(), max(0, entry.packed - 9), first=head[4:] + known)


@dataclass(slots=True)
class _Got:
    """What came out of a member: not all of it where ``cut``; ``damage`` says what ended it early."""

    data: bytes
    cut: bool = False
    damage: str = ""


def _collected(pieces: Iterable[bytes], name: str, packed: int, budget: Budget) -> _Got:
    """The pieces put together as far as bounds and ``budget`` allow; of what has no text only the beginning."""
    found = io.BytesIO()
    cut, damage, limit = False, "", 0
    try:
        for piece in pieces:
            if not found.tell():
                limit = min(_most(piece, name), budget.inflated, max(_ALWAYS, MAX_RATIO * packed))
            found.write(piece[: limit - found.tell()])
            if cut := found.tell() >= limit and (len(piece) > limit or _goes_on(pieces)):
                break
    except Damaged as error:
        damage = str(error)
    budget.inflated -= found.tell()
    return _Got(found.getvalue(), cut, damage)
