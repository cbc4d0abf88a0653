"""tag, star, facets, and the copies that are folded."""

from __future__ import annotations

import csv
import io
import json

import pytest

from explorer.library.library import Library


@pytest.fixture
def folder(explore, corpus):
    """The corpus with its index."""
    assert explore("index", corpus).code == 0
    return corpus


def paths(explore, query, folder):
    return sorted(p["path"] for p in json.loads(explore("search", query, folder, "--format", "json").out)["passages"])


def facets(explore, *arguments):
    return {f["query"]: f["documents"] for f in json.loads(explore("facets", *arguments, "--format", "json").out)["facets"]}


def test_a_star_is_found_and_taken_away(explore, folder):
    ran = explore("star", folder / "bridge.txt", folder / "notes" / "harbour.md")
    assert (ran.code, ran.out, ran.err) == (0, "", "explorer: 2 documents starred\n")
    assert paths(explore, "is:starred", folder) == ["bridge.txt", "notes/harbour.md"]
    assert paths(explore, "is:starred mayor", folder) == ["bridge.txt"]
    assert explore("star", folder / "bridge.txt", "--remove").code == 0
    assert paths(explore, "is:starred", folder) == ["notes/harbour.md"]


def test_a_tag_is_found_in_any_case_and_taken_away(explore, folder):
    assert (
        explore("tag", "To check", folder / "bridge.txt", folder / "school.txt").err == "explorer: 2 documents tagged To check\n"
    )
    for query in ('tag:"to check"', 'tag:"TO CHECK"', 'label:"to check"'):
        assert paths(explore, query, folder) == ["bridge.txt", "school.txt"]
    explore("tag", "to check", folder / "bridge.txt", "--remove")
    assert paths(explore, 'tag:"to check"', folder) == ["school.txt"]
    assert paths(explore, 'bridge -tag:"to check"', folder) == ["bridge.txt"]


def test_a_file_is_told_by_its_whole_path(explore, folder, monkeypatch):
    for name in (
        "a bridge.txt",
        "bridge.txt.txt",
        'say "bridge".txt',
        "two  blanks (1).txt",
        "brücke.txt",
        "notes/bridge.txt",
        "..x",
    ):
        (folder / name).write_text("Another text.", encoding="utf-8")
    for name in ("bridge.txt", 'say "bridge".txt', "two  blanks (1).txt", "brücke.txt", "notes/bridge.txt"):
        assert explore("star", folder / name).code == 0
        assert paths(explore, "is:starred", folder) == [name]
        assert explore("star", folder / name, "--remove").code == 0
    monkeypatch.chdir(folder / "notes")
    assert explore("star", "../bridge.txt", "./bridge.txt").code == 0
    assert paths(explore, "is:starred", folder) == ["bridge.txt", "notes/bridge.txt"]


def test_a_new_file_is_indexed_first(explore, folder):
    (folder / "new.txt").write_text("Fresh from the valley.", encoding="utf-8")
    assert explore("star", folder / "new.txt").code == 0
    assert paths(explore, "is:starred", folder) == ["new.txt"]


def test_the_nearest_indexed_folder_keeps_it(explore, folder):
    explore("index", folder / "notes")
    explore("star", folder / "notes" / "harbour.md")
    assert paths(explore, "is:starred", folder / "notes") == ["harbour.md"]
    assert paths(explore, "is:starred", folder) == []


def test_what_cannot_be_labelled_changes_nothing(explore, folder, tmp_path):
    (tmp_path / "elsewhere.txt").write_text("x", encoding="utf-8")
    for wrong, said in (
        (tmp_path / "elsewhere.txt", "is in no folder that is indexed"),
        (folder / "none.txt", "is no document of the index of"),
        (folder / "broken.pdf", "is no document of the index of"),
        (folder / "notes", "is a folder"),
        (folder / ("x" * 3000), "is no document of the index of"),
        (f"{folder}/a\0b/c", "cannot be opened"),
    ):
        ran = explore("star", folder / "bridge.txt", wrong)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
        assert ran.err.count("\n") == 1
    assert paths(explore, "is:starred", folder) == []
    for tag in ("", " ", "two\nlines", "x" * 101):
        assert "cannot be a tag" in explore("tag", tag, folder / "bridge.txt").err
    assert "tag takes TAG and FILE" in explore("tag", "urgent").err
    assert "star takes FILE" in explore("star").err


