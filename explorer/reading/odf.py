"""OpenDocument (ISO/IEC 26300): texts, sheets, presentations and drawings, zipped or as one flat XML file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from typing import BinaryIO

from explorer.model import Fault, Reading
from explorer.reading.assembled import Properties, assembled
from explorer.reading.clean import normalise
from explorer.reading.fields import first_words, iso_date, unreadable
from explorer.reading.odf_text import OdfText
from explorer.reading.odf_words import PREFIXES
from explorer.reading.packages import Package, PackageError, open_package
from explorer.reading.paragraphs import set_apart
from explorer.reading.xml_events import END, START, TEXT, Event, XmlError, xml_events

_SOURCES = ("source", "publisher", "outlet", "publication")
_DESCRIBED = ("dc:subject", "dc:description", "meta:keyword", "meta:user-defined")
_STEP = 1 << 16
_MAX_META = 1000


def read_odf(file: BinaryIO) -> Reading:
    """Reads an OpenDocument file: text in its order, notes and comments after it, headers, footers and what the document says of
    itself behind ``body_end``; deleted text is left out. ``pages`` are the slides of a presentation or drawing."""
    try:
        package = open_package(file)
    except PackageError as error:
        return unreadable(error.reason, error.fault)
    if _is_encrypted(package):
        return unreadable("password needed", "password")
    meta = list(_meta(package.events("meta.xml", PREFIXES))) if "meta.xml" in package else []
    found = OdfText()
    found.read(package.events("content.xml", PREFIXES))
    objects = [part for name in dict.fromkeys(found.objects) if (part := package.find(f"{name}/content.xml"))]
    embedded = OdfText()
    for part in objects:
        embedded.read(package.events(part, PREFIXES))
    if "styles.xml" in package:
        styles = OdfText()
        styles.read(package.events("styles.xml", PREFIXES))
        found.aside.setdefault("furniture", []).extend(styles.aside.get("furniture", []))
    pictures = any(name.startswith(("Pictures/", "media/")) for name in package.names())
    reading = _reading(found, [text for text in embedded.texts() if text], meta, tuple(package.problems), package.fault)
    return unreadable("no text in it, only pictures", "no text") if pictures and reading.fault == "empty" else reading


def read_flat_odf(data: bytes, cut: bool = False) -> Reading:
    """Reads OpenDocument that is one XML file (fodt, fods, fodp). ``cut`` says that ``data`` is only its beginning."""
    found = OdfText()
    meta: list[tuple[str, str]] = []
    problem: XmlError | None = None
    try:
        found.read(_events(data))
    except XmlError as error:
        problem = error
        found.read(())  # closes what is open
    with contextlib.suppress(XmlError):  # said above, or it is the end of the part that is looked at
        meta.extend(_meta(_events(data[: 4 << 20])))
    said = (f"damaged: {problem.reason}",) if problem and not cut else ()
    fault: Fault = problem.fault if problem and not cut else ""
    return _reading(found, [], meta, said, fault)


def _events(data: bytes) -> Iterable[Event]:
    return xml_events((data[start : start + _STEP] for start in range(0, len(data), _STEP)), PREFIXES)


def _is_encrypted(package: Package) -> bool:
    """Whether the manifest says how to decrypt the content."""
    name = package.find("META-INF/manifest.xml")
    if "encrypted-package" in package:
        return True
    if name is None:
        return False
    try:
        listing = package.read(name, 4 << 20)
    except PackageError:
        return False
    return b"encryption-data" in listing


def _meta(events: Iterable[Event]) -> Iterable[tuple[str, str]]:
    """What stands in office:meta, as (name, text); user-defined properties are "meta:user-defined:their name"."""
    inside, name, pieces, count = False, "", list[str](), 0
    for kind, value, said in events:
        if value == "office:meta" and kind is not TEXT:
            inside = kind is START
            if kind is END:
                return
        elif inside and kind is START:
            name = f"{value}:{said.get('meta:name', '')}" if value == "meta:user-defined" else value
            pieces.clear()
        elif inside and kind is TEXT:
            pieces.append(value)
        elif inside and name:
            count += 1
            yield name, " ".join("".join(pieces).split())
            name = ""
            if count > _MAX_META:
                return


def _properties(meta: list[tuple[str, str]]) -> Properties:
    known: dict[str, str] = {}
    for name, text in meta:
        if text:
            known.setdefault(name.lower(), text[:1000])
    language = known.get("dc:language", "")[:2].lower()
    return Properties(
        known.get("dc:title", ""),
        known.get("meta:initial-creator") or known.get("dc:creator", ""),
        iso_date(known.get("meta:creation-date", "")) or iso_date(known.get("dc:date", "")),
        language if language.isascii() and language.isalpha() else None,
        next((source for name in _SOURCES if (source := known.get(f"meta:user-defined:{name}"))), ""),
    )


def _described(meta: list[tuple[str, str]]) -> list[str]:
    """What the document says of itself besides title, author and dates, a line each."""
    lines = []
    for name, text in meta:
        if text and name.startswith(_DESCRIBED):
            label = name.removeprefix("meta:user-defined:") if name.startswith("meta:user-defined:") else name.partition(":")[2]
            lines.append(f"{label}: {text}")
    return lines


def _reading(
    found: OdfText, embedded: list[str], meta: list[tuple[str, str]], problems: tuple[str, ...], fault: Fault
) -> Reading:
    texts = [normalise(text) for text in found.texts()]
    pages: list[int] = []
    length = 0
    for text in texts:  # the page of a slide without text begins where the next one does
        pages.append(length)
        length += len(text) + 2 if text else 0
    after = [*embedded, *(set_apart(found.aside.get(place, [])) for place in ("notes", "comments"))]
    body = normalise("\n\n".join(filter(None, [*texts, *after])))
    lines = list(dict.fromkeys(line.strip() for line in found.aside.get("furniture", []) if line.strip()))
    furniture = set_apart([*lines, "", *_described(meta)])
    reading = assembled(body, furniture, _properties(meta), found.title, problems, fault, tuple(pages) if found.paged else ())
    if found.sheet and "title" in reading.guessed and reading.title == found.sheet:
        return replace(reading, title=first_words(reading.text.removeprefix(found.sheet)))
    return reading
