"""Known names: first names, surnames, places, common words. Compiled by ``compile.py``; sources in SOURCES.md."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "gazetteer.z"
SECTIONS = ("words", "male", "female", "last", "cities", "big_cities", "capitals", "countries", "states")


@cache
def _sections() -> dict[str, frozenset[str]]:
    blobs = zlib.decompress(DATA.read_bytes()).decode("utf-8").split("\f")
    return {name: frozenset(blob.split("\n")) for name, blob in zip(SECTIONS, blobs, strict=True)}


def section(name: str) -> frozenset[str]:
    """A section of the gazetteer by name, one of ``SECTIONS``."""
    return _sections()[name]


@cache
def capitals() -> dict[str, str]:
    """The country of each capital city."""
    return dict(line.split("\t") for line in section("capitals") if "\t" in line)
