"""E-books: chapters in reading order, contents not repeated, protection told, damage survived."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import normalise
from explorer.reading.epub import read_epub

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = (
    '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    "<dc:title>The Ferry</dc:title><dc:creator>Ada Quill</dc:creator><dc:creator>Tom Reed</dc:creator>"
    "<dc:date>2001-03-05</dc:date>"
    "<dc:publisher>Pier Press</dc:publisher><dc:language>en-GB</dc:language></metadata><manifest>"
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="n" href="notes.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
)


def chapter(*paragraphs: str) -> str:
    inner = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{inner}</body></html>'


PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF,
    "OEBPS/nav.xhtml": chapter("Contents"),
    "OEBPS/two b.xhtml": chapter("It came back."),
    "OEBPS/one.xhtml": chapter("It left at <i>dawn</i>.", "Nobody saw caf&eacute; lamps."),
    "OEBPS/notes.xhtml": chapter("A note."),
}


def epub(**changed: str | None) -> io.BytesIO:
    parts = {**PARTS, **{name.replace("__", "/"): text for name, text in changed.items()}}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if text is not None:
                archive.writestr(name, text)
    return file


def encryption(*names: str) -> str:
    data = "".join(f'<EncryptedData><CipherData><CipherReference URI="{name}"/></CipherData></EncryptedData>' for name in names)
    return f'<encryption xmlns="http://www.w3.org/2001/04/xmlenc#">{data}</encryption>'


def test_chapters_in_order_and_metadata() -> None:
    reading = read_epub(epub())
    assert reading.text[: reading.body_end] == "It left at dawn.\nNobody saw café lamps.\n\nIt came back."
    assert reading.text[reading.body_end :].strip() == "Contents\n\nA note."
    assert (reading.title, reading.author, reading.date) == ("The Ferry", "Ada Quill, Tom Reed", "2001-03-05")
    assert (reading.source, reading.language, reading.guessed) == ("Pier Press", "en", ())
    assert (reading.state, reading.problems) == ("ok", ())


@pytest.mark.parametrize(
    "changed",
    [{"OEBPS/book.opf": None, "META-INF/container.xml": None}, {"OEBPS/book.opf": "<package"}, {"OEBPS/book.opf": "<package/>"}],
)
def test_without_an_order_the_pages_go_by_their_names(changed: dict[str, str | None]) -> None:
    reading = read_epub(epub(**changed))
    assert [word for word in ("Contents", "A note", "It left", "It came") if word in reading.text] == [
        "Contents",
        "A note",
        "It left",
        "It came",
    ]
    assert (reading.state, reading.fault) == ("partial", "damaged")
    assert any("order of" in problem for problem in reading.problems)


def test_a_lost_container_is_no_loss() -> None:
    reading = read_epub(epub(**{"META-INF/container.xml": None}))
    assert (reading.title, reading.state) == ("The Ferry", "ok")


def test_a_missing_chapter_is_told() -> None:
    reading = read_epub(epub(**{"OEBPS/one.xhtml": None}))
    assert reading.text.startswith("It came back.")
    assert reading.state == "partial"
    assert "one.xhtml is missing" in reading.problems[0]


def test_protection() -> None:
    fonts = read_epub(epub(**{"META-INF/encryption.xml": encryption("OEBPS/font.otf")}))
    assert fonts.state == "ok"
    one = read_epub(epub(**{"META-INF/encryption.xml": encryption("OEBPS/one.xhtml")}))
    assert (one.state, one.fault) == ("partial", "password")
    assert "dawn" not in one.text
    whole = read_epub(epub(**{"META-INF/encryption.xml": encryption("OEBPS/one.xhtml", "OEBPS/two%20b.xhtml")}))
    assert (whole.state, whole.fault) == ("unreadable", "password")


def test_no_zip() -> None:
    assert read_epub(io.BytesIO(b"no")).state == "unreadable"


@settings(max_examples=30)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=6), st.sampled_from(sorted(PARTS)))
def test_any_damage_gives_a_clean_reading(place: int, damage: bytes, name: str) -> None:
    whole = epub().getvalue()
    inner = PARTS[name].encode()
    spot = place % max(1, len(inner))
    changed = inner[:spot] + damage + inner[spot + len(damage) :]
    for data in (whole[:place] + damage + whole[place + len(damage) :], epub(**{name: changed.decode("latin-1")}).getvalue()):
        reading = read_epub(io.BytesIO(data))
        assert reading.text == normalise(reading.text)
        assert 0 <= reading.body_end <= len(reading.text)


def test_real_books(shared: Path) -> None:
    books = sorted((shared / "docs").rglob("*.epub"))
    assert len(books) >= 4
    for path in books:
        reading = read_epub(io.BytesIO(path.read_bytes()))
        assert (reading.state, reading.problems) == ("ok", ()), path.name
        assert reading.title and reading.author and reading.date, path.name
    wasteland = next(path for path in books if path.name == "wasteland.epub")
    text = read_epub(io.BytesIO(wasteland.read_bytes())).text
    assert text.index("April is the cruellest month") < text.index("A Game of Chess".upper()) < text.index("shantih")
