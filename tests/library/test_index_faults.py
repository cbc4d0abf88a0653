"""The index under faults: a full disk, a place that cannot be written, files damaged, removed, or put there by others."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.cli.main import run
from explorer.index.kept_copy import MendedError
from explorer.library import places
from explorer.library.client import Client
from explorer.library.library import Library
from explorer.library.service import as_told
from explorer.model import DamagedError, ExplorerError, Report
from tests.faults.conftest import as_anybody as give_up_rights
from tests.library.folders import refresh, take_home, write
from tests.library.harm import HARMS, cut, flip

EXPLORER = [sys.executable, "-P", "-m", "explorer"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A corpus, and the home with its index and what a reader keeps; both to be copied."""
    root = tmp_path_factory.mktemp("faults")
    corpus = root / "corpus"
    for number in range(30):
        write(
            corpus,
            f"{number}.txt",
            f"Story {number}\n\nThe harbour of probe{number} froze.\n\n“The ice is thick,” said Jane Doe.",
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_HOME", str(root / "home"))
        with closing(Library(corpus)) as library:
            refresh(library)
            library.star(1, True)
            library.tag(2, "cold", True)
            library.save_query("ice", "probe*")
            library.note_seen()
    yield corpus, root / "home"


@pytest.fixture
def corpus(built: tuple[Path, Path], home: Path) -> Path:
    take_home(built[1], home)
    return built[0]


@pytest.fixture
def data(corpus: Path) -> Path:
    return places.data_folder(corpus)


def answers(library: Library) -> list[object]:
    """What can be asked of all parts of an index, and what the reader keeps."""
    found: list[object] = [
        sorted((p.path, p.title, p.hits) for p in library.search(query, limit=99).passages)
        for query in ("harbour", "probe7", "said:ice", "by:doe", "is:starred", "tag:cold", "@ice")
    ]
    return [*found, library.entities(), library.quotes("probe3"), library.saved_queries(), library.status().documents]


@pytest.mark.parametrize(
    ("engine", "harm"),
    [*(("whoosh", harm) for harm in HARMS), ("tantivy", flip)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_every_file_damaged_one_by_one(
    corpus: Path, data: Path, tmp_path: Path, engine: str, harm: Callable[[Path], None]
) -> None:
    """Each answer is as before or says which part is damaged; that part is then made anew, and all answers are as before."""
    if engine == "tantivy":
        pytest.importorskip("tantivy")
    with closing(Library(corpus)) as library:
        refresh(library, engine=engine)
        expected = answers(library)
    shutil.copytree(data, tmp_path / "intact")
    names = sorted(str(path.relative_to(data)) for path in data.rglob("*") if path.is_file() and path.stat().st_size)
    kinds = {Path(name).suffix for name in names}
    assert kinds >= {
        ".sqlite",
        ".json",
        *((".sums", ".toc", ".trm", ".pst") if engine == "whoosh" else (".term", ".idx", ".fast")),
    }
    told: dict[str, str] = {}
    for name in names:
        shutil.rmtree(data)
        shutil.copytree(tmp_path / "intact", data)
        harm(data / name)
        library = Library(corpus)
        for _ in range(3):
            try:
                assert answers(library) == expected, name
                break
            except DamagedError as error:
                assert "\n" not in str(error) and "explorer index" in str(error)
                told[name] = error.part
                refresh(library, rebuild=error.part == "catalogue")
            except MendedError as error:
                assert "\n" not in str(error) and "taken from their copy" in str(error)
                told[name] = "kept"
        else:
            raise AssertionError(f"{name} is not mended")
        library.close()
    assert told["catalogue.sqlite"] == "catalogue"
    assert told.get("kept.sqlite") == "kept" or harm is flip, "20 flips in a file that is mostly empty may hit nothing"
    files = {name for name in names if "/" in name}
    if engine == "whoosh":
        assert {told.get(name) for name in files} == {"index"}, "no file of the index is damaged unseen"
    assert set(told) <= {*files, "catalogue.sqlite", "kept.sqlite"}, "no false alarm"


def test_the_damage_of_a_running_search_names_its_part(corpus: Path, data: Path) -> None:
    told = pickle.loads(pickle.dumps(DamagedError("gone", "catalogue")))
    assert (str(told), told.part) == ("gone", "catalogue")
    library = Library(corpus)
    assert library.search("harbour").total == 30
    with (data / "catalogue.sqlite").open("r+b") as file:  # the very file that is open
        file.write(b"x" * os.fstat(file.fileno()).st_size)
    library._index.connection.execute("PRAGMA shrink_memory")  # a larger catalogue does not fit into memory
    with pytest.raises((DamagedError, sqlite3.DatabaseError)) as caught:
        library.document(library.search("probe5").passages[0].document)
    error = as_told(caught.value, "search")
    assert isinstance(error, DamagedError) and error.part == "catalogue"


def test_a_refresh_says_that_the_catalogue_is_damaged_and_a_rebuild_mends_it(corpus: Path, data: Path) -> None:
    flip(data / "catalogue.sqlite")
    library = Library(corpus)
    with pytest.raises(DamagedError, match="--rebuild"):
        refresh(library)
    assert refresh(library, rebuild=True).documents == 30
    assert library.status().documents == 30 and library.saved_queries() == {"ice": "probe*"}
    assert [p.path for p in library.search("is:starred").passages] and library.search("tag:cold").total == 1
    library.close()


def test_a_catalogue_that_is_being_written_is_not_taken_for_damaged(corpus: Path, data: Path) -> None:
    """As after a stop in the middle of a refresh: there is no checksum then."""
    library = Library(corpus)
    seen = refresh(library, tell=lambda _: None)
    assert seen.unchanged == 30 and (data / "catalogue.sums").exists()
    from explorer.index.corpus import CorpusIndex

    index = CorpusIndex(data, writable=True)
    assert not (data / "catalogue.sums").exists()
    index.change(lambda connection: connection.execute("UPDATE meta SET value = value"))
    index.texts.close()
    index.quotes.close()
    index.connection.close()
    assert library.search("harbour").total == 30
    library.close()


def test_a_copied_index_is_read_through_once_and_taken(corpus: Path, data: Path) -> None:
    shutil.copy(data / "catalogue.sqlite", data / "other")
    (data / "other").replace(data / "catalogue.sqlite")  # other times, another inode
    with closing(Library(corpus)) as library:
        assert library.search("harbour").total == 30


def test_an_index_removed_under_a_search_is_told_and_made_anew(corpus: Path, data: Path) -> None:
    library = Library(corpus)
    expected = answers(library)
    shutil.rmtree(data)
    for _ in range(2):
        with pytest.raises(DamagedError, match="removed") as caught:
            library.search("harbour")
        assert caught.value.part == "gone"
    with closing(Library(corpus)) as other:  # as the app's indexing process does at the key
        refresh(other, rebuild=True)
    assert library.search("harbour").total == 30
    assert sorted((p.path, p.title, p.hits) for p in library.search("harbour", limit=99).passages) == expected[0]
    library.close()


async def test_the_app_s_processes_tell_what_is_damaged_and_one_call_mends_it(corpus: Path, home: Path, data: Path) -> None:
    client = Client(corpus)
    assert (await client.search("harbour")).total == 30
    shutil.rmtree(home)
    with pytest.raises(DamagedError, match="removed") as caught:
        await client.search("harbour")
    assert caught.value.part == "gone"
    await client.refresh(rebuild=True)
    async for event in client.events():
        if isinstance(event, Report):
            break
    assert (await client.search("harbour")).total == 30
    await client.close()


def test_damaged_stars_without_a_copy_are_set_aside_and_told(corpus: Path, data: Path) -> None:
    (data / "kept.json").unlink()
    cut(data / "kept.sqlite")
    damaged = (data / "kept.sqlite").read_bytes()
    with closing(Library(corpus)) as library:
        with pytest.raises(MendedError, match=r"begin anew.*kept-damaged-1\.sqlite"):
            library.search("harbour")
        assert library.search("harbour").total == 30 and library.saved_queries() == {}
    assert (data / "kept-damaged-1.sqlite").read_bytes() == damaged


def test_a_refresh_does_not_hide_that_stars_were_mended(corpus: Path, data: Path) -> None:
    flip(data / "kept.sqlite")
    cut(data / "kept.sqlite")
    library = Library(corpus)
    with pytest.raises(MendedError):
        refresh(library)
    assert refresh(library).documents == 30 and library.search("tag:cold").total == 1
    library.close()


@pytest.mark.parametrize("place", ["home", "corpora", "data", "texts", "file"])
@pytest.mark.parametrize("fault", ["writable", "stranger", "link"])
def test_what_others_could_have_written_is_refused(corpus: Path, home: Path, data: Path, place: str, fault: str) -> None:
    toc = next((data / "texts").glob("*.toc"))
    path = {"home": home, "corpora": data.parent, "data": data, "texts": data / "texts", "file": toc}[place]
    if (place, fault) in (("home", "writable"), ("home", "link")):
        pytest.skip("the home is closed to others when it is opened, and may be a link of its owner's")
    if fault == "writable":
        path.chmod(path.stat().st_mode | 0o022)
    elif fault == "link":
        path.rename(path.with_name("elsewhere"))
        path.symlink_to(path.with_name("elsewhere"))
    elif os.getuid():
        pytest.skip("only root can give a file to somebody else")
    else:
        os.chown(path, 65534, 65534)
    with pytest.raises(ExplorerError, match="by others") as caught:
        Library(corpus)
    assert "\n" not in str(caught.value)


def test_a_disk_that_is_full_is_told_and_the_old_index_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.getuid() or not shutil.which("mount"):
        pytest.skip("a small disk can be made by root only")
    (tmp_path / "disk").mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tmp_path / "disk"], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        monkeypatch.setenv("EXPLORER_HOME", str(tmp_path / "disk" / "home"))
        corpus = tmp_path / "corpus"
        write(corpus, "first.txt", "First story\n\nThe harbour froze.")
        library = Library(corpus)
        refresh(library)
        chance = random.Random(3)
        for number in range(8):
            words = " ".join(f"w{chance.randrange(10**7)}" for _ in range(9000))
            write(corpus, f"{number}.txt", f"Story {number}\n\nThe harbour {words}.")
        with pytest.raises(ExplorerError, match=r"disk is full.* up to \d+ MB") as caught:
            refresh(library)
        assert str(places.data_folder(corpus)) in str(caught.value) and "\n" not in str(caught.value)
        assert library.search("first harbour").total == 1
        assert all(library.search(f"path:{p.path}").total == 1 for p in library.search("harbour").passages), "nothing half"
        assert not library.status().finished
        library.close()
        subprocess.run(["mount", "-o", "remount,size=64m", tmp_path / "disk"], check=True)
        assert refresh(library).documents == 9 and library.search("harbour").total == 9
        library.close()
    finally:
        subprocess.run(["umount", "-l", tmp_path / "disk"], check=True)


def as_anybody(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the program as one who may not write everywhere."""
    return run_as_anybody([*EXPLORER, *map(str, arguments)], **environment)


def run_as_anybody(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command without root's right to write everywhere."""
    return subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=give_up_rights,
    )


def test_an_index_that_cannot_be_written_is_asked_as_it_is(corpus: Path, home: Path) -> None:
    for folder in (*home.rglob("*/"), home):
        folder.chmod(0o500)
    try:
        ran = as_anybody("search", "probe7", corpus, EXPLORER_HOME=str(home))
        assert (ran.returncode, "7.txt" in ran.stdout) == (0, True), ran.stderr
        assert "cannot be written" in ran.stderr and "asked as it is" in ran.stderr and ran.stderr.count("\n") == 1
        ran = as_anybody("search", "is:starred", corpus, "--no-update", EXPLORER_HOME=str(home))
        assert ran.returncode == 0 and not ran.stderr
    finally:
        for folder in (home, *home.rglob("*/")):
            folder.chmod(0o700)


def test_where_nothing_can_be_kept_a_search_works_all_the_same(tmp_path: Path) -> None:
    corpus, unwritable, temporary = tmp_path / "corpus", tmp_path / "unwritable", tmp_path / "temporary"
    write(corpus, "a.txt", "A story\n\nThe harbour froze.")
    unwritable.mkdir()
    temporary.mkdir()
    unwritable.chmod(0o500)
    ran = as_anybody("search", "harbour", corpus, EXPLORER_HOME=str(unwritable / "home"), TMPDIR=str(temporary))
    assert ran.returncode == 0 and "a.txt" in ran.stdout, ran.stderr
    assert "temporary folder until you leave" in ran.stderr and ran.stderr.count("\n") == 1
    assert not list(temporary.iterdir()) and [path.name for path in corpus.iterdir()] == ["a.txt"]
    ran = as_anybody("index", corpus, EXPLORER_HOME=str(unwritable / "home"))
    assert ran.returncode == 2 and "cannot be kept" in ran.stderr and ran.stderr.count("\n") == 1
    ran = as_anybody("search", "harbour", corpus, EXPLORER_HOME=str(unwritable / "home"), TMPDIR=str(corpus))
    assert ran.returncode == 2 and "nor in a temporary folder" in ran.stderr, "never in the corpus"
    unwritable.chmod(0o700)


APP = """
import asyncio, pathlib, sys
from explorer.library.client import Client
from explorer.model import ExplorerError, Report

async def main():
    client = Client(pathlib.Path(sys.argv[1]))
    print(client.note)
    print((await client.search("harbour")).total)
    await client.refresh()
    try:
        async for event in client.events():
            if isinstance(event, Report):
                print("read", event.documents)
                break
    except ExplorerError as error:
        print(error)
    print((await client.search("harbour")).total)
    await client.close()

asyncio.run(main())
"""


def test_the_app_s_processes_in_a_place_that_cannot_be_written(corpus: Path, home: Path, tmp_path: Path) -> None:
    """With an index there it is asked; with none all is kept for now. What comes of the log is no matter."""
    (home / "explorer.log").unlink(missing_ok=True)
    for folder in (*home.rglob("*/"), home):
        folder.chmod(0o500)
    try:
        ran = run_as_anybody([sys.executable, "-c", APP, str(corpus)])
        note, before, said, after = ran.stdout.split("\n")[:4]
        assert (note, before, after) == ("", "30", "30") and "cannot be written" in said, ran.stderr
        write(tmp_path / "other", "a.txt", "A story\n\nThe harbour froze.")
        (tmp_path / "temporary").mkdir()
        ran = run_as_anybody([sys.executable, "-c", APP, str(tmp_path / "other")], TMPDIR=str(tmp_path / "temporary"))
        note, before, said, after = ran.stdout.split("\n")[:4]
        assert (before, said, after) == ("0", "read 1", "1") and "until you leave" in note, ran.stderr
        assert not list((tmp_path / "temporary").iterdir())
    finally:
        for folder in (home, *home.rglob("*/")):
            folder.chmod(0o700)


def test_what_is_kept_of_a_reader_is_compared_with_its_copy(corpus: Path, data: Path) -> None:
    """A byte that was flipped in a saved query is a saved query to SQLite."""
    found = (data / "kept.sqlite").read_bytes()
    assert found.count(b"probe*") == 1
    (data / "kept.sqlite").write_bytes(found.replace(b"probe*", b"prove*"))
    with closing(Library(corpus)) as library:
        with pytest.raises(MendedError, match="taken from their copy"):
            library.saved_queries()
        assert library.saved_queries() == {"ice": "probe*"}


def test_the_command_line_says_a_word_and_goes_on(corpus: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*words: str) -> tuple[int, str]:
        code = run([*words, str(corpus)])
        return code, capsys.readouterr().err

    cut(data / "kept.sqlite")
    code, told = said("search", "@ice")
    assert code == 0 and "taken from their copy" in told and told.count("\n") == 1
    cut(next((data / "texts").glob("*.trm")))
    code, told = said("search", "@ice")
    assert code == 0 and "made anew from the catalogue" in told and told.count("\n") == 1
    with closing(sqlite3.connect(data / "catalogue.sqlite")) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'index format'")
        connection.commit()
    code, told = said("index")
    assert code == 0 and "another version; it is brought up to date" in told and told.count("\n") == 1
    flip(data / "catalogue.sqlite")
    for command in ("index", "status"):
        code, told = said(command)
        assert code == 2 and "--rebuild" in told and told.count("\n") == 1
    assert said("index", "--rebuild") == (0, "")
    assert said("search", "@ice") == (0, "")
