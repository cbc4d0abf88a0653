"""The files of the engine on tantivy: one writer, all of a step or nothing, and damage that is told."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

import explorer
from explorer.index import tantivy_engine, tantivy_seal
from explorer.index.engine import Asking, DamagedIndexError, Entry
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Part, PartKind, Phrase
from explorer.index.tantivy_engine import TantivyEngine
from explorer.model import ExplorerError

os.environ["RUST_BACKTRACE"] = "0"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    made = TantivyEngine(tmp_path / "index")
    yield made
    made.close()


def word(text: str, kind: PartKind = "exact", distance: int = 0) -> Phrase:
    return Phrase((Part(text, kind, distance),), text)


def test_a_failure_in_the_middle_leaves_all_as_it_was(engine: TantivyEngine) -> None:
    engine.apply([Entry(1, "", "one")])

    def failing() -> Iterator[Entry]:
        yield Entry(2, "", "two")
        raise RuntimeError("the text cannot be read")

    with pytest.raises(RuntimeError):
        engine.apply(failing(), {1})
    assert engine.numbers() == {1}
    engine.apply([Entry(3, "", "three")])
    assert engine.numbers() == {1, 3}


def test_a_searcher_sees_one_state_until_it_is_refreshed(tmp_path: Path) -> None:
    writer, reader = (TantivyEngine(tmp_path / "index") for _ in range(2))
    for number in range(30):  # enough for tantivy to join parts and remove their files
        writer.apply([Entry(number, "", "oil")], {max(number - 3, 0)})
    asking = Asking(lambda _: set(), lambda _: ())
    assert reader.numbers() == set()
    reader.refresh()
    assert reader.matching(word("oil"), asking) == {27, 28, 29}
    writer.compact(lambda _: ())
    writer.apply([], {28})
    assert reader.matching(word("oil"), asking) == {27, 28, 29}
    reader.refresh()
    assert reader.matching(word("oil"), asking) == {27, 29}


def test_one_writer_at_a_time_and_others_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy_engine, "WAIT", 0.2)
    first, second = (TantivyEngine(tmp_path / "index") for _ in range(2))
    first.apply([Entry(1, "", "one")])
    with pytest.raises(ExplorerError, match="another explorer"):
        second.apply([Entry(2, "", "two")])
    first.compact(lambda _: ())  # done: others may write
    second.apply([Entry(2, "", "two")])
    assert second.numbers() == {1, 2}
    second.close()
    first.apply([Entry(3, "", "three")])
    assert first.numbers() == {1, 2, 3}


WRITING = """
import sys, time
from pathlib import Path
from explorer.index.engine import Entry
from explorer.index.tantivy_engine import TantivyEngine
engine = TantivyEngine(Path(sys.argv[1]))
print("open", flush=True)
for step in range(1, 1000):
    engine.apply([Entry(number, "", f"step{step} oil gas") for number in range(50)], range(50))
    print(step, flush=True)
