"""Headers of mail: unfolded, decoded, clean, and never more of them than is shown."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from explorer.reading.clean import clean_line
from explorer.reading.decode import decode
from explorer.reading.fields import iso_date

SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
HEADER_BYTES = 10_000  # unfolding and decoding whole headers costs gigabytes on a hostile one
_RECIPIENTS_BYTES = 100_000  # of all recipients' headers together: thousands of addresses
_ADDRESS = re.compile(r'(?:"[^"]*"?|[^,;"])+')  # between commas, which may stand inside quote marks
_NAME_AFTER = re.compile(r"\S{1,200}@\S{1,200} \(([^()]{1,200})\)")


def addresses(message: Message, *names: str) -> tuple[str, list[str]]:
    """The names and addresses in these headers, decoded, one a line, and what to know of those that were not read."""
    wanted = [name.lower() for name in names]
    raw = [re.sub(r"[\r\n]+", "", str(value)) for name, value in message.raw_items() if name.lower() in wanted]
    joined = ",".join(raw)
    found = (decode_words(match.group()) for match in _ADDRESS.finditer(joined[:_RECIPIENTS_BYTES]))
    problems = (
        [f"only the first {_RECIPIENTS_BYTES // 1000} kB of its recipients read"] if len(joined) > _RECIPIENTS_BYTES else []
    )
    return "\n".join(dict.fromkeys(filter(None, found))), problems


def header(message: Message, name: str) -> str:
    """A header on one line, decoded and clean; "" where there is none. Only its first 10 000 bytes are looked at."""
    for found, value in message.raw_items():
        if found.lower() == name.lower():
            return decode_words(str(value)[:HEADER_BYTES])
    return ""


def decode_words(value: str) -> str:
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


def author_of(sender: str) -> str:
    """The name before the address or in brackets after it, or the address where there is no name."""
    name = sender.partition("<")[0].strip(" \"'")
    if match := _NAME_AFTER.fullmatch(name):
        name = match[1]
    return clean_line(name or sender.strip(" <>"))


def date_of(value: str) -> str | None:
    try:
        return iso_date(parsedate_to_datetime(value[:200]).date().isoformat()) if value else None
    except (ValueError, TypeError, IndexError, OverflowError):  # all of which the parser raises on nonsense
        return None
