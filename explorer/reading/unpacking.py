"""Streams of packed bytes, unpacked piece by piece: what comes out is counted, never believed."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from explorer.reading.members import MAX_RATIO, Budget

CHUNK = 1 << 16  # bytes read, and bytes unpacked at a time
ALWAYS = 1 << 20  # bytes that may come out whatever the ratio
_MAX_STREAMS = 100_000
_MAGIC_LENGTH = 6
_MEMORY = 128 << 20  # that an xz or lzma stream may ask for: its best level needs 65 MB


class DamagedError(Exception):
    """The packed bytes end too early or are not what they have to be."""


class Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Inflater:
    """zlib's decoder with the manners of those of bz2 and lzma: it keeps what it was given and could not use yet."""

    def __init__(self, window: int) -> None:
        self._decoder = zlib.decompressobj(window)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        return not self._full and not self._decoder.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        found = self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)
        self._full = len(found) == max_length  # there may be more in it
        return found


class _Stored:
    """Bytes that are not packed at all."""

    eof = False
    needs_input = True
    unused_data = b""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return data


def deflate_decoder() -> Decoder:
    return _Inflater(-15)


def stored_decoder() -> Decoder:
    return _Stored()


def xz_decoder() -> Decoder:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def lzma_decoder() -> Decoder:
    return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MEMORY)


MAGICS: tuple[tuple[bytes, Callable[[], Decoder]], ...] = (
    (b"\x1f\x8b", lambda: _Inflater(31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", xz_decoder),
)


def unpacked(file: BinaryIO, decoder: Decoder, size: int | None = None, first: bytes = b"") -> Iterator[bytes]:
    """What ``first`` and the next ``size`` packed bytes of ``file`` hold (all up to its end where None), piece by piece.

    A piece has at most 64 kB. Raises ``DamagedError`` where they are no such stream or end before it does, after all pieces that
    came out.
    """
    left = size
    while not decoder.eof:
        data = b""
        if decoder.needs_input:
            data, first = first, b""
            if not data:
                data = file.read(CHUNK if left is None else min(CHUNK, left))
                left = None if left is None else left - len(data)
            if not data:
                if isinstance(decoder, _Stored) and not left:
                    return
                raise DamagedError("it ends too early")
        try:
            piece = decoder.decompress(data, CHUNK)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
            raise DamagedError("its packed data is damaged") from error
        if piece:
            yield piece


def _streams(file: BinaryIO) -> Iterator[bytes]:
    """What all streams in ``file`` hold, one behind the other."""
    rest = file.read(CHUNK)
    for _ in range(_MAX_STREAMS):
        if len(rest) < _MAGIC_LENGTH:
            rest += file.read(CHUNK)
        made = next((made for mark, made in MAGICS if rest.startswith(mark)), None)
        if made is None:
            return  # padding, or what else was put behind the last stream
        decoder = made()
        yield from unpacked(file, decoder, first=rest)
        rest = decoder.unused_data
    raise DamagedError(f"it has more than {_MAX_STREAMS:,} packed pieces")


class PackedFile:
    """A gzip, bzip2 or xz file, read forward as what is in it; several streams in a row are one, as for their tools.

    What comes out is taken from ``budget``. Where that is used up or the ratio too high, the file ends and ``cut`` is True;
    ``damage`` says what else ended it before its time, else "".
    """

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._most = max(ALWAYS, MAX_RATIO * file.seek(0, 2))
        file.seek(0)
        self._budget = budget
        self._pieces = _streams(file)
        self._waiting = b""
        self._place = 0
        self.cut = False
        self.damage = ""

    def read(self, size: int) -> bytes:
        """The next ``size`` bytes, fewer only at the end."""
        found = io.BytesIO()
        while (wanted := size - found.tell()) > 0:
            if self._place >= len(self._waiting):
                self._waiting, self._place = self._next(), 0
                if not self._waiting:
                    break
            piece = self._waiting[self._place : self._place + wanted]
            self._place += len(piece)
            found.write(piece)
        return found.getvalue()

    def _next(self) -> bytes:
        if self.cut or self.damage:
            return b""
        try:
            piece = next(self._pieces, b"")
        except DamagedError as error:
            self.damage = str(error)
            return b""
        room = max(0, min(self._budget.inflated, self._most))
        if len(piece) > room:
            self.cut = True
            piece = piece[:room]
        self._budget.inflated -= len(piece)
        self._most -= len(piece)
        return piece
