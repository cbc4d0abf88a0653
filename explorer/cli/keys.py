"""The command `keys`: every key of the app, from the same table as the app's own help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from explorer.cli.options import UsageError


def keys(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Prints the keys by the place in which they are valid."""
    if words:
        raise UsageError("keys takes no arguments")
    from explorer.tui.commands import PLACES, key_rows

    tables = [(heading, key_rows(place)) for place, heading in PLACES.items()]
    rows = [{"place": heading, "keys": pressed, "does": does} for heading, table in tables for pressed, does in table]
    match options.format:
        case "json" | "jsonl":
            from explorer.export.json_form import dump

            shown = [dump({"keys": rows}, indent=2)] if options.format == "json" else [dump(row) for row in rows]
        case "csv":
            shown = [_csv([list(rows[0]), *(list(row.values()) for row in rows)])]
        case "md":
            shown = [_markdown(heading, table) for heading, table in tables if table]
        case _:
            width = max(len(row["keys"]) for row in rows)
            shown = ["\n".join([heading, *(f"  {k:{width}}  {v}" for k, v in table)]) for heading, table in tables if table]
    sys.stdout.write(("\n\n" if options.format in (None, "text", "md") else "\n").join(shown) + "\n")
    return 0


def _csv(rows: list[list[str]]) -> str:
    import csv
    import io

    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().rstrip("\n")


def _markdown(heading: str, table: list[tuple[str, str]]) -> str:
    from explorer.export.markdown_form import literal

    return "\n".join(
        [f"## {heading}", "", "| keys | what they do |", "|---|---|", *(f"| {literal(k)} | {literal(v)} |" for k, v in table)]
    )
