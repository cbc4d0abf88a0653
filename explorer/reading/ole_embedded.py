"""Whole documents inside old Office documents and OLE objects: wrapped files, and documents of old Office ([MS-OLEDS])."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from explorer.reading.member_names import safe_name, unique
from explorer.reading.members import MAX_MEMBER, Member
from explorer.reading.ole import MAGIC, Container, kind_of, open_container
from explorer.reading.zip_kinds import zip_kind

_WRAPPED = ("package", "contents")  # streams that are a file as it is: a zip document, a PDF
_NATIVE = "\x01ole10native"
_MAX_OBJECTS = 2_000
_MAX_STREAMS = 200  # of one embedded document
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def embedded_documents(container: Container) -> Iterator[Member]:
    """The documents embedded in an old Office document, one at a time in memory. Objects that are no files (formulas, drawings)
    are passed over."""
    taken: dict[str, int] = {}
    folders = [entry for path, entry in container.entries.items() if path in container.folders]
    for entry in folders[:_MAX_OBJECTS]:
        name, data = unwrapped(container, entry.path, safe_name(entry.name) or "embedded")
        if data:
            yield Member(unique(name, taken), data[:MAX_MEMBER], len(data) > MAX_MEMBER)


def documents_of_objects(objects: Iterator[bytes]) -> Iterator[Member]:
    """The documents in these OLE objects, each the bytes of a compound file."""
    taken: dict[str, int] = {}
    for number, data in enumerate(objects, 1):
        if number > _MAX_OBJECTS:
            return
        container = open_container(data)
        if container is None:
            continue
        name, found = (f"embedded {number}.{kind}", data) if (kind := kind_of(container)) else ("", b"")
        if not found:
            name, found = unwrapped(container, "", f"embedded {number}")
        if found:
            yield Member(unique(name, taken), found[:MAX_MEMBER], len(found) > MAX_MEMBER)


def unwrapped(container: Container, folder: str, name: str) -> tuple[str, bytes]:
    """The file that the object in a storage holds, and its name with its ending; (``name``, b"") where it holds none."""
    prefix = f"{folder}/" if folder else ""
    if folder and (kind := kind_of(container, folder)):
        return f"{name}.{kind}", _alone(container, folder)
    for stream in _WRAPPED:
        found = container.stream(prefix + stream)
        if found.startswith(b"%PDF"):
            return f"{name}.pdf", found
        if found.startswith(b"PK\x03\x04"):
            return f"{name}.{zip_kind(io.BytesIO(found))[0] or 'zip'}", found
    return native_file(container.stream(prefix + _NATIVE)) if container.has(prefix + _NATIVE) else (name, b"")


def native_file(data: bytes) -> tuple[str, bytes]:
    """Name and bytes of a file wrapped by the packager: size, 2, label, path, two numbers, temporary path, size, bytes."""
    label_end = data.find(b"\0", 6)
    path_end = data.find(b"\0", label_end + 1)
    if label_end < 0 or path_end < 0 or path_end + 9 > len(data):
        return "", b""
    (temporary,) = struct.unpack_from("<I", data, path_end + 5)
    at = path_end + 9 + temporary
    if at + 4 > len(data):
        return "", b""
    (size,) = struct.unpack_from("<I", data, at)
    label = data[6:label_end].decode("cp1252", "replace").replace("\\", "/").rpartition("/")[2]
    return safe_name(label) or "embedded", data[at + 4 : at + 4 + size]


def _alone(container: Container, folder: str) -> bytes:
    """The streams of one storage as a compound file of their own, so that it can be read as a file. No stream is small in it."""
    entries = [entry for entry in container.folders[folder] if container.has(entry.path)][:_MAX_STREAMS]
    directory = [_directory_entry("Root Entry", 5, _FREE, 1, _END, 0)]
    sectors: list[bytes] = []
    table: list[int] = []
    for number, entry in enumerate(entries, 1):
        data = container.stream(entry.path)
        following = number + 1 if number < len(entries) else _FREE
        directory.append(_directory_entry(entry.name, 2, following, _FREE, len(table), len(data)))
        _put(data, sectors, table)
    start = len(table)
    _put(b"".join(directory), sectors, table)
    lists = len(table) // 127 + 1
    first = len(table)
    table += [_FAT] * lists
    numbers = [*range(first, first + lists)][:109]
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, lists, start, 0, 1, _END, 0, _END, 0) + struct.pack(f"<{len(numbers)}I", *numbers)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(lists * 512, b"\xff")
    return b"".join([header.ljust(512, b"\xff"), *sectors, fat])


def _put(data: bytes, sectors: list[bytes], table: list[int]) -> None:
    count = max(1, -(-len(data) // 512))
    sectors.append(data.ljust(count * 512, b"\0"))
    table += [*range(len(table) + 1, len(table) + count), _END]


def _directory_entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le", "replace")[:62]
    head = raw.ljust(64, b"\0") + struct.pack("<HBB3I36x", len(raw) + 2, kind, 1, _FREE, right, child)
    return head + struct.pack("<IQ", start, size)
