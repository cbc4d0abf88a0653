"""RTF: words as they are on the page, whatever wrote them, in linear time."""

from __future__ import annotations

import codecs
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import normalise
from explorer.reading.rtf import read_rtf
from explorer.reading.rtf_words import CHARSETS, code_page

SOUND = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
    rb"{\info{\title Ferry report}{\author Ada Quill}{\creatim\yr2001\mo3\dy5\hr9\min1}}"
    rb"{\header Harbour Post}\pard The ferry left at dawn\'85{\footnote So says the master.}\par"
    rb"{\f1 \'ef\'e0\'f0\'ee\'ec} sails{\*\atnauthor Tom Reed}{\annotation Is it so?}.\par}"
)


def text_of(body: bytes) -> str:
    return read_rtf(rb"{\rtf1\ansi " + body + b"}").text


def test_text_furniture_and_what_the_file_says_of_itself() -> None:
    reading = read_rtf(SOUND)
    assert reading.text[: reading.body_end] == (
        "The ferry left at dawn…\nпаром sails.\n\nSo says the master.\n\nTom Reed: Is it so?"
    ), "notes and comments follow the text"
    assert reading.text[reading.body_end :].strip() == "Harbour Post"
    assert (reading.title, reading.author, reading.date) == ("Ferry report", "Ada Quill", "2001-03-05")
    assert (reading.guessed, reading.state, reading.problems) == (("date",), "ok", ())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"caf\'e9 \u8217 ?s \u-10179?\u-8704?", "café ’s \U0001f600"),
        (rb"{\uc2 a\u233 xyb} {\uc0 \u233 c}", "aéb éc"),
        (rb"\u233{b}", "éb"),
        (rb"{\upr{plain}{\*\ud{\u233?tude}}}", "étude"),
        (rb"one\line two\tab three\~four\_five\emdash six\\ \{x\}", "one\ntwo\tthree\xa0four\u2011five—six\\ {x}"),
        (rb"so\-ft re\deleted ad\deleted0 d{\deleted gone}", "soft red"),
        (rb"a{\*\unknown hidden}b{\*\bkmkstart x}c{\v d}{\pict\bin4 {}}{\'00}e", "abcde"),
        (rb"a{\object{\*\objdata 00ff}{\result b}}{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt c}}", "abc"),
        (rb"a {\b*\*\cs7 b}", "a *b"),
        (rb'{\field{\*\fldinst HYPERLINK "https://quay.example/"}{\fldrslt the pier}}', "the pier (https://quay.example/)"),
        (rb'{\field{\*\fldinst{HYPERLINK \\l "mark"}}{\fldrslt here}}', "here"),
        (rb"{\listtext 1.\tab}one\par{\pntext\'b7\tab}two", "1.\tone\n·\ttwo"),
    ],
)
def test_signs_groups_and_fields(body: bytes, text: str) -> None:
    assert text_of(body) == text


def test_a_row_of_a_table_is_a_line() -> None:
    row = rb"\trowd\intbl Ada\par Quill\cell 12\cell\row "
    assert text_of(b"Before\\par\\pard " + row + row + rb"\pard After") == "Before\n\nAda Quill | 12\nAda Quill | 12\n\nAfter"


def test_prose_paragraphs_are_set_apart() -> None:
    prose = b"The ferry left at dawn and nobody saw it go, for the harbour master was asleep and the lamps were out. "
    assert text_of(prose + b"\\par " + prose).count("\n\n") == 1


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (rb"\ansicpg1251", rb"\'ef\'e0\'f0\'ee\'ec", "паром"),
        (rb"\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}}", rb"\f0\'b2\'e2\'ca\'d4", "测试"),
        (rb"\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Times;}}", rb"\f0\'b2\'e2\'ca\'d4", "测试"),
        (rb"\ansicpg932", b"\\'83A\\'83\\\\", "アソ"),
        (rb"\mac", rb"caf\'8e", "café"),
        (rb"\ansicpg65001", rb"caf\'c3\'a9", "café"),
        (b"", "café".encode(), "café"),
        (b"", "café".encode("cp1252"), "café"),
        (rb"\ansicpg99999", rb"caf\'e9", "café"),
    ],
)
def test_code_pages(head: bytes, body: bytes, text: str) -> None:
    assert read_rtf(b"{\\rtf1\\ansi" + head + b" " + body + b"}").text == text


def test_every_named_encoding_is_known() -> None:
    for name in [
        *CHARSETS.values(),
        *(code_page(number) for number in [*range(0, 66_000, 511), 932, 1361, 10_029, 28_591, 65_001]),
    ]:
        assert codecs.lookup(name)


def test_a_file_that_breaks_off_is_read_in_part() -> None:
    reading = read_rtf(SOUND[: SOUND.index(b"{\\footnote")])
    assert reading.text.startswith("The ferry left at dawn…")
    assert (reading.state, reading.fault) == ("partial", "damaged")
    assert read_rtf(SOUND[:-9], cut=True).state == "ok", "a beginning is not damage"


@pytest.mark.parametrize(
    ("data", "fault"),
    [(b"{\\rtf1 }", "empty"), (b"{\\rtf1{\\pict 00ff}}", "no text"), (b"{\\rtf1{\\info", "damaged"), (b"no", "damaged")],
)
def test_without_text(data: bytes, fault: str) -> None:
    reading = read_rtf(data)
    assert (reading.state, reading.fault) == ("unreadable", fault)
    assert reading.problems


PIECES = [
    b"{",
    b"}",
    b"\\",
    b"\\'",
    b"\\'e9",
    b"\\u",
    b"\\u-10179 ",
    b"\\bin9 ",
    b"\\*",
    b"\\field",
    b"\\fldinst ",
    b"\\uc",
    b"\x1f",
]


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8), st.sampled_from(SOUND.split(b" "))), max_size=40),
    st.booleans(),
)
def test_any_bytes_give_a_clean_reading(pieces: list[bytes], cut: bool) -> None:
    reading = read_rtf(b"{\\rtf1 " + b"".join(pieces), cut)
    assert reading.text == normalise(reading.text)
    assert 0 <= reading.body_end <= len(reading.text)
    assert (reading.state == "unreadable") == (not reading.text)


@pytest.mark.parametrize(
    "bait",
    [b"{", b"}{", b"{\\field{\\*\\fldinst ", b'{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt ', b"\\'e9\\f1", b"x\\cell "],
)
def test_time_is_linear(bait: bytes) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        read_rtf(b"{\\rtf1 " + bait * count)
        return time.process_time() - start

    assert seconds(8_000) < 8 * seconds(2_000) + 0.2


def test_the_gold_texts_are_matched(shared: Path) -> None:
    pairs = [(path, path.with_suffix(".rtf")) for path in (shared / "docs/striprtf").glob("*.txt")]
    pairs = [(gold, rtf) for gold, rtf in pairs if rtf.exists()]
    assert len(pairs) >= 3
    for gold, rtf in pairs:
        expected = re.findall(r"\w+|≤", gold.read_text("utf-8"))
        assert re.findall(r"\w+|≤", read_rtf(rtf.read_bytes()).text) == expected, rtf.name


def test_a_picture_in_braces_that_do_not_close_is_no_damaged_text() -> None:
    reading = read_rtf(b"{\\rtf1{\\*\\x{\\pict\\wmetafile8 0100}\\par }")
    assert (reading.fault, reading.problems) == ("no text", ("no text in it, only pictures",))
    assert read_rtf(b"{\\rtf1{\\pict\\wmetafile8 01").fault == "damaged"
    assert read_rtf(b"{\\rtf1{\\b }").fault == "damaged"
