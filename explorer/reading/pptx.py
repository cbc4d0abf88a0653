"""Presentations (PPTX, PPTM, PPSX; ECMA-376, transitional and strict): slide by slide, each with its notes and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from explorer.model import Reading
from explorer.reading.assembled import assembled
from explorer.reading.clean import clean_line
from explorer.reading.fields import unreadable
from explorer.reading.members import Member
from explorer.reading.ooxml import PREFIXES, Relation, chart_blocks, main_part, properties, related, relations
from explorer.reading.ooxml_embedded import embedded_members
from explorer.reading.ooxml_text import Flow, Frame
from explorer.reading.packages import Package, PackageError, open_package
from explorer.reading.paragraphs import set_apart
from explorer.reading.xml_events import END, START, TEXT

_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "hdr")
_LEFT_OUT = ("sldNum", "sldImg")
_SLIDE = re.compile(r"ppt/slides/slide(\d{1,6})\.xml")
_PICTURES = ("ppt/media/",)


def read_pptx(file: BinaryIO) -> tuple[Reading, Iterator[Member]]:
    """Reads a presentation. Each slide is a page: its title, then its other text, then the speaker's notes and the comments on
    it. Dates and footers that repeat come last, from ``body_end`` on, with what masters and layouts show behind the slides; their
    prompts are left out. The members are the documents embedded in it."""
    try:
        package = open_package(file)
        slides = _slides(package)
        if not slides:
            return unreadable(next(iter(package.problems), "no slides in it"), package.fault or "empty"), iter(())
        return _reading(package, slides), embedded_members(package)
    except PackageError as error:
        return unreadable(error.reason, error.fault), iter(())


def _slides(package: Package) -> list[str]:
    """The slides in the order of the presentation; those it does not name, where its list is damaged, by their numbers."""
    part = main_part(package, "ppt/presentation.xml")
    known = relations(package, part)
    order: list[str] = []
    if part in package:
        for kind, name, said in package.events(part, PREFIXES):
            if kind is START and name == "p:sldId" and (relation := known.get(said.get("r:id", ""))):
                order.append(relation.part)
    if not order or package.fault:
        numbered = sorted((int(match[1]), name) for name in package.names() if (match := _SLIDE.fullmatch(name)))
        order += [name for _, name in numbered]
    return list(dict.fromkeys(order))


def _reading(package: Package, slides: list[str]) -> Reading:
    authors = _authors(package)
    furniture: dict[str, None] = {}
    pages: list[int] = []
    texts: list[str] = []
    layouts: dict[str, None] = {}
    length, heading = 0, ""
    for part in slides:
        slide = _Slide(package, part, furniture)
        text = set_apart([*slide.blocks(), "", *slide.notes(), "", *slide.comments(authors)]).replace("\r", "\n")
        heading = heading or slide.title
        pages.append(length)
        texts.append(text)
        length += len(text) + 2
        layouts.update(dict.fromkeys(slide.parts("slideLayout")))
    furniture.update(_drawn_behind(package, list(layouts)))
    pictures = any(name.lower().startswith(_PICTURES) for name in package.names())
    return assembled(
        "\n\n".join(texts),
        "\n".join(furniture),
        properties(package),
        heading,
        tuple(package.problems),
        package.fault,
        tuple(pages),
        nothing="no text" if pictures else "empty",
    )


class _Slide:
    """One slide; what is to be put at the end of the document is added to ``furniture``."""

    def __init__(self, package: Package, part: str, furniture: dict[str, None]) -> None:
        self.package = package
        self.part = part
        self.furniture = furniture
        self.relations: dict[str, Relation] = relations(package, part)
        self.title = ""
        self.titles: list[str] = []
        self.placed: set[str] = set()

    def blocks(self) -> list[str]:
        """The slide's title and then the text of its other shapes, in the order they are drawn."""
        found = Flow(self._visit, self._end_shape).read(self.package.events(self.part, PREFIXES))
        self.title = " ".join(" ".join(self.titles).split())
        return [*self.titles, *found]

    def notes(self) -> list[str]:
        """The speaker's notes, without the slide's picture, number and date on their page."""
        return [
            block
            for part in self.parts("notesSlide")
            for block in Flow(self._visit, self._end_shape).read(self.package.events(part, PREFIXES))
        ]

    def comments(self, authors: dict[str, str]) -> list[str]:
        """The comments on the slide, each with its author."""
        return [block for part in self.parts("comments") for block in _comment_blocks(self.package, part, authors)]

    def parts(self, kind: str) -> list[str]:
        """The parts of that kind which the slide refers to."""
        return list(dict.fromkeys(relation.part for relation in self.relations.values() if relation.kind == kind))

    def _visit(self, flow: Flow, name: str, said: dict[str, str]) -> None:
        if name == "p:ph":
            flow.frames[-1].placeholder = said.get("type", "obj")
        elif name in ("c:chart", "dgm:relIds"):
            relation = self.relations.get(said.get("r:dm" if name == "dgm:relIds" else "r:id", ""))
            if relation is not None and relation.part not in self.placed:
                self.placed.add(relation.part)
                if name == "c:chart":
                    flow.add_blocks(chart_blocks(self.package, relation.part))
                else:
                    found = Flow().read(self.package.events(relation.part, PREFIXES))
                    flow.add_blocks([block for block in found if block])

    def _end_shape(self, _: str, frame: Frame) -> bool:
        """Takes titles, furniture and what is left out of a shape that ends; a blank line comes before the others."""
        blocks = [block for block in frame.blocks if block]
        if frame.placeholder in _TITLES:
            self.titles += blocks
        elif frame.placeholder in _FURNITURE:
            self.furniture.update(dict.fromkeys(map(clean_line, blocks)))
        return frame.placeholder in (*_TITLES, *_FURNITURE, *_LEFT_OUT)


