"""XML of any vocabulary: its text by structure, what it declares of itself, and the rest of what is not well-formed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from explorer.model import Fault, Reading
from explorer.reading.clean import normalise
from explorer.reading.decode import Decoded, decode
from explorer.reading.fields import cut_text, encoding_problems, first_words, unreadable
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
_SECONDS = 7.0  # for taking the XML apart; the rest is shown without its tags, which takes a tenth of the time
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
    """Reads XML: paragraphs by its structure, what is about the document behind ``body_end``. No DTD is read, no entity expanded
    but characters; where it is not well-formed, the rest is shown without its tags. ``cut`` says that ``data`` is only the
    file's beginning."""
    if not data.strip():
        return unreadable("empty file", "empty")
    decoded = decode_xml(data, cut)
    if decoded.binary:
        return unreadable("damaged: binary data, not XML")
    if _FLAT_ODF.search(decoded.text, 0, 4096):
        from explorer.reading.odf import read_flat_odf

        return read_flat_odf(data, cut)
    found, broken = _parse(decoded.text, cut)
    body, about = found.result()
    if broken.rest:
        body = f"{body}\n\n{broken.rest}" if body else broken.rest
    if not body and not about:
        body = "\n\n".join(line for line in found.attributes if line.strip())
    return _reading(body, about, found, decoded, broken)


def _reading(body: str, about: str, found: XmlText, decoded: Decoded, broken: _Broken) -> Reading:
    body = normalise(body)
    text, cut_problems = cut_text(normalise(body + ("\n\n" if body and about else "") + about))
    if not text.strip():
        return unreadable(broken.reason or "no text in it", broken.fault or "empty")
    said = declared(found.root, found.records, found.language)
    problems = (*cut_problems, *((broken.reason,) if broken.reason else ()), *encoding_problems(decoded))
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


def decode_xml(data: bytes, cut: bool = False) -> Decoded:
    """The characters of an XML text: by its declaration where every byte fits, else as of any text."""
    match = _ENCODING.match(data[:1000].lstrip())
    name = match[1].decode("ascii").lower() if match else None
    if name in _LATIN:
        found = decode(data, "utf-8", cut)
        return found if found.encoding == "utf-8" and not found.guessed and not found.damaged else decode(data, "cp1252", cut)
    found = decode(data, name, cut)
    if found.guessed and name in _WIDER:
        wider = decode(data, _WIDER[name], cut)
        return found if wider.guessed else wider
    return found


def _parse(text: str, cut: bool) -> tuple[XmlText, _Broken]:
    """What the events give, and what to know where they break off."""
    sound = _DECLARATION.sub("", text, count=1).lstrip()
    data = sound.encode("utf-8", "replace").translate(None, _CONTROLS)
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
    stripped = "\n".join(_stripped(data[start:].decode("utf-8", "replace")))
    if not stripped:
        return found, _Broken() if cut else _Broken("damaged: it breaks off", "damaged")
    return found, _Broken(f"{error.reason}; the rest is shown without its tags", error.fault, stripped)


def _take_events(data: bytes, found: XmlText) -> XmlError | None:
    """Why not all of the events could be taken; None where they were."""
    until = time.monotonic() + _SECONDS
    late = False

    def pieces() -> Iterator[bytes]:
        nonlocal late
        for start in range(0, len(data), _STEP):
            late = time.monotonic() > until
            if late:
                return
            yield data[start : start + _STEP]

    try:
        for event in xml_events(pieces()):
            found.take(event)
    except XmlError as error:
        if late:
            return XmlError("too large to be taken apart", "", error.offset)
        return XmlError(f"damaged: {error.reason}", error.fault, error.offset)
    return None


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
