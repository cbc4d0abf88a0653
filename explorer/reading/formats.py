"""What format a file is in: by what it begins with first, by its name second."""

from __future__ import annotations

import re
from dataclasses import dataclass

from explorer.model import Fault
from explorer.reading.decode import SAMPLE, decode
from explorer.reading.load import Content, is_pdf
from explorer.reading.markup_kinds import markup_kind
from explorer.reading.mbox import is_mailbox
from explorer.reading.ole import RAW_SHEETS, RAW_WORDS, is_broken, ole_kind, other_kind
from explorer.reading.signed import is_signed
from explorer.reading.zip_kinds import zip_kind

_PAGES = frozenset({"html", "htm", "xhtml", "shtml"})
_BY_NAME = {  # what can be told from text only by its name
    **dict.fromkeys(("md", "markdown", "mdown", "mkd"), "markdown"),
    **dict.fromkeys(_PAGES, "page"),
    **dict.fromkeys(("eml", "emlx"), "mail"),
    **dict.fromkeys(("csv", "tsv", "tab"), "table"),
    **dict.fromkeys(("vtt", "srt", "sbv"), "subtitles"),
    **dict.fromkeys(("xml", "svg", "opml", "fb2", "rss", "atom", "nxml", "jats", "tei", "plist"), "xml"),
    **dict.fromkeys(("kml", "gpx", "xliff", "rdf", "dbk", "docbook", "fodt", "fods", "fodp", "fodg"), "xml"),
}
_JSON = {"json": "json", "ipynb": "json", "geojson": "json", "webmanifest": "json", "jsonl": "jsonl", "ndjson": "jsonl"}
# What promises bytes that are no text: where there is text instead, it is read and that is said.
_PACKED = frozenset(
    (
        *("docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "pptm", "odt", "ods", "odp", "odg", "ott", "epub", "zip", "pages"),
        *("numbers", "doc", "dot", "xls", "ppt", "msg", "pdf", "gz", "tgz", "bz2", "xz", "7z", "rar", "lz4", "zst", "sqlite"),
        *("chm", "djvu", "tar", "rtf", "wpd"),
    )
)
_NO_READER = {  # what they are, for those who know them by another name
    **dict.fromkeys(("wpd", "wp", "wp5"), "old WordPerfect"),
    **dict.fromkeys(("mdb", "accdb"), "Access database"),
    **dict.fromkeys(("mobi", "azw", "azw3", "prc"), "Kindle book"),
    **dict.fromkeys(("dwg", "dxf", "vsd"), "drawing"),
    **dict.fromkeys(("wps", "wks", "wdb"), "Microsoft Works"),
    **{"wri": "Windows Write", "pub": "Publisher", "pst": "Outlook mailbox", "ost": "Outlook mailbox", "dbf": "dBASE table"},
    **{"one": "OneNote", "hwp": "Hangul", "axx": "AxCrypt, encrypted", "lwp": "Word Pro", "key": "", "db": ""},
    **{"p7m": "signed or encrypted", "p7s": "signature", "tsd": "time stamp"},
}
_KNOWN_AS = {"CHM": "Windows help", "DJVU": "scanned pages", "SQLITE": "database", "PST": "Outlook mailbox"}
_PICTURES = frozenset(("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic", "ico", "nef", "psd"))
_SOUND = frozenset(("mp3", "m4a", "wav", "flac", "ogg", "opus", "aac", "wma"))
_FILM = frozenset(("mp4", "mov", "avi", "mkv", "webm", "wmv", "m4v"))
_NO_TEXT_NAMES = _PACKED | _PICTURES | _SOUND | _FILM | _NO_READER.keys()
_NO_READER_MAGICS = (
    (b"\x04\x22\x4d\x18", "LZ4"),
    (b"\x28\xb5\x2f\xfd", "ZST"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a", "RAR"),
    (b"SQLite format 3\0", "SQLITE"),
    (b"ITSF", "CHM"),
    (b"!BDN", "PST"),
    (b"AT&TFORM", "DJVU"),
    (b"\x1f\x9d", "Z"),
    (b"MSCF\0\0\0\0", "CAB"),
    (b"\xed\xab\xee\xdb", "RPM"),
)
_PACKED_MAGICS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
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
_PDF_OBJECT = re.compile(rb"\d obj\b")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"  # Outlook's winmail.dat
_WORD_PERFECT = b"\xffWPC"
_WINDOWS_WRITE = (b"\x31\xbe\0\0", b"\x32\xbe\0\0")
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}\{\\rtf")
_MBOX_NEXT = re.compile(rb"\n\r?\nFrom [^\n]{5,200}\n[A-Za-z-]{2,60}: ")
_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?$)")
_MAIL_HEADERS = frozenset(
    (
        *(b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"received", b"return-path", b"mime-version"),
        *(b"content-type", b"delivered-to", b"reply-to", b"sender"),
    )
)
_SURE_HEADERS = _MAIL_HEADERS - {b"date", b"to", b"from", b"cc"}
_WEB_ARCHIVE = re.compile(rb"(?i)^content-type:\s{0,20}multipart/related", re.M)
_MOCK = b"<mock>"


@dataclass(frozen=True, slots=True)
class Format:
    """The reader for a file. Where ``kind`` is "" there is none, and ``reason`` and ``fault`` say why; else ``reason`` may say
    that the file is not what its name promises."""

    kind: str
    reason: str = ""
    fault: Fault = ""


def format_of(content: Content, extension: str, mocks: bool = False) -> Format:
    """The format of a file; ``extension`` is in lower case, without a dot. With ``mocks`` readers that misbehave on purpose
    are known too."""
    data = content.data
    if mocks and data.startswith(_MOCK):
        return Format("mock")
    if data.lstrip()[:5] == b"%PDF-":
        return Format("pdf")
    if found := _by_magic(content, extension):
        return found
    if is_pdf(data) and _PDF_OBJECT.search(data):  # after other bytes, as readers allow; in a text it is only a word
        return Format("pdf")
    if kind := markup_kind(data):
        return Format(kind)
    if _looks_like_mail(data) or (extension == "mbox" and is_mailbox(data[:65_536])):
        return Format(_mail_kind(data, extension))
    if extension in _JSON and data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b'"'):
        return Format(_JSON[extension])
    return _by_name(data, extension)


