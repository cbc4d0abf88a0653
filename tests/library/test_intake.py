"""Files with members: each is a document, kept and replaced by itself, whatever happens to the others."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.library import intake
from explorer.library.library import Library
from explorer.model import Passage, Progress


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def library(corpus: Path) -> Iterator[Library]:
    opened = Library(corpus)
    yield opened
    opened.close()


def put(corpus: Path, members: dict[str, bytes | str], name: str = "a.zip") -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    (corpus / name).write_bytes(data.getvalue())


def by_path(library: Library, query: str = "") -> dict[str, Passage]:
    return {passage.path: passage for passage in library.search(query).passages}


def test_members_are_found_under_their_paths_and_by_their_endings(library: Library, corpus: Path) -> None:
    put(corpus, {"notes/a.txt": "The ferry left.", "b.md": "# The bridge\n\nIt is closed.", "c.png": b"\x89PNG\r\n\x1a\n"})
    report = library.refresh()
    assert (report.documents, report.added) == (2, 2)
    assert [(note.path, note.fault) for note in report.unreadable] == [("a.zip/c.png", "no text")]
    assert set(by_path(library, "ferry")) == {"a.zip/notes/a.txt"}
    assert set(by_path(library, "ext:md")) == {"a.zip/b.md"}
    assert library.status().files == 1


def test_a_changed_container_keeps_what_is_the_same(library: Library, corpus: Path) -> None:
    put(corpus, {"a.txt": "The ferry left.", "b.txt": "The bridge is closed.", "c.txt": "The harbour."})
    library.refresh()
    before = by_path(library)
    library.note_seen()
    put(corpus, {"a.txt": "The ferry left.", "b.txt": "The bridge is open.", "d.txt": "The school."})
    report = library.refresh()
    assert (report.documents, report.removed) == (3, 1)
    after = by_path(library)
    assert set(after) == {"a.zip/a.txt", "a.zip/b.txt", "a.zip/d.txt"}
    assert after["a.zip/a.txt"].document == before["a.zip/a.txt"].document
    assert set(by_path(library, "is:new")) == {"a.zip/b.txt", "a.zip/d.txt"}
    assert not by_path(library, "harbour")


def test_a_container_that_is_moved_is_not_read_again(library: Library, corpus: Path) -> None:
    put(corpus, {"a.txt": "The ferry left.", "b.txt": "The bridge."})
    library.refresh()
    before = by_path(library)
    (corpus / "sub").mkdir()
    (corpus / "a.zip").rename(corpus / "sub" / "b.zip")
    report = library.refresh()
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    after = by_path(library)
    assert after["sub/b.zip/a.txt"].document == before["a.zip/a.txt"].document
    assert len(after) == 2


def test_a_container_left_in_the_middle_is_read_to_its_end_the_next_time(
    library: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FIRST_BATCH", 1)
    put(corpus, {f"{n}.txt": f"The {n}th ferry left at dawn." for n in range(60)})
    said: list[Progress] = []
    first = library.refresh(said.append, lambda: any(progress.phase == "text" for progress in said))
    assert first.cancelled
    library.refresh()
    assert len({passage.path for passage in library.search("ferry", limit=100).passages}) == 60
    again = library.refresh()
    assert (again.added, again.changed, again.removed) == (0, 0, 0)


def test_a_file_that_cannot_be_opened_is_tried_again_and_the_index_stays_as_it_is(library: Library, corpus: Path) -> None:
    (corpus / "a.txt").write_text("The ferry left.")
    if os.getuid() == 0:
        pytest.skip("root may read everything")
    (corpus / "a.txt").chmod(0)
    for _ in range(2):
        (note,) = library.refresh().unreadable
        assert note.fault == "no access"
    generation = library.status().generation
    library.refresh()
    assert library.status().generation == generation


def test_retry_reads_again_what_could_not_be_read(library: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_TEST_OPS", "1")
    (corpus / "a.txt").write_text("<mock>\ncrash 11\n")
    assert [note.fault for note in library.refresh().unreadable] == ["crashed"]
    monkeypatch.delenv("EXPLORER_TEST_OPS")  # the reader is mended, so to say
    assert [note.fault for note in library.refresh().unreadable] == ["crashed"], "it has not changed: it is not tried again"
    report = library.refresh(retry=True)
    assert (report.unreadable, report.added + report.changed) == ((), 1)
    assert set(by_path(library, "crash")) == {"a.txt"}
