"""The commands that ask a folder: search, quotes, entities, facets."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from explorer.cli.folders import query_and_folder
from explorer.cli.options import UsageError
from explorer.cli.output import note, write
from explorer.cli.updating import opened
from explorer.export.answers import Answer, Entities, Facets, Quotes
from explorer.export.text_form import plural
from explorer.library.library import Library
from explorer.model import Results

FOUND, NOTHING = 0, 1


def search(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Passages that answer a query."""
    query, folder = query_and_folder("search", words)
    if query is None:
        word = f"; {words[0]} is a folder (to search for the word: explorer search {words[0]} .)" if words else ""
        raise UsageError(f"search needs a QUERY{word}; see explorer search -h")
    with opened(folder, options, to_be_asked=True, query=query) as library:
        results = library.search(query, options.limit, all_passages=options.all_passages, fold=options.fold)
        if not results.total:
            note(_why_nothing(results))
            for repair in results.repairs:
                note(f"{repair.label}: {repair.query} ({plural(repair.documents, 'document')})")
        return _answer(results, results.total, options)


def quotes(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Quotes of the documents that answer a query, or of all."""
    query, folder = query_and_folder("quotes", words)
    with opened(folder, options, to_be_asked=True, query=query or "") as library:
        total, found = library.quotes(query, limit=options.limit)
        _note_if_none(library, total, "quotes")
        return _answer(Quotes(total, found), total, options)


def entities(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Entities of the documents that answer a query, or of all."""
    query, folder = query_and_folder("entities", words)
    with opened(folder, options, to_be_asked=True, query=query or "") as library:
        kind = options.type.upper() if options.type else None
        total, found = library.entities(query, kind=kind, limit=options.limit)
        _note_if_none(library, total, "entities")
        return _answer(Entities(total, found), total, options)


def facets(options: argparse.Namespace, words: Sequence[str]) -> int:
    """The values that the documents have that answer a query, or all, with their counts."""
    query, folder = query_and_folder("facets", words)
    with opened(folder, options, to_be_asked=True, query=query or "") as library:
        found = library.facets(query or "")
        if not found:
            note("no source, year, kind of file, language, tag or star found")
        return _answer(Facets(found), len(found), options)


def _answer(answer: Answer, total: int, options: argparse.Namespace) -> int:
    if total or options.format not in (None, "text"):
        write(answer, options.format or "text")
    return FOUND if total else NOTHING


def _why_nothing(results: Results) -> str:
    alone = "; ".join(f"{term}: {count}" for term, count in results.counts) if len(results.counts) > 1 else ""
    return f"nothing found for: {results.understood}" + (f" (documents with each alone: {alone})" if alone else "")


def _note_if_none(library: Library, total: int, what: str) -> None:
    if not total:
        status = library.status()
        missing = status.documents - status.analysed
        note(f"no {what} found" + (f"; {missing} of {status.documents} documents are not analysed yet" if missing else ""))
