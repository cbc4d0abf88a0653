"""The parts of a message: its texts in order, and its attachments as members."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesFeedParser

from explorer.model import Fault
from explorer.reading.clean import clean_line, normalise
from explorer.reading.decode import decode
from explorer.reading.fields import MAX_CHARACTERS
from explorer.reading.mail_attachments import file_name, member_name, member_of, payload_of, tried
from explorer.reading.mail_headers import HEADER_BYTES, SHOWN_HEADERS, decode_words, header
from explorer.reading.member_names import unique
from explorer.reading.members import Member
from explorer.reading.page_layout import laid_out
from explorer.reading.signed import is_enveloped, signed_content
from explorer.reading.visible import visible_text

MAX_PARTS = 2_000
MAX_PAGE = 16_000_000  # characters of a body in HTML, tags included
PAGE_CUT = "only the beginning of its text read"
_MAX_DEPTH = 40
_STEP = 1 << 16
_MAX_REPORTS = 200  # blocks, and lines of each
_SHOWN = frozenset(("text/plain", "text/html", "text/calendar", "text/enriched"))
_SIGNATURES = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))
_SMIME = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_OUTLOOK = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_UNSEEN = frozenset(("application/applefile", "application/pgp-encrypted"))  # a Macintosh file's icon, a version number
_MARK = re.compile(r"^--([^\s\"][^\r\n\"]{0,199})\r?\n(?=content-[a-z-]{1,40}:)", re.I | re.M)
_PGP = "-----BEGIN PGP MESSAGE-----"


@dataclass(slots=True)
class Parts:
    """What a message holds: its texts, what is attached to it, and what to know of what was not read."""

    bodies: list[str] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    fault: Fault = ""
    pictures: int = 0
    outlook: str = ""
    taken: dict[str, int] = field(default_factory=dict)

    def lack(self, problem: str, fault: Fault) -> None:
        """Notes what is missing, once; the first sort of fault stands."""
        if problem not in self.problems:
            self.problems.append(problem)
        self.fault = self.fault or fault


def parsed(data: bytes) -> Message:
    """The message that the bytes are. Raises RecursionError where it is nested too deeply.

    Fed in pieces: given all at once, the parser takes eight times the bytes in memory, so five.
    """
    parser = BytesFeedParser()
    for start in range(0, len(data), _STEP):
        parser.feed(data[start : start + _STEP])
    return parser.close()


def parts_of(message: Message) -> Parts:
    """The texts and attachments of a message; of alternatives the plain text, forwarded messages as text in their place."""
    parts = Parts()
    waiting: list[tuple[Message, int, bool]] = [(message, 0, True)]
    count = 0
    while waiting:
        part, depth, shown = waiting.pop()
        count += 1
        if count > MAX_PARTS or depth > _MAX_DEPTH:
            parts.lack(f"only its first {MAX_PARTS:,} parts read", "too large")
            break
        if _is_attached(part, parts):
            continue
        if depth and shown and (lines := _forwarded_head(part)):
            parts.bodies.append(lines)
        if part.get_content_type() == "multipart/encrypted":
            parts.lack("encrypted: not read", "password")
        elif part.get_content_type() == "message/delivery-status" and part.is_multipart():
            parts.bodies.append(_report(part) if shown else "")
        elif part.is_multipart():
            chosen = {id(child) for child in _alternatives(part)}
            inner = [child for child in part.get_payload() if isinstance(child, Message)]
            if more := _behind_the_end(part):
                waiting.append((more, depth + 1, shown))
            waiting.extend((child, depth + 1, shown and id(child) in chosen) for child in reversed(inner))
        elif part.get_content_maintype() == "multipart" and (mended := _told_apart(part)):
            parts.problems.append("damaged: the mark between its parts is not the one it names")
            waiting.append((mended, depth + 1, shown))
        elif content := _unsealed(part, parts):
            waiting.append((content, depth + 1, shown))
        elif shown:
            _take_text(part, parts)
    if parts.outlook and not any(parts.bodies):
        parts.bodies.append(parts.outlook)
    return parts


def _behind_the_end(part: Message) -> Message | None:
    """The parts that come behind what should be the last one's end, as where parts within parts have the same mark."""
    behind, mark = part.epilogue, part.get_boundary()
    if not behind or not mark or f"\n--{mark}" not in f"\n{behind}":
        return None
    ends = re.compile(rf"^--{re.escape(mark)}--[ \t\r]*$", re.M)
    head = f'Content-Type: multipart/mixed; boundary="{mark}"\n\n'
    found = parsed(f"{head}{ends.sub('', behind)}\n--{mark}--\n".encode("utf-8", "surrogateescape"))
    return found if found.is_multipart() else None


