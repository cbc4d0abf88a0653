"""Outlook's message files (MSG): laid out as a mail is; attachments are documents of their own ([MS-OXMSG])."""

from __future__ import annotations

import base64
import datetime
from dataclasses import dataclass, field
from email.utils import format_datetime

from explorer.model import Fault, Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.fields import cut_text, first_words, iso_date, unreadable
from explorer.reading.mail_headers import author_of, date_of
from explorer.reading.mapi import PROPERTIES, Storage, open_storage
from explorer.reading.member_names import safe_path, unique
from explorer.reading.members import MAX_DEPTH, MAX_MEMBER, Member
from explorer.reading.ole import Entry, open_container
from explorer.reading.outlook_body import body_of

_MAX_RECIPIENTS = 10_000
_MAX_ATTACHMENTS = 2_000
_HEADER_LENGTH = 2000
_CLASS, _SUBJECT, _TOPIC, _TRANSPORT, _BODY, _RTF = 0x001A, 0x0037, 0x0070, 0x007D, 0x1000, 0x1009
_FROM_NAMES, _FROM_ADDRESSES = (0x0042, 0x0C1A), (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_TO, _CC, _BCC = 1, 2, 3
_DISPLAYED = {_TO: 0x0E04, _CC: 0x0E03, _BCC: 0x0E02}
_SENT, _DELIVERED, _CREATED, _BEGINS, _ENDS = 0x0039, 0x0E06, 0x3007, 0x0060, 0x0061
_NAME, _KIND, _SMTP, _ADDRESS = 0x3001, 0x0C15, 0x39FE, 0x3003
_DATA, _METHOD, _LONG_NAME, _SHORT_NAME, _TYPE, _CONTENT_ID = 0x3701, 0x3705, 0x3707, 0x3704, 0x370E, 0x3712
_INNER = "__substg1.0_3701000D"


@dataclass(slots=True)
class _Mail:
    """A message as it is shown: its header lines by name, body, attachments, and what was not read of it."""

    headers: dict[str, str]
    date: str | None
    sender: str
    recipients: list[str]
    body: str = ""
    members: list[Member] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    fault: Fault = ""

    def lack(self, problem: str, fault: Fault) -> None:
        """Notes what is missing; the first sort of fault stands."""
        self.problems.append(problem)
        self.fault = self.fault or fault


def read_msg(data: bytes) -> tuple[Reading, list[Member]]:
    """Reads a message, appointment, contact or task, and what is attached to it. The first lines of ``text`` are From, To, Cc,
    Date, Subject and Attachments; the plain version of the body is preferred to the web page and that to RTF. A message inside
    this one is a member of kind "mail"."""
    container = open_container(data)
    if container is None:
        return unreadable("damaged: this is no Outlook message"), []
    mail = _mail(open_storage(container, ""), 0)
    lines = [f"{name}: {value}" for name, value in mail.headers.items() if value]
    if not lines and not mail.body.strip() and not mail.members:
        damaged = unreadable("damaged: nothing was found in the message")
        return damaged if container.damaged else unreadable("no text in the message", "empty"), []
    if mail.members:
        lines.append("Attachments: " + clean_line(", ".join(member.name for member in mail.members), _HEADER_LENGTH))
    text, cut_problems = cut_text(normalise("\n\n".join(filter(None, ["\n".join(lines), mail.body]))))
    problems = [*cut_problems, *mail.problems]
    fault: Fault = "too large" if cut_problems else mail.fault
    if container.damaged and not fault:
        problems.append("damaged: what could be read of it is shown")
        fault = "damaged"
    subject = mail.headers.get("Subject", "")
    reading = Reading(
        text,
        subject or first_words(mail.body or text),
        author_of(mail.sender),
        mail.date,
        guessed=() if subject else ("title",),
        problems=tuple(problems),
        state="partial" if fault else "ok",
        body_end=len(text),
        recipients="\n".join(mail.recipients),
        sender=mail.sender,
        fault=fault,
    )
    return reading, mail.members


def _mail(message: Storage, depth: int) -> _Mail:
    """A message's storage as a mail; ``depth`` counts the messages that it lies in."""
    transport = _transport(message.text(_TRANSPORT)[:100_000])
    people = _recipients(message)
    time = message.time(_SENT) or message.time(_DELIVERED) or message.time(_CREATED)
    sender = _person(message.first(*_FROM_NAMES), [message.text(number) for number in _FROM_ADDRESSES]) or transport.get(
        "from", ""
    )
    headers = {
        "From": sender,
        **{name: _joined(people, kind, message, transport) for name, kind in (("To", _TO), ("Cc", _CC))},
        "Date": transport.get("date", "") or (format_datetime(datetime.datetime.fromisoformat(time)) if time else ""),
        "Subject": clean_line(message.first(_SUBJECT, _TOPIC), _HEADER_LENGTH),
    }
    hidden = people.get(_BCC, [])
    recipients = [person for kind in (_TO, _CC) for person in people.get(kind, [])] + hidden
    date = iso_date(time[:10]) if time else date_of(headers["Date"])
    mail = _Mail(headers, date, sender, list(dict.fromkeys(recipients)))
    mail.body = normalise("\n\n".join(filter(None, (_particulars(message), _body(message, mail))))).strip("\n")
    _attach(message, mail, depth)
    return mail


def _transport(text: str) -> dict[str, str]:
    """The first header of each name that a mail server wrote, unfolded."""
    found: dict[str, str] = {}
    unfolded = text.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ")
    for line in unfolded.split("\n")[:2000]:
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip().lower(), clean_line(value, _HEADER_LENGTH))
    return {name: value for name, value in found.items() if "=?" not in value}


