"""A small folder, and the library opened on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.library.library import Library
from tests.library.folders import write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder, "a.txt", "Alpha story\n\nThe ministry delayed the vote.")
    write(folder, "b.txt", "Beta story\n\nThe harbour was closed.")
    write(folder, "sub/c.md", "# Gamma story\n\nThe harbour opened again.")
    return folder


@pytest.fixture
def library(corpus: Path) -> Iterator[Library]:
    opened = Library(corpus)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _warm_workers(warm_workers: None) -> None:
    """Refreshes in this process hand their worker processes on."""
