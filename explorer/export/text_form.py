"""Answers for people: plain lines where standard output is no terminal, the same lines with colour where it is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, TextIO

from explorer.export.answers import Answer, Entities, Extracted, Facets, Quotes, SavedQueries, Terms
from explorer.export.citation import copies_of, page_said, shown_words
from explorer.export.coverage import READ_IN_PART, SKIPPED, coverage, coverage_line, groups
from explorer.model import Entity, Facet, FoundQuote, Mention, Note, Passage, Quote, Report, Results, Span, Status
from explorer.reading.clean import clean, clean_line

Role = Literal["", "title", "faint", "name", "hit", "problem"]
Piece = tuple[str, Role]
Line = tuple[Piece, ...]
INDENT = "  "
FILES_SHOWN = 20
SKIPPED_SHOWN = 5  # of each rule
# Each is readable without colour too: NO_COLOR leaves weight and underline.
_STYLES: dict[Role, str] = {
    "": "",
    "title": "bold",
    "faint": "dim",
    "name": "bold cyan",
    "hit": "bold underline yellow",
    "problem": "yellow",
}
_TYPES = {"PERSON": "People", "ORG": "Organisations", "PLACE": "Places", "DATE": "Dates"}


def to_lines(answer: Answer) -> Iterator[Line]:
    """An answer as lines; no piece of one holds a control character, and document text is literal."""
    match answer:
        case Results():
            yield from _results(answer)
        case Quotes():
            yield _count(len(answer.quotes), answer.total, "quote")
            for found in answer.quotes:
                yield ()
                yield from _found_quote(found)
        case Entities():
            yield _count(len(answer.entities), answer.total, "entity", "entities")
            yield from map(_entity, answer.entities)
        case Facets():
            yield from _facets(answer.facets)
        case Terms():
            yield from _terms(answer)
        case SavedQueries():
            width = max(len(name) for name in answer.saved) if answer.saved else 0
            yield from (((f"@{_flat(name):{width}}  ", "name"), (_flat(query), "")) for name, query in answer.saved.items())
        case Report():
            yield from _report(answer)
        case Status():
            yield from _status(answer)
        case Extracted():
            yield from _extracted(answer)


def write_lines(lines: Iterable[Line], stream: TextIO) -> None:
    """Writes lines: with colour and wrapped where ``stream`` is a terminal, else each as it is."""
    if not stream.isatty():
        for line in lines:
            stream.write("".join(text for text, _ in line) + "\n")
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for line in lines:
        indented = bool(line) and line[0][0] == INDENT
        text = Text.assemble(*((words, _STYLES[role]) for words, role in line[indented:]))
        console.print(Padding(text, (0, 0, 0, len(INDENT) * indented)))


def plural(number: int, one: str, many: str = "") -> str:
    """A number and its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _count(shown: int, total: int, one: str, many: str = "") -> Line:
    return ((plural(total, one, many), "title"), (f", the first {shown} shown" if shown < total else "", "faint"))


def _results(results: Results) -> Iterator[Line]:
    documents = len({passage.document for passage in results.passages})
    understood: Line = ((f" · understood as: {clean_line(results.understood)}", "faint"),)
    folded: Line = ((f" · {plural(results.folded, 'copy', 'copies')} folded", "faint"),) if results.folded else ()
    yield (*_count(documents + results.folded, results.total, "document"), *folded, *understood)
    before = None
    for passage in results.passages:
        if passage.document != before:
            yield ()
            where = _where(passage.title, passage.source, passage.date, passage.path, passage.title_hits)
            yield (*where, *(((copies_of(passage), "faint"),) if passage.copies else ()))
        before = passage.document
        yield ((INDENT, ""), *(((f"{page_said(passage.page)}: ", "faint"),) if passage.page else ()), *_marked(passage))


def _where(title: str, source: str, date: str | None, path: str, title_hits: Iterable[Span] = ()) -> Line:
    known = ", ".join(_flat(part) for part in (source, date) if part)
    tail: Line = ((f" — {known}" if known else "", ""), (f"  {_flat(path)}" if path else "", "faint"))
    return (*_split(_flat(title), title_hits, "title"), *tail)


def _marked(passage: Passage) -> Iterator[Piece]:
    hits = [(start - passage.start, end - passage.start) for start, end in passage.hits]
    yield from _split(_flat(passage.text), hits, "")


def _split(text: str, hits: Iterable[Span], role: Role) -> Iterator[Piece]:
    at = 0
    for start, end in hits:
        yield text[at:start], role
        yield text[start:end], "hit"
        at = end
    yield text[at:], role


