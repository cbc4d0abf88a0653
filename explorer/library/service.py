"""The app's child processes: one that searches, one that indexes.

``python -m explorer.library.service search|index FOLDER``: messages on standard input and output, as in channel. Both end
when their standard input does, so none outlives the app.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from explorer.index.damage import damaged_catalogue, is_damage
from explorer.library import places
from explorer.library.channel import receive, send
from explorer.library.library import Library
from explorer.model import DamagedError, ExplorerError, Progress
from explorer.work.frames import take_streams

Call = tuple[int, str, dict[str, Any]]

IDLE_SECONDS = 0.3
NICENESS = 10  # the app and its searches come before indexing
CALLS = frozenset(
    {
        *("search", "passages", "copies", "document", "hits", "analysis", "entities", "quotes", "facets", "complete", "terms"),
        *("star", "tag", "kept", "save_query", "saved_queries", "status", "decide_name"),
    }
)


def main() -> int:
    """Serves one folder in the way the first argument says."""
    requests, answers = take_streams()
    role, folder = sys.argv[1], Path(os.fsdecode(sys.argv[2]))
    try:
        (_serve_search if role == "search" else _serve_index)(folder, requests, answers)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return 0
    return 0


def _serve_search(folder: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    library: Library | None = None
    inbox = _Inbox(requests)
    threading.Thread(target=inbox.listen, daemon=True).start()
    while True:
        try:
            number, call, arguments = _next_call(inbox, library)
        except EOFError:
            if library:
                library.note_seen()  # what comes from now on is new to the reader
            return
        try:
            library = library or Library(folder, inbox.is_cancelled)
            if call not in CALLS:
                raise ExplorerError(f"there is no call {call}")
            send(answers, (number, getattr(library, call)(**arguments), None))
        except Exception as error:
            send(answers, (number, None, as_told(error, f"{call} {arguments}")))
            if isinstance(error, DamagedError) and library:
                library.close()  # it is opened again, mended or not
            elif not isinstance(error, ExplorerError):  # the index may have been replaced under us: open it again
                library = None


def _next_call(inbox: _Inbox, library: Library | None) -> Call:
    """Waits for a call; what makes the next answers quicker is done while none comes."""
    try:
        return inbox.take(IDLE_SECONDS if library else None)
    except queue.Empty:
        try:
            assert library is not None
            library.warm_up()
        except Exception as error:  # whatever it is, the next call tells it to somebody who waits
            places.log(f"reading ahead failed: {error}")
        return inbox.take()


class _Inbox:
    """The app's calls, (number, call, arguments), in order; ("cancel", number) takes one back, also while it is answered."""

    def __init__(self, requests: BinaryIO) -> None:
        self._requests = requests
        self._waiting: queue.SimpleQueue[Call | None] = queue.SimpleQueue()
        self._cancelled: dict[int, None] = {}
        self._now = 0

    def listen(self) -> None:
        """Reads until the app is gone."""
        try:
            while True:
                message = receive(self._requests)
                if message[0] == "cancel":
                    if message[1] >= self._now:
                        self._cancelled[message[1]] = None
                else:
                    self._waiting.put(message)
        except (EOFError, OSError):
            self._waiting.put(None)
            self._now = -1  # ends what is being answered

    def take(self, seconds: float | None = None) -> Call:
        """The next call that is still wanted; raises EOFError when the app is gone, queue.Empty when none comes in time."""
        while True:
            message = self._waiting.get(timeout=seconds)
            if message is None or self._now < 0:
                raise EOFError
            self._now = message[0]
            for number in [number for number in list(self._cancelled) if number < self._now]:
                del self._cancelled[number]
            if self._now not in self._cancelled:
                return message

    def is_cancelled(self) -> bool:
        """Whether nobody waits for the present call any more."""
        return self._now in self._cancelled or self._now < 0


def _serve_index(folder: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    os.nice(NICENESS)
    options = receive(requests)
    control = _Control(requests)
    threading.Thread(target=control.listen, daemon=True).start()
    try:
        library = Library(folder)
        report = library.refresh(lambda progress: _tell(answers, progress), control.is_cancelled, control.take_urgent, **options)
        send(answers, report)
    except Exception as error:
        send(answers, as_told(error, "refresh"))


def _tell(answers: BinaryIO, progress: Progress) -> None:
    send(answers, progress)


class _Control:
    """What the app says while a refresh runs: ("urgent", number) or ("cancel",); its end cancels as well."""

    def __init__(self, requests: BinaryIO) -> None:
        self._requests = requests
        self._cancelled = False
        self._urgent: list[int] = []

    def listen(self) -> None:
        """Reads until the app is gone."""
        try:
            while True:
                message = receive(self._requests)
                if message[0] == "urgent":
                    self._urgent.append(message[1])
                else:
                    self._cancelled = True
        except (EOFError, OSError):
            self._cancelled = True

    def is_cancelled(self) -> bool:
        """Whether to stop."""
        return self._cancelled

    def take_urgent(self) -> list[int]:
        """The documents asked for since the last call, the newest first."""
        taken, self._urgent = self._urgent, []
        return taken[::-1]


def as_told(error: Exception, doing: str) -> ExplorerError:
    """An error as the user is told it; one that nobody foresaw is kept whole in the log."""
    if isinstance(error, ExplorerError):
        return error
    if is_damage(error):
        return damaged_catalogue(None, error)
    places.log(f"{doing[:200]!r} failed\n{''.join(traceback.format_exception(error))}")
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return ExplorerError(f"something went wrong ({reason}); details are in {places.log_path()}")


if __name__ == "__main__":
    sys.exit(main())
