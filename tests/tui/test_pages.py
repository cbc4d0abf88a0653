"""Pages wherever words are shown, what was guessed of a document, and its file opened outside."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from app_driver import SMALL, running
from memory_source import ARTICLES, MemorySource

from explorer.export.citation import citation
from explorer.export.markdown_form import to_markdown
from explorer.model import ExplorerError, Passage, Results
from explorer.tui.opening import containing_file, desktop_command, editor_command

STORM = ARTICLES[2][4]
PAGES = (0, STORM.index("Rain fell"), STORM.index("“We were lucky"))


class Paged(MemorySource):
    """The storm article has three pages."""

    def __init__(self, **fields):
        super().__init__(ARTICLES[2:])
        self.documents[1] = replace(self.documents[1], pages=PAGES, **fields)

    async def search(self, query, **options):
        results = await super().search(query, **options)
        return replace(results, passages=tuple(replace(passage, page=3) for passage in results.passages))

    async def quotes(self, query, document, within=""):
        found = await super().quotes(query, document, within)
        return tuple(replace(one, quote=replace(one.quote, page=3)) for one in found)


async def test_results_heading_quotes_why_and_copies_say_the_page():
    async with running(Paged()) as app:
        await app.type("lucky")
        assert "  p. 3 · 2024-03-09" in app.screen_text()
        assert "hit 1/1 · p. 3/3" in app.screen_text()
        await app.keys("enter", "y")
        assert app.app.clipboard.endswith("storm.txt, p. 3")
        await app.keys("4", "4")
        assert "direct · p. 3" in app.screen_text()
        await app.keys("y")
        assert app.app.clipboard.endswith("storm.txt, p. 3")
        await app.keys("w")
        assert "page  3" in app.screen_text()


async def test_going_to_a_page_and_back():
    async with running(Paged(), size=SMALL) as app:
        await app.keys("tab", "3", "p")
        assert "pages 1 to 3" in app.screen_text()
        await app.keys("4", "enter")
        assert "there are pages 1 to 3" in app.screen_text()
        await app.keys("ctrl+u", "2", "enter")
        assert app.main.pane.view.top == PAGES[1] and "p. 2/3" in app.screen_text()
        await app.keys("backspace")
        assert "p. 1/3" in app.screen_text()


async def test_without_pages_nothing_is_said_of_them():
    async with running() as app:
        await app.keys("tab", "3", "p")
        assert app.toasts()[-1] == "this document has no pages"
        assert "p. " not in app.screen_text()


async def test_what_was_guessed_is_marked_and_said_in_words():
    async with running(Paged(guessed=("date", "author"), author="Ada Quill", title="Other words")) as app:
        await app.keys("tab", "3")
        assert "The Harbour Post · ≈ 2024-03-09 · ≈ Ada Quill · storm.txt" in app.screen_text()
        await app.keys("w")
        assert "2024-03-09 (≈ guessed from the text" in app.screen_text()


def test_a_citation_has_the_page_of_the_passage():
    assert citation("T", "S", "2024", "a.pdf", page=7) == "— T, S, 2024, a.pdf, p. 7"
    passage = Passage(1, "a.pdf", "T", "S", None, 0, 4, "word", (), (), 1.0, page=7)
    assert "`a.pdf`, p. 7" in to_markdown(Results("", "", 1, (passage,)))


# The file outside


def test_a_member_leads_to_the_file_that_holds_it(tmp_path):
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "mail.eml").write_text("x")
    assert containing_file(tmp_path, "box/mail.eml") == (tmp_path / "box" / "mail.eml", "")
    assert containing_file(tmp_path, "box/mail.eml/annex.zip/b.txt") == (tmp_path / "box" / "mail.eml", "annex.zip/b.txt")
    for gone in ("box", "box/other.eml", "../box/mail.eml", "", "a" * 300, "nul\0"):
        with pytest.raises(ExplorerError, match="not in the folder"):
            containing_file(tmp_path, gone)


def test_a_name_that_cannot_be_shown_is_found_by_what_is_shown(tmp_path):
    raw = os.fsencode(tmp_path) + b"/caf\xe9\x1b.txt"
    Path(os.fsdecode(raw)).write_text("x")
    found, _ = containing_file(tmp_path, "caf\\xe9\u241b.txt")
    assert os.fsencode(found) == raw


@pytest.mark.parametrize("name", ["run.desktop", "run.SH", "a.exe"])
def test_a_program_is_never_run(name, tmp_path):
    with pytest.raises(ExplorerError, match="would be run"):
        desktop_command(tmp_path / name)


def test_the_editor_is_given_the_line_without_a_shell(monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "vim -R")
    assert editor_command(Path("/x/$(a).txt"), 12) == ["vim", "-R", "+12", "/x/$(a).txt"]
    monkeypatch.setenv("EDITOR", "code --wait")
    assert editor_command(Path("/x/a.txt"), 12) == ["code", "--wait", "/x/a.txt"]
    monkeypatch.setenv("EDITOR", "vim '")
    with pytest.raises(ExplorerError):
        editor_command(Path("/x/a.txt"), 12)
    monkeypatch.delenv("EDITOR")
    with pytest.raises(ExplorerError, match="set EDITOR"):
        editor_command(Path("/x/a.txt"), 12)


async def test_o_opens_the_file_and_says_which(tmp_path, monkeypatch):
    (tmp_path / "mail.eml").write_text("x")
    opened = tmp_path / "opened"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{opened}.new" && mv "{opened}.new" "{opened}"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    class Mail(MemorySource):
        async def status(self):
            return replace(await super().status(), folder=str(tmp_path))

    async with running(Mail((("mail.eml/annex.txt", "Annex", "", None, "One."), ("gone.txt", "Gone", "", None, "Two.")))) as app:
        await app.keys("tab", "3", "o")
        assert app.toasts()[-1] == "opened mail.eml; annex.txt is inside it"
        await app.until(opened.exists)
        assert opened.read_text() == str(tmp_path / "mail.eml")
        await app.keys("]", "o")
        assert app.toasts()[-1] == "gone.txt is not in the folder any more"
