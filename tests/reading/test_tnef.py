"""Outlook's winmail.dat: what is packed into it is read as if it had been attached."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.load import Content
from explorer.reading.mail import read_message
from explorer.reading.registry import read_content
from explorer.reading.tnef import MAGIC, opened, read_tnef
from tests.reading.test_mail import message

MESSAGE, ATTACHMENT = 1, 2
PLAIN_RTF = b"{\\rtf1\\ansi It left at dusk.}"


def attribute(level: int, number: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, number, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def padded(value: bytes) -> bytes:
    return struct.pack("<I", len(value)) + value + bytes(-len(value) % 4)


def properties(*pairs: tuple[int, int, bytes]) -> bytes:
    """Properties by number and type; a number from 0x8000 on has a name in letters."""
    out = struct.pack("<I", len(pairs))
    for number, kind, value in pairs:
        name = bytes(16) + struct.pack("<I", 1) + padded("née".encode("utf-16-le")) if number >= 0x8000 else b""
        several = struct.pack("<I", 1) + padded(value) if kind in (0x1E, 0x1F, 0x102, 0x0D) else value
        out += struct.pack("<HH", kind, number) + name + several
    return out


def attached(name: str, data: bytes, *more: tuple[int, int, bytes]) -> bytes:
    said = properties((0x3707, 0x1F, (name + "\0").encode("utf-16-le")), *more)
    return (
        attribute(ATTACHMENT, 0x9002, bytes(14))
        + attribute(ATTACHMENT, 0x8010, b"CONTRA~1.TXT\0")
        + (attribute(ATTACHMENT, 0x800F, data) if data else b"")
        + attribute(ATTACHMENT, 0x9005, said)
    )


def packed(*parts: bytes, subject: str = "Der Zoll") -> bytes:
    rtf = struct.pack("<II4sI", len(PLAIN_RTF) + 12, len(PLAIN_RTF), b"MELA", 0) + PLAIN_RTF
    said = properties(
        (0x8001, 0x1E, b"passed over\0"),
        (0x0039, 0x40, struct.pack("<Q", (983_786_400 + 11_644_473_600) * 10_000_000)),
        (0x0017, 3, struct.pack("<I", 1)),
        (0x0037, 0x1E, subject.encode("cp1252") + b"\0"),
        (0x0C1A, 0x1F, "Ada Quill".encode("utf-16-le")),
        (0x1009, 0x102, rtf),
    )
    page = attribute(MESSAGE, 0x9007, struct.pack("<II", 1252, 0))
    return MAGIC + b"\1\0" + page + attribute(MESSAGE, 0x9003, said) + b"".join(parts)


def test_one_that_lies_alone_is_a_message_with_attachments() -> None:
    data = packed(attached("Vertrag für Bo.txt", b"pay by Friday"), attached("", b"x y"), subject="Der Zöllner")
    found = read_content(b"winmail.dat", Content(data, len(data), 0, 0, 0))
    assert [member for member, _ in found] == ["", "Vertrag für Bo.txt", "CONTRA~1.TXT"]
    (_, reading), (_, contract), _ = found
    assert (reading.title, reading.author, reading.date) == ("Der Zöllner", "Ada Quill", "2001-03-05")
    assert reading.text.startswith("From: Ada Quill\nSubject: Der Zöllner\nAttachments: Vertrag für Bo.txt, CONTRA~1.TXT\n\n")
    assert reading.text.endswith("It left at dusk.") and reading.state == "ok"
    assert contract.text == "pay by Friday"


def test_in_a_mail_its_attachments_are_the_mails_own() -> None:
    mail = message()
    mail.set_content("It left at dawn.")
    mail.add_attachment(b"annex", maintype="application", subtype="octet-stream", filename="a.txt")
    data = packed(attached("a.txt", b"another annex"), attached("logo.png", b"x", (0x3712, 0x1E, b"logo@x\0")))
    mail.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    reading, members = read_message(mail.as_bytes())
    assert [(member.name, member.data) for member in members] == [("a.txt", b"annex"), ("a (2).txt", b"another annex")]
    assert "It left at dawn." in reading.text and "dusk" not in reading.text
    assert reading.problems == ("a picture in it not read",)


def test_its_message_is_shown_where_the_mail_has_no_other() -> None:
    mail = message()
    mail.add_attachment(packed(), maintype="application", subtype="octet-stream", filename="WINMAIL.DAT")
    reading, members = read_message(mail.as_bytes())
    assert reading.text.endswith("It left at dusk.") and not members


def test_a_message_attached_to_it_is_read_with_what_is_attached_to_that() -> None:
    inner = bytes.fromhex("0703020000000000c000000000000046") + packed(attached("deep.txt", b"far down"))
    data = packed(attached("Der Zoll", b"", (0x3701, 0x0D, inner)), attached("none.txt", b""))
    found = dict(read_content(b"x.dat", Content(data, len(data), 0, 0, 0)))
    assert list(found) == ["", "Der Zoll.msg", "Der Zoll.msg/deep.txt", "none.txt"]
    assert found["Der Zoll.msg/deep.txt"].text == "far down"
    assert found["none.txt"].fault == "empty"


def test_one_that_breaks_off_gives_what_there_is_and_says_so() -> None:
    data = packed(attached("a.txt", b"sound"), attached("b.txt", b"w" * 100))
    reading, members = read_tnef(data[:-180])
    assert [member.name for member in members] == ["a.txt", "attachment 2"] and members[0].data == b"sound"
    assert members[1].problem is not None and members[1].problem.fault == "damaged"
    assert (reading.state, reading.fault) == ("partial", "damaged")
    mail = message()
    mail.set_content("x")
    mail.add_attachment(b"\x78\x9f", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    reading, _ = read_message(mail.as_bytes())
    assert reading.problems == ("damaged: winmail.dat breaks off",) and reading.state == "partial"


@given(st.integers(0, 900), st.binary(max_size=40))
def test_any_bytes_are_survived(at: int, noise: bytes) -> None:
    data = packed(attached("a.txt", b"sound", (0x3701, 0x0D, b"\7" * 40)))
    for broken in (data[:at] + noise + data[at:], MAGIC + noise, data[:at]):
        opened(broken)
        reading, _ = read_tnef(broken)
        assert reading.text or reading.problems
