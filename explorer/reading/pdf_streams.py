"""Whether a PDF without text is damaged rather than empty: PDFium passes over a stream that it cannot unpack without a word."""

from __future__ import annotations

import re
import zlib

# A stream's dictionary, which may hold others, and where its content begins.
_STREAM = re.compile(rb"obj\s{0,9}(<<(?:(?!obj)[^\0]){0,2000}?>>)\s{0,9}stream\r?\n")
_PACKED = re.compile(rb"/Filter\s{0,9}\[?\s{0,9}/(?:FlateDecode|Fl)\b")
_NO_TEXT = re.compile(rb"/Image\b|/Length1\b|/FontFile|/N\s{1,9}[134]\b|/Metadata\b|/EmbeddedFile\b")
_MAX_STREAMS = 2_000
_MAX_SEARCHED = 16 << 20  # bytes of the file
_MAX_UNPACKED = 1 << 20  # bytes of a stream: damage in its beginning is what hides a page


def has_damaged_streams(data: bytes) -> bool:
    """Whether one of the packed streams that pages are made of breaks off with an error (RFC 1950); not so in encrypted files."""
    if b"/Encrypt" in data:
        return False
    for count, match in enumerate(_STREAM.finditer(data, 0, _MAX_SEARCHED)):
        if count >= _MAX_STREAMS:
            break
        if _PACKED.search(match[1]) and not _NO_TEXT.search(match[1]) and _breaks(data, match.end()):
            return True
    return False


def _breaks(data: bytes, start: int) -> bool:
    if data[start : start + 11].lstrip().startswith(b"endstream"):
        return False  # empty
    try:
        zlib.decompressobj().decompress(data[start : start + _MAX_UNPACKED], _MAX_UNPACKED)
    except zlib.error:
        return True
    return False
