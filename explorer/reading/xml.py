"""XML of any vocabulary: its text by structure, what it declares of itself, and the rest of what is not well-formed."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from explorer.model import Fault, Reading
from explorer.reading.clean import normalise
from explorer.reading.decode import Decoded, decode
from explorer.reading.fields import MAX_CHARACTERS, cut_text, encoding_problems, first_words, unreadable
from explorer.reading.members import Member
from explorer.reading.patience import read_seconds
from explorer.reading.xml_events import XmlError, xml_events
from explorer.reading.xml_metadata import declared
from explorer.reading.xml_text import XmlText
from explorer.reading.xml_words import INLINE

_DECLARATION = re.compile(r"\s{0,200}<\?xml[^>]{0,500}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding[ \t]{0,9}=[ \t]{0,9}[\"']([\w.:-]{2,40})")
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_TAGS = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|</?([A-Za-z_?!][^\s<>/]{0,100})[^<>]{0,5000}>")
_FLAT_ODF = re.compile(r"<office:document[\s>]")
_STEP = 1 << 16
_LONG_TAG = 5000
_OFTEN = 1000  # lines between looks at the clock
_SHARE = 0.35  # of the time there is, for taking the XML apart: the rest is shown without its tags, which is ten times as fast
_REST_SHARE = 0.6
_HEAD = 4096
_MAX_MARKUP = 32_000_000  # characters, tags included: each may take four bytes, and some steps make a copy
# What real files mean when they name the smaller set; tried where the named one does not fit.
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_LATIN = frozenset(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"))


class _Broken(NamedTuple):
    """Why XML was not read to its end as XML, and the text of its rest; empty where it was."""

    reason: str = ""
    fault: Fault = ""
    rest: str = ""


def read_xml(data: bytes, cut: bool = False) -> Reading:
    """Reads XML as ``read_xml_with_files`` does, without the files."""
    return read_xml_with_files(data, cut)[0]


def read_xml_with_files(data: bytes, cut: bool = False) -> tuple[Reading, list[Member]]:
    """Reads XML: paragraphs by its structure, what is about the document behind ``body_end``, and the documents packed into it.
    No DTD is read, no entity expanded but characters; where it is not well-formed, the rest is shown without its tags. ``cut``
    says that ``data`` is only the file's beginning."""
    if not data.strip():
        return unreadable("empty file", "empty"), []
    decoded = decode_xml(data, cut, _MAX_MARKUP + 1)
    if decoded.binary:
        return unreadable("damaged: binary data, not XML"), []
    if _FLAT_ODF.search(decoded.text, 0, _HEAD):
        from explorer.reading.odf import read_flat_odf

        return read_flat_odf(data, cut), []
    short = len(decoded.text) > _MAX_MARKUP
    sound = _sound(decoded.text)
    decoded = replace(decoded, text="")  # it may be large
    found, broken = _parse(sound, cut or short)
    if short and not broken.fault:
        reason = f"only the first {_MAX_MARKUP // 1_000_000} million characters of its XML read"
        broken = broken._replace(reason="; ".join(filter(None, (reason, broken.reason))), fault="too large")
    body, about = found.result()
    if broken.rest:
        body = f"{body}\n\n{broken.rest}" if body else broken.rest
    if not body and not about:
        body = "\n\n".join(line for line in found.attributes if line.strip())
    return _reading(body, about, found, decoded, broken), found.packed.members


def _reading(body: str, about: str, found: XmlText, decoded: Decoded, broken: _Broken) -> Reading:
    body = normalise(body)
    text, cut_problems = cut_text(normalise(body + ("\n\n" if body and about else "") + about))
    if not text.strip():
        return unreadable(broken.reason or "no text in it", broken.fault or "empty")
    said = declared(found.root, found.records, found.language)
    problems = (*cut_problems, *filter(None, (broken.reason, _unseen(found))), *encoding_problems(decoded))
    fault: Fault = broken.fault or ("too large" if cut_problems else "")
    return Reading(
        text,
        said.title or first_words(text),
        said.author,
        said.date,
        said.source,
        said.language,
        () if said.title else ("title",),
        problems,
        "partial" if fault else "ok",
        min(len(body), len(text)) or len(text),
        fault=fault,
    )


