"""Words that were parted at a line's end or a page's: which hyphens belong to the word, and which only parted it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Where PDFium found a hyphen at a line's end, and the hyphens there that it does not take for one.
_MARK = re.compile("[\ufffe\x02](?:[ \t]{0,3}\r?\n|[ \t]{1,3})?|(?<=[^\\W\\d_])[\u2010\xad][ \t]{0,3}\r?\n(?=[^\\W\\d_])")
_HYPHEN_AT_END = re.compile(r"(?<=[^\W\d_])[-\u2010\xad]\s{0,9}\Z")
_LONGEST = 60  # characters of either part
_PART_BEFORE, _PART_AFTER = re.compile(r"[^\W_](?:[\w-]*[^\W_])?\Z"), re.compile(r"[^\W_]*")
_AROUND = "\"'.,;:!?()[]{}“”‘’«»"
_SUSPENDING = frozenset(("and", "or", "und", "oder"))  # pre- and postwar, Vor- und Nachteile
_MAX_WORDS = 4_000_000  # characters that words are gathered from


@dataclass(frozen=True, slots=True)
class Mended:
    """A page whose parted words are whole, and whether its last word goes on on the next page."""

    text: str
    goes_on: bool


def mend_hyphens(pages: Sequence[str]) -> list[Mended]:
    """The pages as PDFium gives them without its marks of hyphens at line ends; where the document writes a word with its
    hyphen elsewhere, or a capital or number follows ("Smith-Jones"), the hyphen stays."""
    following = _first_parts(pages)
    parted = [
        after[:1].islower() and _HYPHEN_AT_END.search(page) is not None for page, after in zip(pages, following, strict=True)
    ]
    if not any(parted) and not any(_MARK.search(page) for page in pages):
        return [Mended(page, False) for page in pages]
    words = _words(pages)
    mended = []
    for page, after, at_end in zip(pages, following, parted, strict=True):
        text = _HYPHEN_AT_END.sub("\x02", page) if at_end else page
        ends = text.rstrip().endswith(("\ufffe", "\x02"))
        text = _whole(text, after, words)
        mended.append(Mended(text, ends and not text.endswith("- ")))
    return mended


def _first_parts(pages: Sequence[str]) -> list[str]:
    """Of each page the word that the next page with text begins with."""
    found, after = [], ""
    for page in reversed(pages):
        found.append(after)
        start = page.lstrip()[:_LONGEST]
        after = _part_after(start) if start else after
    return found[::-1]


def _words(pages: Sequence[str]) -> frozenset[str]:
    words: set[str] = set()
    length = 0
    for page in pages:
        words.update(page.lower().split())
        length += len(page)
        if length > _MAX_WORDS:
            break
    return frozenset(word.strip(_AROUND) for word in words)


def _whole(text: str, next_page: str, words: frozenset[str]) -> str:
    pieces, done = [], 0
    for mark in _MARK.finditer(text):
        before = text[max(0, mark.start() - _LONGEST) : mark.start()]
        after = text[mark.end() : mark.end() + _LONGEST]
        part = _PART_BEFORE.search(before)
        pieces += [text[done : mark.start()], _between(part[0] if part else "", _part_after(after) or next_page, words)]
        done = mark.end()
    return "".join([*pieces, text[done:]])


def _part_after(text: str) -> str:
    match = _PART_AFTER.match(text)
    return match[0] if match else ""


def _between(before: str, after: str, words: frozenset[str]) -> str:
    """What stands between the two parts of a word: nothing, its hyphen, or hyphen and space."""
    if not before or not after:
        return ""
    first, _, last = before.lower().rpartition("-")
    follows = after.lower()
    if before.lower() + follows in words:
        return ""
    if follows in _SUSPENDING:
        return "- "
    if before[-1].isdigit() or after[0].isdigit() or len(before) == 1:
        return "-"
    if after[0].isupper() and not (before[-1].isupper() and after.isupper()):
        return "-"
    if f"{before.lower()}-{follows}" in words:
        return "-"
    return "-" if first and last in words and follows in words and last + follows not in words else ""
