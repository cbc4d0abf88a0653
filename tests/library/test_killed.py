"""kill -9 of `explorer index` at any moment: the next run mends everything by itself, and nobody is left behind.

bench/kills.py does it twenty times on a larger folder.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "kills.py"


def load_bench() -> ModuleType:
    """bench/kills.py as a module."""
    spec = importlib.util.spec_from_file_location("kills", BENCH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["kills"] = module  # its dataclass asks for it
    spec.loader.exec_module(module)
    return module


def test_killed_at_random_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPLORER_HOME", os.environ["EXPLORER_HOME"])  # put back afterwards
    outcome = load_bench().kill_often(tmp_path, kills=3, files=60, seed=20)
    assert (outcome.right, outcome.faults) == (3, [])
