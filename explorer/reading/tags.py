"""HTML cut into tags and text in linear time, whatever is in it: the standard library's parser is quadratic in open tags.

After the tokenizer of the HTML standard, and more forgiving where that would throw the rest of a page away: a comment, a quote
or a section that never ends is text, and a tag ends where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_OPEN = re.compile(r"<(?:(!--|!\[CDATA\[|[!?])|(/?)([A-Za-z][^\s/><]{0,100}))", re.I)
# The rest of a tag: quoted values may hold ">"; a quote that is never closed is a letter as others.
_REST = re.compile(r"(?:[^>=<]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
_ATTRIBUTE = re.compile(r"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+")
_RAW_ENDS = {name: re.compile(f"</{name}", re.I) for name in ("script", "style", "xmp")}
_MAX_TAG = 20_000  # characters of a tag in which attributes are looked for
_MAX_ATTRIBUTES = 100
TEXT, RAW = "", "#raw"
"""Kinds of events that are no tags: text, with its references resolved, and what is in a script or style."""

Event = tuple[str, str]


def events(html: str) -> Iterator[Event]:
    """The page as (kind, value): ("p", its attributes as written), ("/p", ""), (TEXT, text) and (RAW, script or style).

    Comments, declarations and processing instructions are left out; what a CDATA section holds is text. Never raises.
    """
    place, length = 0, len(html)
    endless: set[str] = set()  # ends that were looked for in vain: they are not looked for again
    while place < length:
        match = _OPEN.search(html, place)
        if match is None:
            break
        if match.start() > place:
            yield TEXT, unescape(html[place : match.start()])
        if match[1]:
            place, text = _passed(html, match, endless)
            if text:
                yield TEXT, text
            continue
        rest = _REST.match(html, match.end())
        stop = rest.end() if rest else match.end()
        name = match[3].lower()
        place = stop + 1 if html[stop : stop + 1] == ">" else stop
        attributes = html[match.end() : stop]
        yield match[2] + name, "" if match[2] else attributes
        if name in _RAW_ENDS and not match[2]:
            end = _RAW_ENDS[name].search(html, place)
            if end is None and attributes.endswith("/"):
                continue  # <script src="…"/> of XHTML
            until = end.start() if end else length
            yield RAW, html[place:until]
            place = until
    if place < length:
        yield TEXT, unescape(html[place:])


def _passed(html: str, match: re.Match[str], endless: set[str]) -> tuple[int, str]:
    """Where a comment, declaration or section ends, and its text if it has one."""
    opening = match[1].upper()
    mark = {"!--": "-->", "![CDATA[": "]]>"}.get(opening, ">")
    end = -1 if mark in endless else html.find(mark, match.end() - (2 if opening == "!--" else 0))
    if end < 0:
        endless.add(mark)
        return match.end(), ""
    return end + len(mark), html[match.end() : end] if mark == "]]>" else ""


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag by their names in small letters; the first of a name counts, and the first hundred at all."""
    found: dict[str, str] = {}
    for count, match in enumerate(_ATTRIBUTE.finditer(written[:_MAX_TAG])):
        if count == _MAX_ATTRIBUTES:
            break
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4]
        found.setdefault(match[1].lower(), unescape(value or ""))
    return found


def attribute_count(written: str) -> int:
    """About how many attributes a tag has: those that are written with blanks or "=" between them."""
    return 0 if len(written) < 400 else max(written.count("="), len(written.split()))
