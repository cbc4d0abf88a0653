"""PDF files, written byte by byte by the fixture: pages, metadata, damage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.pdf import read_pdf
from explorer.reading.pdf_lines import join_lines

MakePdf = Callable[..., bytes]
LINES = [
    "The ferry left the harbour at dawn with forty passengers",
    "on board, the harbour master said on Monday. It reached",
    "the island an hour later.",
    "Nobody was hurt.",
]


def test_pages_become_paragraphs_and_metadata_fills_the_fields(make_pdf: MakePdf) -> None:
    info = "/Title (Ferry leaves) /Author (Ada Quill) /CreationDate (D:20010305101500Z)"
    reading = read_pdf(make_pdf([LINES, ["Second page probe."]], info))
    assert reading.text == (
        "The ferry left the harbour at dawn with forty passengers on board, the harbour master said on Monday. "
        "It reached the island an hour later.\nNobody was hurt.\n\nSecond page probe."
    )
    assert (reading.title, reading.author, reading.date) == ("Ferry leaves", "Ada Quill", "2001-03-05")
    assert reading.guessed == ("date",), "a creation date is not the document's own"
    assert (reading.state, reading.problems) == ("ok", ())


@pytest.mark.parametrize("title", ["", "Microsoft Word - report.doc", "untitled", "ferry.dvi", "()", "\\033[31m"], ids=str)
def test_titles_that_tools_leave_behind_are_replaced(make_pdf: MakePdf, title: str) -> None:
    reading = read_pdf(make_pdf([["Ferry leaves"]], f"/Title ({title})"))
    assert "\x1b" not in reading.title
    if "33" not in title:
        assert (reading.title, reading.guessed) == ("Ferry leaves", ("title",))


def test_an_impossible_creation_date_is_none(make_pdf: MakePdf) -> None:
    assert read_pdf(make_pdf([LINES], "/CreationDate (D:20011399)")).date is None


def test_a_page_that_fails_is_named_and_the_others_are_kept(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([["First probe."], ["Lost."], ["Third probe."]], broken_page=1))
    assert "First probe." in reading.text and "Third probe." in reading.text
    assert reading.state == "partial"
    assert reading.problems == ("page 2 of 3 could not be read",)


def test_a_file_without_a_text_layer_is_not_called_damaged(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([[], []]))
    assert reading.state == "unreadable"
    assert reading.problems == ("no text layer: its pages are pictures or empty",)


def test_form_fields_are_said_not_to_be_read(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([LINES], extra="/AcroForm << /Fields [] >>"))
    assert reading.problems == ("form fields not read",)
    assert reading.state == "ok"


def test_an_encrypted_file_needs_its_password(make_pdf: MakePdf) -> None:
    locked = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    data = make_pdf([LINES]).replace(b"/Info", f"/Encrypt {locked} /ID [<00> <00>] /Info".encode())
    assert read_pdf(data).problems == ("password needed",)


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_damage_is_said(data: bytes) -> None:
    reading = read_pdf(data)
    assert reading.state == "unreadable"
    assert "damaged" in reading.problems[0]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_gives_a_reading(make_pdf: MakePdf, data: st.DataObject) -> None:
    whole = bytearray(make_pdf([LINES, LINES]))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reading = read_pdf(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert reading.text or reading.problems
    assert reading.body_end == len(reading.text)


def test_short_lines_are_left_apart() -> None:
    assert join_lines("Name\r\nTotal\r\n12\r\n") == "Name\nTotal\n12"


def test_hyphenated_words_are_joined() -> None:
    assert join_lines("a long line that ends with a hyphen\ufffe\r\nated word") == "a long line that ends with a hyphenated word"


def test_a_heading_and_a_head_stay_apart_from_the_text(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([["Ferry leaves on time", "Harbour Post, 2001-03-05", "By Ada Quill", *LINES]]))
    assert (reading.title, reading.source, reading.author) == ("Ferry leaves on time", "Harbour Post", "Ada Quill")
    assert (reading.date, reading.guessed) == ("2001-03-05", ())
    assert reading.text.startswith("Ferry leaves on time\nHarbour Post, 2001-03-05\nBy Ada Quill\nThe ferry left")
