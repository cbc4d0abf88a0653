"""XML as a stream of flat events: no tree, no recursion, no DTD, nothing fetched, whatever is in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from html.entities import html5
from typing import Any
from xml.parsers import expat

from explorer.model import Fault

Event = tuple[str, str, dict[str, str]]
START, END, TEXT = "start", "end", "text"
MAX_TOKEN = 8 << 20  # bytes of one tag or comment: expat looks at what is unfinished again with every step
MAX_DEPTH = 500_000  # elements in one another: each that is open takes some hundred bytes
_MAX_ENTITY = 32  # characters that a declared entity may stand for: a sign, a name, never a bomb
_MAX_ENTITIES = 1000
_NO_ATTRIBUTES: dict[str, str] = {}
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding[ \t]{0,9}=[ \t]{0,9}[\"']([\w.:-]{2,40})")
_NO_ENCODINGS = ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined")  # Python's own, of no document
_NONCHARACTERS = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}


class XmlError(Exception):
    """XML that cannot be read on; ``reason`` is one plain line, ``fault`` of what sort it is. What came before is sound.

    ``offset`` is where that was: in bytes of the text as UTF-8, without white space before it and control characters.
    """

    def __init__(self, reason: str, fault: Fault = "damaged", offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset
        self.fault: Fault = fault


def xml_events(chunks: Iterable[bytes], prefixes: Mapping[str, str] | None = None) -> Iterator[Event]:
    """The events of an XML text given in pieces of any size: ``("start", name, attributes)``, ``("end", name, {})`` and
    ``("text", characters, {})``; text may come in several pieces, white space between elements comes as text too.

    ``prefixes`` maps namespace addresses to the prefixes that names are given with ("w:p"), whatever the document calls them;
    a namespace mapped to "" and no namespace at all give the bare name, one that is not in the mapping "?:name". Attributes
    are named in the same way ("w:val", "val"), those of XML itself "xml:lang".
    Entities are never fetched nor expanded, but for HTML's characters and declared ones of up to 32 characters.
    Bytes that are not of the declared encoding become U+FFFD, control characters are dropped.

    Raises XmlError after the last sound event where the XML is not well-formed, declares a bomb, has a tag above 8 MB or more
    than 500 000 open elements.
    Memory is that of a step and of the open elements' names.
    """
    for batch in event_batches(chunks, prefixes):
        yield from batch


def event_batches(chunks: Iterable[bytes], prefixes: Mapping[str, str] | None = None) -> Iterator[list[Event]]:
    """The events as of ``xml_events``, those of each piece in one list, which is emptied when the next is asked for."""
    events: list[Event] = []
    parser = _parser(events, prefixes or {})
    fed = 0
    try:
        for chunk in _utf8(chunks):
            parser.Parse(chunk if fed else chunk.lstrip(), False)  # white space may not come before a declaration
            yield events
            events.clear()
            fed += len(chunk)
            if fed - max(parser.CurrentByteIndex, 0) > MAX_TOKEN:
                raise XmlError(f"a tag of more than {MAX_TOKEN >> 20} MB", "too large")
        parser.Parse(b"", True)
        yield events
    except expat.ExpatError as error:
        reason = f"not well-formed XML: {expat.ErrorString(error.code)} (line {error.lineno})"
        offset = max(parser.ErrorByteIndex, 0)
        parser.buffer_text = False  # gives out the text before the fault, which is waiting for its end
        yield events
        raise XmlError(reason, offset=offset) from None
    except XmlError as error:
        error.offset = max(parser.CurrentByteIndex, 0)
        raise


def _parser(events: list[Event], prefixes: Mapping[str, str]) -> Any:
    """An expat parser that appends to ``events``; entities in its text are ours to replace."""
    names: dict[str, str] = {}
    declared: dict[str, str] = {}
    depth = 0

    def short(raw: str) -> str:
        address, found, local = raw.rpartition("}")
        prefix = prefixes.get(address, "xml" if address.endswith("/XML/1998/namespace") else "?") if found else ""
        name = names[raw] = f"{prefix}:{local}" if prefix else local
        return name

    def start(raw: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise XmlError(f"more than {MAX_DEPTH:,} elements in one another", "too large")
        for key in attributes:
            if "}" in key:
                attributes = {names.get(key) or short(key): value for key, value in attributes.items()}
                break
        events.append((START, names.get(raw) or short(raw), attributes))

    def end(raw: str) -> None:
        nonlocal depth
        depth -= 1
        events.append((END, names.get(raw) or short(raw), _NO_ATTRIBUTES))

    def characters(data: str) -> None:
        events.append((TEXT, data, _NO_ATTRIBUTES))

    def other(data: str) -> None:
        is_reference = data.startswith("&") and data.endswith(";")
        if is_reference and (said := declared.get(data[1:-1]) or html5.get(data[1:])):
            characters(said)

    def entity(name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        if value is None or is_parameter:
            return  # outside the document, or of the DTD: never looked at
        if len(value) > _MAX_ENTITY or "&" in value or len(declared) >= _MAX_ENTITIES:
            raise XmlError("it declares entities that are not expanded (an XML bomb?)")
        declared[name] = value

    parser = expat.ParserCreate("utf-8", "}")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.UseForeignDTD(True)  # so that an entity nobody declared is skipped, not an error; no DTD is read all the same
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.DefaultHandler = characters, other  # the latter turns expansion off
    parser.EntityDeclHandler = entity
    return parser


def _utf8(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same text as UTF-8 that expat takes: by its byte order mark or declaration, no control character left in it."""
    decoder: codecs.IncrementalDecoder | None = None
    for chunk in chunks:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(_encoding(chunk))("replace")
        yield _sound(decoder.decode(chunk))
    if decoder is not None:
        yield _sound(decoder.decode(b"", True))


def _sound(text: str) -> bytes:
    if not text.isascii():
        text = text.translate(_NONCHARACTERS) if "\ufffe" in text or "\uffff" in text else text
        text = text.removeprefix("\ufeff")
    return text.encode("utf-8", "replace").translate(None, _CONTROLS)


def _encoding(head: bytes) -> str:
    """The encoding of an XML text by its first bytes; UTF-8 where they say nothing or what Python does not know."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.startswith(b"<\0"):
        return "utf-16-le"
    if head.startswith(b"\0<"):
        return "utf-16-be"
    match = _DECLARED.match(head.lstrip())
    name = match[1].decode("ascii") if match else "utf-8"
    if name.lower().replace("_", "-").startswith(("utf-16", "ucs-2", "iso-10646")):
        return "utf-8"  # it is read as bytes of one each: the declaration lies
    try:
        b"x".decode(name, "replace")
    except (LookupError, UnicodeError):
        return "utf-8"
    return "utf-8" if codecs.lookup(name).name in _NO_ENCODINGS else name
