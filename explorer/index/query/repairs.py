"""What is wrong with a query, and the whole query as it may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explorer.index.query.syntax import QueryError

MOST_ROUNDS = 8  # one repair may lay bare the next fault
LONGEST_GUESSED = 40  # letters of a word for which the nearest is looked for


@dataclass(frozen=True, slots=True)
class Fix:
    """What to write instead of the code points from ``start`` to ``end`` of the query."""

    start: int
    end: int
    instead: str = ""

    def applied(self, text: str) -> str:
        """The query with this written in it; where a word fell away, its blank goes too."""
        before, after = text[: self.start], text[self.end :]
        if not self.instead and (not before or before[-1].isspace() or before[-1] in "({"):
            after = after.lstrip()
            if after[:1] in ("", ")", "}") and not before.rstrip().endswith("\\"):
                before = before.rstrip()
        return before + self.instead + after


class FixableError(QueryError):
    """A fault found while a query is read; ``fix`` is what may take it away."""

    def __init__(self, message: str, column: int | None = None, fix: Fix | None = None) -> None:
        super().__init__(" ".join(message.split()), column)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field and its value stand in a query, as code points."""

    field: int
    value: int
    end: int

    def instead(self, value: str) -> Fix:
        """Another value for the field."""
        return Fix(self.value, self.end, f'"{value}"' if " " in value else value)

    def rewritten(self, text: str) -> Fix:
        """Something else for field and value."""
        return Fix(self.field, self.end, text)


def repaired(text: str, trouble: FixableError, read: Callable[[str], object]) -> str | None:
    """The query with its faults taken away one by one until it can be read; None where that is not known how."""
    for _ in range(MOST_ROUNDS):
        if trouble.fix is None:
            return None
        text = trouble.fix.applied(text)
        if not text.strip():
            return None
        try:
            read(text)
        except FixableError as next_trouble:
            trouble = next_trouble
        else:
            return text
    return None


def nearest(word: str, among: Iterable[str], cutoff: float = 0.66) -> str | None:
    """The one of some words that a misspelt one is likeliest to mean."""
    if len(word) > LONGEST_GUESSED:
        return None
    return next(iter(difflib.get_close_matches(word, list(among), n=1, cutoff=cutoff)), None)


def shortened(text: str, most: int = 40) -> str:
    """A text as an error shows it: its beginning, where it is long."""
    return text if len(text) <= most else f"{text[:most]}…"
