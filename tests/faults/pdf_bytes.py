"""PDF files written by hand (ISO 32000-1), sound ones and the parts of unsound ones."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
Objects = dict[int, bytes]


def shown(line: str) -> bytes:
    """The operators that show a line on a page."""
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"BT /F1 12 Tf 72 720 Td (" + escaped.encode("latin-1") + b") Tj ET"


def stream(data: bytes, entries: bytes = b"", length: int | bytes | None = None) -> bytes:
    """A stream object; ``length`` may lie."""
    size = length if isinstance(length, bytes) else b"%d" % (len(data) if length is None else length)
    return b"<< /Length " + size + b" " + entries + b" >>\nstream\n" + data + b"\nendstream"


def flate(data: bytes) -> bytes:
    """A compressed stream object."""
    return stream(zlib.compress(data), b"/Filter /FlateDecode")


def page(contents: bytes = b"", entries: bytes = b"") -> bytes:
    """A page object whose parent is object 2 and whose font is object 3."""
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
        + (b"/Contents " + contents + b" " if contents else b"")
        + entries
        + b" >>"
    )


def document(pages: Sequence[bytes], catalogue: bytes = b"") -> Objects:
    """The objects of a document whose pages show ``pages`` (operators): catalogue 1, page tree 2, font 3, pages from 10 on."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>", 2: b"", 3: FONT}
    kids = []
    for number, operators in enumerate(pages):
        objects[10 + 2 * number] = page(b"%d 0 R" % (11 + 2 * number))
        objects[11 + 2 * number] = stream(operators)
        kids.append(b"%d 0 R" % (10 + 2 * number))
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return objects


def assemble(
    objects: Mapping[int, bytes],
    trailer: bytes = b"",
    root: int = 1,
    shift: int = 0,
    start: int | None = None,
    change: Callable[[int, bytes], bytes] | None = None,
) -> bytes:
    """The file: header, objects in order, table of their places (moved by ``shift``), trailer; ``start`` may lie about the
    table's place, ``change`` has a last word on each object's bytes."""
    pieces, places, size = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"], {}, 15
    for number, body in sorted(objects.items()):
        places[number] = size
        piece = b"%d 0 obj\n" % number + (change(number, body) if change else body) + b"\nendobj\n"
        pieces.append(piece)
        size += len(piece)
    last = max(objects, default=0)
    rows = [b"0000000000 65535 f \n"]
    for number in range(1, last + 1):
        rows.append(b"%010d 00000 n \n" % (places[number] + shift) if number in places else b"0000000000 00000 f \n")
    table = b"xref\n0 %d\n" % (last + 1) + b"".join(rows)
    end = b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join(pieces) + table + end % (last + 1, root, trailer, size if start is None else start)


def pdf(*lines: str, info: bytes = b"") -> bytes:
    """A sound PDF file, a page for each line; ``info`` are the entries of its information dictionary."""
    objects = document([shown(line) for line in lines])
    if not info:
        return assemble(objects)
    objects[4] = b"<< " + info + b" >>"
    return assemble(objects, b"/Info 4 0 R")


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, which encrypts and decrypts."""
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


def encrypted(lines: Sequence[str], user: bytes, owner: bytes = b"owner") -> bytes:
    """A PDF file encrypted by the standard handler, revision 2 (RC4, 40 bits); an empty ``user`` password opens it for all."""
    identifier, rights = b"0123456789abcdef", -4

    def padded(password: bytes) -> bytes:
        return (password + _PADDING)[:32]

    of_owner = rc4(hashlib.md5(padded(owner)).digest()[:5], padded(user))
    key = hashlib.md5(padded(user) + of_owner + rights.to_bytes(4, "little", signed=True) + identifier).digest()[:5]
    of_user = rc4(key, _PADDING)

    def encrypt(number: int, body: bytes) -> bytes:
        if b"stream\n" not in body:
            return body
        head, data = body.split(b"stream\n", 1)
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return head + b"stream\n" + rc4(own, data.removesuffix(b"\nendstream")) + b"\nendstream"

    objects = document([shown(line) for line in lines])
    handler = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P %d /O <%s> /U <%s> >>"
    marks = b"<" + identifier.hex().encode() + b">"
    return assemble(
        objects,
        b"/Encrypt " + handler % (rights, of_owner.hex().encode(), of_user.hex().encode()) + b" /ID [" + marks + marks + b"]",
        change=encrypt,
    )
