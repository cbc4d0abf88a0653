"""Stars, tags and saved queries; what the title bar and the palette say of the folder."""

from dataclasses import replace

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource
from test_hostile import EVIL, check

from explorer.model import ExplorerError, Kept
from explorer.tui.keeping import TagSuggester, tags_in
from explorer.tui.prompt import Prompt
from explorer.tui.saved_dialog import SavedDialog

OFFER = "explorer[large] would make this folder faster"


def test_tags_of_a_line():
    assert tags_in(" pier,  old   court ,#to-do,, Pier ,") == ["Pier", "old court", "to-do"]
    assert tags_in(" , ") == []


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("pi", "pier"),
        ("court, PI", "court, pier"),
        ("court,pi", "court,pier"),
        ("pier, pi", "pier, pilot"),
        ("x", None),
        ("pier, ", None),
        ("", None),
    ],
)
async def test_tags_are_completed(line, whole):
    assert await TagSuggester(["pier", "pilot", "court"]).get_suggestion(line) == whole


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_star_is_set_shown_and_taken_away(size):
    async with running(size=size) as app:
        await app.type("lucky")
        await app.keys("enter", "s")
        number = app.main.pane.document.number
        assert app.source.marks[number].starred
        assert "★ · The Harbour Post" in app.screen_text()
        assert app.toasts()[-1] == "starred: Storm damages the pier · is:starred finds it"
        await app.keys("s")
        assert not app.source.marks[number].starred
        assert "★" not in app.screen_text()


async def test_a_star_goes_to_the_result_under_the_cursor_and_with_its_document():
    async with running() as app:
        await app.type("bridge")
        await app.keys("tab", "2", "down", "s")
        number = app.main.searching.chosen.document
        assert [n for n, kept in app.source.marks.items() if kept.starred] == [number]
        assert "★" in app.screen_text()
        await app.keys("up")
        assert app.main.pane.document.number != number
        assert "★ · " not in app.screen_text()
        await app.keys("down")
        assert "★ · " in app.screen_text()


async def test_pressing_twice_is_two_presses():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter")
        await app.pilot.press("s", "s", "s")
        await app.settle()
        assert app.source.marks[app.main.pane.document.number].starred


async def test_tags_are_given_completed_and_taken_away():
    source = MemorySource()
    await source.tag(2, "pier", True)
    async with running(source, size=SMALL) as app:
        await app.type("lucky")
        await app.keys("enter", "t")
        assert "in use: pier" in app.screen_text()
        await app.type("court, pi")
        await app.keys("tab", "enter")
        number = app.main.pane.document.number
        assert source.marks[number].tags == ("court", "pier")
        assert "#court #pier" in app.screen_text()
        await app.keys("t")
        assert app.app.screen.input.value == "court, pier, "
        await app.keys("ctrl+u")
        await app.type("pier")
        await app.keys("enter")
        assert source.marks[number].tags == ("pier",)
        await app.keys("t", "ctrl+u", "enter")
        assert source.marks[number].tags == ()
        assert app.toasts()[-1] == "no tags"


async def test_a_tag_that_is_refused_is_said_and_asked_again():
    source = MemorySource()

    async def refuses(number, tag, on):
        raise ExplorerError(f"{tag} cannot be a tag")

    source.tag = refuses
    async with running(source) as app:
        await app.keys("tab", "3", "t")
        await app.type("pier")
        await app.keys("enter")
        assert "pier cannot be a tag" in app.screen_text()
        assert isinstance(app.app.screen, Prompt)
        await app.keys("escape")
        assert app.app.screen is app.main


async def test_a_new_tag_is_among_the_filters():
    async with running() as app:
        await app.keys("tab", "4", "4", "4", "3", "t")
        await app.type("pier")
        await app.keys("enter")
        await app.until(lambda: "Tags" in app.screen_text())
        assert app.main.side.showing.chosen.facet.value == "The Harbour Post"


async def test_without_a_document_nothing_is_starred():
    async with running(MemorySource(())) as app:
        await app.keys("tab", "s")
        assert app.toasts()[-1] == "no document here"
        await app.keys("t")
        assert app.app.screen is app.main


async def test_a_query_is_kept_under_a_name_from_the_search_box():
    async with running(size=SMALL) as app:
        await app.keys("ctrl+s")
        assert app.toasts()[-1].startswith("write a query first")
        await app.type("bridge OR ferry")
        await app.keys("ctrl+s")
        screen = app.screen_text()
        assert "bridge OR ferry" in screen and "@name or query:name" in screen
        await app.type("@crossings")
        await app.keys("enter")
        assert app.source.saved == {"crossings": "bridge OR ferry"}
        assert app.toasts()[-1] == "kept: @crossings asks for it again"
        assert app.main.box.input.has_focus and app.main.box.input.value == "bridge OR ferry"
        await app.keys("ctrl+s")
        await app.type("CROSSINGS")
        assert "replaces what is kept under this name: bridge OR ferry" in " ".join(app.screen_text().replace("│", "").split())


async def test_a_query_of_any_length_leaves_room_for_its_name():
    async with running(size=SMALL) as app:
        app.main.box.input.value = "bridge OR ferry " * 600
        await app.settle()
        await app.keys("ctrl+s")
        await app.type("long")
        lines = app.screen_text().splitlines()
        assert any(line.strip(" │") == "long" or "│ long " in line for line in lines)
        await app.keys("enter")
        assert len(app.source.saved["long"]) > 9000


