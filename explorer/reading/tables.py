"""Tables as text files (CSV, TSV): the file's own text, with a title from its columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import replace

from explorer.model import Reading
from explorer.reading.clean import clean_line
from explorer.reading.text import read_text

_SAMPLE = 20_000
_SHOWN = 6  # columns named in a title
_NAME = 40  # characters of a column's name
_QUOTED = re.compile(r'"[^"]*+"')
_NUMBER = re.compile(r"[-+(]?[$€£]?\d[\d.,:/ %-]{0,30}\)?")


def read_table(data: bytes, cut: bool = False) -> Reading:
    """Reads a CSV or TSV file. The reading's text is the file's own (offsets are the file's, as of ``read_text``); the title
    names its first columns and is guessed. ``cut`` says that ``data`` is only the file's beginning."""
    reading = read_text(data, cut=cut)
    if not reading.text or "title" not in reading.guessed:
        return reading
    names = _columns(reading.text[:_SAMPLE])
    if not names:
        return reading
    more = ", …" if len(names) > _SHOWN else ""
    return replace(reading, title=clean_line("Table: " + ", ".join(names[:_SHOWN]) + more))


def _columns(sample: str) -> list[str]:
    """The names in the first row; none where it is no row of names."""
    lines = [line for line in sample.split("\n") if line.strip()][:20]
    separator = _separator(lines)
    if not separator:
        return []
    try:
        row = next(csv.reader(lines[:1], delimiter=separator), [])
    except csv.Error:  # a field beyond the module's limit
        return []
    names = [clean_line(cell.strip(), _NAME) for cell in row[:200]]
    filled = [name for name in names if name]
    if len(filled) < 2 or any(_NUMBER.fullmatch(name) for name in filled):
        return []
    return filled


def _separator(lines: list[str]) -> str:
    """The sign that sets cells apart: the one most lines have as often as the first."""
    lines = [_QUOTED.sub("", line) for line in lines]
    best, most = "", 0
    for sign in ("\t", ",", ";", "|"):
        counts = Counter(line.count(sign) for line in lines)
        times = lines[0].count(sign) if lines else 0
        alike = counts[times] * times if times and counts[times] * 2 >= len(lines) else 0
        if alike > most:
            best, most = sign, alike
    return best
