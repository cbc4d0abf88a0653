"""Web pages: the main text first, then everything else the page shows, so that search finds all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from explorer.model import Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import Decoded, decode
from explorer.reading.fields import cut_text, encoding_problems, first_words, iso_date, unreadable
from explorer.reading.visible import Page, visible_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset[ \t]{0,9}=[ \t\"']{0,9}([A-Za-z0-9_:.-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding=[\"']([\w.-]{2,40})",
    re.I,
)
# Beyond these the tree libraries hang or need gigabytes (measured): such a page is shown whole instead.
_MAX_BYTES = 10_000_000
_MAX_DEPTH = 1_500
_MAX_ATTRIBUTES = 1_000
_MAX_TAGS = 50_000
_COMPARISONS = 500_000_000
_DATE_NAMES = (
    *("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date"),
    *("dcterms.created", "sailthru.date", "parsely-pub-date", "pubdate", "publishdate", "og:published_time"),
)
_NO_MAIN = "main text not told from the rest of the page"


def read_html(data: bytes, cut: bool = False) -> Reading:
    """Reads a page. ``text`` is its main text, and from ``body_end`` on what else it shows; where no main text can be
    told, all of it. Nothing is fetched or run. Dates that the page does not declare are guessed, and marked so."""
    if not data.strip():
        return unreadable("empty file")
    decoded = decode_html(data, cut)
    if decoded.binary:
        return unreadable("damaged: binary data named as a web page")
    page = visible_text(decoded.text)
    main, found, problems = _main_text(decoded.text, page)
    text, body_end = _joined(main, page.blocks)
    text, cut_problems = cut_text(text)
    if not text.strip():
        return unreadable("no text in the page (what it shows is made by a script or is pictures)")
    title, author, date, source, guessed = _metadata(page, found)
    if not title:
        title, guessed = first_words(text), (*guessed, "title")
    return Reading(
        text,
        title,
        author,
        date,
        source,
        (page.language or "")[:2].lower() or None,
        guessed,
        (*cut_problems, *problems, *encoding_problems(decoded)),
        "partial" if cut_problems else "ok",
        min(body_end, len(text)),
    )


def decode_html(data: bytes, cut: bool = False) -> Decoded:
    """The page's characters, by its own declaration where that is true."""
    match = _CHARSET.search(data[:4096])
    declared = (match[1] or match[2]).decode("ascii") if match else None
    if declared and declared.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii"):
        declared = None if _is_utf8(data) else "cp1252"  # what browsers take these names to mean
    return decode(data, declared, cut)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _main_text(html: str, page: Page) -> tuple[str, Any, tuple[str, ...]]:
    """The main text by trafilatura, its metadata, and why there is none."""
    too_large = len(html) > _MAX_BYTES or page.tags > _MAX_TAGS
    if too_large or page.depth > _MAX_DEPTH or page.attributes > _MAX_ATTRIBUTES:
        return "", None, (_NO_MAIN + (": it is very large" if too_large else ": its markup is too irregular"),)
    import socket

    socket.has_ipv6 = False  # urllib3, which comes with trafilatura, would open a socket to find out
    import trafilatura  # 0.3 s and 60 MB: only where a page is read

    try:
        found = trafilatura.bare_extraction(
            normalise(html), fast=True, include_comments=False, include_tables=True, with_metadata=True
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        return "", None, (f"{_NO_MAIN} ({type(error).__name__})",)
    if found is None or isinstance(found, dict) or found.body is None:
        return "", None, (_NO_MAIN,)
    main = normalise("\n\n".join(_blocks(found.body)))
    return main, found, () if main else (_NO_MAIN,)


def _blocks(body: _Element) -> Iterator[str]:
    """The paragraphs of trafilatura's tree; lists and tables are one block with a line for each item or row."""
    for element in body:
        if element.tag in ("list", "table"):
            lines = (_folded(line) for line in element if isinstance(line.tag, str))
            block = "\n".join(line for line in lines if line)
        elif element.tag == "quote" and len(element) and all(child.tag in ("p", "head") for child in element):
            block = "\n\n".join(filter(None, map(_folded, element)))
        else:
            block = _folded(element)
        tail = " ".join((element.tail or "").split())
        yield from filter(None, (block, tail))


def _folded(element: _Element) -> str:
    """An element's text on one line; cells are set apart, line breaks kept as spaces."""
    pieces: list[str] = []
    for part in element.iter():
        if part is not element and part.tag in ("cell", "p", "item", "lb", "head"):
            pieces.append(" ")
        if isinstance(part.tag, str):
            pieces.append(part.text or "")
        if part is not element:
            pieces.append(part.tail or "")
    return " ".join("".join(pieces).split())


def _joined(main: str, blocks: list[str]) -> tuple[str, int]:
    """Main text and, after it, the blocks of the page that are not in it; and where the main text ends."""
    if not main:
        text = normalise("\n".join(blocks))
        return text, len(text)
    squeezed = "".join(main.split())
    compare = len(blocks) * len(squeezed) < _COMPARISONS
    lines = {"".join(line.split()) for line in main.split("\n")}
    rest = []
    for block in map(normalise, blocks):
        short = "".join(block.split())
        if short not in lines and not (compare and len(short) > 3 and short in squeezed):
            rest.append(block)
    return (main + "\n\n" + "\n".join(rest) if rest else main), len(main)


def _metadata(page: Page, found: Any) -> tuple[str, str, str | None, str, tuple[str, ...]]:
    """Title, author, date, source and what of it was guessed: what the page declares, else what trafilatura found."""
    declared = page.declared
    title = declared.get("og:title") or (found and found.title) or page.heading or page.title
    author = declared.get("author", "")
    guessed: tuple[str, ...] = ()
    if not author or author.startswith(("http:", "https:")):
        author = (found and found.author) or ""
        guessed = ("author",) if author else ()
    date = next((day for name in _DATE_NAMES if (day := iso_date(declared.get(name, "")))), None)
    if date is None and found is not None and (date := iso_date(found.date or "")):
        date = date.removesuffix("-01-01")  # a year alone, out of a copyright line mostly
        guessed = (*guessed, "date")
    source = declared.get("og:site_name") or (found and (found.sitename or found.hostname)) or ""
    if str(source).startswith(("http:", "https:")):
        source = (found and found.hostname) or ""
    return (
        _without_source(clean_line(str(title or "")), clean_line(str(source))),
        clean_line(str(author)),
        date,
        clean_line(str(source)),
        guessed,
    )


def _without_source(title: str, source: str) -> str:
    """A title without the name of the site that many pages put behind it."""
    for mark in (" | ", " - ", " – ", " — ", " · ", " :: "):
        if source and title.lower().endswith((mark + source).lower()):
            return title[: -len(mark + source)].rstrip() or title
    return title
