"""Mail messages: the headers people look for, then the message, as one text."""

from __future__ import annotations

import email
import re
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from explorer.model import Reading
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import decode
from explorer.reading.fields import cut_text, first_words, iso_date, unreadable
from explorer.reading.text import read_text
from explorer.reading.visible import visible_text

SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_HEADER_BYTES = 10_000  # unfolding and decoding whole headers costs gigabytes on a hostile one
_RECIPIENTS_BYTES = 100_000  # of all recipients' headers together: thousands of addresses
_ADDRESS = re.compile(r'(?:"[^"]*"?|[^,;"])+')  # between commas, which may stand inside quote marks
_MAX_PARTS = 2_000
_MAX_DEPTH = 40
_MAX_PROBLEMS = 20
_TOO_MANY = f"only its first {_MAX_PARTS:,} parts read"
_NAME_AFTER = re.compile(r"\S{1,200}@\S{1,200} \(([^()]{1,200})\)")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")


def read_mail(data: bytes, cut: bool = False) -> Reading:
    """Reads one message. The first lines of ``text`` are From, To, Cc, Date and Subject; the plain version of the body
    is preferred to the HTML one; forwarded messages are included; attachments are named in ``problems``, not read."""
    if not data.strip():
        return unreadable("empty file")
    try:
        message = email.message_from_bytes(data.lstrip(b"\r\n"))
        headers = {name: header(message, name) for name in SHOWN_HEADERS}
        recipients, unread = _addresses(message, "To", "Cc", "Bcc")
        bodies, problems = _bodies(message)
        problems = [*unread, *problems]
    except RecursionError:
        reading = read_text(data, cut=cut)
        return Reading(
            reading.text,
            reading.title,
            guessed=("title",),
            problems=("its parts are nested too deeply: shown as it is in the file", *reading.problems),
            state=reading.state,
            body_end=reading.body_end,
        )
    if not any(headers.values()) and not any(bodies):
        return unreadable(problems[0] if problems else "no text in the message")
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    text, cut_problems = cut_text("\n\n".join(filter(None, ["\n".join(lines), *bodies])))
    title = headers["Subject"] or first_words("\n".join(bodies) or text)
    return Reading(
        text,
        title,
        _author(headers["From"]),
        _date(headers["Date"]),
        "",
        None,
        () if headers["Subject"] else ("title",),
        (*cut_problems, *problems),
        "partial" if cut_problems or cut or _TOO_MANY in problems else "ok",
        len(text),
        recipients,
        _addresses(message, "From")[0],
    )


def _addresses(message: Message, *names: str) -> tuple[str, list[str]]:
    """The names and addresses in these headers, decoded, one a line, and what to know of those that were not read."""
    wanted = [name.lower() for name in names]
    raw = [re.sub(r"[\r\n]+", "", str(value)) for name, value in message.raw_items() if name.lower() in wanted]
    joined = ",".join(raw)
    found = (_decode_words(match.group()) for match in _ADDRESS.finditer(joined[:_RECIPIENTS_BYTES]))
    problems = (
        [f"only the first {_RECIPIENTS_BYTES // 1000} kB of its recipients read"] if len(joined) > _RECIPIENTS_BYTES else []
    )
    return "\n".join(dict.fromkeys(filter(None, found))), problems


def header(message: Message, name: str) -> str:
    """A header on one line, decoded and clean; "" where there is none. Only its first 10 000 bytes are looked at."""
    for found, value in message.raw_items():
        if found.lower() == name.lower():
            return _decode_words(str(value)[:_HEADER_BYTES])
    return ""


def _decode_words(value: str) -> str:
    """A header's text: encoded words decoded, raw 8-bit bytes by the same rules as files."""
    value = re.sub(r"[\r\n]+", "", value)
    raw = value.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        value = decode(raw).text
    if "=?" not in value:
        return clean_line(value, 2000)
    try:
        pieces = decode_header(value)
    except (ValueError, MessageError):  # broken base64
        return clean_line(value, 2000)
    words = []
    for piece, charset in pieces:
        words.append(piece if isinstance(piece, str) else decode(piece, charset).text if charset else _raw(piece))
    return clean_line("".join(words), 2000)