def _person(name: str, addresses: list[str]) -> str:
    """Name and address as a mail writes them; addresses that only one firm's directory knows are left out."""
    address = next((clean_line(found).strip("'\"<> ") for found in addresses if "@" in found), "")
    name = clean_line(name).strip("'\" ")
    if not address or address.lower() in name.lower():
        return name
    return f"{name} <{address}>" if name else address


def _recipients(message: Storage) -> dict[int, list[str]]:
    """The recipients by kind (1 to, 2 copy, 3 hidden copy), those with an "@" in their address as "name <address>"."""
    people: dict[int, list[str]] = {}
    storages = sorted(_folders(message, "__recip_version1.0_"), key=lambda entry: entry.path)
    for entry in storages[:_MAX_RECIPIENTS]:
        recipient = open_storage(message.container, entry.path, message)
        person = _person(recipient.text(_NAME), [recipient.text(_SMTP), recipient.text(_ADDRESS)])
        if person:
            people.setdefault(recipient.number(_KIND) & 15 or _TO, []).append(person)
    for kind, shown in _DISPLAYED.items():
        if not people.get(kind) and (names := message.text(shown)[:100_000]):
            people[kind] = [clean_line(name) for name in names.split(";") if name.strip()]
    return people


def _joined(people: dict[int, list[str]], kind: int, message: Storage, transport: dict[str, str]) -> str:
    shown = ", ".join(people.get(kind, [])) or transport.get("to" if kind == _TO else "cc", "")
    return clean_line(shown, _HEADER_LENGTH)


def _folders(message: Storage, prefix: str) -> list[Entry]:
    return [entry for entry in message.container.folders.get(message.path.lower(), []) if entry.name.lower().startswith(prefix)]


def _particulars(message: Storage) -> str:
    """What an appointment, contact or task says beside its body, one value a line; "" for mail."""
    kind = message.text(_CLASS).lower()
    if not kind or kind.startswith(("ipm.note", "report.")):
        return ""
    lines = [
        f"{word}: {time[:16].replace('T', ' ')}"
        for word, n in (("Begins", _BEGINS), ("Ends", _ENDS))
        if (time := message.time(n))
    ]
    for entry in message.container.folders.get(message.path.lower(), []):
        number, type_ = entry.name[-8:-4].upper(), entry.name[-4:].upper()
        if type_ in ("001E", "001F") and (number.startswith("3A") or number >= "8000"):
            value = clean_line(message.text(int(number, 16)) if _is_hex(number) else "")
            lines += [value] if any(map(str.isalnum, value)) else []
    return "\n".join(dict.fromkeys(lines))


def _is_hex(number: str) -> bool:
    return all(digit in "0123456789ABCDEF" for digit in number)


