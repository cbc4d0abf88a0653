"""Bringing an index up to date: what is read again and what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from explorer.library.library import Library
from tests.library.folders import Watched, counts, paths, refresh, write


def test_everything_is_found_after_the_first_run(library: Library) -> None:
    report = refresh(library)
    assert counts(report) == (3, 0, 0, 0) and report.documents == 3 and not report.cancelled
    assert paths(library, "harbour") == ["b.txt", "sub/c.md"]
    assert paths(library, "ministry") == ["a.txt"]
    assert library.status().documents == library.status().analysed == 3


def test_a_second_run_reads_nothing(library: Library) -> None:
    refresh(library)
    watched = Watched()
    assert counts(refresh(library, tell=watched)) == (0, 0, 0, 3)
    assert watched.most("text") == watched.most("meaning") == 0


def test_add_change_remove(library: Library, corpus: Path) -> None:
    refresh(library)
    write(corpus, "d.txt", "Delta story\n\nA glacier moved.")
    write(corpus, "a.txt", "Alpha story\n\nThe orchard burned.")
    (corpus / "b.txt").unlink()
    assert counts(refresh(library)) == (1, 1, 1, 1)
    assert paths(library, "glacier") == ["d.txt"]
    assert paths(library, "orchard") == ["a.txt"]
    assert paths(library, "ministry") == []
    assert paths(library, "harbour") == ["sub/c.md"]


def test_a_changed_document_keeps_its_number(library: Library, corpus: Path) -> None:
    refresh(library)
    number = library.search("ministry").passages[0].document
    write(corpus, "a.txt", "Alpha story\n\nThe orchard burned.")
    refresh(library)
    assert library.search("orchard").passages[0].document == number


def test_a_moved_file_is_not_analysed_again(library: Library, corpus: Path) -> None:
    refresh(library)
    number = library.search("ministry").passages[0].document
    (corpus / "a.txt").rename(corpus / "sub" / "moved.txt")
    watched = Watched()
    assert counts(refresh(library, tell=watched)) == (0, 0, 0, 3)
    assert watched.most("meaning") == 0
    (passage,) = library.search("ministry").passages
    assert (passage.document, passage.path) == (number, "sub/moved.txt")


def test_moved_copies_are_not_analysed_again(library: Library, corpus: Path) -> None:
    for name in ("old/one.txt", "old/two.txt", "old/three.txt"):
        write(corpus, name, "The same story\n\nA comet passed.")
    refresh(library)
    (corpus / "old").rename(corpus / "new")
    watched = Watched()
    assert counts(refresh(library, tell=watched)) == (0, 0, 0, 6)
    assert watched.most("meaning") == 0
    assert paths(library, "comet") == ["new/one.txt", "new/three.txt", "new/two.txt"]


def test_a_file_under_a_new_ending_is_read_anew(library: Library, corpus: Path) -> None:
    page = "<html><head><title>Page</title></head><body><p>The lantern festival drew a crowd to the old town.</p></body></html>"
    write(corpus, "page.html", page)
    refresh(library)
    (corpus / "page.html").rename(corpus / "page.md")
    refresh(library)
    fresh = Library(corpus)
    refresh(fresh, rebuild=True)
    (passage,) = library.search("lantern").passages
    assert passage.path == "page.md"
    assert library.document(passage.document).text == fresh.document(fresh.search("lantern").passages[0].document).text
    fresh.close()


def test_same_size_and_time_but_other_content(library: Library, corpus: Path) -> None:
    path = write(corpus, "same.txt", "Same story\n\nprobeaaa")
    before = path.stat()
    refresh(library)
    path.write_text("Same story\n\nprobebbb")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size and path.stat().st_mtime_ns == before.st_mtime_ns
    assert counts(refresh(library)) == (0, 1, 0, 3)
    assert paths(library, "probebbb") == ["same.txt"] and not paths(library, "probeaaa")


def test_touched_without_change_is_not_analysed_again(library: Library, corpus: Path) -> None:
    refresh(library)
    os.utime(corpus / "a.txt", (1, 1))
    watched = Watched()
    assert counts(refresh(library, tell=watched)) == (0, 0, 0, 3)
    assert watched.most("text") == 1 and watched.most("meaning") == 0
    watched = Watched()
    refresh(library, tell=watched)
    assert watched.most("text") == 0


def test_a_file_that_cannot_be_read_is_listed(library: Library, corpus: Path) -> None:
    (corpus / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "empty.txt").write_bytes(b"")
    report = refresh(library)
    assert report.documents == 3
    assert {note.path for note in report.unreadable} == {"noise.txt", "empty.txt"}
    assert all(note.reason and "\n" not in note.reason for note in report.unreadable)
    assert {note.path for note in library.status().unreadable} == {"noise.txt", "empty.txt"}
    watched = Watched()
    refresh(library, tell=watched)
    assert watched.most("text") == 0, "it is not tried again while it stays as it is"
    write(corpus, "noise.txt", "Now it is a story\n\nabout a zeppelin.")
    refresh(library)
    assert paths(library, "zeppelin") == ["noise.txt"]


def test_a_file_that_becomes_unreadable_leaves_the_index(library: Library, corpus: Path) -> None:
    refresh(library)
    (corpus / "a.txt").write_bytes(b"")
    assert counts(refresh(library)) == (0, 0, 1, 2)
    assert paths(library, "ministry") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_file_without_permission(library: Library, corpus: Path) -> None:
    (corpus / "a.txt").chmod(0)
    report = refresh(library)
    assert [note.path for note in report.unreadable] == ["a.txt"]
    (corpus / "a.txt").chmod(0o600)
    refresh(library)
    assert paths(library, "ministry") == ["a.txt"]


def test_a_file_replaced_by_a_folder_and_back(library: Library, corpus: Path) -> None:
    refresh(library)
    (corpus / "a.txt").unlink()
    write(corpus, "a.txt/inner.txt", "Inner story\n\nA sparrow sang.")
    refresh(library)
    assert paths(library, "sparrow") == ["a.txt/inner.txt"] and not paths(library, "ministry")
    (corpus / "a.txt" / "inner.txt").unlink()
    (corpus / "a.txt").rmdir()
    write(corpus, "a.txt", "A file again\n\nA heron stood.")
    refresh(library)
    assert paths(library, "heron") == ["a.txt"] and not paths(library, "sparrow")
