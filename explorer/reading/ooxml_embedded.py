"""Whole documents inside OOXML documents: parts that are files, and files wrapped as OLE objects ([MS-OLEDS])."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

from explorer.reading.fields import unreadable
from explorer.reading.member_names import note, safe_name, unique
from explorer.reading.members import Member
from explorer.reading.ole import MAGIC, kind_of, open_container
from explorer.reading.packages import Package, PackageError
from explorer.reading.zip_kinds import zip_kind

_EMBEDDED = re.compile(r"(?:word|ppt|xl)/embeddings/([^/]{1,255})", re.I)
_WRAPPED = ("package", "contents")  # streams that are a file as it is: a zip document, a PDF
_NATIVE = "\x01ole10native"


def embedded_members(package: Package) -> Iterator[Member]:
    """The documents embedded in a package, one at a time in memory. Objects that are no files (formulas, drawings) are passed
    over; what cannot be unpacked is a member with its problem."""
    taken: dict[str, int] = {}
    for part in package.names():
        match = _EMBEDDED.fullmatch(part)
        if match is None:
            continue
        name = safe_name(match[1]) or "embedded"
        package.restart_clock()
        known = len(package.problems)
        try:
            data = package.read(part)
        except PackageError as error:
            yield Member(unique(name, taken), problem=unreadable(error.reason, error.fault))
            continue
        damaged = len(package.problems) > known
        if data.startswith(MAGIC):
            name, data = _unwrapped(name, data)
        if data:
            yield Member(unique(name, taken), data, damaged)
        for problem in package.problems[known:]:
            yield note(problem, package.fault)


def _unwrapped(name: str, data: bytes) -> tuple[str, bytes]:
    """The file that an OLE object holds, and its name; the object itself where it is a document of old Office."""
    container = open_container(data)
    if container is None:
        return name, b""
    stem = name.rpartition(".")[0] or name
    if kind := kind_of(container):
        return f"{stem}.{kind}", data
    for stream in _WRAPPED:
        found = container.stream(stream)
        if found.startswith(b"%PDF"):
            return f"{stem}.pdf", found
        if found.startswith(b"PK\x03\x04"):
            return f"{stem}.{zip_kind(io.BytesIO(found))[0] or 'zip'}", found
    return _native(container.stream(_NATIVE)) if container.has(_NATIVE) else (name, b"")


def _native(data: bytes) -> tuple[str, bytes]:
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
