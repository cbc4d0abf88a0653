"""What a page shows, block by block, and what it says of itself; any bytes in, linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from explorer.reading.shown import is_hidden, is_offered
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
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline|autor|auteur|verfasser|autore)(?:$|[\s_-]|name)", re.I)
_LINE_NUMBER = re.compile(
    r"class\s{0,3}=\s{0,3}[\"']?[^\"'>]{0,80}\b(?:lnum|line-?num(?:ber)?|vnum|verse-?num(?:ber)?|page-?num(?:ber)?)\b", re.I
)
_TO_ITSELF = re.compile(r"href\s{0,3}=\s{0,3}[\"']?#")
_SENTENCE_ENDS = frozenset('.,;:!?”"’»)')
_ANCHORS = ("¶", "🔗", "#")  # what manuals put behind a heading, to be copied as its address
_SPACE = re.compile(r"\s+")
_LINES = re.compile(r"[^\S\n]*\n\s*")
_LOOK_BACK = 40  # how far up an end tag is looked for in the stack of open ones
_MAX_JSON = 200_000


@dataclass(slots=True)
class Block:
    """A piece of text that stands by itself. ``kind`` is "heading", "item", "cell", "caption", "pre" or "text"; ``linked``
    counts its characters inside links, ``parent`` numbers the element that it and its neighbours are in, ``row`` and ``cell``
    its place in a table. ``aside`` is navigation or a footer; ``hidden`` what the page keeps out of sight; ``offered`` what
    stands beside its text, as a newsletter; ``joined`` one that only a line break sets apart from the block before."""

    text: str
    kind: str
    linked: int = 0
    parent: int = 0
    row: int = 0
    cell: int = 0
    aside: bool = False
    hidden: bool = False
    joined: bool = False
    offered: bool = False


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


class _Open(NamedTuple):
    """An element that is open; all but its tag and number hold for what is in it as well."""

    tag: str
    number: int
    aside: bool
    hidden: bool
    offered: bool


_NOTHING = _Open("", 0, False, False, False)


class _Collector:
    """Gathers the text of a page into blocks, cut wherever an element that is not inline begins or ends."""

    def __init__(self) -> None:
        self.page = Page()
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._withheld: list[str] = []
        self._stack: list[_Open] = []
        self._number = self._row = self._cell = self._linked = 0
        self._open = 0
        self._in_link = self._broken = self._json = False
        self._numbering = False
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
        if sum(len(part.text) * (4 * part.offered - 3) for part in self.page.parts) > 0:  # three quarters: the name misleads
            for part in self.page.parts:
                part.offered = False
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
            own = "mailto:" in written or (self._stack and self._stack[-1].tag in _HEADINGS and _TO_ITSELF.search(written))
            self._in_link = "href" in written and not own
        elif tag == "sup" or (tag == "span" and _LINE_NUMBER.search(written)):
            self._start_number(tag)
        if tag in _HIDDEN and not written.endswith("/"):
            self._hidden.append(tag)
        if not self._byline[0] and len(page.bylines) < 50 and self._is_byline(tag, written) and not self._beside():
            self._byline = ("rel" if "rel=" in written and "author" in written else "class", len(self._words))
        if tag in _INLINE:
            return
        self._break()
        if tag == "br":
            self._broken = True
        elif tag not in _VOID and not written.endswith("/"):
            self._push(tag, written)

    def _start_number(self, tag: str) -> None:
        """Sets apart a number that only its style tells from the words around it: of a line, a verse, a page, a note."""
        before = self._words[-1][-1:] if self._words else ""
        if tag == "span":
            self._numbering = True
        if before and (tag == "span" or before in _SENTENCE_ENDS):
            self._words.append(" ")

    def _end_inline(self, tag: str) -> None:
        if tag == "a":
            self._in_link = False
            last = self._words[-1].strip() if self._words else ""
            if last in _ANCHORS and (last != "#" or (self._stack and self._stack[-1].tag in _HEADINGS)):
                self._words.pop()
                self._linked = max(0, self._linked - 1)
        elif tag == "span" and self._numbering:
            self._numbering = False
            self._words.append(" ")

    def _beside(self) -> bool:
        """Whether what is open stands beside the page's own text."""
        return bool(self._stack) and self._stack[-1].offered

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
        above = self._stack[-1] if self._stack else _NOTHING
        if above.tag in _CLOSED_BY_OTHERS and above.tag in (tag, "p"):
            self._stack.pop()
            above = self._stack[-1] if self._stack else _NOTHING
        self._number += 1
        hidden, offered = above.hidden or is_hidden(written), above.offered or is_offered(tag, written)
        self._stack.append(_Open(tag, self._number, above.aside or tag in _ASIDE, hidden, offered))
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
        self._end_inline(tag)
        if self._byline[0]:
            self._end_byline()
        if tag in _INLINE:
            return
        self._break()
        for at in range(len(self._stack) - 1, max(-1, len(self._stack) - _LOOK_BACK), -1):
            if self._stack[at].tag == tag:
                del self._stack[at:]
                break
        self._kind = _kind(self._stack[-1].tag, "text") if self._stack else "text"

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
        parent = self._stack[-2] if len(self._stack) > 1 else _NOTHING
        own = self._stack[-1] if self._stack else parent
        joined = broken and bool(self.page.parts)
        place = (parent.number, self._row, self._cell)
        self.page.parts.append(Block(text, self._kind, linked, *place, own.aside, own.hidden, joined, own.offered))

    def _declare(self, tag: str, said: dict[str, str]) -> None:
        page = self.page
        if tag == "html":
            page.language = said.get("lang") or said.get("xml:lang") or page.language
        elif tag == "time":
            if said.get("datetime") and len(page.times) < 50 and not self._beside():
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


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def visible_text(html: str) -> Page:
    """What ``html`` shows, in the order of the source: scripts, styles, comments and attributes are left out.

    Blocks have their white space folded (line ends stay in preformatted text) and are not cleaned yet. Never raises.
    """
    return _Collector().read(html)
