"""Old PowerPoint presentations (PPT, 97 to 2003): the text of every slide in order, its notes and comments ([MS-PPT])."""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from explorer.model import Reading
from explorer.reading.fields import MAX_CHARACTERS, unreadable
from explorer.reading.members import MAX_MEMBER, Member
from explorer.reading.ole import Container, open_container
from explorer.reading.ole_embedded import documents_of_objects
from explorer.reading.ole_properties import finished, tidy

_DOCUMENT, _SLIDE, _NOTES = 0x03E8, 0x03EE, 0x03F0
_NOTES_ATOM, _SLIDE_PERSIST, _SLIDE_LIST, _OUTLINE_REFERENCE = 0x03F1, 0x03F3, 0x0FF0, 0x0F9E
_TEXT_HEADER, _CHARACTERS, _BYTES, _STRING = 0x0F9F, 0x0FA0, 0x0FA8, 0x0FBA
_COMMENT, _HEADERS, _OBJECT = 0x2EE0, 0x0FD9, 0x1011
_USER_EDIT, _PERSIST_DIRECTORY = 0x0FF5, 0x1772
_ENCRYPTED_USER = 0xF3D1C4DF
_OF_TEXT = frozenset((_OUTLINE_REFERENCE, _CHARACTERS, _BYTES, _STRING, _COMMENT, _HEADERS))
_MAX_EDITS = 10_000
_MAX_RECORDS = 5_000_000  # looked at in one file, so that slides that lie in each other cost no more than this
_BREAKS = str.maketrans({"\r": "\n", "\x0b": "\n", "\0": None})


@dataclass(slots=True)
class _Show:
    """A presentation: its stream, where each of its numbered parts begins, and what may still be looked at."""

    stream: bytes
    places: dict[int, int] = field(default_factory=dict)
    document: int = -1
    encrypted: bool = False
    damaged: bool = False
    records: int = _MAX_RECORDS
    length: int = 0


@dataclass(slots=True)
class _Slide:
    """What is on a slide or on its notes; ``number`` is the one that notes know it by."""

    boxes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # texts of the outline that boxes showed
    number: int = -1


def read_ppt(data: bytes) -> tuple[Reading, Iterator[Member]]:
    """Reads a presentation: slides in their order, each followed by its comments and the speaker's notes; ``pages`` are the
    offsets of the slides. The masters' prompts are left out. A locked presentation says so. The members
    are the documents embedded in it."""
    container = open_container(data)
    if container is None:
        return unreadable("damaged: this is no old PowerPoint file"), iter(())
    show = _open(container)
    if show.encrypted:
        return unreadable("password needed", "password"), iter(())
    slides, notes = _lists(show)
    texts: list[str] = []
    for place, outline, number in slides:
        slide = _part(show, place, outline)
        rest = [text for index, text in enumerate(outline) if index not in slide.used]
        speaker = notes.pop(number, None) or notes.pop(slide.number, None)
        texts.append(tidy("\n".join([*rest, *filter(None, slide.boxes), *slide.comments, *slide.footers, *(speaker or [])])))
    texts += [tidy("\n".join(left)) for left in notes.values()]
    pages: list[int] = []
    length = 0
    for text in texts[: len(slides)]:
        pages.append(length)
        length += len(text) + 2
    container.damaged |= show.damaged
    text = "\n\n".join(texts)
    reading = finished(container, text if text.strip() else "", pages=tuple(pages))
    return reading, documents_of_objects(_objects(show))


def _open(container: Container) -> _Show:
    """Reads the directory of parts, newest edit first; where it is lost the parts are sought from the beginning."""
    show = _Show(container.stream("PowerPoint Document"))
    user = container.stream("Current User")
    edit = struct.unpack_from("<I", user, 16)[0] if len(user) >= 20 else -1
    show.encrypted = len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _ENCRYPTED_USER
    show.encrypted |= container.has("EncryptedSummary")
    seen: set[int] = set()
    document = -1
    while 0 <= edit <= len(show.stream) - 32 and edit not in seen and len(seen) < _MAX_EDITS:
        seen.add(edit)
        _, kind, size, _, _, before, directory, document_part = struct.unpack_from("<HHIIIIII", show.stream, edit)
        if kind != _USER_EDIT:
            break
        show.encrypted |= size >= 0x20 and len(seen) == 1
        document = document if document >= 0 else document_part
        for number, place in _directory(show, directory):
            show.places.setdefault(number, place)
        edit = before or -1
    show.document = show.places.get(document, -1)
    if _kind(show, show.document) != _DOCUMENT:
        show.damaged = True
        show.document = next(
            (place for place, kind, _ in _records(show, 0, len(show.stream), flat=True) if kind == _DOCUMENT), -1
        )
    return show


