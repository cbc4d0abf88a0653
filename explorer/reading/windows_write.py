"""Windows Write, and Word for DOS, which kept its documents in the same way: the text stands as it is behind a header."""

from __future__ import annotations

import struct

from explorer.model import Fault, Reading
from explorer.reading.clean import normalise
from explorer.reading.fields import cut_text, first_words, unreadable

_HEADER = 128
_END_OF_TEXT, _PAGES = 14, 96  # where the header says where the text ends, and how long a document of Windows Write is
_CONTROLS = {code: "" for code in range(0x20) if code not in b"\t\n\r"} | {0x0B: "\n", 0x0C: "\n"}


def read_write(data: bytes) -> Reading:
    """Reads the text of a document; pictures and objects stand in lines of their own and are left out."""
    if len(data) <= _HEADER:
        return unreadable("damaged: it ends too early")
    end = struct.unpack_from("<I", data, _END_OF_TEXT)[0]
    codec = "cp1252" if data[_PAGES : _PAGES + 2] != b"\0\0" else "cp850"
    lines = data[_HEADER : max(end, _HEADER)].decode(codec, "replace").split("\n")
    shown = [line for line in lines if "\0" not in line]
    text, problems = cut_text(normalise("\n".join(shown).translate(_CONTROLS)).strip("\n"))
    fault: Fault = "damaged" if end > len(data) else "too large" if problems else ""
    if len(shown) < len(lines):
        problems = (*problems, "a picture or object in it not read")
    if not text.strip():
        return unreadable("damaged: it ends too early") if fault else unreadable("no text in it", "empty")
    return Reading(
        text,
        first_words(text),
        guessed=("title",),
        problems=(*problems, *(("damaged: it breaks off",) if fault == "damaged" else ())),
        state="partial" if fault else "ok",
        body_end=len(text),
        fault=fault,
    )
