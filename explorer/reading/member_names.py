"""Names of documents inside other files: harmless, readable, each of them once."""

from __future__ import annotations

import re
from fnmatch import translate
from functools import cache

from explorer.model import Fault
from explorer.reading.clean import clean_line
from explorer.reading.fields import unreadable
from explorer.reading.members import Member
from explorer.reading.walk import DEFAULT_EXCLUDES

MAX_PART = 200  # code points of a file's or folder's name that are kept
MAX_PARTS = 30
_DRIVE = re.compile(r"[A-Za-z]:")
_SEPARATORS = re.compile(r"[/\\]")
_MAX_NAME = 10_000


def safe_path(name: str) -> str:
    """A member's name as a path that leads nowhere: parts set apart by "/", without drive, root, "." and "..".

    Backslashes part folders too. Control characters are made visible, long names cut before their ending, and of a path of
    more than 30 parts the last are kept. "" where nothing is left.
    """
    parts = _SEPARATORS.split(_DRIVE.sub("", name[:_MAX_NAME], count=1) if _DRIVE.match(name) else name[:_MAX_NAME])
    cleaned = (safe_name(part) for part in parts)
    return "/".join([part for part in cleaned if part][-MAX_PARTS:])


def safe_name(part: str) -> str:
    """One name without folders, cleaned; "" where it is empty, "." or ".."."""
    part = clean_line(_SEPARATORS.sub("_", part), 2_000)
    if part in (".", ".."):
        return ""
    if len(part) <= MAX_PART:
        return part
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 10:
        return part[: MAX_PART - 1].rstrip() + "…"
    return stem[: MAX_PART - 12].rstrip() + "…." + ending


def unique(name: str, taken: dict[str, int]) -> str:
    """``name``, or where it is in ``taken`` (name: how often) already, "name (2).ending" and so on; it is taken then."""
    count = taken.get(name, 0) + 1
    taken[name] = count
    if count == 1:
        return name
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    numbered = f"{stem} ({count}).{ending}" if dot and stem else f"{file} ({count})"
    return unique(folder + slash + numbered, taken)


@cache
def _excluded() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{translate(pattern)})" for pattern in DEFAULT_EXCLUDES))


def is_left_out(path: str) -> bool:
    """Whether a folder's walk would pass over a file of that path: hidden, temporary and system files and folders."""
    return any(_excluded().match(part) for part in path.split("/"))


def note(words: str, fault: Fault) -> Member:
    """The nameless member that says something of the whole container."""
    return Member("", problem=unreadable(words, fault))