def _directory(show: _Show, place: int) -> Iterator[tuple[int, int]]:
    """The (number, offset) pairs of one directory of parts."""
    if _kind(show, place) != _PERSIST_DIRECTORY:
        return
    at, end = place + 8, min(place + 8 + struct.unpack_from("<I", show.stream, place + 4)[0], len(show.stream))
    while at + 8 <= end and show.records > 0:
        head = struct.unpack_from("<I", show.stream, at)[0]
        first, count = head & 0xFFFFF, head >> 20
        count = min(count, (end - at - 4) // 4)
        for index, offset in enumerate(struct.unpack_from(f"<{count}I", show.stream, at + 4)):
            yield first + index, offset
        at += 4 + count * 4
        show.records -= 1 + count


def _kind(show: _Show, place: int) -> int:
    return struct.unpack_from("<H", show.stream, place + 2)[0] if 0 <= place <= len(show.stream) - 8 else -1


def _records(show: _Show, start: int, end: int, flat: bool = False) -> Iterator[tuple[int, int, int]]:
    """The records from ``start`` to ``end`` as (offset, kind, size), those inside others too unless ``flat``."""
    place, stream = start, show.stream
    end = min(end, len(stream))
    while place + 8 <= end and show.records > 0:
        show.records -= 1
        version, kind, size = struct.unpack_from("<HHI", stream, place)
        yield place, kind, size
        inside = not flat and version & 15 == 15
        place += 8 if inside else 8 + size


def _end(show: _Show, place: int) -> int:
    return int(place + 8 + struct.unpack_from("<I", show.stream, place + 4)[0])


def _lists(show: _Show) -> tuple[list[tuple[int, list[str], int]], dict[int, list[str]]]:
    """The slides as (offset, their texts in the outline, number), and the notes by the numbers of their slides."""
    slides: list[tuple[int, list[str], int]] = []
    notes: dict[int, list[str]] = {}
    which, current = -1, [""]
    document = show.document
    for place, kind, size in _records(show, document, _end(show, document)) if document >= 0 else ():
        if kind == _SLIDE_LIST:
            which = struct.unpack_from("<H", show.stream, place)[0] >> 4
        elif kind == _SLIDE_PERSIST and which in (0, 2) and size >= 16 and place + 24 <= len(show.stream):
            part, _, _, number = struct.unpack_from("<IIIi", show.stream, place + 8)
            current = []
            if which == 0:
                slides.append((show.places.get(part, -1), current, number))
            else:
                _add_notes(show, notes, show.places.get(part, -1))
        elif which == 0 and slides and kind == _TEXT_HEADER:
            current.append("")
        elif which == 0 and slides and kind in (_CHARACTERS, _BYTES):
            if not current:
                current.append("")
            current[-1] += _text(show, place, kind, size)
    if not any(_kind(show, place) == _SLIDE for place, _, _ in slides):
        _sought(show, slides, notes)
    return slides, notes


def _sought(show: _Show, slides: list[tuple[int, list[str], int]], notes: dict[int, list[str]]) -> None:
    """Finds slides and notes without a directory: in the order in which they lie in the stream."""
    found = [place for place, kind, _ in _records(show, 0, len(show.stream), flat=True) if kind == _SLIDE]
    if found:
        show.damaged = True
    waiting = list(slides)
    slides.clear()
    for index, place in enumerate(found):
        _, outline, number = waiting[index] if index < len(waiting) else (-1, [], -1)
        slides.append((place, outline, number))
    slides += waiting[len(found) :]
    if not notes:
        for place, kind, _ in _records(show, 0, len(show.stream), flat=True):
            if kind == _NOTES:
                _add_notes(show, notes, place)


def _add_notes(show: _Show, notes: dict[int, list[str]], place: int) -> None:
    if _kind(show, place) == _NOTES:
        page = _part(show, place, [])
        notes.setdefault(page.number, []).extend(page.boxes)


def _part(show: _Show, place: int, outline: list[str]) -> _Slide:
    """What is on the slide or notes page at ``place``; a box that only points at the outline shows its text."""
    found = _Slide()
    kind = _kind(show, place)
    if kind not in (_SLIDE, _NOTES):
        show.damaged |= place >= 0
        return found
    comment_end = header_end = -1
    comment: list[str] = []
    for at, kind, size in _records(show, place, _end(show, place)):
        if kind not in _OF_TEXT:
            continue
        if kind == _COMMENT:
            comment_end = at + 8 + size
            comment = []
        elif kind == _HEADERS:
            header_end = at + 8 + size
        elif kind == _OUTLINE_REFERENCE and at + 12 <= len(show.stream):
            index = struct.unpack_from("<I", show.stream, at + 8)[0]
            if index < len(outline) and index not in found.used:
                found.used.add(index)
                found.boxes.append(outline[index])
        elif kind in (_CHARACTERS, _BYTES):
            found.boxes.append(_text(show, at, kind, size))
        elif kind == _STRING and at < comment_end:
            comment.append(_text(show, at, kind, size))
            if len(comment) == 2:  # the author, then the words
                found.comments.append(": ".join(filter(None, comment)))
        elif kind == _STRING and at < header_end:
            found.footers.append(_text(show, at, kind, size))
    _number(show, place, found)
    return found


def _number(show: _Show, place: int, found: _Slide) -> None:
    """Fills in the number by which a notes page knows its slide."""
    at = place + 8
    if _kind(show, at) == _NOTES_ATOM and at + 12 <= len(show.stream):
        found.number = struct.unpack_from("<i", show.stream, at + 8)[0]


def _objects(show: _Show) -> Iterator[bytes]:
    """The OLE objects on the slides: compound files, most of them packed."""
    left = MAX_MEMBER
    for place, kind, size in _records(show, 0, len(show.stream), flat=True):
        if kind != _OBJECT:
            continue
        data = show.stream[place + 8 : place + 8 + size]
        if show.stream[place] >> 4 & 1:
            with contextlib.suppress(zlib.error):
                data = zlib.decompressobj().decompress(data[4:], max(left, 1))
                left -= len(data)
        if left > 0:
            yield data


def _text(show: _Show, place: int, kind: int, size: int) -> str:
    if show.length > MAX_CHARACTERS:
        return ""
    raw = show.stream[place + 8 : place + 8 + size]
    text = raw.decode("latin-1" if kind == _BYTES else "utf-16-le", "replace").translate(_BREAKS)
    if text.strip() == "*":  # stands for a date or a slide's number
        return ""
    show.length += len(text)
    return text
