"""Opening a file safely: no link followed, no pipe waited on, its size looked at first."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from explorer.reading.clean import clean_line

TEXT_BYTES = 64 << 20  # of longer files this much is read
PDF_BYTES = 256 << 20  # longer PDF files are refused: none of the libraries stands a sparse one of gigabytes


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file as far as they are read, and the numbers that tell whether it has changed."""

    data: bytes
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    changed: bool = False


def load(path: Path | bytes) -> Content:
    """The bytes of a regular file, read without following a link or waiting on a pipe; at most 64 MB, of a PDF 256 MB.

    Raises ``OSError``. A file that changes meanwhile is read a second time; ``changed`` says that it changed again.
    """
    content = _load_once(path)
    return _load_once(path) if content.changed else content


def _load_once(path: Path | bytes) -> Content:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(path, flags)
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        data = _read_bytes(handle, min(before.st_size, TEXT_BYTES) or 65_536)
        if before.st_size > TEXT_BYTES and is_pdf(data) and before.st_size <= PDF_BYTES:
            data += _read_bytes(handle, before.st_size - len(data))
        after = os.fstat(handle)
    finally:
        os.close(handle)
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    short = len(data) < min(before.st_size, TEXT_BYTES)
    return Content(data, before.st_size, before.st_mtime_ns, before.st_ctime_ns, before.st_ino, changed or short)


def _read_bytes(handle: int, wanted: int) -> bytes:
    pieces = []
    while wanted > 0 and (piece := os.read(handle, min(wanted, 1 << 24))):
        pieces.append(piece)
        wanted -= len(piece)
    return b"".join(pieces)


def fingerprint(content: Content) -> str:
    """What a file holds, as 32 hexadecimal digits: BLAKE2b-128 of its bytes, or of what was read of them and the size."""
    digest = blake2b(content.data, digest_size=16)
    if content.size > len(content.data):
        digest.update(b"%d bytes" % content.size)
    return digest.hexdigest()


def open_problem(error: OSError) -> str:
    """Why a file could not be opened, in one line."""
    if error.errno == errno.ELOOP:
        return "a link: links are not followed"
    return clean_line(f"cannot be opened: {(error.strerror or str(error)).lower()}")


def is_pdf(data: bytes) -> bool:
    """Whether the mark of a PDF file is where every reader looks for it."""
    return b"%PDF-" in data[:1024]
