"""What a page shows, block by block, and what it says of itself; any bytes in, linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from explorer.reading.paragraphs import row_line, set_apart
from explorer.reading.tags import RAW, TEXT, attribute_count, attributes_of, events

_HIDDEN = frozenset({"template", "svg"})
_CLOSED_BY_OTHERS = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option", "html", "body"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font"),
        *("i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "meta", "link", "script", "style", "xmp"),
    )
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ASIDE = frozenset({"nav", "footer", "aside", "menu", "dialog"})
_DECLARING = frozenset({"meta", "html", "link", "time", "base"})
_NOT_SHOWN = re.compile(r"\bhidden\b(?!\s*=\s*[\"']?until-found)|display\s*:\s*none", re.I)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline|autor|auteur|verfasser|autore)(?:$|[\s_-]|name)", re.I)
_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"[^\S\n]*\n\s*")
_LOOK_BACK = 40  # how far up an end tag is looked for in the stack of open ones
_MAX_JSON = 200_000
_COLUMN = 300  # characters of a cell with several paragraphs


@dataclass(slots=True)
class Block:
    """A piece of text that stands by itself. ``kind`` is "heading", "item", "cell", "caption", "pre" or "text"; ``linked``
    counts its characters inside links, ``parent`` numbers the element that it and its neighbours are in, ``row`` and ``cell``
    its place in a table. ``aside`` is navigation or a footer; ``hidden`` what the page keeps out of sight; ``joined``
    one that only a line break sets apart from the block before."""

    text: str
    kind: str
    linked: int = 0
    parent: int = 0
    row: int = 0
    cell: int = 0
    aside: bool = False
    hidden: bool = False
    joined: bool = False


@dataclass(slots=True)
class Page:
    """What a page shows and declares. ``headings`` are (tag, text); ``times`` the dates of its time elements; ``bylines`` are
    texts marked as the author's name; ``linked_data`` its JSON-LD; ``depth`` and ``attributes`` are the most met."""

    parts: list[Block] = field(default_factory=list)
    title: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)
    language: str | None = None
    declared: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    bylines: list[tuple[str, str]] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)
    depth: int = 0
    attributes: int = 0
    tags: int = 0

    @property
    def blocks(self) -> list[str]:
        """The texts of the blocks, in order."""
        return [part.text for part in self.parts]


