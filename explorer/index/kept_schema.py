"""The tables of what the reader keeps."""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE label (
    key TEXT NOT NULL, path TEXT NOT NULL, hash TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (key, path)) WITHOUT ROWID;
CREATE INDEX label_by_path ON label (path);
CREATE INDEX label_by_hash ON label (hash);
CREATE TABLE saved (key TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE seen (catalogue TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
"""
_SINCE_2 = """
CREATE TABLE identity (type TEXT NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (type, name)) WITHOUT ROWID;
"""


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Makes the tables, or adds those that an older explorer did not know; to be called in a transaction."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < SCHEMA_VERSION:
        for statement in (_SINCE_2 if version else f"{_SCHEMA}{_SINCE_2}").split(";\n"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
