"""What Outlook does to RTF: its compression ([MS-OXRTFCP]) and the web page or plain text wrapped into it ([MS-OXRTFEX])."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from explorer.reading.ole_properties import codec_of

MAX_RTF = 24 << 20
_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n\\par "
    rb"\pard\plain\f0\fs20\b\i\u\tab\tx"
)
_BEFORE = bytes(_WINDOW - len(_DICTIONARY)) + _DICTIONARY  # what the first references point into
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([\r\n])|([^a-zA-Z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_WRAPPED = re.compile(rb"\\from(html1|text)\b")
_SYMBOLS = {
    **{b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”"},
    **{b"bullet": "•", b"endash": "–", b"emdash": "—", b"emspace": "\u2003", b"enspace": "\u2002"},
}
_ESCAPES = {b"~": "\xa0", b"_": "-", b"-": ""}
_SKIPPED = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata", b"datastore", b"listtable")
)
_FONT_CHARSETS = {
    **{0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256},
    **{186: 1257, 204: 1251, 222: 874, 238: 1250},
}


def decompressed(data: bytes) -> bytes:
    """The RTF in a compressed RTF property, as much as is there and at most 24 MB; b"" where it is not compressed RTF."""
    if len(data) < 16:
        return b""
    size, mark = struct.unpack_from("<I4s", data, 4)
    if mark == _PLAIN:
        return data[16 : 16 + min(size, MAX_RTF)]
    if mark != _COMPRESSED:
        return b""
    out, place, limit = bytearray(_BEFORE), 16, min(size, MAX_RTF) + len(_BEFORE)
    while place < len(data) and len(out) < limit:
        control = data[place]
        place += 1
        if not control:  # eight letters as they are
            out += data[place : place + 8]
            place += 8
            continue
        for bit in range(8):
            if not control >> bit & 1:
                out += data[place : place + 1]
                place += 1
                continue
            if place + 2 > len(data):
                return bytes(out[len(_BEFORE) : limit])
            reference = data[place] << 8 | data[place + 1]
            place += 2
            back = (len(out) + len(_DICTIONARY) - (reference >> 4)) % _WINDOW  # _BEFORE is as long as the window
            if not back:  # the end's mark
                return bytes(out[len(_BEFORE) : limit])
            length = (reference & 15) + 2
            run = out[len(out) - back : len(out) - back + length]
            out += run if back >= length else (run * length)[:length]  # it may run into what it makes
    return bytes(out[len(_BEFORE) : limit])


def unwrapped(rtf: bytes) -> tuple[str, str]:
    """What was wrapped into the RTF as ("html" or "text", its source); ("", "") where it is RTF of its own."""
    mark = _WRAPPED.search(rtf[:1000])
    if not mark:
        return "", ""
    page = re.search(rb"\\ansicpg(\d{1,5})", rtf[:1000])
    return ("html" if mark[1] == b"html1" else "text"), _source(rtf, codec_of(int(page[1])) if page else "cp1252")


@dataclass(slots=True)
class _Out:
    """The text so far, and bytes of one code page that wait to be decoded together, as two may be one character."""

    codec: str
    pieces: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    passing: int = 0  # characters to pass over: they stand in for the one that \\u named

    def add_bytes(self, data: bytes) -> None:
        self.raw += data[self.passing :]
        self.passing = max(0, self.passing - len(data))

    def add_text(self, text: str) -> None:
        self.flush()
        self.pieces.append(text)

    def flush(self) -> None:
        if self.raw:
            self.pieces.append(self.raw.decode(self.codec, "replace"))
            self.raw.clear()


def _source(rtf: bytes, codec: str) -> str:
    """The text that is neither between \\htmlrtf and \\htmlrtf0 nor in a destination, but for \\*\\htmltag."""
    fonts = _font_codecs(rtf)
    out = _Out(codec)
    # Of each open group: whether it is passed over, whether it is of the wrapper, its code page, what \uc says.
    stack: list[tuple[bool, bool, str, int]] = []
    skipped, wrapper, instead = False, False, 1
    starred = False
    for token in _TOKEN.finditer(rtf):
        word, number, escaped, _, symbol, brace, text = token.groups()
        if brace == b"{":
            stack.append((skipped, wrapper, out.codec, instead))
            starred = False
        elif brace:
            out.flush()
            if stack:
                skipped, wrapper, out.codec, instead = stack.pop()
        elif symbol == b"*":
            starred = True
        elif word == b"htmltag":
            skipped, starred = False, False
        elif starred or word in _SKIPPED:
            skipped, starred = True, False
        elif word == b"htmlrtf":
            wrapper = number != b"0"
        elif word == b"f" and number:
            out.flush()
            out.codec = fonts.get(number, codec)
        elif word == b"uc" and number:
            instead = min(abs(int(number)), 10)
        elif not skipped and not wrapper:
            if escaped or text:
                out.add_bytes(bytes((int(escaped, 16),)) if escaped else text)
            elif word == b"u" and number:
                out.add_text(chr(int(number) & 0xFFFF))
                out.passing = instead
            elif word in _SYMBOLS:
                out.add_text(_SYMBOLS[word])
            elif symbol:
                out.add_text(_ESCAPES.get(symbol, symbol.decode("latin-1")))
    out.flush()
    return "".join(out.pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _font_codecs(rtf: bytes) -> dict[bytes, str]:
    """The code page of each font that names its character set."""
    table = rtf[rtf.find(b"\\fonttbl") :][:100_000]
    found = re.finditer(rb"\\f(\d{1,5})(?:\\[a-z]{1,20}\d{0,5}){0,3}?\\fcharset(\d{1,3})", table)
    return {match[1]: codec_of(_FONT_CHARSETS[int(match[2])]) for match in found if int(match[2]) in _FONT_CHARSETS}
