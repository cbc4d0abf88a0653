"""Answers as Markdown: words as block quotes, each with its citation; names and files as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.export.answers import Answer, Entities, Extracted, Facets, Quotes, SavedQueries, Terms
from explorer.export.citation import citation, copies_of, shown_words
from explorer.export.coverage import coverage, coverage_line
from explorer.export.tables import file_rows
from explorer.model import Entity, FoundQuote, Passage, Quote, Report, Results, Status, TermCount
from explorer.reading.clean import clean

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&]")


def to_markdown(answer: Answer) -> str:
    """An answer as a Markdown page; document text in it is literal."""
    return "\n".join(_lines(answer)) + "\n"


def literal(text: str) -> str:
    """Text on one line in which nothing is markup."""
    line = _SPECIAL.sub(lambda match: "\\" + match[0], clean(" ".join(text.split())))
    head = re.match(r"(?:[-+=]|\d{1,9}[.)])", line)
    if head:  # would begin a list or underline a heading
        line = line[: head.end() - 1] + "\\" + line[head.end() - 1 :]
    return line


def _lines(answer: Answer) -> Iterator[str]:
    match answer:
        case Results():
            yield from (f"# {literal(answer.query) or 'All documents'}", "")
            yield from (f"Understood as: {literal(answer.understood)}. Documents: {answer.total}.", "")
            for passage in answer.passages:
                yield from _passage(passage)
        case Quotes():
            yield from ("# Quotes", "", f"{len(answer.quotes)} of {answer.total}", "")
            for found in answer.quotes:
                yield from _found_quote(found)
        case Entities():
            yield from ("| name | type | documents | mentions | written |", "|---|---|--:|--:|---|")
            yield from map(_entity, answer.entities)
        case Facets():
            yield from ("| field | value | documents | query |", "|---|---|--:|---|")
            yield from (f"| {f.field} | {literal(f.value)} | {f.documents} | {_code(f.query)} |" for f in answer.facets)
        case Terms():
            yield from ("| query | documents | hits | only |", "|---|--:|--:|--:|")
            yield from map(_term, answer.terms)
        case SavedQueries():
            yield from ("| name | query |", "|---|---|")
            yield from (f"| {_code(name)} | {_code(query)} |" for name, query in answer.saved.items())
        case Report() | Status():
            yield f"{answer.documents} documents"
            if isinstance(answer, Status):
                yield from ("", coverage_line(coverage(answer)))
            yield from ("", "| state | file | reason | what helps |", "|---|---|---|---|")
            for state, path, reason, _, helps in file_rows(answer):
                yield f"| {state} | {_code(path)} | {literal(reason)} | {literal(helps)} |"
        case Extracted():
            yield from _extracted(answer)


def _passage(passage: Passage) -> Iterator[str]:
    yield f"> {literal(passage.text)}"
    yield ">"
    yield f"> {_cited(passage.title, passage.source, passage.date, passage.path, page=passage.page)}{copies_of(passage)}"
    yield ""


def _found_quote(found: FoundQuote) -> Iterator[str]:
    yield f"> {shown_words(found.quote, literal)}"
    yield ">"
    yield f"> {_cited(found.title, found.source, found.date, found.path, found.quote)}"
    yield ""


def _cited(title: str, source: str, date: str | None, path: str, quote: Quote | None = None, *, page: int | None = None) -> str:
    return citation(title, source, date, path, quote, page=page, form=literal, path_form=_code)


def _entity(entity: Entity) -> str:
    names = ", ".join(f"{literal(text)} {count}" for text, count in entity.names)
    return f"| {literal(entity.name)} | {entity.type.lower()} | {entity.documents} | {entity.mentions} | {names} |"


def _term(count: TermCount) -> str:
    if count.error:
        return f"| {_code(count.query)}: {literal(count.error)} | | | |"
    return f"| {_code(count.query)} | {count.documents} | {count.hits} | {count.only} |"


def _extracted(extracted: Extracted) -> Iterator[str]:
    reading, name = extracted.reading, str(extracted.id)
    yield from (f"# {literal(reading.title or name)}", "", _cited(reading.title, reading.source, reading.date, name), "")
    yield from (f"Problem: {literal(problem)}\n" for problem in reading.problems)
    for quote in extracted.analysis.quotes:
        cited = _cited(reading.title, reading.source, reading.date, name, quote)
        yield from (f"> {shown_words(quote, literal)}", ">", f"> {cited}", "")
    if extracted.analysis.entities:
        yield from ("| text | type | name |", "|---|---|---|")
        for mention in extracted.analysis.entities:
            yield f"| {literal(mention.text)} | {mention.type.lower()} | {literal(mention.iso or mention.name)} |"
        yield ""


def _code(path: str) -> str:
    """A path or a query as code, in as many backticks as it needs."""
    shown = clean(path.replace("\n", "\u240a")).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    return f"{fence} {shown} {fence}" if "`" in shown else f"`{shown}`"
