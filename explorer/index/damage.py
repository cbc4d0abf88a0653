"""Telling damage from other failures of SQLite, and a checksum of the whole catalogue while nobody writes to it.

SQLite does not check what it reads: a flipped byte in a text is a text. The writer, once it is done, notes the CRC-32 of the
file with its size and times; who opens it reads it through where those have changed. A writer takes the note away first, so
that a stop in its middle leaves none. The row of each document has a seal of its own besides, which is always checked.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from pathlib import Path

from explorer.model import DamagedError

LARGEST = 256 << 20  # bytes: to read a larger catalogue through would be felt each time
_PIECE = 1 << 20
_VERSION_AT = 60  # the place of PRAGMA user_version in SQLite's file format
_CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_OTHER_SIGNS = ("no such table", "no such column", "could not decode", "malformed", "duplicate column", "already exists")


def is_damage(error: BaseException) -> bool:
    """Whether an error that came up while the catalogue was read or written means that it is not what was written."""
    if isinstance(error, zlib.error):
        return True
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.ProgrammingError):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    said = str(error).lower()
    return primary in _CORRUPT or code == sqlite3.SQLITE_IOERR_SHORT_READ or any(sign in said for sign in _OTHER_SIGNS)


def damaged_catalogue(path: Path | None, reason: object = "") -> DamagedError:
    """The error that tells of a damaged catalogue."""
    which = f"the catalogue {path}" if path else "the catalogue"
    why = f" ({reason})" if str(reason) else ""
    return DamagedError(f"{which} is damaged{why}; explorer index --rebuild FOLDER makes it anew", "catalogue")


def seal(connection: sqlite3.Connection, path: Path) -> None:
    """Notes the checksum of a catalogue, for its only writer to call when it is done; does nothing where that cannot be."""
    with contextlib.suppress(OSError, sqlite3.OperationalError):
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy or path.stat().st_size > LARGEST:  # busy: what a reader holds back is written into the file later
            return
        found = {"crc": _checksum(path), "stamp": _stamp(path)}
        fresh = _note(path).with_suffix(".sums.new")
        fresh.write_text(json.dumps(found), encoding="ascii")
        fresh.replace(_note(path))


def unseal(path: Path) -> None:
    """Takes the checksum away, before anything is written."""
    _note(path).unlink(missing_ok=True)


def check_seal(path: Path, version: int) -> None:
    """Raises DamagedError where a catalogue of this version has a checksum and is not what was written."""
    try:
        noted = _note(path).read_text(encoding="ascii")
        with path.open("rb") as file:
            file.seek(_VERSION_AT)
            found_version = file.read(4)
    except (OSError, ValueError):
        return
    if len(found_version) == 4 and int.from_bytes(found_version, "big") not in (0, version):
        return  # of another explorer: who opens it says so
    try:
        found = json.loads(noted)
        intact = found["stamp"] == _stamp(path) or found["crc"] == _checksum(path)
    except (OSError, ValueError, LookupError, TypeError):
        return  # the note itself is damaged: SQLite and the seals of documents are left
    with contextlib.suppress(OSError, ValueError):
        if not intact and _note(path).read_text(encoding="ascii") == noted:  # else a writer has begun meanwhile
            raise damaged_catalogue(path, "it is not what was written")


def _note(path: Path) -> Path:
    return path.with_suffix(".sums")


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
