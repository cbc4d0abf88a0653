"""Rich Text Format: its text by our own tokenizer (RTF 1.9.1), in linear time whatever the bytes."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from explorer.model import Fault, Reading
from explorer.reading.assembled import Properties, assembled
from explorer.reading.clean import normalise
from explorer.reading.fields import iso_date, unreadable
from explorer.reading.patience import read_seconds
from explorer.reading.rtf_words import (
    CELL,
    CELL_PARAGRAPH,
    CHARSETS,
    DEFAULT,
    OF_TWO_BYTES,
    PLACES,
    ROW,
    SHOWN,
    SIGNS,
    SYMBOLS,
    code_page,
    is_hidden,
    is_utf8,
    laid_out,
)

_TOKEN = re.compile(
    rb"\\([A-Za-z]+)(-?[0-9]+)? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^A-Za-z])|([{}])|([^\\{}\r\n\0]+)",
    re.S,
)
_MARKS = bytes(map(ord, CELL + ROW + CELL_PARAGRAPH))
_LINK = re.compile(r"HYPERLINK\s{1,9}(?:\\\\?[a-z]\s{1,9})?\"([^\"]{1,2000})\"|HYPERLINK\s{1,9}([^\s\"\\]{1,2000})")
_INNER_LINK = re.compile(r"HYPERLINK\s{1,9}\\\\?l\s")
_MAX_FIELDS = 50  # fields in fields: the words of deeper ones are read all the same, their links are not
_MAX_WORD = 32  # letters of a control word: longer ones are none, and skipped
_SHARE = 0.35  # of the time there is, for the tokens: what comes after takes as long
_OFTEN = 1 << 16  # tokens between looks at the clock
_TAIL = 1000  # bytes behind the document's end that are worth a word


class _State(NamedTuple):
    """What a group inherits: where its text goes ("" for nowhere), how its bytes are read, and what hides it."""

    place: str = "body"
    outer: str = ""  # where the text of a \\upr goes that is given in Unicode
    fallback: int = 1  # characters after \\u that stand for it where Unicode is not known
    encoding: str = ""  # of the font; "" is the document's
    deleted: bool = False
    in_table: bool = False


@dataclass(slots=True)
class _Document:
    """What was gathered so far. ``places`` are the pieces of text by where they belong."""

    encoding: str = DEFAULT
    raw_utf8: bool = False
    places: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pending: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    default_font: int = -1
    created: dict[str, int] = field(default_factory=dict)
    stack: list[_State] = field(default_factory=list)
    fields: list[tuple[int, int]] = field(default_factory=list)  # depth, and where the result begins in the body
    skip: int = 0
    end: int = 0
    ended: bool = False
    late: bool = False


def read_rtf(data: bytes, cut: bool = False) -> Reading:
    """Reads an RTF file. Footnotes and comments come after the text, headers and footers behind ``body_end``; deleted text is
    left out, the address of a link put behind its words. ``cut`` says that ``data`` is only the file's beginning."""
    start = data.find(b"{\\rtf", 0, 4096)
    if start < 0:
        return unreadable("damaged: this is no RTF file")
    document = _Document(raw_utf8=is_utf8(data, cut))
    _parse(data, start, document)
    problems, fault = _damage(data, document, cut)
    places = {place: laid_out(pieces) for place, pieces in document.places.items()}
    body = "\n\n".join(filter(None, (places.get("body"), places.get("notes"), places.get("comments"))))
    furniture = places.get("furniture", "")
    if not body and not furniture:
        pictures = b"\\pict" in data
        closed = pictures and data.rstrip(b"\0 \r\n\t").endswith(b"}")  # some lack a brace or two, and no more
        if fault and not (fault == "damaged" and closed):
            return unreadable("damaged: it breaks off before any text" if fault == "damaged" else problems[0], fault)
        return unreadable("no text in it, only pictures" if pictures else "no text in it", "no text" if pictures else "empty")
    created = iso_date("-".join(f"{document.created.get(unit, 0):02}" for unit in ("yr", "mo", "dy")))
    said = Properties(places.get("title", ""), places.get("author", ""), created)
    return assembled(normalise(body), furniture, said, problems=tuple(problems), fault=fault)


