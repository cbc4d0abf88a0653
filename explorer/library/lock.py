"""One writer a corpus: a lock that the system frees when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from explorer.model import ExplorerError


@contextmanager
def lock(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Holds a lock file for a with block, waiting up to ``wait`` seconds.

    Raises BusyError when another process has it, UnwritableError when none can be made.
    """
    until = time.monotonic() + wait
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise UnwritableError(
            f"the index {path.parent} cannot be written ({error.strerror}); EXPLORER_HOME names another place for it"
        ) from error
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= until:
                    holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
                    raise BusyError(f"another explorer (process {holder}) is indexing this folder") from None
                time.sleep(0.05)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


class BusyError(ExplorerError):
    """Another process writes the index now; reading it is possible all the same."""


class UnwritableError(ExplorerError):
    """The index cannot be written, though it may be read."""
