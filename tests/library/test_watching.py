"""A folder that is open tells of what changes in it."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.library import watching
from explorer.library.client import Client
from explorer.model import ExplorerError, Report
from explorer.reading.walk import passed_over

WAIT = 60.0


class Watched:
    """A folder watched by a thread; ``count`` bundles of changes were told."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._listen, args=(folder,))
        self.thread.start()

    def _listen(self, folder: Path) -> None:
        for _ in watching.changes(folder, self.stop):
            self.count += 1

    def tells(self, change: Callable[[], object], again: float = 0.3) -> bool:
        """Whether a change is told; it is made again until then, as nobody knows when the watching has begun."""
        before, until = self.count, time.monotonic() + WAIT
        while self.count == before and time.monotonic() < until:
            change()
            time.sleep(again)
        return self.count > before

    def quiet(self) -> int:
        """How many were told, once no more come."""
        told = -1
        while told != self.count:
            told = self.count
            time.sleep(0.8)
        return told


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> object:
    monkeypatch.setattr(watching, "GATHER_MILLISECONDS", 60)
    monkeypatch.setattr(watching, "LOOK_MILLISECONDS", 200)
    monkeypatch.setattr(watching, "POLL_MILLISECONDS", 100)
    if getattr(request, "param", False):
        monkeypatch.setattr(watching, "is_remote", lambda folder: True)
    folder = tmp_path / "corpus"
    folder.mkdir()
    found = Watched(folder)
    yield found
    found.stop.set()
    found.thread.join(60)
    assert not found.thread.is_alive()


@pytest.mark.parametrize("watched", [False, True], ids=["told by the system", "polled"], indirect=True)
def test_a_file_that_comes_changes_or_goes_is_told(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "corpus" / "sub" / "a.txt"
    file.parent.mkdir()
    numbers = iter(range(1000))
    assert watched.tells(lambda: file.write_text(f"{next(numbers)}" * 3))
    assert watched.tells(lambda: file.unlink(missing_ok=True) if file.exists() else file.write_text("again"))


def test_names_that_are_no_utf_8_and_loops_of_links_do_not_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_MILLISECONDS", 200)
    monkeypatch.setattr(watching, "POLL_MILLISECONDS", 100)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "up").symlink_to("..")
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("x")
    found = Watched(folder)
    numbers = iter(range(1000))
    try:
        assert found.tells(lambda: (folder / "a.txt").write_text(f"{next(numbers)}"))
    finally:
        found.stop.set()
        found.thread.join(60)


def test_what_the_walk_passes_over_is_not_told(watched: Watched, tmp_path: Path) -> None:
    assert watched.tells(lambda: (tmp_path / "corpus" / "a.txt").write_text("x"))
    before = watched.quiet()
    for name in ("~$a.docx", ".a.txt.swp", "a.txt~"):
        (tmp_path / "corpus" / name).write_text("x")
    time.sleep(0.6)
    assert watched.count == before


def test_a_folder_that_goes_away_and_comes_back_is_told_twice(watched: Watched, tmp_path: Path) -> None:
    assert watched.tells(lambda: (tmp_path / "corpus" / "a.txt").write_text("x"))
    watched.quiet()
    folder = tmp_path / "corpus"
    assert watched.tells(lambda: folder.exists() and folder.rename(tmp_path / "away"))
    assert watched.tells(lambda: folder.exists() or (tmp_path / "away").rename(folder))


@pytest.mark.parametrize("path", [".git/config", "a/__pycache__/b.pyc", "a/~$b.docx", "Thumbs.db", "a/.hidden/b.txt"])
def test_the_rules_of_the_walk_hold_for_every_part_of_a_path(path: str) -> None:
    assert passed_over(path)
    assert not passed_over("a/b.txt")


def test_file_systems_that_others_write_to_are_polled(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /home/ann/far nfs4 rw 0 0\nhost: /mnt/two\\040words fuse.sshfs rw 0 0\n"
        "/dev/sdb1 /home/ann/far/near ext4 rw 0 0\nodd\n"
    )
    places = ("/home/ann/far/a", "/mnt/two words", "/home/ann/far/near", "/b")
    assert [watching.is_remote(Path(place), mounts) for place in places] == [True, True, False, False]
    assert not watching.is_remote(tmp_path, tmp_path / "none")


def test_an_open_folder_takes_in_what_comes_and_says_when_it_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry left at dawn.")

    async def added(client: Client) -> int:
        async for event in client.events():
            if isinstance(event, Report) and event.added:
                return event.added
        return 0

    async def use() -> None:
        client = Client(folder)
        try:
            await client.refresh()
            assert await asyncio.wait_for(added(client), WAIT) == 1
            (folder / "b.txt").write_text("The bridge is closed.")
            assert await asyncio.wait_for(added(client), WAIT) == 1
            assert (await client.search("bridge")).total == 1
            folder.rename(tmp_path / "away")
            with pytest.raises(ExplorerError, match="there is no folder"):
                await asyncio.wait_for(added(client), WAIT)
            assert (await client.search("bridge")).total == 1
        finally:
            await client.close()

    asyncio.run(use())