def _told_apart(part: Message) -> Message | None:
    """A part whose parts were not found, by the mark that does stand between them; None if there is none."""
    body = part.get_payload()
    mark = _MARK.search(body) if isinstance(body, str) else None
    if mark is None:
        return None
    head = f'Content-Type: {part.get_content_type()}; boundary="{mark[1].rstrip()}"\n\n'
    kept, _, last = str(body).rstrip().rpartition("\n")
    whole = kept if last.startswith("--") and last.endswith("--") else str(body)
    mended = parsed(f"{head}{whole}\n--{mark[1].rstrip()}--\n".encode("utf-8", "surrogateescape"))
    return mended if mended.is_multipart() else None


def _take_text(part: Message, parts: Parts) -> None:
    if part.get_content_type() in _SIGNATURES | _SMIME | _UNSEEN:
        return
    body, cut = _body(part)
    if body:
        parts.bodies.append(body)
        if cut:
            parts.lack(PAGE_CUT, "too large")
        if _PGP in body:
            parts.lack("encrypted: not read", "password")
        if part.get_content_maintype() == "multipart":
            parts.problems.append("damaged: its parts cannot be told apart, so they are shown as they are")


def _forwarded_head(part: Message) -> str:
    """The headers of a forwarded message, as lines."""
    lines = [f"{name}: {value}" for name, value in ((name, header(part, name)) for name in SHOWN_HEADERS) if value]
    return "\n".join(lines)


def _report(part: Message) -> str:
    """What a report on delivery says: blocks of headers."""
    blocks = [child for child in part.get_payload() if isinstance(child, Message)][:_MAX_REPORTS]
    lines = ([f"{name}: {decode_words(str(value)[:HEADER_BYTES])}" for name, value in block.raw_items()] for block in blocks)
    return normalise("\n\n".join("\n".join(block[:_MAX_REPORTS]) for block in lines))


def _alternatives(part: Message) -> list[Message]:
    """The parts whose text is shown; of alternatives the plain text, unless it is empty, and an invitation."""
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    if part.get_content_type() != "multipart/alternative":
        return children
    for kind in ("text/plain", "text/html"):
        for child in children:
            if child.get_content_type() == kind and not _is_named(child) and _body(child)[0]:
                return [child, *(other for other in children if other.get_content_type() == "text/calendar")]
    return children


def _disposition(part: Message) -> str:
    return str(part.get("Content-Disposition", ""))[:100].partition(";")[0].strip().lower()


def _is_named(part: Message) -> bool:
    return _disposition(part) == "attachment" and bool(file_name(part))


def _is_attached(part: Message, parts: Parts) -> bool:
    """Whether a part is no text of the message itself: then it is a member now, or counted, or nothing to miss."""
    kind, disposition = part.get_content_type(), _disposition(part)
    if kind in _SIGNATURES | _UNSEEN:
        return True
    if kind in _SMIME or kind.startswith("multipart/"):
        return False
    if kind.startswith("image/") and (disposition != "attachment" or part.get("Content-ID")):
        parts.pictures += 1
        return True
    name = file_name(part)
    if kind == "message/rfc822" and disposition != "attachment" and not name:
        return False
    shown = kind in _SHOWN or (kind.startswith("text/") and not name) or (part.is_multipart() and kind != "message/rfc822")
    if disposition != "attachment" and shown:
        return False  # mail programs show it below the message, whether it has a name or not
    if kind in _OUTLOOK or name.lower() == "winmail.dat":
        _take_outlook(part, name or "winmail.dat", parts)
    else:
        parts.members.append(member_of(part, member_name(name, kind, len(parts.members) + 1, parts.taken)))
    return True


def _take_outlook(part: Message, name: str, parts: Parts) -> None:
    """What Outlook packed: its attachments are the mail's, and where the mail has no other text, so is the message in it."""
    from explorer.reading.tnef import opened  # seldom needed

    found = opened(payload_of(part))
    parts.members += [replace(member, name=unique(member.name, parts.taken)) for member in found.members]
    parts.pictures += found.pictures
    parts.outlook = parts.outlook or found.body.text
    if found.damaged:
        parts.lack(f"damaged: {clean_line(name, 100)} breaks off", "damaged")


def _unsealed(part: Message, parts: Parts) -> Message | None:
    """The message inside a part that was signed as a whole; what is encrypted is noted."""
    if part.get_content_type() not in _SMIME:
        return None
    data = payload_of(part)
    if content := signed_content(data):
        return parsed(content.lstrip(b"\r\n"))
    if is_enveloped(data) or "enveloped" in str(part.get("Content-Type", ""))[:HEADER_BYTES].lower():
        parts.lack("encrypted: not read", "password")
    else:
        parts.lack("damaged: what was signed in it cannot be read", "damaged")
    return None


def _body(part: Message) -> tuple[str, bool]:
    """The text of a text part, clean, and whether it is only the beginning."""
    charset = tried(part.get_content_charset)
    is_page = part.get_content_subtype() == "html"
    most = MAX_PAGE if is_page else MAX_CHARACTERS
    text = decode(payload_of(part), charset if isinstance(charset, str) else None, most=most + 1).text
    cut = len(text) > most
    text = text[:most] if cut else text
    return normalise(laid_out(visible_text(text).parts) if is_page else text).strip("\n"), cut
