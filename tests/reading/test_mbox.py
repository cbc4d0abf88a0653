"""Mailboxes: each message once, whatever the others are."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading import mbox
from explorer.reading.mail import read_message
from explorer.reading.mbox import is_mailbox, mbox_members
from explorer.reading.members import Budget, Member

MARK = b"From ada@example.org Mon Mar 05 10:00:00 2001\n"


def letter(number: int, body: bytes = b"It left at dawn.\n") -> bytes:
    return MARK + b"From: Ada <ada@example.org>\nSubject: letter %d\n\n%s\n" % (number, body)


def members_of(data: bytes) -> list[Member]:
    return list(mbox_members(io.BytesIO(data), Budget()))


def test_messages_are_numbered_and_read_as_mail() -> None:
    members = members_of(b"".join(map(letter, range(1, 301))))
    assert [member.name for member in members] == [str(number) for number in range(1, 301)]
    assert {member.kind for member in members} == {"mail"}
    assert read_message(members[149].data)[0].title == "letter 150"


def test_windows_line_ends_are_read() -> None:
    data = (letter(1) + letter(2)).replace(b"\n", b"\r\n")
    assert [read_message(member.data)[0].title for member in members_of(data)] == ["letter 1", "letter 2"]


def test_a_line_that_begins_with_from_is_no_message_unless_it_looks_like_one() -> None:
    body = b"\nFrom here on we walked.\nFrom 2001 on too.\n\n>From the pier\n>>From far\n"
    members = members_of(letter(1, body) + letter(2))
    assert len(members) == 2
    assert members[0].data.endswith(b"From 2001 on too.\n\nFrom the pier\n>From far\n\n")


def test_a_message_without_an_empty_line_before_it_is_found() -> None:
    assert len(members_of(letter(1).rstrip(b"\n") + b"\n" + letter(2))) == 2


def test_a_lying_length_is_not_believed() -> None:
    lying = letter(1).replace(b"Subject", b"Content-Length: 999999\nSubject")
    assert len(members_of(lying + letter(2))) == 2


def test_one_bad_message_costs_no_other() -> None:
    bad = MARK + bytes(range(256)) * 4 + b"\n\n"
    members = members_of(letter(1) + bad + MARK + b"\n" + MARK + letter(2))
    titles = [read_message(member.data)[0].title for member in members if member.data]
    assert (titles[0], titles[-1]) == ("letter 1", "letter 2")
    empty = [member.problem.fault for member in members if member.problem]
    assert empty and set(empty) == {"empty"}


def test_each_message_finds_the_budget_whole() -> None:
    budget = Budget(1_000, 10)
    for _ in mbox_members(io.BytesIO(letter(1) + letter(2) + letter(3)), budget):
        assert budget == Budget(1_000, 10)
        budget.entries, budget.inflated = 0, 0


def test_bounds_are_kept_and_told(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(mbox, "MAX_MESSAGES", 3)
    monkeypatch.setattr(mbox, "MAX_MEMBER", 1_000)
    members = members_of(letter(1, b"x" * 5_000) + letter(2) + letter(3) + letter(4))
    assert (len(members[0].data), members[0].cut, members[1].cut) == (1_000, True, False)
    assert [member.name for member in members] == ["1", "2", "3", ""]
    assert members[3].problem is not None and members[3].problem.problems == ("only the first 3 messages in it read",)


def test_a_mailbox_without_messages_says_so() -> None:
    (member,) = members_of(b"\n\n")
    assert member.problem is not None and member.problem.fault == "empty"


def test_only_one_message_is_in_memory() -> None:
    data = io.BytesIO(letter(1, b"word\n" * 1_000) * 60)
    tracemalloc.start()
    count = sum(1 for _ in mbox_members(data, Budget()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60 and peak < 60_000


def test_mailboxes_are_told_from_single_mails() -> None:
    assert is_mailbox(letter(1)) and is_mailbox(b"\n" + letter(1).replace(b"\n", b"\r\n"))
    assert not is_mailbox(b"From: a@b.c\nSubject: s\n\nFrom x 2001\n")
    assert not is_mailbox(b"From the pier we saw 2001\nand more\n")


@given(
    st.lists(
        st.sampled_from([MARK, b"From x\n", b"\n", b">From a\n", b"Subject: s\n", b"From \n", b"\xff\0", b"word\r\n"]),
        max_size=20,
    )
)
@settings(max_examples=100)
def test_any_lines_are_survived_and_nothing_is_lost(lines: list[bytes]) -> None:
    members = members_of(b"".join(lines))
    assert members
    words = sum(line.count(b"word") for line in lines)
    assert sum(member.data.count(b"word") for member in members) == words


def test_a_message_beyond_the_bound_is_given_before_what_is_behind_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MAX_MEMBER", 1000)
    file = io.BytesIO(letter(1, b"word word\n" * 100_000) + letter(2))
    messages = mbox_members(file, Budget())
    first = next(messages)
    assert first.cut and len(first.data) == 1000
    assert file.tell() < 100_000
    assert [(member.name, member.cut) for member in messages] == [("2", False)]
