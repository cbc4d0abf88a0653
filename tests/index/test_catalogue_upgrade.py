"""A catalogue that an older explorer made is brought up to date where it lies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from explorer.index import analyser, catalogue, files, listing
from explorer.index.files import FileState
from explorer.model import DamagedError, ExplorerError, Reading

# What version 1 made, word for word.
VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    number INTEGER PRIMARY KEY, raw BLOB NOT NULL UNIQUE, path TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    hash TEXT NOT NULL, reader INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX file_by_hash ON file (hash);
CREATE TABLE document (
    number INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, member TEXT NOT NULL,
    path TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, date TEXT, first_day TEXT, last_day TEXT,
    source TEXT NOT NULL, language TEXT, guessed TEXT NOT NULL, problems TEXT NOT NULL, body_end INTEGER NOT NULL,
    characters INTEGER NOT NULL, text BLOB NOT NULL,
    indexed INTEGER NOT NULL DEFAULT 0, analysed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (file, member));
CREATE INDEX document_unindexed ON document (number) WHERE indexed = 0;
CREATE INDEX document_by_analysis ON document (analysed);
CREATE TABLE analysis (document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE, body BLOB NOT NULL);
CREATE TABLE entity (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE, type TEXT NOT NULL, name TEXT NOT NULL,
    form TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (document, type, name, form)) WITHOUT ROWID;
CREATE INDEX entity_by_name ON entity (type, name);
CREATE TABLE name (
    type TEXT NOT NULL, name TEXT NOT NULL, form TEXT NOT NULL, words TEXT NOT NULL,
    PRIMARY KEY (type, name, form)) WITHOUT ROWID;
CREATE TABLE quote (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    place INTEGER NOT NULL, kind TEXT NOT NULL, speaker TEXT, mention TEXT, cue TEXT, denied INTEGER NOT NULL);
CREATE INDEX quote_by_document ON quote (document);
CREATE INDEX quote_by_speaker ON quote (speaker);
CREATE TABLE form (stem TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (stem, word)) WITHOUT ROWID;
CREATE TABLE skipped (path TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '5');
INSERT INTO file VALUES (1, CAST('a/Ö.PDF' AS BLOB), 'a/Ö.PDF', 1, 2, 3, 4, 'h1', 1, 'ok', '');
INSERT INTO file VALUES (2, CAST('b.d/none' AS BLOB), 'b.d/none', 1, 2, 3, 4, 'h2', 1, 'ok', '');
INSERT INTO document VALUES
    (7, 1, '', 'a/Ö.PDF', 'One', 'Ann', '2024', '2024-01-01', '2024-12-31', 'S', 'en', '[]', '[]', 3, 3, X'006F6E65', 1, 9),
    (8, 2, '', 'b.d/none', 'Two', '', NULL, NULL, NULL, '', NULL, '[]', '[]', 3, 3, X'0074776F', 1, 9);
INSERT INTO quote VALUES (3, 7, 0, 'direct', 'Ann', 'Ann', 'said', 1);
PRAGMA user_version = 1
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(VERSION_1)
    connection.close()
    return path


def _shape(connection: sqlite3.Connection) -> tuple[dict[str, set[tuple[object, ...]]], dict[str, str]]:
    """The columns of every table, in whatever order, and every index."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    columns = {name: {row[1:] for row in connection.execute(f"PRAGMA table_info({name})")} for name in tables}
    return columns, dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"))


def test_it_gets_the_shape_of_a_new_one(old: Path, tmp_path: Path) -> None:
    new = catalogue.connect(tmp_path / "new.sqlite", writable=True)
    upgraded = catalogue.connect(old, writable=True)
    assert _shape(upgraded) == _shape(new)
    assert upgraded.execute("PRAGMA foreign_key_check").fetchall() == []
    assert upgraded.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    identities = {catalogue.get_meta(each, "id") for each in (new, upgraded)}
    assert len(identities) == 2 and all(len(identity) == 32 for identity in identities)


