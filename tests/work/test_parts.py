"""A file with members comes in parts; a member that kills its reader costs only itself."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from explorer.model import Reading
from explorer.work import pool as pools
from explorer.work import slot
from explorer.work.forms import reading_from_json
from explorer.work.pool import Outcome, Pool
from tests.work.test_pool import drain


@pytest.fixture(autouse=True)
def misbehaving_ops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_TEST_OPS", "1")


def zipped(folder: Path, members: dict[str, str]) -> dict[str, Any]:
    """A request for an archive; a member that begins with "<mock>" is orders for its reader."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    (folder / "a.zip").write_bytes(data.getvalue())
    return {"op": "read", "root": str(folder), "path": "a.zip"}


def readings(outcomes: list[Outcome]) -> dict[str, Reading]:
    """What came of each member, once."""
    found: dict[str, Reading] = {}
    for outcome in outcomes:
        assert outcome.value is not None, outcome.error
        for member, form in outcome.value["readings"]:
            assert member not in found, f"{member} comes twice"
            found[member] = reading_from_json(form)
    return found


def read(request: dict[str, Any], seconds: float = 20) -> list[Outcome]:
    with Pool(1, seconds) as pool:
        pool.submit("it", request)
        outcomes = drain(pool)
    assert [outcome.more for outcome in outcomes] == [True] * (len(outcomes) - 1) + [False]
    return outcomes


def test_each_member_comes_once_and_the_last_part_ends_it(tmp_path: Path) -> None:
    outcomes = read(zipped(tmp_path, {f"{n}.txt": f"The {n}th" for n in range(5)}))
    assert {name: reading.text for name, reading in readings(outcomes).items()} == {f"{n}.txt": f"The {n}th" for n in range(5)}
    hashes = {outcome.value["hash"] for outcome in outcomes if outcome.value}
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("order", "fault", "reason"),
    [
        ("crash 11", "crashed", "the reader crashed"),
        ("sleep 60", "too slow", "took longer than 4 s"),
        ("allocate 9000000000", "crashed", "needed too much memory"),
    ],
)
def test_a_member_that_kills_its_reader_is_named_and_the_others_come(tmp_path: Path, order: str, fault: str, reason: str) -> None:
    members = {"a.txt": "before", "b.txt": f"<mock>\n{order}", "c.txt": "after", "d.txt": "last"}
    found = readings(read(zipped(tmp_path, members), seconds=4))
    assert (found["b.txt"].state, found["b.txt"].fault, found["b.txt"].problems) == ("unreadable", fault, (reason,))
    assert [found[name].text for name in ("a.txt", "c.txt", "d.txt")] == ["before", "after", "last"]


def test_a_file_full_of_killers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slot, "MOST_DEATHS", 2)
    members = {"a.txt": "before", **{f"b{n}.txt": "<mock>\ncrash 11" for n in range(5)}, "c.txt": "after"}
    found = readings(read(zipped(tmp_path, members)))
    assert set(found) == {"a.txt", "b0.txt", "b1.txt", ""}
    assert "what comes after b1.txt in it is not read" in found[""].problems[0]


def test_parts_that_nobody_takes_are_not_piled_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_PARTS", 3)
    request = zipped(tmp_path, {f"{n}.txt": "x" * 10_000 for n in range(40)})
    with Pool(1) as pool:
        pool.submit("it", request)
        outcomes = pool.take(20)
        while pool.pending:
            with pool._changed:
                assert len(pool._done) <= 4
            outcomes += pool.take(1)
    assert len(readings(outcomes)) == 40


def test_heavy_answers_that_nobody_takes_wait_with_their_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_WEIGHT", 25_000)
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(f"{number} " + "x" * 10_000, encoding="utf-8")
    with Pool(2) as pool:
        for number in range(8):
            pool.submit(number, {"op": "read", "path": f"{number}.txt", "root": str(tmp_path), "limit": 20})
        time.sleep(1)
        with pool._changed:
            assert len(pool._done) == 2
        taken: list[int] = []
        while pool.pending:
            taken += [outcome.tag for outcome in pool.take(20) if outcome.weight > 10_000]
    assert sorted(taken) == list(range(8))


def test_a_pool_closed_in_the_middle_of_parts_leaves_nobody_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "MOST_PARTS", 2)
    pool = Pool(1)
    pool.submit("it", zipped(tmp_path, {f"{n}.txt": "x" for n in range(40)}))
    assert pool.take(20)
    pool.close()
    assert not pool._slots[0]._thread.is_alive()
