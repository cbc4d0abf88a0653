"""From a file to its readings, whatever it holds; a mail's attachments and an archive's files have readings of their own."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.model import Reading
from explorer.reading.clean import clean_line
from explorer.reading.fields import unreadable
from explorer.reading.formats import Format, format_of
from explorer.reading.languages import plausible_language
from explorer.reading.load import PDF_BYTES, Content, load, open_problem
from explorer.reading.members import MAX_DEPTH, Budget, Member
from explorer.reading.package_sums import damaged_parts
from explorer.reading.patience import read_seconds
from explorer.reading.readers import CONTAINERS, PACKAGES, members_of, read_as

READER_VERSION = 4  # to be raised whenever a reader's output changes, so that files are read again
TEST_OPS = "EXPLORER_TEST_OPS"
_CONTAINER_PATIENCE = 30  # times as long as for one document: then the rest of a container is left unread


@dataclass(frozen=True, slots=True)
class Begun:
    """A member is being read now: should the reader die, it is this one's fault."""

    member: str


Step = Begun | tuple[str, Reading]


def read_file(path: Path | bytes) -> list[tuple[str, Reading]]:
    """The readings of a file as (member, reading); the member of a plain file is "". Never raises on what a file holds
    or on a file that cannot be opened: its reading is "unreadable" and says why."""
    try:
        content = load(path)
    except OSError as error:
        return [("", unreadable(open_problem(error), "no access"))]
    try:
        return read_content(path, content)
    finally:
        content.close()


def read_content(path: Path | bytes, content: Content) -> list[tuple[str, Reading]]:
    """The readings of a file whose bytes are there already; of ``path`` only the name is looked at."""
    return [step for step in reading_steps(path, content) if not isinstance(step, Begun)]


def reading_steps(path: Path | bytes, content: Content, after: int = 0) -> Iterator[Step]:
    """The readings of a file one by one, each of a member announced before; the first ``after`` members are passed over.

    What there is to know of a container as a whole is an unreadable reading of the member "", at its end.
    """
    name = os.fsdecode(os.path.basename(os.fspath(path)))  # noqa: PTH119 (bytes have no Path)
    yield from _Steps(after).of(name, content)


