"""Help of the commands that take a query ends with how to write one."""

from __future__ import annotations

import pytest

from explorer.cli.commands import COMMANDS
from explorer.cli.options import GUIDE_WIDTH
from explorer.index.query.guide import guide_text

ASKING = ("search", "quotes", "entities", "facets", "terms", "save")


def test_the_commands_that_take_a_query_are_those() -> None:
    assert tuple(command.name for command in COMMANDS if command.guide) == ASKING


@pytest.mark.parametrize("name", ASKING)
def test_help_ends_with_the_guide_and_holds_its_width(name, explore, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")  # as where the answer goes to a file
    ran = explore(name, "-h")
    assert ran.code == 0
    shown = ran.out
    assert shown.endswith("\n\n" + guide_text(GUIDE_WIDTH) + "\n")
    assert [line for line in shown.splitlines() if len(line) > 100] == []


@pytest.mark.parametrize("name", ["index", "status", "analyse", "keys"])
def test_the_help_of_other_commands_has_no_guide(name, explore):
    ran = explore(name, "-h")
    assert ran.code == 0
    assert "how to write a query" not in ran.out


def test_the_overview_says_where_the_guide_is(program):
    assert b"explorer search -h how to write a query" in program("-h").stdout
