"""Messages over a pipe: four bytes of length, then JSON."""

from __future__ import annotations

import json
import os
import struct
from typing import Any, BinaryIO

MAX_FRAME = 256 << 20  # bytes: 20 million characters, each of six bytes at worst, and some room
_LENGTH = struct.Struct(">I")


class FrameError(ValueError):
    """What came over the pipe is no whole frame."""


def encode_frame(value: Any) -> bytes:
    """``value`` as the bytes of one frame: UTF-8 in which the lone surrogates of file names survive.

    Raises ``FrameError`` above 256 MB.
    """
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if len(body) > MAX_FRAME:
        raise FrameError(f"a message of {len(body):,} bytes is too long")
    return _LENGTH.pack(len(body)) + body


def write_frame(stream: BinaryIO, value: Any) -> None:
    """Writes one frame and flushes it."""
    stream.write(encode_frame(value))
    stream.flush()


def read_frame(stream: BinaryIO) -> Any | None:
    """The value of the next frame, None at the end of the stream. Raises ``FrameError`` on anything but whole frames."""
    return read_weighed(stream)[0]


def read_weighed(stream: BinaryIO) -> tuple[Any | None, int]:
    """As ``read_frame``, with the length of the frame in bytes."""
    head = _read_exactly(stream, _LENGTH.size)
    if not head:
        return None, 0
    if len(head) < _LENGTH.size:
        raise FrameError("the stream ends inside a length")
    (length,) = _LENGTH.unpack(head)
    if length > MAX_FRAME:
        raise FrameError(f"a message of {length:,} bytes is announced")
    body = _read_exactly(stream, length)
    if len(body) < length:
        raise FrameError("the stream ends inside a message")
    try:
        return json.loads(body), length
    except (ValueError, RecursionError) as error:
        raise FrameError("a message is not JSON") from error


def _read_exactly(stream: BinaryIO, length: int) -> bytes:
    """``length`` bytes, or fewer at the end; a stream without a buffer gives them in pieces."""
    data = stream.read(length) or b""
    if len(data) == length or not data:
        return data
    pieces = [data]
    missing = length - len(data)
    while missing and (data := stream.read(missing)):
        pieces.append(data)
        missing -= len(data)
    return b"".join(pieces)


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under new numbers; 0 and 1 then lead elsewhere, so that nothing a library reads or prints mixes in."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")
