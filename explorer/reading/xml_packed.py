"""Files written into XML as base64 letters, as invoices and signed envelopes have them: documents of their own, and no text."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from explorer.reading.decode import is_binary
from explorer.reading.member_names import safe_path, unique
from explorer.reading.members import Member
from explorer.reading.signed import is_signed

_LEAST = 300  # letters: what is shorter is a key or a number, and may be a word
_BEGINNING = re.compile(r"\s*[A-Za-z0-9+/]{40}")
_LETTERS = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_LINE = 40
_KINDS = (str.islower, str.isupper, str.isdigit)
_DOCUMENTS = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_FILE_NAME = re.compile(r"[^/\\<>\n]{1,200}\.[A-Za-z0-9]{2,5}")
_MOST = 1_000  # files of one text


@dataclass(slots=True)
class PackedFiles:
    """The files found so far; ``name`` is what the last one to come is called where that was said."""

    members: list[Member] = field(default_factory=list)
    pictures: int = 0
    name: str = ""
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, text: str, line_before: str) -> bool:
        """Whether ``text`` is a packed file and no text; a document is a member now. Keys and signatures are passed over."""
        data = _unpacked(text)
        if data is None:
            return False
        name, self.name = self.name, ""
        if data.startswith(_PICTURES):
            self.pictures += 1
        elif len(self.members) < _MOST and (data.startswith(_DOCUMENTS) or is_signed(data[:400]) or not is_binary(data)):
            said = name or (line_before if _FILE_NAME.fullmatch(line_before) else "")
            name = safe_path(said).rpartition("/")[2] or f"attachment {len(self.members) + 1}"
            self.members.append(Member(unique(name, self.taken), data))
        return True


def _unpacked(text: str) -> bytes | None:
    """The bytes that base64 letters stand for; None where the text is no long run of them, in lines or in one."""
    if len(text) < _LEAST or not _BEGINNING.match(text) or not all(any(map(kind, text[:_LEAST])) for kind in _KINDS):
        return None
    pieces = text.split()
    whole = "".join(pieces)
    if min(map(len, pieces[:-1]), default=_LINE) < _LINE or not _LETTERS.fullmatch(whole):
        return None
    try:
        return binascii.a2b_base64(whole[: len(whole) & ~3])
    except binascii.Error:  # its end is missing
        return None
