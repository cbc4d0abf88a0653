"""The command `analyse`: names, dates and quotes of texts, with no index and no data folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from explorer.cli.extraction import BadInput, Source, extract
from explorer.cli.options import UsageError
from explorer.cli.output import note
from explorer.cli.sources import STDIN, file_sources, line_sources
from explorer.export.answers import Extracted, Format
from explorer.library.settings import chosen_names, read_names


def analyse(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Extracts from files, or from the lines of files; 2 when one of them is not there or not as it must be."""
    if not words and sys.stdin.isatty():
        raise UsageError("analyse needs a FILE, or text on standard input; see explorer analyse -h")
    files = list(words) or [STDIN]
    names = chosen_names(read_names(options.names))
    form: Format = options.format or ("jsonl" if options.lines else "text")
    until = ExitStack()
    sources: Iterator[Source | BadInput] = line_sources(files) if options.lines else file_sources(files, until)
    bad = 0

    def sound() -> Iterator[Extracted]:
        nonlocal bad
        for found in extract(sources, names):
            if isinstance(found, BadInput):
                bad += 1
                note(found.message)
                continue
            if found.reading.problems and form != "text":  # where it is among the data
                note(f"{found.id}: {'; '.join(found.reading.problems)}")
            yield found

    with until:
        _write_all(sound(), form, many=options.lines or len(files) > 1)
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

    if not many:
        found = [to_json(one) for one in all_found]  # a file can have several members
        if found:
            sys.stdout.write(dump(found[0] if len(found) == 1 else found, indent=2) + "\n")
        return
    separator = "[\n"
    for one in all_found:
        sys.stdout.write(separator + dump(to_json(one)))
        separator = ",\n"
    sys.stdout.write("[]\n" if separator == "[\n" else "\n]\n")
