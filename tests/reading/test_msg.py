"""Outlook's message files, made from properties: people, dates, bodies of three sorts, attachments, messages in messages."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import clean
from explorer.reading.mail import read_message
from explorer.reading.msg import read_msg
from explorer.reading.outlook_rtf import decompressed, unwrapped
from tests.reading.old_office import MARCH_2001, compound_file

Values = dict[int, str | bytes | int]


def storage(values: Values, prefix: str = "", head: int = 32, narrow: str = "") -> dict[str, bytes]:
    """The streams of a storage with properties: text is UTF-16, or 8-bit in the code page ``narrow``."""
    streams, fixed = {}, bytes(head)
    for number, value in values.items():
        if isinstance(value, int):
            kind = 0x0040 if value >> 32 else 3
            fixed += struct.pack("<HHIQ", kind, number, 6, value)
        else:
            kind = 0x0102 if isinstance(value, bytes) else 0x001E if narrow else 0x001F
            raw = value if isinstance(value, bytes) else value.encode(narrow or "utf-16-le")
            streams[f"{prefix}__substg1.0_{number:04X}{kind:04X}"] = raw
    return {f"{prefix}__properties_version1.0": fixed, **streams}


def person(number: int, name: str, address: str, kind: int = 1, prefix: str = "") -> dict[str, bytes]:
    return storage({0x3001: name, 0x39FE: address, 0x0C15: kind}, f"{prefix}__recip_version1.0_#{number:08X}/", 8)


def attached(number: int, values: Values, prefix: str = "") -> dict[str, bytes]:
    return storage(values, f"{prefix}__attach_version1.0_#{number:08X}/", 8)


HEAD: Values = {
    0x001A: "IPM.Note",
    0x0037: "Ferry times – Größe",
    0x0042: "Ada Quill",
    0x5D02: "ada@quill.example",
    0x0039: MARCH_2001,
}
PEOPLE = {**person(0, "Ben Marsh", "ben@marsh.example"), **person(1, "carl@x.example", "carl@x.example", 2)}
MESSAGE = {**storage({**HEAD, 0x1000: "The ferry leaves at dawn.\r\nAda"}), **PEOPLE}


def test_a_message_is_laid_out_as_a_mail() -> None:
    reading, members = read_msg(compound_file(MESSAGE))
    assert reading.text == (
        "From: Ada Quill <ada@quill.example>\nTo: Ben Marsh <ben@marsh.example>\nCc: carl@x.example\n"
        "Date: Mon, 05 Mar 2001 10:00:00 +0000\nSubject: Ferry times – Größe\n\nThe ferry leaves at dawn.\nAda"
    )
    assert (reading.title, reading.author, reading.date) == ("Ferry times – Größe", "Ada Quill", "2001-03-05")
    assert reading.sender == "Ada Quill <ada@quill.example>"
    assert reading.recipients == "Ben Marsh <ben@marsh.example>\ncarl@x.example"
    assert (reading.state, reading.problems, members) == ("ok", (), [])


def test_eight_bit_strings_by_the_code_page_and_without_one() -> None:
    body = "Паром покинул гавань на рассвете, сорок пассажиров были на борту. " * 4
    for page in ({0x3FFD: 1251}, {}):
        values: Values = {0x0037: "Отчёт", 0x1000: body, **page}
        assert "Паром покинул гавань" in read_msg(compound_file(storage(values, narrow="cp1251")))[0].text
    reading, _ = read_msg(compound_file(storage({0x0037: "Отчёт", 0x1000: body, 0x3FFD: 1251}, narrow="cp1251")))
    assert reading.title == "Отчёт"


def test_names_shown_stand_in_for_recipients_and_headers_for_the_sender() -> None:
    values: Values = {
        0x0E04: "Ben Marsh; Carl Otter",
        0x007D: "From: ada@quill.example\r\nDate: Tue, 6 Mar 2001 08:00:00 +0100\r\n",
    }
    reading, _ = read_msg(compound_file(storage({**values, 0x1000: "x"})))
    assert reading.recipients == "Ben Marsh\nCarl Otter"
    assert reading.text.startswith("From: ada@quill.example\nTo: Ben Marsh, Carl Otter\nDate: Tue, 6 Mar 2001 08:00:00 +0100")
    assert reading.date == "2001-03-06"


def test_addresses_of_a_firms_directory_are_left_out() -> None:
    values: Values = {0x0C1A: "Ada Quill", 0x0C1F: "/O=FIRM/OU=X/CN=ADA", 0x1000: "x"}
    assert read_msg(compound_file(storage(values)))[0].sender == "Ada Quill"


def test_a_body_that_is_a_web_page() -> None:
    page = "<html><style>p{}</style><p>Größe &amp; more</p><p>Next".encode("cp1252")
    reading, _ = read_msg(compound_file(storage({0x0037: "s", 0x1013: page, 0x3FDE: 1252})))
    assert reading.text.endswith("\n\nGröße & more\nNext")


def stored(rtf: bytes) -> bytes:
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


WRAPPED = rb"""{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Cyr;}}{\colortbl\red0;}
{\*\htmltag19 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Gr\'f6\'dfe \{here\} {\f1\'cf\'e0}\u8211?x\htmlrtf }\htmlrtf0
{\*\htmltag72 </p>}\htmlrtf\par\htmlrtf0 {\*\mhtmltag hidden}{\*\htmltag84 <b>}bold\par {\*\htmltag92 </b>}}"""


def test_a_web_page_wrapped_in_rtf_is_taken_out() -> None:
    kind, source = unwrapped(WRAPPED)
    assert kind == "html"
    assert source.replace("\n", "") == "<html><p>Größe {here} Па–x</p><b>bold</b>"
    reading, _ = read_msg(compound_file(storage({0x0037: "s", 0x1009: stored(WRAPPED)})))
    assert "Größe {here} Па–x\n\nbold" in reading.text


def test_rtf_of_its_own_is_read() -> None:
    reading, _ = read_msg(compound_file(storage({0x0037: "s", 0x1009: stored(rb"{\rtf1\ansi Plain \b words\b0 .\par}")})))
    assert reading.text.endswith("Plain words.")


def test_compressed_rtf_as_the_standard_shows_it() -> None:
    # [MS-OXRTFCP] 4.1.1, its example
    data = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
    assert decompressed(data) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_attachments_are_members() -> None:
    picture: Values = {0x3707: "logo.png", 0x3712: "logo@x", 0x370E: "image/png", 0x3701: b"\x89PNG"}
    streams = {
        **MESSAGE,
        **attached(0, {0x3707: "../annex.pdf", 0x3701: b"%PDF-1.4"}),
        **attached(1, {0x3704: "annex.pdf", 0x3701: b"%PDF-1.5"}),
        **attached(2, picture),
        **attached(3, {0x3707: "far.doc", 0x3705: 4}),
    }
    reading, members = read_msg(compound_file(streams))
    assert [(member.name, member.data) for member in members[:2]] == [("annex.pdf", b"%PDF-1.4"), ("annex (2).pdf", b"%PDF-1.5")]
    assert members[2].problem is not None
    assert "link" in members[2].problem.problems[0]
    assert "Attachments: annex.pdf, annex (2).pdf, far.doc" in reading.text
    assert reading.problems == ("a picture in it not read",)


def nested(depth: int) -> dict[str, bytes]:
    """A message with an attachment and a message in it, and so on."""
    streams: dict[str, bytes] = {}
    prefix = ""
    for level in range(depth + 1):
        streams |= storage(
            {**HEAD, 0x0037: f"Level {level}", 0x1000: f"Words of level {level}: Größe"}, prefix, 24 if level else 32
        )
        streams |= person(0, "Ben Marsh", "ben@marsh.example", prefix=prefix)
        streams |= attached(0, {0x3707: "a.txt", 0x3701: b"attached here"}, prefix)
        if level < depth:
            streams |= attached(1, {0x3001: f"Level {level + 1}", 0x3705: 5}, prefix)
            prefix += "__attach_version1.0_#00000001/__substg1.0_3701000D/"
    return streams


def test_a_message_in_a_message_is_a_mail_with_its_attachments() -> None:
    _, members = read_msg(compound_file(nested(2)))
    assert [member.name for member in members] == ["a.txt", "Level 1.msg"]
    assert members[1].kind == "mail"
    inner, inside = read_message(members[1].data)
    assert inner.text.startswith("From: Ada Quill <ada@quill.example>\nTo: Ben Marsh <ben@marsh.example>\nDate: Mon, 05 Mar 2001")
    assert inner.text.endswith("Words of level 1: Größe")
    assert [member.name for member in inside] == ["a.txt", "Level 2.msg"]
    assert inside[0].data == b"attached here"
    assert read_message(inside[1].data)[0].text.endswith("Words of level 2: Größe")


def test_messages_in_messages_end_at_a_depth() -> None:
    reading, members = read_msg(compound_file(nested(12)))
    assert reading.state == "ok"
    assert len(members[1].data) < 100_000


def test_an_appointment_shows_its_times_and_a_contact_its_numbers() -> None:
    reading, _ = read_msg(compound_file(storage({0x001A: "IPM.Appointment", 0x0037: "Meeting", 0x0060: MARCH_2001})))
    assert "Begins: 2001-03-05 10:00" in reading.text
    reading, _ = read_msg(
        compound_file(storage({0x001A: "IPM.Contact", 0x0037: "Ada", 0x3A16: "Quill & Co", 0x3A08: "555 1234"}))
    )
    assert "Quill & Co\n555 1234" in reading.text


ENVELOPE = bytes.fromhex("308006092a864886f70d010703") + bytes(20)  # begins as encrypted data does (RFC 5652)


def test_signed_and_encrypted_messages_are_handed_to_the_reader_of_mail() -> None:
    signed = {
        **storage({**HEAD, 0x001A: "IPM.Note.SMIME.MultipartSigned"}),
        **attached(0, {0x3707: "smime.p7m", 0x3701: b"A: b\n\nx"}),
    }
    assert read_msg(compound_file(signed))[1][0].kind == "mail"
    sealed = {**storage({**HEAD, 0x001A: "IPM.Note.SMIME"}), **attached(0, {0x3707: "smime.p7m", 0x3701: ENVELOPE})}
    member = read_msg(compound_file(sealed))[1][0]
    assert member.kind == "mail"
    assert any("not read" in problem for problem in read_message(member.data)[0].problems)


@pytest.mark.parametrize("data", [b"", b"text", compound_file({"__properties_version1.0": bytes(40)})])
def test_what_is_no_message_is_unreadable(data: bytes) -> None:
    reading, members = read_msg(data)
    assert (reading.state, members) == ("unreadable", [])


SOUND = compound_file(nested(2))


@given(st.lists(st.tuples(st.integers(512, len(SOUND) - 1), st.integers(0, 255)), max_size=40), st.integers(512, len(SOUND)))
@settings(max_examples=60)
def test_damage_never_raises(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    reading, members = read_msg(bytes(data[:end]))
    assert clean(reading.text) == reading.text
    assert all(member.name and "/" not in member.name for member in members)


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_damaged_rtf_never_raises(data: bytes) -> None:
    packed = decompressed(struct.pack("<II4sI", 0, 1 << 30, b"LZFu", 0) + data)
    for found in (unwrapped(packed), unwrapped(b"{\\rtf1\\fromhtml1 \\ansicpg99999" + data)):
        assert found[0] in ("html", "text", "")


def test_real_messages(shared: Path) -> None:
    reading, _ = read_msg((shared / "docs" / "tika" / "test-outlook.msg").read_bytes())
    assert reading.sender == "L'Équipe Microsoft Outlook Express <msoe@microsoft.com>"
    assert "La réponse à vos attentes" in reading.text
