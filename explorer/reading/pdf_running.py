"""Lines that are printed on page after page of a PDF: running heads, footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_EDGE = 3  # lines at either end of a page that may be running ones
_NEAR = 2  # pages: left and right pages may differ
_LEAST = 3  # pages that a line has to be on
_LONGEST = 150  # characters
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,5}|[ivxlcIVXLC]{1,8})(?![\w.,])")
_LETTER = re.compile(r"[^\W_]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

Place = tuple[int, int]  # page, line
Shape = tuple[str, int]  # a line with its numbers blotted out, how many these are


def without_running_lines(pages: Sequence[str]) -> list[str]:
    """The pages without the lines at their edges that return on their neighbours, a page number counting up aside.

    The first page that has such a line keeps it, unless it is but a number. Where nothing returns on three pages, or nothing
    else is there, they are as they were.
    """
    split = [page.replace("\r\n", "\n").split("\n") for page in pages]
    edges = [_edges(lines) for lines in split]
    running = _running(split, edges)
    kept = ["\n".join(_without(number, lines, edges[number], running)) for number, lines in enumerate(split)] if running else []
    return kept if any(map(str.strip, kept)) else list(pages)


def _edges(lines: list[str]) -> tuple[list[int], list[int]]:
    """The numbers of a page's first and last lines with text, those nearest to its edge first."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return filled[:_EDGE], filled[: -_EDGE - 1 : -1]


def _running(split: list[list[str]], edges: list[tuple[list[int], list[int]]]) -> set[Place]:
    """The places of lines that return, but for the first page of each that says more than a number."""
    met: dict[Shape, list[tuple[Place, list[int]]]] = defaultdict(list)
    running: set[Place] = set()
    chains: dict[Place, int] = {}
    for page, (top, bottom) in enumerate(edges):
        for at in dict.fromkeys((*top, *bottom)):
            line = split[page][at].strip()
            if len(line) > _LONGEST:
                continue
            shape, numbers = _shape(line), [_value(number) for number in _NUMBER.findall(line)]
            before = {place: seen for place, seen in met[shape][-2 * _EDGE :] if _goes_on(page - place[0], seen, numbers)}
            met[shape].append(((page, at), numbers))
            if before:
                chains[page, at] = 1 + max(chains.get(place, 1) for place in before)
                running.add((page, at))
                if not _LETTER.search(shape[0]):
                    running.update(place for place, seen in before.items() if seen != numbers)
    long = {_shape(split[page][at]) for (page, at), length in chains.items() if length >= _LEAST}
    return {(page, at) for page, at in running if _shape(split[page][at]) in long}


def _shape(line: str) -> Shape:
    shape, count = _NUMBER.subn("#", " ".join(line.split()))
    return shape, count


def _goes_on(distance: int, seen: list[int], numbers: list[int]) -> bool:
    """Whether a line's numbers are those of the line before, one of them further by as many as there are pages between."""
    changed = [after - before for before, after in zip(seen, numbers, strict=True) if after != before]
    return 0 < distance <= _NEAR and (not changed or changed == [distance])


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number.lower()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _without(number: int, lines: list[str], edges: tuple[list[int], list[int]], running: set[Place]) -> list[str]:
    """A page's lines without the running ones, as far as they follow one another from the edge."""
    left_out: set[int] = set()
    for edge in edges:
        for at in edge:
            if (number, at) not in running:
                break
            left_out.add(at)
    return [line for at, line in enumerate(lines) if at not in left_out]
