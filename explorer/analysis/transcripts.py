"""Turns of interviews and hearings: "MARSH: We will not", "A: It was late."."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from explorer.analysis.grammar import group
from explorer.analysis.layout import Paragraph
from explorer.model import Mention, Span

LEAST_TURNS = 3
"""Turns that make a text a transcript."""
_LABEL = re.compile(r"(?:[-–—•*]\s{0,2})?([A-Z@][^:\n“”\"?!;]{0,70}):(?=\s|$)|([QA])[.:](?=\s)")
_ADDRESS = frozenset(("THE", "MR", "MRS", "MS", "DR", "SEN", "REP", "JUDGE"))
_SMALL = group("transcripts small")
_FURNITURE = group("transcripts furniture")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a paragraph: the ``label`` that names them, the words, and the name.

    ``goes_on`` is True for a paragraph without a label that continues the turn before it.
    """

    label: Span
    words: Span
    name: str
    goes_on: bool = False


def turns(text: str, paragraphs: Sequence[Paragraph], mentions: Sequence[Mention]) -> dict[int, Turn]:
    """The turns of a transcript by number of paragraph; none where the text is no transcript.

    Words in quote marks right behind the label are left to the grammar of sentences. Bare questions ("Q:") are the
    outlet's own and no quotes.
    """
    starts = [mention.start for mention in mentions]
    matches = {
        number: match
        for number, paragraph in enumerate(paragraphs)
        if (match := _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 90)))
    }
    letters = {match.group(2) or match.group(1) for match in matches.values()}
    if not {"Q", "A"} <= letters:  # "A." alone counts the points of a list
        matches = {number: match for number, match in matches.items() if match.group(2) is None}
    found: dict[int, Turn] = {}
    waiting: tuple[Span, str] | None = None
    answers: str | None = None
    named = 0
    shouted = sum(1 for match in matches.values() if match.group(1) and match.group(1).isupper())
    inside = _between(sorted(number for number, match in matches.items() if (match.group(1) or "A").isupper()))
    labels = Counter(match.group(1) for match in matches.values() if match.group(1))
    for number, paragraph in enumerate(paragraphs):
        match = matches.get(number)
        label = _label(text, match, mentions, starts) if match is not None else None
        if (
            match is not None
            and label is not None
            and label[1] == match.group(1)
            and labels[label[1]] < 2
            and label[1] not in ("Q", "A")
            and not (shouted >= LEAST_TURNS and label[1].partition(" ")[0].rstrip(".") in _ADDRESS)
        ):
            label = None
        if match is None or label is None:
            if waiting is not None and paragraph.role == "body":
                found[number] = Turn(waiting[0], (paragraph.start, paragraph.end), waiting[1])
            elif waiting is None and number - 1 in found and inside(number) and _unlabelled(text, paragraph):
                found[number] = Turn(*_continued(found[number - 1], paragraph), goes_on=True)
            waiting = None
            continue
        span, name = label
        named += 1
        waiting = None
        if name == "A":
            answers = answers or _interviewed(mentions[: bisect_left(starts, paragraph.start)])
        name = (answers or "") if name == "A" else name
        start = match.end() + len(text[match.end() : paragraph.end]) - len(text[match.end() : paragraph.end].lstrip())
        if start >= paragraph.end:
            waiting = (span, name)
        elif (name == "Q" or name) and text[start] not in "\"“‘«'":
            found[number] = Turn(span, (start, paragraph.end), name)
    return found if named >= LEAST_TURNS else {}


def _between(labelled: Sequence[int]) -> Callable[[int], bool]:
    """Whether a paragraph lies between turns of a text that is mostly turns there."""
    dense = len(labelled) >= LEAST_TURNS and len(labelled) * 5 >= 3 * (labelled[-1] - labelled[0] + 1)
    return lambda number: dense and labelled[0] < number < labelled[-1]


def _unlabelled(text: str, paragraph: Paragraph) -> bool:
    return paragraph.role in ("body", "heading") and text[paragraph.start] not in '(["“‘*-—'


def _continued(turn: Turn, paragraph: Paragraph) -> tuple[Span, Span, str]:
    return turn.label, (paragraph.start, paragraph.end), turn.name


def _label(text: str, match: re.Match[str], mentions: Sequence[Mention], starts: Sequence[int]) -> tuple[Span, str] | None:
    """The span and the name of a label, or None where the words before the colon name nobody."""
    if match.group(2):
        return match.span(2), match.group(2)
    start, end = match.span(1)
    label = match.group(1).strip()
    if label in ("Q", "A"):
        return (start, end), label
    first = bisect_left(starts, start)
    inside = [mention for mention in mentions[first : first + 4] if mention.end <= end and mention.type != "DATE"]
    person = next((mention for mention in inside if mention.type == "PERSON"), None)
    words = re.findall(r"[\w.'’-]+", label)
    if not words or len(words) > 9 or words[0].lower() in _FURNITURE:
        return None
    if len(words[0]) == 2 and words[0][1] == "." and label.isupper():  # "B. DURATION:" is a heading
        return None
    if not all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words) and person is None:
        return None
    if person is not None and person.start - start < 40:
        return (start, end), person.name
    if inside and inside[0].type == "ORG" and (label.startswith("Q (") or inside[0].end - inside[0].start >= len(label) - 4):
        return (start, end), inside[0].name
    upper = label.isupper() and len(label) > 2 and len(words) <= 5
    return ((start, end), label) if upper else None


def _interviewed(mentions: Sequence[Mention]) -> str | None:
    """The person named most often before the first answer."""
    counts = Counter(mention.name for mention in mentions if mention.type == "PERSON")
    return counts.most_common(1)[0][0] if counts else None
