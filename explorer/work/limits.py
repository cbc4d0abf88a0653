"""What a worker may use, and what it may never do."""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sys
from typing import Any

try:
    import resource
except ImportError:  # no POSIX: the parent's time limit is all there is
    resource = None  # type: ignore[assignment]

MEMORY = 1_536 << 20
FILE_SIZE = 64 << 20  # of the log, the one file a worker can write: a limit of 0 would silence it
FILES = 64
NICENESS = 5  # the app beside it answers keys first
MORE_CPU = 5.0  # seconds of computing beyond the alarm, for a reader that computes in several threads
_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 0x1000_0000, 0x4000_0000, 1, 38  # linux/sched.h, prctl.h
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_COMPILED = f"{os.sep}__pycache__{os.sep}"  # Python keeps there what it compiled
_FORBIDDEN = frozenset(
    {
        *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"),
        *("socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request"),
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"),
    }
)
_CHANGING = frozenset(
    {
        *("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
        *("os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr"),
    }
)


def limit_resources(memory: int = MEMORY) -> None:
    """Caps this process's ``memory`` (bytes of addresses), open and written files and core dumps; and lets others go first."""
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, FILE_SIZE),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _limit(kind, most)


def _limit(kind: int, most: int) -> None:
    """Sets a soft limit, as far as the hard one lets it."""
    assert resource is not None
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(OSError, ValueError):  # not every platform has every limit
        resource.setrlimit(kind, (soft, hard if kind == resource.RLIMIT_CPU else soft))


def forbid_network() -> None:
    """Makes every connection, name look-up, program start and change of a file raise ``PermissionError`` from now on.

    An audit hook: it sits below the socket module, so no library gets around it by holding its own reference, and it costs
    no import. Documents name hosts and programs; reading one must never reach either, nor alter a file. Where the system
    lets it, the process is left without any network besides, which binds libraries in C too.
    """
    _leave_network()

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            if arguments[2] & _WRITING and _is_kept_from(arguments[0]):
                raise PermissionError("documents are read without writing anything (open)")
        elif event in _FORBIDDEN:
            raise PermissionError(f"documents are read without network or other programs ({event})")
        elif event in _CHANGING and _is_kept_from(arguments[0]):
            raise PermissionError(f"documents are read without writing anything ({event})")

    sys.addaudithook(refuse)


def _is_kept_from(path: object) -> bool:
    """Whether a file is none of the few that reading may write."""
    return not (isinstance(path, str) and (_COMPILED in path or path == os.devnull))


def _leave_network() -> None:
    """Goes into a network of its own, which is empty, and dies with its parent; does nothing where the system has no such thing.

    Linux: unshare(2), in a new user namespace where this is no superuser; prctl(2). 3 ms, most of it the import.
    """
    if sys.platform != "linux":
        return
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        system = ctypes.CDLL(None)
        if system.unshare(_CLONE_NEWNET) != 0:
            system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        system.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def set_alarm(seconds: float) -> None:
    """Has the kernel end this process in ``seconds``, or when it has computed that long, whatever it is doing then; 0 calls
    it off.

    The parent's limit comes first. This one is for a worker that hangs after its parent has died.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
    if resource is not None and seconds:  # a worker that waits for its next request computes nothing
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds + MORE_CPU))


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
