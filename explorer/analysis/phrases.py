"""A sentence as items: words, stops, names (one item each, whatever their length) and stretches in quote marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from explorer.analysis.grammar import group
from explorer.analysis.lists import words
from explorer.analysis.marks import Mark
from explorer.analysis.segment import TOKEN
from explorer.model import Mention, Span

ItemKind = Literal["word", "stop", "name", "date", "mark"]

SUBJECT_PRONOUNS = group("phrases subject pronouns")


@dataclass(slots=True)  # not frozen: there is one for every word, and making frozen ones takes three times as long
class Item:
    """A piece of a sentence with its span; ``low`` is its text in lower case (of marks, the
    words inside; of names, nothing that a word can equal)."""

    start: int
    end: int
    low: str
    kind: ItemKind
    capital: bool = False
    mark: Mark | None = None
    name: Mention | None = None

    @property
    def subject_pronoun(self) -> bool:
        """Whether it is a pronoun that can be a subject."""
        return self.low in SUBJECT_PRONOUNS

    @property
    def person(self) -> bool:
        """Whether it names a person."""
        return self.name is not None and self.name.type == "PERSON"


def items(text: str, span: Span, marks: Sequence[Mark], mentions: Sequence[Mention]) -> list[Item]:
    """The items of ``text[span]``; ``marks`` and ``mentions`` are those that touch it, in order of place.

    A mention inside a stretch in marks is part of the stretch; a nickname in marks inside a mention is part of that.
    """
    ends = [mention.end for mention in mentions]
    marks = [mark for mark in marks if not _nickname(mark, mentions, bisect_left(ends, mark.end))]
    found: list[Item] = []
    blocks: list[tuple[int, int, Mark | None, Mention | None]] = [(m.start, m.end, m, None) for m in marks]
    starts = [mark.start for mark in marks]
    for mention in mentions:
        before = bisect_left(starts, mention.end) - 1
        if before < 0 or marks[before].end <= mention.start:
            blocks.append((mention.start, mention.end, None, mention))
    blocks.sort(key=lambda block: block[:2])
    done = span[0]
    for start, end, mark, name in blocks:
        if start < done:
            continue
        _words(text, done, start, found)
        if mark is not None:
            inner = text[mark.inner[0] : mark.inner[1]]
            found.append(Item(start, end, inner.lower(), "mark", inner[:1].isupper(), mark=mark))
        elif name is not None:
            kind: ItemKind = "date" if name.type == "DATE" else "name"
            found.append(Item(start, end, "·name", kind, True, name=name))
        done = end
    _words(text, done, span[1], found)
    return found


def _nickname(mark: Mark, mentions: Sequence[Mention], index: int) -> bool:
    return index < len(mentions) and mentions[index].start < mark.start and mark.end <= mentions[index].end


def _words(text: str, start: int, end: int, found: list[Item]) -> None:
    add = found.append
    for match in TOKEN.finditer(text, start, end):
        word = match.group()
        first = word[0]
        if first.isalnum() or word[-1] in "sS" or first == "@":
            low = word.lower()
            if "’" in low:
                low = low.replace("’", "'")
            one, two = match.span()
            add(Item(one, two, low, "word", first.isupper()))
        elif not (word in "-‐‑" and _glued(text, match.start(), match.end())) and not (
            word == "." and found and _abbreviates(found[-1], match.start())
        ):
            found.append(Item(match.start(), match.end(), word, "stop"))


_ABBREVIATIONS = words("abbreviations") | words("abbreviations_before_names")


def _abbreviates(before: Item, dot: int) -> bool:
    """Whether a full stop belongs to the abbreviation or initial before it ("Ms.")."""
    if before.end != dot or before.kind != "word":
        return False
    return before.low in _ABBREVIATIONS or (before.capital and before.end - before.start == 1)


def _glued(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins two words ("New York-based")."""
    return start > 0 and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()
