"""Archives: their files one after the other, unpacked in memory, counted while they come out."""

from __future__ import annotations

import bz2
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from explorer.reading.collecting import Got, Tally, as_members, collected, counted, most_of
from explorer.reading.fields import unreadable
from explorer.reading.member_names import note, safe_name, safe_path, unique
from explorer.reading.members import Budget, Member
from explorer.reading.tar_entries import BLOCK, TarDamagedError, TarEntry, is_tar_header, next_entry, padding
from explorer.reading.unpacking import (
    CHUNK,
    MAGICS,
    DamagedError,
    Decoder,
    PackedFile,
    deflate_decoder,
    lzma_decoder,
    stored_decoder,
    unpacked,
    xz_decoder,
)
from explorer.reading.zip_entries import Entry, NoListError, listed, located, salvaged

_PACKED_ENDING = re.compile(r"\.(?:gz|bz2|xz)$", re.I)
_TAR_ENDING = re.compile(r"\.(?:tgz|tbz2?|txz)$", re.I)
_LZMA = 14
_METHODS: dict[int, Callable[[], Decoder]] = {
    0: stored_decoder,
    8: deflate_decoder,
    12: bz2.BZ2Decompressor,
    _LZMA: lzma_decoder,
    95: xz_decoder,
}
_METHOD_NAMES = {1: "Shrink", 6: "Implode", 9: "Deflate64", 93: "Zstandard", 97: "WavPack", 98: "PPMd"}


def zip_members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a zip archive in the order of its list, one at a time in memory; nothing is raised, nothing written.

    Where its list is missing or damaged, the headers between the files are gone by, and a note says so.
    """
    tally = Tally(budget)
    seen: set[int] = set()
    try:
        total, entries = listed(file)
        yield from _zip_files(file, entries, total, tally, seen)
    except NoListError:
        before = tally.files
        yield from _zip_files(file, salvaged(file), 0, tally, seen)
        if not tally.looked_at:
            yield note("damaged: no zip archive, or nothing is left of it", "damaged")
            return
        found = counted(tally.files - before, "file", "files")
        yield note(f"damaged: its list of files cannot be read; {found} found without it", "damaged")
    yield from tally.notes()


def _zip_files(file: BinaryIO, entries: Iterable[Entry], total: int, tally: Tally, seen: set[int]) -> Iterator[Member]:
    for entry in entries:
        if full := tally.full(total):
            yield full
            return
        tally.looked_at += 1
        if entry.header in seen:
            continue
        seen.add(entry.header)
        kind = stat.S_IFMT(entry.mode)
        if entry.name.endswith(("/", "\\")) or kind == stat.S_IFDIR:
            continue
        path = safe_path(entry.name) or "unnamed"
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
    pieces = _lzma_pieces(file, entry, packed) if entry.method == _LZMA else unpacked(file, decoder(), packed)
    got = collected(pieces, name, packed, budget)
    if packed < entry.packed and not got.cut:
        got.damage = got.damage or "it ends too early"
    yield from as_members(name, got)
    checked = not (got.cut or got.damage) and not (entry.flags & 8 and entry.data >= 0)  # its sum comes behind it
    if checked and zlib.crc32(got.data) != entry.crc:
        yield note(f"{name}: damaged: its checksum is wrong, so some of it may be too", "damaged")


def _lzma_pieces(file: BinaryIO, entry: Entry, packed: int) -> Iterator[bytes]:
    """A zip's LZMA stream, given the header that a .lzma file has and a zip has not."""
    head = file.read(9)
    if len(head) < 9 or struct.unpack_from("<H", head, 2)[0] != 5:
        raise DamagedError("its packed data is damaged")
    known = b"\xff" * 8 if entry.flags & 2 else struct.pack("<Q", min(entry.size, (1 << 63) - 1))
    yield from unpacked(file, lzma_decoder(), max(0, packed - 9), first=head[4:] + known)


def is_packed_tar(file: BinaryIO) -> bool:
    """Whether a gzip, bzip2 or xz file holds a tar file. ``file`` is at its beginning again afterwards."""
    block = PackedFile(file, Budget()).read(BLOCK) if _is_packed(file) else b""
    file.seek(0)
    return is_tar_header(block)


