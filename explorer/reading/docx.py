"""Word documents (DOCX, DOCM, DOTX; ECMA-376, transitional and strict): the body in reading order, then notes and comments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from explorer.model import Reading
from explorer.reading.assembled import assembled
from explorer.reading.clean import clean_line
from explorer.reading.docx_lists import Lists
from explorer.reading.docx_numbers import Numbers, with_numbers, without_numbers
from explorer.reading.fields import unreadable
from explorer.reading.members import Member
from explorer.reading.ooxml import PREFIXES, chart_blocks, main_part, properties, relations
from explorer.reading.ooxml_embedded import embedded_members
from explorer.reading.ooxml_text import Flow, Frame
from explorer.reading.packages import Package, PackageError, open_package
from explorer.reading.paragraphs import set_apart
from explorer.reading.xml_events import Event

_PICTURES = ("word/media/",)
_NOTES = {"w:footnoteReference": "w:footnote", "w:endnoteReference": "w:endnote"}


def read_docx(file: BinaryIO) -> tuple[Reading, Iterator[Member]]:
    """Reads a Word document. Deleted text is left out, inserted and hidden text kept; paragraphs have the numbers that Word
    shows before them, but no bullets. Notes follow the body, marked "[1]" here and there, then comments with their authors;
    headers and footers come last, from ``body_end`` on, each once. The members are the documents embedded in it.

    What is embedded as a whole document of another format (altChunk) is read in its place.
    """
    return _read(file, outermost=True)


def _read(file: BinaryIO, outermost: bool) -> tuple[Reading, Iterator[Member]]:
    try:
        package = open_package(file)
        part = main_part(package, _usual_part(package))
        if part not in package:
            raise PackageError(next(iter(package.problems), f"damaged: {part} is missing"), package.fault or "damaged")
        return _Reader(package, part, outermost).reading(), embedded_members(package)
    except PackageError as error:
        return unreadable(error.reason, error.fault), iter(())


def _usual_part(package: Package) -> str:
    """The main part where no relation names it: word/document.xml, or as some writers call it document2.xml."""
    usual = "word/document.xml"
    if usual in package:
        return usual
    return next((name for name in package.names() if name.startswith("word/document") and name.endswith(".xml")), usual)


class _Reader:
    """Goes through the parts of one document; what is put in place of a chart or a chunk is read on the way, each part once."""

    def __init__(self, package: Package, part: str, outermost: bool) -> None:
        self.package = package
        self.part = part
        self.outermost = outermost
        self.placed: set[str] = set()
        self.numbers: dict[tuple[str, str], int] = {}  # of notes, by element and identifier, in the order of their references
        self.notes: dict[tuple[str, str], list[str]] = {}
        self.comments: list[str] = []
        self.furniture: dict[str, None] = {}
        self.relations = relations(package, part)
        self.lists = Lists(self._only("numbering"), self._only("styles"))
        if self.lists.is_cut:
            package.report("it defines more lists than are read: some paragraphs are without their numbers", "too large")

    def reading(self) -> Reading:
        flow = Flow(self._visit, self._end_box, Numbers(self.lists).numbered)
        blocks = flow.read(self.package.events(self.part, PREFIXES))
        for part in self._parts("footnotes", "endnotes", "comments"):
            Flow(self._visit, self._end_box, Numbers(self.lists).numbered).read(self.package.events(part, PREFIXES))
        body = set_apart([*blocks, "", *self._note_blocks(), "", *self.comments]).replace("\r", "\n")
        for part in self._parts("header", "footer"):
            self.furniture[set_apart(self._part_blocks(part))] = None
        furniture = "\n".join(filter(None, self.furniture))
        head = without_numbers(f"{body}\n\n{furniture}")
        if not head.strip():
            body = furniture = ""  # numbers of nothing
        pictures = any(name.lower().startswith(_PICTURES) for name in self.package.names())
        return assembled(
            with_numbers(body),
            with_numbers(furniture),
            properties(self.package),
            flow.title,
            tuple(self.package.problems),
            self.package.fault,
            nothing="no text" if pictures else "empty",
            head=head,
        )

    def _only(self, kind: str) -> Iterator[Event]:
        """The events of the one part of this kind, none where there is none."""
        for part in islice(self._parts(kind), 1):
            yield from self.package.events(part, PREFIXES, counted=False)

    def _parts(self, *kinds: str) -> Iterator[str]:
        """The parts of these kinds that the body refers to; by their usual names where its relations are lost."""
        found = {relation.part: relation.kind for relation in self.relations.values()}
        if not found:
            names = (name for name in self.package.names() if "/_rels/" not in name and "/glossary/" not in name)
            found = {name: name.rpartition("/")[2].rstrip("0123456789.xml") for name in names}
        for kind in kinds:
            yield from (part for part, its in found.items() if its == kind)

    def _part_blocks(self, part: str) -> list[str]:
        return Flow(None, self._end_box, Numbers(self.lists).numbered).read(self.package.events(part, PREFIXES))

    def _visit(self, flow: Flow, name: str, said: dict[str, str]) -> None:
        if name in _NOTES:
            number = self.numbers.setdefault((_NOTES[name], said.get("w:id", "")), len(self.numbers) + 1)
            flow.say(f"[{number}]")
        elif name in ("c:chart", "dgm:relIds", "w:altChunk"):
            relation = self.relations.get(said.get("r:dm" if name == "dgm:relIds" else "r:id", ""))
            if relation is not None and relation.part not in self.placed:
                self.placed.add(relation.part)
                flow.add_blocks(self._placed_blocks(name, relation.part))
                if name == "w:altChunk":
                    flow.frames[-1].end_paragraph()

    def _placed_blocks(self, name: str, part: str) -> list[str]:
        if name == "c:chart":
            return chart_blocks(self.package, part)
        if name == "dgm:relIds":
            return [block for block in self._part_blocks(part) if block]
        return self._chunk_blocks(part)

    def _chunk_blocks(self, part: str) -> list[str]:
        """The text of a document of another format that stands in this one's place."""
        from explorer.reading.formats import format_of
        from explorer.reading.load import Content
        from explorer.reading.readers import read_as

        try:
            data = self.package.read(part)
        except PackageError as error:
            self.package.report(error.reason, error.fault)
            return []
        content = Content(data, len(data), 0, 0, 0)
        kind = format_of(content, part.rpartition(".")[2].lower()).kind
        if kind == "docx":
            reading = unreadable("nested too deeply", "too large")
            if self.outermost:
                reading, _ = _read(io.BytesIO(data), outermost=False)
        elif kind in ("page", "text", "markdown", "mhtml", "mail", "rtf", "xml"):
            reading, _ = read_as(kind, content)
        else:
            reading = unreadable("not a document that Word could show", "damaged")
        for problem in reading.problems:
            self.package.report(f"{part}: {problem}", reading.fault)
        return reading.text.split("\n") if reading.text else []

    def _end_box(self, name: str, frame: Frame) -> bool:
        said, blocks = frame.said, [block.strip() for block in frame.blocks if block.strip()]
        if name == "w:rt":  # how the characters are pronounced: it would stand in the middle of words
            self.furniture.update(dict.fromkeys(blocks))
            return True
        if name == "w:comment":
            author = clean_line(said.get("w:author", ""))
            if blocks:
                self.comments.append(f"Comment by {author}: " * bool(author) + "\n".join(blocks))
            return True
        if name in _NOTES.values():
            if blocks and said.get("w:type", "normal") == "normal":
                self.notes[name, said.get("w:id", "")] = blocks
            return True
        return False

    def _note_blocks(self) -> list[str]:
        """The notes in the order in which the body refers to them, then those it does not refer to."""
        order = [*(key for key in self.numbers if key in self.notes), *(key for key in self.notes if key not in self.numbers)]
        marks = {key: f"[{number}] " for key, number in self.numbers.items()}
        return [marks.get(key, "") + "\n".join(self.notes[key]) for key in order]
