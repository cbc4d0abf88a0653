"""Answers as tables: what CSV writes, and Markdown where a table is the better page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from explorer.export.answers import Answer, Entities, Extracted, Facets, Quotes, SavedQueries, Terms
from explorer.export.citation import quoted_words
from explorer.model import Entity, FoundQuote, Note, Passage, Quote, Report, Results, Span, Status, TermCount

Cell = str | int | float | None
Row = tuple[Cell, ...]

_QUOTE_COLUMNS = (
    "start", "end", "text", "kind", "speaker", "speaker_text", "speaker_how", "cue", "via", "denied", "confidence", "page",
)  # fmt: skip
_DOCUMENT_COLUMNS = ("document", "path", "title", "source", "date")
_PASSAGE_COLUMNS = (*_DOCUMENT_COLUMNS, "start", "end", "text", "hits", "title_hits", "score", "copies", "differ", "page")
_ENTITY_COLUMNS = ("name", "type", "documents", "mentions", "names")
_TERM_COLUMNS = ("query", "documents", "hits", "only", "error")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def to_table(answer: Answer) -> Table:
    """An answer as a table: a row a passage, quote, entity, query of a report, extracted item, or file that is worth a note."""
    match answer:
        case Results():
            return Table(_PASSAGE_COLUMNS, tuple(_passage(passage) for passage in answer.passages))
        case Quotes():
            return Table((*_DOCUMENT_COLUMNS, *_QUOTE_COLUMNS), tuple(_found_quote(found) for found in answer.quotes))
        case Entities():
            return Table(_ENTITY_COLUMNS, tuple(_entity(entity) for entity in answer.entities))
        case Facets():
            return Table(("field", "value", "documents", "query"), tuple(map(astuple, answer.facets)))
        case Terms():
            return Table(_TERM_COLUMNS, tuple(_term(count) for count in answer.terms))
        case SavedQueries():
            return Table(("name", "query"), tuple(answer.saved.items()))
        case Report() | Status():
            return Table(("state", "path", "reason", "fault", "remedy"), tuple(file_rows(answer)))
        case Extracted():
            return Table(("id", "item", "type", "name", "iso", *_QUOTE_COLUMNS), tuple(_extracted(answer)))


def file_rows(answer: Report | Status) -> Iterator[tuple[str, str, str, str, str]]:
    """(state, path, reason, fault, remedy) of every file that was not read whole."""
    lists: Iterable[tuple[str, tuple[Note, ...]]] = (
        ("unreadable", answer.unreadable),
        ("partial", answer.partial),
        ("skipped", answer.skipped),
    )
    for state, notes in lists:
        for note in notes:
            yield state, note.path, note.reason, note.fault, note.remedy


def _passage(passage: Passage) -> Row:
    return (
        passage.document,
        passage.path,
        passage.title,
        passage.source,
        passage.date,
        passage.start,
        passage.end,
        passage.text,
        _spans(passage.hits),
        _spans(passage.title_hits),
        passage.score,
        passage.copies,
        passage.differ,
        passage.page,
    )


def _found_quote(found: FoundQuote) -> Row:
    return (found.document, found.path, found.title, found.source, found.date, *_quote(found.quote))


def _quote(quote: Quote) -> Row:
    speaker = quote.speaker
    return (
        quote.start,
        quote.end,
        quoted_words(quote),
        quote.kind,
        speaker.name if speaker else None,
        speaker.text if speaker else None,
        speaker.how if speaker else None,
        quote.cue.text if quote.cue else None,
        quote.via,
        "yes" if quote.denied else "no",
        quote.confidence,
        quote.page,
    )


def _entity(entity: Entity) -> Row:
    names = "; ".join(f"{text} ({count})" for text, count in entity.names)
    return (entity.name, entity.type, entity.documents, entity.mentions, names)


def _term(count: TermCount) -> Row:
    """A query that cannot be read has no counts: an empty cell is no zero."""
    numbers = (None, None, None) if count.error else (count.documents, count.hits, count.only)
    return (count.query, *numbers, count.error or None)


def _extracted(extracted: Extracted) -> Iterator[Row]:
    name = str(extracted.id)
    empty: Row = (None,) * 6
    for mention in extracted.analysis.entities:
        place = (mention.start, mention.end, mention.text)
        yield (name, "entity", mention.type, mention.name, mention.iso, *place, *empty, None, mention.confidence, None)
    for quote in extracted.analysis.quotes:
        yield (name, "quote", None, None, None, *_quote(quote))
    for pronoun in extracted.analysis.pronouns:
        text = extracted.reading.text[pronoun.start : pronoun.end]
        yield (name, "pronoun", None, pronoun.name, None, pronoun.start, pronoun.end, text, *empty, None, None, None)


def _spans(spans: Iterable[Span]) -> str:
    return " ".join(f"{start}-{end}" for start, end in spans)
