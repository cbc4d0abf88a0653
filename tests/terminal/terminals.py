"""A real terminal for the real app: tmux where it is installed, else a pty with pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

WAIT = 60.0
END = "that is all"  # said when everything else has been said after the app's end
KEYS = {"enter": "Enter", "escape": "Escape", "down": "Down", "up": "Up", "tab": "Tab", "backspace": "BSpace", "ctrl+q": "C-q"}
BYTES = {"enter": "\r", "escape": "\x1b", "down": "\x1b[B", "up": "\x1b[A", "tab": "\t", "backspace": "\x7f", "ctrl+q": "\x11"}


def _unsized(command: list[str]) -> str:
    """A shell line that runs a command without the size of the terminal these tests run in."""
    return shlex.join(["env", "-u", "COLUMNS", "-u", "LINES", *command])


class Tmux:
    """The app in a tmux session of its own server, in a shell, so that what is left after it can be seen."""

    def __init__(self, command: list[str], size: tuple[int, int], environment: Mapping[str, str]) -> None:
        self._socket = f"explorer-{uuid.uuid4().hex[:12]}"
        settings = [f"{name}={value}" for name, value in environment.items()]
        line = f"{_unsized([*settings, *command])}; echo ended with $?; stty -a; echo {END}; exec sleep 120"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "sh", "-c", line)

    def press(self, *keys: str) -> None:
        """Presses named keys; anything else is typed as it is."""
        for key in keys:
            self._tmux("send-keys", *((KEYS[key],) if key in KEYS else ("-l", key)))

    def screen(self) -> str:
        """The text on the screen now."""
        return self._tmux("capture-pane", "-p")

    def modes(self) -> dict[str, bool]:
        """The terminal's modes that an app may leave behind."""
        shown = self._tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split()
        return dict(zip(("alternate", "cursor", "mouse"), (flag == "1" for flag in shown), strict=True))

    def close(self) -> None:
        """Ends the session."""
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=WAIT).stdout


class Pty:
    """The same by a pty whose output goes to a terminal in memory."""

    def __init__(self, command: list[str], size: tuple[int, int], environment: Mapping[str, str]) -> None:
        import pyte

        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._raw = b""
        line = f"{_unsized(command)}; echo ended with $?; stty -a; echo {END}; exec sleep 120"
        self._pid, self._fd = pty.fork()
        if not self._pid:
            os.environ.update({**environment, "TERM": "xterm-256color"})
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execvp("sh", ["sh", "-c", line])

    def press(self, *keys: str) -> None:
        """Presses named keys; anything else is typed as it is."""
        for key in keys:
            os.write(self._fd, BYTES.get(key, key).encode())

    def screen(self) -> str:
        """The text on the screen now."""
        while select.select([self._fd], [], [], 0.02)[0]:
            data = os.read(self._fd, 65536)
            self._raw += data
            self._stream.feed(data)
        return "\n".join(self._screen.display)

    def modes(self) -> dict[str, bool]:
        """The terminal's modes that an app may leave behind."""
        self.screen()

        def last(code: bytes) -> bool:
            return self._raw.rfind(b"\x1b[?%bh" % code) > self._raw.rfind(b"\x1b[?%bl" % code)

        return {"alternate": last(b"1049"), "cursor": last(b"25"), "mouse": any(map(last, (b"1000", b"1003", b"1006")))}

    def close(self) -> None:
        """Ends it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


Terminal = Tmux | Pty


def start(
    folder: Path | None,
    home: Path,
    size: tuple[int, int] = (80, 24),
    kind: type[Terminal] | None = None,
    arguments: tuple[str, ...] = (),
) -> Terminal:
    """Starts the app in a terminal, on a folder or on its start screen."""
    command = [sys.executable, "-m", "explorer", *([str(folder)] if folder else []), *arguments]
    kind = kind or (Tmux if shutil.which("tmux") else Pty)
    return kind(command, size, {"EXPLORER_HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})


def wait_for(terminal: Terminal, true: Callable[[str], bool] | str) -> str:
    """The screen, once it holds some words or a condition is met; fails with the screen after a while."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        screen = terminal.screen()
        if true in screen if isinstance(true, str) else true(screen):
            return screen
        time.sleep(0.05)
    raise AssertionError(f"never came: {true!r}\n{terminal.screen()}")
