"""Mailboxes: one message after the other out of a file of any size (mboxo and mboxrd, RFC 4155)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from explorer.reading.fields import unreadable
from explorer.reading.member_names import note
from explorer.reading.members import MAX_MEMBER, Budget, Member

MAX_MESSAGES = 100_000
_LINE = 1 << 16  # longer lines are read in pieces
_HEADER = re.compile(rb">?[!-9;-~]{1,70}:")
_DATED = re.compile(rb"From .{0,300}\b(?:\d{1,2}:\d{2}|(?:19|20)\d{2}\b)")
_QUOTED = re.compile(rb">+From ")


def mbox_members(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The messages of a mailbox, named "1", "2", …, at most 100 000 of them and 64 MB of each.

    A message begins with a line "From …" that has a date and a header line after it, or one of both behind an empty line.
    Quoted ">From " lines are unquoted by one mark; Content-Length is not believed. Messages are no packed bytes, so the
    mailbox takes nothing from ``budget``: each message finds it as it was at the beginning, however many were before.
    """
    inflated, entries = budget.inflated, budget.entries
    number = 0
    for data, cut in _messages(file):
        if number >= MAX_MESSAGES:
            yield note(f"only the first {MAX_MESSAGES:,} messages in it read", "too large")
            return
        number += 1
        budget.inflated, budget.entries = inflated, entries
        if data.strip():
            yield Member(str(number), data, cut, kind="mail")
        else:
            yield Member(str(number), problem=unreadable("an empty message", "empty"))
    if not number:
        yield note("a mailbox without messages", "empty")


def is_mailbox(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a mailbox: its first line begins a message as ``mbox_members`` has it."""
    lines = head.lstrip(b"\r\n").split(b"\n", 2)
    return len(lines) > 1 and lines[0].startswith(b"From ") and _begins(lines[0], lines[1], after_empty=False)


def _begins(line: bytes, following: bytes, after_empty: bool) -> bool:
    """Whether ``line``, which starts with "From ", begins a message."""
    dated, headed = _DATED.match(line) is not None, _HEADER.match(following) is not None
    return (dated or headed) if after_empty else (dated and headed)


def _messages(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The bytes of each message without its "From " line, and whether they were cut."""
    file.seek(0)
    found = io.BytesIO()  # not a list of lines: there may be millions of them
    size = 0
    started = given = False
    after_empty, whole = True, True
    line = file.readline(_LINE)
    while line:
        following = file.readline(_LINE)
        if whole and line.startswith(b"From ") and _begins(line, following, after_empty):
            if (started or size) and not given:
                yield found.getvalue(), False
            found, size, started, given = io.BytesIO(), 0, True, False
        elif not given and (started or line.strip()):
            found.write(line[1:] if whole and _QUOTED.match(line) else line)
            size += len(line)
            if size > MAX_MEMBER:  # at once: what comes behind may be a hole that takes longer than there is time
                yield found.getvalue()[:MAX_MEMBER], True
                found, given = io.BytesIO(), True
        after_empty, whole = whole and not line.strip(), line.endswith(b"\n")
        line = following
    if (started or size) and not given:
        yield found.getvalue(), False
