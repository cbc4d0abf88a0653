"""The table of faults with the state of its tests: runs every test that docs/faults.md names, row by row.

``python bench/fault_table.py [ROW ...]``: all rows, or only these. Exits 1 where a row does not pass.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from measure import print_table

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\| (F\d\d) \| (.*?) \| (.*) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[^`]+)`")


def run(tests: list[str]) -> dict[str, str]:
    """What each test function came to ("passed", "failed", "skipped"), by file::function[values]."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junit-xml={report}", *tests]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        cases = ET.parse(report).getroot().iter("testcase")
        found = {}
        for case in cases:
            kinds = {child.tag for child in case}
            state = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
            found[f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"] = state
        return found


def state_of(test: str, states: dict[str, str]) -> Counter[str]:
    """How often a test, with all its values, passed and failed."""
    return Counter(state for name, state in states.items() if name == test or name.startswith(f"{test}["))


def main() -> int:
    """Prints the table."""
    wanted = set(sys.argv[1:])
    rows = [row for row in ROW.findall((ROOT / "docs/faults.md").read_text(encoding="utf-8")) if not wanted or row[0] in wanted]
    tests = {name: TEST.findall(named) for name, _, named in rows}
    states = run(sorted({test for named in tests.values() for test in named}))
    table, right = [], 0
    for name, fault, _ in rows:
        counts = sum((state_of(test, states) for test in tests[name]), Counter[str]())
        passed = bool(counts["passed"]) and not counts["failed"]
        right += passed
        how = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
        table.append([name, fault, "passes" if passed else "FAILS", how])
    print_table("Faults", ["row", "fault", "state", "tests"], table)
    print(f"{right} of {len(rows)} rows pass")
    return 0 if right == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
