"""Whoever changes the analysis is reminded of its version: indexes made before are analysed again only when it is raised."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import explorer.analysis
from explorer.analysis.version import ANALYSIS_VERSION

RECORD = Path(__file__).with_name("version.json")


def fingerprint() -> str:
    """A hash over everything that decides what the analysis finds."""
    folder = Path(explorer.analysis.__file__).parent
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".txt", ".z", ".json") and path.name not in ("version.py", "compile.py"):
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def test_the_version_goes_with_the_rules() -> None:
    now = {"version": ANALYSIS_VERSION, "fingerprint": fingerprint()}
    if os.environ.get("EXPLORER_GOLDEN") == "1":
        RECORD.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    assert json.loads(RECORD.read_text(encoding="utf-8")) == now, (
        "the analysis changed: raise ANALYSIS_VERSION if it finds other things now, then run this test with EXPLORER_GOLDEN=1"
    )
