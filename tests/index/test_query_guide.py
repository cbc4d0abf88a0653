"""The query guide: every example in it can be read, what it says is so, and the README's table is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.index.query.fields import FIELDS
from explorer.index.query.guide import GUIDE, NEED_WIDTH, Row, guide_lines, guide_text
from explorer.index.query.parser import parse
from explorer.index.query.syntax import FileIs, Phrase
from explorer.index.words import stem

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
ROWS = [row for group in GUIDE for row in group.rows]
EXAMPLES = [example for row in ROWS for example in (*row.write, *row.also)]
SAVED = {"deaths": "died OR killed"}
REMARKS = " ".join(remark for group in GUIDE for remark in group.remarks)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_read_and_nothing_in_it_is_repaired(example: str) -> None:
    assert parse(example, saved=SAVED.get).notes == ()


def test_every_field_has_an_example() -> None:
    assert [field for field in FIELDS if not any(f"{field}:" in example for example in EXAMPLES)] == []


def test_the_readme_has_the_same_table() -> None:
    def cell(examples: tuple[str, ...]) -> str:
        return " · ".join(f"`{example}`" for example in examples).replace("|", "\\|")

    table = [f"| {row.need} | {cell(row.write)} | {cell(row.also)} |".replace("|  |", "| |") for row in ROWS]
    queries = README.split("\n## Queries\n")[1].split("\n## ")[0]
    assert [line for line in queries.splitlines() if line.startswith("|")][2:] == table


def parts(query: str) -> list[tuple[str, str]]:
    """The words of a query that is one phrase, each with how it is matched."""
    tree = parse(query).tree
    assert isinstance(tree, Phrase)
    return [(part.text, part.kind) for part in tree.parts]


def test_what_is_said_of_words_is_so() -> None:
    assert "officer also finds office; =officer only itself" in REMARKS
    assert parts("officer") == [("officer", "stem")]
    assert stem("officer") == stem("office")
    assert parts("=officer") == parts("Officer") == [("officer", "exact")]
    assert "4.1, is the words 4 and 1 side by side" in REMARKS
    assert [text for text, _ in parts("4.1")] == ["4", "1"]
    assert r"\-leak" in REMARKS
    assert parts(r"\-leak") == [("leak", "stem")]


def test_what_is_said_of_days_is_so() -> None:
    assert "after: is from that day on; before: is up to the day before" in REMARKS
    after, before = parse("after:2024-03-05").tree, parse("before:2024-03-05").tree
    assert isinstance(after, FileIs) and isinstance(before, FileIs)
    assert (after.first, after.last) == ("2024-03-05", "")
    assert (before.first, before.last) == ("", "2024-03-04")


@pytest.mark.parametrize("width", [66, 80, 100, 140])
def test_every_width_shows_all_and_breaks_no_example(width: int) -> None:
    text = guide_text(width)
    assert max(map(len, text.splitlines())) <= max(width, 4 + NEED_WIDTH + 2 + max(map(len, EXAMPLES)) + len("also "))
    assert [example for example in EXAMPLES if example not in text] == []
    said = " ".join(text.split())
    assert [remark for group in GUIDE for remark in group.remarks if remark not in said] == []


def test_no_line_is_longer_than_the_width_of_the_help() -> None:
    assert max(map(len, guide_text(100).splitlines())) <= 100


def test_a_need_that_is_longer_than_its_examples_is_whole() -> None:
    lines = guide_lines(Row("one two three four five six seven eight nine", ("x",), ("y",)), 60)
    assert " ".join(line.need.strip() for line in lines) == "one two three four five six seven eight nine"
    assert [(line.examples, line.also) for line in lines if line.examples] == [("x", False), ("also y", True)]
    assert {len(line.need) for line in lines} == {NEED_WIDTH}
