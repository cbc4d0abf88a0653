"""Files that the readers' tests make for themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pytest

MakePdf = Callable[..., bytes]
MakeZip = Callable[[Mapping[str, str | bytes]], bytes]


def _make_pdf(pages: Sequence[Sequence[str]], info: str = "", extra: str = "", broken_page: int | None = None) -> bytes:
    """A PDF of one text line below another; ``info`` and ``extra`` go into the information dictionary and the catalogue."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode()]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>")
    for i, lines in enumerate(pages):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 842] /Contents {5 + 2 * i} 0 R "
        page += "/Resources << /Font << /F1 3 0 R >> >> >>"
        objects.append(b"(no page)" if i == broken_page else page.encode())
        drawn = " T* ".join(f"({line}) Tj" for line in lines)
        content = f"BT /F1 10 Tf 14 TL 50 780 Td {drawn} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects.append(f"<< {info} >>".encode("latin-1"))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>" % (len(objects) + 1, len(objects))
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n" % (len(objects) + 1, table, trailer, start)
    return data + b"%%EOF\n"


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    return _make_pdf


def _make_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts, deflated."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture(scope="session")
def make_zip() -> MakeZip:
    return _make_zip