def _is_packed(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(6)
    file.seek(0)
    return any(head.startswith(magic) for magic, _ in MAGICS)


def tar_members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a tar archive, packed by gzip, bzip2 or xz or not at all, read forward, one at a time in memory.

    Links, devices and pipes are counted in a note. What comes out of a packed one counts against ``budget``, read or not.
    """
    tally = Tally(budget)
    packed = PackedFile(file, budget) if _is_packed(file) else None
    damaged = False
    while True:
        try:
            entry, passed = next_entry(packed or file)
        except TarDamagedError:
            damaged = True
            continue
        damaged = damaged or passed > 0
        if entry is None:
            break
        if packed and packed.cut:
            break
        if full := tally.full():
            yield full
            break
        tally.looked_at += 1
        yield from _tar_member(packed or file, entry, tally)
    yield from _tar_notes(packed, damaged, tally)


def _tar_notes(packed: PackedFile | None, damaged: bool, tally: Tally) -> Iterator[Member]:
    if packed and packed.damage:
        yield tally.broken(packed.damage)
    elif packed and packed.cut:
        yield note(f"too large when unpacked: only {tally.first()} read", "too large")
    elif damaged and not tally.looked_at:
        yield note("damaged: no tar archive, or nothing is left of it", "damaged")
        return
    elif damaged:
        yield tally.broken("some of its headers cannot be read")
    yield from tally.notes()


def _tar_member(file: BinaryIO | PackedFile, entry: TarEntry, tally: Tally) -> Iterator[Member]:
    """Reads or passes over one file, so that the next header comes next."""
    left = entry.size
    path = safe_path(entry.name) or "unnamed"
    if entry.kind != "folder" and tally.wants(path, entry.kind == "special"):
        name = unique(path, tally.taken)
        data = file.read(min(left, CHUNK))
        wanted = min(left, most_of(data, name))
        if len(data) == CHUNK:
            data += file.read(wanted - CHUNK)
        left -= len(data)
        stopped = isinstance(file, PackedFile) and file.cut
        yield from as_members(name, Got(data, left > 0, "it ends too early" if len(data) < wanted and not stopped else ""))
    _pass_over(file, left + padding(entry.size))


def _pass_over(file: BinaryIO | PackedFile, size: int) -> None:
    if isinstance(file, PackedFile):
        while size > 0 and (passed := len(file.read(min(size, CHUNK)))):
            size -= passed
    else:
        here = file.tell()
        file.seek(min(here + size, file.seek(0, 2)))


def packed_member(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    """What is in a gzip, bzip2 or xz file called ``name``: one member, or the files of a tar archive.

    The member has the name that gzip keeps, else that of the file without its ending.
    """
    if is_packed_tar(file):
        yield from tar_members(file, budget)
        return
    if budget.entries <= 0 or budget.inflated <= 0:
        yield note("too large when unpacked: not read", "too large")
        return
    inner = _gzip_name(file) or safe_name(name.rpartition("/")[2])
    inner = _TAR_ENDING.sub(".tar", _PACKED_ENDING.sub("", inner)) or "unnamed"
    budget.entries -= 1
    stream = PackedFile(file, budget)
    head = stream.read(CHUNK)
    data = head + stream.read(most_of(head, inner) - len(head)) if len(head) == CHUNK else head
    yield from as_members(inner, Got(data, stream.cut or bool(stream.read(1)), stream.damage))


def _gzip_name(file: BinaryIO) -> str:
    """The name that a gzip file says it had; "" where it says none."""
    file.seek(0)
    head = file.read(CHUNK)
    file.seek(0)
    if not head.startswith(b"\x1f\x8b") or len(head) < 12 or not head[3] & 8:
        return ""
    start = 12 + int.from_bytes(head[10:12], "little") if head[3] & 4 else 10
    raw = head[start:].partition(b"\0")[0][:1_000]
    try:
        return safe_path(raw.decode("utf-8")).rpartition("/")[2]
    except UnicodeDecodeError:
        return safe_path(raw.decode("latin-1")).rpartition("/")[2]
