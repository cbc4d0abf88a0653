"""A PDF whose pages cannot be unpacked is damaged; one whose pages are empty or pictures has no text layer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.pdf import read_pdf
from explorer.reading.pdf_streams import has_damaged_streams
from tests.faults.pdf_bytes import assemble, document, flate, shown, stream


def _file(contents: bytes) -> bytes:
    return assemble({**document([b""]), 11: contents})


@pytest.mark.parametrize("broken", [b"\0\0\0", b"x\x9c\xff\xff\xff\xff"])
def test_a_page_that_cannot_be_unpacked_is_damaged(broken: bytes) -> None:
    sound = flate(shown("It left at dawn."))
    start = sound.index(b"stream\n") + 7
    reading = read_pdf(_file(sound[:start] + broken + sound[start + len(broken) :]))
    assert (reading.state, reading.fault) == ("unreadable", "damaged")
    assert reading.problems == ("damaged: what its pages hold cannot be unpacked",)


@pytest.mark.parametrize(
    "contents", [flate(b""), flate(b"0 0 9 9 re f"), stream(b"", b"/Filter /FlateDecode"), stream(b"?", b"/Filter /LZWDecode")]
)
def test_pages_without_text_are_no_damage(contents: bytes) -> None:
    assert read_pdf(_file(contents)).fault == "no text"


def test_a_broken_picture_is_no_damage_of_the_text() -> None:
    picture = stream(b"no picture", b"/Subtype /Image /Filter /FlateDecode")
    assert not has_damaged_streams(assemble({**document([b""]), 5: picture}))


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(noise: bytes) -> None:
    assert has_damaged_streams(b"1 0 obj << /Filter /FlateDecode " + noise + b">>\nstream\n" + noise) in (True, False)
