"""One place in the pool: a thread that feeds one worker process after another."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.model import Fault
from explorer.reading.fields import unreadable
from explorer.work.forms import reading_to_json
from explorer.work.frames import encode_frame
from explorer.work.process import WorkerDiedError, WorkerProcess

RECYCLE_FILES = 500
RECYCLE_BYTES = 500 << 20
NO_WORKER = "no worker could be started"
MOST_DEATHS = 20  # over members of one file
_AHEAD_BYTES = 32_768  # a request this small fits the pipe's buffer, so sending it early can never block
_MEMORY = encode_frame({"op": "memory"})
_MEMORY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: the worker's answer, or in one line why there is none and of what sort that is.

    ``more``: it is a part of the answer, and others follow. ``weight`` is its length in bytes as it came.
    """

    tag: Any
    value: dict[str, Any] | None
    error: str | None
    fault: Fault = ""
    more: bool = False
    weight: int = 0


@dataclass(frozen=True, order=True, slots=True)
class Job:
    """A request on its way, ordered by priority, then by when it came."""

    priority: int
    order: int
    tag: Any = field(compare=False)
    request: dict[str, Any] = field(compare=False, repr=False)
    frame: bytes = field(compare=False, repr=False)
    seconds: float = field(compare=False)
    crashed: bool = field(default=False, compare=False)
    after: int = field(default=0, compare=False)  # members that are delivered already
    deaths: int = field(default=0, compare=False)  # members that a worker has died over

    def resumed(self, after: int, crashed: bool, deaths: int) -> Job:
        """The same request for what comes after the first ``after`` members."""
        frame = encode_frame({**self.request, "after": after})
        return replace(self, frame=frame, after=after, crashed=crashed, deaths=deaths)


Next = Callable[[bool, int | None], Job | None]
Finish = Callable[[Job, Outcome | None], None]


class Slot:
    """Takes jobs by ``following`` and reports each by ``finish``, until ``following`` gives None; ``fail`` gets its own errors.

    One small request is sent ahead of the answer to the one before, so the worker never waits for this process, which may
    be busy. What a dead worker had not begun goes back into the queue.
    """

    def __init__(
        self, following: Next, finish: Finish, start: Callable[[], WorkerProcess], fail: Callable[[Exception], None]
    ) -> None:
        self._following, self._finish, self._start, self._fail = following, finish, start, fail
        self._worker: WorkerProcess | None = None
        self._sent: deque[Job] = deque()
        self._begun = 0  # members of the oldest job's file
        self._member = ""  # the last of them
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
        try:
            self._serve()
        except Exception as error:  # a mistake of ours: nobody may wait for ever for what this thread was to report
            self._fail(error)
        if self._worker is not None:
            self._worker.end()

    def _serve(self) -> None:
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

    def _send(self, job: Job) -> bool:
        """Sends a job to the worker, starting one where there is none; False where that was impossible."""
        with self._starting:
            if self._worker is None and not self._stopped:
                try:
                    self._worker = self._start()
                except OSError as error:
                    self._finish(job, Outcome(job.tag, None, f"{NO_WORKER}: {error.strerror}", "no access"))
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
        """Waits for the oldest job's answer, or for the next part of it, and reports it."""
        assert self._worker is not None
        job = self._sent[0]
        try:
            answer = self._worker.receive(job.seconds)
        except WorkerDiedError as death:
            self._sent.popleft()
            self._drop_worker()
            self._bury(job, str(death), death.fault)
            return
        if answer.get("more"):
            self._begun, self._member = self._begun + 1, answer["next"]
            self._finish(job, Outcome(job.tag, answer, None, more=True, weight=self._worker.weight))
            return
        self._sent.popleft()
        self._served += 1
        weight = self._worker.weight
        if answer.get("fatal"):
            self._drop_worker()
        if (error := answer.get("error")) is None:
            self._begun = 0
            self._finish(job, Outcome(job.tag, answer, None, weight=weight))
        elif self._begun:
            self._bury(job, error, answer.get("fault", ""))
        else:
            self._finish(job, Outcome(job.tag, None, error, answer.get("fault", "")))

    def _bury(self, job: Job, reason: str, fault: Fault) -> None:
        """The worker failed over a job: a crash is given a second try, alone; a time-out would only take as long.

        Of a file with members it is one member that is given up, and the others go on.
        """
        begun, self._begun = self._begun, 0
        tried = fault == "too slow" or (job.crashed and begun <= 1)
        if not begun:
            self._finish(*((job, Outcome(job.tag, None, reason, fault)) if tried else (replace(job, crashed=True), None)))
            return
        delivered = job.after + begun - 1
        if not tried:
            self._finish(job.resumed(delivered, True, job.deaths), None)
            return
        lost = [(self._member, reading_to_json(unreadable(reason, fault)))]
        if job.deaths + 1 < MOST_DEATHS:
            self._finish(job, Outcome(job.tag, {"readings": lost}, None, more=True))
            self._finish(job.resumed(delivered + 1, False, job.deaths + 1), None)
            return
        given_up = unreadable(f"what comes after {self._member} in it is not read: too much of it stops the reader", "crashed")
        self._finish(job, Outcome(job.tag, {"readings": [*lost, ("", reading_to_json(given_up))]}, None))

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
