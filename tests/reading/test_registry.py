"""From a file to a reading: by content first, by name second, and a reason for whatever is not read."""

from __future__ import annotations

import contextlib
import io
import os
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model import Reading
from explorer.reading import load as loading
from explorer.reading import readers
from explorer.reading.load import Content, fingerprint, load
from explorer.reading.registry import READER_VERSION, Begun, read_content, read_file, reading_steps
from explorer.reading.zip_kinds import zip_kind

MAIL = b"From: a@b.c\nSubject: The ferry\n\nIt left at dawn.\n"
NAMES = ("a", *(f"a.{ending}" for ending in (
    *("txt", "md", "html", "pdf", "eml", "docx", "xlsx", "odt", "epub", "xml", "mbox", "rtf", "json", "jsonl", "csv", "srt"),
    *("zip", "tar", "gz", "doc", "msg", "mht"),
)), ".a", "a.", "\x1b.\x07")  # fmt: skip
STARTS = (
    *(
        b"From: a@b.c\nSubject: The ferry\n\nIt left at dawn.\n",
        b"%PDF-1.4",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"{\\rtf1 ",
        b"<?xml ",
    ),
    *(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"WEBVTT\n",
        b"From x Mon Mar  5 10:00:00 2001\nFrom: a@b.c\nSubject: x\n\n",
        b"{",
        b"[",
    ),
)
PAGE = b"<!DOCTYPE html><html><title>The ferry</title><p>It left at dawn.</p></html>"
TEXT = b"The ferry\nHarbour Post, 2001-03-05\n\nIt left at dawn.\n"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def one(path: Path) -> Reading:
    ((member, reading),) = read_file(path)
    assert member == ""
    return reading


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml", "a", "a.weird", "a.pdf", "a.docx"])
@pytest.mark.parametrize("data", [MAIL, PAGE, "pdf"], ids=["mail", "page", "pdf"])
def test_content_comes_before_the_name(tmp_path: Path, name: str, data: bytes | str, make_pdf: Callable[..., bytes]) -> None:
    content = make_pdf([["It left at dawn."]], "/Title (The ferry)") if isinstance(data, str) else data
    reading = one(write(tmp_path, name, content))
    assert "It left at dawn." in reading.text
    assert reading.title == "The ferry"


@pytest.mark.parametrize("name", ["a.txt", "a", "a.log", "README", "a.2,S"])
def test_text_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    reading = one(write(tmp_path, name, TEXT))
    assert (reading.title, reading.source, reading.state) == ("The ferry", "Harbour Post", "ok")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.numbers", zipped("Index/Document.iwa"), "Pages, Numbers and Keynote files without a preview are not read"),
        ("a.bin", zipped("[Content_Types].xml", "xl/workbook.bin"), "XLSB files are not read"),
        ("a.pub", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "PUB files are not read (Publisher)"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "damaged: an old Office file, in which nothing to read can be found",
        ),
        ("a.bin", b"7z\xbc\xaf\x27\x1c" + bytes(99), "7Z files are not read"),
        ("a.dbf", bytes(range(256)), "DBF files are not read (dBASE table)"),
        ("a.mp3", b"ID3" + bytes(99), "a sound file: there is no text to read in it"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture: there is no text to read in it"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "a picture: there is no text to read in it"),
        ("a.txt", bytes(range(256)) * 9, "binary data, not text"),
        ("a", bytes(range(256)) * 9, "binary data, not text"),
        ("a.docx", bytes(range(256)) * 9, "damaged: this is no DOCX file"),
        ("a.pdf", bytes(range(256)) * 9, "damaged: this is no PDF file"),
        ("a.html", bytes(range(256)) * 9, "damaged: this is no HTML file"),
        ("a.eml", bytes(range(256)) * 9, "damaged: this is no EML file"),
        ("a.txt", b"", "empty file"),
        ("a.pdf", b"", "empty file"),
    ],
)
def test_what_is_not_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    reading = one(write(tmp_path, name, data))
    assert (reading.state, reading.text, reading.problems) == ("unreadable", "", (reason,))


