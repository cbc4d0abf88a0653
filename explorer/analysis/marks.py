"""Stretches inside quote marks, paragraph by paragraph, in any of the usual styles, also badly nested or never closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from explorer.model import Span

LONGEST_SINGLE = 600
"""Characters a stretch in single marks may have; a longer one is two apostrophes far apart."""

_DOUBLE = re.compile(r"[\"“”„‟«»〝〞＂「」『』]|``|''")
_OPENING = frozenset("“„‟«〝「『")
_CLOSED_BY_OPENING = frozenset("„»")
_EITHER = frozenset(('"', "＂"))
_SINGLE_OPEN = re.compile(r"(?<![\w.,!?…’'])[‘'‹](?=[^\W_]|\$|…|\.\.\.)")
_SINGLE_CLOSE = re.compile(r"(?<=[^\s(\[—])[’'›](?![^\W_])")
_WORDY = re.compile(r"[^\W_]")
_NOT_OPENING = re.compile(r"['’](?:\d0s|tis|twas|em|n|til|cause|bout|round)\b", re.I)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch in quote marks: ``start`` and ``end`` with the marks, ``inner`` the words between, without outer blanks.

    ``closed`` is False where the closing mark is missing; ``reopened`` is True where the stretch goes on from an
    unclosed one in the paragraph before.
    """

    start: int
    end: int
    inner: Span
    closed: bool = True
    reopened: bool = False
    single: bool = False


Cutter = Callable[[str, int, int], int | None]


def find_marks(text: str, paragraphs: Sequence[Span], cut: Cutter | None = None) -> list[list[Mark]]:
    """The stretches in quote marks of each of ``paragraphs``, outermost only, in order.

    ``cut(text, start, end)`` says where an unclosed stretch ends before its attribution (``, Reyes said``), or None;
    otherwise such a stretch ends with its paragraph. Linear in the length of the text.
    """
    found: list[list[Mark]] = []
    open_before = single_before = False
    for index, (start, end) in enumerate(paragraphs):
        doubles, hanging = _doubles(text, start, end, cut)
        if doubles and open_before and doubles[0].start == start:
            doubles[0] = replace(doubles[0], reopened=True)
        follows = index + 1 < len(paragraphs) and _opens(text, paragraphs[index + 1])
        if hanging and not follows and cut is not None:
            doubles[-1] = _shortened(text, doubles[-1], cut)
            hanging = doubles[-1].end == end
        stretches = _with_singles(text, start, end, doubles)
        single = not stretches and _single_goes_on(text, paragraphs, index)
        if single:
            stretches = [Mark(start, end, _inner(text, start + 1, end), closed=False, single=True)]
        if single_before and stretches and stretches[0].start == start:
            stretches[0] = replace(stretches[0], reopened=True)
        found.append(stretches)
        open_before, single_before = hanging and follows, single
    return found


def _single_goes_on(text: str, paragraphs: Sequence[Span], index: int) -> bool:
    """Whether a paragraph is speech in single marks that the next paragraph goes on with."""
    start, end = paragraphs[index]
    following = index + 1 < len(paragraphs) and text[paragraphs[index + 1][0]] == "‘"
    return following and text[start] == "‘" and text[end - 1] in ".!?…" and end - start > 2


def _opens(text: str, paragraph: Span) -> bool:
    return text[paragraph[0]] in _OPENING or text[paragraph[0]] in _EITHER


def _shortened(text: str, mark: Mark, cut: Cutter) -> Mark:
    end = cut(text, mark.inner[0], mark.end)
    return mark if end is None else replace(mark, end=end, inner=_inner(text, mark.inner[0], end))


