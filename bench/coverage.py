"""Prints what is read of real documents, format by format, beside the figures of the libraries in readers.md.

    coverage.py [FOLDER] [--only groups,pages,pdf,formats,encodings]

FOLDER is shared/docs: beside the checkout, or in EXPLORER_SHARED. Everything is read in this process by the product's own
registry, one file after the other.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

from coverage_formats import encodings_table, formats_table
from coverage_pages import pages_tables
from coverage_pdf import pdf_table
from measure import print_table

from explorer.reading.registry import read_file

SHARED = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
NOT_INPUTS = ("readability-expected",)


def groups_table(docs: Path) -> None:
    """Prints for each group how many files gave text, gave some of it, or none and why."""
    rows = []
    totals: Counter[str] = Counter()
    for group in sorted(path for path in docs.iterdir() if path.is_dir() and path.name not in NOT_INPUTS):
        start = time.perf_counter()
        counts: Counter[str] = Counter()
        for path in sorted(path for path in group.rglob("*") if path.is_file()):
            counts[_outcome(path)] += 1
        totals += counts
        rows.append([group.name, *_counted(counts), f"{time.perf_counter() - start:.1f}"])
    rows.append(["all", *_counted(totals), ""])
    print_table("Groups", ["", "files", "whole", "in part", "not at all, by fault", "s"], rows)


def _outcome(path: Path) -> str:
    try:
        readings = [reading for _, reading in read_file(path)]
    except Exception as error:  # what must never be: it is counted, and the others are tried
        return f"RAISED {type(error).__name__}"
    if any(reading.text for reading in readings):
        return "whole" if all(reading.state == "ok" for reading in readings) else "partial"
    return next((reading.fault for reading in readings if reading.fault), "no fault named")


def _counted(counts: Counter[str]) -> list[str]:
    faults = ", ".join(f"{fault} {count}" for fault, count in counts.most_common() if fault not in ("whole", "partial"))
    return [str(counts.total()), str(counts["whole"]), str(counts["partial"]), faults]


TABLES = {
    "groups": groups_table,
    "pages": pages_tables,
    "pdf": pdf_table,
    "formats": formats_table,
    "encodings": encodings_table,
}


def main() -> None:
    """Prints the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", nargs="?", type=Path, default=SHARED / "docs")
    parser.add_argument("--only", default=",".join(TABLES))
    chosen = parser.parse_args()
    if not chosen.docs.is_dir():
        sys.exit(f"{chosen.docs} is not there; EXPLORER_SHARED names the folder of the shared documents")
    for name in chosen.only.split(","):
        if name not in TABLES:
            sys.exit(f"--only {name}: choose from {', '.join(TABLES)}")
        TABLES[name](chosen.docs)


if __name__ == "__main__":
    main()
