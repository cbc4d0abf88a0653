"""Documents that are zip files (OOXML, ODF, EPUB): their parts, inflated within bounds and recovered where they are damaged."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, cast

from explorer.model import Fault
from explorer.reading.clean import clean_line
from explorer.reading.fields import MAX_CHARACTERS
from explorer.reading.members import MAX_MEMBER, MAX_RATIO, Budget
from explorer.reading.patience import read_seconds
from explorer.reading.unpacking import DamagedError, deflate_decoder, stored_decoder, unpacked
from explorer.reading.xml_events import TEXT, Event, XmlError, event_batches
from explorer.reading.zip_entries import Entry, NoListError, listed, located, salvaged

PATIENCE = 0.6  # of the time a reader has: one that stops by itself keeps what it has, one that is killed keeps nothing
FREE = 1 << 20  # bytes that may come out of a part whatever its packed size
_SMALL, _MAX_SPARED = 4096, 20  # bytes as packed, and pieces of 64 kB, that are read though time is up
_MAX_OFFSET = 1 << 48  # beyond it the system would not even seek
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class PackageError(Exception):
    """A package or part of which nothing can be had; ``reason`` is one plain line, ``fault`` of what sort it is."""

    def __init__(self, reason: str, fault: Fault = "damaged") -> None:
        super().__init__(reason)
        self.reason = reason
        self.fault: Fault = fault


class Package:
    """An opened package. ``problems`` gathers one plain line for each thing that was not or not wholly read so far, ``fault``
    is the sort of the first that lost text ("" while nothing is lost). Parts can be read in any order and side by side.

    Bounds: what the budget allows in all, 64 MB a part, 200 times a part's packed size once above 1 MB, 20 million
    characters of XML text and 0.6 of ``read_seconds`` in all; where one is reached the beginning is kept and that is said.
    """

    def __init__(self, file: BinaryIO, entries: list[Entry], budget: Budget) -> None:
        self.problems: list[str] = []
        self.fault: Fault = ""
        self._file = file
        self._budget = budget
        self.restart_clock()
        self._characters = 0
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            name = entry.name.replace("\\", "/").lstrip("/")
            if name in self._entries:
                self.report(f"{name} is in it more than once: the last is read")
            self._entries[name] = entry
        self._folded = {name.lower(): name for name in self._entries}

    def names(self) -> list[str]:
        """The parts' names as stored, "/" between folders, none before the first; folders themselves left out."""
        return [name for name in self._entries if not name.endswith("/")]

    def find(self, name: str) -> str | None:
        """The stored name of a part that is called so but for letter case and a leading "/"; None where there is none."""
        name = name.lstrip("/")
        return name if name in self._entries else self._folded.get(name.lower())

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def report(self, problem: str, fault: Fault = "") -> None:
        """Adds a problem, once; a ``fault`` says that text was lost by it."""
        problem = clean_line(problem)  # it may name a part, as the package does
        if problem not in self.problems:
            self.problems.append(problem)
        self.fault = self.fault or fault

    def restart_clock(self) -> None:
        """Gives what is read from now on the whole time again, as for a document inside this one."""
        self._until = time.monotonic() + PATIENCE * read_seconds()
        self._spared = _MAX_SPARED

    def read(self, name: str, limit: int = MAX_MEMBER) -> bytes:
        """A part's bytes, at most ``limit`` of them; what is damaged, cut or beyond a bound is reported and the rest given.

        Raises PackageError where the part is missing, encrypted or packed in an unknown way.
        """
        return b"".join(self.chunks(name, limit))

    def chunks(self, name: str, limit: int = MAX_MEMBER) -> Iterator[bytes]:
        """As ``read``, in pieces of at most 64 kB."""
        entry = self._readable(name)
        allowed = min(limit, max(FREE, entry.packed * MAX_RATIO))
        crc = taken = 0
        try:
            for piece in self._inflated(entry):
                room = min(allowed - taken, self._budget.inflated, len(piece))
                late = time.monotonic() > self._until and not self._is_spared(entry)
                crc = zlib.crc32(piece, crc)
                taken += room
                self._budget.inflated -= room
                yield piece[:room]
                if room < len(piece) or late:
                    self._report_cut(entry, taken, late)
                    return
        except DamagedError:
            self.report(f"damaged: {entry.name} breaks off after {_amount(taken)}", "damaged")
        else:
            if crc != entry.crc and not (entry.data >= 0 and entry.flags & 8):  # it stands behind it, unread
                self.report(f"damaged: {entry.name} is not what was packed (CRC error)", "damaged")

    def _is_spared(self, entry: Entry) -> bool:
        """Whether a part is read though time is up: a few small ones, which say what the document is called."""
        self._spared -= 1
        return self._spared >= 0 and entry.packed <= _SMALL

    def _report_cut(self, entry: Entry, taken: int, late: bool) -> None:
        why = "reading it took too long" if late else "it is too large"
        self.report(f"only the first {_amount(taken)} of {entry.name} read: {why}", "too slow" if late else "too large")

    def events(self, name: str, prefixes: Mapping[str, str] | None = None, counted: bool = True) -> Iterator[Event]:
        """The events of an XML part, as of ``xml_events.xml_events``: ``("start", "w:p", attributes)``, ``("end", "w:p", {})``,
        ``("text", characters, {})``. Never raises for what is in it: where it is missing or breaks off the events end and the
        problem is reported. Stops where 20 million characters of text were given out by all parts together that are ``counted``.
        """
        known = len(self.problems)
        try:
            for batch in event_batches(self.chunks(name), prefixes):
                yield from batch
                if not counted:
                    continue
                self._characters += sum(len(value) for kind, value, _ in batch if kind is TEXT)
                if self._characters > MAX_CHARACTERS:
                    self.report(f"only the first {MAX_CHARACTERS // 1_000_000} million characters read", "too large")
                    return
        except PackageError as error:
            self.report(error.reason, error.fault)
        except XmlError as error:
            if len(self.problems) == known:  # else it is cut because the part is, and that is said already
                self.report(f"{'damaged' if error.fault == 'damaged' else 'cut'}: {name}: {error.reason}", error.fault)

    def _readable(self, name: str) -> Entry:
        stored = self.find(name)
        if stored is None:
            raise PackageError(f"damaged: {name} is missing")
        entry = self._entries[stored]
        if entry.encrypted:
            raise PackageError("password needed", "password")
        if entry.method not in (0, 8):
            raise PackageError(f"{name} is compressed in a way that is not read (method {entry.method})")
        return entry

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
        """An entry's bytes in steps, whatever its size field says; raises DamagedError where they break off."""
        place = located(self._file, entry) if entry.header < _MAX_OFFSET else None
        if place is None:
            raise DamagedError("no entry is where the directory has one")
        section = cast(BinaryIO, _Section(self._file, place))
        return unpacked(section, deflate_decoder() if entry.method else stored_decoder(), entry.packed)


