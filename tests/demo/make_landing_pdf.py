"""Writes the demo corpus's two PDF files: one article with a text layer, and one that is damaged on purpose.

Run ``python tests/demo/make_landing_pdf.py`` after changing ``cable-landing.txt``. Same input, same bytes.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

SOURCE = Path(__file__).with_name("cable-landing.txt")
TARGET = Path(__file__).resolve().parents[2] / "explorer" / "demo" / "corpus" / "sarrow-ledger"
LINES_A_PAGE = 32
COLUMNS = 72
LEADING = 21


def lines_of(text: str) -> list[tuple[str, str]]:
    """Wraps the article into (font, line) pairs; an empty line stands between paragraphs."""
    title, source, rest = text.split("\n", 2)
    lines = [("bold", line) for line in textwrap.wrap(title, COLUMNS - 16)]
    lines += [("plain", source), ("plain", "")]
    for paragraph in rest.strip().split("\n\n"):
        lines += [("plain", line) for line in textwrap.wrap(paragraph, COLUMNS)]
        lines.append(("plain", ""))
    return lines[:-1]


def literal(text: str) -> bytes:
    """A PDF string literal in WinAnsi, which is cp1252."""
    return b"(" + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def page_content(lines: list[tuple[str, str]]) -> bytes:
    """The drawing operators of one page: one text object, one line after another."""
    parts = [b"BT", f"72 770 Td {LEADING} TL".encode()]
    for font, line in lines:
        parts.append(b"/F2 16 Tf" if font == "bold" else b"/F1 13 Tf")
        parts.append(literal(line) + b" Tj T*")
    return b"\n".join([*parts, b"ET"])


def article_pdf(text: str) -> bytes:
    """An A4 PDF of the article in the standard Helvetica fonts, which need no embedding."""
    lines = lines_of(text)
    pages = [lines[i : i + LINES_A_PAGE] for i in range(0, len(lines), LINES_A_PAGE)]
    title = text.split("\n", 1)[0]
    first = 6  # objects 1 to 5 are the catalogue, the page tree, two fonts and the document's metadata
    kids = b" ".join(f"{first + 2 * i} 0 R".encode() for i in range(len(pages)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
        b"<< /Title " + literal(title) + b" /Author (Isla Pennard) /CreationDate (D:20260424060000Z) >>",
    ]
    for number, page in enumerate(pages):
        content = page_content(page)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents %d 0 R >>" % (first + 2 * number + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    return assemble(objects)


def assemble(objects: list[bytes]) -> bytes:
    """The file: header, numbered objects, table of their offsets, trailer."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def damaged_pdf() -> bytes:
    """What a broken download leaves: a header and the start of an object that never ends."""
    return b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /XObject /Subtype /Image /Width 2480 /Height 3508 /Len"


def main() -> None:
    """Writes both files into the corpus."""
    (TARGET / "cable-landing.pdf").write_bytes(article_pdf(SOURCE.read_text(encoding="utf-8")))
    (TARGET / "ferry-deckplan.pdf").write_bytes(damaged_pdf())


if __name__ == "__main__":
    main()
