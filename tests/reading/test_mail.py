"""Mail: headers that can be searched, the right body, attachments named."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.mail import read_mail
from explorer.work.forms import reading_from_json, reading_to_json

PLAIN = (
    b"From: Ada Quill <ada@example.org>\r\nTo: bo@example.org\r\nDate: Mon, 05 Mar 2001 10:00:00 +0000\r\n"
    b"Subject: The ferry\r\nReceived: from nowhere\r\n\r\nIt left at dawn.\r\n"
)


def message(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Ada Quill <ada@example.org>"
    mail["Subject"] = "The ferry"
    for name, value in headers.items():
        mail[name] = value
    return mail


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    for start in (b"", b"From: a\nSubject: b\n", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"):
        reading = read_mail(start + data)
        assert reading.text or reading.problems
        assert reading.body_end == len(reading.text)


@given(
    st.sampled_from(["Subject", "From", "Date", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding"]),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=80),
)
def test_any_header_gives_a_reading(name: str, value: str) -> None:
    reading = read_mail(f"{name}: {value}\nSubject: known\n\nbody text\n".encode("latin-1"))
    assert reading.state in ("ok", "unreadable")
    assert reading.date is None or len(reading.date) == 10


def test_the_headers_come_first_and_fill_the_fields() -> None:
    reading = read_mail(PLAIN)
    assert reading.text == (
        "From: Ada Quill <ada@example.org>\nTo: bo@example.org\nDate: Mon, 05 Mar 2001 10:00:00 +0000\n"
        "Subject: The ferry\n\nIt left at dawn."
    )
    assert (reading.title, reading.author, reading.date) == ("The ferry", "Ada Quill", "2001-03-05")
    assert reading.guessed == ()
    assert (reading.sender, reading.recipients) == ("Ada Quill <ada@example.org>", "bo@example.org")


def test_sender_and_recipients_are_kept_with_names_and_addresses() -> None:
    reading = read_mail(
        b'From: "Quill, Ada" <ada@example.org>\nTo: =?utf-8?q?B=C3=B6_Berg?= <bo@x.org>,\n "Team; all" <team@x.org>; cy@z.net\n'
        b"Cc: Desk: dan@x.org, cy@z.net;\nbcc: hidden@x.org\nCC: second@x.org\nReply-To: no@x.org\n\nbody\n"
    )
    assert reading.sender == '"Quill, Ada" <ada@example.org>'
    assert reading.recipients.split("\n") == [
        *("Bö Berg <bo@x.org>", '"Team; all" <team@x.org>', "cy@z.net", "Desk: dan@x.org", "hidden@x.org", "second@x.org")
    ]
    assert reading_from_json(reading_to_json(reading)) == reading


def test_a_mail_without_addresses_has_none() -> None:
    reading = read_mail(b"Subject: s\nTo:\nCc: ,;,\n\nbody\n")
    assert (reading.sender, reading.recipients) == ("", "")


def test_the_last_of_many_recipients_is_kept_and_too_many_are_told() -> None:
    many = ", ".join(f"Reader {number} <r{number}@example.org>" for number in range(2_000))
    reading = read_mail(f"From: a@b.c\nTo: {many}\n\nbody\n".encode())
    assert len(reading.recipients.split("\n")) == 2_000 and reading.problems == ()
    reading = read_mail(f"From: a@b.c\nTo: {many}\nCc: {many}\n\nbody\n".encode())
    assert reading.problems == ("only the first 100 kB of its recipients read",)


@pytest.mark.parametrize("piece", ["=?utf-8?q?a?=\n ", "=?utf-8?q?a?=,", "(", '"', '",', "a@b.c,", "=?utf-8?b?a?=", "é,", "<"])
def test_hostile_recipients_cost_little(piece: str) -> None:
    start = time.process_time()
    reading = read_mail(f"From: {piece * 50_000}\nTo: {piece * 50_000}\n\nbody probe\n".encode())
    assert "body probe" in reading.text
    assert time.process_time() - start < 2


def test_of_alternatives_the_plain_text_is_read() -> None:
    mail = message()
    mail.set_content("It left at dawn.")
    mail.add_alternative("<p>It left at <b>noon</b>.</p>", subtype="html")
    text = read_mail(mail.as_bytes()).text
    assert "dawn" in text and "noon" not in text


def test_html_alone_is_read_as_text() -> None:
    mail = message()
    mail.set_content("<p>It left &amp; came back.</p><script>steal()</script>", subtype="html")
    text = read_mail(mail.as_bytes()).text
    assert text.endswith("It left & came back.")


def test_attachments_are_named_and_forwarded_mail_is_read() -> None:
    mail = message()
    mail.set_content("See below.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="timetable é.pdf")
    inner = message(To="cy@example.org")
    inner.replace_header("Subject", "Inner ferry")
    inner.set_content("It left at noon.")
    mail.add_attachment(inner)
    reading = read_mail(mail.as_bytes())
    assert reading.problems == ("attachment timetable é.pdf not read",)
    assert "Subject: Inner ferry" in reading.text and "It left at noon." in reading.text
    assert reading.text.index("Inner ferry") < reading.text.index("noon")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (b"=?utf-8?q?F=C3=A4hre?= =?utf-8?b?IGzDpHVmdA==?=", "Fähre läuft"),
        (b"=?no-such-code?q?F=E4hre?= now", "Fähre now"),
        (b"=?utf-8?b?broken!!?=", None),
        ("Fähre".encode(), "Fähre"),
        (b"red \x1b[31m alert", "red ␛[31m alert"),
        (b"folded\r\n  here", "folded here"),
    ],
)
def test_subjects_are_decoded_and_clean(raw: bytes, title: str | None) -> None:
    reading = read_mail(b"From: a@b.c\nSubject: " + raw + b"\n\nbody\n")
    if title is not None:
        assert reading.title == title
    assert "\x1b" not in reading.title + reading.text


@pytest.mark.parametrize("date", ["Mon, 32 Mar 2001 10:00:00", "yesterday", "Mon, 05 Mar 99999 10:00:00 +0000", "=?utf-8?q?x?="])
def test_impossible_dates_are_none(date: str) -> None:
    assert read_mail(f"From: a@b.c\nDate: {date}\n\nbody\n".encode()).date is None


def test_hostile_headers_cost_little() -> None:
    start = time.monotonic()
    words = b"Subject: " + b"=?utf-8?q?a?=\n " * 20_000 + b"\nFrom: " + b"(" * 50_000 + b"\n\nbody probe\n"
    reading = read_mail(words)
    assert "body probe" in reading.text
    assert time.monotonic() - start < 2


def test_parts_nested_without_end_are_shown_as_they_are() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2_000))
    reading = read_mail(b"From: a@b.c\nSubject: deep\n" + nested + b"\n\nprobe\n")
    assert reading.text
    assert reading.problems


def test_a_mail_without_its_boundary_is_not_lost() -> None:
    data = b"From: a@b.c\nSubject: s\nContent-Type: multipart/alternative; boundary=gone\n\nIt left at dawn.\n"
    reading = read_mail(data)
    assert "It left at dawn." in reading.text
    assert "damaged" in reading.problems[0]
