"""The reader of each format. Each is imported where it is used: a worker that reads text must start at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

from explorer.model import Reading
from explorer.reading.load import Content
from explorer.reading.members import Budget, Member

# Format: module and function, which takes the bytes and whether they are only the beginning …
_OF_TEXT = {
    "page": ("html", "read_html"),
    "mail": ("mail", "read_message"),
    "mhtml": ("mhtml", "read_mhtml"),
    "text": ("text", "read_text"),
    "markdown": ("text", "read_markdown"),
    "table": ("tables", "read_table"),
    "json": ("structured", "read_json"),
    "jsonl": ("structured", "read_json_lines"),
    "xml": ("xml", "read_xml_with_files"),
    "subtitles": ("subtitles", "read_subtitles"),
    "rtf": ("rtf", "read_rtf"),
}
# … the bytes of all of it …
_OF_BYTES = {
    "pdf": ("pdf", "read_pdf_with_attachments"),
    "msg": ("msg", "read_msg"),
    "tnef": ("tnef", "read_tnef"),
    "wordperfect": ("wordperfect", "read_wordperfect"),
    "write": ("windows_write", "read_write"),
    "doc": ("doc", "read_doc"),
    "xls": ("xls", "read_xls"),
    "ppt": ("ppt", "read_ppt"),
    "mock": ("mock", "read_mock"),
}
# … or the file.
_OF_FILES = {
    "docx": ("docx", "read_docx"),
    "xlsx": ("xlsx", "read_xlsx"),
    "pptx": ("pptx", "read_pptx"),
    "odf": ("odf", "read_odf"),
    "epub": ("epub", "read_epub"),
    "iwork": ("iwork", "read_iwork"),
}
PACKAGES = ("docx", "xlsx", "pptx", "odf", "epub")  # zip files of which some parts hold no text
# Files that are no documents but hold some: module and function, which takes the file and the budget.
CONTAINERS = {
    "zip": ("archives", "zip_members"),
    "tar": ("archives", "tar_members"),
    "packed": ("archives", "packed_member"),
    "mbox": ("mbox", "mbox_members"),
    "signed": ("signed", "signed_members"),
}
_NAMED_AFTER_FILE = ("packed", "signed")  # what is in "notes.txt.gz" is "notes.txt"


def read_as(kind: str, content: Content) -> tuple[Reading, Iterable[Member]]:
    """What the reader of a format makes of a file, and what is attached to it."""
    if kind in _OF_TEXT:
        found = _function(_OF_TEXT[kind])(content.data, content.cut)
    elif kind in _OF_BYTES:
        found = _function(_OF_BYTES[kind])(content.data)
    else:
        found = _function(_OF_FILES[kind])(content.file)
    reading, members = found if isinstance(found, tuple) else (found, ())
    assert isinstance(reading, Reading)
    return reading, members


def members_of(kind: str, content: Content, name: str, budget: Budget) -> Iterator[Member]:
    """The members of a file that is a container and nothing else; ``name`` is its own."""
    of_file = _function(CONTAINERS[kind])
    members: Iterator[Member] = of_file(content.file, *([name] if kind in _NAMED_AFTER_FILE else []), budget)
    return members


def _function(place: tuple[str, str]) -> Callable[..., Any]:
    module, name = place
    function: Callable[..., Any] = getattr(import_module(f"explorer.reading.{module}"), name)
    return function