def test_it_keeps_what_it_had(old: Path) -> None:
    connection = catalogue.connect(old, writable=True)
    assert {number: (d.text, d.analysed) for number, d in listing.documents(connection, [7, 8]).items()} == {
        7: ("one", True),
        8: ("two", True),
    }
    assert dict(connection.execute("SELECT number, ext FROM document")) == {7: "pdf", 8: ""}
    assert connection.execute("SELECT number, speaker, denied, inferred FROM quote").fetchall() == [(3, "Ann", 1, 0)]
    assert set(connection.execute("SELECT born FROM document")) == {(0,)}  # nothing of it is new
    assert catalogue.get_meta(connection, "generation") == "5"


def test_it_is_written_like_a_new_one(old: Path) -> None:
    connection = catalogue.connect(old, writable=True)
    (entry,), gone = files.put_file(
        connection,
        FileState("a/Ö.PDF", 1, 2, 3, 4, 2),
        "h1",
        [("", Reading("one", "One", body_end=3, recipients="Bo", sender="Ann"))],
        1,
    )
    assert (entry.number, gone) == (7, [])
    assert connection.execute("SELECT born FROM document WHERE number = 7").fetchone() == (0,)  # read again, the same text
    assert connection.execute("SELECT role, shown FROM correspondence JOIN party ON number = party").fetchall() == [
        ("from", "Ann"),
        ("to", "Bo"),
    ]


def test_it_is_opened_again_as_it_is(old: Path) -> None:
    catalogue.connect(old, writable=True).close()
    before = catalogue.get_meta(catalogue.connect(old), "id")
    assert catalogue.get_meta(catalogue.connect(old, writable=True), "id") == before


def test_to_read_it_alone_changes_nothing_and_says_what_to_do(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(ExplorerError, match="made by an older explorer; explorer index brings it up to date"):
        catalogue.connect(old)
    assert old.read_bytes() == before


def test_a_newer_one_is_left_alone(old: Path) -> None:
    with sqlite3.connect(old) as connection:
        connection.execute("PRAGMA user_version = 99")
    for writable in (False, True):
        with pytest.raises(ExplorerError, match="has format 99"):
            catalogue.connect(old, writable)


def test_a_stop_in_the_middle_leaves_the_old_one(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(catalogue.secrets, "token_hex", stop)
    with pytest.raises(KeyboardInterrupt):
        catalogue.connect(old, writable=True)
    connection = sqlite3.connect(old)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert "ext" not in {row[1] for row in connection.execute("PRAGMA table_info(document)")}
    connection.close()
    monkeypatch.undo()
    upgraded = catalogue.connect(old, writable=True)
    assert upgraded.execute("PRAGMA user_version").fetchone() == (catalogue.SCHEMA_VERSION,)


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "second.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(Path(__file__).with_name("catalogue_2.sql").read_text(encoding="utf-8"))
    connection.close()
    return path


def test_version_2_gets_the_shape_of_a_new_one_and_keeps_its_identity(second: Path, tmp_path: Path) -> None:
    new, upgraded = catalogue.connect(tmp_path / "new.sqlite", writable=True), catalogue.connect(second, writable=True)
    assert _shape(upgraded) == _shape(new)
    assert upgraded.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert catalogue.get_meta(upgraded, "id") == "00112233445566778899aabbccddeeff", "what was seen of it stays seen"


def test_what_version_2_analysed_is_known_by_its_rules(second: Path) -> None:
    connection = catalogue.connect(second, writable=True)
    assert analyser.expected(connection) == "rules 3"
    assert {number: d.analysed for number, d in listing.documents(connection, [7, 8]).items()} == {7: True, 8: False}
    assert analyser.unanalysed(connection, "rules 3") == [8] and analyser.unanalysed(connection, "rules 4 / crf 00") == [7, 8]


def test_a_version_that_is_not_that_of_the_tables_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    connection = catalogue.connect(path, writable=True)
    connection.execute(f"PRAGMA user_version = {catalogue.SCHEMA_VERSION - 1}")
    connection.close()
    with pytest.raises(DamagedError, match="--rebuild"):
        catalogue.connect(path, writable=True)
