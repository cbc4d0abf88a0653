"""Opening a file safely: no link followed, no pipe waited on, its size looked at first."""

from __future__ import annotations

import errno
import io
import os
import stat
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from explorer.reading.clean import clean_line

TEXT_BYTES = 64 << 20  # of longer files this much is read
HASHED_BYTES = 1 << 30  # of an archive: two seconds' work or so
PDF_BYTES = 256 << 20  # longer PDF files are refused: none of the libraries stands a sparse one of gigabytes
_PIECE = 1 << 24
# What need not be in memory to be read: archives, documents that are zip files, mailboxes.
_SEEKABLE = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"From ")
_TAR_MARK = slice(257, 262)


@dataclass(slots=True)
class Content:
    """The bytes of a file as far as they are read, and the numbers that tell whether it has changed.

    ``data`` is its beginning or all of it; ``handle`` is the open file where the rest can be read from there piece by piece.
    ``broken`` says why its end is missing where that is damage and no bound of ours.
    """

    data: bytes
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    changed: bool = False
    handle: BinaryIO | None = field(default=None, repr=False)
    broken: str = ""

    @property
    def file(self) -> BinaryIO:
        """The content as a file to seek in, at its beginning."""
        if self.handle is None:
            return io.BytesIO(self.data)
        self.handle.seek(0)
        return self.handle

    @property
    def cut(self) -> bool:
        """Whether there is more of it than can be read."""
        return self.handle is None and self.size > len(self.data)

    def has_changed(self) -> bool:
        """Whether the file was found changing, or has changed since under a reader that goes through it."""
        if self.handle is None or self.changed:
            return self.changed
        now = os.fstat(self.handle.fileno())
        return (now.st_size, now.st_mtime_ns) != (self.size, self.mtime_ns)

    def close(self) -> None:
        """Lets go of the file."""
        if self.handle is not None:
            self.handle.close()


def load(path: Path | bytes) -> Content:
    """The bytes of a regular file, read without following a link or waiting on a pipe; at most 64 MB, of a PDF 256 MB.

    Archives and mailboxes above 64 MB stay open, so that all of them can be read. Raises ``OSError``. A file that changes
    meanwhile is read a second time; ``changed`` says that it changed again.
    """
    content = _load_once(path)
    if not content.changed:
        return content
    content.close()
    return _load_once(path)


def _load_once(path: Path | bytes) -> Content:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags)
    handle = None
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        data = _read_bytes(descriptor, min(before.st_size, TEXT_BYTES) or 65_536)
        if before.st_size > TEXT_BYTES and is_pdf(data) and before.st_size <= PDF_BYTES:
            data += _read_bytes(descriptor, before.st_size - len(data))
        after = os.fstat(descriptor)
        if before.st_size > len(data) and (data.startswith(_SEEKABLE) or data[_TAR_MARK] == b"ustar"):
            handle = os.fdopen(os.dup(descriptor), "rb")
    finally:
        os.close(descriptor)
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    short = len(data) < min(before.st_size, TEXT_BYTES)
    return Content(data, before.st_size, before.st_mtime_ns, before.st_ctime_ns, before.st_ino, changed or short, handle)


def _read_bytes(descriptor: int, wanted: int) -> bytes:
    pieces = []
    while wanted > 0 and (piece := os.read(descriptor, min(wanted, _PIECE))):
        pieces.append(piece)
        wanted -= len(piece)
    return b"".join(pieces)


def fingerprint(content: Content) -> str:
    """What a file holds, as 32 hexadecimal digits: BLAKE2b-128 of its bytes, or of what can be read of them and the size; of an
    archive too long to be gone through for this, of its beginning, its size and when it was changed."""
    digest = blake2b(content.data, digest_size=16)
    if content.handle is not None and content.size > HASHED_BYTES:
        digest.update(b"%d bytes of %d" % (content.size, content.mtime_ns))
    elif content.handle is not None:
        content.handle.seek(len(content.data))
        while piece := content.handle.read(_PIECE):
            digest.update(piece)
    elif content.cut:
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
