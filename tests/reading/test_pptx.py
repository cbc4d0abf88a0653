"""Presentations: order, titles, tables, notes, comments, what repeats, and faults."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import clean
from explorer.reading.pptx import read_pptx

P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, content: str) -> str:
    return f'<p:{root} xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}">{content}</p:{root}>'


def shape(text: str, kind: str = "") -> str:
    holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    lines = "".join(f"<a:p><a:r><a:rPr/><a:t>{line}</a:t></a:r></a:p>" for line in text.split("|"))
    return f"<p:sp>{holder}<p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"


def relations(*targets: tuple[str, str, str]) -> str:
    found = "".join(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>' for name, kind, target in targets)
    return f'<Relationships xmlns="{RELS}">{found}</Relationships>'


def deck(*slides: str) -> dict[str, str | bytes]:
    """A presentation whose parts are numbered against its order."""
    count = len(slides)
    listing = "".join(f'<p:sldId r:id="s{i}"/>' for i in range(count))
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": part("presentation", f"<p:sldIdLst>{listing}</p:sldIdLst>"),
        "ppt/_rels/presentation.xml.rels": relations(*((f"s{i}", "slide", f"slides/slide{count - i}.xml") for i in range(count))),
    }
    for i, content in enumerate(slides):
        parts[f"ppt/slides/slide{count - i}.xml"] = part("sld", f"<p:cSld><p:spTree>{content}</p:spTree></p:cSld>")
    return parts


@pytest.fixture
def read(make_zip):
    def read(parts):
        return read_pptx(io.BytesIO(make_zip(parts)))[0]

    return read


def test_slides_are_pages_in_the_order_of_the_presentation(read):
    reading = read(deck(shape("Body of one") + shape("One", "ctrTitle"), shape("") + shape("Two", "title"), shape("Three")))
    assert reading.text == "One\nBody of one\n\nTwo\n\nThree"
    assert [reading.text[page:].split("\n")[0] for page in reading.pages] == ["One", "Two", "Three"]
    assert (reading.title, reading.guessed, reading.state) == ("One", (), "ok")


def test_tables_groups_and_what_repeats(read):
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in ("Name", "Sum"))
    table = f"<p:graphicFrame><a:graphic><a:tbl><a:tr>{cells}</a:tr><a:tr>{cells}</a:tr></a:tbl></a:graphic></p:graphicFrame>"
    body = f"<p:grpSp>{shape('Grouped|lines')}</p:grpSp>{table}{shape('7', 'sldNum')}{shape('Secret', 'ftr')}"
    reading = read(deck(body, shape("More") + shape("Secret", "ftr")))
    assert reading.text == "Grouped\nlines\n\nName | Sum\nName | Sum\n\nMore\n\nSecret"
    assert reading.text[reading.body_end :].strip() == "Secret"


def test_notes_and_comments_follow_their_slide(read):
    parts = deck(shape("First", "title"), shape("Second", "title"))
    parts["ppt/slides/_rels/slide2.xml.rels"] = relations(
        ("n", "notesSlide", "../notesSlides/n.xml"), ("c", "comments", "../comments/c.xml"), ("l", "slideLayout", "../layout.xml")
    )
    parts["ppt/notesSlides/n.xml"] = part("notes", shape("Say hello", "body") + shape("3", "sldNum") + shape("", "sldImg"))
    parts["ppt/comments/c.xml"] = part("cmLst", '<p:cm authorId="4"><p:text>Why?</p:text></p:cm>')
    parts["ppt/layout.xml"] = part("sldLayout", shape("Click to edit", "title"))
    parts["ppt/_rels/layout.xml.rels"] = relations(("m", "slideMaster", "master.xml"))
    parts["ppt/master.xml"] = part("sldMaster", shape("Second level", "body") + shape("Ministry of Silly Walks"))
    parts["ppt/_rels/presentation.xml.rels"] = str(parts["ppt/_rels/presentation.xml.rels"]).replace(
        "</Rel", f'<Relationship Id="a" Type="{R}/commentAuthors" Target="authors.xml"/></Rel', 1
    )
    parts["ppt/authors.xml"] = part("cmAuthorLst", '<p:cmAuthor id="4" name="Ana Reyes"/>')
    assert read(parts).text == "First\n\nSay hello\n\nComment by Ana Reyes: Why?\n\nSecond\n\nMinistry of Silly Walks"


def test_a_deck_without_its_list_is_read_by_numbers(read):
    parts = deck(shape("Two"), shape("One"))
    del parts["ppt/presentation.xml"]
    assert read(parts).text == "One\n\nTwo"


def test_a_missing_slide_is_named_and_the_others_kept(read):
    parts = deck(shape("One"), shape("Two"))
    parts["ppt/slides/slide2.xml"] = str(parts["ppt/slides/slide2.xml"])[:-40]
    reading = read(parts)
    assert reading.text == "One\n\nTwo" and (reading.state, reading.fault) == ("partial", "damaged")
    assert read({"ppt/presentation.xml": part("presentation", "")}).state == "unreadable"


@settings(max_examples=50)
@given(st.data())
def test_mutated_decks_raise_nothing(data):
    parts = deck(shape("One", "title") + shape("a|b"), shape("Two"))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            raw = bytearray(str(content).encode())
            for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=2)):
                raw[place] = value
            archive.writestr(name, bytes(raw))
    reading, members = read_pptx(held)
    assert reading.text == clean(reading.text) and list(members) == []
    assert all(page < len(reading.text) for page in reading.pages)


def test_recall_of_real_presentations(shared):
    """Every word of a:t in the slides and notes is in the text of each sound file."""
    checked = 0
    for path in sorted((shared / "docs").rglob("*.pptx")):
        reading, _ = read_pptx(io.BytesIO(path.read_bytes()))
        if reading.fault not in ("", "empty", "no text"):
            continue
        gold: set[str] = set()
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                    text = " ".join(re.findall(r"<a:t>([^<]*)", archive.read(name).decode()))
                    gold.update(re.findall(r"\w+", re.sub(r"&\w+;", " ", text)))
        missing = [word for word in gold if word not in reading.text]
        assert len(missing) <= 0.01 * len(gold), (path.name, missing)
        checked += bool(gold)
    assert checked >= 3
