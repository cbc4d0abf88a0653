"""Old Excel workbooks, written record by record: cells of every sort, strings that go on in the next record, locks, damage."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model import Reading
from explorer.reading.clean import clean
from explorer.reading.xls import read_xls as read_with_members
from tests.reading.old_office import MARCH_2001, compound_file, summary_stream


def read_xls(data: bytes) -> Reading:
    return read_with_members(data)[0]


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def string(text: str, length: str = "<H") -> bytes:
    return struct.pack(length, len(text)) + b"\1" + text.encode("utf-16-le")


def bof(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def cell(number: int, row: int, column: int, value: bytes, style: int = 0) -> bytes:
    return record(number, struct.pack("<HHH", row, column, style) + value)


def label(row: int, column: int, text: str) -> bytes:
    return cell(0x0204, row, column, string(text))


def rk(value: float, hundredth: bool = False) -> bytes:
    return struct.pack("<I", (int(value * (100 if hundredth else 1)) << 2 & 0xFFFFFFFF) | 2 | hundredth)


EOF = record(0x000A)


def book(sheets: dict[str, bytes], head: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook of Excel 97: ``head`` are further records of the book's own."""
    globals_ = bof(0x05) + record(0x0042, struct.pack("<H", 1200)) + head
    names = [record(0x0085, struct.pack("<IBB", 0, 0, 0) + string(name, "<B")) for name in sheets]
    bodies = [bof(0x10) + cells + EOF for cells in sheets.values()]
    place = len(globals_) + sum(map(len, names)) + len(EOF)
    for index, body in enumerate(bodies):
        names[index] = names[index][:4] + struct.pack("<I", place) + names[index][8:]
        place += len(body)
    return compound_file({"Workbook": globals_ + b"".join(names) + EOF + b"".join(bodies), **(extra or {})})


STYLES = b"".join(record(0x00E0, struct.pack("<HH", 0, number) + bytes(16)) for number in (0, 14, 164, 9))
FORMAT = record(0x041E, struct.pack("<H", 164) + string("dd/mm/yyyy hh:mm"))
ALL = book(
    {
        "Fish": label(0, 0, "Name")
        + label(0, 1, "Weight")
        + label(0, 3, "Caught")
        + cell(0x00FD, 1, 0, struct.pack("<I", 1))
        + cell(0x0203, 1, 1, struct.pack("<d", 1.1))
        + cell(0x027E, 1, 3, rk(36955), 1)
        + record(
            0x00BD, struct.pack("<HH", 2, 0) + struct.pack("<H", 0) + rk(-7) + struct.pack("<H", 0) + rk(2.5, True) + b"\1\0"
        )
        + cell(0x0203, 2, 2, struct.pack("<d", 36955.4375), 2)
        + cell(0x0203, 2, 3, struct.pack("<d", 0.25), 3)
        + cell(0x0006, 3, 0, b"\0\0\0\0\0\0\xff\xff" + bytes(6))
        + record(0x0207, string("a formula's words"))
        + cell(0x0006, 3, 1, struct.pack("<d", 42.0) + bytes(6))
        + cell(0x0205, 3, 2, b"\1\0")
        + cell(0x0205, 3, 3, b"\x07\1"),
        "Empty": b"",
        "Zweites Blatt": label(5, 2, "Größe"),
    },
    STYLES + FORMAT + record(0x00FC, struct.pack("<II", 2, 2) + string("Cod") + string("Haddock")),
    {"\x05SummaryInformation": summary_stream("Catch of the day", "Ada Quill", MARCH_2001)},
)


def test_cells_of_every_sort_row_by_row() -> None:
    reading = read_xls(ALL)
    assert reading.text == (
        "Fish\n\nName | Weight |  | Caught\nHaddock | 1.1 |  | 2001-03-05\n-7 | 2.5 | 2001-03-05 10:30 | 25%\n"
        "a formula's words | 42 | TRUE | #DIV/0!\n\nZweites Blatt\n\n |  | Größe"
    )
    assert (reading.title, reading.author, reading.date) == ("Catch of the day", "Ada Quill", "2001-03-05")
    assert (reading.state, reading.problems, reading.guessed) == ("ok", (), ("date",))


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    days = cell(0x0203, 0, 0, struct.pack("<d", 35493.0), 1)
    assert "2001-03-05" in read_xls(book({"S": days}, STYLES + record(0x0022, b"\1\0"))).text


def test_a_shared_string_goes_on_in_the_next_record_with_another_width() -> None:
    first = struct.pack("<II", 1, 1) + struct.pack("<H", 10) + b"\0" + b"plain"
    head = record(0x00FC, first) + record(0x003C, b"\1" + "größe".encode("utf-16-le"))
    assert read_xls(book({"S": cell(0x00FD, 0, 0, struct.pack("<I", 0))}, head)).text == "S\n\nplaingröße"


def test_runs_and_reading_aids_of_shared_strings_are_passed_over() -> None:
    rich = struct.pack("<HBHI", 2, 0x0D, 1, 6) + "ab".encode("utf-16-le") + b"RUNS" + b"sounds"
    head = record(0x00FC, struct.pack("<II", 2, 2) + rich + string("next"))
    cells = cell(0x00FD, 0, 0, struct.pack("<I", 0)) + cell(0x00FD, 0, 1, struct.pack("<I", 1))
    assert read_xls(book({"S": cells}, head)).text == "S\n\nab | next"


