"""The search term report and the saved queries: terms, save, saved."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer.cli.asking import FOUND, NOTHING
from explorer.cli.folders import only_folder
from explorer.cli.options import UsageError
from explorer.cli.output import note, write
from explorer.cli.progress import CountLine
from explorer.cli.updating import opened
from explorer.export.answers import SavedQueries, Terms
from explorer.export.text_form import plural
from explorer.library import places
from explorer.library.library import Library
from explorer.library.opening import read_query
from explorer.library.term_list import MOST_BYTES, load_terms, terms_of

MISREAD = 2


def terms(options: argparse.Namespace, words: Sequence[str]) -> int:
    """What each query of a list finds, and what it alone finds."""
    if not 1 <= len(words) <= 2:
        raise UsageError("terms takes LIST and FOLDER; see explorer terms -h")
    folder = places.corpus_folder(Path(words[1] if len(words) > 1 else ""))
    queries = terms_of(sys.stdin.buffer.read(MOST_BYTES + 1), "-") if words[0] == "-" else load_terms(Path(words[0]))
    with opened(folder, options, to_be_asked=True) as library, CountLine("counting hits", "documents") as line:
        report = library.terms(queries, line.count)
    write(Terms(report), options.format or "text")
    misread = [count for count in report if count.error]
    for count in misread if options.format not in (None, "text") else ():  # where it is among the data
        note(f"{count.query}: {count.error}")
    if misread:
        note(f"{len(misread)} of {plural(len(report), 'query', 'queries')} cannot be read")
        return MISREAD
    return FOUND if any(count.documents for count in report) else NOTHING


def save(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Keeps a query under a name; an empty query takes the name away."""
    if not 2 <= len(words) <= 3:
        raise UsageError("save takes NAME, QUERY and FOLDER; see explorer save -h")
    name, query = words[0].strip(), words[1]
    library = Library(places.corpus_folder(Path(words[2] if len(words) > 2 else "")))
    try:
        if query.strip():
            for repair in read_query(library.folder, query).notes:
                note(repair)
        before = library.saved_queries()
        library.save_query(name, query)
        there = len(library.saved_queries()) < len(before)
    finally:
        library.close()
    if not query.strip():
        note(f"@{name} is removed" if there else f"there is no saved query {name}")
        return FOUND if there else NOTHING
    note(f"saved: @{name} or query:{name} stands for it in any query")
    return FOUND


def saved(options: argparse.Namespace, words: Sequence[str]) -> int:
    """The saved queries of a folder."""
    library = Library(only_folder("saved", words))
    try:
        found = library.saved_queries()
    finally:
        library.close()
    if found or options.format not in (None, "text"):
        write(SavedQueries(found), options.format or "text")
    return FOUND if found else NOTHING
