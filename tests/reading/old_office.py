"""Old Office files that the tests make: a compound file out of streams, and records out of numbers."""

from __future__ import annotations

import struct

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: dict[str, bytes], small: bool = True) -> bytes:
    """A compound file ([MS-CFB]) with these streams, "a/b" inside a storage "a"; streams below 4096 bytes lie in the small one,
    unless ``small`` is False: then they are filled up with NUL."""
    if not small:
        streams = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    names: list[str] = []
    for name in streams:
        parts = name.split("/")
        names += [path for path in ("/".join(parts[: i + 1]) for i in range(len(parts))) if path not in names]
    mini = b""
    mini_table: list[int] = []
    sectors: list[bytes] = []
    table: list[int] = []

    def put(data: bytes) -> int:
        first = len(sectors)
        count = max(1, -(-len(data) // 512))
        sectors.extend(data[i * 512 : (i + 1) * 512].ljust(512, b"\0") for i in range(count))
        table.extend([*range(first + 1, first + count), _END])
        return first

    starts: dict[str, int] = {}
    for name, data in streams.items():
        if len(data) >= 4096:
            starts[name] = put(data)
        else:
            starts[name] = len(mini) // 64
            count = max(1, -(-len(data) // 64))
            mini_table += [*range(starts[name] + 1, starts[name] + count), _END]
            mini += data.ljust(count * 64, b"\0")
    mini_start = put(mini) if mini else _END
    mini_fat = put(struct.pack(f"<{len(mini_table)}I", *mini_table).ljust(512, b"\xff")) if mini else _END
    entries = [_entry("Root Entry", 5, _first(names, ""), _FREE, mini_start, len(mini))]
    for name in names:
        data = streams.get(name)
        kind, start, size = (2, starts[name], len(data)) if data is not None else (1, 0, 0)
        entries.append(_entry(name.rpartition("/")[2], kind, _first(names, name), _next(names, name), start, size))
    directory = put(b"".join(entries))
    fat_sectors = 1
    while (len(sectors) + fat_sectors) * 4 > fat_sectors * 512:
        fat_sectors += 1
    first_fat = len(sectors)
    table += [_FAT] * fat_sectors
    fat = struct.pack(f"<{len(table)}I", *table).ljust(fat_sectors * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, fat_sectors, directory, 0, 4096, mini_fat, 1 if mini else 0, _END, 0, first_fat)
    header += b"".join(struct.pack("<I", first_fat + i) for i in range(1, fat_sectors))
    return header.ljust(512, b"\xff") + b"".join(sectors) + fat


def _children(names: list[str], parent: str) -> list[str]:
    return [name for name in names if name.rpartition("/")[0] == parent]


def _first(names: list[str], parent: str) -> int:
    children = _children(names, parent)
    return names.index(children[0]) + 1 if children else _FREE


def _next(names: list[str], name: str) -> int:
    siblings = _children(names, name.rpartition("/")[0])
    place = siblings.index(name) + 1
    return names.index(siblings[place]) + 1 if place < len(siblings) else _FREE


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + struct.pack("<III", _FREE, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def summary_stream(title: str = "", author: str = "", created: int = 0, page: int = 1252) -> bytes:
    """A property set ([MS-OLEPS]) with title and author in a code page, and the time of creation as a Windows file time."""
    values = [(1, struct.pack("<IHH", 2, page, 0))]
    codec = "utf-8" if page == 65001 else f"cp{page}"
    for number, text in ((2, title), (4, author)):
        raw = text.encode(codec) + b"\0"
        values.append((number, struct.pack("<II", 30, len(raw)) + raw.ljust(-(-len(raw) // 4) * 4, b"\0")))
    if created:
        values.append((12, struct.pack("<IQ", 64, created)))
    place = 8 + 8 * len(values)
    pairs, body = b"", b""
    for number, value in values:
        pairs += struct.pack("<II", number, place + len(body))
        body += value
    section = struct.pack("<II", 8 + len(pairs) + len(body), len(values)) + pairs + body
    return struct.pack("<HHI", 0xFFFE, 0, 2) + bytes(16) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48) + section


MARCH_2001 = (983_786_400 + 11_644_473_600) * 10_000_000  # 5 March 2001, 10:00 UTC, as a Windows file time
