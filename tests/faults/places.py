"""F29, F32 to F34, F37, F38, F40: deep folders, links, pipes and devices, what may not be read, copies, what is passed over."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path

from tests.faults.build import SECRET, Expected, Fate, Folder
from tests.faults.sound import text

_TEXT = "A word {} here.\n"
_PATH_MAX = 4096


def _note(folder: Folder, row: str, path: str, what: str, fate: Fate, *words: str, faults: tuple[str, ...] = ()) -> None:
    folder.expect(Expected(row, f"{row}/{path}", what, fate, words, faults=faults))


def _deep(folder: Folder) -> None:
    """F29: 400 folders in each other; folders whose path is longer than the system takes."""
    path = "d/" * 400 + "deep.txt"
    folder.put("F29", path, _TEXT.format("probedeeplevel"), "400 folders deep", "probedeeplevel")
    handle = os.open(folder.row("F29"), os.O_RDONLY)
    name, length = "long" * 50, 0
    while length < _PATH_MAX + 1000:
        os.mkdir(name, dir_fd=handle)
        inner = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle, length = inner, length + len(name) + 1
    file = os.open("far.txt", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=handle)
    os.write(file, _TEXT.format("probetoofar").encode())
    os.close(file)
    os.close(handle)
    _note(folder, "F29", name, "folders beyond the longest path", "listed", faults=("no access", "too large"))


def _links(folder: Folder) -> None:
    """F32: links to oneself, to a folder above, out of the corpus, to a device; none is followed."""
    row = folder.row("F32")
    folder.put("F32", "tree/in.txt", _TEXT.format("probeintree"), "a file links lead to", "probeintree")
    links: dict[str, str | Path] = {
        "self": "self",
        "loop-a": "loop-b",
        "loop-b": "loop-a",
        "above": "..",
        "tree/up": "../tree",
        "root": "/",
        "secret.txt": folder.secret,
        "outside": folder.outside,
        "zero.txt": "/dev/zero",
        "terminal.txt": "/dev/tty",
        "input.txt": "/dev/stdin",
        "process": "/proc/self",
        "dangling.txt": "nowhere.txt",
        "again.txt": "tree/in.txt",
        "long.txt": "x" * 4000,
    }
    for name, target in links.items():
        (row / name).symlink_to(target)
        _note(folder, "F32", name, "a link", "skipped")
    folder.expect(Expected("F32", "F32/outside/secret.txt", "what a link leads to", "absent", never=(SECRET,)))


def _special(folder: Folder) -> None:
    """F33: what looks like a file and is none."""
    row = folder.row("F33")
    os.mkfifo(row / "pipe.txt")
    _note(folder, "F33", "pipe.txt", "a pipe", "skipped")
    handle = os.open(row, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener, contextlib.suppress(OSError):
        listener.bind(f"/proc/self/fd/{handle}/socket.txt")
        _note(folder, "F33", "socket.txt", "a socket", "skipped")
    os.close(handle)
    with contextlib.suppress(OSError):  # only root may, and not everywhere
        os.mknod(row / "device.txt", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
        _note(folder, "F33", "device.txt", "a device", "skipped")


def _unreadable(folder: Folder) -> None:
    """F34: a file and a folder that only root may read."""
    file = folder.put("F34", "closed.txt", _TEXT.format("probeclosed"), "a file nobody may read", faults=["no access"])
    closed = folder.row("F34") / "closed"
    closed.mkdir(exist_ok=True)
    (closed / "in.txt").write_text(_TEXT.format("probeinclosed"))
    _note(folder, "F34", "closed", "a folder nobody may list", "listed", faults=("no access",))
    folder.put("F34", "open.txt", _TEXT.format("probeopen"), "a file beside them", "probeopen")
    file.chmod(0)
    closed.chmod(0)


def _times(folder: Folder) -> None:
    """F37: times of change that cannot be; a file that will be rewritten with the same size and time."""
    for name, seconds in {"epoch": 0, "before": -1_000_000_000, "future": 32_503_680_000, "far": 2**33}.items():
        path = folder.put("F37", f"{name}.txt", _TEXT.format(f"probetime{name}"), "an odd time of change", f"probetime{name}")
        with contextlib.suppress(OSError, OverflowError):
            os.utime(path, (seconds, seconds))
    folder.put("F37", "same_size.txt", _TEXT.format("probesameaaa"), "a file to be rewritten", "probesameaaa")


def rewrite_same_size(corpus: Path) -> None:
    """Gives F37's file other words of the same length, and its old time of change."""
    path = corpus / "F37" / "same_size.txt"
    before = path.stat()
    path.write_text(_TEXT.format("probesamebbb"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _copies(folder: Folder) -> None:
    """F38: the same bytes by several names."""
    first = folder.put("F38", "one.txt", text("probedup"), "a file", "probedup")
    for name in ("copy.txt", "in/copy.txt"):
        folder.put("F38", name, text("probedup"), "a copy of it", "probedup")
    (first.parent / "hard.txt").hardlink_to(first)
    _note(folder, "F38", "hard.txt", "a hard link to it", "found", "probedup")


def _passed_over(folder: Folder) -> None:
    """F40: hidden, lock and temporary files; folders with nothing in them."""
    names = (
        *(
            ".hidden.txt",
            ".git/config",
            "~$report.docx",
            ".~lock.report.odt#",
            "report.txt~",
            "#report.txt#",
            "x.tmp",
            "x.swp",
            "x.part",
        ),
        *("Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/x.txt", "node_modules/x.txt", "lost+found/x.txt", "x.crdownload"),
    )
    for name in names:
        folder.put(
            "F40", name, _TEXT.format("probesystem"), "hidden, locking or temporary", fate="skipped", never=["probesystem"]
        )
    (folder.row("F40") / "empty" / "inside").mkdir(parents=True, exist_ok=True)
    folder.put("F40", "beside.txt", _TEXT.format("probebeside"), "a file beside them", "probebeside")


def write(folder: Folder) -> None:
    """F29, F32 to F34, F37, F38 and F40."""
    for rows in (_deep, _links, _special, _unreadable, _times, _copies, _passed_over):
        rows(folder)
