"""A second copy of what the reader keeps, which nothing can make anew: JSON with its own checksum, beside the database.

Each change writes it whole, in one step, before the database has the change for good; both bear the same number of changes
then. A database that is gone, cannot be read, or says something else under the same number is set aside under another name
and made anew from the copy; who asked is told so once.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from explorer.index.damage import is_damage
from explorer.index.kept_schema import bring_up_to_date
from explorer.model import ExplorerError

Content = dict[str, list[list[Any]]]  # rows by table

CHANGES = "PRAGMA application_id"  # SQLite keeps a number of ours in the file's header: how often it was changed
_MOST_CHANGES = 1 << 30
TABLES = ("label", "saved", "seen", "identity")


class MendedError(ExplorerError):
    """What the reader keeps was damaged: what became of it, to be told once. All works again by then."""


def write_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Counts one more change and writes the copy; for the writer to call at the end of its transaction."""
    changes = (_changes(connection) + 1) % _MOST_CHANGES
    connection.execute(f"{CHANGES} = {changes}")
    body = json.dumps({"changes": changes, "version": _version(connection), "tables": _content(connection)})
    fresh = _copy(path).with_suffix(".json.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123
        file.write(f"{zlib.crc32(body.encode()):08x} {body}")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(_copy(path))


def mend(path: Path) -> None:
    """Looks at the database and at the copy.

    Raises MendedError where the database was damaged or gone and has been made anew.
    """
    if not (_said_in(path) or path.exists()):
        return
    if not (problem := _problem(path)):
        return
    with _alone(path):
        if not (problem := _problem(path)):
            return  # another process has mended it meanwhile
        copy = _said_in(path)
        aside = _set_aside(path)
        if not _make_anew(path, copy):
            return
    what = "they were taken from their copy" if copy else "there is no copy of them: they begin anew"
    left = f"; what was there is kept as {aside.name}" if aside else ""
    raise MendedError(f"the stars, tags, saved queries and decisions in {path} {problem}; {what}{left}")


def _problem(path: Path) -> str:
    """What is wrong with the database, "" where it is as it was written."""
    copy = _said_in(path)
    if not path.exists():
        return "were gone" if copy else ""
    try:
        with closing(sqlite3.connect(path, timeout=5.0, isolation_level=None)) as connection:
            if not _version(connection):
                return "were gone" if copy and copy["tables"] else ""
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return "were damaged"
            if copy and copy["version"] == _version(connection) and copy["changes"] == _changes(connection):
                return "" if copy["tables"] == _content(connection) else "were damaged"
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return "were damaged"
        raise
    return ""


def _said_in(path: Path) -> dict[str, Any] | None:
    """What the copy says, None where there is none or it is not what was written."""
    try:
        sum_, _, body = _copy(path).read_text(encoding="ascii").partition(" ")
        if int(sum_, 16) != zlib.crc32(body.encode()):
            return None
        found: dict[str, Any] = json.loads(body)
        return found
    except (OSError, ValueError):
        return None


def _make_anew(path: Path, copy: dict[str, Any] | None) -> bool:
    """Makes the database from the copy; False where another process has just made one."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection):
            return False
        bring_up_to_date(connection)
        for table in TABLES if copy else ():
            assert copy
            for row in copy["tables"].get(table, []):
                connection.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        if copy:
            connection.execute(f"{CHANGES} = {copy['changes']}")
        connection.execute("COMMIT")
    return True


def _set_aside(path: Path) -> Path | None:
    """Gives a damaged database another name; returns that, None where nothing was there."""
    if not path.exists() or not path.stat().st_size:
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}-damaged-{number}{path.suffix}")).exists():
        number += 1
    path.rename(aside)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # it belongs to what was set aside
    return aside


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process mends at a time."""
    descriptor = os.open(path.with_suffix(".mending"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _content(connection: sqlite3.Connection) -> Content:
    return {table: [list(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")] for table in TABLES}


def _changes(connection: sqlite3.Connection) -> int:
    return int(connection.execute(CHANGES).fetchone()[0])


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _copy(path: Path) -> Path:
    return path.with_suffix(".json")
