"""Requests that misbehave on purpose; a worker knows them only where EXPLORER_TEST_OPS is 1."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

Op = Callable[[dict[str, Any]], dict[str, Any]]


def _echo(request: dict[str, Any]) -> dict[str, Any]:
    return {"value": request.get("value"), "pid": os.getpid()}


def _crash(request: dict[str, Any]) -> dict[str, Any]:
    """Dies by a signal; with "once", only where the file of that name is not there yet."""
    once = request.get("once")
    if once and os.path.exists(once):  # noqa: PTH110
        return {"value": "second try"}
    if once:
        ctypes.CDLL(None).close(ctypes.CDLL(None).creat(os.fsencode(once), 0o600))  # Python's own way is refused
    os.kill(os.getpid(), request.get("signal", signal.SIGSEGV))
    return {}


def _sleep(request: dict[str, Any]) -> dict[str, Any]:
    time.sleep(request["seconds"])
    return {"value": "slept"}


def _spin(_: dict[str, Any]) -> dict[str, Any]:
    """Hangs in C without ever letting go of the interpreter."""
    return {"value": re.match(r"(a+)+$", "a" * 60 + "b")}


def _allocate(request: dict[str, Any]) -> dict[str, Any]:
    return {"value": len(bytearray(request["bytes"]))}


def _hold(request: dict[str, Any]) -> dict[str, Any]:
    """Keeps memory in use after the answer, as a leak would."""
    _held.append(b"x" * request["bytes"])
    return {"pid": os.getpid()}


def _print(_: dict[str, Any]) -> dict[str, Any]:
    print("a library prints")
    os.write(1, b"\x00\x00\x00\x02{}")
    sys.stderr.write("a library logs\n")
    return {"value": "printed", "stdin": sys.stdin.read()}


def _connect(request: dict[str, Any]) -> dict[str, Any]:
    """What each way out of the process answers."""
    tries: dict[str, Callable[[], Any]] = {
        "connect": lambda: socket.create_connection(("127.0.0.1", request["port"]), 1),
        "connect_ex": lambda: socket.socket().connect_ex(("127.0.0.1", request["port"])),
        "sendto": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", request["port"])),
        "look-up": lambda: socket.getaddrinfo("localhost", 80),
        "program": lambda: subprocess.run(["true"], check=True),
        "shell": lambda: os.system("true"),
    }
    return {name: _refused(attempt) for name, attempt in tries.items()}


def _write(request: dict[str, Any]) -> dict[str, Any]:
    """What each way to alter a file answers."""
    path = request["path"]
    tries: dict[str, Callable[[], Any]] = {
        "open": lambda: open(path, "w"),  # noqa: PTH123, SIM115
        "add": lambda: os.open(path, os.O_WRONLY | os.O_APPEND),
        "make": lambda: os.open(f"{path}.new", os.O_RDWR | os.O_CREAT),
        "remove": lambda: os.unlink(path),  # noqa: PTH108
        "rename": lambda: os.replace(path, f"{path}.new"),  # noqa: PTH105
        "folder": lambda: os.mkdir(f"{path}.folder"),  # noqa: PTH102
        "times": lambda: os.utime(path, (0, 0)),
        "mode": lambda: os.chmod(path, 0o777),  # noqa: PTH101
        "cut": lambda: os.truncate(path, 0),
        "link": lambda: os.symlink(path, f"{path}.link"),  # noqa: PTH211
    }
    return {name: _refused(attempt) for name, attempt in tries.items()}


def _networks(_: dict[str, Any]) -> dict[str, Any]:
    """The networks that this process could use, and the signal that it gets when its parent dies."""
    found = ctypes.c_int()
    ctypes.CDLL(None).prctl(2, ctypes.byref(found), 0, 0, 0)
    with open("/proc/self/net/dev", encoding="ascii") as lines:  # noqa: PTH123
        return {"networks": [line.partition(":")[0].strip() for line in lines if ":" in line], "signal": found.value}


def _refused(attempt: Callable[[], Any]) -> str:
    try:
        return repr(attempt())
    except PermissionError:
        return "refused"


_held: list[bytes] = []
OPS: dict[str, Op] = {
    "echo": _echo,
    "crash": _crash,
    "sleep": _sleep,
    "spin": _spin,
    "allocate": _allocate,
    "hold": _hold,
    "print": _print,
    "connect": _connect,
    "write": _write,
    "networks": _networks,
}
