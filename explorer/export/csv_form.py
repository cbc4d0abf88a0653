"""Answers as CSV: comma, double quote marks, one header line, lines ended by a line feed."""

from __future__ import annotations

import csv
import io

from explorer.export.answers import Answer
from explorer.export.tables import Cell, to_table
from explorer.reading.clean import clean

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def to_csv(answer: Answer, header: bool = True) -> str:
    """An answer as CSV.

    A text that a spreadsheet would take for a formula gets an apostrophe before it: a document could otherwise run
    something there. JSON has the text untouched.
    """
    table = to_table(answer)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    if header:
        writer.writerow(table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return written.getvalue()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
