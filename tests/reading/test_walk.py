"""What a folder holds: files in order, one note for each thing passed over, links never followed."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from explorer.model import ExplorerError, Note
from explorer.reading.walk import DEFAULT_EXCLUDES, Found, walk


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)


def listed(root: Path, *exclude: str) -> tuple[list[str], dict[str, str]]:
    items = list(walk(root, exclude))
    notes = {item.path: item.reason for item in items if isinstance(item, Note)}
    return [item.path for item in items if isinstance(item, Found)], notes


def test_files_come_by_name_with_the_numbers_of_stat(tmp_path: Path) -> None:
    make(tmp_path, "b/c.txt", "b/a.txt", "a.txt", "z.txt", "B.txt")
    assert listed(tmp_path) == (["B.txt", "a.txt", "z.txt", "b/a.txt", "b/c.txt"], {})
    found = next(item for item in walk(tmp_path) if item.path == "a.txt")
    stat = (tmp_path / "a.txt").stat()
    assert found == Found("a.txt", stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


@pytest.mark.parametrize(
    ("path", "noted", "reason"),
    [
        (".git/config", ".git", "skipped: hidden"),
        (".hidden.txt", ".hidden.txt", "skipped: hidden"),
        ("node_modules/x/y.txt", "node_modules", "skipped: cache"),
        ("~$report.docx", "~$report.docx", "skipped: lock file"),
        (".~lock.report.odt#", ".~lock.report.odt#", "skipped: lock file"),
        ("a.txt~", "a.txt~", "skipped: temporary file"),
        ("a.swp", "a.swp", "skipped: temporary file"),
        ("Thumbs.db", "Thumbs.db", "skipped: system file"),
    ],
)
def test_default_rules_note_each_thing_once(tmp_path: Path, path: str, noted: str, reason: str) -> None:
    make(tmp_path, "kept.txt", path)
    assert listed(tmp_path) == (["kept.txt"], {noted: reason})


@pytest.mark.parametrize("pattern", ["drafts", "drafts/", "draft*", "news/drafts", "*/drafts"])
def test_own_patterns_hold_names_and_paths(tmp_path: Path, pattern: str) -> None:
    make(tmp_path, "news/drafts/a.txt", "news/b.txt")
    assert listed(tmp_path, pattern) == (["news/b.txt"], {"news/drafts": f"skipped: excluded by {pattern}"})


def test_links_and_special_files_are_noted_and_never_opened(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        folder = os.open(tmp_path, os.O_RDONLY)
        try:
            made.bind(f"/proc/self/fd/{folder}/sock")
        finally:
            os.close(folder)
        files, notes = listed(tmp_path)
    assert files == ["real/a.txt"]
    assert set(notes) == {"loop", "link.txt", "pipe", "sock"}
    assert "link" in notes["loop"] and "pipe" in notes["pipe"] and "socket" in notes["sock"]


def test_odd_names_survive(tmp_path: Path) -> None:
    names = [b"caf\xe9.txt", b"new\nline.txt", b"\x1b[31m.txt", b"[bold].txt", "é.txt".encode(), b"-rf.txt"]
    for name in names:
        os.close(os.open(os.fsencode(tmp_path) + b"/" + name, os.O_CREAT))
    files, notes = listed(tmp_path)
    assert sorted(map(os.fsencode, files)) == sorted(names)
    assert not notes


def test_depth_beyond_what_the_system_takes_is_noted_once(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    make(tmp_path, "a.txt")
    files, notes = listed(tmp_path)
    assert files == ["a.txt"]
    assert list(notes.values()) == ["unreadable folder: path too long"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_noted_as_it_is(tmp_path: Path) -> None:
    make(tmp_path, "closed/a.txt", "open/b.txt")
    (tmp_path / "closed").chmod(0)
    try:
        files, notes = listed(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert files == ["open/b.txt"]
    assert notes == {"closed": "unreadable folder: permission denied"}


def test_a_folder_that_vanishes_meanwhile_is_noted(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "gone/b.txt")
    items = walk(tmp_path)
    assert isinstance(next(items), Found)
    (tmp_path / "gone" / "b.txt").unlink()
    (tmp_path / "gone").rmdir()
    assert list(items) == [Note("gone", "unreadable folder: no such file or directory", "no access")]


def test_a_root_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    with pytest.raises(ExplorerError, match=r"there is no such folder"):
        walk(tmp_path / "none\x1b[31m")
    with pytest.raises(ExplorerError, match=r"is a file, not a folder"):
        walk(tmp_path / "a.txt")
    with pytest.raises(ExplorerError) as caught:
        walk(str(tmp_path / "nul\0"))
    assert "\n" not in str(caught.value) and "\0" not in str(caught.value)


def test_a_root_that_is_a_link_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "real/a.txt")
    (tmp_path / "root").symlink_to("real")
    assert listed(tmp_path / "root") == (["a.txt"], {})


def test_ten_thousand_files_take_well_under_a_second(tmp_path: Path) -> None:
    for number in range(10_000):
        os.close(os.open(tmp_path / f"{number}.txt", os.O_CREAT))
    start = time.process_time()
    assert len(list(walk(tmp_path))) == 10_000
    assert time.process_time() - start < 0.3


def test_the_default_rules_are_public() -> None:
    assert {"node_modules", ".*", "~$*"} <= set(DEFAULT_EXCLUDES)
