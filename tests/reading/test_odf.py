"""OpenDocument: text in order, notes and comments after it, slides as pages, sheets as rows."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import normalise
from explorer.reading.odf import read_flat_odf, read_odf
from explorer.reading.xml import read_xml

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "text", "table", "style", "meta", "presentation"))
SPACES += f' xmlns:draw="{OASIS}drawing:1.0" xmlns:svg="{OASIS}svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
META = (
    "<office:meta><dc:title>Ferry report</dc:title><meta:initial-creator>Ada Quill</meta:initial-creator>"
    "<dc:creator>Tom</dc:creator>"
    "<meta:creation-date>2001-03-05T10:00:00</meta:creation-date><dc:language>en-GB</dc:language>"
    '<meta:user-defined meta:name="Source">Harbour Post</meta:user-defined></office:meta>'
)


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {SPACES}>{inner}</office:{root}>'


def odf(body: str, kind: str = "text", styles: str = "", manifest: str = "<m/>", **parts: str) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml", part("document-content", f"<office:body><office:{kind}>{body}</office:{kind}></office:body>")
        )
        archive.writestr("meta.xml", part("document-meta", META))
        archive.writestr("styles.xml", part("document-styles", styles))
        archive.writestr("META-INF/manifest.xml", manifest)
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return file


def body_of(body: str, kind: str = "text") -> str:
    reading = read_odf(odf(body, kind))
    return reading.text[: reading.body_end]


def test_metadata_furniture_notes_and_comments() -> None:
    body = (
        '<text:h text:outline-level="1">Arrival</text:h><text:p>It left<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>At dawn.</text:p></text:note-body></text:note> at last<office:annotation><dc:creator>Tom Reed"
        "</dc:creator><dc:date>2001-03-06</dc:date><text:p>Is it so?</text:p></office:annotation>.</text:p>"
    )
    header = (
        "<office:master-styles><style:master-page><style:header><text:p>Page head</text:p></style:header></style:master-page>"
    )
    reading = read_odf(odf(body, styles=header + "</office:master-styles>"))
    assert reading.text[: reading.body_end] == "Arrival\nIt left at last.\n\nAt dawn.\n\nTom Reed: Is it so?"
    assert reading.text[reading.body_end :].strip() == "Page head\n\nSource: Harbour Post"
    assert (reading.title, reading.author, reading.date) == ("Ferry report", "Ada Quill", "2001-03-05")
    assert (reading.source, reading.language, reading.guessed) == ("Harbour Post", "en", ("date",))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d\n  <text:span>e</text:span></text:p>', "a  b\tc\nd e"),
        ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>", "kept"),
        (
            "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item>"
            "</text:list></text:list-item></text:list>",
            "• one\n  • two",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
            "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table><text:p>after</text:p>",
            "a b | c\n\nafter",
        ),
        (
            "<text:p>Anchor<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box><svg:desc>A pier</svg:desc>"
            "</draw:frame> ends</text:p>",
            "Anchor ends\nIn the box\nA pier",
        ),
        ("<text:p><text:a xlink:href='https://a.example'>link</text:a></text:p><text:p/><text:p>x</text:p>", "link\n\nx"),
    ],
)
def test_text_lists_tables_and_boxes(body: str, text: str) -> None:
    assert body_of(body) == text


def test_sheets_have_names_and_repeats_are_bounded() -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}">{}</table:table-cell>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    rows = row.format(1, cell.format(2, "<text:p>a</text:p>") + cell.format(16_000, ""))
    rows += row.format(1_000_000, cell.format(16_000, "")) + row.format(1_000_000, cell.format(1, "<text:p>z</text:p>"))
    rows += row.format(1, '<table:table-cell office:value="12.5"/>')
    text = body_of(f'<table:table table:name="Tides">{rows}</table:table>', "spreadsheet")
    assert text.startswith("Tides\n\na | a\nz\nz")
    assert text.endswith("\n12.5")
    assert len(text) < 500


def test_slides_are_pages_with_their_notes() -> None:
    page = "<draw:page draw:name='page1'>{}</draw:page>"
    box = "<draw:frame presentation:class='{}'><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    notes = "<presentation:notes>" + box.format("notes", "Say it slowly") + "</presentation:notes>"
    body = page.format(box.format("title", "First") + notes) + page.format("") + page.format(box.format("title", "Third"))
    reading = read_odf(odf(body, "presentation"))
    assert reading.text[: reading.body_end] == "First\n\nNotes: Say it slowly\n\nThird"
    third = reading.text.index("Third")
    assert reading.pages == (0, third, third), "an empty slide begins where the next one does"


def test_embedded_formulas() -> None:
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi><mo>=</mo><mn>1</mn><annotation>a=1</annotation></math>'
    file = odf('<text:p>See<draw:object xlink:href="./Object 1"/></text:p>', **{"Object 1__content": math})
    assert read_odf(file).text.startswith("See\n\na = 1")


def test_encrypted_empty_and_damaged() -> None:
    assert read_odf(odf("", manifest="<m><encryption-data/></m>")).fault == "password"
    assert read_odf(odf("<text:p/>")).state == "ok", "what the document says of itself is text too"
    whole = odf("<text:p>probe words</text:p>" + "<text:p>lorem ipsum</text:p>" * 20).getvalue()
    for data in (b"", b"PK\x03\x04 no zip", whole[:50]):
        assert read_odf(io.BytesIO(data)).fault in ("damaged", "empty")
    broken = odf("<text:p>probe words</text:p><text:p>more</text:q>")
    reading = read_odf(broken)
    assert reading.text.startswith("probe words\nmore")
    assert (reading.state, reading.fault) == ("partial", "damaged")


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_one_flat_file(kind: str) -> None:
    body = f"<office:body><office:{kind}><text:p>It left at dawn.</text:p></office:{kind}></office:body>"
    picture = "<office:binary-data>iVBORw0</office:binary-data>"
    reading = read_xml(part("document", META + picture + body).encode())
    assert reading.text[: reading.body_end] == "It left at dawn."
    assert (reading.title, reading.author) == ("Ferry report", "Ada Quill")
    assert read_flat_odf(part("document", body)[:-80].encode()).fault == "damaged"


@pytest.mark.parametrize("tag", ["text:p", "text:list", "draw:g", "table:table", "text:section", "office:annotation"])
def test_depth_is_harmless_and_time_linear(tag: str) -> None:
    def seconds(depth: int) -> float:
        start = time.process_time()
        reading = read_odf(odf(f"<text:p>probe</text:p>{f'<{tag}>' * depth}<text:p>deep</text:p>{f'</{tag}>' * depth}"))
        assert "probe" in reading.text and "deep" in reading.text
        return time.process_time() - start

    assert seconds(8_000) < 8 * seconds(2_000) + 0.2


TAGS = [
    *("text:p", "text:h", "text:list", "text:list-item", "table:table", "table:table-row", "table:table-cell", "text:s"),
    *("draw:page", "text:note-body", "office:annotation", "draw:frame", "draw:text-box", "presentation:notes"),
]


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(TAGS),
        max_size=14,
    ),
    st.integers(0, 3000),
    st.binary(max_size=4),
)
def test_any_structure_and_any_damage_give_a_clean_reading(tags: list[str], place: int, damage: bytes) -> None:
    inner = "".join(f"<{tag}>word " for tag in tags) + "".join(f"</{tag}>" for tag in reversed(tags))
    data = odf(inner, "presentation").getvalue()
    for changed in (data, data[:place] + damage + data[place + len(damage) :]):
        reading = read_odf(io.BytesIO(changed))
        assert reading.text == normalise(reading.text)
        assert 0 <= reading.body_end <= len(reading.text)
        assert list(reading.pages) == sorted(reading.pages)


def test_nothing_is_lost_of_real_files(shared: Path) -> None:
    files = [path for path in (shared / "docs").rglob("*") if path.suffix in (".odt", ".ods", ".odp")]
    assert len(files) > 10
    for path in files:
        words = []
        with zipfile.ZipFile(path) as archive:
            for paragraph in ElementTree.fromstring(archive.read("content.xml")).iter():
                if paragraph.tag.endswith(("}p", "}h")) and not list(paragraph):
                    words += re.findall(r"\w+", paragraph.text or "")
        found = set(re.findall(r"\w+", read_odf(io.BytesIO(path.read_bytes())).text))
        assert sum(word in found for word in words) >= 0.99 * len(words), path.name
