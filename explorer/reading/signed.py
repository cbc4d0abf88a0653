"""What was signed: the content inside a CMS (PKCS #7) signed-data object, by RFC 5652; no signature is checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from explorer.reading.fields import unreadable
from explorer.reading.member_names import note, safe_name
from explorer.reading.members import MAX_MEMBER, Budget, Member

_DATA = bytes.fromhex("06092a864886f70d010701")
_ENVELOPED = (bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117"))
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_OCTETS, _CONSTRUCTED_OCTETS = 0x04, 0x24


def is_enveloped(data: bytes) -> bool:
    """Whether this is a CMS object that is encrypted."""
    return any(data.find(kind, 0, 64) >= 0 for kind in _ENVELOPED)


def signed_content(data: bytes) -> bytes | None:
    """The content that a signed-data object holds, in DER or BER; None where it is none, or the signature is detached."""
    if data.find(_SIGNED, 0, 64) < 0 or (place := data.find(_DATA)) < 0:
        return None
    place += len(_DATA)
    pieces: list[bytes] = []
    while place + 2 <= len(data):
        tag, length, start = _header(data, place)
        if tag == _OCTETS and length >= 0:
            pieces.append(data[start : start + length])
            place = start + length
        elif tag in (0xA0, _CONSTRUCTED_OCTETS) and not (pieces and tag == 0xA0):
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
    """What a .p7m file called ``name`` was made to sign, as one member with that name without its ending."""
    file.seek(0)
    data = file.read(MAX_MEMBER)
    inner = safe_name(name.rpartition("/")[2].removesuffix(".p7m")) or "unnamed"
    content = signed_content(data)
    budget.entries -= 1
    if is_enveloped(data):
        yield Member(inner, problem=unreadable("password needed", "password"))
    elif content is None:
        yield note("a signature only: what was signed is in another file", "not a document")
    else:
        yield Member(inner, content)


def is_signed(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a CMS object, signed or encrypted."""
    return head.startswith(b"\x30") and (_SIGNED in head[:64] or is_enveloped(head))
