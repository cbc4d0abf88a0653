"""Old Office's container: the streams of a compound file ([MS-CFB]), read so that no lie in it loops or swells."""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass, field

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RAW_SHEETS = (  # Excel 2, 3 and 4 wrote their records without a container
    b"\x09\x00\x04\x00",
    b"\x09\x00\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
)
_WORKS = b"CHNKWKS"  # Works 5 to 9: its documents are read as Word's are
RAW_WORDS = (b"\xdb\xa5-\x00",)  # Word 2
MAX_READ = 256 << 20  # bytes of streams that are read out of one file, one stream read twice counted twice
MAX_ENTRIES = 200_000  # of the directory
_LAST_SECTOR = 0xFFFFFFFA  # whatever is above marks an end, a free sector or one of the tables' own
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_ENTRY = 128
_MINI_CUTOFF = 4096
_KINDS = (  # what is looked for in the root, in this order
    ("encryptedpackage", "encrypted"),
    ("\tdrmcontent", "encrypted"),
    ("worddocument", "doc"),
    ("powerpoint document", "ppt"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("__properties_version1.0", "msg"),
    ("perfectoffice_main", "wordperfect"),
)
_FIRST_BYTES = (
    (b"\xec\xa5", "worddocument"),
    (b"\xdc\xa5", "worddocument"),
    (b"\x09\x08", "workbook"),
    (b"\x0f\x00\xe8\x03", "powerpoint document"),
)
_OTHERS = (
    ("visiodocument", "a Visio drawing"),
    ("quill", "a Publisher document"),
    ("pp40", "a PowerPoint 4 presentation"),
    ("matost", "a Microsoft Works document"),
    ("mn0", "a Microsoft Works document"),
    ("spelling", "a Microsoft Works document"),
    ("catalog", "a folder's thumbnails"),
    ("\x05hwpsummaryinformation", "a Hangul document"),
    ("fileheader", "a Hangul document"),
    ("props9", "a Project plan"),
    ("props12", "a Project plan"),
    ("props14", "a Project plan"),
    ("wksssworkbook", "a Works spreadsheet"),
    ("_stringpool", "an installer"),
    ("\u4840\u3f3f\u4577\u446c\u3e6a\u44b2\u482f", "an installer"),
    ("native_content_main", "a Quattro Pro spreadsheet"),
    ("jetmultisz", "a database"),
)


@dataclass(slots=True)
class Entry:
    """A stream or storage: ``path`` of it, lower case, parts set apart by "/"; ``name`` as it is written; ``size`` in bytes."""

    path: str
    name: str
    kind: int
    start: int
    size: int


@dataclass(slots=True)
class Container:
    """An opened compound file. ``entries`` by path, ``folders`` what lies directly in a storage ("" is the
    root); ``damaged`` says that something in it was not as it has to be;
    ``left`` is how many bytes of streams may still be read."""

    data: bytes
    sector: int
    fat: array[int] = field(default_factory=lambda: array("I"))
    mini_fat: array[int] = field(default_factory=lambda: array("I"))
    mini_stream: bytes = b""
    mini_sector: int = 64
    cutoff: int = _MINI_CUTOFF
    entries: dict[str, Entry] = field(default_factory=dict)
    folders: dict[str, list[Entry]] = field(default_factory=dict)
    damaged: bool = False
    left: int = MAX_READ

    def has(self, path: str) -> bool:
        """Whether there is such a stream."""
        entry = self.entries.get(path.lower())
        return entry is not None and entry.kind == _STREAM

    def stream(self, path: str) -> bytes:
        """A stream's bytes, b"" where there is none; fewer than it says where the file does not hold them."""
        entry = self.entries.get(path.lower())
        if entry is None or entry.kind != _STREAM:
            return b""
        size = min(entry.size, self.left)
        if entry.size < self.cutoff and self.mini_stream:
            found = self._mini(entry.start, size)
        else:
            found = _chain(self, entry.start, size)
        self.left -= len(found)
        self.damaged |= len(found) < entry.size
        return found

    def add(self, folder: str, entry: Entry) -> None:
        """Puts an entry into a storage; of two with one path the first is kept."""
        if self.entries.setdefault(entry.path, entry) is entry:
            self.folders.setdefault(folder, []).append(entry)

    def _mini(self, start: int, size: int) -> bytes:
        pieces: list[bytes] = []
        sector, step = start, self.mini_sector
        for _ in range(min(-(-size // step), len(self.mini_stream) // step + 1)):
            if sector * step >= len(self.mini_stream):
                break
            pieces.append(self.mini_stream[sector * step : (sector + 1) * step])
            sector = self.mini_fat[sector] if sector < len(self.mini_fat) else sector + 1
            if sector >= _LAST_SECTOR:
                break
        return b"".join(pieces)[:size]


def open_container(data: bytes) -> Container | None:
    """The container in ``data``; None where it is none. Where its tables are lost, as in a file that was cut, sectors are
    taken to follow each other and the main stream to come first, as most programs write it."""
    if not data.startswith(MAGIC) or len(data) < 512:
        return None
    shift = struct.unpack_from("<H", data, 30)[0]
    container = Container(data, 1 << shift if shift in (9, 12) else 512)
    directory, cutoff = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 56)[0]
    container.cutoff = cutoff if 0 < cutoff <= 1 << 16 else _MINI_CUTOFF
    container.fat = _sectors_as_table(container, _fat_sectors(container))
    first_mini = struct.unpack_from("<I", data, 60)[0]
    root = _directory(container, _chain(container, directory, MAX_ENTRIES * _ENTRY))
    if root is not None and root.size > 0 and root.start < _LAST_SECTOR:
        container.mini_fat = _table(_chain(container, first_mini, len(data)))
        container.mini_stream = _chain(container, root.start, root.size)
        container.damaged |= len(container.mini_stream) < root.size
    if not any(entry.kind == _STREAM for entry in container.entries.values()):
        _without_directory(container)
    return container


def ole_kind(data: bytes) -> str:
    """Which format a compound file holds: "doc", "xls", "ppt", "msg", "encrypted" (a newer Office file with a password); "" where
    it is none of them or no compound file. Bare records of Excel 2 to 4 are "xls", those of Word 2 and Works documents "doc"."""
    if data.startswith(RAW_SHEETS):
        return "xls"
    if data.startswith(RAW_WORDS):
        return "doc"
    container = open_container(data)
    return kind_of(container) if container else ""


def kind_of(container: Container, folder: str = "") -> str:
    """The same, of a container that is open, or of what a storage in it holds."""
    prefix = f"{folder}/" if folder else ""
    if kind := next((kind for name, kind in _KINDS if container.has(prefix + name)), ""):
        return kind
    return "doc" if container.stream(prefix + "contents").startswith(_WORKS) else ""


def other_kind(data: bytes) -> str:
    """What a compound file that is not read is, in words with an article ("a Visio drawing"); "" where it is not known."""
    container = open_container(data)
    return next((words for name, words in _OTHERS if container and name in container.entries), "")


def is_broken(data: bytes) -> bool:
    """Whether the tables that say what is in a compound file are damaged or missing."""
    container = open_container(data)
    return container is None or container.damaged


def _fat_sectors(container: Container) -> list[int]:
    """The numbers of the sectors that the allocation table is in: 109 from the header, the others from a chain of lists."""
    data, size = container.data, container.sector
    most = len(data) // size + 1
    count, difat = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 68)[0]
    numbers = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while difat < _LAST_SECTOR and difat not in seen and len(numbers) < most + 109:
        seen.add(difat)
        sector = data[(difat + 1) * size : (difat + 2) * size]
        if len(sector) < size:
            container.damaged = True
            break
        *listed, difat = struct.unpack(f"<{size // 4}I", sector)
        numbers += listed
    numbers = [number for number in numbers if number < _LAST_SECTOR]
    return numbers[: min(count, most)] if 0 < count <= len(numbers) else numbers[:most]


def _sectors_as_table(container: Container, numbers: list[int]) -> array[int]:
    size = container.sector
    table = array("I")
    for place, number in enumerate(numbers):
        found = container.data[(number + 1) * size : (number + 2) * size]
        if len(found) < size:  # lost: its sectors are taken to follow each other
            container.damaged = True
            first = place * size // 4 + len(found) // 4
            table.extend(_table(found))
            table.extend(range(first + 1, (place + 1) * size // 4 + 1))
        else:
            table.extend(_table(found))
    return table


def _table(data: bytes) -> array[int]:
    table = array("I")
    table.frombytes(data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        table.byteswap()
    return table


def _chain(container: Container, start: int, size: int) -> bytes:
    """At most ``size`` bytes of the chain of sectors that begins at ``start``. A chain that comes back to itself is cut."""
    data, step, fat = container.data, container.sector, container.fat
    pieces: list[bytes] = []
    seen = bytearray(len(data) // step + 1)
    sector, wanted = start, min(size, len(data))
    while sector < len(seen) and wanted > 0 and not seen[sector]:
        seen[sector] = 1
        last = sector
        while wanted > (last + 1 - sector) * step and _next(fat, last) == last + 1 < len(seen) and not seen[last + 1]:
            last += 1
            seen[last] = 1
        pieces.append(data[(sector + 1) * step : (last + 2) * step])
        wanted -= (last + 1 - sector) * step
        sector = _next(fat, last)
    if wanted > 0 and sector < _LAST_SECTOR:
        container.damaged = True
    return b"".join(pieces)[:size]


def _next(fat: array[int], sector: int) -> int:
    return fat[sector] if sector < len(fat) else sector + 1


def _directory(container: Container, table: bytes) -> Entry | None:
    """Fills ``entries`` by walking the tree of names; what the tree does not reach is put into the root. The root's entry."""
    count = len(table) // _ENTRY
    if not count:
        return None
    wide = container.sector > 512
    root = _entry(table, 0, "", wide)
    seen = {0}
    waiting = [(struct.unpack_from("<I", table, 76)[0], "")]
    while waiting:
        number, folder = waiting.pop()
        if number >= count or number in seen:
            container.damaged |= number != _NONE
            continue
        seen.add(number)
        entry = _entry(table, number, folder, wide)
        left, right, child = struct.unpack_from("<3I", table, number * _ENTRY + 68)
        waiting += [(left, folder), (right, folder)]
        if entry.kind in (_STORAGE, _STREAM):
            container.add(folder, entry)
        if entry.kind == _STORAGE and len(entry.path) < 1000:
            waiting.append((child, entry.path))
    for number in range(1, count):
        if number not in seen and table[number * _ENTRY + 66] == _STREAM:
            container.add("", _entry(table, number, "", wide))
    return root


def _entry(table: bytes, number: int, folder: str, wide: bool) -> Entry:
    """An entry of the directory. The upper half of a size counts only where sectors are of 4096 bytes."""
    raw = table[number * _ENTRY : (number + 1) * _ENTRY]
    name = raw[:64].decode("utf-16-le", "replace").partition("\0")[0]
    start, low, high = struct.unpack_from("<3I", raw, 116)
    return Entry(f"{folder}/{name}".lstrip("/").lower(), name, raw[66], start, low | high << 32 if wide else low)


def _without_directory(container: Container) -> None:
    """Puts the main stream, which comes first in most files, into a container whose directory is lost."""
    container.damaged = True
    head = container.data[container.sector :][:4]
    name = next((name for start, name in _FIRST_BYTES if head.startswith(start)), "")
    if name:
        size = max(container.cutoff, len(container.data) - container.sector)
        container.add("", Entry(name, name, _STREAM, 0, size))
