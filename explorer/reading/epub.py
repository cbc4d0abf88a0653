"""E-books (EPUB 2 and 3): chapters in reading order."""

from __future__ import annotations

import posixpath
import time
from dataclasses import dataclass, field, replace
from typing import BinaryIO
from urllib.parse import unquote

from explorer.model import Reading
from explorer.reading.assembled import Properties, assembled
from explorer.reading.fields import MAX_CHARACTERS, iso_date, unreadable
from explorer.reading.packages import Package, PackageError, open_package
from explorer.reading.page_layout import laid_out
from explorer.reading.patience import read_seconds
from explorer.reading.visible import visible_text
from explorer.reading.xml import decode_xml
from explorer.reading.xml_events import END, START, TEXT, XmlError, xml_events
from explorer.reading.xml_text import XmlText

_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:container": "",
    "http://www.idpf.org/2007/opf": "",
    "http://openebook.org/namespaces/oeb-package/1.0/": "",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
}
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_MARKED_UP = ("image/svg+xml", "application/x-dtbook+xml", "application/xml", "text/xml")
_PAGE_NAMES = (".xhtml", ".html", ".htm")
_MAX_PART = 8 << 20  # bytes: no chapter is that long
_PATIENCE = 0.5  # of what a file may take
_MAX_ITEMS = 10_000


@dataclass(slots=True)
class _Book:
    """What the package document says: its parts by identifier as (name, type, properties), their order, and metadata."""

    items: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    spine: list[str] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)


def read_epub(file: BinaryIO) -> Reading:
    """Reads an e-book: its chapters in reading order; the table of contents and what is in no chapter behind ``body_end``.
    Where the package document is damaged, the pages in order of their names."""
    try:
        package = open_package(file)
    except PackageError as error:
        return unreadable(error.reason, error.fault)
    book = _book(package)
    encrypted = _encrypted(package)
    chapters = [part for name in book.spine if (part := _part(package, book.items.get(name))) and not _is_contents(book, name)]
    if not chapters:
        chapters = sorted(name for name in package.names() if name.lower().endswith(_PAGE_NAMES))
        if chapters:
            package.report("damaged: the order of its chapters is lost; they are in the order of their names", "damaged")
    rest = [part for item in book.items.values() if (part := _part(package, item)) and part not in chapters]
    locked = [part for part in chapters if part in encrypted]
    if locked and len(locked) == len(chapters):
        return unreadable("password needed: the book is protected against copying", "password")
    if locked:
        package.report(f"{len(locked)} of {len(chapters)} chapters not read: they are protected against copying", "password")
    body = _texts(package, [part for part in dict.fromkeys(chapters) if part not in encrypted])
    furniture = _texts(package, [part for part in dict.fromkeys(rest) if part not in encrypted])
    reading = assembled(
        body, furniture, _properties(book), problems=tuple(package.problems), fault=package.fault, nothing="no text"
    )
    return replace(reading, guessed=tuple(name for name in reading.guessed if name != "date"))


def _book(package: Package) -> _Book:
    """The package document that the container names, or any there is."""
    book = _Book()
    name = next(
        (
            said.get("full-path", "")
            for kind, value, said in (package.events("META-INF/container.xml", _PREFIXES) if _has_container(package) else ())
            if kind is START and value == "rootfile"
        ),
        "",
    )
    name = package.find(unquote(name)) or next((part for part in package.names() if part.lower().endswith(".opf")), "")
    if not name:
        return book
    folder = posixpath.dirname(name)
    words: list[str] | None = None
    for kind, value, said in package.events(name, _PREFIXES):
        if kind is TEXT:
            if words is not None:
                words.append(value)
        elif kind is END:
            if words is not None and value.startswith("dc:"):
                book.said.setdefault(value[3:].lower(), []).append(" ".join("".join(words).split())[:1000])
                words = None
        elif value.startswith("dc:"):
            later = said.get("event") or said.get("?:event") or ""
            words = [] if len(book.said) < 100 and later not in ("modification", "conversion", "creation") else None
        elif value == "item" and len(book.items) < _MAX_ITEMS:
            path = posixpath.normpath(posixpath.join(folder, unquote(said.get("href", "").partition("#")[0])))
            book.items[said.get("id", "")] = (path, said.get("media-type", ""), said.get("properties", ""))
        elif value == "itemref" and len(book.spine) < _MAX_ITEMS:
            book.spine.append(said.get("idref", ""))
    return book


def _has_container(package: Package) -> bool:
    return "META-INF/container.xml" in package


def _part(package: Package, item: tuple[str, str, str] | None) -> str | None:
    """The stored name of an item that has text; None for pictures, styles and what is not there."""
    if item is None or not (item[1] in _PAGES or item[1] in _MARKED_UP or item[0].lower().endswith(_PAGE_NAMES)):
        return None
    part = package.find(item[0])
    if part is None and item[1] in _PAGES:
        package.report(f"damaged: {posixpath.basename(item[0])[:100]} is missing", "damaged")
    return part


def _is_contents(book: _Book, name: str) -> bool:
    return "nav" in book.items[name][2].split()


def _encrypted(package: Package) -> set[str]:
    """The stored names of encrypted parts (fonts, mostly)."""
    if "META-INF/encryption.xml" not in package:
        return set()
    found = (
        package.find(unquote(said.get("URI", "")))
        for kind, value, said in package.events("META-INF/encryption.xml", _PREFIXES)
        if kind is START and value == "enc:CipherReference"
    )
    return {name for name in found if name}


def _texts(package: Package, parts: list[str]) -> str:
    """The texts of some parts, one after the other."""
    texts: list[str] = []
    length, until = 0, time.monotonic() + _PATIENCE * read_seconds()
    for part in parts:
        if length > MAX_CHARACTERS:
            break
        if time.monotonic() > until:
            package.report("only a part of it read: it takes too long", "too slow")
            break
        try:
            data = package.read(part, _MAX_PART)
        except PackageError as error:
            package.report(f"{posixpath.basename(part)}: {error.reason}", error.fault)
            continue
        text = _page(data) if part.lower().endswith(_PAGE_NAMES) or b"<html" in data[:4096] else _marked_up(data)
        if text:
            texts.append(text)
            length += len(text)
    return "\n\n".join(texts)


def _page(data: bytes) -> str:
    return laid_out(visible_text(decode_xml(data).text).parts)


def _marked_up(data: bytes) -> str:
    """The text of a drawing, or of a book in DAISY's own XML."""
    found = XmlText()
    try:
        for event in xml_events([data]):
            found.take(event)
    except XmlError:
        return _page(data)
    return "\n\n".join(filter(None, found.result()))


def _properties(book: _Book) -> Properties:
    said = {name: [text for text in texts if text] for name, texts in book.said.items()}
    language = next(iter(said.get("language", [])), "")[:2].lower()
    return Properties(
        next(iter(said.get("title", [])), ""),
        ", ".join(dict.fromkeys(said.get("creator", []))),
        next((date for text in said.get("date", []) if (date := iso_date(text))), None),
        language if language.isascii() and language.isalpha() else None,
        next(iter(said.get("publisher", [])), ""),
    )
