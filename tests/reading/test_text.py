"""Plain text and Markdown: the file's own text, and what its head says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.fields import first_words, iso_date
from explorer.reading.text import read_text

BODY = "The ferry left at dawn, the harbour master said.\n\nNobody was hurt.\n"


@given(st.binary(max_size=300), st.booleans(), st.booleans())
def test_any_bytes_give_a_reading(data: bytes, markdown: bool, cut: bool) -> None:
    reading = read_text(data, cut, markdown)
    assert 0 <= reading.body_end <= len(reading.text)
    assert (reading.state == "unreadable") == (not reading.text)
    assert reading.text or reading.problems
    assert "\n" not in reading.title + reading.author + reading.source


@given(st.text(max_size=300), st.booleans())
def test_any_text_gives_a_title_on_one_line(text: str, markdown: bool) -> None:
    reading = read_text(text.encode("utf-8", "replace"), markdown=markdown)
    assert len(reading.title) <= 500
    assert "\x1b" not in reading.title


@pytest.mark.parametrize(
    ("head", "source", "date"),
    [
        ("Reuters, 2001-03-05", "Reuters", "2001-03-05"),
        ("Harbour Post, 5 March 2001", "Harbour Post", "2001-03-05"),
        ("Harbour Post, March 5, 2001", "Harbour Post", "2001-03-05"),
        ("The Post, Ltd, 2001-03-05", "The Post, Ltd", "2001-03-05"),
        ("Harbour Post | Mon, 5 Mar 2001", "Harbour Post", "2001-03-05"),
        ("Reuters, 2001-03", "Reuters", "2001-03"),
        ("2001-03-05", "", "2001-03-05"),
    ],
)
def test_title_source_and_date_from_the_head(head: str, source: str, date: str) -> None:
    reading = read_text(f"Ferry leaves on time\n{head}\n\n{BODY}".encode())
    assert (reading.title, reading.source, reading.date) == ("Ferry leaves on time", source, date)
    assert reading.guessed == ()
    assert reading.text.startswith(f"Ferry leaves on time\n{head}\n\nThe ferry"), "the text is the file's own"


def test_a_byline_below_the_title_is_the_author() -> None:
    reading = read_text(f"Ferry leaves on time\nBy Ada Quill\nHarbour Post, 2001-03-05\n\n{BODY}".encode())
    assert (reading.title, reading.author, reading.source) == ("Ferry leaves on time", "Ada Quill", "Harbour Post")


def test_without_a_head_the_title_is_guessed() -> None:
    reading = read_text(BODY.encode())
    assert reading.title == "The ferry left at dawn, the harbour master said."
    assert reading.guessed == ("title",)
    assert (reading.source, reading.date) == ("", None)


def test_a_long_first_paragraph_gives_its_first_sentence_or_a_cut() -> None:
    sentence = "The ferry left the harbour at dawn. "
    assert first_words(sentence * 10) == sentence.strip()
    cut = first_words("word " * 100)
    assert len(cut) <= 100 and cut.endswith("word…")


def test_prose_with_a_date_in_it_is_no_head() -> None:
    reading = read_text(b"It began quietly.\nOn Monday, as ever, 3 ferries left, and on 2001-03-05, four.\n\nMore.\n")
    assert reading.date is None
    assert reading.guessed == ("title",)


def test_a_block_of_fields_is_a_head() -> None:
    reading = read_text(f"Title: Ferry leaves\nSource: Harbour Post\nAuthor: Ada Quill\nDate: 5 March 2001\n\n{BODY}".encode())
    assert (reading.title, reading.source, reading.author) == ("Ferry leaves", "Harbour Post", "Ada Quill")
    assert reading.date == "2001-03-05"


def test_front_matter_of_markdown() -> None:
    text = f'---\ntitle: "Ferry: on time"\nauthor: [Ada Quill]\ndate: 2001-03-05T10:00:00Z\nlang: en\n---\n\n# Other\n\n{BODY}'
    reading = read_text(text.encode(), markdown=True)
    assert (reading.title, reading.author, reading.date) == ("Ferry: on time", "Ada Quill", "2001-03-05")
    assert reading.language == "en"
    assert reading.text == text


@pytest.mark.parametrize(
    "heading", ["# Ferry leaves #", "# Ferry leaves {#late .x}", "Ferry leaves\n======", "```\n# not this\n```\n\n# Ferry leaves"]
)
def test_the_first_heading_of_markdown_is_its_title(heading: str) -> None:
    reading = read_text(f"{heading}\n\nHarbour Post, 2001-03-05\n\n{BODY}".encode(), markdown=True)
    assert (reading.title, reading.source, reading.date) == ("Ferry leaves", "Harbour Post", "2001-03-05")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2001-02-30", None),
        ("31 February 2001", None),
        ("0000-01-01", None),
        ("9999-01-01", None),
        ("2001-13", None),
        ("٢٠٠١-٠٣-٠٥", "2001-03-05"),
        ("5 Mars 2001", None),
        ("1st September 2001", "2001-09-01"),
        ("Sept. 1, 2001", "2001-09-01"),
        ("2001", "2001"),
        ("", None),
    ],
)
def test_impossible_dates_are_none(text: str, iso: str | None) -> None:
    assert iso_date(text) == iso


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty file"), (b" \n\t\n", "white space"), (bytes(500), "binary data")])
def test_what_has_no_text_says_why(data: bytes, reason: str) -> None:
    reading = read_text(data)
    assert reading.state == "unreadable"
    assert reason in reading.problems[0]


def test_a_guessed_encoding_is_told() -> None:
    reading = read_text(("Министр сказал журналистам, что всё в порядке. " * 8).encode("koi8-r"))
    assert reading.state == "ok"
    assert reading.problems == ("encoding guessed: koi8-r",)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("::: {#x .section}\n\nOf Ropes\n", "Of Ropes"),
        ("#!/bin/sh\n# Hauls ropes\n", "Hauls ropes"),
        ("Sheet1\n\nRope | Length\n1 | 2\n", "Rope | Length"),
        ("Tabelle 2", "Tabelle 2"),
        ("\\documentclass{article}\n\\usepackage{rope}\n\\begin{document}\n\\section{Of Ropes}\nText", "Of Ropes"),
        ("List of ropes", "List of ropes"),
        ("This is rope.info, produced by makeinfo version 6.8 from rope.texi.\n\nOf Ropes", "Of Ropes"),
        ('.\\" made by hand\n.TH ROPE 1\n.SH NAME\nrope - hauls', "rope - hauls"),
        (".. _ropes:\n\nOf Ropes\n********", "Of Ropes"),
        ('#set page(width: 10cm)\n#import "x.typ"\n\n= Of Ropes', "Of Ropes"),
        ("Ropes by Ada Quill <ada@b.test>", "Ropes by Ada Quill <ada@b.test>"),
    ],
)
def test_a_guessed_title_is_none_of_a_tool_s_lines(text: str, title: str) -> None:
    assert first_words(text) == title


@pytest.mark.parametrize(
    "head",
    [
        "% Of\n  Ropes\n% Ada Quill\n  Bo Reed;\n% March 5, 2001",
        "#+TITLE: Of Ropes\n\n#+author: Ada Quill; Bo Reed\n#+date: 2001-03-05",
    ],
)
def test_heads_of_pandoc_and_org_say_title_author_and_date(head: str) -> None:
    reading = read_text(f"{head}\n\n# Hauling\n\n{BODY}".encode(), markdown=True)
    assert (reading.title, reading.author, reading.date) == ("Of Ropes", "Ada Quill; Bo Reed", "2001-03-05")


def test_tex_says_title_author_and_date() -> None:
    reading = read_text(b"\\documentclass{a}\n\\title{Of Ropes}\n\\author{Ada Quill \\and Bo Reed}\n\\date{2001-03-05}\n")
    assert (reading.title, reading.author, reading.date) == ("Of Ropes", "Ada Quill, Bo Reed", "2001-03-05")
    assert reading.guessed == ()
