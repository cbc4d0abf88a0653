"""What Outlook packs into a mail's winmail.dat: the message once more, and what is attached to it ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import decode
from explorer.reading.fields import cut_text, first_words, unreadable
from explorer.reading.member_names import safe_path, unique
from explorer.reading.members import MAX_MEMBER, Member
from explorer.reading.ole_properties import codec_of, file_time
from explorer.reading.outlook_body import Body, body_of

MAGIC = b"\x78\x9f\x3e\x22"
_FIRST = 6  # the mark and a key come before the attributes
_HEAD = struct.Struct("<BHHI")  # level, number, type, length
_MAX_ATTRIBUTES, _MAX_PROPERTIES = 20_000, 5_000
_SUBJECT, _PLAIN, _CODE_PAGE, _PROPERTIES = 0x8004, 0x800C, 0x9007, 0x9003
_BEGINS, _TITLE, _CONTENT, _ITS_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_TEXT, _WIDE, _OBJECT, _BINARY, _TIME = 0x001E, 0x001F, 0x000D, 0x0102, 0x0040
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 0x14: 8, _TIME: 8, 0x48: 16}  # padded to four bytes
_TOPIC, _SENDER, _SENT = 0x0037, 0x0C1A, 0x0039
_BODY, _RTF, _HTML, _INTERNET_CODE_PAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_NAME, _DATA, _SHORT_NAME, _LONG_NAME, _CONTENT_ID = 0x3001, 0x3701, 0x3704, 0x3707, 0x3712
_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")  # the class of an attached message
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".wmf", ".emz")
_LINE = 2_000


@dataclass(slots=True)
class _Attributes:
    """What is said of the message or of one attachment: attributes by number, properties by number with their type."""

    plain: dict[int, bytes] = field(default_factory=dict)
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    codec: str = ""

    def text(self, number: int) -> str:
        """A property of letters, "" where there is none."""
        kind, value = self.properties.get(number, (0, b""))
        if kind == _WIDE:
            return value.decode("utf-16-le", "replace").rstrip("\0")
        return self.decoded(value) if kind == _TEXT else ""

    def page(self) -> str:
        """The message as a web page, "" where there is none."""
        kind, value = self.properties.get(_HTML, (0, b""))
        if kind != _BINARY:
            return self.text(_HTML)
        number = int.from_bytes(self.properties.get(_INTERNET_CODE_PAGE, (0, b""))[1][:4], "little")
        return decode(value, codec_of(number) if number else self.codec or None).text

    def decoded(self, value: bytes) -> str:
        """8-bit letters up to their end."""
        return decode(value.rstrip(b"\0"), self.codec or None).text


@dataclass(slots=True)
class Packed:
    """What was packed: the message's own words, its attachments, how many pictures it shows, and whether it breaks off."""

    subject: str = ""
    sender: str = ""
    sent: str | None = None
    body: Body = field(default_factory=lambda: Body(""))
    members: list[Member] = field(default_factory=list)
    pictures: int = 0
    damaged: bool = False


def read_tnef(data: bytes) -> tuple[Reading, list[Member]]:
    """Reads a winmail.dat that lies alone: From and Subject, then the message; its attachments are members."""
    found = opened(data)
    headers = (("From", found.sender), ("Subject", found.subject))
    lines = [f"{name}: {value}" for name, value in headers if value]
    if found.members:
        lines.append("Attachments: " + clean_line(", ".join(member.name for member in found.members), _LINE))
    text, problems = cut_text(normalise("\n\n".join(filter(None, ("\n".join(lines), found.body.text)))))
    if not text.strip():
        empty = unreadable("damaged: nothing was found in it") if found.damaged else unreadable("no text in the message", "empty")
        return empty, found.members
    fault: Fault = "too large" if problems else found.body.fault or ("damaged" if found.damaged else "")
    damage = ("damaged: it breaks off",) if found.damaged else ()
    reading = Reading(
        text,
        found.subject or first_words(found.body.text or text),
        found.sender,
        found.sent,
        guessed=() if found.subject else ("title",),
        problems=(*problems, *filter(None, (found.body.problem,)), *damage),
        state="partial" if fault else "ok",
        body_end=len(text),
        sender=found.sender,
        fault=fault,
    )
    return reading, found.members


