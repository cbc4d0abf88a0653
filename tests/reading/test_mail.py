"""Mail: headers that can be searched, the right body, attachments named."""

from __future__ import annotations

import base64
import io
import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model import Reading
from explorer.reading import mail as mail_module
from explorer.reading.clean import clean
from explorer.reading.mail import read_message
from explorer.reading.members import Budget
from explorer.reading.signed import is_signed, signed_members
from explorer.work.forms import reading_from_json, reading_to_json


def read(data: bytes) -> Reading:
    return read_message(data)[0]


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
        reading = read(start + data)
        assert reading.text or reading.problems
        assert reading.body_end == len(reading.text)


@given(
    st.sampled_from(["Subject", "From", "Date", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding"]),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=80),
)
def test_any_header_gives_a_reading(name: str, value: str) -> None:
    reading = read(f"{name}: {value}\nSubject: known\n\nbody text\n".encode("latin-1"))
    assert reading.state in ("ok", "partial", "unreadable")
    assert reading.date is None or len(reading.date) == 10


def test_the_headers_come_first_and_fill_the_fields() -> None:
    reading = read(PLAIN)
    assert reading.text == (
        "From: Ada Quill <ada@example.org>\nTo: bo@example.org\nDate: Mon, 05 Mar 2001 10:00:00 +0000\n"
        "Subject: The ferry\n\nIt left at dawn."
    )
    assert (reading.title, reading.author, reading.date) == ("The ferry", "Ada Quill", "2001-03-05")
    assert reading.guessed == ()
    assert (reading.sender, reading.recipients) == ("Ada Quill <ada@example.org>", "bo@example.org")


def test_sender_and_recipients_are_kept_with_names_and_addresses() -> None:
    reading = read(
        b'From: "Quill, Ada" <ada@example.org>\nTo: =?utf-8?q?B=C3=B6_Berg?= <bo@x.org>,\n "Team; all" <team@x.org>; cy@z.net\n'
        b"Cc: Desk: dan@x.org, cy@z.net;\nbcc: hidden@x.org\nCC: second@x.org\nReply-To: no@x.org\n\nbody\n"
    )
    assert reading.sender == '"Quill, Ada" <ada@example.org>'
    assert reading.recipients.split("\n") == [
        *("Bö Berg <bo@x.org>", '"Team; all" <team@x.org>', "cy@z.net", "Desk: dan@x.org", "hidden@x.org", "second@x.org")
    ]
    assert reading_from_json(reading_to_json(reading)) == reading


def test_a_mail_without_addresses_has_none() -> None:
    reading = read(b"Subject: s\nTo:\nCc: ,;,\n\nbody\n")
    assert (reading.sender, reading.recipients) == ("", "")


def test_the_last_of_many_recipients_is_kept_and_too_many_are_told() -> None:
    many = ", ".join(f"Reader {number} <r{number}@example.org>" for number in range(2_000))
    reading = read(f"From: a@b.c\nTo: {many}\n\nbody\n".encode())
    assert len(reading.recipients.split("\n")) == 2_000 and reading.problems == ()
    reading = read(f"From: a@b.c\nTo: {many}\nCc: {many}\n\nbody\n".encode())
    assert reading.problems == ("only the first 100 kB of its recipients read",)


@pytest.mark.parametrize("piece", ["=?utf-8?q?a?=\n ", "=?utf-8?q?a?=,", "(", '"', '",', "a@b.c,", "=?utf-8?b?a?=", "é,", "<"])
def test_hostile_recipients_cost_little(piece: str) -> None:
    start = time.process_time()
    reading = read(f"From: {piece * 50_000}\nTo: {piece * 50_000}\n\nbody probe\n".encode())
    assert "body probe" in reading.text
    assert time.process_time() - start < 2


def test_of_alternatives_the_plain_text_is_read() -> None:
    mail = message()
    mail.set_content("It left at dawn.")
    mail.add_alternative("<p>It left at <b>noon</b>.</p>", subtype="html")
    text = read(mail.as_bytes()).text
    assert "dawn" in text and "noon" not in text


def test_html_alone_is_read_as_text() -> None:
    mail = message()
    mail.set_content("<p>It left &amp; came back.</p><script>steal()</script>", subtype="html")
    text = read(mail.as_bytes()).text
    assert text.endswith("It left & came back.")


def test_attachments_are_members_and_forwarded_mail_is_read() -> None:
    mail = message()
    mail.set_content("See below.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="timetable é.pdf")
    mail.add_attachment(b"%PDF-1.5", maintype="application", subtype="pdf", filename="../../timetable é.pdf")
    mail.add_attachment(b"%PDF-1.6", maintype="application", subtype="pdf")
    mail.add_attachment("a,b\n", subtype="csv", filename="t.csv")
    inner = message(To="cy@example.org")
    inner.replace_header("Subject", "Inner ferry")
    inner.set_content("It left at noon.")
    mail.add_attachment(inner, disposition="inline")
    reading, members = read_message(mail.as_bytes())
    assert [(member.name, member.data) for member in members] == [
        ("timetable é.pdf", b"%PDF-1.4"),
        ("timetable é (2).pdf", b"%PDF-1.5"),
        ("attachment 3.pdf", b"%PDF-1.6"),
        ("t.csv", b"a,b\n"),
    ]
    assert "Attachments: timetable é.pdf, timetable é (2).pdf, attachment 3.pdf, t.csv\n" in reading.text
    assert (reading.problems, reading.state) == ((), "ok")
    assert "Subject: Inner ferry" in reading.text and "It left at noon." in reading.text
    assert reading.text.index("Inner ferry") < reading.text.index("noon")


def test_an_attached_message_is_a_member_that_reads_as_mail() -> None:
    inner = message()
    inner.set_content("It left at noon.")
    mail = message()
    mail.set_content("See below.")
    mail.add_attachment(inner, filename="inner.eml")
    reading, (member,) = read_message(mail.as_bytes())
    assert "noon" not in reading.text
    assert (member.name, member.kind) == ("inner.eml", "mail")
    assert read(member.data).text.endswith("It left at noon.")


def test_text_shown_inline_is_text_and_pictures_are_counted() -> None:
    mail = message()
    mail.set_content("See below.")
    mail.add_attachment("the patch", filename="a.patch", disposition="inline")
    mail.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", disposition="inline", cid="<x>")
    reading, members = read_message(mail.as_bytes())
    assert members == [] and reading.text.endswith("See below.\n\nthe patch")
    assert reading.problems == ("a picture in it not read",)


def test_attachments_of_alternatives_not_shown_are_kept() -> None:
    rich = message()
    rich.set_content("<p>It left at noon.</p>", subtype="html")
    rich.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="map.pdf")
    mail = message()
    mail.set_content("It left at dawn.")
    mail.make_alternative()
    mail.attach(rich)
    reading, members = read_message(mail.as_bytes())
    assert [member.name for member in members] == ["map.pdf"]
    assert "dawn" in reading.text and "noon" not in reading.text


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("multipart/encrypted", "password"), ("application/pkcs7-mime; smime-type=enveloped-data", "password")],
)
def test_encrypted_mail_says_so(kind: str, fault: str) -> None:
    data = f"From: a@b.c\nSubject: known\nContent-Type: {kind}; boundary=x\n\n--x\n\nAAAA\n--x--\n"
    reading = read(data.encode())
    assert (reading.state, reading.fault, reading.problems) == ("partial", fault, ("encrypted: not read",))
    assert "known" in reading.text


