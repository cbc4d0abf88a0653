"""A refresh under way: what it works on, what it has done, and whom it tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from explorer.index.corpus import CorpusIndex
from explorer.model import Progress
from explorer.work.pool import Pool

FLUSH_SECONDS = 4.0  # what is done is written no later than this
REPORT_SECONDS = 0.1

Tell = Callable[[Progress], None]
Cancelled = Callable[[], bool]
Urgent = Callable[[], Sequence[int]]


@dataclass
class Count:
    """What a refresh has done so far."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class Work:
    """A refresh under way."""

    index: CorpusIndex
    pool: Pool
    tell: Tell
    cancelled: Cancelled
    urgent: Urgent
    names: str  # the engine of names, as name_engines reads it
    fingerprint: str  # of what analyses now
    count: Count = field(default_factory=Count)
    unreadable: int = 0
    told: float = 0.0

    def progress(
        self,
        phase: Literal["scan", "text", "meaning", "done"],
        done: int,
        total: int,
        since: float,
        path: str = "",
        at_once: bool = False,
    ) -> None:
        """Tells how far it is, not more often than can be read."""
        now = time.monotonic()
        if now - self.told < REPORT_SECONDS and not at_once:
            return
        self.told = now
        rate = done / max(now - since, 1e-6)
        left = (total - done) / rate if done and now - since > 0.5 else None
        self.tell(Progress(phase, done, total, rate, left, self.unreadable, path))
