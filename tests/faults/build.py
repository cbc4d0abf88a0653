"""A folder of faults under construction: its files, and what must become of each."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

# found: each of ``words`` is found in it. listed: "unreadable" or "partial" with one of ``faults``. accounted: one of the two.
# skipped: passed over by rule, with a note. absent: reached by no path of its own (what a link leads to).
Fate = Literal["found", "listed", "accounted", "skipped", "absent"]
SECRET = "probesecretoutside"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must become of one path. ``path`` is relative to the corpus; bytes that are not UTF-8 are lone surrogates in it.

    Members count as their container. ``words`` must be found in it and ``texts`` be in its text, whatever the fate; ``never``
    words must not be found in it; ``faults``, where given, are those it may be listed with; ``longest`` is the most characters
    its text may have.
    """

    row: str
    path: str
    what: str
    fate: Fate
    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    title: str = ""
    author: str = ""
    date: str = ""
    longest: int = 0


class Folder:
    """The folder: ``corpus`` is to be indexed, ``outside`` must never be read, ``expected`` grows with each file."""

    def __init__(self, root: Path, seed: int = 1, big: bool = False) -> None:
        self.root, self.seed, self.big = root, seed, big
        self.corpus, self.outside = root / "corpus", root / "outside"
        self.expected: list[Expected] = []
        for folder in (self.corpus, self.outside):
            folder.mkdir(parents=True, exist_ok=True)
        self.secret = self.outside / "secret.txt"
        self.secret.write_text(f"Nobody may read {SECRET} here.\n")

    def row(self, row: str) -> Path:
        """The folder of a row of the table of faults."""
        folder = self.corpus / row
        folder.mkdir(exist_ok=True)
        return folder

    def put(
        self,
        row: str,
        name: str | bytes,
        data: bytes | str,
        what: str,
        words: str | Sequence[str] = (),
        *,
        fate: Fate | Literal[""] = "",
        faults: Sequence[str] = (),
        texts: Sequence[str] = (),
        never: Sequence[str] = (),
        title: str = "",
        author: str = "",
        date: str = "",
        longest: int = 0,
    ) -> Path:
        """Writes a file into a row's folder and notes what must become of it: without a fate "found" where there are words,
        else "listed" where there are faults, else "accounted"."""
        path = os.fsencode(self.row(row)) + b"/" + os.fsencode(name)
        place = Path(os.fsdecode(path))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)
        words = (words,) if isinstance(words, str) else tuple(words)
        fate = fate or ("found" if words or texts else "listed" if faults else "accounted")
        note = (words, tuple(texts), tuple(never), tuple(faults), title, author, date, longest)
        self.expect(Expected(row, f"{row}/{os.fsdecode(name)}", what, fate, *note))
        return place

    def expect(self, expected: Expected) -> None:
        """Notes what must become of a path that was made by other means."""
        self.expected.append(expected)

    def write_manifest(self) -> Path:
        """The manifest beside the corpus, as JSON in ASCII, one entry a path."""
        manifest = self.root / MANIFEST
        manifest.write_text(json.dumps([asdict(entry) for entry in self.expected], indent=1), encoding="ascii")
        return manifest


def read_manifest(root: Path) -> list[Expected]:
    """What ``write_manifest`` wrote beside the corpus below ``root``."""
    entries = json.loads((root / MANIFEST).read_text(encoding="ascii"))
    return [
        Expected(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}) for entry in entries
    ]
