"""Keys in their order: each is given out when the one before it has been answered, so that none lands where one was leaving."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

ROUNDS = 2  # what a key leads to may be a message of its own, such as that a line was submitted
MOST_ROUNDS = 6  # where each led on to another place
LOOK_SECONDS = 0.05  # between two looks at what is waited for; counted in place of time, which also passes while nothing runs
LONG = 6  # looks after which an urgent key waits no longer for a place that is not reached yet
LATE = 100  # looks after which nothing waits any longer for a place that is too busy to tell
URGENT = ("escape", "ctrl+q", "ctrl+c")

Typed = Key | Paste


class Passed(Message):
    """Follows a key through the same queues: where it arrives, the key has been answered."""

    def __init__(self, to: DOMNode | None = None, round_: int = 1) -> None:
        super().__init__()
        self.to = to
        self.round = round_

    @property
    def lost(self) -> bool:
        """Whether it will not arrive, as a place on its way is gone."""
        way = self.to.ancestors_with_self if self.to is not None else []
        return not way or not isinstance(way[-1], App) or any(node._closing or node._closed for node in way)


class Reached(Message):
    """Follows what was done to reach a place through the same queues; ``end`` is called where it arrives."""

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__()
        self.end = end


def _is_text(typed: Typed) -> bool:
    return isinstance(typed, Paste) or typed.is_printable


class KeyOrder:
    """The keys and pastes not given out yet.

    ``awaits`` says whether the last one leads to a place that is not reached yet, ``slow`` whether the reader is told so.
    """

    def __init__(self, app: App[None], awaits: Callable[[], bool], slow: Callable[[], bool]) -> None:
        self._app = app
        self._awaits = awaits
        self._slow = slow
        self._waiting: deque[Typed] = deque()
        self._under_way: Passed | None = None
        self._late: Passed | None = None
        self._unread = False  # whether something is written into a line and nobody was told yet that it has changed
        self._looks = 0  # since the last one was given out
        self._looked = 0.0
        self._looking: Timer | None = None

    @property
    def place(self) -> DOMNode:
        """Where the next one goes; the app itself while it closes."""
        return (self._app.focused or self._app.screen) if self._app.screen_stack else self._app

    def add(self, typed: Typed) -> None:
        """Takes one, to be given out in its turn."""
        self._waiting.append(typed)

    def next(self) -> Typed | None:
        """The one to give out now; None where there is none, or those there are have to wait."""
        if not self._app.screen_stack:
            return None
        if self._waiting and self._under_way is None:
            awaits = self._awaits()
            if awaits and (self._looks >= LONG or self._slow()):
                awaits = not self._drop_up_to_urgent()
            if not awaits and self._unread and not _is_text(self._waiting[0]):
                self._unread = False
                self._send_word(self.place)
            elif not awaits:
                self._looks = 0
                return self._waiting.popleft()
        if self._waiting and self._looking is None:
            self._looking = self._app.set_interval(LOOK_SECONDS, self._look)
        return None

    def given(self, typed: Typed, to: DOMNode) -> None:
        """Sends word after one that was given out; after what is written into a line only before it is left."""
        self._unread = isinstance(to, Input) and _is_text(typed)
        if not self._unread:
            self._send_word(to)

    def _send_word(self, to: DOMNode) -> None:
        if self._late is None or self._late.lost:
            self._late = None
            self._follow(Passed(to))

    def passed(self, word: Passed) -> None:
        """Takes the word of a key, and sends it on where the key led."""
        if word is self._late:
            self._late = None
        if word is self._under_way:
            self._under_way, to = None, self.place
            if word.round < (ROUNDS if to is word.to else MOST_ROUNDS):
                self._follow(Passed(to, word.round + 1))

    def _follow(self, word: Passed) -> None:
        self._under_way = word if word.to is not None and word.to.post_message(word) else None

    def _drop_up_to_urgent(self) -> bool:
        """Drops what waits for a place that an urgent key behind it leaves; returns whether there is such a key."""
        urgent = any(isinstance(typed, Key) and typed.key in URGENT for typed in self._waiting)
        while urgent and not (isinstance(self._waiting[0], Key) and self._waiting[0].key in URGENT):
            self._waiting.popleft()
        return urgent

    def _look(self) -> None:
        """Looks whether what is waited for is gone, or too busy; and goes on where it was reached without a word."""
        before, self._looked = self._looked, monotonic()
        self._looks += self._looked - before >= LOOK_SECONDS / 2  # those that were held up come all at once
        if not self._waiting and self._looking is not None:
            self._looking.stop()
            self._looking = None
        elif self._under_way is not None and self._under_way.lost:
            self._under_way = None
        elif self._under_way is not None and self._looks >= LATE:
            self._late, self._under_way = self._under_way, None
        self._app.post_message(Passed())
