"""Mail messages: the headers people look for, then the message, as one text; attachments as members."""

from __future__ import annotations

import codecs
import re

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line
from explorer.reading.fields import cut_text, first_words, unreadable
from explorer.reading.mail_headers import SHOWN_HEADERS, addresses, author_of, date_of, header
from explorer.reading.mail_parts import Parts, parsed, parts_of
from explorer.reading.members import Member
from explorer.reading.text import read_text

_APPLE = re.compile(rb"\s{0,10}(\d{1,10})[ \t]{0,10}\r?\n(?=[!-9;-~]{1,70}:)")
_HEAD = 65_536
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_ATTACHMENTS_LENGTH = 2_000
_MAX_PROBLEMS = 20
# The parser makes an object of each line and of each part: beyond these a message is read as far as they go.
_MAX_LINES = 2_000_000
_MAX_HEAD_LINES = 100_000
_MAX_MARKS = 50_000


def read_message(data: bytes, cut: bool = False) -> tuple[Reading, list[Member]]:
    """Reads one message (RFC 5322, MIME; also Apple's .emlx) and what is attached to it.

    The first lines of ``text`` are From, To, Cc, Date, Subject and Attachments; the plain version of the body is preferred to
    the HTML one; forwarded messages are included where they are not attached as files. Pictures inside the message are
    counted in ``problems``.
    """
    if not data.strip():
        return unreadable("empty file", "empty"), []
    try:
        prepared, bounded = _bounded(_prepared(data))
        message = parsed(prepared)
        headers = {name: header(message, name) for name in SHOWN_HEADERS}
        recipients, unread = addresses(message, "To", "Cc", "Bcc")
        parts = parts_of(message)
    except RecursionError:
        return _as_it_is(data, cut), []
    if not (any(headers.values()) or any(parts.bodies) or parts.members):
        return unreadable(*((parts.problems[0], parts.fault) if parts.problems else ("no text in the message", "empty"))), []
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    if parts.members:
        lines.append("Attachments: " + clean_line(", ".join(member.name for member in parts.members), _ATTACHMENTS_LENGTH))
    if bounded:
        parts.lack("not all of it read: it has too many lines or parts", "too large")
    text, cut_problems = cut_text("\n\n".join(filter(None, ["\n".join(lines), *parts.bodies])))
    fault: Fault = "too large" if cut_problems or cut else parts.fault
    reading = Reading(
        text,
        headers["Subject"] or first_words("\n".join(parts.bodies) or text),
        author_of(headers["From"]),
        date_of(headers["Date"]),
        "",
        None,
        () if headers["Subject"] else ("title",),
        (*cut_problems, *unread, *_told(parts)),
        "partial" if fault else "ok",
        len(text),
        recipients,
        addresses(message, "From")[0],
        fault,
    )
    return reading, parts.members


def _told(parts: Parts) -> list[str]:
    """What was not read, in few lines."""
    told = parts.problems[:_MAX_PROBLEMS]
    if more := len(parts.problems) - len(told):
        told.append(f"and {more} more parts not read")
    if parts.pictures:
        told.append("a picture in it not read" if parts.pictures == 1 else f"{parts.pictures} pictures in it not read")
    return told


def _prepared(data: bytes) -> bytes:
    """The message without what some programs put round it: a byte order mark, empty lines, Apple's length and property list."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode("utf-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    if match := _APPLE.match(data):
        return data[match.end() : match.end() + int(match[1])]
    return data.lstrip(b"\r\n")


def _bounded(data: bytes) -> tuple[bytes, bool]:
    """The message as far as the parser can be trusted with it, and whether that is not all."""
    length = len(data)
    if end := _END_OF_HEAD.search(data):
        head = _up_to(data[: end.start()], b"\n", _MAX_HEAD_LINES)
        data = head + data[end.start() :] if len(head) < end.start() else data
    data = _up_to(data, b"\n", _MAX_LINES)
    if b"multipart/" in data[:_HEAD].lower():
        data = _up_to(data, b"\n--", _MAX_MARKS)
    return data, len(data) < length


def _up_to(data: bytes, mark: bytes, most: int) -> bytes:
    """The beginning of ``data`` that has at most that many marks."""
    if data.count(mark) <= most:
        return data
    low, high = 0, len(data)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if data.count(mark, 0, middle) <= most else (low, middle)
    return data[:low]


def _as_it_is(data: bytes, cut: bool) -> Reading:
    reading = read_text(data, cut=cut)
    return Reading(
        reading.text,
        reading.title,
        guessed=("title",),
        problems=("its parts are nested too deeply: shown as it is in the file", *reading.problems),
        state=reading.state,
        body_end=reading.body_end,
        fault=reading.fault,
    )
