"""Workbooks (XLSX, XLSM, XLTX; ECMA-376, transitional and strict): sheet by sheet, a line for each row that is not empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, TypeVar

from explorer.model import Reading
from explorer.reading.assembled import assembled
from explorer.reading.cell_formats import CellFormat, formatted, read_formats
from explorer.reading.clean import clean_line
from explorer.reading.fields import MAX_CHARACTERS, unreadable
from explorer.reading.members import Member
from explorer.reading.ooxml import PREFIXES, Relation, chart_blocks, main_part, properties, related, relations
from explorer.reading.ooxml_embedded import embedded_members
from explorer.reading.ooxml_text import Flow
from explorer.reading.packages import Package, PackageError, open_package
from explorer.reading.xml_events import END, START, TEXT

_Value = TypeVar("_Value")
_MAX_GAP = 20  # empty cells between two others that are kept, so that columns stay below each other
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHEET = re.compile(r"xl/(?:work|chart)sheets/\w{1,60}\.xml")
_PICTURES = ("xl/media/",)


def read_xlsx(file: BinaryIO) -> tuple[Reading, Iterator[Member]]:
    """Reads a workbook: each sheet's name and, below it, its rows with their cells set apart by bars, then what stands in its
    drawings, charts and comments. Formulas are read as their results, dates as ISO; hidden sheets are read as all others. The
    members are the documents embedded in it."""
    try:
        package = open_package(file)
        return _Workbook(package).reading(), embedded_members(package)
    except PackageError as error:
        return unreadable(error.reason, error.fault), iter(())


class _Workbook:
    """What the sheets share, and how many characters they may still give."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = main_part(package, "xl/workbook.xml")
        self.strings: list[str] = []
        self.formats: list[CellFormat | None] = []
        self.left = MAX_CHARACTERS
        self.readings: dict[str, None] = {}  # how cells are pronounced: at the end, for it would stand in the middle of words
        self.is_1904 = False

    def reading(self) -> Reading:
        sheets = self._sheets()
        for part in related(self.package, self.part, "styles") or _present(self.package, "xl/styles.xml"):
            self.formats = read_formats(self.package.events(part, PREFIXES))
        for part in related(self.package, self.part, "sharedStrings") or _present(self.package, "xl/sharedStrings.xml"):
            self.strings = self._shared_strings(part)
        blocks = []
        for name, part in sheets:
            rows = self._rows(part)
            found = "\n\n".join(filter(None, ("\n".join(rows), *self._beside(part))))
            if found:
                blocks.append(f"{name}\n\n{found}" if name else found)
        pictures = any(name.lower().startswith(_PICTURES) for name in self.package.names())
        return assembled(
            "\n\n".join(blocks),
            "\n".join(filter(str.strip, self.readings)),
            properties(self.package),
            "",
            tuple(self.package.problems),
            self.package.fault or ("" if sheets else "damaged"),
            nothing="no text" if pictures else "empty",
        )

    def _sheets(self) -> list[tuple[str, str]]:
        """The sheets as (name, part) in the workbook's order; where it is damaged, all parts that are sheets."""
        known = relations(self.package, self.part)
        found: list[tuple[str, str]] = []
        if self.part in self.package:
            for kind, name, said in self.package.events(self.part, PREFIXES):
                if kind is START and name == "sheet" and (relation := known.get(said.get("r:id", ""))):
                    found.append((clean_line(said.get("name", "")), relation.part))
                elif kind is START and name == "workbookPr":
                    self.is_1904 = said.get("date1904", "0") in ("1", "true")
        if not found or self.package.fault:
            named = {part for _, part in found}
            found += [("", part) for part in self.package.names() if _SHEET.fullmatch(part) and part not in named]
        return found

    def _shared_strings(self, part: str) -> list[str]:
        """The strings that cells refer to by number; how they are pronounced is set aside."""
        strings: list[str] = []
        pieces: list[str] = []
        sounds: list[str] = []
        reading = phonetic = False
        for kind, name, _ in self.package.events(part, PREFIXES, counted=False):  # they count where cells show them
            if kind is TEXT:
                if reading:
                    pieces.append(name)
                elif phonetic:
                    sounds.append(name)
            elif name == "t":
                reading = kind is START and not phonetic
            elif name == "rPh":
                phonetic = kind is START
            elif kind is END and name == "si":
                strings.append(unescaped("".join(pieces)))
                self.readings["".join(sounds)] = None
                pieces, sounds = [], []
        return strings

    def _rows(self, part: str) -> list[str]:
        """A sheet's rows, one line each."""
        rows: list[str] = []
        cells: list[str] = []
        pieces: list[str] = []
        said: dict[str, str] = {}
        reading = phonetic = False
        for kind, name, attributes in self.package.events(part, PREFIXES):
            if kind is TEXT:
                if reading:
                    pieces.append(name)
            elif name in ("v", "t"):
                reading = kind is START and not phonetic
            elif name == "rPh":
                phonetic = kind is START
            elif name == "c":
                if kind is START:
                    said = attributes
                elif pieces:
                    self._add_cell(cells, said, "".join(pieces))
                pieces = []
            elif kind is END and name == "row":
                if any(cells):
                    rows.append(" | ".join(cells))
                    self.left -= len(rows[-1]) + 1
                cells = []
                if self.left <= 0:
                    self.package.report(f"only the first {MAX_CHARACTERS // 1_000_000} million characters read", "too large")
                    break
        if any(cells):
            rows.append(" | ".join(cells))
        return rows

    def _add_cell(self, cells: list[str], said: dict[str, str], raw: str) -> None:
        """Adds what a cell shows, below the cells of its column."""
        column = column_number(said.get("r", ""))
        if column > len(cells) + 1:
            cells += [""] * min(column - len(cells) - 1, _MAX_GAP)
        shown = self._shown(said, raw)
        cells.append(" ".join(shown[: max(self.left, 0)].split()))

    def _shown(self, said: dict[str, str], raw: str) -> str:
        kind = said.get("t", "n")
        if kind == "s":
            return _at(self.strings, raw, "")
        if kind == "b":
            return "TRUE" if raw.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            return raw.strip().removesuffix("T00:00:00")
        if kind == "n":
            return formatted(raw.strip(), _at(self.formats, said.get("s", "0"), None), self.is_1904)
        return unescaped(raw)

    def _beside(self, part: str) -> list[str]:
        """What a sheet has besides its cells: text boxes, charts and comments."""
        found = []
        for relation in relations(self.package, part).values():
            if relation.kind == "drawing":
                found.append("\n".join(self._drawing(relation.part)))
            elif relation.kind == "comments":
                found.append("\n".join(self._comments(relation.part)))
        return found

    def _drawing(self, part: str) -> list[str]:
        known: dict[str, Relation] = relations(self.package, part)
        blocks = Flow().read(self.package.events(part, PREFIXES))
        for relation in dict.fromkeys(known.values()):
            if relation.kind == "chart":
                blocks += chart_blocks(self.package, relation.part)
            elif relation.kind == "diagramData":
                blocks += Flow().read(self.package.events(relation.part, PREFIXES))
        return [block for block in blocks if block]

    def _comments(self, part: str) -> list[str]:
        """The comments on a sheet, each with its author and cell."""
        authors: list[str] = []
        found: list[str] = []
        pieces: list[str] = []
        said: dict[str, str] = {}
        reading = False
        for kind, name, attributes in self.package.events(part, PREFIXES):
            if kind is TEXT:
                if reading:
                    pieces.append(name)
            elif name in ("t", "author"):
                reading = kind is START
                if name == "author" and kind is END:
                    authors.append(clean_line("".join(pieces)))
                    pieces = []
            elif name == "comment" and kind is START:
                said, pieces = attributes, []
            elif name == "comment":
                author = _at(authors, said.get("authorId", ""), "")
                text = unescaped("".join(pieces)).strip()
                text = text.removeprefix(f"{author}:").strip() if author else text
                if text:
                    found.append(f"Comment by {author} on {said.get('ref', '')}: " * bool(author) + " ".join(text.split()))
        return found


def _present(package: Package, name: str) -> list[str]:
    return [name] if name in package else []


def _at(values: Sequence[_Value], number: str, otherwise: _Value) -> _Value:
    """The value of that number as the document writes it; ``otherwise`` where there is none."""
    try:
        return values[int(number[:10])] if not number.startswith("-") else otherwise
    except (ValueError, IndexError):
        return otherwise


def column_number(reference: str) -> int:
    """The column of a cell's reference, from 1: "B7" is 2; 0 where it has none."""
    number = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number


def unescaped(text: str) -> str:
    """A string with its _x000D_ resolved to the characters they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
