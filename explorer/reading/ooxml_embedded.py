"""Whole documents inside OOXML documents: parts that are files, and files wrapped as OLE objects ([MS-OLEDS])."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.reading.fields import unreadable
from explorer.reading.member_names import note, safe_name, unique
from explorer.reading.members import Member
from explorer.reading.ole import MAGIC, kind_of, open_container
from explorer.reading.ole_embedded import unwrapped
from explorer.reading.packages import Package, PackageError

_EMBEDDED = re.compile(r"(?:word|ppt|xl)/embeddings/([^/]{1,255})", re.I)


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
    return unwrapped(container, "", stem)
