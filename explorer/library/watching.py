"""Watching a folder: a process of its own that says when something in it has changed.

``python -m explorer.library.watching FOLDER``: ("changed",) on standard output, as in channel; it ends when its standard input
does.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from explorer.library import places
from explorer.library.channel import send
from explorer.model import ExplorerError
from explorer.reading.walk import passed_over, walk
from explorer.work.frames import take_streams

GATHER_MILLISECONDS = 1000  # changes that come together are told together
LOOK_MILLISECONDS = 3000  # between two looks at whether the folder itself is there
POLL_MILLISECONDS = 20_000  # between two walks where the system does not tell of changes
# File systems whose changes by other machines no kernel tells of.
_REMOTE = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "vboxsf", "virtiofs", "drvfs")
)


def main() -> int:
    """Tells of changes until nobody listens any more."""
    requests, answers = take_streams()
    stop = threading.Event()
    threading.Thread(target=_wait_for_end, args=(requests, stop), daemon=True).start()
    try:
        for _ in changes(Path(os.fsdecode(sys.argv[1])), stop):
            send(answers, ("changed",))
    except (BrokenPipeError, KeyboardInterrupt):
        return 0
    return 0


def _wait_for_end(requests: BinaryIO, stop: threading.Event) -> None:
    while requests.read(1):
        pass
    stop.set()


def changes(folder: Path, stop: threading.Event) -> Iterator[None]:
    """Yields after each bundle of changes in a folder, and when it goes away or comes back, until ``stop`` is set."""
    polling = is_remote(folder)
    while not stop.is_set():
        there = _identity(folder)
        if there is None:
            stop.wait(LOOK_MILLISECONDS / 1000)
            if _identity(folder) is not None:
                yield
            continue
        try:
            yield from (_polled if polling else _told)(folder, there, stop)
        except (OSError, RuntimeError) as error:  # above all the system's limit on watches, and names that are no UTF-8
            places.log(f"{folder} cannot be watched ({error}): it is looked through every {POLL_MILLISECONDS // 1000} seconds")
            polling = True


def _told(folder: Path, there: tuple[int, int], stop: threading.Event) -> Iterator[None]:
    """The changes that the system tells of, for as long as the folder is the same."""
    from watchfiles import watch

    ours = f"{places.home().resolve()}{os.sep}"

    def counts(_: object, path: str) -> bool:
        return not path.startswith(ours) and not passed_over(os.path.relpath(path, folder))

    bundles = watch(
        folder,
        watch_filter=counts,
        debounce=GATHER_MILLISECONDS,
        rust_timeout=LOOK_MILLISECONDS,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        force_polling=False,
        ignore_permission_denied=True,
    )
    for bundle in bundles:
        if bundle:
            yield
        if _identity(folder) != there:
            yield
            return


def _polled(folder: Path, there: tuple[int, int], stop: threading.Event) -> Iterator[None]:
    """The changes between one walk and the next; the library's own polling follows links and dies of their loops."""
    before = _seen(folder)
    while not stop.wait(POLL_MILLISECONDS / 1000):
        if _identity(folder) != there:
            yield
            return
        now = _seen(folder)
        if now != before:
            before = now
            yield


def _seen(folder: Path) -> bytes:
    """A fingerprint of what a walk sees; of a folder that goes away meanwhile it is empty."""
    digest = hashlib.blake2b(digest_size=16)
    ours = f"{places.home().resolve()}{os.sep}"
    try:
        for entry in walk(folder):
            if not f"{folder}{os.sep}{entry.path}".startswith(ours):
                digest.update(repr(entry).encode("utf-8", "surrogateescape"))
    except ExplorerError:
        return b""
    return digest.digest()


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another in its place; None where there is none."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_remote(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Whether a folder lies on a file system that other machines write to, as far as the system tells."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return False
    best, kind = -1, ""
    for fields in (line.split(" ") for line in lines):
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if len(point) > best and folder.is_relative_to(point):
            best, kind = len(point), fields[2]
    return kind in _REMOTE or kind.startswith("fuse.")


if __name__ == "__main__":
    sys.exit(main())