class _Steps:
    """Goes through a file and the containers in it, within one budget and one stretch of time."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.begun = 0
        self.budget = Budget()
        self.until = time.monotonic() + _CONTAINER_PATIENCE * read_seconds()
        self.notes: list[tuple[str, Reading]] = []
        self.paths: set[str] = set()

    def of(self, name: str, content: Content) -> Iterator[Step]:
        """The steps of a whole file."""
        changed: tuple[str, ...] = ("it changed while it was being read",)
        for step in self._read(name, content, "", 0):
            if changed and isinstance(step, tuple) and step[0] == "" and content.has_changed():
                yield "", replace(step[1], problems=(*changed, *step[1].problems), fault=step[1].fault or "changed")
                changed = ()
            else:
                yield step
        about = [reading for member, reading in self.notes if not member]
        yield from ((member, reading) for member, reading in self.notes if member)
        if changed and content.has_changed():
            about.append(unreadable(changed[0], "changed"))
        if about:
            problems = tuple(dict.fromkeys(problem for reading in about for problem in reading.problems))
            yield "", replace(about[0], problems=problems)

    def _read(self, name: str, content: Content, prefix: str, depth: int, kind: str = "") -> Iterator[Step]:
        """The steps of a file or member; ``prefix`` is its path inside the file with a slash at its end, "" for the file."""
        extension = name.rpartition(".")[2].lower() if "." in name.lstrip(".") else ""
        member = prefix.rstrip("/")
        if not content.data:
            yield member, unreadable("empty file", "empty")
            return
        format_ = Format(kind) if kind else format_of(content, extension, os.environ.get(TEST_OPS) == "1")
        if refused := _refused(format_, content, extension):
            yield member, refused
            return
        inside: Iterable[Member]
        if format_.kind in CONTAINERS:
            inside = members_of(format_.kind, content, name, self.budget)
        else:
            reading, inside = read_as(format_.kind, content)
            yield member, _with_remarks(reading, format_, content)
        yield from self._members(inside, prefix, depth, bool(member))

    def _members(self, members: Iterable[Member], prefix: str, depth: int, inner: bool) -> Iterator[Step]:
        """The steps of a container's members."""
        if depth >= MAX_DEPTH:
            if inner and next(iter(members), None) is not None:
                yield prefix.rstrip("/"), unreadable(f"not read: it is nested deeper than {MAX_DEPTH} containers", "too large")
            return
        for member in members:
            if not member.name:
                if member.problem:
                    self.notes.append((prefix.rstrip("/"), member.problem))
                continue
            path = self._unique(prefix + member.name)
            if time.monotonic() > self.until:
                self.notes.append(("", unreadable(f"what comes after {path} in it is not read: it took too long", "too slow")))
                return
            self.begun += 1
            if self.begun <= self.after:
                continue
            yield Begun(path)
            yield from self._member(member, path, depth)

    def _unique(self, path: str) -> str:
        """A path that no other member of the file has: b.zip/c.txt may be in the folder b.zip and in the archive b.zip."""
        number = 1
        found = path
        while found in self.paths:
            number += 1
            found = f"{path} ({number})"
        self.paths.add(found)
        return found

    def _member(self, member: Member, path: str, depth: int) -> Iterator[Step]:
        if member.problem is not None:
            yield path, member.problem
            return
        size = len(member.data) + member.cut
        content = Content(member.data, size, 0, 0, 0, broken=member.broken)
        try:
            yield from self._read(member.name.rpartition("/")[2], content, path + "/", depth + 1, member.kind)
        except MemoryError:
            raise  # the process that reads is to be replaced
        except RecursionError:
            traceback.print_exc(limit=20)
            yield path, unreadable("nested too deeply", "damaged")
        except Exception as error:  # a bug in a reader must cost one member, not its container
            traceback.print_exc()
            yield path, unreadable(f"the reader failed ({type(error).__name__})", "crashed")


def _refused(format_: Format, content: Content, extension: str) -> Reading | None:
    """What stands for a file that is not handed to any reader."""
    if content.cut and not content.broken and (format_.kind == "pdf" or (not format_.kind and extension == "pdf")):
        return unreadable(f"too large: PDF files above {PDF_BYTES >> 20} MB are not read", "too large")
    return None if format_.kind else unreadable(format_.reason, format_.fault or "damaged")


def _with_remarks(reading: Reading, format_: Format, content: Content) -> Reading:
    """A reading with what there is to know of its file besides."""
    reading = replace(reading, language=plausible_language(reading.language, reading.text))
    if format_.reason:
        reading = replace(reading, problems=(format_.reason, *reading.problems))
    if format_.kind in PACKAGES and reading.state == "ok" and (damaged := damaged_parts(content.file)):
        note = clean_line(f"damaged: {', '.join(damaged)}: not what was packed (CRC error); its text is not in there", 300)
        reading = replace(reading, state="partial", fault="damaged", problems=(note, *reading.problems))
    if content.broken and reading.text:
        note = f"damaged: {content.broken}, so only its beginning is read"
        reading = replace(reading, state="partial", fault=reading.fault or "damaged", problems=(note, *reading.problems))
    elif content.cut and reading.text:
        size = "it" if content.size == len(content.data) + 1 else f"{content.size / (1 << 20):,.0f} MB"
        note = f"only the first {_shown_size(len(content.data))} of {size} read"
        reading = replace(reading, state="partial", fault=reading.fault or "too large", problems=(note, *reading.problems))
    return reading


def _shown_size(size: int) -> str:
    return f"{size >> 20} MB" if size >= 1 << 20 else f"{max(1, size >> 10)} kB"