def sealed(content: bytes, indefinite: bool) -> bytes:
    """A signed-data object without certificates, its content in one piece (DER) or in two (BER)."""
    octets = b"\x04" + bytes([len(content)]) + content
    if indefinite:
        octets = b"\x24\x80\x04\x05" + content[:5] + b"\x04" + bytes([len(content) - 5]) + content[5:] + b"\0\0"
    data_type, signed = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")
    head = b"\x30\x80" + signed + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80"
    return head + data_type + b"\xa0\x80" + octets + b"\0" * 12


@pytest.mark.parametrize("indefinite", [False, True])
def test_what_was_signed_as_a_whole_is_read(indefinite: bool) -> None:
    data = sealed(b"Content-Type: text/plain\r\n\r\nsigned words", indefinite)
    head = b"Subject: s\nFrom: a@b.c\nContent-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n"
    reading, members = read_message(head + base64.b64encode(data))
    assert reading.text.endswith("signed words") and members == []
    (member,) = signed_members(io.BytesIO(sealed(b"signed words", indefinite)), "a.txt.p7m", Budget())
    assert (member.name, member.data) == ("a.txt", b"signed words")


@pytest.mark.parametrize("version", [b"", b"\x16\x03x:y", b"\x30\x05\x01\x01\x00\x0c\x00"])
def test_what_was_stamped_with_a_time_is_read(version: bytes) -> None:
    stamp = bytes.fromhex("060b2a864886f70d010910011f")
    data = b"\x30\x80" + stamp + b"\xa0\x80\x30\x80\x02\x01\x01" + version + b"\x24\x80\x04\x0cstamped word\0\0\xa0\x02\x04\0"
    assert is_signed(data)
    (member,) = signed_members(io.BytesIO(data), "a.txt.TSD", Budget())
    assert (member.name, member.data) == ("a.txt", b"stamped word")


