"""A damaged index is noticed, said in one line and made anew from the catalogue, without reading a file again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explorer.index.engine import DamagedIndexError
from explorer.library import places
from explorer.library.library import Library
from explorer.library.service import as_told
from explorer.model import ExplorerError, Progress
from tests.library.folders import take_home
from tests.library.harm import HARMS, cut, empty


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A corpus and the home with its index, both to be copied."""
    root = tmp_path_factory.mktemp("built")
    corpus = root / "corpus"
    corpus.mkdir()
    for number in range(30):
        text = f"Story {number}\n\nThe harbour of probe{number} froze.\n\n“The ice is thick,” said Jane Doe."
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_HOME", str(root / "home"))
        library = Library(corpus)
        library.refresh(workers=1)
        (corpus / "3.txt").write_text("Story 3\n\nThe harbour of probe3 thawed.")
        library.refresh(workers=1)
        library.close()
    yield corpus, root / "home"


@pytest.fixture
def corpus(built: tuple[Path, Path], home: Path) -> Path:
    take_home(built[1], home)
    return built[0]


FILES = ("texts/_MAIN_*.toc", "texts/*.trm", "texts/*.pst", "texts/*.sums", "quotes/_MAIN_*.toc", "quotes/*.pst")


def _answers(library: Library) -> list[object]:
    queries = ("harbour", "probe7", '"ice is thick"', "said:ice", "by:doe", "thawed")
    return [sorted((p.path, p.hits) for p in library.search(query).passages) for query in queries]


@pytest.mark.parametrize("pattern", FILES)
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_damage_is_noticed_and_mended_from_the_catalogue(corpus: Path, pattern: str, harm: Callable[[Path], None]) -> None:
    library = Library(corpus)
    expected = _answers(library)
    library.close()
    for path in places.data_folder(corpus).glob(pattern):
        harm(path)
    damaged = Library(corpus)
    with pytest.raises(DamagedIndexError) as caught:
        _answers(damaged)
    assert "\n" not in str(caught.value) and "damaged" in str(caught.value)
    seen: list[Progress] = []
    report = damaged.refresh(seen.append, workers=1)
    assert report.documents == report.unchanged == 30
    assert not [progress for progress in seen if progress.phase in ("text", "meaning") and progress.total], (
        "nothing is read again"
    )
    assert _answers(damaged) == expected
    damaged.close()


@pytest.mark.parametrize("name", ["texts", "quotes"])
def test_a_missing_index_is_made_anew(corpus: Path, name: str) -> None:
    library = Library(corpus)
    expected = _answers(library)
    library.close()
    shutil.rmtree(places.data_folder(corpus) / name)
    again = Library(corpus)
    again.refresh(workers=1)
    assert _answers(again) == expected
    again.close()


def test_an_index_that_lost_documents_gets_them_back(corpus: Path) -> None:
    """As after a power cut that took the last commit."""
    library = Library(corpus)
    expected = _answers(library)
    texts = library._index.texts
    texts.apply((), sorted(texts.numbers())[:7])
    library._index.quotes.apply((), sorted(library._index.quotes.numbers())[:3])
    library.close()
    library.refresh(workers=1)
    assert _answers(library) == expected
    library.close()


def test_an_index_of_another_format_is_made_anew(corpus: Path) -> None:
    library = Library(corpus)
    expected = _answers(library)
    library._index.connection.execute("UPDATE meta SET value = '0' WHERE key = 'index format'")
    library.close()
    with pytest.raises(ExplorerError, match="another version"):
        library.search("harbour")
    library.refresh(workers=1)
    assert _answers(library) == expected
    library.close()


def test_a_newer_catalogue_is_left_alone(corpus: Path) -> None:
    path = places.data_folder(corpus) / "catalogue.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    library = Library(corpus)
    for call in (lambda: library.search("x"), lambda: library.refresh(workers=1)):
        with pytest.raises(ExplorerError, match="format 99"):
            call()
    assert sqlite3.connect(path).execute("SELECT COUNT(*) FROM document").fetchone() == (30,)


@pytest.mark.parametrize(
    "harm", [cut, empty, lambda path: path.write_bytes(b"no database at all" * 500)], ids=["cut", "empty", "other"]
)
def test_a_damaged_catalogue_is_said_in_one_line(corpus: Path, harm: Callable[[Path], None]) -> None:
    harm(places.data_folder(corpus) / "catalogue.sqlite")
    library = Library(corpus)
    for call in (lambda: library.search("harbour"), library.status):
        with pytest.raises((ExplorerError, sqlite3.DatabaseError)) as caught:
            call()
        said = str(as_told(caught.value, "search"))
        assert "catalogue" in said and "explorer" in said and "\n" not in said
    assert library.refresh(rebuild=True, workers=1).documents == 30
    assert library.search("harbour").total == 30
    library.close()


def test_forgotten_while_open(corpus: Path) -> None:
    library = Library(corpus)
    assert library.search("harbour").total == 30
    assert places.forget(corpus) and not places.forget(corpus)
    fresh = Library(corpus)
    assert fresh.search("harbour").total == 0
    fresh.refresh(workers=1)
    assert fresh.search("harbour").total == library.search("harbour").total == 30
    fresh.close()
    library.close()
