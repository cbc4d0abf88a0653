"""Damage in the parts of a document that no text is read from."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from explorer.reading import package_sums
from explorer.reading.package_sums import damaged_parts
from explorer.reading.registry import read_file

PICTURE = bytes(range(256)) * 40
BODY = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>It left at dawn.</w:t></w:r></w:p></w:body></w:document>"
)


def document(method: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", BODY)
        package.writestr("word/media/image1.png", PICTURE)
    return out.getvalue()


def test_a_flipped_bit_in_a_picture_is_told_and_the_text_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(document())
    ((_, sound),) = read_file(path)
    assert (sound.state, sound.problems) == ("ok", ())
    path.write_bytes(document().replace(PICTURE[:9], b"X" * 9))
    ((_, reading),) = read_file(path)
    assert (reading.text, reading.state, reading.fault) == ("It left at dawn.", "partial", "damaged")
    assert reading.problems == ("damaged: word/media/image1.png: not what was packed (CRC error); its text is not in there",)


def test_every_part_is_looked_at_within_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = bytearray(document(zipfile.ZIP_DEFLATED))
    broken[broken.index(b"image1.png") + 60] ^= 0xFF
    assert damaged_parts(io.BytesIO(broken)) == ["word/media/image1.png"]
    monkeypatch.setattr(package_sums, "_MOST", 100)
    assert damaged_parts(io.BytesIO(broken)) == []


def test_what_has_no_list_has_no_damaged_parts() -> None:
    assert damaged_parts(io.BytesIO(b"PK\x03\x04" + bytes(100))) == []
