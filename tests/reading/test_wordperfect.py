"""WordPerfect: text, tables, notes and summary of documents made here byte by byte."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.load import Content
from explorer.reading.registry import read_content
from explorer.reading.wordperfect import read_wordperfect
from tests.reading.old_office import compound_file


def header(start: int, version: int, kind: int = 10, lock: int = 0) -> bytes:
    return b"\xffWPC" + struct.pack("<IBBBBHH", start, 1, kind, version, 0, lock, 16)


def version_5(body: bytes, **said: int) -> bytes:
    return header(16, 0, **said) + body


def version_6(body: bytes, *packets: tuple[int, bytes], **said: int) -> bytes:
    place = 16 + 14 * (len(packets) + 1)
    index = struct.pack("<BBH10x", 2, 5, len(packets) + 1)
    stored = b""
    for kind, data in packets:
        index += struct.pack("<BBHHII", 0, kind, 1, 0, len(data), place + len(stored))
        stored += data
    return header(place + len(stored), 2, **said) + index + stored + body


def words(text: str) -> bytes:
    return b"".join(bytes((ord(letter), 0)) for letter in text) + b"\0\0"


def field(number: int, value: bytes) -> bytes:
    content = words("its name") + value
    return struct.pack("<HHHH", len(content) + 8, 0, number, 0) + content


def text_packet(text: bytes) -> tuple[int, bytes]:
    return 0x08, struct.pack("<HII", 1, 10, len(text)) + text


def end(kind: int) -> bytes:
    return struct.pack("<BBHH", 0xD0, kind, 10, 0) + bytes(3) + b"\xd0"


def test_version_6_has_text_tables_notes_and_a_summary() -> None:
    note, header_ = text_packet(b"see\x80annex\xccof\x80it"), text_packet(b"Harbour\x80Post")
    summary = field(17, words("The ferry")) + field(5, words("Ada Quill")) + field(14, struct.pack("<HBB4x", 2001, 3, 5))
    body = b"It\x80left\x80at\xcf\xf0\x1d\x04\xf0dawn\xf0\x1c\x04\xf0.\xcc"
    body += b"\xf1\0\0\0\xf1gone\xf1\1\0\0\xf1caf\x0f, \xf0\x2d\x01\xf0\xd4\x1a\x08\0abc\xd4"
    body += end(0x0B) + b"a" + end(0x0A) + b"b" + end(0x0B) + b"c\xc6d" + end(0x11) + b"\xe0\x11\x05\0\xe0the\x84end" + end(9)
    reading = read_wordperfect(version_6(body, (0x12, summary), note, header_))
    assert reading.text[: reading.body_end] == "It left at ‘dawn’.\ncafé,ßë\na | b\nc | d\nthe-end"
    assert reading.text[reading.body_end :] == "\n\nsee annex\nof it\n\nHarbour Post"
    assert (reading.title, reading.author, reading.date) == ("The ferry", "Ada Quill", "2001-03-05")
    assert (reading.state, reading.guessed) == ("ok", ("date",))


def test_version_5_says_that_its_notes_are_not_read() -> None:
    body = b"It left at\rdawn.\n\xc0\x1b\x01\xc0\xc1123456\x00\xc1caf\xc0\x29\x01\xc0\xd4\x01\x04\0\x04\0\x01\xd4"
    reading = read_wordperfect(version_5(body))
    assert (reading.text, reading.state) == ("It left at dawn.\ná\tcafé", "ok")
    reading = read_wordperfect(version_5(body + b"\xd6\0\x0e\0a footnote\x0e\0\0\xd6 later"))
    assert reading.text.endswith("café later")
    assert (reading.state, reading.problems) == ("partial", ("its notes, headers and boxes not read",))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (version_6(b"It left", lock=7), "password"),
        (version_6(b"It left", kind=44), "no reader"),
        (version_6(b"", kind=22), "no text"),
        (version_6(b""), "damaged"),
        (version_6(b"\xcc\xcc"), "empty"),
        (b"\xffWPC\x10", "damaged"),
    ],
)
def test_what_is_not_read_says_why(data: bytes, fault: str) -> None:
    reading = read_wordperfect(data)
    assert (reading.state, reading.fault) == ("unreadable", fault)


@pytest.mark.parametrize("wrapped", [False, True])
def test_it_is_known_by_its_first_bytes_and_inside_a_compound_file(wrapped: bool) -> None:
    data = version_6(b"It\x80left\x80at\x80dawn.")
    data = compound_file({"PerfectOffice_MAIN": data}) if wrapped else data
    ((_, reading),) = read_content(b"letter.doc", Content(data, len(data), 0, 0, 0))
    assert reading.text == "It left at dawn."


@given(st.integers(0, 140), st.binary(max_size=60), st.sampled_from([0, 2]))
def test_any_bytes_are_survived(at: int, noise: bytes, version: int) -> None:
    whole = version_6(b"It\x80left" + noise, (0x12, field(17, words("x"))), text_packet(b"note"))
    for data in (whole[:at] + noise + whole[at:], header(16, version) + noise, whole[:at]):
        reading = read_wordperfect(data)
        assert reading.text or reading.problems
