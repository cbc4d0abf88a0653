"""What a zip file is: a document of some kind, or an archive."""

from __future__ import annotations

from itertools import islice
from typing import BinaryIO

from explorer.reading.zip_entries import NoListError, listed

_MIMETYPES = (
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument", "odf"),
    (b"application/vnd.sun.xml", "odf"),
)
_PARTS = (  # in this order: a document may hold parts of another kind
    ("word/", "docx", ""),
    ("xl/workbook.bin", "", "XLSB"),
    ("xl/", "xlsx", ""),
    ("ppt/", "pptx", ""),
    ("visio/", "", "VSDX"),
    ("META-INF/container.xml", "epub", ""),
    ("Index/Document.iwa", "iwork", ""),
    ("Index.zip", "iwork", ""),
    ("3D/", "", "3MF"),
)
_BY_ENDING = {
    **dict.fromkeys(("docx", "docm", "dotx"), "docx"),
    **dict.fromkeys(("xlsx", "xlsm"), "xlsx"),
    **dict.fromkeys(("pptx", "pptm"), "pptx"),
}
_MARK = b"[Content_Types].xml"
_HEAD = 4096
_NAMES = 2_000  # a document's parts are among the first


def zip_kind(file: BinaryIO, extension: str = "") -> tuple[str, str]:
    """The kind of a zip file ("zip" for an archive), or "" and the name of a format that is not read.

    Where its directory is damaged, the names in its first bytes tell; where the parts that would tell are lost, ``extension`` (in
    lower case, without a dot).
    """
    head = file.read(_HEAD)
    for mimetype, kind in _MIMETYPES:
        if b"mimetype" + mimetype in head:
            return kind, ""
    names = _names(file)
    if not names:
        names = [part for part, _, _ in _PARTS if part.encode() in head] + ([_MARK.decode()] if _MARK in head else [])
    packaged = _MARK.decode() in names
    if "content.xml" in names and {"META-INF/manifest.xml", "mimetype"} & set(names):
        return "odf", ""
    for part, kind, unread in _PARTS:
        if (packaged or kind in ("epub", "iwork")) and any(name.startswith(part) for name in names):
            return kind, unread
    return (_BY_ENDING.get(extension, "zip") if packaged else "zip"), ""


def _names(file: BinaryIO) -> list[str]:
    try:
        return [entry.name.replace("\\", "/") for entry in islice(listed(file)[1], _NAMES)]
    except NoListError:
        return []
    finally:
        file.seek(0)
