"""One place in the pool: a thread that feeds one worker process after another."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.work.frames import encode_frame
from explorer.work.process import WorkerDiedError, WorkerProcess

RECYCLE_FILES = 500
RECYCLE_BYTES = 500 << 20
_AHEAD_BYTES = 32_768  # a request this small fits the pipe's buffer, so sending it early can never block
_MEMORY = encode_frame({"op": "memory"})
_MEMORY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: the worker's answer, or in one line why there is none."""

    tag: Any
    value: dict[str, Any] | None
    error: str | None


@dataclass(frozen=True, order=True, slots=True)
class Job:
    """A request on its way, ordered by priority, then by when it came."""

    priority: int
    order: int
    tag: Any = field(compare=False)
    frame: bytes = field(compare=False)
    seconds: float = field(compare=False)
    crashed: bool = field(default=False, compare=False)


Next = Callable[[bool, int | None], Job | None]
Finish = Callable[[Job, Outcome | None], None]


class Slot:
    """Takes jobs by ``following`` and reports each by ``finish``, until ``following`` gives None.

    One small request is sent ahead of the answer to the one before, so the worker never waits for this process, which may
    be busy. What a dead worker had not begun goes back into the queue.
    """

    def __init__(self, following: Next, finish: Finish, start: Callable[[], WorkerProcess]) -> None:
        self._following, self._finish, self._start = following, finish, start
        self._worker: WorkerProcess | None = None
        self._sent: deque[Job] = deque()
        self._served = 0
        self._stopped = False
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="worker feeder", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the worker, busy or not, and the thread; the pool must be closed already."""
        with self._starting:
            self._stopped = True
            if self._worker is not None and self._sent:
                self._worker.kill()
        self._thread.join()

    def _run(self) -> None:
        while True:
            if not self._sent:
                self._recycle()
                job = self._following(True, None)
                if job is None:
                    break
                if not self._send(job):
                    continue
            if len(self._sent) == 1 and not self._sent[0].crashed and self._served < RECYCLE_FILES:
                ahead = self._following(False, _AHEAD_BYTES)
                if ahead is not None:
                    self._send(ahead)
            self._receive()
        if self._worker is not None:
            self._worker.end()

    def _send(self, job: Job) -> bool:
        """Sends a job to the worker, starting one where there is none; False where that was impossible."""
        with self._starting:
            if self._worker is None and not self._stopped:
                try:
                    self._worker = self._start()
                except OSError as error:
                    self._finish(job, Outcome(job.tag, None, f"no worker could be started: {error.strerror}"))
                    return False
                self._served = 0
            if self._worker is None or (job.crashed and self._sent):
                self._finish(job, None)
                return False
            self._sent.append(job)
            worker = self._worker
        worker.send(job.frame)
        return True

    def _receive(self) -> None:
        """Waits for the oldest answer and reports it."""
        assert self._worker is not None
        try:
            answer = self._worker.receive(self._sent[0].seconds)
        except WorkerDiedError as death:
            self._bury(str(death))
            return
        job = self._sent.popleft()
        self._served += 1
        error = answer.get("error")
        self._finish(job, Outcome(job.tag, None if error else answer, error))
        if answer.get("fatal"):
            self._drop_worker()

    def _bury(self, reason: str) -> None:
        """The worker died over the oldest job: a crash is given a second try, alone; a time-out would only take as long."""
        job = self._sent.popleft()
        self._drop_worker()
        if job.crashed or reason.startswith("took longer"):
            self._finish(job, Outcome(job.tag, None, reason))
        else:
            self._finish(replace(job, crashed=True), None)

    def _drop_worker(self) -> None:
        with self._starting:
            worker, self._worker = self._worker, None
            unbegun, self._sent = self._sent, deque()
        if worker is not None:
            worker.kill()
            worker.end()
        for job in unbegun:
            self._finish(job, None)

    def _recycle(self) -> None:
        """Between jobs, after every 500 of them: a worker that has grown is replaced."""
        if self._worker is None or self._served < RECYCLE_FILES:
            return
        self._served = 0
        self._worker.send(_MEMORY)
        with contextlib.suppress(WorkerDiedError):
            if self._worker.receive(_MEMORY_SECONDS)["bytes"] <= RECYCLE_BYTES:
                return
        self._drop_worker()
