"""Windows Write and Word for DOS: the text behind the header."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.load import Content
from explorer.reading.registry import read_content
from explorer.reading.windows_write import read_write


def document(text: bytes, pages: int = 3, mark: int = 0xBE31) -> bytes:
    head = struct.pack("<HHHHHHHI", mark, 0, 0xAB00, 0, 0, 0, 0, 128 + len(text)).ljust(96, b"\0") + struct.pack("<H", pages)
    return head.ljust(128, b"\0") + text + b"\xff\xfe layout that is no text"


@pytest.mark.parametrize(("pages", "shown"), [(3, "caf\xe9 \u201cdawn\u201d"), (0, "café ôdawnö")])
@pytest.mark.parametrize("mark", [0xBE31, 0xBE32])
def test_the_text_is_read_in_the_letters_of_its_program(pages: int, shown: str, mark: int) -> None:
    letter = b"\xe9" if pages else b"\x82"
    data = document(b"caf" + letter + b" \x93dawn\x94\r\n\r\n\x0cIt left\tat\x01 noon.\r\n", pages, mark)
    ((_, reading),) = read_content(b"a.wri", Content(data, len(data), 0, 0, 0))
    assert (reading.text, reading.title, reading.state) == (f"{shown}\n\n\nIt left\tat noon.", shown, "ok")


def test_a_picture_is_left_out_and_what_breaks_off_says_so() -> None:
    data = document(b"It left.\r\n\xe4\0\0\0\x10\0pixels\nAt dawn.\r\n")
    reading = read_write(data)
    assert (reading.text, reading.problems) == ("It left.\nAt dawn.", ("a picture or object in it not read",))
    reading = read_write(document(b"It left at dawn.")[:-30])
    assert (reading.text, reading.state, reading.fault) == ("It left at ", "partial", "damaged")
    assert [read_write(data).fault for data in (document(b""), data[:100])] == ["empty", "damaged"]


@given(st.binary(max_size=300))
def test_any_bytes_are_survived(data: bytes) -> None:
    reading = read_write(b"\x31\xbe\0\0" + data)
    assert reading.text or reading.problems
