"""The folder of faults, made and indexed by the program once for all tests of a run, whichever process asks first."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from explorer.index.files import shown_path
from explorer.library.library import Library
from tests.faults.build import Expected, read_manifest
from tests.faults.make import make

READ_SECONDS = 6
_PR_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2  # linux/prctl.h, linux/capability.h
_LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the program came to; ``peak`` is the most memory of its own process, in bytes."""

    code: int
    out: str
    err: str
    seconds: float
    peak: int

    @property
    def report(self) -> dict[str, Any]:
        """Its JSON."""
        report: dict[str, Any] = json.loads(self.out)
        return report


def as_anybody() -> None:
    """Gives up root's right to read what its mode forbids (capabilities(7)); for a process about to begin, where root runs the
    tests. Nothing happens where that is not possible."""
    if os.geteuid() == 0:
        for right in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            _LIBC.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)


def is_bound(closed: Path) -> bool:
    """Whether the program, as the tests run it, is refused a file of mode 0."""
    command = [sys.executable, "-c", "import sys; open(sys.argv[1])", closed]
    return subprocess.run(command, capture_output=True, preexec_fn=as_anybody, check=False).returncode != 0


def run(home: Path, *arguments: object, seconds: float = 300) -> Run:
    """Runs the program with mock readers and a short limit for each file."""
    environment = os.environ | {
        "EXPLORER_HOME": str(home),
        "EXPLORER_TEST_OPS": "1",
        "EXPLORER_READ_SECONDS": str(READ_SECONDS),
        "LC_ALL": "C.UTF-8",
    }
    started = time.monotonic()
    command = [sys.executable, "-m", "explorer", *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, preexec_fn=as_anybody) as process:  # noqa: PLW1509
        peak: list[int] = [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
        watcher.start()
        out, err = process.communicate(timeout=seconds)
    return Run(process.returncode, out.decode(), err.decode("utf-8", "replace"), time.monotonic() - started, peak[0])


def _watch(pid: int, peak: list[int]) -> None:
    """Notes the most memory of a process while it lives."""
    status = Path(f"/proc/{pid}/status")
    while True:
        try:
            lines = status.read_text().splitlines()
        except OSError:
            return
        held = next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)
        peak[0] = max(peak[0], held)
        time.sleep(0.1)


def listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Size, time of change and mode of everything in a folder, as far as its path is not too long to ask."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = f"{place}/{name}"
            if len(os.fsencode(path)) < 3000:
                status = os.lstat(path)
                found[path] = (status.st_size, status.st_mtime_ns, status.st_mode)
    return found


class Faults:
    """The folder, what must come of it, and what did."""

    def __init__(self, root: Path) -> None:
        self.root, self.home, self.corpus = root, root / "home", root / "corpus"
        kept = json.loads((root / "runs.json").read_text())
        self.index, self.again, self.status = (Run(**kept[name]) for name in ("index", "again", "status"))
        self.unchanged: bool = kept["unchanged"]
        self.expected = read_manifest(root)
        self.listed: dict[str, list[str]] = {}
        report = self.status.report
        for note in (*report["unreadable"], *report["partial"]):
            if "fault" in note:  # else a remark on an archive: what in it was left out by rule
                self.listed.setdefault(note["path"], []).append(note["fault"])
        self.unreadable = {note["path"] for note in report["unreadable"] if "fault" in note}
        self.skipped = {note["path"] for note in report["skipped"]}
        self.library = Library(self.corpus)
        rows = self.library._index.connection.execute("SELECT path, number FROM document")
        self.documents: dict[str, int] = dict(rows.fetchall())

    def row(self, row: str) -> list[Expected]:
        """What must come of the paths of one row."""
        return [expected for expected in self.expected if expected.row == row]

    def numbers(self, path: str) -> list[int]:
        """The documents of a file, its members' too."""
        shown = shown_path(path)
        return [number for at, number in self.documents.items() if at == shown or at.startswith(shown + "/")]

    def faults_of(self, path: str) -> list[str]:
        """The faults with which a file or its members are listed."""
        shown = shown_path(path)
        return [fault for at, faults in self.listed.items() if at == shown or at.startswith(shown + "/") for fault in faults]

    def with_word(self, word: str) -> set[int]:
        """The documents in which a word is found."""
        return {passage.document for passage in self.library.search(f'"{word}"', limit=5000).passages}


def _made(root: Path) -> None:
    """Makes the folder, has the program index it twice, and tell what it keeps."""
    folder = make(root)
    before = listing(folder.corpus)
    runs: dict[str, Any] = {}
    for name, command in (("index", "index"), ("again", "index"), ("status", "status")):
        ran = run(root / "home", command, folder.corpus, "--format", "json")
        runs[name] = {slot: getattr(ran, slot) for slot in Run.__slots__}
    runs["unchanged"] = listing(folder.corpus) == before
    (root / "runs.json").write_text(json.dumps(runs))


@pytest.fixture(scope="session")
def faults_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Where the folder of faults is, made by the first process of this run that asks for it."""
    base = tmp_path_factory.getbasetemp()
    root = (base if worker_id == "master" else base.parent) / "faults"
    root.mkdir(exist_ok=True)
    with (root / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "runs.json").exists():
            _made(root)
    return root


@pytest.fixture
def index_of_faults(faults_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the commands that a test runs in its own process find the index of the folder of faults."""
    monkeypatch.setenv("EXPLORER_HOME", str(faults_root / "home"))


@pytest.fixture(scope="session")
def faults(faults_root: Path) -> Iterator[Faults]:
    """The folder of faults after the program has indexed it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_HOME", str(faults_root / "home"))
        opened = Faults(faults_root)
    yield opened
    opened.library.close()
