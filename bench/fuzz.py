"""Fuzzes each own reader: ``python bench/fuzz.py [--minutes 10] [--reader docx …] [--seed 1] [--shared FOLDER]``.

Seeds are the sound files that tests/faults makes and, where there are some, those of ../shared/docs; mutations flip, cut,
splice, repeat and put numbers at their extremes, in the bytes or in the members of a package, which is packed again. Each
input is read in a child with the limits of the app's own workers; what raises, is not clean, takes more than 5 s or kills the
child is kept in a temporary folder. Prints a line a reader.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mutations import mutate

from tests.faults.sound import sound

SLOW, LIMIT = 5.0, 20.0
KEPT = 3  # inputs of each sort of complaint
MOST_SEED = 300_000  # bytes: larger seeds make fewer inputs
# Each reader and the endings of the files that are its seeds.
READERS = {
    "docx": ("docx", "docm"),
    "pptx": ("pptx",),
    "xlsx": ("xlsx",),
    "odf": ("odt", "ods", "odp"),
    "epub": ("epub",),
    "rtf": ("rtf",),
    "xml": ("xml", "fb2", "opml", "nxml", "xhtml"),
    "json": ("json", "ipynb"),
    "jsonl": ("jsonl",),
    "subtitles": ("srt", "vtt"),
    "mail": ("eml",),
    "mbox": ("mbox",),
    "mhtml": ("mhtml", "mht"),
    "zip": ("zip",),
    "tar": ("tar",),
    "packed": ("gz", "tgz", "bz2", "xz"),
    "signed": ("p7m",),
    "tnef": ("dat",),
    "wordperfect": ("wpd",),
    "write": ("wri",),
    "msg": ("msg",),
    "doc": ("doc",),
    "xls": ("xls",),
    "ppt": ("ppt",),
    "page": ("html", "htm"),
    "pdf": ("pdf",),
    "text": ("txt",),
    "markdown": ("md",),
    "table": ("csv", "tsv"),
}


@dataclass
class Tally:
    """What came of one reader's inputs; ``most`` is the largest memory of its children, in bytes."""

    inputs: int = 0
    crashes: int = 0
    hangs: int = 0
    most: int = 0
    slowest: float = 0.0
    complaints: Counter[str] = field(default_factory=Counter)  # by what they say, numbers aside