def _unseen(found: XmlText) -> str:
    pictures = found.packed.pictures
    return "" if not pictures else "a picture in it not read" if pictures == 1 else f"{pictures} pictures in it not read"


def decode_xml(data: bytes, cut: bool = False, most: int = sys.maxsize) -> Decoded:
    """The characters of an XML text, ``most`` of them: by its declaration where every byte fits, else as of any text."""
    match = _ENCODING.match(data[:1000].lstrip())
    name = match[1].decode("ascii").lower() if match else None
    if name in _LATIN:
        found = decode(data, "utf-8", cut, most)
        sound = found.encoding == "utf-8" and not found.guessed and not found.damaged
        return found if sound else decode(data, "cp1252", cut, most)
    found = decode(data, name, cut, most)
    if found.guessed and name in _WIDER:
        wider = decode(data, _WIDER[name], cut, most)
        return found if wider.guessed else wider
    return found


def _sound(text: str) -> bytes:
    """The XML as UTF-8 without a declaration, which would name another encoding, and control characters."""
    head = _DECLARATION.sub("", text[:_HEAD], count=1).lstrip()
    return (head.encode("utf-8", "replace") + text[_HEAD:].encode("utf-8", "replace")).translate(None, _CONTROLS)


def _parse(data: bytes, cut: bool) -> tuple[XmlText, _Broken]:
    """What the events give, and what to know where they break off."""
    until = time.monotonic() + _REST_SHARE * read_seconds()
    found = XmlText()
    error = _take_events(data, found)
    if error and "junk after document element" in error.reason and b"<!DOCTYPE" not in data[:_STEP]:
        data = b"<fragment>" + data + b"</fragment>"  # pieces without an element round them
        found = XmlText()
        error = _take_events(data, found)
    if error is None:
        return found, _Broken()
    tag = data.rfind(b"<", max(0, error.offset - _LONG_TAG), error.offset)
    start = tag if tag >= 0 and b">" not in data[tag : error.offset] else error.offset  # of the tag that is wrong
    end = data.rfind(b"<", -_LONG_TAG) if cut else len(data)  # half a tag is no text
    end = len(data) if end < data.rfind(b">") else end
    lines, late = _rest(data[start:end].decode("utf-8", "replace"), until)
    if not lines:
        return found, _Broken() if cut or not error.fault else _Broken("damaged: it breaks off", "damaged")
    shown = "only a part of the rest is shown, without its tags" if late else "the rest is shown without its tags"
    return found, _Broken(f"{error.reason}; {shown}", "too slow" if late else error.fault, "\n".join(lines))


def _take_events(data: bytes, found: XmlText) -> XmlError | None:
    """Why not all of the events could be taken; None where they were."""
    until = time.monotonic() + _SHARE * read_seconds()
    late = enough = False

    def pieces() -> Iterator[bytes]:
        nonlocal late, enough
        for start in range(0, len(data), _STEP):
            late, enough = time.monotonic() > until, found.size > MAX_CHARACTERS
            if late or enough:
                return
            yield data[start : start + _STEP]

    try:
        for event in xml_events(pieces()):
            found.take(event)
    except XmlError as error:
        if enough:
            return None
        if late:
            return XmlError("too large to be taken apart", "", error.offset)
        return XmlError(f"damaged: {error.reason}" if error.fault == "damaged" else error.reason, error.fault, error.offset)
    return None


def _rest(text: str, until: float) -> tuple[list[str], bool]:
    """The lines of marked-up text that no parser reads, and whether time was up before its end."""
    lines: list[str] = []
    for line in _stripped(text):
        lines.append(line)
        if not len(lines) % _OFTEN and time.monotonic() > until:
            return lines, True
    return lines, False


def _stripped(text: str) -> Iterator[str]:
    """The lines of marked-up text that no parser reads, without tags."""
    line: list[str] = []
    place = 0
    for match in _TAGS.finditer(text):
        line.append(text[place : match.start()])
        place = match.end()
        if match[1] and match[1].lower().rpartition(":")[2] not in INLINE:
            yield from _folded(line)
            line.clear()
    yield from _folded([*line, text[place:]])


def _folded(pieces: list[str]) -> Iterator[str]:
    if line := " ".join(unescape("".join(pieces)).split()):
        yield line
