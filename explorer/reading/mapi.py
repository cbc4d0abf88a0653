"""The properties in the storages of an Outlook message file ([MS-OXMSG], [MS-OXPROPS])."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from explorer.reading.decode import decode
from explorer.reading.ole import Container
from explorer.reading.ole_properties import codec_of, file_time

PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_WIDE, _NARROW, _BINARY, _TIME = 0x001F, 0x001E, 0x0102, 0x0040
_CODE_PAGE, _INTERNET_CODE_PAGE, BODY, HTML = 0x3FFD, 0x3FDE, 0x1000, 0x1013
_MAX_FIXED = 5000


@dataclass(slots=True)
class Storage:
    """A storage with properties: a message, a recipient or an attachment at ``path``; ``codec`` of its 8-bit strings, "" where
    that is not known; ``fixed`` are the values that need no stream, 8 bytes each, by number."""

    container: Container
    path: str
    codec: str = ""
    fixed: dict[int, bytes] = field(default_factory=dict)

    def inside(self, name: str) -> str:
        """The path of something in this storage."""
        return f"{self.path}/{name}" if self.path else name

    def text(self, number: int) -> str:
        """A string, "" where there is none."""
        name = self.inside(f"{_STREAM}{number:04X}")
        if self.container.has(f"{name}{_WIDE:04X}"):
            return self.container.stream(f"{name}{_WIDE:04X}").decode("utf-16-le", "replace").rstrip("\0")
        raw = self.container.stream(f"{name}{_NARROW:04X}").rstrip(b"\0")
        if raw.isascii():
            return raw.decode("ascii")
        if number == BODY or not self.codec:
            return decode(raw, self.codec or None).text
        return raw.decode(self.codec, "replace")

    def first(self, *numbers: int) -> str:
        """The first of these strings that is not blank."""
        return next(filter(None, (self.text(number).strip() for number in numbers)), "")

    def binary(self, number: int) -> bytes:
        """A property of bytes."""
        return self.container.stream(self.inside(f"{_STREAM}{number:04X}{_BINARY:04X}"))

    def number(self, number: int) -> int:
        """A number of 32 bits; 0 where there is none."""
        return int(struct.unpack_from("<I", self.fixed.get(number, b"").ljust(4, b"\0"))[0])

    def time(self, number: int) -> str | None:
        """A time as ISO, in UTC."""
        value = self.fixed.get(number)
        return file_time(struct.unpack("<Q", value)[0]) if value else None

    def html(self) -> str:
        """The source of the message's web page, "" where there is none."""
        raw = self.binary(HTML)
        if not raw:
            return self.text(HTML)
        page = self.number(_INTERNET_CODE_PAGE)
        return decode(raw, codec_of(page) if page else self.codec or None).text


def open_storage(container: Container, path: str, parent: Storage | None = None, embedded: bool = False) -> Storage:
    """The storage at ``path`` ("" is the root); ``parent`` is the message that a recipient or attachment belongs to, ``embedded``
    says that the storage is a message inside another."""
    storage = Storage(container, path)
    data = container.stream(storage.inside(PROPERTIES))
    start = 8 if parent else 24 if embedded else 32
    for place in range(start, min(len(data) - 15, start + _MAX_FIXED * 16), 16):
        kind, number = struct.unpack_from("<HH", data, place)
        if kind in (2, 3, 11, _TIME):
            storage.fixed.setdefault(number, data[place + 8 : place + 16])
    if parent:
        storage.codec = parent.codec
    else:
        page = storage.number(_CODE_PAGE) or storage.number(_INTERNET_CODE_PAGE)
        storage.codec = codec_of(page) if page else _told_by_body(storage)
    return storage


def _told_by_body(storage: Storage) -> str:
    """The encoding that the bytes of an 8-bit body look like, for the short strings beside it."""
    raw = storage.container.stream(storage.inside(f"{_STREAM}{BODY:04X}{_NARROW:04X}"))
    decoded = decode(raw)
    return "" if raw.isascii() or decoded.binary else decoded.encoding
