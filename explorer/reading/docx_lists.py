"""The numbered lists that a Word document defines (ECMA-376 part 1, 17.9), and which of them a paragraph belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass, field
from itertools import islice

from explorer.reading.ooxml_text import OFF, Paragraph
from explorer.reading.xml_events import START, Event

LEVELS = 9
_MAX_LISTS = 2000
_MAX_NUMS = 50_000
_MAX_STYLES = 20_000
_MAX_EVENTS = 1_000_000  # of a part: a second's work, many times what Word writes
_MAX_CHAIN = 20  # styles based on one another; they may go round in a ring
_MAX_TEXT = 200  # characters of a level's pattern


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered; ``restart`` is the number of higher levels that each begin it anew."""

    restart: int
    start: int = 0
    format: str = ""  # as in w:numFmt; "" stands for decimal
    digits: int = 1  # that a decimal number has at least
    text: str = ""  # "%1.%2)": the numbers of these levels, counted from 1, put into it
    suffix: str = "tab"
    is_legal: bool = False  # all its numbers are shown as decimal ones
    style: str = ""  # the paragraphs' style that belongs to this level


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""  # the style whose list stands for this one


@dataclass(slots=True)
class Num:
    """A use of a list: those of one list go on counting after one another, unless a start is given anew."""

    key: str  # of the list
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)  # given anew


@dataclass(slots=True)
class _Style:
    base: str = ""
    num: str | None = None
    level: int | None = None


class Lists:
    """The lists out of the parts for numbering and styles, whatever is in them: at most 2 000, 50 000 uses of them, 20 000
    styles and a million elements' begins and ends; ``is_cut`` says that there were more."""

    def __init__(self, numbering: Iterable[Event], styles: Iterable[Event]) -> None:
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, Num] = {}
        self._styles: dict[str, _Style] = {}
        self._default_style = ""
        self.is_cut = False
        self._read_lists(self._first(numbering))
        if self._nums:
            self._read_styles(self._first(styles))
        for num in self._nums.values():
            self._settle(num)

    def __bool__(self) -> bool:
        return bool(self._nums)

    def _first(self, events: Iterable[Event]) -> Iterator[Event]:
        events = iter(events)
        yield from islice(events, _MAX_EVENTS)
        self.is_cut |= next(events, None) is not None

    def _has_room(self, found: Sized, most: int) -> bool:
        self.is_cut |= len(found) >= most
        return len(found) < most

    def place(self, paragraph: Paragraph) -> tuple[str, Num, int] | None:
        """The identifier of the paragraph's numbering, this and the level (0 to 8); None where it has none."""
        chain = list(self._chain(paragraph.style or self._default_style))
        identifier = paragraph.num
        if identifier is None:
            identifier = next((style.num for _, style in chain if style.num is not None), None)
        num = self._nums.get(identifier or "")
        if num is None:
            return None
        level = paragraph.level
        if level is None:
            known = (_level_by(name, style, num) for name, style in chain)
            level = next((its for its in known if its is not None), 0)
        return (identifier or "", num, level) if level in num.levels else None

    def _chain(self, name: str) -> Iterator[tuple[str, _Style]]:
        for _ in range(_MAX_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield name, style
            name = style.base

    def _settle(self, num: Num) -> None:
        """Gives a use its levels: those of the list, or of the one that stands for it, but for its own."""
        for _ in range(_MAX_CHAIN):
            found = self._lists.get(num.key, _List())
            style = self._styles.get(found.link) if found.link else None
            linked = self._nums.get(style.num or "") if style else None
            if linked is None:
                break
            num.key = linked.key
        num.levels = found.levels | num.levels

    def _read_lists(self, events: Iterable[Event]) -> None:
        list_: _List | None = None
        num: Num | None = None
        levels: dict[int, Level] = {}
        level, index = Level(0), 0
        for kind, name, said in events:
            if kind is not START:
                continue
            value = said.get("w:val", "")
            if name == "w:abstractNum":
                list_, num, levels, level = _List(), None, {}, Level(0)
                list_.levels = levels
                if self._has_room(self._lists, _MAX_LISTS):
                    self._lists[said.get("w:abstractNumId", "")] = list_
            elif name == "w:num":
                list_, num, levels, level = None, Num(""), {}, Level(0)
                num.levels = levels
                if (identifier := said.get("w:numId", "")) != "0" and self._has_room(self._nums, _MAX_NUMS):
                    self._nums[identifier] = num
            elif name == "w:abstractNumId" and num:
                num.key = value
            elif name == "w:numStyleLink" and list_:
                list_.link = value
            elif name in ("w:lvl", "w:lvlOverride"):
                index = whole_number(said.get("w:ilvl", ""), index)
                if name == "w:lvl":
                    level = Level(index)
                    if index < LEVELS:
                        levels[index] = level
            elif name == "w:startOverride" and num:
                num.starts[min(index, LEVELS)] = whole_number(value, 0)
            else:
                _take(level, index, name, said)

    def _read_styles(self, events: Iterable[Event]) -> None:
        style = _Style()
        is_former = False  # inside what the style was before a tracked change
        for kind, name, said in events:
            if name == "w:pPrChange":
                is_former = kind is START
            elif kind is not START or is_former:
                continue
            elif name == "w:style":
                style = _Style()
                of_paragraphs = said.get("w:type", "paragraph") in ("paragraph", "numbering")
                if of_paragraphs and self._has_room(self._styles, _MAX_STYLES):
                    identifier = said.get("w:styleId", "")
                    self._styles[identifier] = style
                    if said.get("w:type") == "paragraph" and said.get("w:default", "0") not in OFF:
                        self._default_style = identifier
            elif name == "w:basedOn":
                style.base = said.get("w:val", "")
            elif name == "w:numId":
                style.num = said.get("w:val", "")
            elif name == "w:ilvl":
                style.level = whole_number(said.get("w:val", ""), 0)


def whole_number(text: str, otherwise: int) -> int:
    """The number that these digits are, white space round them; ``otherwise`` where they are none, or above nine of them."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _level_by(name: str, style: _Style, num: Num) -> int | None:
    """The level of a style: what a list says of it counts before what it says itself."""
    return next((level for level, its in num.levels.items() if its.style == name), style.level)


def _take(level: Level, index: int, name: str, said: dict[str, str]) -> None:
    """Takes in what an element says of a level."""
    value = said.get("w:val", "")
    if name == "w:start":
        level.start = whole_number(value, 0)
    elif name == "w:numFmt":
        _take_format(level, value, said.get("w:format", ""))
    elif name == "w:lvlText":
        level.text = value[:_MAX_TEXT]
    elif name == "w:lvlRestart":
        level.restart = min(whole_number(value, index), index)
    elif name == "w:isLgl":
        level.is_legal = value not in OFF
    elif name == "w:suff":
        level.suffix = value
    elif name == "w:pStyle":
        level.style = value


def _take_format(level: Level, value: str, pattern: str) -> None:
    """Takes in a format; one of its own is known where it is of digits, else what the document gives instead of it counts."""
    first = pattern.partition(",")[0]
    if value == "decimalZero":
        level.format, level.digits = "decimal", 2
    elif value == "custom" and first.isdecimal() and int(first[:9]) == 1:  # "001, 002, 003, ..."
        level.format, level.digits = "decimal", min(len(first), 9)
    elif value != "custom":
        level.format = value
