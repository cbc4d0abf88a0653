"""What is attached to a mail: its bytes, and the name it has as a document of its own."""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message

from explorer.reading.fields import unreadable
from explorer.reading.mail_headers import HEADER_BYTES, decode_words
from explorer.reading.member_names import safe_path, unique
from explorer.reading.members import Member

_ENDINGS = {
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/zip": "zip",
    "application/gzip": "gz",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/html": "html",
    "text/plain": "txt",
    "text/csv": "csv",
    "text/markdown": "md",
    "text/calendar": "ics",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "message/rfc822": "eml",
}


def file_name(part: Message) -> str:
    """The name that a part says it has; "" where it says none."""
    for name in ("Content-Disposition", "Content-Type"):
        if len(str(part.get(name, ""))) > HEADER_BYTES:
            return ""
    try:
        return decode_words(part.get_filename("") or "")
    except (ValueError, TypeError, LookupError, AttributeError):  # damaged parameters
        return ""


def member_name(name: str, kind: str, number: int, taken: dict[str, int]) -> str:
    """The name of the ``number``-th attachment: what is left of ``name`` when it is cleaned, with an ending by its ``kind``."""
    name = safe_path(name).rpartition("/")[2]
    ending = _ENDINGS.get(kind, "")
    if not name:
        name = f"attachment {number}"
    if ending and "." not in name:
        name = f"{name}.{ending}"
    return unique(name, taken)


def member_of(part: Message, name: str) -> Member:
    """An attachment as a document called ``name``."""
    if part.is_multipart():
        data = _inner_message(part)
        return Member(name, data, kind="mail") if data else Member(name, problem=unreadable("damaged: no message in it"))
    data = payload_of(part)
    if not data.strip():
        return Member(name, problem=unreadable("empty file", "empty"))
    return Member(name, data)


def _inner_message(part: Message) -> bytes:
    """The bytes of an attached message."""
    inner = next((child for child in part.get_payload() if isinstance(child, Message)), None)
    if inner is None:
        return b""
    if "base64" in str(part.get("Content-Transfer-Encoding", "")).lower():  # forbidden, but done
        return payload_of(inner, "base64")
    try:
        return inner.as_bytes()
    except (ValueError, TypeError, LookupError, AttributeError, KeyError):  # headers that cannot be written again
        return payload_of(inner)


def payload_of(part: Message, encoding: str = "") -> bytes:
    """The bytes of a part, decoded by its transfer encoding as far as that is sound, or by ``encoding``."""
    written = str(part.get("Content-Transfer-Encoding", "")).lower()
    found = encoding or next((known for known in ("base64", "quoted-printable") if known in written), "")
    if found and written != found:  # with a comment, twice, or said of what is around it
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = found
    payload = tried(lambda: part.get_payload(decode=True))
    if isinstance(payload, bytes):
        return payload
    raw = tried(part.get_payload)
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def tried(getter: Callable[[], object]) -> object:
    """What a getter of the mail parser gives; None where it raises, as some do on what is damaged."""
    try:
        return getter()
    except (ValueError, TypeError, LookupError, AttributeError):  # damaged encoding or parameters
        return None
