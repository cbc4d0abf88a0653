"""--engine: which engine serves a folder, that both answer alike, and what is said where tantivy is not installed."""

from __future__ import annotations

import json
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from explorer.demo import corpus_folder

needs_tantivy = pytest.mark.skipif(find_spec("tantivy") is None, reason="the engine tantivy is not installed")
QUERIES = (
    "ferry", "ferry fire", "ferry OR smoke", "ferry -fire", "smoke (alarm OR engine)", '"nobody was left behind"', '"the ferry"',
    "the", "=fire", "Fire", "fires", "al*", "sm?ke", "*ing", "ferri~1", "enigne~1", r"/\d{3}/", "/al(l|arm)/", "/[a-z]+ing/",
    "fire w/5 engine", "fire pre/10 harbour", "alarm w/s captain", "ferry w/p engine", "(fire OR smoke) w/8 (deck OR alarm)",
    '"fire engine"~6', "title:ferry", "by:lanyon january", 'by:thorsby "second sample"', "said:engine", "cue:said is:direct",
    "quote:{by:lanyon said:engine}", 'person:"Marcus Dunmore"', "org:board", "place:sarrow", "date:2026-03-13..2026-03-15 ferry",
    "source:ledger ext:txt", "-the", "ferry sort:-date", "214", "St. Brannoc's",
)  # fmt: skip


@pytest.fixture
def without_tantivy(tmp_path: Path) -> dict[str, str]:
    """The environment of a program that has no tantivy."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text("import sys\nsys.modules['tantivy'] = None\n", encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(tmp_path / "site")}


def engine_of(explore, folder):
    return json.loads(explore("status", folder, "--no-update", "--format", "json").out)["engine"]


@needs_tantivy
def test_the_engine_is_changed_by_index_and_by_search_and_stays(explore, corpus):
    assert explore("index", corpus).code == 0
    assert engine_of(explore, corpus) == "whoosh"
    assert explore("index", corpus, "--engine", "tantivy").code == 0
    assert engine_of(explore, corpus) == "tantivy"
    assert "engine: tantivy" in explore("status", corpus).out
    (corpus / "new.txt").write_text("A zeppelin crossed the valley.", encoding="utf-8")
    assert explore("search", "zeppelin", corpus).code == 0
    assert engine_of(explore, corpus) == "tantivy"
    assert explore("index", corpus, "--rebuild").code == 0
    assert explore("search", "zeppelin", corpus, "--engine", "whoosh").code == 0
    assert engine_of(explore, corpus) == "whoosh"
    assert explore("search", "zeppelin", corpus, "--engine", "tantivy").code == 0
    assert explore("search", "zeppelin", corpus, "--engine", "auto").code == 0
    assert engine_of(explore, corpus) == "whoosh", "auto goes by the number of documents"


@needs_tantivy
def test_both_engines_answer_alike(explore, tmp_path):
    folder = tmp_path / "demo"
    shutil.copytree(corpus_folder(), folder)
    answers = {}
    for engine in ("whoosh", "tantivy"):
        assert explore("index", folder, "--engine", engine).code == 0
        assert engine_of(explore, folder) == engine
        for query in QUERIES:
            ran = explore("search", "--format", "json", "--no-update", "--all-passages", "--", query, folder)
            assert ran.code in (0, 1), (query, ran.err)
            answers[engine, query] = json.loads(ran.out)
    found = 0
    for query in QUERIES:
        one, two = answers["whoosh", query], answers["tantivy", query]
        for answer in (one, two):
            for passage in answer["passages"]:
                passage.pop("score")
            if "sort:" not in query:
                answer["passages"].sort(key=lambda passage: (passage["path"], passage["start"]))
        assert one == two, query
        found += one["total"] > 0
    assert found >= 35, "queries that find something"


def test_tantivy_that_is_not_there_is_one_clear_line(program, corpus, without_tantivy):
    for command in (("index", corpus), ("search", "bridge", corpus), ("status", corpus)):
        ran = program(*command, "--engine", "tantivy", env=without_tantivy)
        assert (ran.returncode, ran.stdout) == (2, b"")
        said = "explorer: the engine tantivy is not installed; pip install 'explorer[large]' adds it\n"
        assert ran.stderr.decode() == said
    assert program("search", "bridge", corpus, env=without_tantivy).returncode == 0
    assert program("search", "bridge", corpus, "--engine", "auto", env=without_tantivy).returncode == 0


@needs_tantivy
def test_an_index_of_tantivy_s_is_made_anew_where_it_is_gone(program, corpus, without_tantivy):
    assert program("index", corpus, "--engine", "tantivy").returncode == 0
    ran = program("search", "bridge", corpus, "--no-update", env=without_tantivy)
    assert ran.returncode in (0, 2)
    assert b"Traceback" not in ran.stderr
    assert ran.returncode == 0 or (ran.stderr.count(b"\n") == 1 and b"tantivy" in ran.stderr)
    ran = program("search", "bridge", corpus, "--format", "json", env=without_tantivy)
    assert ran.returncode in (0, 2)
    assert b"Traceback" not in ran.stderr
    assert program("search", "bridge", corpus, "--engine", "whoosh", env=without_tantivy).returncode == 0
    assert program("search", "bridge", corpus, env=without_tantivy).returncode == 0


def test_an_engine_that_is_none_is_one_line(explore, corpus):
    ran = explore("search", "bridge", corpus, "--engine", "lucene")
    assert ran.code == 2
    assert "whoosh" in ran.err
    assert "tantivy" in ran.err
    assert ran.err.count("\n") == 1
