"""Saved pages: the page, its true characters, and where and when it was saved."""

from __future__ import annotations

import quopri

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.clean import clean
from explorer.reading.mhtml import read_mhtml

WORDS = "Die Fähre legte in der Dämmerung ab und kam erst nach drei Tagen wieder zurück, wie der Hafenmeister sagte. " * 4
PAGE = f"<html><head><title>Fähre</title></head><body><h1>Fähre</h1><p>{WORDS}</p></body></html>"


def saved(page: bytes, kind: str = "text/html", head: str = "", start: str = "") -> bytes:
    return (
        (
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.org/a?b\r\n"
            f"Subject: =?utf-8?q?Die_F=C3=A4hre?=\r\nDate: Mon, 05 Mar 2001 10:00:00 +0000\r\n{head}"
            f'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="XX"{start}\r\n\r\n'
            "--XX\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n"
            f"--XX\r\nContent-Type: {kind}\r\nContent-ID: <frame@x>\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            "Content-Location: https://inner.example.org/\r\n\r\n"
        ).encode()
        + quopri.encodestring(page)
        + b"\r\n--XX\r\nContent-Type: text/html\r\nContent-ID: <other@x>\r\n\r\n<p>an advert</p>\r\n--XX--\r\n"
    )


def test_the_page_is_read_with_its_host_and_day() -> None:
    reading = read_mhtml(saved(PAGE.encode(), "text/html; charset=utf-8"))
    assert "Die Fähre legte" in reading.text and "advert" not in reading.text
    assert (reading.source, reading.date, reading.title) == ("example.org", "2001-03-05", "Fähre")
    assert "date" in reading.guessed and "title" not in reading.guessed


def test_what_the_page_declares_is_believed_first() -> None:
    page = PAGE.replace("<head>", '<head><meta property="article:published_time" content="1999-01-02">')
    reading = read_mhtml(saved(page.encode(), "text/html; charset=utf-8"))
    assert reading.date == "1999-01-02" and "date" not in reading.guessed


def test_the_heads_charset_is_believed_over_the_pages() -> None:
    lying = PAGE.replace("<head>", '<head><meta charset="utf-16">')
    assert "Fähre" in read_mhtml(saved(lying.encode("cp1252"), "text/html; charset=windows-1252")).text
    declared = PAGE.replace("<head>", '<head><meta charset="windows-1252">')
    assert "Fähre" in read_mhtml(saved(declared.encode("cp1252"))).text


def test_the_named_start_is_the_page() -> None:
    assert "advert" in read_mhtml(saved(PAGE.encode(), start='; start="<other@x>"')).text


def test_a_page_without_a_title_has_the_archives() -> None:
    reading = read_mhtml(saved(f"<html><body><p>{WORDS}</p></body></html>".encode(), "text/html; charset=utf-8"))
    assert reading.title == "Die Fähre"


def test_an_archive_without_a_page_is_damaged_and_an_empty_one_empty() -> None:
    assert read_mhtml(saved(b"x", "text/css").replace(b"text/html\r", b"text/css\r")).fault == "damaged"
    assert read_mhtml(b" ").fault == "empty"


@given(st.integers(0, 3_000), st.binary(max_size=20), st.booleans())
@settings(max_examples=25)
def test_mutated_pages_are_survived(place: int, noise: bytes, cut: bool) -> None:
    data = saved(b"<html><head><title>t</title></head><body>short</body></html>")
    at = place % len(data)
    reading = read_mhtml(data[:at] + noise + (b"" if cut else data[at:]))
    assert reading.text or reading.problems
    assert clean(reading.text) == reading.text
