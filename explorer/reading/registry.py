"""From a file to its readings, whatever it holds."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from explorer.model import Reading
from explorer.reading.fields import unreadable
from explorer.reading.formats import Format, format_of
from explorer.reading.load import PDF_BYTES, TEXT_BYTES, Content, load, open_problem

READER_VERSION = 2  # to be raised whenever a reader's output changes, so that files are read again


def read_file(path: Path | bytes) -> list[tuple[str, Reading]]:
    """The readings of a file as (member, reading); the member of a plain file is "". Never raises on what a file holds
    or on a file that cannot be opened: its reading is "unreadable" and says why."""
    try:
        content = load(path)
    except OSError as error:
        return [("", unreadable(open_problem(error)))]
    return read_content(path, content)


def read_content(path: Path | bytes, content: Content) -> list[tuple[str, Reading]]:
    """The readings of a file whose bytes are there already; of ``path`` only the name is looked at."""
    name = os.fsdecode(os.path.basename(os.fspath(path)))  # noqa: PTH119 (bytes have no Path)
    extension = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
    reading = _read(content, extension)
    if content.changed:
        reading = replace(reading, problems=("it changed while it was being read", *reading.problems))
    return [("", reading)]


def _read(content: Content, extension: str) -> Reading:
    data, cut = content.data, content.size > len(content.data)
    if not data:
        return unreadable("empty file")
    format_ = format_of(data, extension)
    if cut and (format_.kind == "pdf" or (not format_.kind and extension == "pdf")):
        return unreadable(f"too large: PDF files above {PDF_BYTES >> 20} MB are not read")
    if not format_.kind:
        return unreadable(format_.reason)
    reading = _read_as(format_, data, cut)
    if format_.reason:
        reading = replace(reading, problems=(format_.reason, *reading.problems))
    if cut and reading.text:
        note = f"only the first {TEXT_BYTES >> 20} MB of {content.size / (1 << 20):,.0f} MB read"
        reading = replace(reading, state="partial", problems=(note, *reading.problems))
    return reading


def _read_as(format_: Format, data: bytes, cut: bool) -> Reading:
    # Each reader is imported where it is used: a worker that reads text must start at once.
    if format_.kind == "pdf":
        from explorer.reading.pdf import read_pdf

        return read_pdf(data)
    if format_.kind == "page":
        from explorer.reading.html import read_html

        return read_html(data, cut)
    if format_.kind == "mail":
        from explorer.reading.mail import read_mail

        return read_mail(data, cut)
    from explorer.reading.text import read_text

    return read_text(data, format_.kind == "markdown", cut)
