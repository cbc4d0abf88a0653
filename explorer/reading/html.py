"""Web pages: the main text first, then everything else the page shows, so that search finds all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from explorer.model import Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import Decoded, decode
from explorer.reading.fields import cut_text, encoding_problems, first_words, iso_date, unreadable
from explorer.reading.main_text import found_by_trafilatura, main_blocks, pieces_of
from explorer.reading.paragraphs import set_apart
from explorer.reading.visible import Page, laid_out, visible_text

if TYPE_CHECKING:
    pass

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
    found, problems = found_by_trafilatura(decoded.text, page)
    text, body_end, first = _arranged(page, found)
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


def _arranged(page: Page, found: Any) -> tuple[str, int]:
    """Main text and, after it, the rest of the page; and where the main text ends."""
    pieces = pieces_of(found.body) if found is not None else []
    chosen = main_blocks(page.parts, pieces) if pieces else None
    if chosen is not None:
        main = normalise(laid_out([part for part, is_main in zip(page.parts, chosen, strict=True) if is_main]))
        rest = [part for part, is_main in zip(page.parts, chosen, strict=True) if not is_main]
    else:
        main, rest = normalise(set_apart(pieces)), page.parts
    if not main:
        text = normalise(laid_out(page.parts))
        return text, len(text)
    lines = {"".join(line.split()) for line in main.split("\n")}
    others = normalise(laid_out([part for part in rest if "".join(normalise(part.text).split()) not in lines]))
    return (f"{main}\n\n{others}" if others else main), len(main)
