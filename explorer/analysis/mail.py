"""Whose words the quoted lines of a mail are: those behind ">" below "On Tuesday, Elena Marsh wrote:"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from explorer.model import Mention, Span

_QUOTED = re.compile(r"[ \t]?((?:>[ \t]?)+)")
_WROTE = re.compile(r"(?:.{0,160}\bwrote|.{0,160}\bwrites|.{0,160}\bschrieb|.{0,160}\ba écrit\s?):\s*$")
_NAME_BEFORE = re.compile(
    r"(?:^|,|\d|[AP]M)\s*\"?([^\W\d_][^,<>(\"\d\n]{1,60}?)\"?\s*"
    r"(?:[<(\[][^<>()\[\]\n]*[>)\]]\s*)?(?:wrote|writes|schrieb|a écrit)"
)
LONGEST_ATTRIBUTION = 3
"""Lines that "On DATE, NAME wrote:" may take."""


@dataclass(slots=True)
class Block:
    """Lines of a mail that quote another: their words line by line, who wrote them, and where the mail says so."""

    words: list[Span] = field(default_factory=list)
    name: str | None = None
    label: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    depth: int
    words: int  # where the words behind the marks begin


def quoted_blocks(text: str, end: int, mentions: Sequence[Mention]) -> tuple[list[Block], list[Span]]:
    """The quoted blocks of a mail in order of place, and the spans of all lines that quote or attribute; none in other texts.

    A line with n marks is by whoever the last "wrote:" with n - 1 marks names; blank lines do not part a block.
    """
    if ">" not in text:
        return [], []
    lines = _lines(text, end)
    if not any(line.depth for line in lines):
        return [], []
    starts = [mention.start for mention in mentions]
    authors: dict[int, tuple[str | None, Span, Span]] = {}
    blocks: list[Block] = []
    taken: list[Span] = []
    current: tuple[int, Block] | None = None
    skip = -1
    for number, line in enumerate(lines):
        if number <= skip:
            continue
        stop = _attribution(text, lines, number)
        if stop is not None:
            whole = (line.words, lines[stop].end)
            authors = {depth: author for depth, author in authors.items() if depth < line.depth}
            authors[line.depth] = _author(text, whole, mentions, starts)
            taken.extend((lines[place].start, lines[place].end) for place in range(number, stop + 1))
            current, skip = None, stop
        elif line.depth and authors:
            taken.append((line.start, line.end))
            if line.words >= line.end:
                continue
            if current is None or current[0] != line.depth:
                name, label, cue = authors.get(line.depth - 1, (None, None, None))
                current = (line.depth, Block([], name, label, cue))
                blocks.append(current[1])
            current[1].words.append((line.words, line.end))
        elif line.start < line.end:
            current = None
    return [block for block in blocks if block.name is not None], taken


def _lines(text: str, end: int) -> list[_Line]:
    found: list[_Line] = []
    start = 0
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        last = stop - (stop > start and text[stop - 1] == "\r")
        match = _QUOTED.match(text, start, last)
        words = match.end() if match else start
        while words < last and text[words] in " \t":
            words += 1
        while last > words and text[last - 1] in " \t":
            last -= 1
        found.append(_Line(start, last, match.group(1).count(">") if match else 0, words))
        start = stop + 1
    return found


def _attribution(text: str, lines: Sequence[_Line], number: int) -> int | None:
    """The last line of "On DATE,\\nNAME wrote:" which begins at ``number``, where a deeper quoted line follows."""
    if lines[number].words >= lines[number].end:
        return None
    for stop in range(number, min(len(lines) - 1, number + LONGEST_ATTRIBUTION)):
        if lines[stop].depth != lines[number].depth or lines[stop].words >= lines[stop].end:
            return None
        if not _WROTE.match(text, lines[stop].words, lines[stop].end):
            continue
        below = next((line for line in lines[stop + 1 : stop + 4] if line.words < line.end), None)
        opens = stop == number or text.startswith(("On ", "Am ", "Le "), lines[number].words)
        return stop if below is not None and below.depth == lines[number].depth + 1 and opens else None
    return None


def _author(text: str, span: Span, mentions: Sequence[Mention], starts: Sequence[int]) -> tuple[str | None, Span, Span]:
    """The name, its span and that of the verb in an attribution line."""
    verb = re.compile(r"\S+\s*:\s*$").search(text, *span)
    cue = (verb.start(), verb.end() - len(verb.group()) + len(verb.group().rstrip(": \n"))) if verb else span
    inside = mentions[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
    people = [mention for mention in inside if mention.type == "PERSON"]
    if people:
        return people[-1].name, (people[-1].start, people[-1].end), cue
    match = _NAME_BEFORE.search(text, *span)
    return (match.group(1).strip(), match.span(1), cue) if match else (None, span, cue)
