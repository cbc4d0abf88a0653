"""join and part: names of different documents shown as one, kept apart, and as the rules say again."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def folder(explore, tmp_path):
    """Two spellings of one man, of whom nothing tells that they are his."""
    (tmp_path / "a.txt").write_text("“It holds,” said Anthony Marsh, a painter.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("“It fell,” said Tony Marsh in Rome.", encoding="utf-8")
    assert explore("index", tmp_path).code == 0
    return tmp_path


def people(explore, folder):
    found = json.loads(explore("entities", folder, "--type", "person", "--format", "json").out)["entities"]
    return {one["name"]: [joined["name"] for joined in one["joined"]] for one in found}


def test_names_are_joined_parted_and_given_back_to_the_rules(explore, folder):
    assert people(explore, folder) == {"Anthony Marsh": [], "Tony Marsh": []}
    ran = explore("join", "Tony Marsh", "Anthony Marsh", folder)
    assert (ran.code, ran.out) == (0, "") and "shown as Anthony Marsh" in ran.err
    assert people(explore, folder) == {"Anthony Marsh": ["Tony Marsh"]}
    quotes = json.loads(explore("quotes", 'by:"Anthony Marsh"', folder, "--format", "json").out)["quotes"]
    assert [quote["text"] for quote in quotes] == ["It holds,", "It fell,"]
    assert {quote["speaker"]["name"] for quote in quotes} == {"Anthony Marsh"}
    assert "you joined them" in quotes[1]["speaker"]["how"]
    explore("part", "Tony Marsh", folder)
    assert len(people(explore, folder)) == 2
    explore("join", "Tony Marsh", "Anthony Marsh", folder, "--remove")
    assert len(people(explore, folder)) == 2


def test_a_name_that_nobody_has_is_refused_in_one_line(explore, folder):
    ran = explore("join", "Tony Marsh", "Nobody Atall", folder)
    assert ran.code == 2 and "no document names “Nobody Atall” so" in ran.err and ran.err.count("\n") == 1
    assert explore("part", folder, "a", "b").code == 2
