"""What the parts of DOCX, PPTX and XLSX share (ECMA-376): namespaces, relationships, properties, charts, comments' authors."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from explorer.reading.assembled import Properties
from explorer.reading.fields import iso_date
from explorer.reading.packages import Package
from explorer.reading.xml_events import END, START, TEXT, Event

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    _OFFICE + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _OFFICE + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OFFICE + "drawingml/2006/chart": "c",
    _STRICT + "drawingml/chart": "c",
    _OFFICE + "drawingml/2006/diagram": "dgm",
    _STRICT + "drawingml/diagram": "dgm",
    _OFFICE + "presentationml/2006/main": "p",
    _STRICT + "presentationml/main": "p",
    _OFFICE + "spreadsheetml/2006/main": "",
    _STRICT + "spreadsheetml/main": "",
    _OFFICE + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OFFICE + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _OFFICE + "markup-compatibility/2006": "mc",
    _OFFICE + "package/2006/relationships": "rel",
    _OFFICE + "package/2006/metadata/core-properties": "cp",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
    "urn:schemas-microsoft-com:vml": "v",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}
_MAX_RELATIONS = 10_000
_EARLIEST = "1990"  # an older date of creation is a clock's zero
# Created then: the template that comes with python-docx or python-pptx, whose author and title are not the document's.
_TEMPLATE_STAMPS = ("2013-12-23T23:15:00Z", "2013-01-27T09:14:16Z")


class Relation(NamedTuple):
    """What a part refers to: the last word of the relation's type ("header", "slide", …) and the other part's name."""

    kind: str
    part: str


def relations(package: Package, part: str) -> dict[str, Relation]:
    """The parts that ``part`` ("" for the package itself) refers to, by identifier, in the order given; links out left out."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", name + ".rels")
    found: dict[str, Relation] = {}
    if listing not in package:
        return found
    for kind, tag, said in package.events(listing, PREFIXES):
        if kind is START and tag == "rel:Relationship" and said.get("TargetMode") != "External" and len(found) < _MAX_RELATIONS:
            target = _resolved(package, folder, said.get("Target", ""))
            if target:
                found[said.get("Id", "")] = Relation(said.get("Type", "").rpartition("/")[2], target)
    return found


def _resolved(package: Package, folder: str, target: str) -> str | None:
    """The stored name of a relation's target; None where there is no such part."""
    for written in (target, unquote(target)):
        path = posixpath.normpath(posixpath.join("/", folder, written))
        if name := package.find(path):
            return name
    return None


def related(package: Package, part: str, kind: str) -> list[str]:
    """The parts of one kind that ``part`` refers to, each once."""
    return list(dict.fromkeys(relation.part for relation in relations(package, part).values() if relation.kind == kind))


def main_part(package: Package, usual: str) -> str:
    """The name of the part that the document begins with: by the package's relations, else the ``usual`` name."""
    return next(iter(related(package, "", "officeDocument")), usual)


def properties(package: Package) -> Properties:
    """Title, author, date of creation and language by the core properties (ECMA-376 part 2)."""
    said: dict[str, str] = {}
    for part in related(package, "", "core-properties") or ["docProps/core.xml"]:
        if part in package:
            for name, text in leaves(package.events(part, PREFIXES)):
                said.setdefault(name, text[:10_000].strip())
    created = said.get("dcterms:created", "")
    if created in _TEMPLATE_STAMPS:
        return Properties()
    date = iso_date(created) or iso_date(said.get("dcterms:modified", ""))
    language = said.get("dc:language", "")[:2].lower()
    return Properties(
        said.get("dc:title", ""),
        said.get("dc:creator", ""),
        date if date and date > _EARLIEST else None,
        language if language.isalpha() else None,
    )


def leaves(events: Iterator[Event]) -> Iterator[tuple[str, str]]:
    """The innermost elements of an XML text as (name, text)."""
    name, pieces = "", list[str]()
    for kind, value, _ in events:
        if kind is START:
            name, pieces = value, []
        elif kind is TEXT:
            pieces.append(value)
        elif value == name:
            yield name, "".join(pieces)
            name = ""


def chart_blocks(package: Package, part: str) -> list[str]:
    """A chart's titles, series and categories, a line each, each once; its numbers are left out."""
    found: dict[str, None] = {}
    pieces: list[str] = []
    reading = numbers = False
    for kind, name, _ in package.events(part, PREFIXES):
        if kind is TEXT:
            if reading:
                pieces.append(name)
        elif name == "c:numCache":
            numbers = kind is START
        elif name in ("a:t", "c:v"):
            reading = kind is START and not numbers
        if kind is END and name in ("a:p", "c:v") and pieces:
            found[" ".join("".join(pieces).split())] = None
            pieces = []
    return [line for line in found if line]