"""


def test_killed_at_any_moment_it_has_all_of_a_step_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)
    environment = {**os.environ, "PYTHONPATH": str(Path(explorer.__file__).parents[1])}
    for at in range(5):
        folder = tmp_path / str(at)
        process = subprocess.Popen([sys.executable, "-c", WRITING, folder], stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        for _ in range(chance.randint(0, 3)):
            process.stdout.readline()
        time.sleep(chance.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
        process.wait()
        engine = TantivyEngine(folder)
        steps = [each for each in engine.expand("step") if engine.matching(word(each), Asking(lambda _: set(), lambda _: ()))]
        assert len(engine.numbers()) in (0, 50)
        assert len(steps) == (1 if engine.numbers() else 0)
        assert not said or int(steps[0][4:]) >= int(said[-1])
        began = time.monotonic()
        engine.apply([Entry(99, "", "after")])
        assert time.monotonic() - began < tantivy_engine.WAIT / 2  # the lock went with its owner
        assert 99 in engine.numbers()
        engine.close()


TEXTS = [Entry(number, "oil", f"oil {'gas ' * (number % 7)}prime minister\n\nsaid number{number}") for number in range(1, 201)]


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("intact") / "index"
    engine = TantivyEngine(folder)
    engine.apply(TEXTS[:150])
    engine.apply(TEXTS[150:], {3, 8})
    engine.compact(lambda _: ())
    engine.close()
    return folder


def _answers(folder: Path) -> list[object]:
    engine = TantivyEngine(folder)
    asking = Asking(lambda _: set(), lambda _: ())
    asked = [
        engine.search(parse(text, True).tree, asking, 20) for text in ("gas", '"prime minister"', "title:oil gas", "num", "-gas")
    ]
    answers = [*asked, engine.numbers(), engine.expand("")]
    engine.close()
    return answers


def test_a_flipped_bit_is_seen_or_does_no_harm(intact: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance, good, refused = random.Random(2), _answers(intact), 0
    files = sorted(path.name for path in intact.iterdir() if path.stat().st_size)
    assert {path.split(".")[-1] for path in files} >= {"term", "idx", "pos", "fast", "fieldnorm", "del", "json"}
    for name, at in itertools.product(files, range(4)):
        folder = tmp_path / f"{name}-{at}"
        shutil.copytree(intact, folder)
        data = bytearray((folder / name).read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(data)
        try:
            assert _answers(folder) == good, name
        except DamagedIndexError as error:
            assert "damaged" in str(error)
            refused += 1
    assert refused > len(files) * 2
    assert "panicked" not in capfd.readouterr().err


@pytest.mark.parametrize("count", ["max_doc", "num_deleted_docs"])
def test_a_wrong_count_in_the_list_of_segments_is_seen(intact: Path, tmp_path: Path, count: str) -> None:
    shutil.copytree(intact, tmp_path / "index")
    listed = tmp_path / "index" / "meta.json"
    changed, times = re.subn(rf'("{count}": \d*)(\d)', lambda found: f"{found[1]}{(int(found[2]) + 1) % 10}", listed.read_text())
    assert times
    listed.write_text(changed)
    with pytest.raises(DamagedIndexError):
        TantivyEngine(tmp_path / "index")


def test_a_missing_or_shortened_file_is_seen(intact: Path, tmp_path: Path) -> None:
    names = [path.name for path in intact.iterdir() if path.suffix in (".term", ".idx", ".pos", ".fast", ".del", ".store")]
    for at, name in enumerate((*names, "meta.json")):
        for keep in (None, 0, 5, 40):
            folder = tmp_path / f"{at}-{keep}"
            shutil.copytree(intact, folder)
            if keep is None:
                (folder / name).unlink()
            else:
                (folder / name).write_bytes((folder / name).read_bytes()[:keep])
            with pytest.raises(DamagedIndexError):
                TantivyEngine(folder)


def test_a_foreign_index_is_refused(intact: Path, tmp_path: Path) -> None:
    shutil.copytree(intact, tmp_path / "other-fields")
    with pytest.raises(DamagedIndexError):
        TantivyEngine(tmp_path / "other-fields", edges=False)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DamagedIndexError):
        TantivyEngine(tmp_path / "empty")
    shutil.copytree(intact, tmp_path / "other-version")
    for path in (tmp_path / "other-version").iterdir():
        path.write_bytes(path.read_bytes().replace(b'"index_format_version":7', b'"index_format_version":9'))
    with pytest.raises(DamagedIndexError, match="another version"):
        TantivyEngine(tmp_path / "other-version")


def test_files_found_intact_are_not_read_again(intact: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(intact, tmp_path / "index", copy_function=shutil.copy)
    read: list[str] = []
    whole = tantivy_seal._check_file
    monkeypatch.setattr(tantivy_seal, "_check_file", lambda path: (read.append(path.name), whole(path)))
    TantivyEngine(tmp_path / "index").close()
    assert len(read) == len(json.loads((tmp_path / "index" / "checked.json").read_text())) > 6
    read.clear()
    TantivyEngine(tmp_path / "index").close()
    assert read == []


def test_damage_after_opening_is_told(intact: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(intact, tmp_path / "index")
    engine = TantivyEngine(tmp_path / "index")
    postings = next((tmp_path / "index").glob("*.idx"))
    with postings.open("r+b") as file:  # the file that is mapped, not another in its place
        file.write(b"\xff" * (postings.stat().st_size - 200))
    with pytest.raises(DamagedIndexError):
        engine.refresh()