def _by_name(data: bytes, extension: str) -> Format:
    kind = _BY_NAME.get(extension, "text")
    sample = data[:SAMPLE]
    decoded = decode(sample, cut=True)
    zeros = b"\0" in sample and decoded.encoding == "utf-8"
    if decoded.binary or (zeros and extension in _NO_TEXT_NAMES):
        if extension in _PICTURES:
            return Format("", "a picture: there is no text to read in it", "no text")
        for names, what in ((_SOUND, "a sound file"), (_FILM, "a film")):
            if extension in names:
                return Format("", f"{what}: there is no text to read in it", "not a document")
        if extension in _NO_READER:
            return _not_read(extension)
        if data.startswith(b"MZ"):
            return Format("", "a program: there is no text to read in it", "not a document")
        if extension in _PACKED or kind in ("page", "mail", "xml", "subtitles") or extension in _JSON:
            return Format("", f"damaged: this is no {extension.upper()} file", "damaged")
        return Format("", "binary data, not text", "not a document")
    return Format(kind, f"plain text, though its name ends in .{extension}" if extension in _NO_TEXT_NAMES else "")


def _not_read(name: str) -> Format:
    known = _NO_READER.get(name) or _KNOWN_AS.get(name)
    shown = name if " " in name else name.upper()
    return Format("", f"{shown} files are not read{f' ({known})' if known else ''}", "no reader")


def _by_magic(content: Content, extension: str) -> Format | None:
    """The format that the first bytes tell; None where they do not."""
    data = content.data
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind, name = zip_kind(content.file, extension)
        return Format(kind) if kind else _not_read(name)
    if is_signed(data[:400]):
        return Format("signed")
    if data.startswith((_OLE, *RAW_SHEETS, *RAW_WORDS)):
        return _ole_format(data, extension)
    if data.startswith(_TNEF):
        return Format("tnef")
    if data.startswith(_WORD_PERFECT):
        return Format("wordperfect")
    if data.startswith(_WINDOWS_WRITE):
        return Format("write")
    if _RTF.match(data):
        return Format("rtf")
    if data.startswith(_PACKED_MAGICS):
        from explorer.reading.archives import is_packed_tar

        return Format("tar" if is_packed_tar(content.file) else "packed")
    if data[257:262] == b"ustar":
        return Format("tar")
    for magic, name in _NO_READER_MAGICS:
        if data.startswith(magic):
            return _not_read(name)
    for magic, what in _NO_TEXT_MAGICS:
        if data.startswith(magic):
            fault: Fault = "no text" if what == "a picture" else "not a document"
            return Format("", f"{what}: there is no text to read in it", fault)
    return None


def _ole_format(data: bytes, extension: str) -> Format:
    """What an OLE2 file holds: old Office, a message, or an encrypted new document."""
    kind = ole_kind(data)
    if not kind and (what := other_kind(data)):
        return Format("", f"{what}: not read", "no reader")
    if kind == "encrypted":
        return Format("", "password needed", "password")
    if not kind and extension not in _NO_READER and is_broken(data):
        return Format("", "damaged: an old Office file, in which nothing to read can be found", "damaged")
    return Format(kind) if kind else _not_read(extension if extension in _NO_READER else "OLE2 (none of DOC, XLS, PPT, MSG)")


def _mail_kind(data: bytes, extension: str) -> str:
    if data.startswith(b"From ") and (extension == "mbox" or _MBOX_NEXT.search(data[:1_000_000])):
        return "mbox"
    head = data[:16_384]
    head = head[: match.start()] if (match := re.search(rb"\n\r?\n", head)) else head
    archived = b"Snapshot-Content-Location" in head or b"Saved by" in head or extension in ("mht", "mhtml")
    return "mhtml" if archived and _WEB_ARCHIVE.search(head) else "mail"


def _looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with a mail's header lines: two known ones, one of them seldom found elsewhere."""
    head = data[:16_384].lstrip(b"\r\n")
    lines = head.split(b"\n")
    if lines[0].startswith((b"From ", b">From ")) or lines[0].strip().isdigit():  # a mailbox's mark; the length in .emlx
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
