"""Answers as JSON objects, stable from release to release: keys are added, never renamed.

Offsets are code points into the document's text, half-open. Where a document is meant, its path is relative to the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from explorer.export.answers import Answer, Entities, Extracted, Facets, Quotes, SavedQueries, Terms
from explorer.model import (
    Cue,
    Entity,
    Facet,
    FoundQuote,
    Mention,
    Note,
    Passage,
    Pronoun,
    Quote,
    Report,
    Results,
    Speaker,
    Status,
    TermCount,
)

Json = dict[str, Any]
# What is lawful in JSON and still steers a terminal or is no character: it is escaped, which means the same to a parser.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dump(value: Any, indent: int | None = None) -> str:
    """A value as JSON that can always be written as UTF-8 and holds no control character."""
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def to_json(answer: Answer) -> Json:
    """An answer as one object."""
    match answer:
        case Results():
            return _results(answer)
        case Quotes():
            return {"total": answer.total, "quotes": [found_quote_json(found) for found in answer.quotes]}
        case Entities():
            return {"total": answer.total, "entities": [entity_json(entity) for entity in answer.entities]}
        case Facets():
            return {"facets": [facet_json(facet) for facet in answer.facets]}
        case Terms():
            return {"terms": [term_json(count) for count in answer.terms]}
        case SavedQueries():
            return {"saved": [{"name": name, "query": query} for name, query in answer.saved.items()]}
        case Report():
            return _report(answer)
        case Status():
            return _status(answer)
        case Extracted():
            return _extracted(answer)


def to_json_rows(answer: Answer) -> Iterator[Json]:
    """An answer as the objects of JSON Lines: one a passage, quote, entity, facet or term, one for the whole of anything else."""
    match answer:
        case Results():
            yield from map(passage_json, answer.passages)
        case Quotes():
            yield from map(found_quote_json, answer.quotes)
        case Entities():
            yield from map(entity_json, answer.entities)
        case Facets():
            yield from map(facet_json, answer.facets)
        case Terms():
            yield from map(term_json, answer.terms)
        case SavedQueries():
            yield from to_json(answer)["saved"]
        case _:
            yield to_json(answer)


def passage_json(passage: Passage) -> Json:
    """A passage; ``hits`` are offsets into the document's text, ``title_hits`` into its title."""
    return {
        "document": passage.document,
        "path": passage.path,
        "title": passage.title,
        "source": passage.source,
        "date": passage.date,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "hits": _pairs(passage.hits),
        "title_hits": _pairs(passage.title_hits),
        "score": passage.score,
        "more": passage.more,
        "copies": passage.copies,
        "differ": passage.differ,
        "page": passage.page,
    }


def quote_json(quote: Quote) -> Json:
    """A quote with its speaker and cue, each null where there is none."""
    return {
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "segments": _pairs(quote.segments),
        "kind": quote.kind,
        "speaker": _speaker(quote.speaker),
        "cue": _cue(quote.cue),
        "marks": _pairs(quote.marks),
        "how": quote.how,
        "confidence": quote.confidence,
        "via": quote.via,
        "denied": quote.denied,
        "page": quote.page,
    }


def found_quote_json(found: FoundQuote) -> Json:
    """A quote together with the document it stands in."""
    where = {
        "document": found.document,
        "path": found.path,
        "title": found.title,
        "source": found.source,
        "date": found.date,
    }
    return quote_json(found.quote) | where


def mention_json(mention: Mention) -> Json:
    """A name or a date in a text; only dates have an ``iso``, people a ``role`` and seats of power ``acts_for`` if any."""
    shown: Json = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "name": mention.name,
        "how": mention.how,
        "confidence": mention.confidence,
    }
    if mention.type == "DATE":
        shown["iso"] = mention.iso
    if mention.role:
        shown["role"] = mention.role
    if mention.acts_for:
        shown["acts_for"] = mention.acts_for
    return shown


def entity_json(entity: Entity) -> Json:
    """An entity over several mentions, with every form its name is written in."""
    return {
        "name": entity.name,
        "type": entity.type,
        "names": [{"text": text, "count": count} for text, count in entity.names],
        "documents": entity.documents,
        "mentions": entity.mentions,
        "joined": [{"name": name, "reason": reason} for name, reason in entity.joined],
    }


def facet_json(facet: Facet) -> Json:
    """A value that documents have; ``query`` is the condition that keeps them."""
    return {"field": facet.field, "value": facet.value, "documents": facet.documents, "query": facet.query}


def term_json(count: TermCount) -> Json:
    """A query of a search term report; only one that cannot be read has an ``error``."""
    shown: Json = {"query": count.query, "documents": count.documents, "hits": count.hits, "only": count.only}
    return shown | {"error": count.error} if count.error else shown


def _results(results: Results) -> Json:
    return {
        "query": results.query,
        "understood": results.understood,
        "total": results.total,
        "passages": [passage_json(passage) for passage in results.passages],
        "notes": list(results.notes),
        "counts": [{"term": term, "documents": count} for term, count in results.counts],
        "repairs": [{"what": r.label, "query": r.query, "documents": r.documents} for r in results.repairs],
        "sort": results.sort,
        "folded": results.folded,
    }


def _report(report: Report) -> Json:
    return {
        "documents": report.documents,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "unreadable": _notes(report.unreadable),
        "partial": _notes(report.partial),
        "skipped": _notes(report.skipped),
        "seconds": round(report.seconds, 3),
    }


def _status(status: Status) -> Json:
    return {
        "folder": status.folder,
        "index": status.index,
        "bytes": status.bytes,
        "documents": status.documents,
        "files": status.files,
        "analysed": status.analysed,
        "engine": status.engine,
        "model": status.model,
        "unreadable": _notes(status.unreadable),
        "partial": _notes(status.partial),
        "skipped": _notes(status.skipped),
        "excluded": list(status.excluded),
        "finished": status.finished,
        "new": status.new,
        "offer": status.offer,
        "generation": status.generation,
    }


def _extracted(extracted: Extracted) -> Json:
    reading, analysis = extracted.reading, extracted.analysis
    return {
        "id": extracted.id,
        "text": reading.text,
        "title": reading.title,
        "date": reading.date,
        "source": reading.source,
        "language": reading.language,
        "entities": [mention_json(mention) for mention in analysis.entities],
        "quotes": [quote_json(quote) for quote in analysis.quotes],
        "pronouns": [_pronoun(found) for found in analysis.pronouns],
        "author": reading.author,
        "guessed": list(reading.guessed),
        "fault": reading.fault,
        "problems": list(reading.problems),
        "notes": list(analysis.notes),
    }


def _speaker(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    return {
        "start": speaker.start,
        "end": speaker.end,
        "text": speaker.text,
        "name": speaker.name,
        "how": speaker.how,
        "confidence": speaker.confidence,
        "chain": list(speaker.chain),
        "alternatives": [{"name": name, "confidence": confidence} for name, confidence in speaker.alternatives],
    }


def _pronoun(found: Pronoun) -> Json:
    return {"start": found.start, "end": found.end, "name": found.name, "how": found.how, "confidence": found.confidence}


def _cue(cue: Cue | None) -> Json | None:
    return None if cue is None else {"start": cue.start, "end": cue.end, "text": cue.text}


def _pairs(spans: Iterable[tuple[int, int]]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _notes(notes: Iterable[Note]) -> list[Json]:
    return [
        {"path": note.path, "reason": note.reason} | ({"fault": note.fault, "remedy": note.remedy} if note.fault else {})
        for note in notes
    ]