@pytest.mark.parametrize("ending", ["docx", "jpg", "mp3", "pub"])
def test_text_under_a_false_name_is_read_and_said(tmp_path: Path, ending: str) -> None:
    reading = one(write(tmp_path, f"a.{ending}", TEXT))
    assert reading.title == "The ferry"
    assert reading.problems == (f"plain text, though its name ends in .{ending}",)


def test_a_text_above_the_cap_is_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "TEXT_BYTES", 1 << 20)
    path = write(tmp_path, "a.txt", TEXT * 40_000)
    reading = one(path)
    assert reading.state == "partial"
    assert reading.problems == ("only the first 1 MB of 2 MB read",)
    assert len(reading.text) == 1 << 20


def test_a_sparse_pdf_of_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", b"%PDF-1.4\n")
    os.truncate(path, 4 << 30)
    reading = one(path)
    assert reading.problems == ("too large: PDF files above 256 MB are not read",)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    write(tmp_path, "real.txt", TEXT)
    (tmp_path / "link.txt").symlink_to("real.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert one(tmp_path / "link.txt").problems == ("a link: links are not followed",)
    assert one(tmp_path / "pipe.txt").problems == ("cannot be opened: not a regular file",)
    assert one(tmp_path / "none.txt").problems == ("cannot be opened: no such file or directory",)


def test_names_that_are_not_utf8_can_be_opened(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_bytes(TEXT)
    ((_, reading),) = read_file(path)
    assert reading.title == "The ferry"


def test_the_fingerprint_is_of_the_content(tmp_path: Path) -> None:
    first, second = load(write(tmp_path, "a", TEXT)), load(write(tmp_path, "b", TEXT))
    other = load(write(tmp_path, "c", TEXT + b" "))
    assert fingerprint(first) == fingerprint(second) != fingerprint(other)
    assert len(fingerprint(first)) == 32
    grown = Content(first.data, first.size + 1, 0, 0, 0)
    assert fingerprint(grown) != fingerprint(first), "the size counts where the rest is not read"


def test_a_file_that_keeps_changing_says_so() -> None:
    content = Content(TEXT, len(TEXT), 0, 0, 0, changed=True)
    ((_, reading),) = read_content(b"a.txt", content)
    assert reading.problems == ("it changed while it was being read",)


def test_members_are_readings_of_their_own_and_the_container_is_none(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    inner = zipped("deep.txt")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("notes/a.txt", TEXT)
        archive.writestr("b.pdf", make_pdf([["It left at dawn."]], ""))
        archive.writestr("c.png", b"\x89PNG\r\n\x1a\n" + bytes(99))
        archive.writestr("inner.zip", inner)
    found = dict(read_file(write(tmp_path, "all.zip", data.getvalue())))
    assert set(found) == {"notes/a.txt", "b.pdf", "c.png", "inner.zip/deep.txt"}
    assert found["notes/a.txt"].title == "The ferry"
    assert "It left at dawn." in found["b.pdf"].text
    assert (found["c.png"].state, found["c.png"].fault) == ("unreadable", "no text")


@pytest.mark.parametrize(
    ("name", "parts", "kind"),
    [
        ("a.odt", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}, "odf"),
        ("a.docx", {"[Content_Types].xml": "<x/>"}, "docx"),
        ("a.zip", {"[Content_Types].xml": "<x/>"}, "zip"),
    ],
)
def test_a_document_whose_parts_are_packed_oddly_or_lost_is_no_archive(name: str, parts: dict[str, str], kind: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    assert zip_kind(io.BytesIO(data.getvalue()), name.rpartition(".")[2]) == (kind, "")


def test_containers_nested_too_deep_are_named(tmp_path: Path) -> None:
    data = TEXT
    for depth in range(6):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(f"{depth}.{'zip' if depth else 'txt'}", data)
        data = packed.getvalue()
    ((member, reading),) = read_file(write(tmp_path, "deep.zip", data))
    assert (reading.state, reading.fault) == ("unreadable", "too large")
    assert "nested deeper" in reading.problems[0]
    assert member.count("/") == 2


def test_a_mail_is_a_document_and_so_is_each_attachment(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.c", "d@e.f", "The ferry"
    message.set_content("See the annex.")
    message.add_attachment(TEXT, maintype="text", subtype="plain", filename="annex.txt")
    found = dict(read_file(write(tmp_path, "mail.eml", message.as_bytes())))
    assert set(found) == {"", "annex.txt"}
    assert "See the annex." in found[""].text
    assert found["annex.txt"].text == TEXT.decode()


def test_steps_go_on_after_members_that_were_delivered(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zipped("a.txt", "b.txt", "c.txt"))
    with contextlib.closing(load(path)) as content:
        steps = list(reading_steps(path, content, after=2))
    assert [step.member if isinstance(step, Begun) else step[0] for step in steps] == ["c.txt", "c.txt"]


def test_a_reader_that_fails_costs_one_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, cut: bool = False) -> Reading:
        raise KeyError("no such thing")

    monkeypatch.setattr("explorer.reading.tables.read_table", fail)
    found = dict(read_file(write(tmp_path, "a.zip", zipped("a.txt", "b.csv", "c.txt"))))
    assert found["b.csv"].problems == ("the reader failed (KeyError)",)
    assert (found["a.txt"].text, found["c.txt"].text) == ("x", "x")


def test_an_archive_above_the_cap_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "TEXT_BYTES", 1000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.txt", f"The {number}th ferry left at dawn. " * 4)
    path = write(tmp_path, "a.zip", data.getvalue())
    assert len(data.getvalue()) > 3000
    assert len(read_file(path)) == 30
    with contextlib.closing(load(path)) as content:
        before = fingerprint(content)
    path.write_bytes(data.getvalue().replace(b"29th", b"29st"))
    with contextlib.closing(load(path)) as content:
        assert fingerprint(content) != before, "what lies beyond the part in memory counts too"


def test_every_reader_that_is_named_is_there() -> None:
    for place in (
        *readers._OF_TEXT.values(),
        *readers._OF_BYTES.values(),
        *readers._OF_FILES.values(),
        *readers.CONTAINERS.values(),
    ):
        assert callable(readers._function(place)), place


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.sampled_from(STARTS).flatmap(lambda start: st.binary(max_size=200).map(lambda rest: start + rest)),
    ),
    st.sampled_from(NAMES),
)
def test_any_bytes_under_any_name_give_a_reading(data: bytes, name: str) -> None:
    readings = read_content(os.fsencode(name), Content(data, len(data), 0, 0, 0))
    assert readings, "a file is indexed or listed, whatever it is"
    for _, reading in readings:
        assert (reading.state == "unreadable") == (not reading.text)
        assert (reading.state == "unreadable") <= (reading.fault != "")
        assert reading.text or reading.problems
        assert 0 <= reading.body_end <= len(reading.text)
        assert list(reading.pages) == sorted(reading.pages) and (not reading.pages or reading.pages[0] == 0)
        shown = reading.text + reading.title + reading.author + reading.source + "".join(reading.problems)
        assert not set(shown) & {"\x1b", "\x07", "\x00", "\x9b", "\u202e"}


def test_the_reader_version_is_a_number_to_raise() -> None:
    assert READER_VERSION >= 1


@pytest.mark.parametrize("group", ["seeds", "docs/readability", "docs/notmuch-mail", "docs/pdfminer", "docs/char-dataset"])
def test_real_files_give_readings_that_hold(shared: Path, group: str) -> None:
    for path in sorted((shared / group).iterdir())[:12]:
        for _, reading in read_file(path):
            assert reading.text or reading.problems, path.name
            assert 0 <= reading.body_end <= len(reading.text), path.name
            assert "\x1b" not in reading.text, path.name
