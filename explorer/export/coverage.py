"""How much of a folder was read, and what was not, grouped in plain words: the same on screen and on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from explorer.model import Fault, Note, Status

# Headings in the order shown, and the faults below each.
GROUPS: tuple[tuple[str, frozenset[Fault]], ...] = (
    ("No text layer", frozenset({"no text"})),
    ("Password needed", frozenset({"password"})),
    ("Damaged", frozenset({"damaged"})),
    ("Too large or too slow", frozenset({"too large", "too slow", "crashed"})),
    ("Could not be opened", frozenset({"no access", "changed"})),
    ("Formats that are not read", frozenset({"no reader"})),
    ("Could not be read", frozenset({""})),
    ("Empty", frozenset({"empty"})),
    ("Not documents", frozenset({"not a document"})),
)
READ_IN_PART, SKIPPED = "Read in part", "Skipped by rule"
_NOTHING_TO_READ: frozenset[Fault] = frozenset({"empty", "not a document"})


class Coverage(NamedTuple):
    """Documents read, and those that were not: ``no_text`` are pages without a text layer, ``unread`` the others that should
    have had text; ``nothing`` counts files with nothing to read, which lower no percentage."""

    read: int
    no_text: int
    unread: int
    nothing: int

    @property
    def total(self) -> int:
        """All that should have text."""
        return self.read + self.no_text + self.unread


def coverage(status: Status) -> Coverage:
    """Counts what was read and what was not; a member of a mailbox or an archive counts as what it is, a document."""
    by_fault = Counter(note.fault for note in status.unreadable)
    nothing = sum(by_fault[fault] for fault in _NOTHING_TO_READ)
    no_text = by_fault["no text"]
    return Coverage(status.documents, no_text, by_fault.total() - no_text - nothing, nothing)


def coverage_line(found: Coverage, number: Callable[[int], str] = str) -> str:
    """The coverage in one line; ``number`` writes a count. 99.96 percent are not called 100."""
    percent = f" ({int(1000 * found.read / found.total) / 10:.1f} %)" if found.total else ""
    counts = ((found.no_text, "without text"), (found.unread, "not read"), (found.nothing, "with nothing to read"))
    more = "".join(f" · {number(count)} {what}" for count, what in counts if count)
    return f"{number(found.read)} of {number(found.total)} documents read{percent}{more}"


def groups(status: Status) -> list[tuple[str, list[Note]]]:
    """The files that were not read whole under their headings, those with files only."""
    found = [(heading, _of(status.unreadable, faults)) for heading, faults in GROUPS]
    found += [(READ_IN_PART, list(status.partial)), (SKIPPED, list(status.skipped))]
    return [(heading, notes) for heading, notes in found if notes]


def _of(notes: Iterable[Note], faults: frozenset[Fault]) -> list[Note]:
    return [note for note in notes if note.fault in faults]
