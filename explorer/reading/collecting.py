"""Taking members out of an archive within bounds, and keeping count of what was read, cut and passed over."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from explorer.reading.fields import unreadable
from explorer.reading.formats import format_of
from explorer.reading.load import Content, is_pdf
from explorer.reading.member_names import is_left_out, note
from explorer.reading.members import MAX_MEMBER, MAX_RATIO, Budget, Member
from explorer.reading.unpacking import ALWAYS, DamagedError

_MAX_WHOLE = 256 << 20  # of a member that is worth nothing without its end
_HEAD = 16_384  # bytes enough to tell what a member is
_MAX_LOOKED_AT = 100_000  # entries, folders and what is left out among them
_WHOLE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@dataclass(slots=True)
class Tally:
    """What is known of an archive while it is gone through: names taken, and what was passed over."""

    budget: Budget
    taken: dict[str, int] = field(default_factory=dict)
    looked_at: int = 0
    files: int = 0
    left_out: int = 0
    special: int = 0

    def wants(self, path: str, special: bool) -> bool:
        """Whether a file of that path is to be read; else it is counted for what it is."""
        if special:
            self.special += 1
        elif is_left_out(path):
            self.left_out += 1
        else:
            self.budget.entries -= 1
            self.files += 1
            return True
        return False

    def full(self, total: int = 0) -> Member | None:
        """The note that no more is read, once a bound is reached; ``total`` 0 means that nobody knows how many there are."""
        if self.budget.entries <= 0 or self.looked_at >= _MAX_LOOKED_AT:
            return note(f"only {self.first(total)} read", "too large")
        if self.budget.inflated <= 0:
            return note(f"too large when unpacked: only {self.first(total)} read", "too large")
        return None

    def first(self, total: int = 0) -> str:
        """What was read so far, in words."""
        return f"the first {self.files:,}{f' of {total:,}' if total > self.files else ''} files in it"

    def broken(self, words: str) -> Member:
        """The note that a stream ended early."""
        return note(f"damaged: {words}: {counted(self.files, 'file', 'files')} in it found", "damaged")

    def notes(self) -> Iterator[Member]:
        """What is to be said at the end of an archive that was gone through."""
        if self.special:
            yield note(f"{counted(self.special, 'link or device', 'links or devices')} in it not followed", "")
        if self.left_out:
            yield note(f"{counted(self.left_out, 'hidden or system file', 'hidden or system files')} in it left out", "")
        if not (self.files or self.special or self.left_out):
            yield note("an archive without files", "empty")


def counted(number: int, one: str, many: str) -> str:
    """ "1 file", "2,000 files"."""
    return f"{number:,} {one if number == 1 else many}"


@dataclass(slots=True)
class Got:
    """What came out of a member: not all of it where ``cut``; ``damage`` says what ended it early, else ""."""

    data: bytes
    cut: bool = False
    damage: str = ""


def most_of(head: bytes, name: str) -> int:
    """How many bytes to take of a member that begins with ``head``: of what has no text only that."""
    if is_pdf(head) or head.startswith(_WHOLE):
        return _MAX_WHOLE
    if len(head) < _HEAD:
        return MAX_MEMBER
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    textless = format_of(Content(head, len(head), 0, 0, 0), extension).fault in ("no text", "not a document")
    return len(head) if textless else MAX_MEMBER


def collected(pieces: Iterable[bytes], name: str, packed: int, budget: Budget) -> Got:
    """The pieces of a member of ``packed`` bytes put together as far as bounds and ``budget`` allow; takes from it."""
    found = io.BytesIO()
    cut, damage, limit = False, "", -1
    try:
        for piece in pieces:
            if limit < 0:
                limit = min(most_of(piece, name), budget.inflated, max(ALWAYS, MAX_RATIO * packed))
            room = limit - found.tell()
            found.write(piece[:room])
            if cut := len(piece) > room:
                break
    except DamagedError as error:
        damage = str(error)
    budget.inflated -= found.tell()
    return Got(found.getvalue(), cut, damage)


def as_members(name: str, got: Got) -> Iterator[Member]:
    """The member, and where it is damaged the note that says so; its reading is the damage where nothing came out."""
    if got.damage and not got.data:
        yield Member(name, problem=unreadable(f"damaged: {got.damage}"))
    elif not got.data:
        yield Member(name, problem=unreadable("empty file", "empty"))
    else:
        yield Member(name, got.data, got.cut or bool(got.damage), broken=got.damage)
        if got.damage:
            yield note(f"{name}: damaged: {got.damage}, so only its beginning is read", "damaged")
