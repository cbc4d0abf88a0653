"""How far a refresh has come, on one line of the terminal that is gone afterwards."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType

from explorer.model import Progress

QUIET_SECONDS = 0.4  # work that is done sooner shows nothing
_DOING = {"scan": "looking for files", "text": "reading", "meaning": "finding names and quotes", "done": "done"}


class ProgressLine:
    """Shows progress on standard error where that is a terminal; elsewhere nothing."""

    def __init__(self) -> None:
        self._wanted = sys.stderr is not None and sys.stderr.isatty()
        self._started = time.monotonic()
        self._shown = False

    def tell(self, progress: Progress) -> None:
        """Takes the place of what was shown before."""
        self.show(described(progress))

    def show(self, line: str) -> None:
        """Shows a line, once work has taken long enough to be told of."""
        if self._wanted and time.monotonic() - self._started > QUIET_SECONDS:
            width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
            sys.stderr.write("\r" + line[: max(width, 1)] + "\x1b[K")
            sys.stderr.flush()
            self._shown = True

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class CountLine(ProgressLine):
    """Shows how many of something are done."""

    def __init__(self, doing: str, what: str) -> None:
        super().__init__()
        self._doing, self._what = doing, what

    def count(self, done: int, total: int) -> None:
        """Takes the place of what was shown before."""
        self.show(f"{self._doing} {done}/{total} {self._what}")

    def __enter__(self) -> CountLine:
        return self


def described(progress: Progress) -> str:
    """Progress in words: what is done, how much of it, how fast, how long it will still take, in seconds or minutes."""
    parts = [_DOING[progress.phase]]
    parts[0] += f" {progress.done}" if progress.phase == "scan" else f" {progress.done}/{progress.total}"
    if progress.rate:
        parts.append(f"{progress.rate:.0f} a second")
    if progress.seconds_left is not None:
        left = round(progress.seconds_left)
        parts.append(f"{left // 60} min {left % 60} s left" if left >= 60 else f"{left} s left")
    if progress.unreadable:
        parts.append(f"{progress.unreadable} unreadable")
    return " · ".join(parts)
