"""What format a file is in: by what it begins with first, by its name second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from explorer.reading.decode import is_binary
from explorer.reading.load import is_pdf

Kind = Literal["pdf", "page", "mail", "markdown", "text", ""]
_MARKDOWN = frozenset({"md", "markdown", "mdown", "mkd"})
_PAGES = frozenset({"html", "htm", "xhtml", "shtml"})
_MAILS = frozenset({"eml", "emlx"})
_ZIPPED = frozenset(
    {
        "docx",
        "docm",
        "dotx",
        "xlsx",
        "xlsm",
        "pptx",
        "pptm",
        "odt",
        "ods",
        "odp",
        "odg",
        "epub",
        "zip",
        "pages",
        "numbers",
    }
)
_MAGICAL = frozenset(  # those whose first bytes are known: without them the file is damaged
    {"doc", "dot", "xls", "ppt", "msg", "pdf", "gz", "tgz", "bz2", "xz", "7z", "rar", "lz4", "zst", "sqlite", "chm", "djvu"}
)
_OTHERS = frozenset({"wps", "wri", "pub", "vsd", "pst", "mobi", "azw", "azw3", "tar", "db", "dbf", "p7m", "p7s"})
_MARKED_UP = frozenset(
    {
        "rtf",
        "mbox",
        "xml",
        "json",
        "jsonl",
        "ndjson",
        "ipynb",
        "opml",
        "fb2",
        "jats",
        "nxml",
        "ics",
        "vcf",
        "yaml",
        "yml",
    }
)
_NO_TEXT = {
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic", "svg", "ico", "nef"), "a picture"),
    **dict.fromkeys(("mp3", "m4a", "wav", "flac", "ogg", "aac"), "a sound file"),
    **dict.fromkeys(("mp4", "mov", "avi", "mkv", "webm"), "a film"),
}
_MAGICS = (
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "GZ"),
    (b"BZh", "BZ2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x28\xb5\x2f\xfd", "ZST"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a", "RAR"),
    (b"SQLite format 3\0", "SQLITE"),
    (b"ITSF", "CHM"),
    (b"!BDN", "PST"),
    (b"AT&TFORM", "DJVU"),
)
_NO_TEXT_MAGICS = (
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"fLaC", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x7fELF", "a program"),
)
_INSIDE_ZIP = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"))
_MIMETYPES = (
    (b"application/epub+zip", "EPUB"),
    (b"application/vnd.oasis.opendocument.text", "ODT"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ODS"),
    (b"application/vnd.oasis.opendocument.presentation", "ODP"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}\?>\s{0,50})?(?:<!--.{0,1000}?-->\s{0,50})?"
    rb"<(?:!doctype\s{1,9}html|html[\s>]|head[\s>]|body[\s>])",
    re.I | re.S,
)
_MBOX_NEXT = re.compile(rb"\n\r?\nFrom [^\n]{5,200}\n[A-Za-z-]{2,60}: ")

_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?$)")
_MAIL_HEADERS = frozenset(
    (
        *(b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"received", b"return-path", b"mime-version"),
        *(b"content-type", b"delivered-to", b"reply-to", b"sender"),
    )
)
_SURE_HEADERS = _MAIL_HEADERS - {b"date", b"to", b"from", b"cc"}


@dataclass(frozen=True, slots=True)
class Format:
    """The reader for a file. Where ``kind`` is "" there is none, and ``reason`` says why; else ``reason`` may say that
    the file is not what its name promises."""

    kind: Kind
    reason: str = ""


def format_of(data: bytes, extension: str) -> Format:
    """The format of a file that begins with ``data``; ``extension`` is in lower case, without a dot."""
    if is_pdf(data):
        return Format("pdf")
    if reason := _by_magic(data, extension):
        return Format("", reason)
    if _PAGE_START.match(data[:4096]):
        return Format("page")
    if _looks_like_mail(data):
        return Format("", _not_yet("mbox")) if extension == "mbox" or _is_mailbox(data) else Format("mail")
    if extension in _NO_TEXT:
        return Format("", f"{_NO_TEXT[extension]}: there is no text to read in it")
    if extension in _MARKED_UP or extension in _OTHERS:
        return Format("", _not_yet(extension))
    promised = extension in _ZIPPED or extension in _MAGICAL
    if is_binary(data):
        if promised or extension in _MAILS or extension in _PAGES:
            return Format("", f"damaged: this is no {extension.upper()} file")
        return Format("", "binary data, not text")
    if extension in _PAGES:
        return Format("page")
    if extension in _MAILS:
        return Format("mail")
    note = f"plain text, though its name ends in .{extension}" if promised else ""
    return Format("markdown" if extension in _MARKDOWN else "text", note)


def _not_yet(name: str) -> str:
    return f"{name.upper()} files are not read yet"


def _by_magic(data: bytes, extension: str) -> str:
    """Why a file is not read, where its first bytes tell; "" where they do not."""
    if data.startswith(b"PK\x03\x04"):
        return _not_yet(_zip_kind(data, extension))
    if data.startswith(_OLE):
        return _not_yet(extension if extension in _MAGICAL | _OTHERS else "old Office (DOC, XLS, PPT, MSG)")
    for magic, name in _MAGICS:
        if data.startswith(magic):
            return _not_yet(name)
    for magic, what in _NO_TEXT_MAGICS:
        if data.startswith(magic):
            return f"{what}: there is no text to read in it"
    return ""


def _zip_kind(data: bytes, extension: str) -> str:
    head = data[:4096]
    for mimetype, name in _MIMETYPES:
        if b"mimetype" + mimetype in head:
            return name
    if extension in _ZIPPED:
        return extension
    ends = data[:65_536] + data[-65_536:]
    return next((name for folder, name in _INSIDE_ZIP if folder in ends), "ZIP")


def _is_mailbox(data: bytes) -> bool:
    return data.startswith(b"From ") and _MBOX_NEXT.search(data[:1_000_000]) is not None


def _looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with a mail's header lines: two known ones, one of them seldom found elsewhere."""
    head = data[:16_384].lstrip(b"\r\n")
    lines = head.split(b"\n")
    if lines[0].startswith((b"From ", b">From ")):
        del lines[0]
    found: set[bytes] = set()
    for line in lines[:200]:
        if not line.strip():
            break
        if line[:1] in b" \t" and found:
            continue
        match = _HEADER_LINE.match(line)
        if not match:
            break
        found.add(match[1].lower())
    return len(found & _MAIL_HEADERS) >= 2 and bool(found & _SURE_HEADERS)
