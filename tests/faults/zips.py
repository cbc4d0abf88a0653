"""F05, F06, F08, F09: packages and archives that are locked, swell, nest, lie about their size or name places outside."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
from dataclasses import replace

from tests.faults.build import Folder
from tests.faults.packages import (
    HEAD,
    ODF_NAMES,
    WORD,
    docx,
    docx_parts,
    epub_parts,
    odf_parts,
    pptx_parts,
    with_entry,
    xlsx_parts,
)
from tests.faults.sound import sound, tar
from tests.faults.zip_bytes import ENCRYPTED, archive, bomb, deflated, gzip_bomb, pack, stored

TOO_LARGE = ("too large", "too slow", "crashed", "damaged")
_MEGABYTES = 1024
_RUN = b"<w:p><w:r><w:t>swelling words</w:t></w:r></w:p>"


def _bombs(folder: Folder) -> None:
    """F08: the part with the text is a gigabyte inflated; what comes before the limit may be found."""

    def put(name: str, data: bytes, what: str) -> None:
        folder.put("F08", name, data, what, faults=TOO_LARGE, longest=20_000_000)

    head = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>probebombdocx '.encode()
    put(
        "spaces.docx",
        with_entry(docx_parts(""), bomb("word/document.xml", head, b" ", _MEGABYTES)),
        "one paragraph of 1 GB of spaces",
    )
    head = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>probebombdocx</w:t></w:r></w:p>'.encode()
    put("runs.docx", with_entry(docx_parts(""), bomb("word/document.xml", head, _RUN, _MEGABYTES)), "1 GB of paragraphs")
    head = f"{HEAD}<office:document-content {ODF_NAMES}><office:body><office:text><text:p>probebombodt</text:p>".encode()
    put(
        "bomb.odt",
        with_entry(odf_parts(""), bomb("content.xml", head, b"<text:p>a word</text:p>", _MEGABYTES)),
        "1 GB of paragraphs",
    )
    head = HEAD.encode() + b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>probebombepub</p>'
    put(
        "bomb.epub",
        with_entry(epub_parts({"one": ""}), bomb("OEBPS/one.xhtml", head, b"<p>a word</p>", _MEGABYTES)),
        "a chapter of 1 GB",
    )
    slide = "ppt/slides/slide1.xml"
    put(
        "bomb.pptx",
        with_entry(pptx_parts([""]), bomb(slide, HEAD.encode() + b"<p:sld>", b"<a:t>words</a:t>", _MEGABYTES)),
        "a slide of 1 GB",
    )
    sheet = "xl/sharedStrings.xml"
    put(
        "bomb.xlsx",
        with_entry(xlsx_parts("", [""]), bomb(sheet, HEAD.encode() + b"<sst>", b"<si><t>w</t></si>", _MEGABYTES)),
        "1 GB of strings",
    )
    many = [
        deflated("first.txt", "a word probebombfirst"),
        *(bomb(f"{n}.txt", b"", b"a word ", _MEGABYTES // 8) for n in range(20)),
    ]
    put("many.zip", archive(many), "20 members of 128 MB")
    put(
        "overlap.zip",
        archive([bomb(f"{n}", b"", b"a word ", 64) for n in range(2000)], shared=True),
        "2 000 members in the same bytes",
    )
    put("bomb.txt.gz", gzip_bomb(b"a word probebombgz\n", b"a word" + b" " * 250, _MEGABYTES), "1 GB by gzip")
    twice = gzip.compress(gzip_bomb(b"", b"\0", _MEGABYTES), mtime=0)
    put("twice.gz", twice, "gzip in gzip, 1 GB of NULs")
    header = tarfile.TarInfo("big.txt")
    header.size = _MEGABYTES << 20
    put(
        "bomb.tgz",
        gzip_bomb(header.tobuf(tarfile.GNU_FORMAT), b"a word" + b" " * 250, _MEGABYTES),
        "a member of 1 GB in a packed tar",
    )


def _liars(folder: Folder) -> None:
    """F08: sizes and checksums that are not true."""
    entry = deflated("word/document.xml", docx_parts("<w:p><w:r><w:t>probeliar</w:t></w:r></w:p>")["word/document.xml"])
    parts = docx_parts("")

    def put(name: str, data: bytes, what: str, faults: tuple[str, ...] = ()) -> None:
        folder.put("F08", name, data, what, faults=faults, fate="accounted")

    put("short-size.docx", with_entry(parts, replace(entry, size=10)), "a size said to be ten bytes")
    put("huge-size.docx", with_entry(parts, replace(entry, size=0xFFFFFFF0)), "a size said to be 4 GB")
    put("crc.docx", with_entry(parts, replace(entry, crc=1)), "a wrong checksum")
    whole = docx("a word probetorn " + " ".join(str(n * n) for n in range(3000)))
    put("cut.docx", whole[: len(whole) // 2], "cut in the middle", ("damaged",))
    put("no-directory.docx", whole[: whole.index(b"PK\x01\x02")], "its directory missing", ("damaged",))
    torn = bytearray(whole)
    middle = whole.index(b"word/document.xml", whole.index(b"docProps")) + 2000
    torn[middle : middle + 200] = b"\xff" * 200
    put("torn.docx", bytes(torn), "200 bytes of its text overwritten", ("damaged",))
    put("before.docx", b"#!/bin/sh\nexit\n" + docx("a word probebefore"), "a script before the archive")
    no_part = pack({"[Content_Types].xml": "<Types/>", "other.xml": "<a/>"})
    put("no-part.docx", no_part, "a package without its document", ("damaged", "no text", "not a document", "empty"))
    put("empty.zip", archive([]), "an archive of nothing", ("empty", "damaged", "no text"))
    put(
        "directory-bomb.zip",
        archive([stored("a" * 60_000, b"")] * 200),
        "names of 60 000 letters",
        ("too large", "damaged", "empty"),
    )
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    put("lying-end.zip", b"PK\x03\x04" + b"\0" * 200 + end, "a directory beyond the file", ("damaged",))


def _locked(folder: Folder) -> None:
    """F05 and F06: packages with a password, and without text."""
    locked = replace(stored("in.txt", b"\x8a" * 60), flags=ENCRYPTED)
    folder.put("F05", "locked.zip", archive([locked, stored("open.txt", "a word probeopenmember")]), "one of two members locked",
               "probeopenmember", faults=["password"])  # fmt: skip
    entry = '<manifest:file-entry manifest:full-path="content.xml" manifest:size="9"><manifest:encryption-data/>'
    parts = odf_parts("")
    manifest = str(parts["META-INF/manifest.xml"])
    parts["META-INF/manifest.xml"] = manifest.replace(
        "</manifest:manifest>", entry + "</manifest:file-entry></manifest:manifest>"
    )
    parts["content.xml"] = bytes(range(128, 256)) * 4
    folder.put("F05", "locked.odt", pack(parts), "an encrypted OpenDocument file", faults=["password"])
    parts = epub_parts({"one": ""})
    parts["META-INF/encryption.xml"] = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:CipherData><enc:CipherReference URI="OEBPS/one.xhtml"/></enc:CipherData>'
        "</enc:EncryptedData></encryption>"
    )
    parts["OEBPS/one.xhtml"] = bytes(range(128, 256)) * 4
    folder.put("F05", "locked.epub", pack(parts), "an encrypted e-book", faults=["password"])
    pictures = docx_parts("<w:p><w:r><w:drawing/></w:r></w:p>", more={"word/media/image1.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 90})
    folder.put("F06", "picture.docx", pack(pictures), "a picture and no word", faults=["no text", "empty"])
    folder.put("F06", "photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "a picture", faults=["not a document", "no text"])


def _nests(folder: Folder) -> None:
    """F09: archives in archives, too many members, names that lead elsewhere."""
    inner, depth = b"", 9
    for level in range(depth, 0, -1):
        members: dict[str, bytes | str] = {f"level{level}.txt": f"a word probelevel{level}"}
        inner = pack({**members, **({f"{level + 1}.zip": inner} if inner else {})})
    folder.put("F09", "nested.zip", inner, "nine archives in each other", ("probelevel1", "probelevel2"), never=["probelevel8"],
               faults=["too large"])  # fmt: skip
    wide = pack({f"{n}.zip": pack({f"{m}.zip": pack({"a.txt": f"w{m}"}) for m in range(4)}) for n in range(4)})
    folder.put("F09", "wide.zip", wide, "four archives in each of four")
    heads = [stored(f"{n}.txt", f"a word probeentry{n}") for n in range(3)]
    folders = [stored(f"folder{n}/") for n in range(65_000)]
    folder.put("F09", "entries.zip", archive([*heads, *folders, stored("last.txt", "the last")]), "65 000 members",
               ("probeentry0", "probeentry2"), faults=["too large"])  # fmt: skip
    names = (
        "../../../../../tmp/probeslip1.txt",
        "/tmp/probeslip2.txt",
        "..\\..\\probeslip3.txt",
        "C:\\probeslip4.txt",
        "a/../../probeslip5.txt",
    )
    slips = archive([stored(name, f"a word probeslipped{n}") for n, name in enumerate(names)])
    folder.put("F09", "slip.zip", slips, "members named outside", ("probeslipped0", "probeslipped4"))
    folder.put("F09", "slip.tar", _tar_of_traps(), "a tar of links, devices and names outside", "probeslippedtar")
    odd = [
        b"\x1b]0;title\x07.txt",
        b"[red]x[/red].txt",
        b"a\nb.txt",
        b"\xff\xfe.txt",
        b"",
        b"a//b.txt",
        b"./c.txt",
        b"n\0ul.txt",
        b"same",
        b"same",
    ]
    oddly = archive([stored(name, f"a word probeodd{n}") for n, name in enumerate(odd)])
    folder.put("F09", "names.zip", oddly, "odd names of members",
               ("probeodd0", "probeodd1", "probeodd2", "probeodd8", "probeodd9"))  # fmt: skip
    folder.put("F09", "itself.tar.gz", gzip.compress(tar({"x.tar.gz": gzip.compress(tar({"y.txt": b"a word probetarintar"}))})),
               "a packed tar in a packed tar", "probetarintar")  # fmt: skip
    many = tar({f"{n}.txt": b"" for n in range(12_000)})
    folder.put("F09", "entries.tar", many, "12 000 empty members of a tar", faults=["too large", "empty"])
    folder.put(
        "F09",
        "cut.tar",
        tar({"a.txt": b"a word probetarcut\n", "b.txt": b"x" * 9000})[:2000],
        "a tar cut in its second member",
        "probetarcut",
        faults=["damaged", "too large"],
    )
    folder.put("F09", "cut.gz", sound("a.gz", "probegzcut")[:120], "a gzip file cut", fate="accounted")


def _tar_of_traps() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as traps:
        for name, kind, target in (
            ("link", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard", tarfile.LNKTYPE, "../../../../etc/passwd"),
            ("pipe", tarfile.FIFOTYPE, ""),
            ("device", tarfile.CHRTYPE, ""),
            ("folder", tarfile.SYMTYPE, "/tmp"),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            traps.addfile(info)
        for name in ("folder/probeslip6.txt", "../../../../tmp/probeslip7.txt", "/tmp/probeslip8.txt"):
            data = b"a word probeslippedtar\n"
            info = tarfile.TarInfo(name)
            info.size = len(data)
            traps.addfile(info, io.BytesIO(data))
    return whole.getvalue()


def write(folder: Folder) -> None:
    """F05, F06, F08 and F09."""
    _bombs(folder)
    _liars(folder)
    _locked(folder)
    _nests(folder)
