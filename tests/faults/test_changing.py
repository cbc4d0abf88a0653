"""F35 and F37: folders that change while they are read, or in ways that do not show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.library.library import Library
from explorer.model import Report
from tests.faults import places
from tests.faults.build import Folder
from tests.faults.live import Changing
from tests.faults.zip_bytes import pack


def _refresh(corpus: Path) -> Report:
    library = Library(corpus)
    try:
        return library.refresh(workers=2)
    finally:
        library.close()


def _paths(corpus: Path, word: str) -> list[str]:
    library = Library(corpus)
    try:
        return sorted(passage.path for passage in library.search(word).passages)
    finally:
        library.close()


def test_a_file_rewritten_with_its_old_size_and_time_is_read_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    places._times(folder)
    _refresh(folder.corpus)
    assert _paths(folder.corpus, "probesameaaa") == ["F37/same_size.txt"]
    path = folder.corpus / "F37" / "same_size.txt"
    before = path.stat()
    places.rewrite_same_size(folder.corpus)
    assert (before.st_size, before.st_mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
    report = _refresh(folder.corpus)
    assert (report.changed, report.added, report.removed) == (1, 0, 0), "a time beyond all bounds is no change"
    assert _paths(folder.corpus, "probesamebbb") == ["F37/same_size.txt"]
    assert _paths(folder.corpus, "probesameaaa") == []


def test_the_last_run_agrees_with_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    changing = Changing(corpus, seconds=60, files=30)
    changing.start()
    try:
        for _ in range(2):
            _refresh(corpus)
    finally:
        changing.stop()
    last = _refresh(corpus)
    words = [word for path in sorted(corpus.glob("*.txt")) for word in _live_words(path)]
    assert words, "there is something to agree about"
    for path, word in words:
        assert path in _paths(corpus, word)
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path / "other home"))
    fresh = _refresh(corpus)
    assert last.documents == fresh.documents > 10
    assert (last.unreadable, last.partial, last.skipped) == (fresh.unreadable, fresh.partial, fresh.skipped)


def test_what_is_said_of_a_file_is_not_said_of_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    path = corpus / "a.zip"
    path.write_text("A word, in a text that is named .zip by mistake.\n")
    _refresh(corpus)
    path.write_bytes(pack({"in.txt": "a word"})[:60])
    last = _refresh(corpus)
    monkeypatch.setenv("EXPLORER_HOME", str(tmp_path / "other home"))
    fresh = _refresh(corpus)
    assert (last.documents, last.unreadable, last.partial) == (fresh.documents, fresh.unreadable, fresh.partial)


def _live_words(path: Path) -> Iterator[tuple[str, str]]:
    """The words of a plain text that begin with "probelive", with its name."""
    yield from ((path.name, word) for word in path.read_text(errors="replace").split() if word.startswith("probelive"))
