"""F01, F02, F13, F14, F15: empty and random files, files under a wrong name, files too long, files of bytes that are no text."""

from __future__ import annotations

import os
import random
from pathlib import Path

from tests.faults.build import Expected, Folder
from tests.faults.packages import docx, odt
from tests.faults.pdf_bytes import pdf
from tests.faults.sound import mail, mailbox, page, rtf, text
from tests.faults.zip_bytes import pack

_ENDINGS = (
    *(
        "txt",
        "md",
        "html",
        "pdf",
        "docx",
        "odt",
        "epub",
        "pptx",
        "xlsx",
        "rtf",
        "eml",
        "mbox",
        "csv",
        "json",
        "jsonl",
        "xml",
        "zip",
    ),
    *("gz", "tar", "msg", "doc"),
)
_RANDOM = (
    *(
        "pdf",
        "docx",
        "odt",
        "ods",
        "odp",
        "epub",
        "pptx",
        "xlsx",
        "rtf",
        "eml",
        "mbox",
        "csv",
        "json",
        "html",
        "xml",
        "zip",
        "gz",
    ),
    *("tar", "msg", "doc", "xls", "ppt", "txt", "md", "mhtml"),
)
NOTHING = ("empty", "no text", "damaged", "not a document")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _empty(folder: Folder) -> None:
    """F01: 44 files with nothing or next to nothing in them."""
    for ending in _ENDINGS:
        folder.put("F01", f"empty.{ending}", b"", "an empty file", faults=["empty"])
        folder.put("F01", f"one.{ending}", b"a", "a file of one byte")
    folder.put("F01", "none", b"", "an empty file without an ending", faults=["empty"])
    folder.put("F01", "spaces.txt", b" \n\t\n  ", "a file of white space", faults=["empty", "no text"])


def _noise(folder: Folder) -> None:
    """F02: 25 files of random bytes."""
    chance = random.Random(folder.seed)
    for ending in _RANDOM:
        folder.put("F02", f"noise.{ending}", chance.randbytes(20_000), "random bytes", faults=["damaged", "not a document"])


def _misnamed(folder: Folder) -> None:
    """F13: what a file is goes by what is in it."""

    def put(name: str, data: bytes | str, word: str) -> None:
        folder.put("F13", name, data, "a wrong ending", word, never=["PDF-1"])

    put("upper.PDF", pdf("a word probemisupper"), "probemisupper")
    put("pdf.txt", pdf("a word probemispdf"), "probemispdf")
    put("docx.pdf", docx("a word probemisdocx"), "probemisdocx")
    put("docx.zip", docx("a word probemisdocxzip"), "probemisdocxzip")
    put("odt.docx", odt("a word probemisodt"), "probemisodt")
    put("page.txt", page("probemispage"), "probemispage")
    put("page.doc", page("probemispagedoc"), "probemispagedoc")
    put("page.xls", page("probemispagexls"), "probemispagexls")
    put("rich.doc", rtf("probemisrtf"), "probemisrtf")
    put("rich.txt", rtf("probemisrtftxt"), "probemisrtftxt")
    put("message.txt", mail("probemiseml"), "probemiseml")
    put("message", mail("probemismail"), "probemismail")
    put("box.txt", mailbox(["probemisbox", "two"]), "probemisbox")
    put("text.pdf", text("probemistextpdf"), "probemistextpdf")
    put("text.docx", text("probemistextdocx"), "probemistextdocx")
    put("text.eml", text("probemistexteml"), "probemistexteml")
    put("text.html", text("probemistexthtml"), "probemistexthtml")
    put("text.json", text("probemistextjson"), "probemistextjson")
    put("text.rtf", text("probemistextrtf"), "probemistextrtf")
    put("zip.docx", pack({"a.txt": "a word probemiszip"}), "probemiszip")
    put("table.xls", "boat,word\nHeron,probemiscsv\n", "probemiscsv")
    put("text", text("probemisnone"), "probemisnone")
    put("text.xyz", text("probemisxyz"), "probemisxyz")
    folder.put(
        "F13", "picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "a picture named .txt", faults=["not a document", "no text"]
    )
    folder.put("F13", "program.docx", b"\x7fELF" + b"\0" * 99, "a program named .docx", faults=["not a document", "damaged"])
    for ending in ("doc", "xls", "ppt", "msg"):
        data = OLE + b"\0" * 504
        folder.put(
            "F13", f"hollow.{ending}", data, "the head of an old Office file", faults=["damaged", "no reader", "no text", "empty"]
        )