def test_they_stay_with_a_file_that_is_moved_and_through_a_rebuild(explore, folder):
    explore("tag", "urgent", folder / "bridge.txt")
    (folder / "bridge.txt").rename(folder / "notes" / "moved.txt")
    assert paths(explore, "tag:urgent", folder) == ["notes/moved.txt"]
    explore("index", folder, "--rebuild")
    assert paths(explore, "tag:urgent", folder) == ["notes/moved.txt"]


def test_new_is_what_came_since_the_folder_was_seen(explore, folder):
    library = Library(folder)
    library.note_seen()
    library.close()
    assert json.loads(explore("status", folder, "--format", "json").out)["new"] == 0
    (folder / "late.txt").write_text("A late bridge.", encoding="utf-8")
    assert paths(explore, "is:new", folder) == ["late.txt"]
    assert json.loads(explore("status", folder, "--format", "json").out)["new"] == 1


def test_facets_count_what_their_condition_finds(explore, folder):
    explore("star", folder / "bridge.txt")
    explore("tag", "urgent", folder / "school.txt")
    for query in ("", "bridge"):
        arguments = (query, folder) if query else (folder,)
        counted = facets(explore, *arguments)
        for condition, documents in counted.items():
            assert len(paths(explore, f"{query} {condition}", folder)) == documents
    assert facets(explore, folder) == {
        'source:"Tarn Valley News"': 2, "date:2025": 2, "ext:txt": 2, "ext:md": 1, "tag:urgent": 1, "is:starred": 1,
    }  # fmt: skip
    assert facets(explore, "harbour", folder) == {"ext:md": 1}


def test_facets_in_every_form(explore, folder):
    whole = json.loads(explore("facets", folder, "--format", "json").out)["facets"]
    assert [json.loads(line) for line in explore("facets", folder, "--format", "jsonl").out.splitlines()] == whole
    rows = list(csv.DictReader(io.StringIO(explore("facets", folder, "--format", "csv").out)))
    assert [row | {"documents": int(row["documents"])} for row in rows] == whole
    assert '| source | Tarn Valley News | 2 | `source:"Tarn Valley News"` |' in explore("facets", folder, "--format", "md").out
    assert explore("facets", folder).out.splitlines()[:2] == ["source", '        2  Tarn Valley News  source:"Tarn Valley News"']
    ran = explore("facets", "zeppelin", folder, "--format", "json")
    assert (ran.code, json.loads(ran.out)) == (1, {"facets": []})


def test_copies_are_folded_only_when_asked_and_always_counted(explore, folder):
    text = (folder / "bridge.txt").read_text(encoding="utf-8")
    (folder / "same.txt").write_text(text, encoding="utf-8")
    (folder / "longer.txt").write_text(text + "One sentence more.\n", encoding="utf-8")
    every = json.loads(explore("search", "mayor", folder, "--format", "json").out)
    assert (every["total"], len(every["passages"]), every["folded"]) == (3, 3, 0)
    folded = json.loads(explore("search", "mayor", folder, "--fold", "--format", "json").out)
    assert (folded["total"], len(folded["passages"]), folded["folded"]) == (3, 1, 2)
    assert (folded["passages"][0]["copies"], folded["passages"][0]["differ"]) in {(2, 1), (2, 2)}
    shown = explore("search", "mayor", folder, "--fold").out
    assert "(2 copies, " in shown
    assert "2 copies folded" in shown
