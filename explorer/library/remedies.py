"""What would help with a file that was not read, or not whole: one line for the reader of documents, by the fault."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

from explorer.model import Fault, Note
from explorer.reading.clean import clean

Which = Callable[[str], str | None]

_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"))
# Files that hold others: what lies below one is no file that another program could open.
_HOLDERS = frozenset((".eml", ".emlx", ".msg", ".mbox", ".mht", ".mhtml", ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz"))
_BY_FAULT: dict[Fault, str] = {
    "password": "save a copy without the password",
    "damaged": "open it in its own program and save it again, or get another copy",
    "too slow": "explorer index --retry tries it again",
    "crashed": "explorer index --retry tries it again",
    "no access": "give yourself the right to read it, then look again",
    "changed": "the next refresh reads it again",
    "no reader": "save it as PDF, as text, or in an open format of its kind",
    "too large": "split it, or save the part that matters as a file of its own",
}
_BY_REASON = {  # of what the system does not give, where it is no right that is missing
    "path too long": "move it, or one of the folders that it lies in, nearer to the top",
    "input/output error": "the disk may be failing: copy what can be copied, then look again",
    "stale": "connect the disk again, then look again",
}
_TEXT_RECOGNITION = "text recognition ({program}) would read it"


def remedy(fault: Fault, path: str, which: Which = shutil.which, reason: str = "") -> str:
    """What would help with a file, in one line; "" where nothing would. ``reason`` is why it was not read, in words.

    A command in it is to be run by the reader in the folder: nothing here runs it. ``which`` finds an installed program.
    """
    if fault == "no text":
        return _recognition(path, which)
    if fault == "no access":
        return next((words for part, words in _BY_REASON.items() if part in reason), _BY_FAULT[fault])
    return _BY_FAULT.get(fault, "")


def annotate(notes: Iterable[Note], which: Which = shutil.which) -> tuple[Note, ...]:
    """The notes with their remedies; each program is looked for once."""
    known = cache(which)
    return tuple(replace(note, remedy=remedy(note.fault, note.path, known, note.reason)) for note in notes)


def command_in(note: Note) -> str:
    """The command that a note's remedy is, "" where it is words."""
    return note.remedy if note.remedy.startswith(("ocrmypdf ", "tesseract ")) else ""


def _recognition(path: str, which: Which) -> str:
    """The very command where its program is installed and the file can be named to it."""
    at = PurePosixPath(path)
    picture = at.suffix.lower() in _PICTURES
    if not picture and at.suffix.lower() not in ("", ".pdf"):
        return "save it as PDF; text recognition (ocrmypdf) would read its pictures then"
    program = "tesseract" if picture else "ocrmypdf"
    words = _TEXT_RECOGNITION.format(program=program)
    if which(program) is None:
        return f"{words}; it is not installed"
    if any(parent.suffix.lower() in _HOLDERS for parent in at.parents):
        return f"save it as a file of its own; {words}"
    if clean(path) != path or "\n" in path:  # shown, it would not be the command that helps
        return words
    source = f"./{path}" if path.startswith("-") else path  # else it would be an option
    fresh = source.removesuffix(at.suffix) + "-ocr" + ("" if picture else at.suffix)  # tesseract adds .txt itself
    return f"{program} {shlex.quote(source)} {shlex.quote(fresh)}"