def _drawn_behind(package: Package, layouts: list[str]) -> dict[str, None]:
    """What layouts and their masters show on the slides themselves: not the prompts in their placeholders."""
    found: dict[str, None] = {}

    def end_shape(_: str, frame: Frame) -> bool:
        if frame.placeholder is None:
            found.update(dict.fromkeys(filter(None, map(clean_line, frame.blocks))))
        return True

    def visit(flow: Flow, name: str, said: dict[str, str]) -> None:
        if name == "p:ph":
            flow.frames[-1].placeholder = said.get("type", "obj")

    masters = [part for layout in layouts for part in related(package, layout, "slideMaster")]
    for part in dict.fromkeys([*layouts, *masters]):
        Flow(visit, end_shape).read(package.events(part, PREFIXES))
    return found


def _authors(package: Package) -> dict[str, str]:
    """The names of the comments' authors by their identifiers, of the old sort of comments and of the new."""
    found: dict[str, str] = {}
    part = main_part(package, "ppt/presentation.xml")
    for listing in (*related(package, part, "commentAuthors"), *related(package, part, "authors")):
        for kind, name, said in package.events(listing, PREFIXES):
            if kind is START and name in ("p:cmAuthor", "p188:author"):
                found[said.get("id", "")] = clean_line(said.get("name", ""))
    return found


def _comment_blocks(package: Package, part: str, authors: dict[str, str]) -> list[str]:
    """The comments in a part; an answer to one is a comment of its own."""
    found: list[str] = []
    pieces: list[str] = []
    author, reading = "", False
    for kind, name, said in package.events(part, PREFIXES):
        if kind is TEXT:
            if reading:
                pieces.append(name)
        elif name in ("p:text", "a:t"):
            reading = kind is START
        elif kind is START and name in ("p:cm", "p188:cm", "p188:reply"):
            author, pieces = authors.get(said.get("authorId", ""), ""), []
        elif kind is END and name in ("a:p", "a:br"):
            pieces.append("\n")
        if kind is END and name in ("p:cm", "p188:txBody"):
            text = "".join(pieces).strip()
            if text:
                found.append(f"Comment by {author}: " * bool(author) + text)
            pieces = []
    return found
