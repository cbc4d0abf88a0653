"""Worker processes that outlive a pool, so that a test which indexes three small files does not start two of them for it."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from explorer.work.limits import MEMORY
from explorer.work.pool import SECONDS
from explorer.work.process import WorkerProcess

OWN = {"EXPLORER_HOME", "PYTEST_CURRENT_TEST"}  # of each test, and nothing that a worker looks at
LIMITS = (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU)


class Lease:
    """A worker process in one pool's hands: whoever ends it while it is idle and well gives it back."""

    def __init__(self, worker: WorkerProcess, give_back: Callable[[WorkerProcess], None]) -> None:
        self.pid, self.send, self.receive = worker.pid, worker.send, worker.receive
        self._worker, self._give_back = worker, give_back
        self._lock = threading.Lock()
        self._over = False

    @property
    def weight(self) -> int:
        """Bytes of the last answer."""
        return self._worker.weight

    def kill(self) -> None:
        """Ends the process at once; does nothing once it is given back."""
        with self._lock:
            if not self._over:
                self._worker.kill()

    def end(self) -> None:
        """Gives an idle process back; one that is gone is cleared away."""
        with self._lock:
            if self._over:
                return
            self._over = True
            if self._worker._process.poll() is None:
                self._give_back(self._worker)
            else:
                self._worker.end()


class Stock:
    """The idle workers of a test process; only those are kept that were started as most are: see ``_circumstances``."""

    def __init__(self) -> None:
        self._usual = _circumstances()
        self._idle: list[WorkerProcess] = []
        self._starter = ThreadPoolExecutor(1)  # workers die with the thread that started them (PR_SET_PDEATHSIG)

    def worker(self, memory: int, seconds: float, log: Path | None) -> Any:
        """Stands for WorkerProcess; an idle one where there is one, and one of its own where anything is unlike the usual."""
        if (memory, seconds, log) != (MEMORY, SECONDS, None) or _circumstances() != self._usual:
            return WorkerProcess(memory, seconds, log)
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = self._starter.submit(WorkerProcess, memory, seconds, log).result()
        return Lease(worker, self._idle.append)

    def close(self) -> None:
        """Ends the workers."""
        while self._idle:
            self._idle.pop().end()
        self._starter.shutdown()


def _circumstances() -> object:
    """What a process takes over from the one that starts it: environment, current folder, limits."""
    environment = {key: value for key, value in os.environ.items() if key not in OWN}
    return environment, Path.cwd(), [resource.getrlimit(kind) for kind in LIMITS]
