"""Readings and analyses as plain JSON values and back: lists in the order of the fields, so they are short and quick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from explorer.model import Analysis, Cue, Mention, Pronoun, Quote, Reading, Span, Speaker


def reading_to_json(reading: Reading) -> list[Any]:
    """A reading as a list in the order of its fields."""
    return [
        reading.text,
        reading.title,
        reading.author,
        reading.date,
        reading.source,
        reading.language,
        reading.guessed,
        reading.problems,
        reading.state,
        reading.body_end,
        reading.recipients,
        reading.sender,
        reading.fault,
        reading.pages,
    ]


def reading_from_json(value: list[Any]) -> Reading:
    """The reading that ``reading_to_json`` made ``value`` of."""
    text, title, author, date, source, language, guessed, problems, state, body_end, recipients, sender, fault, pages = value
    known = (text, title, author, date, source, language, tuple(guessed), tuple(problems), state, body_end)
    return Reading(*known, recipients, sender, fault, tuple(pages))


def analysis_to_json(analysis: Analysis) -> list[Any]:
    """An analysis as a list: entities, quotes and pronouns, each a list of lists in the order of the fields, and the notes."""
    return [
        [[m.start, m.end, m.text, m.type, m.name, m.how, m.confidence, m.iso, m.acts_for, m.role] for m in analysis.entities],
        [_quote_to_json(quote) for quote in analysis.quotes],
        [[p.start, p.end, p.name, p.how, p.confidence] for p in analysis.pronouns],
        analysis.notes,
    ]


def analysis_from_json(value: list[Any]) -> Analysis:
    """The analysis that ``analysis_to_json`` made ``value`` of."""
    entities, quotes, pronouns, *rest = value  # version 3 of the rules kept no notes
    return Analysis(
        tuple(Mention(*fields) for fields in entities),
        tuple(_quote_from_json(fields) for fields in quotes),
        tuple(Pronoun(*fields) for fields in pronouns),
        notes=tuple(rest[0]) if rest else (),
    )


def _quote_to_json(quote: Quote) -> list[Any]:
    speaker, cue = quote.speaker, quote.cue
    return [
        quote.start,
        quote.end,
        quote.text,
        quote.segments,
        quote.kind,
        speaker and _speaker_to_json(speaker),
        cue and [cue.start, cue.end, cue.text],
        quote.marks,
        quote.how,
        quote.confidence,
        quote.via,
        quote.denied,
        quote.page,
    ]


def _quote_from_json(fields: list[Any]) -> Quote:
    start, end, text, segments, kind, speaker, cue, marks, *rest = fields  # an older catalogue has fewer
    return Quote(
        start,
        end,
        text,
        _spans(segments),
        kind,
        _speaker_from_json(speaker) if speaker else None,
        Cue(*cue) if cue else None,
        _spans(marks),
        *rest,
    )


def _speaker_to_json(speaker: Speaker) -> list[Any]:
    return [
        speaker.start,
        speaker.end,
        speaker.text,
        speaker.name,
        speaker.how,
        speaker.confidence,
        speaker.chain,
        speaker.alternatives,
    ]


def _speaker_from_json(fields: list[Any]) -> Speaker:
    start, end, text, name, how, *rest = fields  # an older catalogue has fewer
    confidence, chain, alternatives = rest or (1.0, (), ())
    return Speaker(start, end, text, name, how, confidence, tuple(chain), tuple((other, share) for other, share in alternatives))


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)
