"""Title, author, date and language of a PDF: its first lines, its information dictionary, its XMP packet."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

from explorer.reading.assembled import believed_author, believed_title
from explorer.reading.clean import clean_line
from explorer.reading.fields import first_words, iso_date
from explorer.reading.text import Head, read_head

_PDF_DATE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})?-?(\d{2})?")
_XMP_BYTES = 200_000
_ITEM = r"[^<>]{0,200}>\s{0,200}<rdf:(?:Alt|Seq|Bag)[^<>]{0,200}>\s{0,200}<rdf:li[^<>]{0,200}>([^<>]{1,2000})<"
_XMP_TITLE, _XMP_AUTHOR = re.compile("<dc:title" + _ITEM), re.compile("<dc:creator" + _ITEM)
_XMP_DATE = re.compile(r"xmp:CreateDate\s{0,9}(?:=\s{0,9}[\"']|>)\s{0,9}([\d-]{4,10})")


def pdf_facts(document: Any, data: bytes, text: str) -> tuple[Head, tuple[str, ...]]:
    """What a PDF says of itself, and which of it was guessed: a creation date stands in for the document's own."""
    try:
        said = document.get_metadata_dict()
    except Exception:  # damaged metadata is no metadata
        said = {}
    packet = _packet(data)
    head = read_head(text)
    guessed: list[str] = []
    title = believed_title(_told(said.get("Title"), _XMP_TITLE, packet))
    if not title:
        title = head.title or first_words(text)
        guessed += [] if head.title else ["title"]
    author = believed_author(_told(said.get("Author"), _XMP_AUTHOR, packet)) or head.author
    date = head.date
    if date is None:
        created = _PDF_DATE.match(str(said.get("CreationDate") or "").strip() or _found(_XMP_DATE, packet))
        date = iso_date("-".join(filter(None, created.groups()))) if created else None
        guessed += ["date"] if date else []
    return replace(head, title=title, author=author, date=date), tuple(guessed)


def _told(said: Any, pattern: re.Pattern[str], packet: str) -> str:
    """What the information dictionary says, else the XMP packet."""
    return clean_line(str(said or "")).strip("\ufffd ") or clean_line(_found(pattern, packet))


def _found(pattern: re.Pattern[str], packet: str) -> str:
    match = pattern.search(packet)
    return unescape(match[1]).strip() if match else ""


def _packet(data: bytes) -> str:
    """The file's last XMP packet that is not compressed; read by patterns, never as XML."""
    start = data.rfind(b"<x:xmpmeta")
    return data[start : start + _XMP_BYTES].decode("utf-8", "replace") if start >= 0 else ""