@pytest.mark.parametrize(("before", "after"), [(b"", b"\r\n"), (b"-----BEGIN PKCS7-----\n", b"-----END PKCS7-----\n")])
def test_what_was_signed_may_be_in_base64(before: bytes, after: bytes) -> None:
    content = b"signed words" * 9
    data = before + base64.encodebytes(sealed(content, False).replace(b"\x30\x80", b"\x30\x82\x01\x00", 1)) + after
    assert is_signed(data[:400]) and not is_signed(b"MIDDLE OF NOWHERE\n" * 9) and not is_signed(b"MI=A")
    (member,) = signed_members(io.BytesIO(data), "a.txt.p7m", Budget())
    assert member.data == content


@given(st.binary(max_size=80))
@settings(max_examples=50)
def test_any_seal_is_survived(noise: bytes) -> None:
    data = sealed(b"signed words", True)
    for at in (0, 30, len(data) - 40):
        assert len(list(signed_members(io.BytesIO(data[:at] + noise + data[at:]), "x.p7m", Budget()))) == 1


def test_parts_in_parts_with_one_mark_lose_nothing() -> None:
    inner = b"--B\nContent-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\nIt left at dawn.\n--B--\n"
    annex = b"--B\nContent-Type: application/octet-stream; name=%b\n\nhidden words\n--B--\n"
    data = b"Subject: x\nContent-Type: multipart/mixed; boundary=B\n\n" + inner + annex % b"a.txt" + annex % b"b.txt"
    reading, members = read_message(data)
    assert reading.text.endswith("It left at dawn.")
    assert [(member.name, member.data.strip()) for member in members] == [("a.txt", b"hidden words"), ("b.txt", b"hidden words")]


def test_an_apple_message_is_read_without_its_length_and_property_list() -> None:
    reading = read(b"%d\n" % len(PLAIN) + PLAIN + b"<?xml version='1.0'?><plist>flags</plist>")
    assert (reading.title, reading.text.rpartition("\n")[2]) == ("The ferry", "It left at dawn.")