def _inner(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _doubles(text: str, start: int, end: int, cut: Cutter | None) -> tuple[list[Mark], bool]:
    """The stretches in double marks of one paragraph, and whether the last one was never closed."""
    found: list[Mark] = []
    opened: Span | None = None
    forced = False  # the last stretch was closed only because another opened inside it
    matches = [match for match in _DOUBLE.finditer(text, start, end) if not _is_inch(text, match)]
    skip = -1
    for number, match in enumerate(matches):
        if number <= skip:
            continue
        here = match.span()
        if opened is None:
            if _may_open(text, match, end):
                opened = here
            elif forced and not _may_open(text, match, end) and match.group() != '"':
                found[-2:] = [Mark(found[-2].start, here[1], _inner(text, found[-2].inner[0], here[0]))]
                forced = False
            continue
        if _nested(text, opened, matches, number):
            skip = number + 1
            continue
        if _must_open(text, match, start, end) and text[opened[0]] not in _CLOSED_BY_OPENING:
            found.append(_unclosed(text, opened, here[0], cut))
            opened, forced = here, True
            continue
        found.append(Mark(opened[0], here[1], _inner(text, opened[1], here[0])))
        forced = forced and len(found) > 1 and not found[-2].closed
        opened = None
    if opened is not None:
        found.append(_unclosed(text, opened, end, None))
    kept = [mark for mark in found if _WORDY.search(text, *mark.inner) and text[mark.inner[0]] >= " "]
    return kept, opened is not None and bool(kept) and kept[-1].end == end and not kept[-1].closed


def _nested(text: str, opened: Span, matches: Sequence[re.Match[str]], number: int) -> bool:
    """Whether a pair of the other kind begins at ``number`` and lies inside the open stretch: "I read “X” twice"."""
    if number + 2 >= len(matches):
        return False
    outer = text[opened[0]]
    one, two, three = (matches[place].group() for place in (number, number + 1, number + 2))
    if outer == '"':
        return one == "“" and two == "”" and three == '"'
    return outer == "“" and one == two == '"' and three == "”" and text[matches[number].start() - 1].isspace()


def _is_inch(text: str, match: re.Match[str]) -> bool:
    """Whether the mark stands for inches: 6'2", a 12" pipe."""
    start, after = match.start(), text[match.end() : match.end() + 1]
    if match.group() != '"' or start < 1 or not text[start - 1].isdigit() or after.isalnum():
        return False
    if _FEET.search(text, max(0, start - 5), start):
        return True
    lower = text[start + 1 : start + 2] == " " and text[start + 2 : start + 3].islower()
    return lower and bool(_SIZE.search(text, max(0, start - 6), start))


_FEET = re.compile(r"\d['’] ?\d{1,2}$")
_SIZE = re.compile(r"(?:^|[\s“])\d{1,3}$")


def _unclosed(text: str, opened: Span, end: int, cut: Cutter | None) -> Mark:
    mark = Mark(opened[0], end, _inner(text, opened[1], end), closed=False)
    mark = replace(mark, end=max(mark.inner[1], opened[1]))
    return mark if cut is None else _shortened(text, mark, cut)


def _may_open(text: str, match: re.Match[str], end: int) -> bool:
    mark, after = match.group(), match.end()
    before = text[match.start() - 1] if match.start() else " "
    if mark in _OPENING or mark == "``":
        return True
    if after >= end or text[after].isspace():
        return mark == '"' and before.isspace() and after < end
    if mark in _EITHER:
        return not before.isalnum() or not text[after].isalnum() or before.isspace()
    return mark != "''" and not before.isalnum() and text[after].isalnum()


def _must_open(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark inside an open stretch opens another one rather than closing it."""
    if match.group() in _OPENING:
        return match.group() != "“" or not (match.end() < end and text[match.end()].isspace())
    if match.group() not in _EITHER:
        return False
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    return (before.isspace() or before in "([—") and after.isalnum()


def _with_singles(text: str, start: int, end: int, doubles: list[Mark]) -> list[Mark]:
    """Adds the stretches in single marks that lie outside ``doubles``, or that hold some of them whole."""
    found: list[Mark] = []
    done = start
    rest = iter([*doubles, None])
    double = next(rest)
    for match in _SINGLE_OPEN.finditer(text, start, end):
        while double is not None and double.end <= match.start():
            found.append(double)
            done, double = double.end, next(rest)
        if match.start() < done or _NOT_OPENING.match(text, match.start()):
            continue
        if double is not None and double.start <= match.start():
            continue
        limit = min(end, match.end() + LONGEST_SINGLE)
        close = _single_close(text, match, double, limit)
        if close is not None:
            found.append(Mark(match.start(), close + 1, _inner(text, match.end(), close), single=True))
            done = close + 1
            while double is not None and double.start < done:
                double = next(rest)
    found.extend(mark for mark in _remaining(double, rest) if mark.start >= done)
    return found


def _remaining(first: Mark | None, rest: Iterable[Mark | None]) -> list[Mark]:
    return [mark for mark in (first, *rest) if mark is not None]


def _single_close(text: str, opened: re.Match[str], double: Mark | None, limit: int) -> int | None:
    """Where a single mark closes: after a sentence mark, else at the first mark that is no plural possessive.

    Only the former may lie behind ``double``, the next stretch in double marks, which is then inside.
    """
    first = None
    for match in _SINGLE_CLOSE.finditer(text, opened.end(), limit):
        if double is not None and match.start() >= double.start:
            if first is not None or match.start() < double.end or text[match.start() - 1] not in ".,?!…":
                if first is not None:
                    break
                continue
            return match.start()
        if text[match.start() - 1] in ".,?!…":
            return match.start()
        if text[match.start() - 1] != "s" or first is None:
            first = match.start() if first is None or text[first - 1] == "s" else first
        if text[first - 1] != "s":
            break
    return first
