"""Keys in their order: each is given out when the one before it has been answered, so that none lands where one was leaving."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from textual.app import App
from textual.events import Key
from textual.message import Message
from textual.message_pump import MessagePump

LOST_SECONDS = 0.5  # after so long, what a key was given to is gone, and its end will not be told
ROUNDS = 2  # what a key leads to may be a message of its own, such as that a line was submitted
URGENT = ("escape", "ctrl+q", "ctrl+c")  # not kept waiting by an answer that is not there yet


class Passed(Message):
    """Follows a key through the same queues: where it arrives, the key has been answered."""

    def __init__(self, round_: int = 0) -> None:
        super().__init__()
        self.round = round_


class KeyOrder:
    """The keys not given out yet. ``awaits`` says whether the last one leads to a place that is not reached yet."""

    def __init__(self, app: App[None], awaits: Callable[[], bool]) -> None:
        self._app = app
        self._awaits = awaits
        self._waiting: deque[Key] = deque()
        self._under_way: tuple[Passed, MessagePump] | None = None

    def keeps(self, key: Key) -> bool:
        """Whether a key has to wait for those before it, and is kept until then."""
        if self._awaits() and key.key in URGENT:
            self._waiting.clear()  # they were meant for a place that is not gone to any more
            return False
        if self._under_way is None and not self._waiting and not self._awaits():
            return False
        self._waiting.append(key)
        if len(self._waiting) == 1:
            self._watch()
        return True

    def given(self, to: MessagePump) -> None:
        """Sends word after a key that was given out."""
        self._follow(to, 0)

    def passed(self, word: Passed) -> Key | None:
        """The key to give out now, where there is one; ``word`` came from a key, or from a place that was reached."""
        if self._under_way is not None and word is self._under_way[0]:
            _, to = self._under_way
            self._under_way = None
            if word.round + 1 < ROUNDS:
                self._follow(to, word.round + 1)
        return self._waiting.popleft() if self._waiting and self._under_way is None and not self._awaits() else None

    def _follow(self, to: MessagePump, round_: int) -> None:
        word = Passed(round_)
        self._under_way = (word, to) if to.post_message(word) else None
        if self._under_way is None:
            self._app.post_message(Passed())
        elif self._waiting:
            self._watch()

    def _watch(self) -> None:
        """Waits no longer than so for the word of the key under way."""
        if (under_way := self._under_way) is not None:
            self._app.set_timer(LOST_SECONDS, lambda: self._lost(under_way))

    def _lost(self, under_way: tuple[Passed, MessagePump]) -> None:
        if self._under_way is under_way:
            self._under_way = None
            self._app.post_message(Passed())
