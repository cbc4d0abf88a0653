"""Which of a page's blocks are its main text: trafilatura chooses, the page's own blocks are kept as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from explorer.reading.clean import normalise
from explorer.reading.main_edges import mended
from explorer.reading.visible import Block, Page

if TYPE_CHECKING:
    from lxml.etree import _Element

# Beyond these the tree libraries hang or need gigabytes (measured): such a page is shown whole instead.
_MAX_BYTES = 5_000_000
_MAX_DEPTH = 1_500
_MAX_ATTRIBUTES = 1_000
_MAX_TAGS = 15_000
_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words
_ENOUGH, _ENOUGH_OF_HEADING = 0.5, 0.8  # of a block's words that are in shingles of the chosen text
_KEPT = 0.8  # of the chosen words that must be found in the page's blocks
_NEAR = 4  # blocks
_LITTLE = 500  # characters of main text that make it doubtful
_INLINE = frozenset({"hi", "ref", "del", "code", "graphic"})
NO_MAIN = "main text not told from the rest of the page"


def found_by_trafilatura(html: str, page: Page) -> tuple[Any, tuple[str, ...]]:
    """What trafilatura says of a page (None if nothing), and why there is nothing in one line."""
    too_large = len(html) > _MAX_BYTES or page.tags > _MAX_TAGS
    if too_large or page.depth > _MAX_DEPTH or page.attributes > _MAX_ATTRIBUTES:
        return None, (NO_MAIN + (": it is very large" if too_large else ": its markup is too irregular"),)
    try:
        found = _extracted(normalise(html), fast=True)
        if found is not None and len(found.text or "") < _LITTLE:  # its other ways take twice the time: only where needed
            found = _extracted(normalise(html), fast=False) or found
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        return None, (f"{NO_MAIN} ({type(error).__name__})",)
    return (found, ()) if found is not None else (None, (NO_MAIN,))


def _extracted(html: str, fast: bool) -> Any:
    import socket

    socket.has_ipv6 = False  # urllib3, which comes with trafilatura, would open a socket to find out
    import trafilatura  # 0.3 s and 60 MB: only where a page is read

    found = trafilatura.bare_extraction(html, fast=fast, include_comments=False, include_tables=True, with_metadata=True)
    return None if found is None or isinstance(found, dict) or found.body is None else found


def pieces_of(body: _Element) -> list[str]:
    """The paragraphs, headings, items and cells of trafilatura's tree, one text each."""
    return [text for text in (" ".join(piece.split()) for piece in _strings(body)) if any(map(str.isalnum, text))]


def _strings(body: _Element) -> Iterator[str]:
    from lxml.etree import iterwalk

    gathered: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            yield "".join(gathered)
            gathered.clear()
        text = element.text if event == "start" else element.tail
        if text:
            gathered.append(text)
    yield "".join(gathered)


def main_blocks(parts: list[Block], pieces: list[str]) -> list[bool] | None:
    """For each block whether it is main text, by the pieces that were chosen; None where they cannot be found again."""
    wanted = [word for piece in pieces for word in _WORD.findall(piece)]
    shingles = set(_shingles(wanted))
    counts: list[int] = []
    words: list[str] = []
    for part in parts:
        own = [] if part.hidden else _WORD.findall(part.text)
        counts.append(len(own))
        words += own
    known = bytearray(len(words))
    for at, shingle in enumerate(_shingles(words)):
        if shingle in shingles:
            known[at : at + _SHINGLE] = b"\1" * _SHINGLE
    chosen: list[bool] = []
    place = 0
    for part, count in zip(parts, counts, strict=True):
        enough = _ENOUGH_OF_HEADING if part.kind == "heading" else _ENOUGH
        chosen.append(count > 0 and known.count(1, place, place + count) >= enough * count)
        place += count
    squeezed = {"".join(piece.split()) for piece in pieces}
    for at, part in enumerate(parts):
        if not chosen[at] and 0 < counts[at] < _SHINGLE and "".join(part.text.split()) in squeezed:
            chosen[at] = any(chosen[max(0, at - _NEAR) : at + _NEAR + 1])
    found = sum(count for count, is_main in zip(counts, chosen, strict=True) if is_main)
    return mended(parts, chosen) if found and found >= _KEPT * len(wanted) else None


def _shingles(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[i:] for i in range(_SHINGLE)), strict=False)
