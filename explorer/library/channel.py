"""Messages between the app and its own two child processes: our own code at both ends, so pickles will do."""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO

LENGTH = struct.Struct("<Q")


def pack(message: Any) -> bytes:
    """A message as bytes, its length before it."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(body)) + body


def send(stream: BinaryIO, message: Any) -> None:
    """Writes a message."""
    stream.write(pack(message))
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Reads the next message; raises EOFError when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    return unpack(stream.read(LENGTH.unpack(head)[0]))


def unpack(body: bytes) -> Any:
    """The message that was packed."""
    return pickle.loads(body)
