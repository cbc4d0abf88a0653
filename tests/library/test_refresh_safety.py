"""What a refresh never does: lose an index, write to a folder, let others read; and how it stops and goes on."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.library import BusyError, places
from explorer.library.library import Library
from explorer.library.lock import lock
from explorer.model import ExplorerError, Progress
from tests.library.folders import counts, paths, refresh, write


def test_a_corpus_that_vanishes_keeps_its_index(library: Library, corpus: Path) -> None:
    refresh(library)
    corpus.rename(corpus.with_name("away"))
    with pytest.raises(ExplorerError) as caught:
        refresh(library)
    assert "\n" not in str(caught.value)
    assert paths(library, "harbour") == ["b.txt", "sub/c.md"]
    corpus.with_name("away").rename(corpus)
    assert counts(refresh(library)) == (0, 0, 0, 3)


def test_a_corpus_that_is_suddenly_empty_keeps_its_index(library: Library, corpus: Path) -> None:
    for number in range(12):
        write(corpus, f"many/{number}.txt", f"Story {number}\n\nThe harbour was quiet.")
    refresh(library)
    corpus.rename(corpus.with_name("away"))
    corpus.mkdir()
    with pytest.raises(ExplorerError, match="empty now"):
        refresh(library)
    assert library.search("harbour", limit=99).total == 14


def test_an_index_inside_the_corpus_is_skipped(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(corpus / "..kept"))
    library = Library(corpus)
    for _ in range(2):
        report = refresh(library)
        assert report.documents == 3
        assert [note.path for note in report.skipped if note.path.startswith("..kept")] == ["..kept"]
    library.close()


@pytest.mark.parametrize("below", [False, True])
def test_the_index_itself_is_no_corpus(corpus: Path, monkeypatch: pytest.MonkeyPatch, below: bool) -> None:
    monkeypatch.setenv("EXPLORER_HOME", str(corpus.parent if below else corpus))
    before = _listing(corpus)
    with pytest.raises(ExplorerError, match="keeps its indexes"):
        Library(corpus)
    assert _listing(corpus) == before


def _listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    found = {}
    for path in (folder, *folder.rglob("*")):
        state = path.lstat()
        found[str(path)] = (state.st_mtime_ns, state.st_mode, state.st_size)
    return found


@pytest.mark.parametrize("read_only", [False, True])
def test_the_corpus_is_never_written_to(library: Library, corpus: Path, read_only: bool) -> None:
    write(corpus, "page.html", "<html><body><p>A page of some length, with words enough in it.</p></body></html>")
    write(corpus, "mail.eml", "From: a@example.org\nTo: b@example.org\nSubject: Hello\n\nThe harbour is open.\n")
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing else")
    if read_only:
        for path in (corpus / "sub", corpus):
            path.chmod(0o500)
    before = _listing(corpus)
    refresh(library)
    library.search("harbour")
    refresh(library)
    assert _listing(corpus) == before
    for path in (corpus, corpus / "sub"):
        path.chmod(0o700)


def test_what_is_kept_is_for_the_owner_alone(library: Library, home: Path) -> None:
    old = os.umask(0)
    try:
        refresh(library)
        library.search("harbour")
        places.save_session(library.folder, {"query": "x"})
    finally:
        os.umask(old)
    folders = [home, *(path for path in home.rglob("*") if path.is_dir())]
    assert places.data_folder(library.folder) in folders
    assert {oct(stat.S_IMODE(folder.stat().st_mode)) for folder in folders} == {"0o700"}
    assert stat.S_IMODE((places.data_folder(library.folder) / "catalogue.sqlite").stat().st_mode) == 0o600


def test_an_index_that_others_could_have_written_is_refused(library: Library) -> None:
    refresh(library)
    places.data_folder(library.folder).chmod(0o777)
    with pytest.raises(ExplorerError, match="written by others"):
        Library(library.folder)


def test_excluded_files(library: Library, corpus: Path) -> None:
    write(corpus, ".hidden.txt", "harbour")
    write(corpus, "node_modules/x.txt", "harbour")
    report = refresh(library, exclude=["*.md", "b.*"])
    assert report.documents == 1
    assert {note.path for note in report.skipped} == {".hidden.txt", "node_modules", "b.txt", "sub/c.md"}
    assert {note.path for note in library.status().skipped} == {".hidden.txt", "node_modules", "b.txt", "sub/c.md"}
    assert counts(refresh(library)) == (0, 0, 0, 1), "what was left out stays left out"
    assert library.status().excluded == ("*.md", "b.*")
    assert refresh(library, rebuild=True).documents == 1
    assert counts(refresh(library, exclude=[""])) == (2, 0, 0, 1)


def test_cancelled_in_the_middle_then_resumed(library: Library, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.library.running.REPORT_SECONDS", 0.0)
    for number in range(500):
        write(corpus, f"many/{number}.txt", f"Story {number}\n\nThe harbour number probe{number} was quiet.")
    seen: list[Progress] = []
    report = refresh(library, tell=seen.append, cancelled=lambda: any(p.phase == "text" and p.done > 5 for p in seen))
    assert report.cancelled and 0 < report.documents < 503
    assert library.search("harbour", limit=1).total > 0
    report = refresh(library)
    assert report.documents == 503 and not report.cancelled
    assert library.search("harbour", limit=1).total == 502
    assert library.status().analysed == 503


def test_cancelled_before_it_began_removes_nothing(library: Library) -> None:
    refresh(library)
    assert refresh(library, cancelled=lambda: True).documents == 3
    assert paths(library, "harbour") == ["b.txt", "sub/c.md"]


def test_cancelled_while_analysing_then_resumed(library: Library, corpus: Path) -> None:
    for number in range(60):
        write(corpus, f"many/{number}.txt", f"Story {number}\n\n“The harbour is quiet,” said Jane Doe.")
    seen: list[Progress] = []
    refresh(library, tell=seen.append, cancelled=lambda: any(p.phase == "meaning" for p in seen))
    assert library.search("harbour", limit=1).total == 62
    refresh(library)
    assert library.status().analysed == 63


def test_a_second_writer_is_told_who_writes(library: Library) -> None:
    folder = places.data_folder(library.folder)
    refresh(library)
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys, pathlib; from explorer.library.lock import lock\n"
            "with lock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()",
            str(folder / "writing"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin and holder.stdout
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=rf"process {holder.pid}\b"):
            refresh(library)
        assert paths(library, "harbour") == ["b.txt", "sub/c.md"]
    finally:
        holder.stdin.close()
        holder.wait()
    refresh(library)


def test_a_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), lock(tmp_path / "lock"):
        raise ValueError("inside")
    with lock(tmp_path / "lock"):
        pass


def test_a_reader_sees_a_rebuild_by_another(corpus: Path) -> None:
    reader, writer = Library(corpus), Library(corpus)
    refresh(writer)
    assert paths(reader, "harbour") == ["b.txt", "sub/c.md"]
    write(corpus, "d.txt", "Delta\n\nThe harbour froze.")
    refresh(writer, rebuild=True)
    assert paths(reader, "harbour") == ["b.txt", "d.txt", "sub/c.md"]
    assert reader.document(reader.search("froze").passages[0].document).path == "d.txt"
    reader.close()
    writer.close()


def test_a_reader_sees_each_refresh_and_holds_no_more_files(corpus: Path) -> None:
    reader, writer = Library(corpus), Library(corpus)
    assert reader.search("harbour").total == 0
    handles = []
    for number in range(10):
        write(corpus, f"{number}.txt", f"Story {number}\n\nThe harbour probe{number}.")
        refresh(writer)
        assert reader.search(f"probe{number}").total == 1
        handles.append(len(list(Path("/proc/self/fd").iterdir())))
    assert reader.search("harbour").total == 12
    assert max(handles[-2:]) <= max(handles[4:7]) + 16, "each part of the index that was joined is closed"
    reader.close()
    writer.close()


def test_odd_names(library: Library, corpus: Path) -> None:
    names = [
        b"new\nline.txt",
        b"esc\x1b[31m.txt",
        b"latin\xe9.txt",
        "cafe\u0301.txt".encode(),
        b"[bold].txt",
        b"-rf.txt",
        b"a b.txt",
    ]
    for name in names:
        (Path(os.fsdecode(os.fsencode(corpus) + b"/" + name))).write_text("Odd story\n\nThe walrus slept.")
    report = refresh(library)
    assert report.documents == 3 + len(names)
    found = paths(library, "walrus")
    assert len(found) == len(names)
    for path in found:
        path.encode("utf-8")
        assert path.isprintable()
    assert counts(refresh(library)) == (0, 0, 0, 3 + len(names))
