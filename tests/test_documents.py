"""Each test that docs/security.md and docs/faults.md name is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)(?:\[[^]`]*\])?`")
ROWS = [f"F{number:02}" for number in range(61)]


@cache
def functions(path: str) -> frozenset[str]:
    """The functions of a test file."""
    return frozenset(re.findall(r"^(?:async )?def (\w+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("document", ["docs/security.md", "docs/faults.md"])
def test_every_test_named_exists(document: str) -> None:
    named = NAMED.findall((ROOT / document).read_text(encoding="utf-8"))
    assert len(named) > 15
    missing = [f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in functions(path)]
    assert not missing


def test_every_row_of_the_table_of_faults_has_a_test() -> None:
    rows = dict(re.findall(r"^\| (F\d\d) \|(.*)$", (ROOT / "docs/faults.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert sorted(rows) == ROWS
    assert not [row for row in ROWS if not NAMED.search(rows[row])]
