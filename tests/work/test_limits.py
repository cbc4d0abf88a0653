"""What a worker cannot do: reach a network, alter a file, compute for ever, outlive its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from explorer.work.pool import Pool


def ask(monkeypatch: pytest.MonkeyPatch, request: dict[str, Any]) -> dict[str, Any]:
    """A worker's answer to one request."""
    monkeypatch.setenv("EXPLORER_TEST_OPS", "1")
    with Pool(1) as pool:
        pool.submit("one", request)
        (outcome,) = pool.take(20)
    assert outcome.value is not None, outcome.error
    return outcome.value


def test_no_file_is_altered_by_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("as it was")
    before = path.stat()
    answer = ask(monkeypatch, {"op": "write", "path": str(path)})
    assert answer and set(answer.values()) == {"refused"}
    assert path.read_text() == "as it was" and path.stat().st_mode == before.st_mode and path.stat().st_mtime == before.st_mtime
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def _can_leave_networks() -> bool:
    """Whether this system lets a process of ours have a network of its own."""
    script = (
        "import ctypes; system = ctypes.CDLL(None); raise SystemExit(system.unshare(0x40000000) and system.unshare(0x50000000))"
    )
    return sys.platform == "linux" and subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_worker_has_no_network_and_dies_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    if not _can_leave_networks():
        pytest.skip("this system gives a process no network of its own; the audit hook is tested all the same")
    answer = ask(monkeypatch, {"op": "networks"})
    assert answer["networks"] == ["lo"] and answer["signal"] == signal.SIGKILL


def test_computing_has_an_end_even_where_the_alarm_is_not_heard() -> None:
    script = (
        "import signal; from explorer.work import limits; limits.MORE_CPU = 0.0\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM]); limits.limit_resources(); limits.set_alarm(0.1)\n"
        "while True: pass"
    )
    ran = subprocess.run([sys.executable, "-c", script], env={**os.environ}, timeout=60, check=False)
    assert ran.returncode == -signal.SIGXCPU


def test_to_leave_the_network_costs_less_than_ten_milliseconds() -> None:
    script = (
        "import time; from explorer.work import limits; start = time.perf_counter(); limits.forbid_network()\n"
        "print((time.perf_counter() - start) * 1000)"
    )
    took = (float(subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=True).stdout) for _ in range(20))
    assert any(milliseconds < 10 for milliseconds in took)  # a busy machine may keep it waiting
