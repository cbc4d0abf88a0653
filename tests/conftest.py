"""Fixtures for every test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")


def pytest_xdist_auto_num_workers() -> int:
    """Twice as many as cores: tests of the app wait most of their time."""
    return 2 * (os.cpu_count() or 1)


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
