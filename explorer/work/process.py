"""One worker process as its parent sees it: started, asked, killed."""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from explorer.model import Fault
from explorer.work.frames import FrameError, read_weighed

_PATIENCE = 2.0  # seconds for a killed process to go; one that waits for a dead file server may never


class WorkerDiedError(Exception):
    """The worker is gone; the argument says why, in words for the user, ``fault`` of what sort that is."""

    def __init__(self, reason: str, fault: Fault) -> None:
        super().__init__(reason)
        self.fault = fault


class WorkerProcess:
    """A running worker. One thread sends and receives; any thread may call ``kill``."""

    def __init__(self, memory: int, seconds: float, log: Path | None) -> None:
        # -P: the current folder, which may be the corpus, must not be searched for modules. Not -I: that would drop
        # PYTHONPATH, and with it an installation that is found by it; an editable one is found either way.
        command = [sys.executable, "-P", "-m", "explorer.work.worker", str(seconds), str(memory)]
        with contextlib.ExitStack() as opened:
            errors: int | IO[bytes] = subprocess.DEVNULL
            with contextlib.suppress(OSError):  # without a log errors go nowhere, and files are read all the same
                errors = opened.enter_context(log.open("ab")) if log else errors
            self._process = subprocess.Popen(
                command,
                bufsize=0,  # an answer must not hide from poll() in a buffer
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,  # no terminal, and one group to kill
            )
        self.pid = self._process.pid
        self._lock = threading.Lock()
        self.weight = 0  # bytes of the last answer
        self._requests = io.BufferedWriter(cast(io.RawIOBase, self._process.stdin))
        self._answers = cast(BinaryIO, self._process.stdout)
        self._ready = select.poll()
        self._ready.register(self._answers, select.POLLIN)

    def send(self, frame: bytes) -> None:
        """Writes a request. That a worker is gone is noticed at ``receive``."""
        with contextlib.suppress(OSError, ValueError):
            self._requests.write(frame)
            self._requests.flush()

    def receive(self, seconds: float) -> dict[str, Any]:
        """The answer to the oldest request not answered yet. Raises ``WorkerDiedError``, also when it takes too long."""
        if not self._ready.poll(seconds * 1000):
            self.kill()
            raise WorkerDiedError(f"took longer than {seconds:g} s", "too slow")
        try:
            answer, self.weight = read_weighed(self._answers)
        except (FrameError, OSError):
            answer = None
        if isinstance(answer, dict):
            return answer
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)  # its own exit code tells why it went
        self.kill()
        raise WorkerDiedError(self._why(), "crashed")

    def kill(self) -> None:
        """Ends the worker at once, and whatever it started."""
        with self._lock:
            if self._process.poll() is not None:
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE)

    def end(self) -> None:
        """Lets an idle worker end by itself, which it does when its input is closed; kills it if it does not."""
        with contextlib.suppress(OSError, ValueError):
            self._requests.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        self.kill()
        self._answers.close()

    def _why(self) -> str:
        code = self._process.returncode
        if code == -signal.SIGABRT:
            return "the reader crashed: the file is damaged or needs too much memory"
        if code in (-signal.SIGALRM, -signal.SIGXCPU):
            return "took longer than a file may"
        if code == -signal.SIGKILL:
            return "the reader was ended by the system: needed too much memory"
        return "the reader crashed"
