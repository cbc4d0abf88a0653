"""How someone whom the text does not name is called: "FBI official", "senior official at the ministry"."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.descriptions import COURTESY
from explorer.analysis.grammar import group
from explorer.analysis.noun_phrases import FAMILIAR, Subject
from explorer.analysis.phrases import Item

LONGEST_NAME = 9  # words
_LEADING = group("speakers leading")
_PLAIN = group("speakers plain")
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "his", "her", "its", "their"})
_KEPT = group("speakers kept")
_BARE = _KEPT | {"in"}


_NO_SUBJECTS = frozenset({"it's", "that's", "there's", "here's", "what's", "who's", "weekdays", "weekends", "merely"})


def is_somebody(name: str) -> bool:
    """Whether words can name somebody, and are no piece of a sentence."""
    first = name.partition(" ")[0].lower().replace("’", "'")
    if first in _NO_SUBJECTS:
        return False
    return bool(name) and len(name.split()) <= LONGEST_NAME and name.rpartition(" ")[2] not in _DETERMINERS


def unnamed_name(text: str, row: Sequence[Item], subject: Subject) -> str:
    """The noun phrase as a name: without its determiner and without "in Rome"."""
    start = subject.start
    while start < subject.head and row[start].low in _LEADING:
        start += 1
    name = _joined(text, row, start, _stop(row, subject), subject.head)
    first = text[row[start].start : row[start].end]
    return (
        name[0].lower() + name[1:]
        if name and row[start].kind == "word" and first.istitle() and row[start].low in _PLAIN
        else name
    )


def _stop(row: Sequence[Item], subject: Subject) -> int:
    """Where the words that belong to the name end behind its head."""
    stop = subject.head + 1
    while stop < subject.stop:
        low = row[stop].low
        following = row[stop + 1] if stop + 1 < len(row) else None
        if low in FAMILIAR:
            return subject.stop
        organised = low == "in" and following is not None and _is_body(row, stop + 1)
        knowing = low == "with" and following is not None and following.low in ("knowledge", "direct")
        if low in _KEPT or organised or knowing:
            stop = _next_preposition(row, stop + 1, subject.stop)
        else:
            break
    return stop


def _next_preposition(row: Sequence[Item], start: int, stop: int) -> int:
    return next((index for index in range(start, stop) if row[index].low in _KEPT | {"in", "on", "with", "from", "by"}), stop)


def _is_body(row: Sequence[Item], index: int) -> bool:
    """Whether a body's name follows, over "the"."""
    index += row[index].low == "the"
    found = row[index] if index < len(row) else None
    return found is not None and found.name is not None and found.name.type == "ORG"


def _in_full(item: Item) -> bool:
    """Whether a name inside a description is written in full: people and bodies, not places and dates."""
    return item.name is not None and item.name.type in ("PERSON", "ORG")


def _joined(text: str, row: Sequence[Item], start: int, stop: int, head: int) -> str:
    """The words of a phrase: names before the head as written ("an FBI official"), behind it in full, determiners left out."""
    pieces: list[str] = []
    for index, item in enumerate(row[start:stop], start):
        behind = index > head and index + 1 < stop
        bare = item.low == "the" and row[index - 1].low in _BARE
        if behind and (bare or item.low in COURTESY):
            continue
        piece = item.name.name if item.name is not None and index > head and _in_full(item) else text[item.start : item.end]
        pieces.append(piece if item.low in ("'s", ".", "’s", "'", "’") or not pieces else " " + piece)
    return "".join(pieces)
