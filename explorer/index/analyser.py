"""What analyses the documents of a corpus, as the catalogue keeps it: what is wanted, and what is to have found everything."""

from __future__ import annotations

import sqlite3

from explorer.index.catalogue import get_meta, set_meta, transaction
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
