"""Lists of queries for a search term report: one a line."""

from __future__ import annotations

from pathlib import Path

from explorer.model import ExplorerError
from explorer.reading.decode import decode

MOST_BYTES = 4_000_000
MOST_TERMS = 10_000


def read_terms(text: str) -> list[str]:
    """Returns the queries of a list, in order: a line each, without blank lines and comments: from a #
    at the beginning of a line, or between blanks, to its end."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    stripped = (line.partition(" # ")[0].strip() for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


def load_terms(path: Path) -> list[str]:
    """Returns the queries of a file, whatever its encoding; raises ExplorerError when there are none to be had of it."""
    try:
        with path.expanduser().open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: no such user; ValueError: NUL in the path
        raise ExplorerError(f"the list {path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return terms_of(data, str(path))


def terms_of(data: bytes, name: str) -> list[str]:
    """Returns the queries of a list's bytes; raises ExplorerError where it is no list. ``name`` is what errors call it."""
    if len(data) > MOST_BYTES:
        raise ExplorerError(f"the list {name} is larger than {MOST_BYTES // 1_000_000} MB; a list has one query a line")
    decoded = decode(data)
    if decoded.binary:
        raise ExplorerError(f"the list {name} is no text; a list has one query a line")
    queries = read_terms(decoded.text)
    if not queries:
        raise ExplorerError(f"the list {name} has no query in it; write one a line")
    if len(queries) > MOST_TERMS:
        raise ExplorerError(f"the list {name} has {len(queries)} queries; {MOST_TERMS} is the most")
    return queries
