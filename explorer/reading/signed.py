"""What was signed or time-stamped: the content in a CMS object (RFC 5652, RFC 5544); no signature is checked."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import BinaryIO

from explorer.reading.fields import unreadable
from explorer.reading.member_names import note, safe_name
from explorer.reading.members import MAX_MEMBER, Budget, Member

_DATA = bytes.fromhex("06092a864886f70d010701")
_ENVELOPED = (bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117"))
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_STAMPED = bytes.fromhex("060b2a864886f70d010910011f")
_OCTETS, _CONSTRUCTED_OCTETS = 0x04, 0x24
_INTEGER, _ADDRESS, _SEQUENCE, _INNER = 0x02, 0x16, 0x30, 0xA0
_ENDING = re.compile(r"\.(?:p7m|tsd)$", re.I)
_ARMOUR = re.compile(rb"(?:-----BEGIN [A-Z0-9 ]{3,20}-----\s{1,9})?(MI[A-Za-z0-9+/=\s]+)")


def is_enveloped(data: bytes) -> bool:
    """Whether this is a CMS object that is encrypted."""
    return any(data.find(kind, 0, 64) >= 0 for kind in _ENVELOPED)


def signed_content(data: bytes) -> bytes | None:
    """The content that a signed-data or time-stamped object holds, in DER or BER; None where it is none, or the signature is
    detached."""
    if data.find(_STAMPED, 0, 64) >= 0:
        return _octets(data, _stamped_content(data))
    if data.find(_SIGNED, 0, 64) < 0 or (place := data.find(_DATA)) < 0:
        return None
    return _octets(data, place + len(_DATA))


def _stamped_content(data: bytes) -> int:
    """Where the content of a time-stamped object begins: behind its version, its address and what it says of itself."""
    place, opened = data.find(_STAMPED) + len(_STAMPED), False
    while place + 2 <= len(data):
        tag, length, start = _header(data, place)
        if tag == _INNER or (tag == _SEQUENCE and not opened):
            place, opened = start, opened or tag == _SEQUENCE
        elif tag in (_INTEGER, _ADDRESS, _SEQUENCE) and length >= 0:
            place = start + length
        else:
            break
    return place


def _octets(data: bytes, place: int) -> bytes | None:
    """The bytes of the octet string at ``place``, whose pieces may lie in others."""
    pieces: list[bytes] = []
    while place + 2 <= len(data):
        tag, length, start = _header(data, place)
        if tag == _OCTETS and length >= 0:
            pieces.append(data[start : start + length])
            place = start + length
        elif tag in (_INNER, _CONSTRUCTED_OCTETS) and not (pieces and tag == _INNER):
            place = start  # its content is what comes next
        else:
            break
    return b"".join(pieces) or None


def _header(data: bytes, place: int) -> tuple[int, int, int]:
    """Tag, length (-1 for one that is not told) and where the content begins."""
    first = data[place + 1]
    if first < 0x80:
        return data[place], first, place + 2
    size = first & 0x7F
    length = int.from_bytes(data[place + 2 : place + 2 + size], "big") if 0 < size <= 8 else -1
    return data[place], length, place + 2 + size


def signed_members(file: BinaryIO, name: str, budget: Budget) -> Iterator[Member]:
    """What a .p7m or .tsd file called ``name`` was made to sign, as one member with that name without its ending."""
    file.seek(0)
    data = _bare(file.read(MAX_MEMBER))
    inner = safe_name(_ENDING.sub("", name.rpartition("/")[2])) or "unnamed"
    content = signed_content(data)
    budget.entries -= 1
    if is_enveloped(data):
        yield Member(inner, problem=unreadable("password needed", "password"))
    elif content is None:
        yield note("a signature only: what was signed is in another file", "not a document")
    else:
        yield Member(inner, content)


def is_signed(head: bytes) -> bool:
    """Whether a file that begins with ``head``, some hundred bytes, is a CMS object, signed or encrypted, bare or in base64."""
    head = _bare(head)[:64]
    return head.startswith(b"\x30") and (_SIGNED in head or _STAMPED in head or is_enveloped(head))


def _bare(data: bytes) -> bytes:
    """The object itself where it is written in base64."""
    match = _ARMOUR.match(data)
    if not match:
        return data
    letters = b"".join(match[1].split())
    try:
        return binascii.a2b_base64(letters[: len(letters) & ~3])
    except binascii.Error:  # its padding is wrong
        return data