def test_html_keeps_its_paragraphs_and_an_invitation_is_read() -> None:
    words = "It left at noon and nobody on the pier could say when it would be back, or if it would come back at all. "
    mail = message()
    mail.set_content(f"<p>{words}</p><p>{words}</p>", subtype="html")
    assert read(mail.as_bytes()).text.count(f"{words.strip()}\n\n{words.strip()}") == 1
    mail = message()
    mail.set_content("Come.")
    mail.add_alternative("BEGIN:VCALENDAR", subtype="calendar")
    assert read(mail.as_bytes()).text.endswith("Come.\n\nBEGIN:VCALENDAR")


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=20))
@settings(max_examples=30)
def test_a_mutated_mail_is_read_and_its_members_have_harmless_names(place: int, noise: bytes) -> None:
    mail = message()
    mail.set_content("See below.")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../a/b.pdf")
    mail.add_attachment(PLAIN, maintype="message", subtype="rfc822", filename="inner.eml", cte="8bit")
    data = mail.as_bytes()
    at = place % len(data)
    reading, members = read_message(data[:at] + noise + data[at + len(noise) :])
    assert clean(reading.text) == reading.text
    for member in members:
        assert member.name and "/" not in member.name and member.name not in (".", "..")
        assert clean(member.name) == member.name and member.name.isprintable()


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
    reading = read(b"From: a@b.c\nSubject: " + raw + b"\n\nbody\n")
    if title is not None:
        assert reading.title == title
    assert "\x1b" not in reading.title + reading.text


@pytest.mark.parametrize("date", ["Mon, 32 Mar 2001 10:00:00", "yesterday", "Mon, 05 Mar 99999 10:00:00 +0000", "=?utf-8?q?x?="])
def test_impossible_dates_are_none(date: str) -> None:
    assert read(f"From: a@b.c\nDate: {date}\n\nbody\n".encode()).date is None


def test_hostile_headers_cost_little() -> None:
    start = time.process_time()
    words = b"Subject: " + b"=?utf-8?q?a?=\n " * 20_000 + b"\nFrom: " + b"(" * 50_000 + b"\n\nbody probe\n"
    reading = read(words)
    assert "body probe" in reading.text
    assert time.process_time() - start < 2


def test_parts_nested_without_end_are_shown_as_they_are() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(2_000))
    reading = read(b"From: a@b.c\nSubject: deep\n" + nested + b"\n\nprobe\n")
    assert reading.text
    assert reading.problems


def test_a_mail_without_its_boundary_is_not_lost() -> None:
    data = b"From: a@b.c\nSubject: s\nContent-Type: multipart/alternative; boundary=gone\n\nIt left at dawn.\n"
    reading = read(data)
    assert "It left at dawn." in reading.text
    assert "damaged" in reading.problems[0]


@pytest.mark.parametrize("filler", [b"X: y\n" * 2_000, b"\nlead\n" + b"\n" * 6_000, b"\n" + b"--x\n\nhi\n" * 1_500])
def test_too_many_lines_headers_or_parts_are_told(filler: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in (("_MAX_HEAD_LINES", 1_000), ("_MAX_LINES", 5_000), ("_MAX_MARKS", 1_000)):
        monkeypatch.setattr(mail_module, name, most)
    data = b"From: a@b.c\nSubject: known\nContent-Type: multipart/mixed; boundary=x\n" + filler + b"\nend\n"
    reading = read(data)
    assert (reading.title, reading.state, reading.fault) == ("known", "partial", "too large")
    assert any("too many lines or parts" in problem for problem in reading.problems)


def test_parts_behind_another_mark_than_the_one_named_are_found() -> None:
    data = (
        b'From: a@b.test\nSubject: s\nContent-Type: multipart/alternative; boundary="one"\n\n--other\n'
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+RmVycnk8L2I+\n\n--third--\n"
    )
    reading, members = read_message(data)
    assert reading.text == "From: a@b.test\nSubject: s\n\nFerry" and members == []
    assert reading.problems == ("damaged: the mark between its parts is not the one it names",)


def test_an_attached_message_in_base64_is_unpacked() -> None:
    head = b"From: a@b.c\nSubject: forwarded\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    part = b"Content-Type: message/rfc822; name=m.eml\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
    _, members = read_message(head + b"--B\n" + part + base64.encodebytes(PLAIN) + b"\n--B--\n")
    (member,) = members
    assert read_message(member.data)[0].title == "The ferry"
