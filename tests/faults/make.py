"""Writes a folder of faults: ``python -m tests.faults.make FOLDER [--many N] [--live SECONDS] [--seed S] [--big]``.

FOLDER/corpus is to be indexed; FOLDER/manifest.json says of each path in it what must come of it; FOLDER/outside must never be
read. Everything is made in code; a row of the manifest is a row of the design's table of faults.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.faults import bait, encodings, escapes, mails, markup, mocks, names, pdfs, places, sound, texts, zips
from tests.faults.build import Folder
from tests.faults.live import Changing
from tests.faults.many import write_small

_FAMILIES = (sound, texts, pdfs, zips, markup, encodings, escapes, bait, mails, names, places, mocks)


def make(root: Path, seed: int = 1, big: bool = False, many: int = 0) -> Folder:
    """The folder with every family of faults in it and its manifest."""
    folder = Folder(root, seed, big)
    for family in _FAMILIES:
        family.write(folder)
    if many:
        write_small(folder.row("F39"), many)
    folder.write_manifest()
    return folder


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Writes a folder of faults with a manifest.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--many", type=int, default=0, metavar="N", help="N small files more")
    parser.add_argument("--live", type=float, default=0, metavar="SECONDS", help="then change files for so long")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--big", action="store_true", help="also a line of 200 MB and a sparse text of 10 GB")
    options = parser.parse_args()
    folder = make(options.folder, options.seed, options.big, options.many)
    print(f"{len(folder.expected)} paths in {folder.corpus}, what must come of them in {folder.root / 'manifest.json'}")
    if options.live:
        changing = Changing(folder.corpus / "F35", options.live, options.seed)
        changing.start()
        changing.join()
        changing.stop()


if __name__ == "__main__":
    main()
