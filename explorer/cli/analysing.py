"""The command `analyse`: names, dates and quotes of texts, with no index and no data folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from explorer.cli.extraction import BadInput, Source, extract
from explorer.cli.options import UsageError
from explorer.cli.output import note
from explorer.cli.sources import STDIN, file_sources, line_sources
from explorer.export.answers import Extracted, Format


def analyse(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Extracts from files, or from the lines of files; 2 when one of them is not there or not as it must be."""
    if not words and sys.stdin.isatty():
        raise UsageError("explorer analyse needs a FILE, or text on standard input; see explorer analyse -h")
    names = list(words) or [STDIN]
    sources: Iterator[Source | BadInput] = line_sources(names) if options.lines else file_sources(names)
    bad = 0

    def sound() -> Iterator[Extracted]:
        nonlocal bad
        for found in extract(sources):
            if isinstance(found, BadInput):
                bad += 1
                note(found.message)
                continue
            if found.reading.problems:
                note(f"{found.id}: {'; '.join(found.reading.problems)}")
            yield found

    form: Format = options.format or ("jsonl" if options.lines else "text")
    _write_all(sound(), form, many=options.lines or len(names) > 1)
    return 2 if bad else 0


def _write_all(all_found: Iterator[Extracted], form: Format, many: bool) -> None:
    """Writes each as soon as it and those before it are done; several as JSON are a list."""
    if form == "json":
        _write_json(all_found, many)
    elif form == "csv":
        from explorer.export.csv_form import to_csv

        for at, found in enumerate(all_found):
            sys.stdout.write(to_csv(found, header=at == 0))
    else:
        from explorer.cli.output import write

        for found in all_found:
            write(found, form)


def _write_json(all_found: Iterator[Extracted], many: bool) -> None:
    from explorer.export.json_form import dump, to_json

    separator = "[\n" if many else ""
    for found in all_found:
        sys.stdout.write(separator + dump(to_json(found), indent=None if many else 2))
        separator = ",\n"
    if many:
        sys.stdout.write("[]\n" if separator == "[\n" else "\n]\n")
    elif separator:
        sys.stdout.write("\n")
