"""Odd corpora and odd circumstances: the whole machine, a clock that jumps, few file handles, older and newer indexes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from explorer.cli.main import run
from explorer.index.corpus import CorpusIndex
from explorer.library import places
from explorer.library.library import Library
from explorer.model import ExplorerError
from tests.library.folders import counts, paths, refresh, write

EXPLORER = [sys.executable, "-P", "-m", "explorer"]


def test_the_whole_machine_is_asked_about_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link").symlink_to("/")
    for root in (Path("/"), Path("/usr/.."), tmp_path / "link"):
        with pytest.raises(ExplorerError, match=r"whole machine.*EXPLORER_WHOLE_MACHINE=1") as caught:
            places.corpus_folder(root)
        assert "\n" not in str(caught.value)
    for command in (["index", "/"], ["search", "word", "/"]):
        assert run(command) == 2
        said = capsys.readouterr().err
        assert "whole machine" in said and said.count("\n") == 1
    monkeypatch.setenv("EXPLORER_WHOLE_MACHINE", "1")
    assert places.corpus_folder(Path("/")) == Path("/")


def test_the_home_of_a_user_as_corpus_leaves_the_index_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the platform keeps data below the home folder."""
    monkeypatch.delenv("EXPLORER_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    write(tmp_path, "a.txt", "A story\n\nThe harbour froze.")
    with closing(Library(tmp_path)) as library:
        for _ in range(2):
            assert refresh(library).documents == 1
        assert places.home().resolve().is_relative_to(tmp_path.resolve())
        assert paths(library, "harbour") == ["a.txt"]


@pytest.mark.parametrize("kind", ["file", "missing", "loop", "too long", "nothing in it", "link", "not UTF-8"])
def test_what_a_corpus_may_be(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "corpus"
    if kind == "file":
        path.write_text("not a folder")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "too long":
        path = tmp_path / ("x" * 300)
    elif kind == "nothing in it":
        path.mkdir()
    elif kind == "link":
        write(tmp_path / "real", "a.txt", "A story\n\nThe harbour froze.")
        path.symlink_to(tmp_path / "real")
    elif kind == "not UTF-8":
        path = tmp_path / os.fsdecode(b"corpus\xff")
        write(path, "a.txt", "A story\n\nThe harbour froze.")
    if kind in ("nothing in it", "link", "not UTF-8"):
        with closing(Library(path)) as library:
            assert refresh(library).documents == len(paths(library, "harbour")) == (kind != "nothing in it")
    else:
        with pytest.raises(ExplorerError) as caught:
            Library(path)
        assert "\n" not in str(caught.value) and str(caught.value)


def test_a_clock_that_jumps_changes_nothing(library: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """States are compared by equality, limits go by a clock that never jumps."""
    future = time.time_ns() + 10**18
    os.utime(corpus / "a.txt", ns=(future, future))
    os.utime(corpus / "b.txt", ns=(-(10**18), -(10**18)))
    assert refresh(library).documents == 3
    for shift in (-(10**9), 10**9):
        now = time.time() + shift
        monkeypatch.setattr(time, "time", lambda now=now: now)
        monkeypatch.setattr(time, "time_ns", lambda now=now: int(now * 1e9))
        assert counts(refresh(library)) == (0, 0, 0, 3)
        assert paths(library, "harbour") == ["b.txt", "sub/c.md"]
    os.utime(corpus / "a.txt", ns=(0, 0))  # older than it was, and changed all the same
    write(corpus, "b.txt", "Beta story\n\nThe harbour was opened.")
    os.utime(corpus / "b.txt", ns=(-(10**18), -(10**18)))
    assert refresh(library).changed == 1 and paths(library, "opened") == ["b.txt", "sub/c.md"]


FEW = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
from explorer.library.library import Library
library = Library(Path(sys.argv[1]))
print(library.search("harbour").total, library.refresh(workers=4).documents, library.search("harbour").total)
"""


def test_few_handles_are_enough(tmp_path: Path) -> None:
    """Also where both indexes have as many parts as they ever get, and one process reads and writes them."""
    corpus = tmp_path / "corpus"
    for number in range(9):
        write(corpus, f"{number}.txt", f"Story {number}\n\nThe harbour froze. “It is cold,” said Jane Doe.")
    with closing(Library(corpus)) as library:
        refresh(library)
    with closing(CorpusIndex(places.data_folder(corpus), writable=True)) as index:
        for engine, entries in ((index.texts, index._entries), (index.quotes, index._quote_entries)):
            for number in engine.numbers():
                engine.apply(entries([number]), [number])
    write(corpus, "more.txt", "One more\n\nThe harbour froze.")
    done = subprocess.run([sys.executable, "-c", FEW, corpus], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["9", "10", "10"], done.stderr


def test_handles_are_back_at_their_number_after_2000_files(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    for number in range(2000):
        write(corpus, f"{number % 20}/{number}.txt", f"Story {number}")

    def handles() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    before = handles()
    with closing(Library(corpus)) as library:
        assert refresh(library).documents == 2000
        assert handles() <= before + 2, "the refresh holds nothing after its end"
        assert library.search("story", limit=1).total == 2000
    assert handles() <= before + 1


def test_an_older_format_is_brought_up_to_date_and_a_newer_one_left_alone(library: Library, corpus: Path) -> None:
    refresh(library)
    library.close()
    catalogue = places.data_folder(library.folder) / "catalogue.sqlite"
    with closing(sqlite3.connect(catalogue)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 1}")
    before = catalogue.read_bytes()
    for call in (lambda: library.search("harbour"), lambda: refresh(library)):
        with pytest.raises(ExplorerError, match="newer explorer") as caught:
            call()
        assert "\n" not in str(caught.value)
    assert catalogue.read_bytes() == before
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'index format'")
        connection.commit()
    with pytest.raises(ExplorerError, match=r"another version.*makes it anew"):
        library.search("harbour")
    assert counts(refresh(library)) == (0, 0, 0, 3)
    assert paths(library, "harbour") == ["b.txt", "sub/c.md"]


def test_two_runs_at_once_both_end_well(corpus: Path) -> None:
    """One writes, the other waits for it; a search meanwhile says who writes, and answers."""
    for number in range(60):
        write(corpus, f"many/{number}.txt", f"Story {number}\n\n“The harbour is quiet,” said Jane Doe of Port{number}.")
    running = [
        subprocess.Popen([*EXPLORER, "index", corpus, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    asked = subprocess.run([*EXPLORER, "search", "harbour", corpus], capture_output=True, text=True, check=False)
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert asked.returncode in (0, 1) and "Traceback" not in asked.stderr
    assert {json.loads(out)["documents"] for out, _ in said} == {63}
    with closing(Library(corpus)) as library:
        assert counts(refresh(library)) == (0, 0, 0, 63)


@pytest.mark.skipif(not shutil.which("unshare") or os.getuid() != 0, reason="only root can make a folder read-only for itself")
def test_a_corpus_on_a_disk_that_can_only_be_read(corpus: Path) -> None:
    script = f"mount --bind {corpus} {corpus} && mount -o remount,ro,bind {corpus} && ! touch {corpus}/x 2>/dev/null && "
    command = f"{script} {' '.join(EXPLORER)} index {corpus} && {' '.join(EXPLORER)} search harbour {corpus}"
    done = subprocess.run(["unshare", "-m", "sh", "-c", command], capture_output=True, text=True, check=False)
    if "permission denied" in done.stderr.lower():
        pytest.skip("nothing can be mounted here")
    assert done.returncode == 0 and "b.txt" in done.stdout, done.stderr
