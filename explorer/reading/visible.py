"""All visible text of a page, by the standard library's parser: it survives what stops the others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "template", "svg", "noembed", "noframes"})
_CLOSED_BY_OTHERS = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option", "html", "body"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"})
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "button",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
        ),
        *("i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_MANY_COMMENTS = 5_000
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Page:
    """What a page shows, block by block, and what its head declares; ``depth`` and ``attributes`` are the most met."""

    blocks: list[str] = field(default_factory=list)
    title: str = ""
    heading: str = ""
    language: str | None = None
    declared: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    attributes: int = 0
    tags: int = 0


class _Collector(HTMLParser):
    """Gathers the text of a page into blocks, cut wherever an element that is not inline begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._words: list[str] = []
        self._hidden: list[str] = []
        self._withheld: list[str] = []
        self._inside = ""
        self._open = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page = self.page
        page.tags += 1
        page.attributes = max(page.attributes, len(attrs))
        if tag not in _VOID and tag not in _CLOSED_BY_OTHERS:
            self._open += 1
            page.depth = max(page.depth, self._open)
        if tag in _HIDDEN:
            self._hidden.append(tag)
        if tag not in _INLINE:
            self.break_block()
        if tag == "meta":
            self._declare(dict(attrs))
        elif tag == "html":
            page.language = dict(attrs).get("lang") or page.language
        elif tag in ("title", "h1"):
            self._inside = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _CLOSED_BY_OTHERS:
            self._open = max(0, self._open - 1)
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
            if not self._hidden:
                self._withheld.clear()
        if tag not in _INLINE:
            self.break_block()

    def handle_data(self, data: str) -> None:
        (self._withheld if self._hidden else self._words).append(data)

    def show_withheld(self) -> None:
        """Takes back what an element that was never closed has hidden; scripts and styles stay out."""
        if self._hidden and self._hidden[-1] not in ("script", "style"):
            self._words.extend(self._withheld)

    def break_block(self) -> None:
        if not self._words:
            return
        block = _SPACE.sub(" ", "".join(self._words)).strip()
        self._words.clear()
        inside, self._inside = self._inside, ""
        if not block:
            self._inside = inside
        elif inside == "title":
            self.page.title = self.page.title or block
        else:
            if inside == "h1":
                self.page.heading = self.page.heading or block
            self.page.blocks.append(block)

    def _declare(self, attributes: dict[str, str | None]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content and len(self.page.declared) < 200:
            self.page.declared.setdefault(name.strip().lower(), content)


def visible_text(html: str) -> Page:
    """The visible text of ``html`` in the order of the source: scripts, styles, comments and attributes are left out.

    Blocks have their white space folded and are not cleaned yet. Never raises on bad markup.
    """
    collector = _Collector()
    try:
        collector.feed(html if html.count("<!--") < _MANY_COMMENTS else _without_comments(html))
        collector.close()
    except (AssertionError, ValueError):  # broken declarations make html.parser give up: what was seen stays
        pass
    collector.show_withheld()
    collector.break_block()
    return collector.page


def _without_comments(html: str) -> str:
    """The page without comments; the mark of one that never ends is dropped, its text kept. Each such mark makes
    html.parser look through all the rest, which takes minutes where there are many."""
    pieces: list[str] = []
    place = 0
    while (start := html.find("<!--", place)) >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        pieces.append(html[place:start])
        place = end + 3
    return "".join([*pieces, html[place:].replace("<!--", " ")])