def _damage(data: bytes, document: _Document, cut: bool) -> tuple[list[str], Fault]:
    if document.late:
        return [f"only the first {document.end >> 20} MB read: it took too long"], "too slow"
    if not document.ended and not cut:
        return ["damaged: its end is missing"], "damaged"
    rest = len(data[document.end :].strip(b"\0 \r\n\t}"))
    return ([f"{rest:,} bytes behind its end not read"], "damaged") if document.ended and rest > _TAIL else ([], "")


def _parse(data: bytes, start: int, document: _Document) -> None:
    """Goes through the tokens once; \\bin and what follows \\u are jumped over."""
    state = _State()
    ignorable = fresh = False
    place, until = start, time.monotonic() + _SHARE * read_seconds()
    while True:
        jump = -1
        for count, match in enumerate(_TOKEN.finditer(data, place)):
            if not count % _OFTEN and time.monotonic() > until:
                document.end, document.late = match.start(), True
                _flush(document, state)
                return
            word, number, codes, symbol, brace, run = match.groups()
            if run is not None or codes is not None:
                _bytes(document, state, run, codes)
                ignorable, fresh = False, fresh and run is not None and run.isspace()
            elif word is not None:
                document.skip = 0
                if word == b"bin":
                    end = match.end() + max(0, int((number or b"0")[:10]))
                    if end <= len(data):  # else the number is wrong
                        jump = end
                        break
                if len(word) <= _MAX_WORD:
                    state = _word(document, state, word.decode("ascii"), int((number or b"-1")[:10]), ignorable, number is None)
                ignorable = fresh = False
            elif brace is not None:
                ignorable, fresh = False, brace == b"{"
                state = _brace(document, state, fresh, match.end())
                if document.ended:
                    return
            elif symbol == b"*":
                ignorable = fresh  # anywhere else than at the start of a group it says nothing
            elif symbol in SYMBOLS:
                if document.skip:
                    document.skip -= 1
                elif symbol in b"{}\\":
                    _bytes(document, state, symbol, None)
                else:
                    _emit(document, state, SYMBOLS[symbol])
        if jump < 0:
            _flush(document, state)
            return
        place = jump


def _brace(document: _Document, state: _State, opens: bool, place: int) -> _State:
    """The state of the group that begins at a brace, or of the one around it that goes on."""
    _flush(document, state)
    document.skip = 0
    if opens:
        document.stack.append(state)
        return state
    _close_field(document)
    around = document.stack.pop() if document.stack else state
    if not document.stack:
        document.end, document.ended = place, True
    return around


def _bytes(document: _Document, state: _State, run: bytes | None, codes: bytes | None) -> None:
    """Text as bytes, written plainly or as hexadecimal codes; collected, as a letter may be made of two."""
    found = run if run is not None else bytes.fromhex((codes or b"").replace(b"\\'", b"").decode("ascii"))
    if document.skip:
        taken = min(document.skip, len(found))
        document.skip -= taken
        found = found[taken:]
    if not state.place or state.deleted or not found:
        return
    if run is not None and document.raw_utf8 and not found.isascii():
        _emit(document, state, found.decode("utf-8", "replace"))
    else:
        document.pending += found


def _flush(document: _Document, state: _State) -> None:
    """Decodes the bytes collected so far by the font they are in."""
    if not document.pending:
        return
    found = bytes(document.pending).translate(None, _MARKS)
    document.pending.clear()
    encoding = state.encoding or document.encoding
    if encoding == DEFAULT and document.encoding in OF_TWO_BYTES and not found.isascii():
        try:  # writers in East Asia leave the fonts' character sets at 0
            document.places[state.place].append(found.decode(document.encoding))
            return
        except UnicodeDecodeError:
            pass
    document.places[state.place].append(found.decode(encoding, "replace"))


