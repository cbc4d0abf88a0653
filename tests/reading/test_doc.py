"""Old Word documents, written byte by byte: pieces, fields, tables, notes, code pages, locks, damage."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model import Reading
from explorer.reading.clean import clean
from explorer.reading.doc import read_doc as read_with_members
from tests.reading.old_office import MARCH_2001, compound_file, summary_stream


def read_doc(data: bytes) -> Reading:
    return read_with_members(data)[0]


def word_97(parts: list[str], pieces: int = 3, flags: int = 0x1200, row_ends: tuple[int, ...] = ()) -> bytes:
    """A Word 97 document; ``parts`` are its text, footnotes, headers, macros, comments, endnotes, boxes. Every second piece is of
    8-bit characters where it can be. ``row_ends`` are offsets in the text behind marks that end a row."""
    text = "".join(parts)
    counts = [len(part) for part in parts] + [0] * (8 - len(parts))
    stream = bytearray(0x800)
    bounds, descriptions, places = [0], b"", []
    step = -(-len(text) // pieces)
    for index in range(pieces):
        piece = text[index * step : (index + 1) * step]
        narrow = index % 2 == 1 and piece.isascii()
        descriptions += struct.pack("<HIH", 0, len(stream) * 2 | 0x40000000 if narrow else len(stream), 0)
        places += [len(stream) + (place + 1) * (1 if narrow else 2) for place in range(len(piece))]
        stream += piece.encode("ascii" if narrow else "utf-16-le")
        bounds.append(bounds[-1] + len(piece))
    stream += bytes(-len(stream) % 512)
    list_ = struct.pack(f"<{pieces + 1}I", *bounds) + descriptions
    table = b"\1\4\0PRC!" + b"\2" + struct.pack("<I", len(list_)) + list_
    page_list = struct.pack("<III", 0, len(stream), len(stream) // 512)
    if row_ends:
        ends = [places[end - 1] for end in row_ends]
        page = struct.pack(f"<{len(ends) + 1}I", 0, *ends)
        page += b"".join(bytes([240]) + bytes(12) for _ in ends)
        stream += page.ljust(480, b"\0") + (b"\3" + b"\0\0" + b"\x17\x24\x01").ljust(31, b"\0") + bytes([len(ends)])
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<HHH", stream, 6, 0x0409, 0, flags)
    struct.pack_into("<II", stream, 24, 0x800, len(stream))
    struct.pack_into("<8i", stream, 0x4C, *counts)
    struct.pack_into("<II", stream, 0x1A2, 0, len(table))
    struct.pack_into("<II", stream, 0x102, len(table), len(page_list))
    said = summary_stream("Ferry report", "Ada Quill", MARCH_2001)
    return compound_file({"WordDocument": bytes(stream), "1Table": table + page_list, "\x05SummaryInformation": said})


def word_95(text: bytes, language: int = 0x0409) -> bytes:
    stream = bytearray(0x800) + text
    struct.pack_into("<HHHHH", stream, 0, 0xA5DC, 104, 0, language, 0)
    struct.pack_into("<II", stream, 24, 0x800, len(stream))
    struct.pack_into("<8i", stream, 0x34, len(text), *[0] * 7)
    return compound_file({"WordDocument": bytes(stream).ljust(4096, b"\0")})


PARTS = [
    "The ferry left\x02 the harbour.\r“Größe” matters\x05.\r\x0cLast page.\r",
    "\x02 A footnote.\r",
    "A header\rA header\r7\r",
    "",
    "\x05 A comment.\r",
    "\x02 An endnote.\r",
    "A box.\r",
]
SOUND = word_97(PARTS)


@pytest.mark.parametrize("pieces", [1, 2, 7])
def test_text_notes_boxes_comments_then_headers(pieces: int) -> None:
    reading = read_doc(word_97(PARTS, pieces))
    assert reading.text == (
        "The ferry left the harbour.\n“Größe” matters.\n\nLast page.\n\n"
        " A footnote.\n\n An endnote.\n\nA box.\n\n A comment.\n\nA header"
    )
    assert reading.text[reading.body_end :] == "\n\nA header"
    assert (reading.title, reading.author, reading.date) == ("Ferry report", "Ada Quill", "2001-03-05")
    assert (reading.state, reading.problems, reading.guessed) == ("ok", (), ("date",))


def test_of_fields_the_results_stay() -> None:
    text = 'See \x13 HYPERLINK "x" \x01\x14the \x13 REF y \x14inner\x15 page\x15, \x13 PAGE \x15end.\r'
    assert read_doc(word_97([text])).text == "See the inner page, end."


def test_the_address_of_a_link_is_put_behind_its_words_unless_they_say_it() -> None:
    text = '\x13 HYPERLINK "http://ferry.example/" \x14Times\x15, \x13 HYPERLINK "mailto:a@b.example" \x14a@b.example\x15.\r'
    assert read_doc(word_97([text])).text == "Times (http://ferry.example/), a@b.example."


def test_a_field_that_never_ends_hides_only_its_code() -> None:
    assert read_doc(word_97(["Before \x13 DATE \x14a result and all the rest.\r"])).text == "Before a result and all the rest."


def test_rows_of_a_table_are_lines() -> None:
    text = "Before\rName\x07Weight\x07\x07Cod\x07\x07\x07After\r"
    ends = (text.index("Cod"), text.index("After"))
    assert read_doc(word_97([text], 1, row_ends=ends)).text == "Before\nName\tWeight\nCod\nAfter"
    assert read_doc(word_97([text], 3, row_ends=ends)).text == "Before\nName\tWeight\nCod\nAfter"


def test_special_characters() -> None:
    assert read_doc(word_97(["non\x1ebreaking so\x1fft\x0bnext\x08\x01 line\r"])).text == "non-breaking soft\nnext line"


def test_a_locked_document_needs_a_password() -> None:
    reading = read_doc(word_97(["secret\r"], flags=0x1300))
    assert (reading.fault, reading.text) == ("password", "")


def test_word_95_writes_letters_by_the_language() -> None:
    words = "Паром покинул гавань.\r"
    assert read_doc(word_95(words.encode("cp1251"), 0x0419)).text == words.strip()
    assert read_doc(word_95("Größe\r".encode("cp1252"))).text == "Größe"


def test_a_western_language_over_other_letters_is_not_believed() -> None:
    words = "Паром покинул гавань на рассвете, и сорок пассажиров были на борту, сказал начальник порта.\r" * 5
    assert "сорок пассажиров" in read_doc(word_95(words.encode("cp1251"))).text


def test_word_2_has_no_container() -> None:
    stream = bytearray(0x300) + b"An early letter.\r"
    struct.pack_into("<HHHHH", stream, 0, 0xA5DB, 45, 0, 0x0409, 0)
    struct.pack_into("<II", stream, 24, 0x300, len(stream))
    assert read_doc(bytes(stream)).text == "An early letter."


def test_a_document_without_its_table_keeps_its_text() -> None:
    whole = word_97(["The ferry left the harbour at dawn.\r" * 200], 1)
    cut = whole[: 512 + 0x800 + 5000]
    reading = read_doc(cut)
    assert reading.text.count("The ferry left the harbour at dawn.") > 30
    assert (reading.state, reading.fault) == ("partial", "damaged")


def test_pieces_that_all_point_at_one_place_are_bounded() -> None:
    stream = bytearray(0x800) + b"x" * 2_000_000
    count = 200
    bounds = struct.pack(f"<{count + 1}I", *(index * 2_000_000 for index in range(count + 1)))
    list_ = bounds + struct.pack("<HIH", 0, 0x800 * 2 | 0x40000000, 0) * count
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", stream, 10, 0x1200)
    struct.pack_into("<i", stream, 0x4C, 400_000_000)
    struct.pack_into("<II", stream, 0x1A2, 0, len(list_) + 5)
    table = b"\2" + struct.pack("<I", len(list_)) + list_
    reading = read_doc(compound_file({"WordDocument": bytes(stream), "1Table": table}))
    assert len(reading.text) <= 20_000_000
    assert reading.state == "partial"


def test_works_documents_are_read() -> None:
    text = "Made with Works.\r\nSecond line.".encode("utf-16-le")
    entry = struct.pack("<H", 24) + b"TEXT" + bytes(6) + b"TEXT" + struct.pack("<II", 0x200, len(text))
    stream = (b"CHNKWKS " + struct.pack("<HHH", 4, 8, 1)).ljust(32, b"\0") + entry
    assert read_doc(compound_file({"CONTENTS": stream.ljust(0x200, b"\0") + text})).text == "Made with Works.\nSecond line."


def test_what_is_no_document_is_damaged() -> None:
    for data in (b"", b"text", compound_file({"WordDocument": b"?"}), compound_file({"other": b"?"})):
        assert read_doc(data).fault == "damaged"


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=40), st.integers(512, len(SOUND)))
@settings(max_examples=50)
def test_damage_never_raises(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    reading = read_doc(bytes(data[:end]))
    assert clean(reading.text) == reading.text
    assert reading.text or reading.problems


@given(st.text(alphabet="ab\x13\x14\x15\x07\r\x0c", max_size=60))
@settings(max_examples=40)
def test_any_fields_and_marks_never_raise(text: str) -> None:
    assert "\x13" not in read_doc(word_97([text + "x\r"])).text


def test_real_documents(shared: Path) -> None:
    folder = shared / "docs" / "tika"
    reading = read_doc((folder / "testWORD.doc").read_bytes())
    assert "This is a table\n" in reading.text
    assert "HYPERLINK" not in reading.text
    assert reading.text[reading.body_end :].strip().startswith("This is the header")