def opened(data: bytes) -> Packed:
    """What is in a winmail.dat as far as it is sound; nothing is raised."""
    message, attachments = _Attributes(), list[_Attributes]()
    found = Packed(damaged=not data.startswith(MAGIC))
    place = len(data) if found.damaged else _FIRST
    for _ in range(_MAX_ATTRIBUTES):
        if place + _HEAD.size > len(data):
            break
        level, number, _, length = _HEAD.unpack_from(data, place)
        value = data[place + _HEAD.size : place + _HEAD.size + length]
        if level not in (1, 2) or len(value) < length:
            found.damaged = True
        if level not in (1, 2):
            break
        if level == 2 and (number == _BEGINS or not attachments):
            attachments.append(_Attributes(codec=message.codec))
        _take(attachments[-1] if level == 2 else message, number, value)
        place += _HEAD.size + length + 2  # a sum of its bytes comes behind it
    _fill_in(found, message)
    _attach(found, attachments)
    return found


def _take(said: _Attributes, number: int, value: bytes) -> None:
    if number in (_PROPERTIES, _ITS_PROPERTIES):
        said.properties.update(_properties(value))
    elif number == _CODE_PAGE and len(value) >= 4:
        said.codec = codec_of(struct.unpack_from("<I", value)[0])
    else:
        said.plain.setdefault(number, value)


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Properties as number, type and value (of several values the first), as far as they are sound."""
    try:
        count, place = struct.unpack_from("<I", data)[0], 4
        for _ in range(min(count, _MAX_PROPERTIES)):
            kind, number = struct.unpack_from("<HH", data, place)
            place += 4
            if number >= 0x8000:  # a name comes first, in numbers or letters
                named, length = struct.unpack_from("<II", data, place + 16)
                place += 24 + (_padded(length) if named else 0)
            fixed = _SIZES.get(kind & 0xFFF)
            values = 1
            if fixed is None or kind & 0x1000:
                values = struct.unpack_from("<I", data, place)[0]
                place += 4
            for index in range(values):
                length = fixed or struct.unpack_from("<I", data, place)[0]
                place += 0 if fixed else 4
                if not index:
                    yield number, (kind & 0xFFF, data[place : place + length])
                place += _padded(length)
                if place > len(data):
                    return
    except struct.error:  # it breaks off
        return


def _padded(length: int) -> int:
    return length + -length % 4


def _fill_in(found: Packed, message: _Attributes) -> None:
    subject = message.text(_TOPIC) or message.decoded(message.plain.get(_SUBJECT, b""))
    found.subject, found.sender = clean_line(subject, _LINE), clean_line(message.text(_SENDER), _LINE)
    kind, sent = message.properties.get(_SENT, (0, b""))
    time = file_time(int.from_bytes(sent, "little")) if kind == _TIME else None
    found.sent = time[:10] if time else None
    plain = message.text(_BODY) or message.decoded(message.plain.get(_PLAIN, b""))
    kind, rtf = message.properties.get(_RTF, (0, b""))
    body = Body(plain) if plain.strip() else body_of(message.page(), rtf)
    found.body = body._replace(text=normalise(body.text).strip("\n"))


def _attach(found: Packed, attachments: list[_Attributes]) -> None:
    taken: dict[str, int] = {}
    for number, said in enumerate(attachments, 1):
        short = said.decoded(said.plain.get(_TITLE, b""))
        names = (said.text(_LONG_NAME), said.text(_SHORT_NAME), short, said.text(_NAME))
        name = safe_path(next(filter(None, map(str.strip, names)), "")).rpartition("/")[2] or f"attachment {number}"
        if said.text(_CONTENT_ID) and name.lower().endswith(_PICTURES):
            found.pictures += 1
            continue
        kind, data = said.properties.get(_DATA, (0, b""))
        inner = kind == _OBJECT and data.startswith(_MESSAGE)
        data = data[len(_MESSAGE) :] if kind == _OBJECT else said.plain.get(_CONTENT, b"") or data
        if not data.strip(b"\0"):
            lost = found.damaged and number == len(attachments)
            nothing = unreadable("damaged: its file breaks off before it") if lost else unreadable("empty file", "empty")
            found.members.append(Member(unique(name, taken), problem=nothing))
            continue
        name = unique(f"{name}.msg" if inner and not name.lower().endswith((".msg", ".eml")) else name, taken)
        found.members.append(Member(name, data[:MAX_MEMBER], len(data) > MAX_MEMBER, kind="tnef" if inner else ""))