def _body(message: Storage, mail: _Mail) -> str:
    """The message's text: the plain one, else the web page's, else that of the RTF; what is not read is noted."""
    if plain := message.text(_BODY).strip("\0\r\n"):
        return plain
    body = body_of(message.html(), message.binary(_RTF))
    if body.problem:
        mail.lack(body.problem, body.fault)
    return body.text


def _attach(message: Storage, mail: _Mail, depth: int) -> None:
    """Fills in the attachments, and what there is to know of those that are not read."""
    kind = message.text(_CLASS).lower()
    taken: dict[str, int] = {}
    pictures = 0
    storages = sorted(_folders(message, "__attach_version1.0_"), key=lambda entry: entry.path)
    for number, entry in enumerate(storages[:_MAX_ATTACHMENTS], 1):
        attachment = open_storage(message.container, entry.path, message)
        name = safe_path(attachment.first(_LONG_NAME, _SHORT_NAME, _NAME)).rpartition("/")[2]
        if _is_picture(attachment, name):
            pictures += 1
        elif member := _member(attachment, name or f"attachment {number}", kind, taken, depth):
            mail.members.append(member)
    if len(storages) > _MAX_ATTACHMENTS:
        mail.problems.append(f"only the first {_MAX_ATTACHMENTS:,} attachments read")
        mail.fault = "too large"
    if pictures:
        mail.problems.append("a picture in it not read" if pictures == 1 else f"{pictures} pictures in it not read")


def _is_picture(attachment: Storage, name: str) -> bool:
    """Whether it is a picture that the message shows in its text."""
    type_ = attachment.text(_TYPE).lower()
    looks = type_.startswith("image/") or name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".wmf", ".emz"))
    return looks and bool(attachment.text(_CONTENT_ID))


def _member(attachment: Storage, name: str, kind: str, taken: dict[str, int], depth: int) -> Member | None:
    """An attachment as a document of its own; None for an object that is drawn into the message."""
    container = attachment.container
    inner = attachment.inside(_INNER)
    if container.has(f"{inner}/{PROPERTIES}"):
        name = unique(name if name.lower().endswith((".msg", ".eml")) else f"{name}.msg", taken)
        if depth >= MAX_DEPTH:
            return Member(name, problem=unreadable(f"not read: it is nested deeper than {MAX_DEPTH} messages", "too large"))
        mail = _mail(open_storage(container, inner, embedded=True), depth + 1)
        return Member(name, _as_mail(mail, depth), kind="mail")
    data = attachment.binary(_DATA)
    if not data:
        if inner.lower() in container.entries:
            return None
        linked = attachment.number(_METHOD) in (2, 3, 4, 7)
        reason = "only a link to it is in the message" if linked else "empty file"
        return Member(unique(name, taken), problem=unreadable(reason, "no access" if linked else "empty"))
    name = unique(name, taken)
    if kind.startswith("ipm.note.smime"):
        if "multipartsigned" not in kind:
            data = b"Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(data)
        return Member(name, data, kind="mail")
    return Member(name, data[:MAX_MEMBER], len(data) > MAX_MEMBER)


def _as_mail(mail: _Mail, depth: int) -> bytes:
    """The message as a mail's bytes (RFC 5322, MIME), its headers in plain UTF-8, so that one reader reads all.
    ``depth`` tells the marks between its parts from those of the messages in it."""
    mark = f"=_part_of_message_{depth}"
    head = [f"{name}: {value}" for name, value in mail.headers.items() if value]
    head += ["MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{mark}"', ""]
    pieces = ["\n".join(head).encode("utf-8", "replace")]
    text = base64.encodebytes(mail.body.encode("utf-8", "replace"))
    parts = [("text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", text)]
    for member in mail.members:
        name = f'\nContent-Disposition: attachment; filename="{member.name.replace(chr(34), chr(39))}"'
        if member.kind == "mail":
            parts.append((f"message/rfc822{name}", member.data))
        else:
            type_ = f"application/octet-stream\nContent-Transfer-Encoding: base64{name}"
            parts.append((type_, base64.encodebytes(member.data)))
    for header, data in parts:
        pieces.append(f"--{mark}\nContent-Type: {header}\n\n".encode() + data)
    return b"\n".join([*pieces, f"--{mark}--\n".encode()])
