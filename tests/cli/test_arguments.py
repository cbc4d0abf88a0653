"""Which word is what, the help, the nearest command, and every mistake in one line."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from explorer import __version__
from explorer.cli.commands import COMMANDS, NAMES
from explorer.demo import corpus_folder


@pytest.fixture
def opened(monkeypatch):
    """Notes what the app is opened with instead of opening it."""
    calls = []
    module = ModuleType("explorer.tui.run")

    def run_app(folder, query="", fresh=False, engine="", names=""):
        calls.append((folder, query, fresh, engine, *filter(None, [names])))
        return 0

    module.run_app = run_app
    monkeypatch.setitem(sys.modules, "explorer.tui.run", module)
    return calls


def test_alone_is_the_start_screen(explore, opened):
    assert explore().code == 0
    assert opened == [(None, "", False, "")]


def test_a_folder_opens_with_its_query(explore, opened, corpus):
    explore(corpus, "--query", "storm", "--fresh")
    assert opened == [(corpus, "storm", True, "")]


def test_a_file_opens_its_folder_at_the_file(explore, opened, corpus):
    explore(corpus / "notes" / "harbour.md")
    explore(corpus / "notes" / "harbour.md", "--query", "a OR b")
    at = 'path:"harbour.md"'
    assert opened == [(corpus / "notes", at, False, ""), (corpus / "notes", f"(a OR b) {at}", False, "")]


def test_a_folder_named_like_a_command(explore, opened, tmp_path, monkeypatch):
    (tmp_path / "search").mkdir()
    monkeypatch.chdir(tmp_path)
    assert explore("search").code == 2
    assert explore("./search").code == 0
    assert str(opened[0][0]) == "search"


def test_demo_opens_the_corpus_of_the_package(explore, opened):
    explore("demo", "--query", "ferry")
    assert opened == [(corpus_folder(), "ferry", False, "")]


def test_without_a_terminal_the_app_says_what_to_do(explore, corpus):
    ran = explore(corpus)
    assert ran.code == 2
    assert "needs a terminal" in ran.err


def test_version(explore):
    assert explore("--version").out == f"explorer {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_every_command_has_help_with_an_example(explore, command):
    ran = explore(command.name, "-h")
    assert ran.code == 0
    assert command.example in ran.out
    assert command.name in explore("-h").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serch"], "did you mean explorer search?"),
        (["analyze"], "did you mean explorer analyse?"),
        (["serch", "two", "words"], "did you mean explorer search?"),
        (["/no/such/folder"], "there is no command, folder or file /no/such/folder"),
        (["--limit", "3", "search", "x"], "--limit goes after the command"),
        (["search"], "search needs a QUERY"),
        (["search", "-leak"], "goes after --"),
        (["search", "x", "--formt", "json"], "did you mean --format?"),
        (["search", "x", "--format", "xml"], "invalid choice"),
        (["search", "x", "--limit", "0"], "is not a whole number from 1 up"),
        (["search", "x", "--limit", "many"], "is not a whole number from 1 up"),
        (["search", "tax", "delay"], "a query with spaces goes in quote marks"),
        (["search", "a", "b", "c"], "a query with spaces goes in quote marks"),
        (["search", "x", "/no/such/folder"], "there is no folder /no/such/folder"),
        (["index", "/no/such/folder"], "there is no folder /no/such/folder"),
        (["index", "a", "b"], "takes one FOLDER"),
        (["index", __file__], "is a file, not a folder"),
        (["search", "x", __file__ + "/inside"], "cannot be opened"),
        (["search", "foo:bar"], "there is no field foo:"),
        (["search", "frm:x"], "(column 1)"),
        (["search", "ok pers:x"], "did you mean person:? (to search for it as a word, put it in quote marks) (column 4)"),
        (["search", '"'], "nothing to search for"),
        (["search", "x" * 10_001], "10000 is the most"),
        (["search", "x", "y" * 5000], "cannot be opened"),
        (["entities", "--type", "animal"], "invalid choice"),
        (["completion"], "bash, zsh or fish"),
        (["completion", "bsh"], "did you mean bash?"),
        (["analyse", "/no/such/file"], "there is no file /no/such/file"),
        (["analyse", "."], "is a folder"),
        (["\x1b[31mred"], "there is no command, folder or file"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else " ".join(value)[:30].replace("\x1b", "ESC"),
)
def test_a_mistake_is_one_clear_line(explore, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = explore(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 600
    assert ran.err.rstrip("\n").isprintable()


def test_a_mistaken_query_is_told_before_anything_is_indexed(explore, corpus, home):
    assert explore("search", "foo:bar", corpus).code == 2
    assert list(home.iterdir()) == []


def test_a_query_of_10_000_characters_is_answered(explore, corpus):
    assert explore("search", "bridge " * 1428, corpus).code == 0


def test_an_open_quote_mark_is_closed_and_said(explore, corpus):
    ran = explore("search", '"mill bridge', corpus)
    assert ran.code == 0
    assert "was closed at the end" in ran.err


def test_the_app_is_told_which_engine_finds_names(explore, opened, corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    assert explore(corpus, "--names", "spacy:./notes").code == 0
    assert opened == [(corpus, "", False, "", f"spacy:{corpus}/notes")]
