"""Saved web pages in one file (MHTML, RFC 2557): the page itself; its pictures, styles and frames are left out."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from email.message import Message
from urllib.parse import urlsplit

from explorer.model import Reading
from explorer.reading.clean import clean_line
from explorer.reading.decode import decode
from explorer.reading.fields import unreadable
from explorer.reading.html import read_html
from explorer.reading.mail_attachments import payload_of
from explorer.reading.mail_headers import date_of, header
from explorer.reading.mail_parts import parsed

_MAX_PARTS = 2_000
_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(data: bytes, cut: bool = False) -> Reading:
    """Reads the page that a .mht or .mhtml file saves, as ``read_html`` reads pages.

    What the page does not declare is filled from the file's head: its title, the host it came from, and, marked as guessed,
    the day it was saved.
    """
    try:
        message = parsed(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        page = _page(message)
    except RecursionError:
        return unreadable("damaged: its parts are nested too deeply")
    if page is None:
        return unreadable(
            "damaged: no page in the web archive" if data.strip() else "empty file", "damaged" if data.strip() else "empty"
        )
    reading = read_html(_by_declared_charset(page), cut)
    if reading.state == "unreadable":
        return reading
    title = clean_line(header(message, "Subject"))
    titled = bool(title) and (not reading.title or "title" in reading.guessed)
    guessed = [name for name in reading.guessed if not (name == "title" and titled)]
    date = date_of(header(message, "Date"))
    if reading.date is None and date:
        guessed.append("date")
    return replace(
        reading,
        title=title if titled else reading.title,
        date=reading.date or date,
        source=reading.source or _host(message, page),
        guessed=tuple(guessed),
    )


def _page(message: Message) -> Message | None:
    """The part that is the page: the one the head names as the start, else the first page in it."""
    start = str(message.get_param("start", "") or "")[:1_000].strip(" <>")
    first = None
    waiting = deque([message])
    for _ in range(_MAX_PARTS):
        if not waiting:
            break
        part = waiting.popleft()
        if part.is_multipart():
            waiting.extendleft(reversed([child for child in part.get_payload() if isinstance(child, Message)]))
        elif part.get_content_type() in _PAGES:
            if not start or str(part.get("Content-ID", ""))[:1_000].strip(" <>") == start:
                return part
            first = first or part
    return first


def _by_declared_charset(page: Message) -> bytes:
    """The page's bytes; where the part's head declares their encoding, in UTF-8 and marked so."""
    payload = payload_of(page)
    try:
        charset = page.get_content_charset()
    except (ValueError, TypeError, LookupError, AttributeError):  # damaged parameters
        charset = None
    if not charset or charset in ("us-ascii", "ascii"):
        return payload
    decoded = decode(payload, charset)
    return payload if decoded.binary else b"\xef\xbb\xbf" + decoded.text.encode("utf-8", "replace")


def _host(message: Message, page: Message) -> str:
    """The host that the page was saved from; "" where it was a file."""
    for place in (header(message, "Snapshot-Content-Location"), header(page, "Content-Location")):
        try:
            address = urlsplit(place)
        except ValueError:  # brackets that are no IPv6 address
            continue
        if address.scheme in ("http", "https") and address.hostname:
            return clean_line(address.hostname.removeprefix("www."))
    return ""
