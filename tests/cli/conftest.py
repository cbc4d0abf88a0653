"""A small folder of documents, and the command run on it: in this process, or as a program of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from explorer.cli.main import run

BRIDGE = """\
Mill bridge closed after storm
Tarn Valley News, 2025-11-03

The mill bridge will stay closed until spring, Mayor Martha Keller said on Monday.
"We will not open a bridge that we cannot trust," Keller told reporters in France.
She added: "Safety comes first."
"""
SCHOOL = """\
School bus takes the long way
Tarn Valley News, 2025-11-05

Parents in Paris said the detour costs them an hour. Keller denied that the bridge could have been saved.
"""
HARBOUR = "# Harbour notes\n\nThe storm passed over the harbour. Nobody was hurt.\n"


@pytest.fixture(autouse=True)
def _warm_workers(warm_workers: None) -> None:
    """Commands of this process hand their worker processes on; a program of its own starts its own."""


class Ran(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of three documents and one file that is none."""
    folder = tmp_path / "corpus"
    (folder / "notes").mkdir(parents=True)
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    (folder / "school.txt").write_text(SCHOOL, encoding="utf-8")
    (folder / "notes" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nthis download broke off")
    (folder / ".hidden").write_text("not for searching", encoding="utf-8")
    return folder


@pytest.fixture
def explore(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command line in this process."""

    def explore(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capsys.readouterr())

    return explore


@pytest.fixture
def program() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command line as a program of its own; answers are bytes."""

    def program(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "explorer", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, timeout=60, check=False, **({"stdin": subprocess.DEVNULL} | options))

    return program