def test_notes_text_boxes_and_chart_titles_are_read() -> None:
    def box(number: int, text: str) -> bytes:
        shape = record(0x005D, struct.pack("<HHHH", 0x15, 0x12, 0x19, number) + bytes(14))
        return (
            shape
            + record(0x01B6, bytes(10) + struct.pack("<HH", len(text), 16) + bytes(4))
            + record(0x003C, b"\0" + text.encode())
        )

    note = record(0x001C, struct.pack("<HHHH", 1, 1, 0, 7) + string("Ben"))
    chart = bof(0x20) + record(0x100D, b"\0\0" + string("Fish by year", "<B")) + label(0, 0, "cached") + EOF
    cells = label(0, 0, "A cell") + box(7, "Ben:\nis it true?") + box(8, "a box beside") + note + chart + label(1, 0, "After")
    reading = read_xls(book({"S": cells}))
    assert reading.text == "S\n\nA cell\nAfter\n\nFish by year\na box beside\n\nComment by Ben on B2: is it true?"


def test_headers_are_furniture() -> None:
    reading = read_xls(book({"S": record(0x0014, string('&L&"Arial,Bold"&12Harbour master&RPage &P')) + label(0, 0, "Cell")}))
    assert reading.text[: reading.body_end] == "S\n\nCell"
    assert reading.text.endswith("Harbour master Page")


def test_a_locked_workbook_needs_a_password() -> None:
    reading = read_xls(book({"S": label(0, 0, "x")}, record(0x002F, bytes(54))))
    assert (reading.fault, reading.problems) == ("password", ("password needed",))


@pytest.mark.parametrize("of_sheet", [0x0500, 0x0600])  # Excel 97 writes its own number into sheets that it saves for 95
def test_excel_95_writes_letters_by_its_code_page(of_sheet: int) -> None:
    name = "Лист".encode("cp1251")
    head = record(0x0809, struct.pack("<HH", 0x0500, 0x05)) + record(0x0042, struct.pack("<H", 1251))
    words = "Рыба".encode("cp1251")
    sheet = record(0x0809, struct.pack("<HH", of_sheet, 0x10)) + cell(0x0204, 0, 0, struct.pack("<H", len(words)) + words) + EOF
    place = len(head) + 4 + 7 + len(name) + 4
    data = head + record(0x0085, struct.pack("<IBBB", place, 0, 0, len(name)) + name) + EOF + sheet
    assert read_xls(compound_file({"Book": data})).text == "Лист\n\nРыба"


@pytest.mark.parametrize(("begin", "number", "length"), [(0x0009, 0x0004, "<B"), (0x0209, 0x0204, "<H"), (0x0409, 0x0204, "<H")])
def test_the_earliest_versions_have_no_container(begin: int, number: int, length: str) -> None:
    version = {0x0009: b"\x02\0", 0x0209: b"\0\x03", 0x0409: b"\0\4"}[begin]
    record_of_cell = struct.pack("<HH", 0, 0) + (bytes(3) if begin == 0x0009 else bytes(2)) + struct.pack(length, 3) + b"Cod"
    first = record(begin, (version + b"\x10\0").ljust(4 if begin == 0x0009 else 6, b"\0"))
    assert read_xls(first + record(number, record_of_cell) + EOF).text == "Cod"


def test_a_workbook_cut_in_the_middle_keeps_what_is_there() -> None:
    rows = b"".join(label(row, 0, f"row number {row}") for row in range(900))
    whole = book({"S": rows})
    reading = read_xls(whole[: len(whole) // 2])
    assert "row number 10\n" in reading.text
    assert (reading.state, reading.fault) == ("partial", "damaged")


def test_one_long_string_in_many_cells_is_bounded() -> None:
    head = record(0x00FC, struct.pack("<II", 1, 1) + struct.pack("<H", 8000) + b"\0" + b"x" * 8000)
    cells = b"".join(cell(0x00FD, row, 0, struct.pack("<I", 0)) for row in range(4000))
    reading = read_xls(book({"S": cells}, head))
    assert len(reading.text) <= 20_000_000
    assert (reading.state, reading.fault) == ("partial", "too large")


def test_an_empty_workbook_says_so() -> None:
    assert read_xls(book({"S": b""})).fault == "empty"
    assert read_xls(compound_file({"Workbook": b""})).fault == "damaged"
    assert read_xls(b"no workbook").fault == "damaged"


@given(st.lists(st.tuples(st.integers(512, 2500), st.integers(0, 255)), max_size=40), st.integers(1000, len(ALL)))
@settings(max_examples=50)
def test_damage_never_raises(changes: list[tuple[int, int]], end: int) -> None:
    data = bytearray(ALL)
    for place, value in changes:
        data[place] = value
    reading = read_xls(bytes(data[:end]))
    assert clean(reading.text) == reading.text
    assert reading.text or reading.problems


@given(
    st.lists(st.tuples(st.sampled_from([0x809, 0xFC, 0x3C, 0x85, 0xBD, 0x6, 0x207, 0x1B6, 0x1C, 0x14]), st.binary(max_size=40)))
)
@settings(max_examples=60)
def test_random_records_never_raise(found: list[tuple[int, bytes]]) -> None:
    stream = bof(0x05) + bof(0x10) + b"".join(record(number, data) for number, data in found)
    assert clean(read_xls(compound_file({"Workbook": stream})).text) is not None


def test_real_workbooks(shared: Path) -> None:
    folder = shared / "docs" / "tika"
    for name in ("testEXCEL.xls", "testEXCEL_5.xls"):
        reading = read_xls((folder / name).read_bytes())
        assert "Sample Excel Worksheet" in reading.text
        assert " | 15 | 225" in reading.text
        assert reading.title == "Simple Excel document"
    assert read_xls((folder / "password.xls").read_bytes()).fault == "password"