async def test_a_name_that_is_refused_is_said_and_asked_again():
    source = MemorySource()

    async def refuses(name, query):
        raise ExplorerError("a b cannot name a saved query")

    source.save_query = refuses
    async with running(source) as app:
        await app.type("bridge")
        await app.keys("ctrl+s")
        await app.type("a b")
        await app.keys("enter")
        assert "a b cannot name a saved query" in app.screen_text()


async def palette(app, words):
    """Runs a command of the palette."""
    await app.keys("ctrl+p")
    await app.type(words)
    await app.settle(0.4)
    await app.keys("down", "enter")
    await app.settle(0.2)


async def test_saved_queries_are_run_deleted_and_brought_back():
    source = MemorySource()
    source.saved = {"storms": "storm pier", "Bridges": "bridge", "rain": "rain"}
    async with running(source, size=SMALL) as app:
        await app.keys("tab")
        await palette(app, "saved queries")
        dialog = app.app.screen
        assert isinstance(dialog, SavedDialog)
        assert [row.name for row in dialog.rows.rows] == ["Bridges", "rain", "storms"]
        await app.keys("down", "d")
        assert source.saved == {"storms": "storm pier", "Bridges": "bridge"}
        assert "deleted @rain: U brings it back" in app.toasts()
        assert dialog.rows.chosen.name == "storms"
        await app.keys("d", "d", "d")
        assert source.saved == {}
        assert "No queries are kept yet." in app.screen_text()
        await app.keys("U", "U", "U", "U")
        assert source.saved == {"storms": "storm pier", "Bridges": "bridge", "rain": "rain"}
        assert dialog.rows.chosen.name == "rain"
        await app.keys("down", "enter")
        assert app.main.box.input.value == "storm pier"
        assert app.source.searched[-1] == ("storm pier", False)
        assert app.main.results.has_focus


async def test_a_query_that_could_not_be_deleted_stays():
    source = MemorySource()
    source.saved = {"rain": "rain"}

    async def refuses(name, query):
        raise ExplorerError("cannot be written")

    source.save_query = refuses
    async with running(source) as app:
        app.main.action_keep("saved")
        await app.settle()
        await app.keys("d")
        assert "cannot be written" in app.toasts()
        assert [row.name for row in app.app.screen.rows.rows] == ["rain"]
        await app.keys("q")
        assert app.app.screen is app.main and app.main.box.input.value == ""


# What the title bar and the palette say


async def test_the_title_bar_names_another_engine_and_what_is_new():
    source = MemorySource()
    async with running(source, size=SMALL) as app:
        assert "whoosh" not in app.screen_text() and " new" not in app.screen_text().splitlines()[0]
        source.engine, source.new = "tantivy", 3
        await app.main.following.show_status()
        await app.settle()
        assert " · 3 new · 1 unread · tantivy" in app.screen_text().splitlines()[0]


async def test_an_offer_is_told_once_and_stays_in_the_palette():
    source = MemorySource()
    async with running(source) as app:
        await app.keys("tab", "ctrl+p")
        await app.type("faster")
        await app.settle(0.4)
        assert "make this folder faster" not in app.screen_text()
        await app.keys("escape", "escape")
        source.offer = OFFER
        await app.main.following.show_status()
        await app.main.following.show_status()
        await app.settle()
        assert [OFFER in toast for toast in app.toasts()].count(True) == 1
        await palette(app, "faster")
        assert OFFER in " ".join(app.screen_text().replace("│", "").split())
        await app.keys("escape", "ctrl+q")
    assert source.session["offer"] == OFFER
    again = MemorySource()
    again.offer, again.session = OFFER, dict(source.session)
    async with running(again) as app:
        assert not any(OFFER in toast for toast in app.toasts())


async def test_the_palette_has_no_commands_of_another_screen():
    async with running() as app:
        await app.keys("tab", "T", "escape", "T", "ctrl+p")
        await app.type("unread")
        await app.settle(0.4)
        assert "unread files" not in app.screen_text()


class HostileKept(MemorySource):
    async def kept(self, number):
        return Kept(True, (EVIL, EVIL))

    async def saved_queries(self):
        return {EVIL: EVIL}

    async def status(self):
        return replace(await super().status(), offer=EVIL, engine=EVIL)


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_what_is_kept_is_shown_literally(size):
    async with running(HostileKept(), size=size, toasts=True) as app:
        await app.type("bridge")
        await app.keys("enter")
        assert "★ #[/b]" in check(app)
        await app.keys("s", "t")
        check(app)
        await app.keys("escape", "ctrl+s")
        await app.type(EVIL[:8])
        check(app)
        await app.keys("escape")
        app.main.action_keep("saved")
        await app.settle()
        assert "@[/b][@click=app" in check(app)
        await app.keys("escape")
        app.main.action_offer()
        await app.settle()
        assert "[/b][@click=app" in check(app)


async def test_a_saved_query_finds_all_that_it_finds_whatever_the_results_were_filtered_by():
    source = MemorySource()
    source.saved = {"bridges": "bridge"}
    async with running(source) as app:
        app.main.moving.ask("bridge", within="rain")
        await app.settle()
        assert app.main.searching.results.total == 1
        await app.keys("tab", "2", "ctrl+s")
        assert "without what the results are filtered by: rain" in app.screen_text()
        await app.keys("escape")
        app.main.action_keep("saved")
        await app.settle()
        await app.keys("enter")
        assert (app.main.searching.results.total, app.main.searching.within) == (3, "")


async def test_a_dialog_does_not_open_over_another_that_came_first():
    async with running() as app:
        await app.keys("tab")
        await app.pilot.press("t", "x")
        await app.settle(0.1)
        assert len([screen for screen in app.app.screen_stack if screen is not app.main]) <= 2