class Child:
    """A process that reads one input after another (bench/fuzz_child.py)."""

    def __init__(self, kind: str) -> None:
        script = Path(__file__).with_name("fuzz_child.py")
        command = [sys.executable, str(script), kind, str(LIMIT)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def read(self, data: bytes) -> tuple[str, float, int]:
        """What is wrong ("" for nothing), the seconds it took and the child's largest memory so far."""
        assert self._process.stdin and self._process.stdout
        started = time.monotonic()
        try:
            self._process.stdin.write(len(data).to_bytes(4, "big") + data)
            self._process.stdin.flush()
        except BrokenPipeError:
            return self._death(), 0.0, 0
        answer = self._process.stdout.readline().decode().rstrip("\n")
        seconds = time.monotonic() - started
        if not answer:
            return self._death(), seconds, 0
        memory, _, wrong = answer.partition(" ")
        return wrong, seconds, int(memory)

    def _death(self) -> str:
        code = self._process.wait()
        if code == -signal.SIGALRM:
            return f"hang: ended after {LIMIT:g} s"
        return f"death: {signal.Signals(-code).name if code < 0 else code}"

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()


def seeds(kind: str, shared: Path) -> list[bytes]:
    """The sound files a reader's inputs are made of."""
    found = []
    for ending in READERS[kind]:
        try:
            found.append(sound(f"x.{ending}", "word"))
        except KeyError:
            continue  # the generator makes none of this format
    found += _rare(kind)
    if shared.is_dir():
        files = (path for ending in READERS[kind] for path in sorted(shared.rglob(f"*.{ending}")))
        found += [path.read_bytes() for path in files if 0 < path.stat().st_size <= MOST_SEED][:40]
    return found


def _rare(kind: str) -> list[bytes]:
    """Files of formats of which there may be none at hand."""
    from tests.reading import test_tnef, test_windows_write, test_wordperfect

    body, notes = b"It left\x80at\xcf\xf0\x1d\x04\xf0dawn\xf0\x1c\x04\xf0.\xcc\xd4\x1a\x08\0abc\xd4", b"see\x80annex\xccof\x80it"
    made = {
        "tnef": [test_tnef.packed(), test_tnef.packed(test_tnef.attached("boats.txt", b"It left at dawn."))],
        "wordperfect": [
            test_wordperfect.version_5(b"It left at\rdawn.\n\xc0\x1b\x01\xc0\xc1123456\x00\xc1caf\xc0\x29\x01\xc0"),
            test_wordperfect.version_6(body, test_wordperfect.text_packet(notes), (0x12, test_wordperfect.field(17, b"T\0\0\0"))),
        ],
        "write": [test_windows_write.document(b"It left.\r\n\xe4\0\0\0\x10\0pixels\nAt dawn.\r\n")],
    }
    return made.get(kind, [])


def fuzz(kind: str, seconds: float, seed: int, shared: Path, keep: Path) -> Tally:
    """Reads mutated files by one reader for so long."""
    tally, until = Tally(), time.monotonic() + seconds
    child = Child(kind)
    for data in _inputs(seeds(kind, shared), random.Random(f"{kind} {seed}")):
        if time.monotonic() > until:
            break
        wrong, took, memory = child.read(data)
        tally.inputs += 1
        tally.most, tally.slowest = max(tally.most, memory), max(tally.slowest, took)
        if not wrong and took > SLOW:
            wrong = f"slow: {took:.1f} s"
        if wrong:
            hanging = wrong.startswith(("hang", "slow"))
            tally.hangs += hanging
            tally.crashes += not hanging
            sort = re.sub(r"\d+|'.*", "…", wrong)
            tally.complaints[sort] += 1
            if tally.complaints[sort] <= KEPT:
                path = keep / f"{kind}-{tally.inputs}.{READERS[kind][0]}"
                path.write_bytes(data)
                print(f"  {path}: {wrong}", file=sys.stderr, flush=True)
        if wrong.startswith(("hang", "death")) or tally.inputs % 2000 == 0:
            child.close()
            child = Child(kind)
    child.close()
    return tally


def _inputs(sound_files: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """The sound files themselves, then mutations of them without end."""
    yield from sound_files
    while sound_files:
        yield mutate(chance.choice(sound_files), chance.choice(sound_files), chance)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Fuzzes the readers.")
    parser.add_argument("--minutes", type=float, default=10, help="for each reader")
    parser.add_argument("--reader", nargs="*", choices=READERS, default=list(READERS))
    parser.add_argument("--seed", type=int, default=1)
    repository = Path(__file__).resolve().parent.parent
    shared = Path(os.environ.get("EXPLORER_SHARED", repository.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared / "docs", help="real files to begin with, where there are some")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "Duplicate name", module="zipfile")  # of members that were doubled on purpose
    keep = Path(tempfile.mkdtemp(prefix="explorer-fuzz-"))
    print(f"{'reader':10} {'seeds':>6} {'inputs':>9} {'crashes':>8} {'hangs':>6} {'slowest s':>10} {'peak MB':>8}")
    for kind in options.reader:
        tally = fuzz(kind, options.minutes * 60, options.seed, options.shared, keep)
        count = len(seeds(kind, options.shared))
        figures = f"{tally.inputs:>9} {tally.crashes:>8} {tally.hangs:>6} {tally.slowest:>10.2f} {tally.most >> 20:>8}"
        print(f"{kind:10} {count:>6} {figures}", flush=True)
    if any(keep.iterdir()):
        print(f"failing inputs are in {keep}")
    else:
        keep.rmdir()


if __name__ == "__main__":
    main()
