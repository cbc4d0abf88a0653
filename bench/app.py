"""The app in a terminal of its own: from the start to the first picture, from a key to its answer on the screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from indexing import EXPLORER
from measure import answer_of, children_of, cpu_of, peak_of, percentile, print_table

TYPED = ["iran sanctions oil", "president reagan trade", "interest rates bank", "company profit dividend"]
SILENCE = 0.025  # seconds without output that part the echo, the results and what follows them
QUIET = 0.25  # seconds without output after which the answer to a key is complete


@dataclass(frozen=True)
class Answer:
    """What a key cost: wall seconds to its echo; wall and CPU seconds (of all processes) to the painted results, where there
    were new ones; the same to the document and the names beside them."""

    echo: float
    results: float | None
    results_cpu: float | None
    everything: float
    all_cpu: float


class Terminal:
    """The app running in a pty of 140 by 40."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.environ.update({"EXPLORER_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"})
            os.execv(sys.executable, [sys.executable, "-m", "explorer", str(folder)])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pid in [self.pid, *children_of(self.pid)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def wait_for(self, words: bytes, limit: float = 60) -> float:
        """Seconds since the start until words were written to the screen."""
        seen = b""
        while time.perf_counter() - self.started < limit:
            if select.select([self.fd], [], [], 0.05)[0]:
                seen = seen[-10_000:] + os.read(self.fd, 65536)
                if words in seen:
                    return time.perf_counter() - self.started
        raise SystemExit(f"{words!r} did not come within {limit} s")

    def drain(self, quiet: float = QUIET, limit: float = 20) -> tuple[float | None, float | None]:
        """Reads until nothing more comes; seconds to the first and to the last output."""
        started = time.perf_counter()
        first = last = None
        while time.perf_counter() - started < limit:
            if not select.select([self.fd], [], [], quiet)[0]:
                break
            os.read(self.fd, 65536)
            last = time.perf_counter() - started
            first = first if first is not None else last
        return first, last

    def press(self, key: str, quiet: float = QUIET) -> Answer:
        """Presses a key and waits until all that follows from it is painted."""
        processes = [self.pid, *children_of(self.pid)]
        before = sum(map(cpu_of, processes))
        started = time.perf_counter()
        os.write(self.fd, key.encode())
        echo, last = self.drain(SILENCE)
        results = cpu = None
        everything = last or 0.0
        if select.select([self.fd], [], [], quiet)[0]:  # the app waits a moment for a further key
            again = time.perf_counter() - started
            _, last = self.drain(SILENCE)
            everything = results = again + (last or 0.0)
            cpu = sum(map(cpu_of, processes)) - before
            again = time.perf_counter() - started
            _, last = self.drain(quiet)
            everything = again + last if last else everything
        return Answer(echo or 0.0, results, cpu, everything, sum(map(cpu_of, processes)) - before)


def keys_table(folder: Path, scratch: Path) -> None:
    """Prints start and typing on an indexed folder."""
    home = scratch / f"home-keys-{folder.name}"
    answer_of(EXPLORER, folder, environment={"EXPLORER_HOME": str(home)})
    starts = []
    for _ in range(3):
        with Terminal(folder, home) as terminal:
            starts.append(terminal.wait_for(b"search"))
            terminal.drain(1.0)
    with Terminal(folder, home) as terminal:
        terminal.wait_for(b"search")
        terminal.drain(2.0)
        answers = []
        for query in TYPED:
            answers += [terminal.press(key) for key in query]
            terminal.press("\x15")
        peaks = {_role(pid): peak_of(pid) for pid in [terminal.pid, *children_of(terminal.pid)]}
    rows = [["start to first picture, wall", f"{percentile(starts, 0.5) * 1000:.0f}", f"{max(starts) * 1000:.0f}"]]
    measured = {
        "key to its echo, wall": [answer.echo for answer in answers],
        "key to painted results, wall, of it 60 spent waiting for a further key": [a.results for a in answers if a.results],
        "key to painted results, CPU of all processes": [a.results_cpu for a in answers if a.results_cpu],
        "and to the document, the names and quotes beside them, CPU": [answer.all_cpu for answer in answers],
    }
    for name, values in measured.items():
        rows.append([name, f"{percentile(values, 0.5) * 1000:.1f}", f"{percentile(values, 0.95) * 1000:.1f}"])
    print_table(f"The app on {len(list(folder.rglob('*.txt')))} stories ({len(answers)} keys)", ["", "p50 ms", "p95 ms"], rows)
    print("  peak memory: " + ", ".join(f"{role} {peak / 1e6:.0f} MB" for role, peak in peaks.items()) + "\n")


def busy_table(folder: Path, scratch: Path) -> None:
    """Prints how soon a key is answered while the folder is indexed for the first time."""
    with Terminal(folder, scratch / "home-busy") as terminal:
        terminal.wait_for(b"search")
        echoes, peaks = [], {}
        while time.perf_counter() - terminal.started < 12:
            for key in "oil \x15":
                os.write(terminal.fd, key.encode())
                started = time.perf_counter()
                if select.select([terminal.fd], [], [], 2)[0]:
                    os.read(terminal.fd, 65536)
                echoes.append(time.perf_counter() - started)
                terminal.drain(0.02, limit=0.3)
            peaks.update({_role(pid): peak_of(pid) for pid in [terminal.pid, *children_of(terminal.pid)]})
    rows = [
        [
            "key to first output, wall",
            f"{percentile(echoes, 0.5) * 1000:.1f}",
            f"{percentile(echoes, 0.95) * 1000:.1f}",
            f"{max(echoes) * 1000:.1f}",
        ]
    ]
    print_table(
        f"The app while {len(list(folder.rglob('*.txt')))} stories are indexed ({len(echoes)} keys)",
        ["", "p50 ms", "p95 ms", "max ms"],
        rows,
    )
    print("  peak memory: " + ", ".join(f"{role} {peak / 1e6:.0f} MB" for role, peak in peaks.items()) + "\n")


def large_table(scratch: Path) -> None:
    """Prints opening and scrolling a text of 5 MB."""
    folder = scratch / "large"
    folder.mkdir()
    line = "The harbour board said on day %d that the ferry would sail again when the engine had been tested twice.\n"
    text = "A very long report\n\n" + "".join(line % number + ("\n" if number % 5 == 0 else "") for number in range(50_000))
    (folder / "long.txt").write_text(text[:5_000_000] + "\nneedle\n")
    home = scratch / "home-large"
    answer_of(EXPLORER, folder, environment={"EXPLORER_HOME": str(home)})
    with Terminal(folder, home) as terminal:
        terminal.wait_for(b"search")
        terminal.drain(2.0)
        for key in "needle":
            terminal.press(key)
        opened = terminal.press("\r", quiet=1.0)
        terminal.press("g", quiet=1.0)
        pages = [terminal.press(key, quiet=0.1) for key in " " * 30 + "bbbbbGg"]
    rows = [
        ["open at a hit, wall to the last output", f"{opened.everything * 1000:.0f}", ""],
        [
            "a page further, wall to the last output",
            f"{percentile([p.everything for p in pages], 0.5) * 1000:.1f}",
            f"{percentile([p.everything for p in pages], 0.95) * 1000:.1f}",
        ],
    ]
    print_table("A text of 5 MB", ["", "p50 ms", "p95 ms"], rows)


def _role(pid: int) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    for mark, role in ((b"search", "searcher"), (b"index", "indexer")):
        if b"explorer.library.service" in command and mark in command:
            return role
    return "worker" if b"explorer.work.worker" in command else "app"
