"""Bytes to text: which encoding a file is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass
from typing import NamedTuple

SAMPLE = 65_536
_STEP = 1 << 20
BINARY_SHARE = 0.03  # of control bytes in the sample; random or packed bytes have 0.1, text has none
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Controls that no text file has a use for: all of C0 but bell, backspace, tab, line ends, form feed and escape.
_CONTROLS = bytes(code for code in range(32) if code not in (7, 8, 9, 10, 11, 12, 13, 27))
# Python's own, which no document is in and which would undo escapes in it.
_OF_PROGRAMS = frozenset({"unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined"})
_HOLE = re.compile(rb"\0{8,}")
_FEW = 8  # bytes that are no text yet, but a mark with zeros behind it
_MOST_ZEROS = 1 / 3  # of a text with zero bytes in it, holes not counted: UTF-16 has more
_ESCAPED = re.compile(rb"\x1b[$(]|~\{[^~\n]{2,}~\}")  # ISO-2022 and HZ: ASCII bytes that stand for other letters
_STRANGE = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text and how it was told. ``guessed`` is True where statistics or a last resort chose the encoding;
    ``damaged`` counts what could not be decoded (U+FFFD in its place). ``binary`` bytes have no text."""

    text: str
    encoding: str
    guessed: bool = False
    damaged: int = 0
    binary: bool = False


def decode(data: bytes, declared: str | None = None, cut: bool = False, most: int = sys.maxsize) -> Decoded:
    """The text of ``data``: by byte order mark, UTF-16's NUL columns, ``declared`` name, UTF-8, statistics, cp1252.

    A declared name and UTF-8 count only if every byte fits. ``cut`` says that the end of the data is missing, so that
    half a character there is no damage. Of the text ``most`` code points are given, and what is behind them is not looked
    at. Never raises; line ends and controls are left as they are.
    """
    bytes_ = _Bytes(data, cut, most)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _replacing(bytes_._replace(start=len(mark)), name)
    sample = data[:SAMPLE]
    wide = _utf16_by_columns(sample)
    if wide:
        return _replacing(bytes_, wide, guessed=True)
    escaped = _ESCAPED.search(sample) is not None
    if declared and not escaped and (text := _strict(bytes_, declared)) is not None and not _is_noise(text[:SAMPLE]):
        return Decoded(text, _canonical(declared))
    if not escaped and b"\0" not in sample and not _is_binary(sample):
        text = _strict(bytes_, "utf-8")
        if text is not None:
            return Decoded(text, "utf-8")
    return _by_statistics(bytes_, sample)


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding this module knows."""
    return decode(data[:SAMPLE], cut=True).binary


class _Bytes(NamedTuple):
    """What is to be decoded: bytes from ``start`` on, whether their end is missing, and how many code points are wanted."""

    data: bytes
    cut: bool
    most: int
    start: int = 0

    def decoded(self, name: str, errors: str) -> str:
        """The text, made piece by piece, so that no more than what is wanted is ever in memory. Raises what the codec raises."""
        decoder = codecs.getincrementaldecoder(name)(errors)
        if len(self.data) <= _STEP:
            return decoder.decode(self.data[self.start :], final=not self.cut)[: self.most]
        pieces: list[str] = []
        missing = self.most
        for start in range(self.start, len(self.data), _STEP):
            end = start + _STEP
            pieces.append(decoder.decode(self.data[start:end], final=end >= len(self.data) and not self.cut)[:missing])
            missing -= len(pieces[-1])
            if not missing:
                break
        return "".join(pieces)


def _strict(bytes_: _Bytes, name: str) -> str | None:
    try:
        if _canonical(name).replace("_", "-") in _OF_PROGRAMS:
            return None
        text = bytes_.decoded(name, "strict")
    except Exception:  # unknown, damaged, or no encoding of text at all: codecs such as "zip" raise errors of their own
        return None
    return text if isinstance(text, str) else None


def _replacing(bytes_: _Bytes, name: str, guessed: bool = False) -> Decoded:
    text = bytes_.decoded(name, "replace")
    return Decoded(text, name, guessed, text.count("\ufffd"))


def _canonical(name: str) -> str:
    return codecs.lookup(name).name


def _is_binary(sample: bytes) -> bool:
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) * BINARY_SHARE and not _has_zeros_only(sample)


def _has_zeros_only(sample: bytes) -> bool:
    """Whether the bytes are a text but for zero bytes: those between records, or the holes and padding that a crash leaves."""
    sample = sample.rstrip(b"\0")
    filled = _HOLE.sub(b"", sample)
    words = filled.replace(b"\0", b"")
    if len(words.strip()) < _FEW or len(words) < len(sample) / 8 or len(words) < len(filled) * (1 - _MOST_ZEROS):
        return False
    if len(words.translate(None, _CONTROLS)) < len(words):
        return False
    return _strict(_Bytes(words, True, sys.maxsize), "utf-8") is not None


def _is_noise(text: str) -> bool:
    return len(_STRANGE.findall(text)) > len(text) * BINARY_SHARE


def _utf16_by_columns(sample: bytes) -> str | None:
    """UTF-16 without a mark, in mostly Latin text: every second byte is NUL."""
    pairs = len(sample) // 2
    if pairs < 2 or b"\0" not in sample:
        return None
    first, second = sample[0 : 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    for few, many, name in ((first, second, "utf-16-le"), (second, first, "utf-16-be")):
        if many > 0.4 * pairs and few < 0.05 * pairs:
            text = sample[: 2 * pairs].decode(name, "replace")
            return None if _is_noise(text) else name
    return None


def _by_statistics(bytes_: _Bytes, sample: bytes) -> Decoded:
    binary = _is_binary(sample)
    if not binary and sample.endswith(b"\0"):  # padding, in a sparse file gigabytes of it
        bytes_ = bytes_._replace(data=bytes_.data.rstrip(b"\0"))
    escaped = _ESCAPED.search(sample) is not None
    if not binary and not escaped and (found := _nearly_utf8(bytes_)):
        return found
    name = _detect(sample)
    if name is not None and name not in ("ascii", "utf-8"):
        found = _replacing(bytes_, name, guessed=True)
        plausible = not _is_noise(found.text[:SAMPLE]) and found.damaged <= len(found.text) * 0.01
        if plausible and (not binary or name.startswith(("utf-16", "utf-32", "iso2022"))):
            return found
    if binary:
        return Decoded("", "binary", binary=True)
    return _nearly_utf8(bytes_) or _replacing(bytes_, "cp1252", guessed=True)


def _nearly_utf8(bytes_: _Bytes) -> Decoded | None:
    """UTF-8 with a few damaged bytes: many good sequences to each bad one, which legacy encodings hardly ever make."""
    found = _replacing(bytes_, "utf-8")
    good = len(found.text.encode("utf-8")) - len(found.text) - 2 * found.damaged
    return found if found.damaged * 10 <= good else None


def _detect(sample: bytes) -> str | None:
    import chardet  # costs 60 ms, and most files are UTF-8

    name = chardet.detect(sample)["encoding"]
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None