class _Section:
    """A file from some place on that finds its place again when another part was read meanwhile."""

    def __init__(self, file: BinaryIO, place: int) -> None:
        self._file, self._place = file, place

    def read(self, size: int) -> bytes:
        self._file.seek(self._place)
        data = self._file.read(size)
        self._place += len(data)
        return data


def open_package(file: BinaryIO, budget: Budget | None = None) -> Package:
    """Opens a zip file in a seekable stream; one that is cut or lost its directory is recovered part by part and reported.

    Raises PackageError where it is no zip file, has no part at all or all of them are encrypted (fault "password").
    """
    budget = budget or Budget()
    file.seek(0)
    if file.read(8) == _OLE:
        raise _of_ole(file)
    entries, problem, fault = _entries(file, budget.entries)
    if not entries:
        raise PackageError(problem or "damaged: a zip file without files", fault or "damaged")
    filled = [entry for entry in entries if entry.packed]
    if filled and all(entry.encrypted for entry in filled):
        raise PackageError("password needed", "password")
    package = Package(file, entries, budget)
    if problem:
        package.report(problem, fault)
    budget.entries -= len(entries)
    return package


def _entries(file: BinaryIO, limit: int) -> tuple[list[Entry], str, Fault]:
    """The entries of a zip file, at most ``limit``, and what is to be said where that is not all or not sound."""
    entries: list[Entry] = []
    try:
        _, found = listed(file)
        for entry in found:
            if len(entries) == limit:
                return entries, f"only the first {limit:,} files in it read", "too large"
            entries.append(entry)
        if entries:
            return entries, "", ""
    except NoListError:
        pass
    known = {entry.name for entry in entries}
    for entry in salvaged(file):
        if len(known) >= limit:
            break
        if entry.name not in known:  # a document packed inside this one may have parts of the same names: the first is ours
            known.add(entry.name)
            entries.append(entry)
    problem = "damaged: its list of parts is lost; what could be recovered is kept" if entries else "damaged: not a zip file"
    return entries, problem, "damaged"


def _of_ole(file: BinaryIO) -> PackageError:
    """An Office document with a password is a package encrypted inside an OLE file."""
    file.seek(0)
    if _ENCRYPTED_PACKAGE in file.read(16 << 20):
        return PackageError("password needed", "password")
    return PackageError("damaged: an old Office file, not a zip file")


def _amount(count: int) -> str:
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count >> 10} kB"
