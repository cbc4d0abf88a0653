"""Word lists of our own in plain text, one file a list."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of ``NAME.txt`` in this folder, one a line; blank lines and lines from ``#`` on are left out."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of ``NAME.txt`` in this folder, separated by blanks."""
    return frozenset(word for line in lines(name) for word in line.split())
