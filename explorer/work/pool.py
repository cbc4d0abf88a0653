"""A pool of worker processes that outlives whatever a file does to one of them."""

from __future__ import annotations

import heapq
import itertools
import threading
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from explorer.work.frames import FrameError, encode_frame
from explorer.work.limits import MEMORY
from explorer.work.process import WorkerProcess
from explorer.work.slot import Job, Outcome, Slot

__all__ = ["Outcome", "Pool"]

SECONDS = 20.0  # for a batch of texts to be analysed; reading a file has its own, patience.read_seconds
MOST_PARTS = 64  # of answers that wait to be taken: a worker with more to say waits
MOST_WEIGHT = 64 << 20  # bytes of answers that wait to be taken: a few enormous texts side by side would fill the memory


class Pool:
    """Up to ``size`` worker processes, each started when there is work for it and fed by a thread of its own.

    A request that takes longer than ``seconds`` has its worker killed and is reported; one that crashes its worker is tried
    once more, alone, and then reported. What the workers write to standard error is appended to ``log``;
    ``memory`` is the most that each may have, in bytes of addresses.
    """

    def __init__(self, size: int, seconds: float = SECONDS, log: Path | None = None, memory: int = MEMORY) -> None:
        self._size, self._seconds = max(1, size), seconds
        self._start = partial(WorkerProcess, memory, seconds, log)
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._done: list[Outcome] = []
        self._weight = 0  # of these
        self._slots: list[Slot] = []
        self._idle = 0
        self._unfinished = 0
        self._order = itertools.count()
        self._closed = False
        self._failure: Exception | None = None  # of a thread of ours

    def submit(self, tag: Any, request: dict[str, Any]) -> None:
        """Queues a request; its "priority" (0 unless given, lower first) is taken out, its "limit" holds in place of the pool's
        seconds. Any thread may call this.

        Raises ``RuntimeError`` after ``close``. A request too long for a message is reported like a failed one.
        """
        priority = request.get("priority", 0)
        request = {key: value for key, value in request.items() if key != "priority"}
        try:
            frame = encode_frame(request)
        except FrameError as error:
            with self._changed:
                self._unfinished += 1
                self._done.append(Outcome(tag, None, str(error)))
                self._changed.notify_all()
            return
        with self._changed:
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._unfinished += 1
            job = Job(priority, next(self._order), tag, request, frame, request.get("limit", self._seconds))
            heapq.heappush(self._waiting, job)
            if self._idle < len(self._waiting) and len(self._slots) < self._size:
                self._slots.append(Slot(self._next, self._finish, self._start, self._fail))
            self._changed.notify_all()

    def take(self, timeout: float | None = None) -> list[Outcome]:
        """Every outcome there is; where there is none, waits up to ``timeout`` seconds for the first (None: until it comes).

        Empty on a time-out, and at once where nothing is pending. An answer in parts has an outcome for each. Raises
        RuntimeError where a thread of the pool failed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._done or not self._unfinished or self._closed or self._failure, timeout)
            if self._failure is not None and not self._done:
                raise RuntimeError("a worker's thread failed") from self._failure
            taken, self._done, self._weight = self._done, [], 0
            self._unfinished -= sum(not outcome.more for outcome in taken)
            self._changed.notify_all()
            return taken

    @property
    def pending(self) -> int:
        """How many requests were submitted whose outcome has not been taken."""
        return self._unfinished

    def cancel_waiting(self) -> list[Any]:
        """Drops what no worker has begun and returns the tags; there will be no outcome for them."""
        with self._changed:
            tags = [job.tag for job in sorted(self._waiting)]
            self._waiting.clear()
            self._unfinished -= len(tags)
            self._changed.notify_all()
            return tags

    def close(self) -> None:
        """Drops what is waiting, ends the workers, busy ones too, and joins their threads. May be called twice."""
        self.cancel_waiting()
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for slot in self._slots:
            slot.stop()

    def _next(self, wait: bool, most: int | None) -> Job | None:
        """The next job for a slot: with ``wait`` as soon as there is one, None when the pool is closed; without, only one
        that is there already and at most ``most`` bytes long."""
        with self._changed:
            if wait:
                self._idle += 1
                self._changed.wait_for(lambda: self._waiting or self._closed)
                self._idle -= 1
            if self._closed or not self._waiting or (most is not None and len(self._waiting[0].frame) > most):
                return None
            return heapq.heappop(self._waiting)

    def _finish(self, job: Job, outcome: Outcome | None) -> None:
        """Takes a slot's outcome; without one the job goes back to be done again, unless the pool is closed.

        Of parts it takes only so many at a time, and of all answers only so many bytes.
        """
        with self._changed:
            if outcome is not None:
                self._changed.wait_for(lambda: self._closed or self._has_room(outcome))
            if outcome is not None:
                self._done.append(outcome)
                self._weight += outcome.weight
            elif self._closed:
                self._unfinished -= 1
            else:
                heapq.heappush(self._waiting, job)
            self._changed.notify_all()

    def _fail(self, error: Exception) -> None:
        """Takes what ended a slot's thread; the next who waits gets it."""
        with self._changed:
            self._failure = error
            self._changed.notify_all()

    def _has_room(self, outcome: Outcome) -> bool:
        """Whether an outcome may join those that wait to be taken."""
        if outcome.more and len(self._done) >= MOST_PARTS:
            return False
        return not self._done or self._weight + outcome.weight <= MOST_WEIGHT

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
