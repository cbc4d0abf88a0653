"""Web pages: the main text first, then everything else the page shows, so that search finds all of it."""

from __future__ import annotations

import re
from typing import Any

from explorer.model import Reading
from explorer.reading.clean import normalise
from explorer.reading.decode import Decoded, decode
from explorer.reading.fields import cut_text, encoding_problems, first_words, unreadable
from explorer.reading.main_edges import sentences_only
from explorer.reading.main_text import found_by_trafilatura, main_blocks, pieces_of
from explorer.reading.page_facts import page_facts
from explorer.reading.page_layout import laid_out
from explorer.reading.paragraphs import set_apart
from explorer.reading.visible import Page, visible_text

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset[ \t]{0,9}=[ \t\"']{0,9}([A-Za-z0-9_:.-]{2,40})"
    rb"|<\?xml[^>]{0,100}?encoding=[\"']([\w.-]{2,40})",
    re.I,
)
_MARKUP = re.compile(rb"[\s\0]{0,200}<[!?A-Za-z\0]")
_SOFT_HYPHEN = re.compile("\xad|&shy;|&#173;|&#xad;", re.I)  # nobody sees it, and it cuts words in two
_MAX_MARKUP = 16_000_000  # characters, tags included: a table of half a million rows
_SHORT = 1_000  # characters: a page of that length needs no main text


def read_html(data: bytes, cut: bool = False) -> Reading:
    """Reads a page. ``text`` is its main text, and from ``body_end`` on what else it shows; where no main text can be
    told, all of it. Nothing is fetched or run. What the page does not declare is guessed, and marked so."""
    if not data.strip():
        return unreadable("empty file", "empty")
    decoded = decode_html(data, cut)
    zeros = (decoded.binary or (decoded.encoding == "utf-8" and "\0" in decoded.text)) and b"\0" in data
    zeros = zeros and _MARKUP.match(data) is not None
    if zeros:  # as browsers do
        decoded = decode_html(data.replace(b"\0", b""), cut)
    if decoded.binary:
        return unreadable("damaged: binary data named as a web page", "damaged")
    html = _SOFT_HYPHEN.sub("", decoded.text[:_MAX_MARKUP])
    page = visible_text(html)
    if not any(part.text for part in page.parts):
        reason = "no text in the page (what it shows is made by a script or is pictures)"
        return unreadable(reason, "no text") if "<" in html else unreadable("no text in it, only white space", "empty")
    found, problems = found_by_trafilatura(html, page)
    text, body_end, first = _arranged(page, found)
    if body_end < len(text) or len(text) < _SHORT:
        problems = ()  # a main text was found in another way, or all of the page is one
    text, cut_problems = cut_text(text)
    if len(decoded.text) > _MAX_MARKUP:
        cut_problems = (*cut_problems, f"only the first {_MAX_MARKUP // 1_000_000} million characters of the page read")
    facts = page_facts(page, found, html, first)
    return Reading(
        text,
        facts.title or first_words(text),
        facts.author,
        facts.date,
        facts.source,
        (page.language or "")[:2].lower() or None,
        facts.guessed if facts.title else (*facts.guessed, "title"),
        (*cut_problems, *problems, *(("zero bytes left out",) if zeros else ()), *encoding_problems(decoded)),
        "partial" if cut_problems else "ok",
        min(body_end, len(text)),
        fault="too large" if cut_problems else "",
    )


def decode_html(data: bytes, cut: bool = False) -> Decoded:
    """The page's characters, by its own declaration where that is true."""
    match = _CHARSET.search(data[:4096])
    declared = (match[1] or match[2]).decode("ascii") if match else None
    if declared and declared.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii"):
        declared = None if _is_utf8(data) else "cp1252"  # what browsers take these names to mean
    return decode(data, declared, cut, _MAX_MARKUP + 1)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _arranged(page: Page, found: Any) -> tuple[str, int, int]:
    """Main text and, after it, the rest of the page; where the main text ends; and the number of its first block."""
    pieces = pieces_of(found.body) if found is not None else []
    chosen = main_blocks(page.parts, pieces) if pieces else sentences_only(page.parts)
    if chosen is not None:
        main = normalise(laid_out([part for part, is_main in zip(page.parts, chosen, strict=True) if is_main]))
        rest = [part for part, is_main in zip(page.parts, chosen, strict=True) if not is_main]
    else:
        main, rest = normalise(set_apart(pieces)), page.parts
    if not main:
        text = normalise(laid_out(page.parts))
        return text, len(text), 0
    lines = {"".join(line.split()) for line in main.split("\n")}
    others = normalise(laid_out([part for part in rest if "".join(normalise(part.text).split()) not in lines]))
    first = chosen.index(True) if chosen is not None and True in chosen else 0
    return (f"{main}\n\n{others}" if others else main), len(main), first
