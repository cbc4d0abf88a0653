"""Word documents: reading order, notes, comments, boxes, what is left out, and faults."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import clean
from explorer.reading.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="urn:wps" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, content: str, namespace: str = W) -> str:
    return f'<w:{root} xmlns:w="{namespace}" xmlns:r="{R}" {OTHERS}>{content}</w:{root}>'


def p(*runs: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(run if run.startswith('<') else f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def relations(**kinds: str) -> str:
    found = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{target}"/>' for kind, target in kinds.items())
    return f'<Relationships xmlns="{RELS}">{found}</Relationships>'


def document(body: str, **others: str | bytes) -> dict[str, str | bytes]:
    """The parts of a document; others by their names with "__" for "/" and "_xml" for ".xml"."""
    named = {name.replace("__", "/").replace("_xml", ".xml").replace("_rels", ".rels"): text for name, text in others.items()}
    return {"[Content_Types].xml": "<Types/>", "word/document.xml": part("document", f"<w:body>{body}</w:body>"), **named}


@pytest.fixture
def read(make_zip):
    def read(parts):
        return read_docx(io.BytesIO(make_zip(parts)))[0]

    return read


def test_paragraphs_headings_and_breaks(read):
    long = "word " * 30 + "end."
    body = p("The Title", style="Title") + p("A heading", style="Heading1") + p(long) + p(long)
    body += p("a", "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>re</w:t><w:noBreakHyphen/><w:t>elect</w:t></w:r>")
    reading = read(document(body))
    assert reading.text == f"The Title\nA heading\n\n{long}\n\n{long}\n\na\tb\nre-elect"
    assert (reading.title, reading.guessed, reading.state, reading.body_end) == ("The Title", (), "ok", len(reading.text))


def test_tables_nested_ones_too(read):
    inner = table((p("x"), p("y")))
    body = p("Before") + table((p("Name"), p("Sum")), (p("Ana") + p("Reyes"), inner), (p(""), p(""))) + p("After")
    assert read(document(body)).text == "Before\n\nName | Sum\nAna Reyes | x | y\n\nAfter"


def test_a_text_box_is_read_once_after_its_paragraph(read):
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    drawn = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    run = f"<w:r><mc:AlternateContent>{drawn}<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert read(document(p("Around ", run, "it") + p("next"))).text == "Around it\nIn the box\nnext"


def test_a_fallback_with_the_only_text_is_read(read):
    run = "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>"
    assert read(document(p(run.format('<w:pict><v:textpath string="Word art"/></w:pict>')))).text == "Word art"


def test_changes_and_fields(read):
    body = p(
        "<w:del><w:r><w:delText>gone</w:delText><w:t>gone too</w:t></w:r></w:del>",
        "<w:ins><w:r><w:t>Inserted</w:t></w:r></w:ins>",
        "<w:moveFrom><w:r><w:t>moved away</w:t></w:r></w:moveFrom>",
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r><w:r><w:t> 7</w:t></w:r>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>",
        '<w:hyperlink r:id="x"><w:r><w:t> link</w:t></w:r></w:hyperlink>',
        '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        "<m:oMath><m:f><m:num><m:r><m:t> a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>",
    )
    assert read(document(body)).text == "Inserted 7 hidden linkα☑ a/b"


def test_notes_comments_headers_and_footers(read):
    note = '<w:footnote w:type="separator" w:id="0">{0}</w:footnote><w:footnote w:id="2">{1}</w:footnote>'
    note += '<w:footnote w:id="9">{2}</w:footnote>'
    reading = read(
        document(
            p("Said", '<w:r><w:footnoteReference w:id="2"/></w:r>', " and", '<w:r><w:endnoteReference w:id="2"/></w:r>'),
            word__footnotes_xml=part("footnotes", note.format(p("----"), p("First note"), p("Referred to by nobody"))),
            word__endnotes_xml=part("endnotes", f'<w:endnote w:id="2">{p("Last note")}</w:endnote>'),
            word__comments_xml=part("comments", f'<w:comment w:id="1" w:author="Ana Reyes">{p("Is it so?")}</w:comment>'),
            word__header1_xml=part("hdr", p("Secret")),
            word__header2_xml=part("hdr", p("Secret")),
            word__footer1_xml=part("ftr", p("Page 1")),
        )
    )
    body = "Said[1] and[2]\n\n[1] First note\n[2] Last note\nReferred to by nobody\n\nComment by Ana Reyes: Is it so?"
    assert reading.text == body + "\n\nSecret\nPage 1"
    assert reading.body_end == len(body)


def test_parts_are_found_by_relations(read):
    parts = document("")
    del parts["word/document.xml"]
    parts["_rels/.rels"] = relations(officeDocument="/word/main2.xml")
    parts["word/main2.xml"] = part("document", f"<w:body>{p('Strict')}</w:body>", STRICT)
    parts["word/_rels/main2.xml.rels"] = relations(header="../parts/top.xml", glossaryDocument="glossary/document.xml")
    parts["parts/top.xml"] = part("hdr", p("Top"))
    parts["word/glossary/document.xml"] = part("glossaryDocument", p("Never"))
    parts["word/footer9.xml"] = part("ftr", p("Referred to by nobody"))
    assert read(parts).text == "Strict\n\nTop"


def test_charts_diagrams_and_chunks_stand_in_their_places(read):
    body = p("One", '<w:r><c:chart r:id="chart"/></w:r>', '<w:r><dgm:relIds r:dm="diagramData"/></w:r>')
    body += '<w:altChunk r:id="aFChunk"/>' + p("Two")
    chart = (
        "<c:title><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:title><c:strCache><c:pt><c:v>North</c:v></c:pt></c:strCache>"
        "<c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache>"
    )
    parts = document(body)
    parts["word/_rels/document.xml.rels"] = relations(chart="c.xml", diagramData="d.xml", aFChunk="chunk.html")
    parts["word/c.xml"] = part("x", chart)
    parts["word/d.xml"] = part("x", "<dgm:pt><dgm:t><a:p><a:r><a:t>Step</a:t></a:r></a:p></dgm:t></dgm:pt>")
    parts["word/chunk.html"] = "<html><body><p>From the web</p></body></html>"
    assert read(parts).text == "One\nSales\nNorth\nStep\nFrom the web\nTwo"


def test_properties(read):
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{}</dc:title>'
        "<dc:creator>{}</dc:creator><dc:language>de-DE</dc:language><dcterms:created>{}</dcterms:created>"
        "<dcterms:modified>2020-05-06T00:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    of = {"docProps/core.xml": core.format("The Report\x1b[31m".replace("\x1b", "&#9;"), "Ana Reyes", "2019-01-02T03:04:05Z")}
    reading = read(document(p("First line")) | of)
    assert (reading.title, reading.author, reading.date) == ("The Report [31m", "Ana Reyes", "2019-01-02")
    assert (reading.language, reading.guessed) == ("de", ("date",))
    of = {"docProps/core.xml": core.format("Microsoft Word - report.doc", "python-docx", "never")}
    reading = read(document(p("First line")) | of)
    assert (reading.title, reading.author, reading.date) == ("First line", "", "2020-05-06")
    assert reading.guessed == ("title", "date")
    of = {"docProps/core.xml": core.format("Word Document", "python-docx", "2013-12-23T23:15:00Z")}
    assert read(document(p("First line")) | of).date is None


def test_documents_without_text(read):
    assert (read(document("")).state, read(document("")).fault) == ("unreadable", "empty")
    assert read(document("", word__media__image1_xml="x")).fault == "no text"


def test_embedded_documents_are_members(make_zip):
    inner = make_zip(document(p("Inner")))
    reading, members = read_docx(io.BytesIO(make_zip(document(p("Outer")) | {"word/embeddings/Document1.docx": inner})))
    assert reading.text == "Outer"
    assert [(member.name, member.data) for member in members] == [("Document1.docx", inner)]


def test_a_chunk_that_holds_itself_ends(make_zip, read):
    parts = document(p("Level") + '<w:altChunk r:id="aFChunk"/>')
    parts["word/_rels/document.xml.rels"] = relations(aFChunk="chunk.docx")
    parts["word/chunk.docx"] = make_zip(parts | {"word/chunk.docx": make_zip(document(p("Never")))})
    reading = read(parts)
    assert reading.text == "Level\nLevel" and reading.fault == "too large"


def test_a_damaged_document_keeps_what_is_before_the_damage(make_zip, read):
    reading = read({"word/document.xml": part("document", p("Kept") + table((p("cell"), p("open"))))[:-60]})
    assert reading.text.startswith("Kept\n") and "cell" in reading.text
    assert (reading.state, reading.fault) == ("partial", "damaged")
    data = make_zip(document("".join(p(f"paragraph {i * 7919 % 1000003}") for i in range(20_000))))
    reading, _ = read_docx(io.BytesIO(data[: len(data) // 2]))
    assert reading.text.startswith("paragraph 0\nparagraph 7919\n") and len(reading.text) > 50_000
    assert (reading.state, reading.fault) == ("partial", "damaged")
    assert read({"word/styles.xml": "<x/>"}).fault == "damaged"


def test_bombs_and_outside_entities(read, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("probesecret")
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    assert read({"word/document.xml": head + part("document", p("a&e;b"))}).text == "ab"
    head = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    reading = read({"word/document.xml": head + part("document", p("&b;"))})
    assert (reading.text, reading.fault) == ("", "damaged")


@pytest.mark.parametrize(
    "tags",
    [
        ("w:p",),
        ("w:tbl", "w:tr", "w:tc"),
        ("w:p", "w:r", "w:txbxContent"),
        ("mc:AlternateContent", "mc:Choice"),
        ("w:r",),
        ("w:tc",),
    ],
)
def test_depth_does_no_harm(read, tags):
    levels = 24_000 // len(tags)
    begin, end = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
    started = time.process_time()
    reading = read(document(p("Top") + begin * levels + p("Bottom") + end * levels + p("After")))
    assert reading.text.split() == ["Top", "Bottom", "After"]
    assert time.process_time() - started < 2


@settings(max_examples=60)
@given(st.data())
def test_mutated_documents_raise_nothing(data):
    body = p("Title", style="Title") + table((p("a"), p("b"))) + p('<w:r><w:footnoteReference w:id="2"/></w:r>', "text")
    xml = bytearray(part("document", body).encode())
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(xml) - 1), st.integers(0, 255)), max_size=6)):
        xml[place] = value
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", bytes(xml))
        archive.writestr("word/_rels/document.xml.rels", data.draw(st.binary(max_size=40)))
        archive.writestr("docProps/core.xml", data.draw(st.binary(max_size=40)))
    reading, members = read_docx(held)
    assert reading.text == clean(reading.text) and reading.body_end <= len(reading.text)
    assert list(members) == []


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing(data):
    for start in (b"", b"PK\3\4"):
        assert read_docx(io.BytesIO(start + data))[0].state == "unreadable"


def test_recall_of_real_documents(shared):
    """Every word of w:t in the body, its notes, comments, headers and footers is in the text of each sound file."""
    checked = 0
    for path in sorted((shared / "docs").rglob("*.docx")):
        reading, _ = read_docx(io.BytesIO(path.read_bytes()))
        if reading.fault not in ("", "empty", "no text"):
            continue
        gold: Counter[str] = Counter()
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if re.fullmatch(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name):
                    text = re.sub(r"(?s)<w:(del|moveFrom) .*?</w:\1>", "", archive.read(name).decode())
                    text = re.sub(r"(?s)<mc:Fallback>.*?</mc:Fallback>", "", text)
                    gold.update(re.findall(r"\w+", " ".join(re.findall(r"(?s)<w:t(?: [^>]*)?>([^<]*)", text))))
        got = "".join(reading.text.split())
        missing = [word for word in gold if word not in got]
        assert len(missing) <= 0.01 * len(gold), (path.name, missing)
        checked += bool(gold)
    assert checked >= 15
