"""What a worker may use, and what it may never do."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Any

try:
    import resource
except ImportError:  # no POSIX: the parent's time limit is all there is
    resource = None  # type: ignore[assignment]

MEMORY = 1_536 << 20
FILE_SIZE = 64 << 20
FILES = 64
NICENESS = 5  # the app beside it answers keys first
_FORBIDDEN = frozenset(
    {
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"),
        *("socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request"),
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"),
    }
)


def limit_resources(memory: int = MEMORY) -> None:
    """Caps this process's ``memory`` (bytes of addresses), open and written files and core dumps; and lets others go first."""
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    if resource is None:
        return
    caps = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in caps:
        hard = resource.getrlimit(kind)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):  # not every platform has every limit
            resource.setrlimit(kind, (soft, soft))


def forbid_network() -> None:
    """Makes every connection, name look-up and program start raise ``PermissionError`` from now on.

    An audit hook: it sits below the socket module, so no library gets around it by holding its own reference, and it costs
    no import. Documents name hosts and programs; reading one must never reach either.
    """

    def refuse(event: str, _: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN:
            raise PermissionError(f"documents are read without network or other programs ({event})")

    sys.addaudithook(refuse)


def set_alarm(seconds: float) -> None:
    """Has the kernel end this process in ``seconds``, whatever it is doing then; 0 calls it off.

    The parent's limit comes first. This one is for a worker that hangs after its parent has died.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def memory_used() -> int:
    """Bytes of memory this process holds now, where the platform tells; else the most it ever held."""
    try:
        with open("/proc/self/statm", "rb") as numbers:  # noqa: PTH123 (a worker imports little)
            return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        if resource is None:
            return 0
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
