"""Text into paragraphs, sentences and words, as spans into the text as given."""

from __future__ import annotations

import re
from itertools import pairwise

from explorer.analysis.lists import words
from explorer.model import Span

WRAP_WIDTHS = range(40, 101)
"""Longest line, in characters, of a block that may be hard-wrapped prose."""
CLOSERS = "\"'”’»)]"
OPENERS = "\"'“‘«(["

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_FIRST_WORD = re.compile(r"\S{1,100}")
_OWN_LINE = re.compile(r"[-*•·–—>|#+]|\(?\d{1,3}[.)]\s|[A-Z][A-Z .'’-]{1,40}:|[QA][:.]")
_STOP = re.compile(r"[.!?…]+")
_WORD_BEFORE = re.compile(r"[^\W_][\w.’'-]{0,30}$")
_LETTERS = re.compile(r"(?:[^\W\d_]\.){1,12}[^\W\d_]?$")

TOKEN = re.compile(
    r"(?:[A-Z]\.){2,12}"  # U.S.
    r"|[’'][sS](?![^\W_])"  # the possessive is a word of its own
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|[sS%])?(?![^\W_])"
    r"|[^\W_]+(?:(?:[’'](?![sS](?![^\W_]))|[-‐‑&])[^\W_]+)*"
    r"|[^\w\s]|_"
)

_ABBREVIATIONS = words("abbreviations")
_NEVER_LAST = words("abbreviations_before_names")
_STARTERS = words("sentence_starters")


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs: lines, joined where the text is hard-wrapped; without the blanks round them."""
    found: list[Span] = []
    block: list[Span] = []
    previous = 0
    for match in _LINE.finditer(text):
        start, end = _strip(match)
        if start == end:
            continue
        if block and text.count("\n", previous, start) > 1:
            found.extend(_unwrap(text, block))
            block = []
        block.append((start, end))
        previous = end
    found.extend(_unwrap(text, block))
    return found


def _strip(match: re.Match[str]) -> Span:
    raw = match.group()
    left = len(raw) - len(raw.lstrip())
    return match.start() + left, match.start() + max(left, len(raw.rstrip()))


def _unwrap(text: str, lines: list[Span]) -> list[Span]:
    """Joins the lines of a block where the next line's first word would not have fitted on the line."""
    if len(lines) < 2:
        return lines
    width = max(end - start for start, end in lines)
    inside = sum(_mid_sentence(text, one, two) for one, two in pairwise(lines))
    if width not in WRAP_WIDTHS or inside * 3 < len(lines) - 1:
        return lines
    joined = [lines[0]]
    for one, two in pairwise(lines):
        if not _OWN_LINE.match(text, two[0]) and (_full(text, one, two, width) or _mid_sentence(text, one, two)):
            joined[-1] = (joined[-1][0], two[1])
        else:
            joined.append(two)
    return joined


def _mid_sentence(text: str, one: Span, two: Span) -> bool:
    return text[two[0]].islower() and text[one[1] - 1] not in ".!?:"


def _full(text: str, one: Span, two: Span, width: int) -> bool:
    word = _FIRST_WORD.match(text, two[0], two[1])
    return one[1] - one[0] + 1 + (word.end() - word.start() if word else 0) > width - 3


def sentences(text: str, paragraph: Span) -> list[Span]:
    """Spans of the sentences of a paragraph; a closing quote mark or bracket belongs to the sentence before it."""
    start, end = paragraph
    found: list[Span] = []
    for match in _STOP.finditer(text, start, end):
        stop = match.end()
        while stop < end and text[stop] in CLOSERS:
            stop += 1
        following = stop
        while following < end and text[following].isspace():
            following += 1
        if following < end and _ends(text, match, (stop, following), (start, end)):
            found.append((start, stop))
            start = following
    if start < end:
        found.append((start, end))
    return found


def _ends(text: str, match: re.Match[str], gap: Span, sentence: Span) -> bool:
    """Whether the stop ``match`` ends a sentence: ``gap`` is the blanks behind it and its closing marks."""
    stop, first = gap
    if first == stop:  # no blank: only where a capital is glued to a closing mark
        return text[stop - 1] in '"”' and text[first].isupper()
    while first < min(sentence[1], gap[1] + 4) and text[first] in OPENERS:
        first += 1
    if first == sentence[1] or (first == gap[1] and (text[first].islower() or not text[first].isalnum())):
        return False
    if match.group() != "." or stop > match.end():
        return True
    return not _abbreviated(text, match.start(), first, sentence)


def _abbreviated(text: str, dot: int, first: int, sentence: Span) -> bool:
    """Whether the full stop at ``dot`` belongs to an abbreviation or initial that does not end the sentence."""
    word = _WORD_BEFORE.search(text, max(sentence[0], dot - 32), dot)
    if not word:
        return False
    before = word.group()
    lower = before.lower()
    if lower in _NEVER_LAST:
        return True
    following = TOKEN.match(text, first, sentence[1])
    starter = following is not None and following.group() in _STARTERS
    if len(before) == 1 and before.isupper():  # an initial, but "Plan B. The next day"
        return not (starter and following is not None and len(following.group()) > 1)
    return (lower in _ABBREVIATIONS or bool(_LETTERS.search(before))) and not starter


def tokens(text: str, start: int, end: int) -> list[Span]:
    """Spans of the words, numbers and marks of ``text[start:end]``; a possessive 's is a word of its own."""
    return [match.span() for match in TOKEN.finditer(text, start, end)]