class _Collector:
    """Gathers the text of a page into blocks, cut wherever an element that is not inline begins or ends."""

    def __init__(self) -> None:
        self.page = Page()
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._withheld: list[str] = []
        self._stack: list[tuple[str, int, bool, bool]] = []  # tag, number, inside an aside, hidden
        self._number = self._row = self._cell = self._linked = 0
        self._open = 0
        self._in_link = self._broken = self._json = False
        self._byline = ("", 0)
        self._kind = "text"
        self._heading = ""

    def read(self, html: str) -> Page:
        for kind, value in events(html):
            if kind == TEXT:
                self._text(value)
            elif kind == RAW:
                if self._json and len(self.page.linked_data) < 20:
                    self.page.linked_data.append(value[:_MAX_JSON])
            elif kind[0] == "/":
                self._end(kind[1:])
            else:
                self._start(kind, value)
        self._words.extend(self._withheld)  # what an element that was never closed has hidden
        self._break()
        if not self.page.parts and self.page.title:
            self.page.parts.append(Block(self.page.title, "heading"))
        return self.page

    def _text(self, text: str) -> None:
        if self._hidden:
            self._withheld.append(text)
            return
        self._words.append(text)
        if self._in_link:
            self._linked += len(text)

    def _start(self, tag: str, written: str) -> None:
        page = self.page
        page.tags += 1
        page.attributes = max(page.attributes, attribute_count(written))
        if tag in _DECLARING:
            self._declare(tag, attributes_of(written))
        elif tag == "script":
            self._json = "ld+json" in written
        elif tag == "a":
            self._in_link = "href" in written and "mailto:" not in written
        if tag in _HIDDEN and not written.endswith("/"):
            self._hidden.append(tag)
        if not self._byline[0] and len(page.bylines) < 50 and (self._is_byline(tag, written)):
            self._byline = ("rel" if "rel=" in written and "author" in written else "class", len(self._words))
        if tag in _INLINE:
            return
        self._break()
        if tag == "br":
            self._broken = True
        elif tag not in _VOID and not written.endswith("/"):
            self._push(tag, written)

    def _is_byline(self, tag: str, written: str) -> bool:
        if "utor" not in written and "byline" not in written and "verfasser" not in written and "auteur" not in written:
            return False
        said = attributes_of(written)
        if said.get("rel", "") == "author" or said.get("itemprop", "") == "author":
            return tag not in _VOID
        return tag in ("span", "a", "p", "div", "b", "strong", "em", "address", "li") and bool(
            _BYLINE_CLASS.search(said.get("class", ""))
        )

    def _push(self, tag: str, written: str) -> None:
        if tag not in _CLOSED_BY_OTHERS:
            self._open += 1
            self.page.depth = max(self.page.depth, self._open)
        if self._stack and self._stack[-1][0] in _CLOSED_BY_OTHERS and (tag == self._stack[-1][0] or self._stack[-1][0] == "p"):
            self._stack.pop()
        above = self._stack[-1] if self._stack else ("", 0, False, False)
        self._number += 1
        shown = not ("hidden" in written or "none" in written) or not _is_hidden(written)
        self._stack.append((tag, self._number, above[2] or tag in _ASIDE, above[3] or not shown))
        if tag == "tr":
            self._row += 1
        elif tag in ("td", "th"):
            self._cell += 1
        if tag in _HEADINGS or tag == "title":
            self._heading = tag
        self._kind = _kind(tag, self._kind)

    def _end(self, tag: str) -> None:
        if tag not in _CLOSED_BY_OTHERS:
            self._open = max(0, self._open - 1)
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
            if not self._hidden:
                self._withheld.clear()
        if tag == "a":
            self._in_link = False
        if self._byline[0]:
            self._end_byline()
        if tag in _INLINE:
            return
        self._break()
        for at in range(len(self._stack) - 1, max(-1, len(self._stack) - _LOOK_BACK), -1):
            if self._stack[at][0] == tag:
                del self._stack[at:]
                break
        self._kind = _kind(self._stack[-1][0], "text") if self._stack else "text"

    def _end_byline(self) -> None:
        how, place = self._byline
        text = _folded("".join(self._words[place:]))
        if text or not self._words:
            self._byline = ("", 0)
        if 2 < len(text) < 100:
            self.page.bylines.append((how, text))

    def _break(self) -> None:
        if self._byline[0] and self._words:
            self._end_byline()
        self._byline = (self._byline[0], 0)
        if not self._words:
            return
        raw = "".join(self._words)
        text = _LINES.sub("\n", raw).strip() if self._kind == "pre" else _folded(raw)
        linked, self._linked = self._linked, 0
        self._words.clear()
        if not text:
            return
        broken, self._broken = self._broken, False
        heading, self._heading = self._heading, ""
        if heading == "title" and not self.page.title:
            self.page.title = text
            return
        if heading and len(self.page.headings) < 100:
            self.page.headings.append((heading, text))
        parent = self._stack[-2] if len(self._stack) > 1 else ("", 0, False, False)
        own = self._stack[-1] if self._stack else parent
        joined = broken and bool(self.page.parts)
        self.page.parts.append(Block(text, self._kind, linked, parent[1], self._row, self._cell, own[2], own[3], joined))

    def _declare(self, tag: str, said: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.language = said.get("lang") or said.get("xml:lang") or page.language
        elif tag == "time":
            if said.get("datetime") and len(page.times) < 50:
                page.times.append(said["datetime"])
        elif tag == "link":
            if said.get("rel") == "canonical":
                page.declared.setdefault("canonical", said.get("href", ""))
        elif said.get("content") and len(page.declared) < 200:
            name = said.get("property") or said.get("name") or said.get("itemprop") or said.get("http-equiv") or ""
            page.declared.setdefault(name.strip().lower(), said["content"])


def _kind(tag: str, outer: str) -> str:
    if tag in _HEADINGS:
        return "heading"
    kinds = {"li": "item", "dt": "item", "dd": "item", "td": "cell", "th": "cell", "pre": "pre", "textarea": "pre"}
    kinds |= {"caption": "caption", "figcaption": "caption"}
    return kinds.get(tag) or (outer if tag in ("div", "p", "section") and outer in ("cell", "item", "caption") else "text")


def _is_hidden(written: str) -> bool:
    if not _NOT_SHOWN.search(written):
        return False
    said = attributes_of(written)
    return "hidden" in said or bool(_NOT_SHOWN.search(said.get("style", "")))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def visible_text(html: str) -> Page:
    """What ``html`` shows, in the order of the source: scripts, styles, comments and attributes are left out.

    Blocks have their white space folded (line ends stay in preformatted text) and are not cleaned yet. Never raises.
    """
    return _Collector().read(html)


def laid_out(blocks: list[Block]) -> str:
    """Blocks as a text: each is a line or a paragraph of its own, cells that are a table's stand on the line of their row."""
    lines: list[str] = []
    rows = groupby(blocks, lambda block: (block.kind == "cell", block.row if block.kind == "cell" else id(block)))
    for (is_row, _), members in rows:
        row = list(members)
        if is_row and len(row) > 1 and (line := _row_line(row)):
            lines.append(line)
            continue
        for block in row:
            if block.kind == "heading":
                lines += ["", block.text, ""]
            elif block.joined and lines and block.text[:1].islower():
                lines[-1] += "\n" + block.text
            else:  # an item that begins with a small letter would be taken for the line before it going on
                lines += ["", block.text] if block.text[:1].islower() else [block.text]
    return set_apart(lines)


def _row_line(row: list[Block]) -> str:
    """A table's row on one line; "" where its cells are the columns of a page."""
    cells = [[block.text for block in cell] for _, cell in groupby(row, lambda block: block.cell)]
    columns = any(len(cell) > 1 and sum(map(len, cell)) > _COLUMN for cell in cells)
    return "" if columns or len(cells) == 1 else row_line([" ".join(cell) for cell in cells])
