"""What analyses the documents of a corpus, as the catalogue keeps it: what is wanted, and what is to have found everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from explorer.index.catalogue import get_meta, in_chunks, set_meta, transaction
from explorer.index.corpus import CorpusIndex


def expected(connection: sqlite3.Connection) -> str:
    """The fingerprint of what is to have found the names and quotes of every document; "" before the first refresh."""
    return get_meta(connection, "analyser")


def expect(index: CorpusIndex, fingerprint: str) -> None:
    """From now on what was found by anything else is outdated: it is shown until it is found anew."""
    if fingerprint != expected(index.connection):
        index.change(lambda connection: set_meta(connection, "analyser", fingerprint))


def wanted_names(connection: sqlite3.Connection) -> str:
    """The engine of names that was asked for in this corpus; "" where the settings decide."""
    return get_meta(connection, "wanted names")


def want_names(connection: sqlite3.Connection, names: str) -> None:
    """Keeps a wish for an engine of names in place of the old one; "" for none."""
    if names != wanted_names(connection):
        with transaction(connection):
            set_meta(connection, "wanted names", names)


def mark_analysed(connection: sqlite3.Connection, numbers: Iterable[int], fingerprint: str) -> None:
    """Notes that names and quotes of these documents are complete, and what found them."""
    connection.execute("INSERT OR IGNORE INTO analyser (fingerprint) VALUES (?)", (fingerprint,))
    (analyser,) = connection.execute("SELECT number FROM analyser WHERE fingerprint = ?", (fingerprint,)).fetchone()
    for chunk in in_chunks(numbers):
        connection.execute(f"UPDATE document SET analysed = ? WHERE number IN ({','.join(map(str, chunk))})", (analyser,))


def unanalysed(connection: sqlite3.Connection, fingerprint: str) -> list[int]:
    """The documents whose names and quotes were not found yet, or by something else than what has this fingerprint."""
    row = connection.execute("SELECT number FROM analyser WHERE fingerprint = ?", (fingerprint,)).fetchone()
    rows = connection.execute("SELECT number FROM document WHERE analysed <> ? ORDER BY number", row or (-1,))
    return [number for (number,) in rows]
