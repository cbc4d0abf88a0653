"""Old PowerPoint presentations, written record by record: slides in order, the outline, notes, comments, locks, damage."""

from __future__ import annotations

import struct
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model import Reading
from explorer.reading.clean import clean
from explorer.reading.ppt import read_ppt as read_with_members
from tests.reading.old_office import MARCH_2001, compound_file, summary_stream


def read_ppt(data: bytes) -> Reading:
    return read_with_members(data)[0]


def atom(kind: int, data: bytes = b"", instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(data)) + data


def group(kind: int, *parts: bytes, instance: int = 0) -> bytes:
    data = b"".join(parts)
    return struct.pack("<HHI", instance << 4 | 15, kind, len(data)) + data


def wide(text: str) -> bytes:
    return atom(0x0FA0, text.encode("utf-16-le"))


def box(*parts: bytes) -> bytes:
    """A drawing with one text box."""
    return group(0x040C, group(0xF002, group(0xF003, group(0xF004, group(0xF00D, *parts)))))


def slide(*parts: bytes) -> bytes:
    return group(0x03EE, atom(0x03EF, bytes(24)), *parts)


def notes(of: int, *parts: bytes) -> bytes:
    return group(0x03F0, atom(0x03F1, struct.pack("<iI", of, 0)), *parts)


def listed(part: int, number: int, *texts: str) -> bytes:
    """A slide in the list, with its texts in the outline."""
    outline = b"".join(atom(0x0F9F, b"\0\0\0\0") + atom(0x0FA8, text.encode("latin-1")) for text in texts)
    return atom(0x03F3, struct.pack("<IIIiI", part, 0, len(texts), number, 0)) + outline


def presentation(
    slides: list[bytes], pages: list[bytes], listing: bytes, user: int = 0xE391C05F, directory: bool = True
) -> bytes:
    """A presentation whose parts are numbered from 2: slides, then notes pages; part 1 is the document."""
    list_of_notes = b"".join(listed(2 + len(slides) + index, 900 + index) for index in range(len(pages)))
    master = group(0x0FF0, listed(99, -1, "Click to edit the title"), instance=1)
    document = group(0x03E8, master, group(0x0FF0, listing), group(0x0FF0, list_of_notes, instance=2))
    stream, places = b"", []
    for part in (document, *slides, *pages):
        places.append(len(stream))
        stream += part
    table = len(stream)
    stream += atom(0x1772, struct.pack(f"<I{len(places)}I", 1 | len(places) << 20, *places))
    edit = len(stream)
    stream += atom(0x0FF5, struct.pack("<IIIIIHH", 0, 3, 0, table if directory else 0, 1, len(places), 0)[:28].ljust(28, b"\0"))
    current = atom(0x0FF6, struct.pack("<III", 20, user, edit) + bytes(8))
    said = summary_stream("Fisheries", "Ada Quill", MARCH_2001)
    return compound_file({"PowerPoint Document": stream, "Current User": current, "\x05SummaryInformation": said})


COMMENT = group(0x2EE0, atom(0x0FBA, "Ben".encode("utf-16-le")), atom(0x0FBA, "Is it true?".encode("utf-16-le"), 1))
SLIDES = [
    slide(box(wide("Größe\rof the catch")), COMMENT),
    slide(box(atom(0x0F9E, struct.pack("<I", 1))), box(atom(0x0FA8, b"Seen on the slide")), box(atom(0x0FA8, b"*"))),
]
LISTING = listed(3, 257, "Left in the outline", "Shown from the outline") + listed(2, 256)
SOUND = presentation(SLIDES, [notes(256, box(wide("Say it slowly")))], LISTING)
TEXT = "Left in the outline\nShown from the outline\nSeen on the slide\n\nGröße\nof the catch\nBen: Is it true?\nSay it slowly"


def test_slides_in_the_order_of_the_list_with_notes_and_comments() -> None:
    reading = read_ppt(SOUND)
    assert reading.text == TEXT
    assert reading.pages == (0, TEXT.index("Größe"))
    assert (reading.title, reading.author, reading.date) == ("Fisheries", "Ada Quill", "2001-03-05")
    assert (reading.state, reading.problems) == ("ok", ())


def test_a_locked_presentation_needs_a_password() -> None:
    reading = read_ppt(presentation(SLIDES, [], LISTING, user=0xF3D1C4DF))
    assert (reading.fault, reading.text) == ("password", "")


def test_without_the_directory_slides_are_found_where_they_lie() -> None:
    reading = read_ppt(presentation(SLIDES, [notes(256, box(wide("Say it slowly")))], LISTING, directory=False))
    for words in ("of the catch", "Seen on the slide", "Shown from the outline", "Say it slowly"):
        assert words in reading.text
    assert (reading.state, reading.fault) == ("partial", "damaged")
    assert "Click to edit" not in reading.text


def test_a_presentation_whose_end_is_lost_keeps_its_first_slides() -> None:
    many = [slide(box(wide(f"Slide number {number}"))) for number in range(200)]
    whole = presentation(many, [], b"".join(listed(2 + number, 256 + number) for number in range(200)))
    reading = read_ppt(whole[: len(whole) * 3 // 4])
    assert "Slide number 1\n\nSlide number 2\n" in reading.text
    assert (reading.state, reading.fault) == ("partial", "damaged")


def test_slides_that_all_are_one_large_part_are_bounded() -> None:
    large = slide(box(*[wide("x" * 1000)] * 100))
    reading = read_ppt(presentation([large], [], b"".join(listed(2, 256 + index) for index in range(250))))
    assert len(reading.text) <= 20_000_000
    assert len(reading.text) > 1_000_000


def test_what_is_no_presentation_is_damaged() -> None:
    for data in (b"", b"text", compound_file({"PowerPoint Document": b"?" * 100})):
        assert read_ppt(data).fault == "damaged"


@given(st.lists(st.tuples(st.integers(512, len(SOUND) - 1), st.integers(0, 255)), max_size=40), st.integers(512, len(SOUND)))
@settings(max_examples=50)
def test_damage_never_raises(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    reading = read_ppt(bytes(data[:end]))
    assert clean(reading.text) == reading.text
    assert all(page < len(reading.text) for page in reading.pages)


def test_real_presentations(shared: Path) -> None:
    reading = read_ppt((shared / "docs" / "tika" / "testPPT_autodate.ppt").read_bytes())
    assert (reading.text, reading.state) == ("Now", "ok")
