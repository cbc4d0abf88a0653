"""The sentences of a paragraph as items, each with the attribution of words in marks that it goes on with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.analysis.cues import Found, find_cue
from explorer.analysis.grammar import group
from explorer.analysis.layout import Paragraph
from explorer.analysis.marks import Mark
from explorer.analysis.phrases import Item, items
from explorer.analysis.works import set_titles_apart
from explorer.model import Mention

LONGEST_ROW = 250
"""Items of a sentence; what is longer is no sentence and is cut, so that time stays linear."""


def rows(text: str, paragraph: Paragraph, marks: Sequence[Mark], mentions: Sequence[Mention]) -> list[list[Item]]:
    """The sentences of a paragraph as items; one that goes on behind words in marks (“Who?” she asked) is whole."""
    start = paragraph.dateline[1] if paragraph.dateline else paragraph.start
    everything = set_titles_apart(text, items(text, (start, paragraph.end), marks, mentions))
    breaks = [span[0] for span in paragraph.sentences]
    found: list[list[Item]] = [[]]
    place, end = 0, len(text)
    for index, item in enumerate(everything):
        begins = False
        while place < len(breaks) and breaks[place] <= item.start:
            begins = begins or breaks[place] >= end
            place += 1
        end = item.end
        if (begins and not _goes_on(everything, index)) or len(found[-1]) >= LONGEST_ROW:
            found.append([])
        found[-1].append(item)
    return [row for row in found if row]


def _goes_on(row: Sequence[Item], index: int) -> bool:
    """Whether the item at ``index`` attributes the question or exclamation in marks before it."""
    before = row[index - 1]
    if before.kind != "mark" or before.low[-1:] not in "?!…—":
        return False
    return any(found is not None and found.start - index <= 4 for found in _cues(row, index))


def _cues(row: Sequence[Item], index: int) -> list[Found | None]:
    near: list[Found | None] = []
    for position in range(index, min(index + 6, len(row))):
        if row[position].kind in ("mark", "date") or row[position].low in (".", ",", ":"):
            break
        near.append(find_cue(row, position))
    return near


def is_english(text: str) -> bool:
    """Whether the beginning of a text has the small words of English; True where it is too short to tell."""
    words = _WORD.findall(text, 0, 4000)
    return len(words) < SHORTEST_SAMPLE or sum(word.lower() in _ENGLISH for word in words) * 12 > len(words)


SHORTEST_SAMPLE = 15
"""Words of a text from which its language can be told."""
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = group("quotes english")
