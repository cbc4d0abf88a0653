"""index, status, forget."""

from __future__ import annotations

import json
from pathlib import Path

from explorer.index.corpus import CorpusIndex
from explorer.library import places
from explorer.library.lock import lock


def index(explore, corpus, *options):
    ran = explore("index", corpus, "--format", "json", *options)
    assert ran.code == 0
    return json.loads(ran.out)


def test_index_counts_what_changed(explore, corpus):
    first = index(explore, corpus)
    assert (first["documents"], first["added"], first["unchanged"]) == (3, 3, 0)
    (corpus / "school.txt").write_text("Another text altogether.", encoding="utf-8")
    (corpus / "bridge.txt").unlink()
    second = index(explore, corpus)
    counts = [second[name] for name in ("documents", "added", "changed", "removed", "unchanged")]
    assert counts == [2, 0, 1, 1, 1]


def test_what_could_not_be_read_has_its_reason(explore, corpus):
    report = index(explore, corpus)
    assert [note["path"] for note in report["unreadable"]] == ["broken.pdf"]
    assert report["unreadable"][0]["reason"]
    assert {"path": ".hidden", "reason": "skipped: hidden"} in report["skipped"]
    assert "broken.pdf: " in explore("status", corpus).out


def test_rebuild_reads_everything_again(explore, corpus):
    index(explore, corpus)
    assert index(explore, corpus)["added"] == 0
    assert index(explore, corpus, "--rebuild")["added"] == 3


def test_status_brings_the_index_up_to_date_unless_told_not_to(explore, corpus):
    assert json.loads(explore("status", corpus, "--no-update", "--format", "json").out)["documents"] == 0
    assert json.loads(explore("status", corpus, "--format", "json").out)["documents"] == 3


def test_forget_removes_what_is_kept_and_nothing_else(explore, corpus):
    before = sorted(corpus.rglob("*"))
    index(explore, corpus)
    assert places.data_folder(corpus).exists()
    assert explore("forget", corpus).code == 0
    assert not places.data_folder(corpus).exists()
    assert sorted(corpus.rglob("*")) == before
    assert explore("forget", corpus).code == 1


def test_a_folder_that_is_gone_can_be_forgotten(explore, corpus):
    index(explore, corpus)
    corpus.rename(corpus.with_name("elsewhere"))
    assert explore("forget", corpus).code == 0


def test_while_another_process_writes_search_reads_and_says_so(explore, corpus):
    index(explore, corpus)
    with lock(places.data_folder(corpus) / "writing"):
        ran = explore("search", "bridge", corpus)
        assert ran.code == 0
        assert "is indexing this folder" in ran.err
        assert explore("forget", corpus).code == 2


def test_the_corpus_is_never_written_to(explore, corpus):
    before = {path: path.stat().st_mtime_ns for path in corpus.rglob("*")}
    index(explore, corpus)
    explore("search", "bridge", corpus)
    assert {path: path.stat().st_mtime_ns for path in corpus.rglob("*")} == before


def test_a_damaged_index_is_one_line_and_the_log_has_the_rest(explore, corpus, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a byte is wrong\nand another")

    monkeypatch.setattr(CorpusIndex, "__init__", broken)
    ran = explore("search", "bridge", corpus)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert str(places.log_path()) in ran.err
    assert "Traceback" in Path(places.log_path()).read_text(encoding="utf-8")


def test_a_home_among_the_documents_is_told(explore, corpus, monkeypatch):
    monkeypatch.setenv("EXPLORER_HOME", str(corpus / "kept"))
    for command in (("index", corpus), ("search", "bridge", corpus)):
        assert f"EXPLORER_HOME is inside {corpus}" in explore(*command).err
    monkeypatch.setenv("EXPLORER_HOME", str(corpus.parent / "elsewhere"))
    assert "EXPLORER_HOME" not in explore("index", corpus).err