def _raw(piece: bytes) -> str:
    """What ``decode_header`` leaves undecoded between encoded words: raw-unicode-escape, as it made it."""
    return piece.decode("raw-unicode-escape", "replace")


def _author(sender: str) -> str:
    """The name before the address or in brackets after it, or the address where there is no name."""
    name = sender.partition("<")[0].strip(" \"'")
    if match := _NAME_AFTER.fullmatch(name):
        name = match[1]
    return clean_line(name or sender.strip(" <>"))


def _date(value: str) -> str | None:
    try:
        return iso_date(parsedate_to_datetime(value[:200]).date().isoformat()) if value else None
    except (ValueError, TypeError, IndexError, OverflowError):  # all of which the parser raises on nonsense
        return None


def _bodies(message: Message) -> tuple[list[str], list[str]]:
    """The texts of a message's parts in order, and one line for each part that was not read."""
    bodies: list[str] = []
    problems: list[str] = []
    waiting: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > _MAX_PARTS or depth > _MAX_DEPTH:
            problems.insert(0, _TOO_MANY)
            break
        if depth and (lines := _forwarded_head(part)):
            bodies.append(lines)
        if part.is_multipart():
            waiting.extend((child, depth + 1) for child in reversed(_children(part)))
            if part.get_content_type() == "multipart/encrypted":
                problems.append("encrypted: not read")
        elif problem := _left_out(part):
            problems.extend([problem] if problem != "signature" else [])
        elif body := _body(part):
            bodies.append(body)
            if part.get_content_maintype() == "multipart":
                problems.append("damaged: its parts cannot be told apart, so they are shown as they are")
    if len(problems) > _MAX_PROBLEMS:
        problems[_MAX_PROBLEMS:] = [f"and {len(problems) - _MAX_PROBLEMS} more parts not read"]
    return bodies, problems


def _forwarded_head(part: Message) -> str:
    """The headers of a forwarded message, as lines."""
    lines = [f"{name}: {value}" for name in SHOWN_HEADERS if (value := header(part, name))]
    return "\n".join(lines)


def _children(part: Message) -> list[Message]:
    """The parts to read; of alternatives the plain text, unless it is empty."""
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    if part.get_content_type() != "multipart/alternative":
        return children
    for kind in ("text/plain", "text/html"):
        for child in children:
            if child.get_content_type() == kind and _body(child):
                return [child]
    return children


def _left_out(part: Message) -> str:
    """Why a part is not read: an attachment or no text; "" where it is read, "signature" where nobody would miss it."""
    kind = part.get_content_type()
    if kind in _SIGNATURES:
        return "signature"
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return "encrypted or signed as a whole: not read"
    if kind.startswith("multipart/"):
        return ""  # damaged: without the mark between its parts it is one long text
    name = _file_name(part)
    disposition = str(part.get("Content-Disposition", ""))[:100].lstrip().lower()
    if name or disposition.startswith("attachment") or part.get_content_maintype() != "text":
        return clean_line(f"attachment {name or kind} not read")
    return ""


def _file_name(part: Message) -> str:
    for name in ("Content-Disposition", "Content-Type"):
        if len(str(part.get(name, ""))) > _HEADER_BYTES:
            return ""
    try:
        return _decode_words(part.get_filename("") or "")
    except (ValueError, TypeError, LookupError, AttributeError):  # damaged parameters
        return ""


def _body(part: Message) -> str:
    """The text of a text part, clean."""
    try:
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset()
    except (ValueError, TypeError, LookupError, AttributeError):  # damaged encoding or parameters
        payload, charset = str(part.get_payload()).encode("utf-8", "surrogateescape"), None
    if not isinstance(payload, bytes):
        return ""
    text = decode(payload, charset).text
    if part.get_content_subtype() == "html":
        text = "\n".join(visible_text(text).blocks)
    return normalise(text).strip("\n")
