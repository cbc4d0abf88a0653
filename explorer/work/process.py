"""One worker process as its parent sees it: started, asked, killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from explorer.work.frames import FrameError, read_frame


class WorkerDied(Exception):
    """The worker is gone; the argument says why, in words for the user."""


class WorkerProcess:
    """A running worker. One thread writes and reads; any thread may call ``kill``."""

    def __init__(self, seconds: float, log: Path | None) -> None:
        # -P: the current folder, which may be the corpus, must not be searched for modules. Not -I: that would drop
        # PYTHONPATH, and with it an installation that is found by it; an editable one is found either way.
        command = [sys.executable, "-P", "-m", "explorer.work.worker", str(seconds)]
        with contextlib.ExitStack() as opened:
            errors: int | IO[bytes] = opened.enter_context(log.open("ab")) if log else subprocess.DEVNULL
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
            )
        self.served = 0
        self._lock = threading.Lock()
        self._reason = ""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout

    def send(self, frame: bytes) -> None:
        """Writes a request. A worker that is gone is noticed at ``receive``."""
        with contextlib.suppress(OSError):
            self._requests.write(frame)
            self._requests.flush()

    def receive(self) -> dict[str, Any]:
        """The answer to the oldest request not answered yet. Raises ``WorkerDied``."""
        try:
            answer = read_frame(self._answers)
        except (FrameError, OSError):
            answer = None
        if isinstance(answer, dict):
            self.served += 1
            return answer
        self.kill("")
        raise WorkerDied(self._reason or self._death())

    def kill(self, reason: str) -> None:
        """Ends the worker and whatever it started; ``reason`` is what ``receive`` then gives."""
        with self._lock:
            if self._process.returncode is not None:
                return
            self._reason = self._reason or reason
            if not reason and self._exited():
                return
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def end(self) -> None:
        """Lets an idle worker end by itself, which it does as soon as its input is closed; kills it if it does not."""
        with contextlib.suppress(OSError):
            self._requests.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self.kill("ended")
        self._answers.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _exited(self) -> bool:
        """Whether the worker ends within a moment by itself, so that its own exit code tells why."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        return self._process.returncode is not None

    def _death(self) -> str:
        code = self._process.returncode
        if code == -signal.SIGABRT:
            return "the reader crashed: it needed too much memory, or the file is damaged"
        if code == -signal.SIGKILL:
            return "the reader was ended by the system: too little memory"
        if code == -signal.SIGALRM:
            return "the reader took too long"
        return "the reader crashed"
