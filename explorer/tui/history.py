"""Where the reader has been: back, forward, and a new jump drops the forward branch."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A place to come back to: a query, a document's number and an offset into its text, what narrows the results."""

    query: str
    document: int | None
    offset: int
    within: str = ""


class History:
    """A list of places and where in it the reader stands."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    def leave(self, place: Place) -> None:
        """Notes the place that a jump leaves; the forward branch is dropped."""
        self._forward.clear()
        if not self._back or self._back[-1] != place:
            self._back.append(place)
            del self._back[:-LONGEST]

    def back(self, here: Place) -> Place | None:
        """Returns the place left last, None at the beginning; ``here`` is kept for the way forward."""
        return self._step(self._back, self._forward, here)

    def forward(self, here: Place) -> Place | None:
        """Returns the place that ``back`` left, None at the end."""
        return self._step(self._forward, self._back, here)

    @staticmethod
    def _step(origin: list[Place], other: list[Place], here: Place) -> Place | None:
        if not origin:
            return None
        other.append(here)
        return origin.pop()