def _long(folder: Folder) -> None:
    """F14: what is larger than is read; sparse files take no room on the disk."""

    def sparse(name: str, head: bytes, size: int, what: str, faults: tuple[str, ...]) -> None:
        path = folder.put("F14", name, head, what, faults=faults, longest=20_000_000)
        os.truncate(path, size)

    sparse("sparse.pdf", pdf("a word"), 4 << 30, "a sparse PDF of 4 GB", ("too large",))
    sparse("sparse.docx", docx("a word"), 10 << 30, "a sparse package of 10 GB", ("too large", "damaged"))
    sparse("hole.txt", b"", 10 << 30, "10 GB of nothing", ("not a document", "too large"))
    line = b"a word probelongline " + b"x" * (1 << 20) + b" and the end probelineend"
    folder.put("F14", "line.txt", line, "a line of 1 MB", ("probelongline", "probelineend"))
    folder.put("F14", "line.html", b"<p>a word probelongpage " + b"words " * (1 << 16), "a paragraph of 400 kB", "probelongpage")
    if folder.big:
        sparse("sparse.txt", b"a word probesparse\n" * 9000, 10 << 30, "a sparse text of 10 GB", ("too large", "not a document"))
        folder.put(
            "F14", "long.txt", b"a word probehuge " + b"word " * (40 << 20), "a line of 200 MB", "probehuge", faults=["too large"]
        )


def _bytes(folder: Folder) -> None:
    """F15: NULs and every other byte."""
    put = folder.put
    put("F15", "nul.txt", b"a word probenul\0and\0more " * 40, "NULs in a text", longest=2000)
    put("F15", "few-nul.txt", b"word " * 500 + b"\0probefewnul " + b"word " * 500, "one NUL in a long text", "probefewnul")
    put("F15", "nuls.txt", b"\0" * 5000, "NULs alone", faults=["not a document", "empty", "damaged"])
    put("F15", "all.txt", bytes(range(256)) * 40, "every byte", faults=["not a document"])
    put("F15", "all.md", bytes(range(256)) * 40, "every byte, as Markdown", faults=["not a document", "damaged"])
    put("F15", "controls.txt", bytes(range(1, 32)) * 40 + b" word", "every control", faults=["not a document"])
    put("F15", "nul.csv", b"a,b\nc,probenulcsv\n" + b"d,\0\n" * 3, "NULs in a table", fate="accounted")
    put("F15", "nul.json", b'{"a": "word\\u0000probenuljson"}', "an escaped NUL", fate="accounted")
    put(
        "F15",
        "nul.html",
        b"<p>a wo\0rd</p><scr\0ipt>x</script><p>probenulpage</p>" + b"<p>word</p>" * 99,
        "NULs in a page",
        "probenulpage",
    )
    put("F15", "nul.eml", mail("a word \0 probenulmail"), "a NUL in a message", "probenulmail")


def write(folder: Folder) -> None:
    """F01, F02, F13 to F15."""
    for rows in (_empty, _noise, _misnamed, _long, _bytes):
        rows(folder)


def note(folder: Folder, row: str, path: Path, what: str, **more: object) -> None:
    """Notes what must become of a file that another way made."""
    folder.expect(Expected(row, os.fsdecode(os.fsencode(path.relative_to(folder.corpus))), what, **more))  # type: ignore[arg-type]