def _emit(document: _Document, state: _State, text: str) -> None:
    _flush(document, state)
    if state.place and not state.deleted and text:
        document.places[state.place].append(CELL_PARAGRAPH if state.in_table and text == "\n" else text)


def _word(document: _Document, state: _State, word: str, number: int, ignorable: bool, bare: bool) -> _State:
    """What a control word does to the state of its group; ``bare`` where no number came with it."""
    if word == "u" and not bare:
        if 0 <= (code := number + 0x10000 if number < 0 else number) < 0x110000:
            _emit(document, state, chr(code))
        document.skip = state.fallback
        return state
    if word in SIGNS:
        _emit(document, state, SIGNS[word])
        return state
    if word in PLACES or word in SHOWN or ignorable or is_hidden(word) or word in ("upr", "field"):
        _flush(document, state)
        return _destination(document, state, word, ignorable)
    if word in ("pard", "intbl"):
        return state._replace(in_table=word == "intbl") if state.in_table != (word == "intbl") else state
    if word in ("f", "plain", "fcharset", "cpg", "deff", "ansicpg", "mac", "pc", "pca"):
        _flush(document, state)
        return _coding(document, state, word, number)
    if word == "uc":
        return state._replace(fallback=min(max(number, 0), 100))
    if word == "deleted":
        _flush(document, state)
        return state._replace(deleted=number != 0)
    if state.place == "created" and word in ("yr", "mo", "dy"):
        document.created.setdefault(word, number)
    return state


def _destination(document: _Document, state: _State, word: str, ignorable: bool) -> _State:
    """Where the text of a group goes that begins with this word."""
    if word == "field":
        if len(document.fields) < _MAX_FIELDS and state.place == "body":
            document.fields.append((len(document.stack), len(document.places["body"])))
        return state
    if word == "upr":
        return state._replace(place="", outer=state.place)
    if word == "ud" and state.outer:
        return state._replace(place=state.outer, outer="")
    if not state.place:
        return state
    if word in PLACES:
        if word == "fldinst" and (state.place != "body" or len(document.fields) >= _MAX_FIELDS):
            return state._replace(place="")
        place = PLACES[word]
        if place in ("notes", "furniture", "comments"):
            document.places[place].append("\n")
        if place == "comments" and (name := "".join(document.places.pop("commenter", ()))):
            document.places[place].append(f"{name}: ")
        return state._replace(place=place, in_table=False)
    if word in SHOWN:
        return state
    return state._replace(place="")


def _coding(document: _Document, state: _State, word: str, number: int) -> _State:
    """Fonts and code pages."""
    if word == "ansicpg":
        document.encoding = code_page(number)
    elif word in ("mac", "pc", "pca"):
        document.encoding = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
    elif word == "deff":
        document.default_font = number
    elif word == "plain":
        return state._replace(encoding=document.fonts.get(document.default_font, ""), deleted=False)
    elif state.place != "fonts":
        return state._replace(encoding=document.fonts.get(number, "")) if word == "f" else state
    elif word == "f":
        document.font = number
    elif word == "fcharset":
        document.fonts.setdefault(document.font, CHARSETS.get(number, ""))
    elif word == "cpg":
        document.fonts[document.font] = code_page(number)
    return state


def _close_field(document: _Document) -> None:
    """At the end of a field its link is put behind the words it is under, unless these say it."""
    if not document.fields or document.fields[-1][0] != len(document.stack):
        return
    _, start = document.fields.pop()
    code = "".join(document.places.pop("link", ()))[:5000]
    match = None if _INNER_LINK.search(code) else _LINK.search(code)
    if match:
        address = (match[1] or match[2]).removeprefix("mailto:")
        body = document.places["body"]
        if address not in "".join(body[start:]):
            body.append(f" ({address})")
