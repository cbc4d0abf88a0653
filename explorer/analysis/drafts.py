"""Quotes in the making: what later sentences may still add to, and how they are finished at the end of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.analysis.phrases import Item
from explorer.model import Cue, Quote, Span, Speaker

MOST_LOST, MOST_SPOKEN = 20, 500
"""Quotes without a speaker that are looked for among the others, and others they are compared with, at most."""
SHORT_HEADING = 5
"""Words in marks in a heading that must be there for a quote where the text below does not repeat them."""


@dataclass(slots=True, eq=False)
class Draft:
    """A quote that later sentences may still continue."""

    segments: list[Span]
    marks: list[Span]
    words: bool
    speaker: Speaker | None
    cue: Cue | None
    how: str
    confidence: float
    via: str | None = None
    denied: bool = False
    paragraph: int = 0
    heading: bool = False


def finished(text: str, drafts: Sequence[Draft]) -> tuple[Quote, ...]:
    """The drafts as quotes, in order of place.

    Words in marks with no speaker take that of the same words elsewhere; short ones in headings are dropped where there
    is none.
    """
    _match_words(text, drafts)
    kept = [
        draft
        for draft in drafts
        if not draft.heading or draft.speaker is not None or len(_plain(text, draft).split()) >= SHORT_HEADING
    ]
    return tuple(sorted((_quote(text, draft) for draft in kept), key=lambda one: (one.start, one.end)))


def _match_words(text: str, drafts: Sequence[Draft]) -> None:
    lost = [draft for draft in drafts if draft.cue is None and draft.speaker is None][:MOST_LOST]
    spoken = [(f" {_plain(text, draft)} ", draft.speaker) for draft in drafts if draft.speaker is not None and draft.marks]
    for draft in lost if len(spoken) <= MOST_SPOKEN else ():
        words = _plain(text, draft)
        speaker = next((speaker for other, speaker in spoken if f" {words} " in other), None)
        if speaker is not None and " " in words:
            draft.speaker = replace(speaker, how="the same words elsewhere in the text")


def _plain(text: str, draft: Draft) -> str:
    words = " ".join(text[start:end] for start, end in draft.segments)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in words.lower()).split())


def spans(row: Sequence[Item], parts: Sequence[Span]) -> tuple[list[Span], list[Span], bool]:
    """The offsets of item ranges: segments, the stretches in marks in them, and whether there are words outside marks."""
    segments: list[Span] = []
    marks: list[Span] = []
    words = False
    for start, stop in parts:
        inside = [item.mark for item in row[start:stop] if item.mark is not None]
        marks.extend(mark.inner for mark in inside)
        if inside and all(item.kind in ("mark", "stop") for item in row[start:stop]):
            segments.extend(mark.inner for mark in inside)
        else:
            words = True
            segments.append((row[start].start, row[stop - 1].end))
    return segments, marks, words


def _quote(text: str, draft: Draft) -> Quote:
    """The draft as a quote."""
    segments = tuple(sorted(draft.segments))
    marks = tuple(sorted(draft.marks))
    start, end = segments[0][0], max(stop for _, stop in segments)
    return Quote(
        start,
        end,
        text[start:end],
        segments,
        "direct" if not draft.words else "mixed" if marks else "indirect",
        draft.speaker,
        draft.cue,
        marks,
        draft.how,
        round(draft.confidence, 2),
        draft.via,
        draft.denied,
    )
