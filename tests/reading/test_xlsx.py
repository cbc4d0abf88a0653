"""Workbooks: cells as they would be read, order of sheets, what is beside the cells, and faults."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading import xlsx
from explorer.reading.cell_formats import formatted, parsed
from explorer.reading.clean import clean
from explorer.reading.xlsx import column_number, read_xlsx

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
DATE, MOMENT, PERCENT, TEXT = 1, 2, 3, 4
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yy\\ hh:mm;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="49"/></cellXfs>'
)


def cell(place: str, value: object, kind: str = "n", style: int = 0) -> str:
    return f'<c r="{place}" t="{kind}" s="{style}"><f>SUM(A1:A2)</f><v>{value}</v></c>'


def workbook(*sheets: tuple[str, str], strings: str = "", namespace: str = S, said: str = "") -> dict[str, str | bytes]:
    """A workbook of sheets given as name and the content of each row, rows set apart by "|"."""
    listing = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, (name, _) in enumerate(sheets))
    found = "".join(f'<Relationship Id="r{i}" Type="{R}/worksheet" Target="worksheets/s{i}.xml"/>' for i in range(len(sheets)))
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{R}">{said}<sheets>{listing}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">{found}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}">{STYLES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
    }
    for i, (_, content) in enumerate(sheets):
        rows = "".join(f"<row>{row}</row>" for row in content.split("|"))
        parts[f"xl/worksheets/s{i}.xml"] = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    return parts


@pytest.fixture
def read(make_zip):
    def read(parts):
        return read_xlsx(io.BytesIO(make_zip(parts)))[0]

    return read


@pytest.mark.parametrize("namespace", [S, STRICT])
def test_cells_of_all_sorts(read, namespace):
    strings = "<si><t>plain</t></si><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>ねこ</t></rPh></si><si><t>a_x000D_b</t></si>"
    row = cell("A1", 0, "s") + cell("B1", 1, "s") + cell("C1", 2, "s") + cell("D1", 1, "b") + cell("E1", "#REF!", "e")
    row += cell("F1", "of a formula", "str") + '<c r="G1" t="inlineStr"><is><t>in line</t></is></c>'
    row += "|" + cell("A2", "0.30000000000000004") + cell("B2", 45000, style=DATE) + cell("C2", 45000.75, style=MOMENT)
    row += cell("D2", 0.125, style=PERCENT) + cell("E2", "1234", style=TEXT) + cell("G2", "after a gap")
    reading = read(workbook(("Numbers", row), strings=strings, namespace=namespace))
    assert reading.text[: reading.body_end] == (
        "Numbers\n\nplain | rich text | a b | TRUE | #REF! | of a formula | in line\n"
        "0.3 | 2023-03-15 | 2023-03-15 18:00 | 12.50% | 1234 |  | after a gap"
    )
    assert reading.text[reading.body_end :].strip() == "ねこ"
    assert reading.state == "ok"


def test_sheets_in_order_hidden_and_empty_ones(read):
    parts = workbook(("Second", cell("A1", "x", "str")), ("Empty", ""), ("First", cell("A1", "y", "str") + "||" + cell("A3", 3)))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="First"', 'name="First" state="hidden"')
    assert read(parts).text == "Second\n\nx\n\nFirst\n\ny\n3"


def test_comments_and_drawings(read):
    parts = workbook(("Data", cell("A1", 5)))
    parts["xl/worksheets/_rels/s0.xml.rels"] = (
        f'<Relationships xmlns="{RELS}"><Relationship Id="c" Type="{R}/comments" Target="../comments1.xml"/>'
        f'<Relationship Id="d" Type="{R}/drawing" Target="../drawings/d.xml"/></Relationships>'
    )
    note = '<comment ref="A1" authorId="0"><text><r><t>Ana:</t></r><r><t> is it?</t></r></text></comment>'
    parts["xl/comments1.xml"] = (
        f'<comments xmlns="{S}"><authors><author>Ana</author></authors><commentList>{note}</commentList></comments>'
    )
    parts["xl/drawings/d.xml"] = f'<d xmlns:a="{A}"><a:p><a:r><a:t>In a box</a:t></a:r></a:p></d>'
    assert read(parts).text == "Data\n\n5\n\nComment by Ana on A1: is it?\n\nIn a box"


def test_a_string_used_a_million_times_stays_in_bounds(read, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_CHARACTERS", 50_000)
    rows = "|".join(cell(f"A{i}", 0, "s") for i in range(1, 500))
    reading = read(workbook(("S", rows), strings=f"<si><t>{'word ' * 200}</t></si>"))
    assert 50_000 <= len(reading.text) < 52_000
    assert (reading.state, reading.fault, len(reading.problems)) == ("partial", "too large", 1)


def test_strings_count_where_cells_show_them(read, monkeypatch):
    monkeypatch.setattr("explorer.reading.packages.MAX_CHARACTERS", 50_000)
    reading = read(
        workbook(("S", cell("A1", 399, "s")), strings="".join(f"<si><t>{'word ' * 99}{i}</t></si>" for i in range(400)))
    )
    assert reading.text.endswith("word 399")
    assert reading.problems == ()


def test_many_rows_are_read(read):
    rows = "|".join(cell(f"A{i}", i * 7919 % 10007) for i in range(1, 20_001))
    assert read(workbook(("S", rows))).text.count("\n") == 20_001


def test_a_workbook_without_its_list_or_strings_is_kept(read):
    parts = workbook(("S", cell("A1", 99, "s") + cell("B1", "kept", "str")))
    assert read(parts).text == "S\n\n | kept"
    del parts["xl/workbook.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts.pop("xl/worksheets/s0.xml")
    assert read(parts).text == " | kept"
    reading = read({"xl/styles.xml": "<x/>"})
    assert (reading.state, reading.fault) == ("unreadable", "damaged")


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", "5", "5"),
        ("General", "1E-3", "0.001"),
        ("General", "123456789012345680000", "1.23456789012346e+20"),
        ('0.00" days"', "3.5", "3.5"),
        ("[Red]0.00", "3.5", "3.5"),
        ("#,##0.00\\ [$kr-41D]", "12.5", "12.5"),
        ("0%", "0.5", "50%"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("d/m/yy", "59", "1900-02-28"),
        ("d/m/yy", "61", "1900-03-01"),
        ("mmm-yy", "45000.2", "2023-03-15"),
        ("h:mm AM/PM", "0.75", "18:00"),
        ("mm:ss", "0.5", "12:00:00"),
        ("[h]:mm", "1.25", "30:00"),
        ("yyyy-mm-dd", "-1", "-1"),
        ("yyyy-mm-dd", "99999999", "99999999"),
        ("yyyy", "nan", "nan"),
        ("yyyy", "not a number", "not a number"),
    ],
)
def test_numbers_as_they_are_shown(code, value, shown):
    assert formatted(value, parsed(code)) == shown


def test_the_other_calendar_and_columns():
    assert formatted("0", parsed("yyyy-mm-dd"), is_1904=True) == "1904-01-01"
    assert [column_number(place) for place in ("A1", "Z9", "AA1", "XFD1", "", "1")] == [1, 26, 27, 16384, 0, 0]


@settings(max_examples=60)
@given(st.text('ymdhs[];@#0.%"\\_*$ ', max_size=20), st.one_of(st.floats().map(repr), st.text(max_size=8)))
def test_any_format_of_any_number_raises_nothing(code, value):
    assert isinstance(formatted(value, parsed(code)), str)


@settings(max_examples=50)
@given(st.data())
def test_mutated_workbooks_raise_nothing(data):
    row = cell("A1", 0, "s") + cell("B1", 45000, style=DATE)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in workbook(("S", row), strings="<si><t>a</t></si>").items():
            raw = bytearray(str(content).encode())
            for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=2)):
                raw[place] = value
            archive.writestr(name, bytes(raw))
    reading, members = read_xlsx(held)
    assert reading.text == clean(reading.text) and list(members) == []


def test_recall_of_real_workbooks(shared):
    """Every word of the shared strings is in the text of each sound file."""
    checked = 0
    for path in sorted((shared / "docs").rglob("*.xlsx")):
        reading, _ = read_xlsx(io.BytesIO(path.read_bytes()))
        if reading.fault not in ("", "empty", "no text"):
            continue
        gold: set[str] = set()
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name == "xl/sharedStrings.xml":
                    gold.update(re.findall(r"\w+", " ".join(re.findall(r"<t(?: [^>]*)?>([^<]*)", archive.read(name).decode()))))
        got = "".join(reading.text.split())
        missing = [word for word in gold if word not in got]
        assert len(missing) <= 0.01 * len(gold), (path.name, missing)
        checked += bool(gold)
    assert checked >= 1
