"""Fixtures for every test."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from explorer.work import pool
from tests.warm_workers import Stock

EXAMPLES = int(os.environ.get("EXPLORER_EXAMPLES", "50"))  # random ones of a property, where it says nothing else
settings.register_profile("untimed", deadline=None, max_examples=EXAMPLES)  # no deadline: a busy machine is no failure
settings.load_profile("untimed")

IN_MEMORY = Path("/dev/shm")  # a file system without a disk below it, on Linux
ROOM = 4 << 30  # bytes; a run of every test leaves a tenth of it behind


def pytest_configure() -> None:
    """Looks for garbage seldom, which saves a quarter of the processor's time where the app is driven. Puts the temporary
    folders into memory where there is room, for half of what tests wait for is the disk; a folder that was chosen stays
    (PYTEST_DEBUG_TEMPROOT, --basetemp)."""
    gc.set_threshold(100_000, 50, 1000)
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Three times as many as cores: tests of the app wait most of their time."""
    return 3 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared documents and gold data beside the repository; tests that need it skip where it is absent."""
    root = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not root.is_dir():
        pytest.skip("the shared test documents are not beside this checkout (set EXPLORER_SHARED to their folder)")
    return root


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps every test's indexes in a folder of its own, never in the user's."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("EXPLORER_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def stock_of_workers() -> Iterator[Stock]:
    """The worker processes that tests of this process hand on to each other."""
    stock = Stock()
    yield stock
    stock.close()


@pytest.fixture
def warm_workers(stock_of_workers: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the pools of this test take worker processes that are there already, where they would start the same."""
    monkeypatch.setattr(pool, "WorkerProcess", stock_of_workers.worker)
