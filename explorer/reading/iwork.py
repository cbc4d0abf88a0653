"""Pages, Numbers and Keynote: the preview that some of their files hold is read, as what they are made of is Apple's own."""

from __future__ import annotations

from dataclasses import replace
from typing import BinaryIO

from explorer.model import Reading
from explorer.reading.fields import unreadable
from explorer.reading.packages import PackageError, open_package
from explorer.reading.pdf import read_pdf

_PREVIEW = "QuickLook/Preview.pdf"
_LOCKED = ".iwpv2"  # how a password is checked
_FROM_PREVIEW = "read from the preview kept in it, which may show less than the document"


def read_iwork(file: BinaryIO) -> Reading:
    """Reads the pages that a document's preview shows; the reading is "partial". Without a preview it is "unreadable"."""
    try:
        package = open_package(file)
    except PackageError as error:
        return unreadable(error.reason, error.fault)
    if _LOCKED in package:
        return unreadable("password needed", "password")
    preview = package.find(_PREVIEW)
    reading = read_pdf(package.read(preview)) if preview else None
    if reading is None or not reading.text:
        return unreadable("Pages, Numbers and Keynote files without a preview are not read", "no reader")
    problems = (_FROM_PREVIEW, *package.problems, *reading.problems)
    return replace(reading, state="partial", fault=reading.fault or "no reader", problems=problems)
