"""save, saved, and saved queries wherever a query may stand."""

from __future__ import annotations

import csv
import io
import json

import pytest


@pytest.fixture
def folder(explore, corpus):
    """The corpus with its index."""
    assert explore("index", corpus).code == 0
    return corpus


def paths(explore, query, folder):
    return sorted(p["path"] for p in json.loads(explore("search", query, folder, "--format", "json").out)["passages"])


def kept(explore, folder):
    return {row["name"]: row["query"] for row in json.loads(explore("saved", folder, "--format", "json").out)["saved"]}


def test_a_saved_query_stands_for_itself_under_both_spellings(explore, folder):
    ran = explore("save", "weather", "storm OR flood", folder)
    assert (ran.code, ran.out) == (0, "")
    assert "@weather or query:weather" in ran.err
    wanted = paths(explore, "storm OR flood", folder)
    assert len(wanted) == 2
    for spelling in ("@weather", "query:weather", "@WEATHER", 'query:"weather"', "(@weather)"):
        assert paths(explore, spelling, folder) == wanted
    assert paths(explore, "@weather mayor", folder) == ["bridge.txt"]
    assert paths(explore, "bridge -@weather", folder) == ["school.txt"]


def test_it_stands_for_itself_in_quotes_entities_facets_and_terms(explore, folder, tmp_path):
    explore("save", "keller", "by:keller is:direct", folder)
    for command, key in (("quotes", "quotes"), ("entities", "entities"), ("facets", "facets")):
        plain = json.loads(explore(command, "by:keller is:direct", folder, "--format", "json").out)
        assert json.loads(explore(command, "@keller", folder, "--format", "json").out) == plain
        assert plain[key]
    (tmp_path / "list").write_text("@keller\nharbour\n", encoding="utf-8")
    rows = json.loads(explore("terms", tmp_path / "list", folder, "--format", "json").out)["terms"]
    assert [(row["query"], row["documents"], row["only"]) for row in rows] == [("@keller", 1, 1), ("harbour", 1, 1)]


def test_one_may_stand_in_another(explore, folder):
    explore("save", "weather", "storm OR flood", folder)
    explore("save", "both", "@weather mayor", folder)
    assert paths(explore, "@both", folder) == ["bridge.txt"]
    explore("save", "weather", "harbour", folder)  # what it stands for is looked up anew
    assert explore("search", "@both", folder).code == 1


def test_saved_lists_them_in_every_form(explore, folder):
    assert (explore("saved", folder).code, explore("saved", folder).out) == (1, "")
    assert json.loads(explore("saved", folder, "--format", "json").out) == {"saved": []}
    explore("save", "b", 'storm "mill bridge"', folder)
    explore("save", "a-b", "x | y", folder)
    ran = explore("saved", folder)
    assert ran.code == 0
    assert [line.split(maxsplit=1) for line in ran.out.splitlines()] == [["@a-b", "x | y"], ["@b", 'storm "mill bridge"']]
    rows = [{"name": "a-b", "query": "x | y"}, {"name": "b", "query": 'storm "mill bridge"'}]
    assert json.loads(explore("saved", folder, "--format", "json").out) == {"saved": rows}
    assert [json.loads(line) for line in explore("saved", folder, "--format", "jsonl").out.splitlines()] == rows
    assert list(csv.DictReader(io.StringIO(explore("saved", folder, "--format", "csv").out))) == rows
    assert "| `a-b` | `x \\| y` |" in explore("saved", folder, "--format", "md").out


def test_an_empty_query_takes_the_name_away(explore, folder):
    explore("save", "Weather", "storm", folder)
    ran = explore("save", "weather", "", folder)
    assert (ran.code, ran.err) == (0, "explorer: @weather is removed\n")
    assert kept(explore, folder) == {}
    assert explore("save", "weather", " ", folder).code == 1
    gone = explore("search", "@weather", folder)
    assert gone.code == 2
    assert "there is no saved query weather" in gone.err


@pytest.mark.parametrize("name", ["two words", "", "@x", "a:b", "x" * 101, "a\nb", '"', "(a)", "\x1b[1m"])
def test_a_name_that_cannot_be_one_is_one_line(explore, folder, name):
    ran = explore("save", name, "storm", folder)
    assert ran.code == 2
    assert "cannot name a saved query" in ran.err
    assert ran.err.count("\n") == 1
    assert kept(explore, folder) == {}


@pytest.mark.parametrize(
    ("query", "said"),
    [("persn:doe", "did you mean person:?"), ("@none", "there is no saved query none"), ("...", "nothing to search")],
)
def test_a_query_that_cannot_be_read_is_not_kept(explore, folder, query, said):
    ran = explore("save", "name", query, folder)
    assert ran.code == 2
    assert said in ran.err
    assert kept(explore, folder) == {}


def test_a_circle_is_told_in_one_line_and_not_kept(explore, folder):
    explore("save", "a", "storm", folder)
    explore("save", "b", "@a mayor", folder)
    explore("save", "c", "@b OR query:a", folder)
    for written in ("@c", "@C x", "query:a"):
        ran = explore("save", "A", written, folder)
        assert ran.code == 2
        assert "holds itself" in ran.err
        assert ran.err.count("\n") == 1
    assert kept(explore, folder) == {"a": "storm", "b": "@a mayor", "c": "@b OR query:a"}
    assert paths(explore, "@c", folder) == ["bridge.txt", "notes/harbour.md"]


def test_nesting_without_end_is_refused(explore, folder):
    explore("save", "q0", "storm", folder)
    codes = [explore("save", f"q{n}", f"@q{n - 1}", folder).code for n in range(1, 30)]
    assert codes[:10] == [0] * 10
    assert codes[-1] == 2
    deepest = list(kept(explore, folder))[-1]
    assert explore("search", f"@{deepest}", folder).code == 0


def test_they_are_kept_through_rebuild_and_gone_with_forget(explore, folder):
    explore("save", "weather", "storm", folder)
    explore("index", folder, "--rebuild")
    assert kept(explore, folder) == {"weather": "storm"}
    explore("forget", folder)
    assert kept(explore, folder) == {}


def test_a_folder_that_was_never_indexed_keeps_them_too(explore, corpus):
    assert explore("save", "weather", "storm", corpus).code == 0
    assert paths(explore, "@weather", corpus) == ["bridge.txt", "notes/harbour.md"]


def test_what_was_repaired_in_it_is_said(explore, folder):
    ran = explore("save", "mill", '"mill bridge', folder)
    assert ran.code == 0
    assert "was closed at the end" in ran.err


def test_too_few_and_too_many_words(explore, folder):
    assert "save takes NAME, QUERY and FOLDER" in explore("save", "name").err
    assert "save takes NAME, QUERY and FOLDER" in explore("save", "a", "b", "c", "d").err