def _flat(text: str) -> str:
    """Text on one line, one code point for one, so that offsets stay true."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def _found_quote(found: FoundQuote) -> Iterator[Line]:
    yield _quote(found.quote)
    yield ((INDENT, ""), *_where(found.title, found.source, found.date, found.path))


def _quote(quote: Quote) -> Line:
    cue = _flat(quote.cue.text) if quote.cue else ""
    via, denied = f"via {_flat(quote.via)}" if quote.via else "", "denied" if quote.denied else ""
    about = [quote.kind, cue, via, denied, page_said(quote.page)]
    speaker = _flat(quote.speaker.name) if quote.speaker else "(speaker not named)"
    said = f" ({', '.join(part for part in about if part)}): "
    return ((speaker, "name"), (said, "faint"), (shown_words(quote, _flat), ""))


def _entity(entity: Entity) -> Line:
    written = ", ".join(f"{_flat(text)} {count}" for text, count in entity.names)
    counts = f"  {entity.type.lower()}, {plural(entity.mentions, 'mention')} in {plural(entity.documents, 'document')}"
    joined = "".join(f"; {_flat(name)} = {_flat(entity.name)}: {_flat(reason)}" for name, reason in entity.joined)
    return ((_flat(entity.name), "name"), (counts, ""), (f": {written}{joined}", "faint"))


def _facets(facets: Iterable[Facet]) -> Iterator[Line]:
    for field, found in groupby(facets, lambda facet: facet.field):
        yield ((field, "title"),)
        for facet in found:
            yield (
                (INDENT, ""),
                (f"{facet.documents:>7}  ", ""),
                (_flat(facet.value), "name"),
                (f"  {_flat(facet.query)}", "faint"),
            )


def _terms(answer: Terms) -> Iterator[Line]:
    """Counts before the query, which may be long; a query that cannot be read has what is wrong with it below."""
    columns = ("documents", "hits", "only")
    widths = [max(len(column), *(len(str(getattr(count, column))) for count in answer.terms), 0) for column in columns]
    heads = (f"{column:>{width}}" for column, width in zip(columns, widths, strict=True))
    yield ((f"{'  '.join(heads)}  query", "title"),)
    for count in answer.terms:
        numbers = ("" if count.error else getattr(count, column) for column in columns)
        shown = (f"{number:>{width}}" for number, width in zip(numbers, widths, strict=True))
        yield ((f"{'  '.join(shown)}  ", ""), (_flat(count.query), "name"))
        if count.error:
            yield ((INDENT, ""), (clean_line(count.error), "problem"))


def _report(report: Report) -> Iterator[Line]:
    counts = ("added", "changed", "removed", "unchanged")
    done = ", ".join(f"{getattr(report, name)} {name}" for name in counts)
    yield ((plural(report.documents, "document"), "title"), (f": {done}  ({report.seconds:.1f} s)", ""))
    yield from _files(report, FILES_SHOWN)


def _status(status: Status) -> Iterator[Line]:
    yield ((clean_line(status.folder), "title"),)
    analysed = "" if status.analysed == status.documents else f", names and quotes found in {status.analysed}"
    yield ((f"{plural(status.documents, 'document')}{analysed}", ""),)
    yield ((coverage_line(coverage(status)), ""),)
    if not status.finished:
        yield (("the index is not finished; explorer index goes on with it", "problem"),)
    yield ((f"index: {clean_line(status.index)}, {status.bytes / 1e6:.1f} MB, generation {status.generation}", ""),)
    yield ((f"engine: {status.engine}; extraction: {status.model}", ""),)
    if status.offer:
        yield ((clean_line(status.offer, len(status.offer)), "problem"),)
    if status.excluded:
        yield ((f"left out besides the usual: {clean_line(' '.join(status.excluded))}", ""),)
    for heading, notes in groups(status):
        if heading != SKIPPED:
            yield ((f"{heading}: {len(notes)}", "faint" if heading == READ_IN_PART else "problem"),)
            yield from map(_note, notes)
    yield from _skipped(status, named=True)


def _files(report: Report, limit: int) -> Iterator[Line]:
    """The first files that were not read whole, with their reasons."""
    for heading, notes in (("could not be read", report.unreadable), ("read in part", report.partial)):
        if notes:
            yield ((f"{plural(len(notes), 'file')} {heading}:", "problem"),)
            yield from map(_note, notes[:limit])
            if len(notes) > limit:
                yield ((INDENT, ""), (f"and {len(notes) - limit} more: explorer status lists them all", "faint"))
    yield from _skipped(report)


def _skipped(answer: Report | Status, named: bool = False) -> Iterator[Line]:
    """How many files were passed over by which rule, and with ``named`` which: a few of each."""
    skipped = sorted((clean_line(note.reason), _flat(note.path)) for note in answer.skipped)
    for reason, same in groupby(skipped, key=lambda pair: pair[0]):
        paths = [path for _, path in same]
        more = f" and {len(paths) - SKIPPED_SHOWN} more (--format csv lists them)" if len(paths) > SKIPPED_SHOWN else ""
        names = f": {', '.join(paths[:SKIPPED_SHOWN])}{more}" if named else ""
        yield ((f"{len(paths)} {reason}{names}", "faint"),)


def _note(note: Note) -> Line:
    helps: Line = ((f" → {clean_line(note.remedy)}", ""),) if note.remedy else ()
    return ((INDENT, ""), (_flat(note.path), ""), (f": {clean_line(note.reason)}", "faint"), *helps)


def _extracted(extracted: Extracted) -> Iterator[Line]:
    reading, analysis = extracted.reading, extracted.analysis
    name = str(extracted.id)
    yield _where(reading.title or name, reading.source, reading.date, name if reading.title else "")
    for problem in (*reading.problems, *analysis.notes):
        yield ((INDENT, ""), (clean_line(problem), "problem"))
    for kind, heading in _TYPES.items():
        found = [mention for mention in analysis.entities if mention.type == kind]
        if found:
            yield ((INDENT, ""), (f"{heading}: ", "title"), ("; ".join(_names(found)), ""))
    for quote in analysis.quotes:
        yield ((INDENT, ""), *_quote(quote))
    yield ()


def _names(mentions: list[Mention]) -> Iterator[str]:
    """Each name once, with its count and the other forms it is written in, in order of first mention."""
    by_name: dict[str, list[str]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(_flat(mention.text))
    for name, written in by_name.items():
        others = [form for form in dict.fromkeys(written) if form != name]
        yield f"{_flat(name)} {len(written)}" + (f" ({', '.join(others)})" if others else "")
