"""Pages, Numbers and Keynote: only what their preview shows is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from explorer.model import Reading
from explorer.reading.load import Content
from explorer.reading.registry import read_content


def read(**parts: bytes) -> Reading:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in {"Index/Document.iwa": b"?", **parts}.items():
            archive.writestr(name, data)
    data = file.getvalue()
    ((_, reading),) = read_content(b"a.pages", Content(data, len(data), 0, 0, 0))
    return reading


@pytest.mark.parametrize("name", ["QuickLook/Preview.pdf", "quicklook/preview.PDF"])
def test_the_preview_is_read_as_a_part_of_the_document(make_pdf: Callable[..., bytes], name: str) -> None:
    reading = read(**{name: make_pdf([["It left at dawn."], ["It came back."]], "/Title (The ferry)")})
    assert "It left at dawn." in reading.text and (reading.title, len(reading.pages)) == ("The ferry", 2)
    assert (reading.state, reading.fault) == ("partial", "no reader")
    assert reading.problems == ("read from the preview kept in it, which may show less than the document",)


def test_without_a_preview_or_with_a_password_it_says_so() -> None:
    assert read(**{"preview.jpg": b"?"}).fault == read(**{"QuickLook/Preview.pdf": b"%PDF-1.4 ?"}).fault == "no reader"
    assert read(**{".iwpv2": b"?", "QuickLook/Preview.pdf": b"?"}).fault == "password"
