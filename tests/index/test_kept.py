"""What the reader keeps: stars and tags that follow a file, saved queries, and what is new."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from explorer.index import catalogue, files
from explorer.index.files import FileState
from explorer.index.kept import FILE, KeptStore
from explorer.model import ExplorerError, Kept, Reading


class Folder:
    """A catalogue of files that are put, moved and removed, each change a generation, and what is kept about them."""

    def __init__(self, at: Path) -> None:
        self.at = at
        self.catalogue = catalogue.connect(at / "catalogue.sqlite", writable=True)
        catalogue.set_meta(self.catalogue, "finished", "yes")
        self.kept = KeptStore(at, self.catalogue)

    def put(self, path: str, text: str, reader: int = 1) -> int:
        known = files.known_files(self.catalogue).get(path)
        state, reading = FileState(path, 1, 2, 3, 4, reader), Reading(text, "", body_end=len(text))
        with catalogue.transaction(self.catalogue):
            entries, _ = files.put_file(
                self.catalogue, state, f"hash of {text}", [("", reading)], known.number if known else None
            )
            self._next()
        return entries[0].number

    def move(self, path: str, to: str) -> None:
        with catalogue.transaction(self.catalogue):
            files.move_file(self.catalogue, files.known_files(self.catalogue)[path].number, FileState(to, 1, 2, 3, 4, 1))
            self._next()

    def remove(self, path: str) -> None:
        files.remove_file(self.catalogue, files.known_files(self.catalogue)[path].number)

    def see(self) -> None:
        self.kept.see(int(catalogue.get_meta(self.catalogue, "generation", "0")))

    def _next(self) -> None:
        generation = int(catalogue.get_meta(self.catalogue, "generation", "0"))
        catalogue.set_meta(self.catalogue, "generation", str(generation + 1))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_nothing_is_made_before_something_is_kept(folder: Folder) -> None:
    number = folder.put("a.txt", "one")
    kept = folder.kept
    assert (kept.starred(), kept.tags(), kept.saved_queries(), kept.seen(), kept.new()) == (set(), {}, {}, None, set())
    assert kept.of(number) == Kept() and kept.saved_query("x") is None
    kept.star(number, False)
    kept.tag(number, "x", False)
    assert not (folder.at / FILE).exists()
    kept.star(number, True)
    assert (folder.at / FILE).stat().st_mode & 0o777 == 0o600


def test_stars_and_tags_are_put_and_taken(folder: Folder) -> None:
    one, two = folder.put("a.txt", "one"), folder.put("b.txt", "two")
    kept = folder.kept
    kept.star(one, True)
    kept.star(one, True)
    kept.tag(one, "To  check", True)
    kept.tag(two, "TO CHECK", True)
    kept.tag(two, "été", True)
    assert kept.starred() == {one}
    assert kept.of(one) == Kept(True, ("To check",)) and kept.of(two) == Kept(False, ("été", "To check"))
    assert kept.tagged("to check") == {one, two} and kept.tagged("Ete") == {two} and kept.tagged("") == set()
    assert kept.tags() == {"To check": {one, two}, "été": {two}} and list(kept.tags()) == ["To check", "été"]
    kept.star(one, False)
    kept.tag(two, "to check", False)
    assert kept.starred() == set() and kept.tagged("to check") == {one}


def test_they_follow_a_file_that_is_moved(folder: Folder) -> None:
    number = folder.put("a.txt", "one")
    folder.kept.star(number, True)
    folder.kept.tag(number, "x", True)
    folder.move("a.txt", "deep/b.txt")
    assert folder.kept.starred() == folder.kept.tagged("x") == {number}
    assert folder.kept.of(number) == Kept(True, ("x",))
    folder.kept.star(number, False)
    assert folder.kept.starred() == set()


def test_a_path_says_more_than_a_content(folder: Folder) -> None:
    one, copy = folder.put("a.txt", "one"), folder.put("b.txt", "one")
    folder.kept.star(one, True)
    assert folder.kept.starred() == {one} and not folder.kept.of(copy).starred
    assert folder.put("a.txt", "rewritten") == one
    assert folder.kept.starred() == {one}
    folder.kept.star(copy, True)
    folder.kept.star(copy, False)
    assert folder.kept.starred() == {one}
    folder.remove("a.txt")
    assert folder.kept.starred() == {copy}  # the same content is all that is left of it


def test_a_file_moved_then_rewritten_keeps_its_star_once_it_was_seen(folder: Folder) -> None:
    number = folder.put("a.txt", "one")
    folder.kept.star(number, True)
    folder.move("a.txt", "b.txt")
    folder.see()
    folder.put("b.txt", "rewritten")
    assert folder.kept.starred() == {number}


def test_a_folder_half_read_moves_no_star(folder: Folder) -> None:
    number = folder.put("a.txt", "one")
    folder.kept.star(number, True)
    folder.put("copy.txt", "one")
    folder.remove("a.txt")  # as after a rebuild that has not come to it yet
    catalogue.set_meta(folder.catalogue, "finished", "no")
    folder.see()
    again = folder.put("a.txt", "one")
    assert folder.kept.starred() == {again}


def test_what_is_kept_outlives_the_catalogue(folder: Folder, tmp_path: Path) -> None:
    folder.kept.star(folder.put("a.txt", "one"), True)
    folder.see()
    folder.catalogue.close()
    folder.kept.close()
    (tmp_path / "catalogue.sqlite").unlink()
    again = Folder(tmp_path)
    again.put("z.txt", "first now")
    number = again.put("a.txt", "one")
    assert again.kept.starred() == {number}
    assert again.kept.seen() is None and again.kept.new() == set()  # another catalogue counts from the start


def test_new_is_what_came_or_changed_since_it_was_seen(folder: Folder) -> None:
    one, two = folder.put("a.txt", "one"), folder.put("b.txt", "two")
    assert folder.kept.new() == set()
    folder.see()
    assert folder.kept.new() == set()
    three = folder.put("c.txt", "three")
    folder.put("b.txt", "two changed")
    folder.put("a.txt", "one", reader=2)  # read again by a newer reader, to the same text
    folder.move("a.txt", "d.txt")
    assert folder.kept.new() == {two, three}
    folder.see()
    assert folder.kept.new() == set() and one not in folder.kept.new()


def test_queries_are_kept_by_name(folder: Folder) -> None:
    kept = folder.kept
    kept.save_query("Tax-cut_1.a", ' tax OR "cut" ')
    kept.save_query("été", "summer")
    assert kept.saved_queries() == {"été": "summer", "Tax-cut_1.a": 'tax OR "cut"'}
    assert kept.saved_query("tax-cut_1.A") == 'tax OR "cut"'
    kept.save_query("TAX-CUT_1.A", "other")
    kept.save_query("été", "")
    assert kept.saved_queries() == {"TAX-CUT_1.A": "other"}


@pytest.mark.parametrize("name", ["", " ", "two words", "a/b", "@a", 'a"b', "a:b", "a\nb", "a\x1b[31m", "(a)", "a" * 101])
def test_a_bad_name_of_a_query_is_told_in_one_line(folder: Folder, name: str) -> None:
    with pytest.raises(ExplorerError) as told:
        folder.kept.save_query(name, "x")
    assert str(told.value).isprintable() and len(str(told.value)) < 200


@pytest.mark.parametrize("tag", ["", "  ", "two\nlines", "bell\x07", "\x1b[31m", "\u202eevil", "a" * 101])
def test_a_bad_tag_is_told_in_one_line(folder: Folder, tag: str) -> None:
    number = folder.put("a.txt", "one")
    with pytest.raises(ExplorerError) as told:
        folder.kept.tag(number, tag, True)
    assert str(told.value).isprintable() and len(str(told.value)) < 200
    assert folder.kept.tags() == {}


def test_a_document_that_is_gone_takes_no_star(folder: Folder) -> None:
    number = folder.put("a.txt", "one")
    folder.remove("a.txt")
    with pytest.raises(ExplorerError, match="any more"):
        folder.kept.star(number, True)


def test_the_version_tells_of_every_change(folder: Folder) -> None:
    number = folder.put("a.txt", "one")
    other = KeptStore(folder.at, folder.catalogue)
    seen = [folder.kept.version()]
    for change in (lambda: folder.kept.star(number, True), lambda: other.tag(number, "x", True), folder.see):
        change()
        assert folder.kept.version() not in seen
        seen.append(folder.kept.version())
        assert folder.kept.version() == seen[-1]
    assert folder.kept.tagged("x") == {number}


def test_a_damaged_file_and_one_of_a_newer_explorer_are_told(folder: Folder) -> None:
    (folder.at / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(ExplorerError, match="damaged") as told:
        folder.kept.starred()
    assert "\n" not in str(told.value)
    assert folder.kept.starred() == set(), "it is told once, and all works again"
    folder.kept.close()
    (folder.at / FILE).unlink()
    with sqlite3.connect(folder.at / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ExplorerError, match="newer explorer"):
        folder.kept.save_query("x", "y")


def test_a_place_that_cannot_be_written_is_told(folder: Folder, tmp_path: Path) -> None:
    kept = KeptStore(tmp_path / "gone", folder.catalogue)
    with pytest.raises(ExplorerError, match="cannot be kept"):
        kept.save_query("x", "y")
    assert kept.saved_queries() == {}
