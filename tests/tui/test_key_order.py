"""Keys typed ahead: each goes where the one before it led, however many come at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from app_driver import WIDE, Driver, running
from memory_source import MemorySource
from textual.events import Key, Paste, Resize
from textual.geometry import Size

from explorer.model import ExplorerError
from explorer.tui import key_order
from explorer.tui.app import ExplorerApp
from explorer.tui.results_pane import ResultList
from explorer.tui.search_box import SearchBox

CHARACTERS = {"enter": "\r", "escape": "\x1b", "slash": "/", "question_mark": "?"}


def at_once(app: Driver, *keys: str) -> None:
    """Hands keys to the app as a terminal does that sends them in one piece."""
    for key in keys:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        app.app.post_message(Key(key, character))


@pytest.mark.parametrize("delay", [0.0, 0.25])
@pytest.mark.parametrize("typed", ["bridge", "e"])
async def test_a_key_after_enter_goes_into_the_document_and_not_into_the_box(typed, delay):
    async with running() as app:
        await app.type("bridge".removesuffix(typed))
        app.source.delay = delay
        at_once(app, *typed, "enter", "n", "n")
        await app.until(lambda: app.main.pane.document.title == "Ferry crews ask for a say")  # past the two hits of the first
        assert app.main.panes.place == "document"
        assert app.main.box.input.value == "bridge"
        assert app.source.searched[-1] == ("bridge", False)


async def test_keys_typed_before_there_is_a_screen_or_a_document():
    source = MemorySource(delay=0.2)

    async def open_folder(folder):
        await asyncio.sleep(0.1)
        return source

    started = ExplorerApp(open_folder, Path("/harbour"))
    async with started.run_test(size=WIDE) as pilot:
        app = Driver(started, pilot, source)
        at_once(app, *"bridge", "enter", "n")
        await app.until(lambda: "hit 2/2" in app.screen_text())
        assert app.main.box.input.value == "bridge" and app.main.panes.place == "document"


async def test_the_document_of_a_row_is_awaited():
    async with running() as app:
        await app.type("bridge")
        await app.keys("tab")
        app.source.delay = 0.25
        at_once(app, "down", "enter", "n")
        await app.until(lambda: app.main.pane.document.title == "Storm damages the pier")  # its one hit past, the next
        assert app.main.results.cursor == 2


async def test_words_to_find_and_what_is_pressed_after_them():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter")
        at_once(app, "slash", *"repairs", "enter", "3", "tab", "j")
        await app.until(lambda: app.main.panes.place == "side")
        assert "hit 1/1" in app.screen_text()  # of the words to find
        assert app.main.box.input.value == "bridge"


async def test_a_row_opened_and_the_key_after_it():
    async with running() as app:
        await app.keys("tab")
        assert app.main.panes.place == "results"
        at_once(app, "enter", "tab")
        await app.until(lambda: app.main.panes.place == "side")


async def test_escape_stops_a_slow_search_and_drops_what_was_typed_ahead():
    async with running() as app:
        await app.type("bridge")
        app.source.delay = 30
        at_once(app, "enter", "n", "x")
        await app.until(lambda: app.main.searching.slow)
        at_once(app, "escape")
        await app.until(lambda: "the search was stopped" in app.screen_text())
        app.source.delay = 0
        await app.type(" union")
        assert app.main.box.input.value == "bridge union" and app.main.box.input.has_focus


async def test_a_long_text_typed_in_one_piece_is_whole():
    async with running() as app:
        at_once(app, *"ferrycrews" * 20)
        await app.until(lambda: app.main.box.input.value == "ferrycrews" * 20)


async def test_a_paste_stays_between_the_keys_around_it():
    async with running() as app:
        await app.keys("tab")
        at_once(app, "slash", "a", "b")
        app.app.post_message(Paste("c d"))
        at_once(app, "e")
        await app.until(lambda: app.main.box.input.value == "abc de")


async def test_what_is_written_is_read_before_the_line_is_left(monkeypatch):
    async def slowly(self, event):
        await asyncio.sleep(0.05)

    monkeypatch.setattr(SearchBox, "on_input_changed", slowly, raising=False)
    async with running() as app:
        read, at_leaving = [], []
        monkeypatch.setattr(app.main.searching, "typed", read.append)
        monkeypatch.setattr(app.main.panes, "cycle", lambda step: at_leaving.append(list(read)))
        at_once(app, *"ferry", "tab")
        await app.until(lambda: at_leaving)
        assert at_leaving == [["ferry"] * 5]


async def test_dialogs_opened_and_left_at_once():
    async with running() as app:
        at_once(app, "tab", "question_mark", "escape", "slash", *"har")
        at_once(app, "f1", "escape", *"bour")
        await app.until(lambda: app.main.box.input.value == "harbour")
        assert app.app.screen is app.main


async def test_keys_while_the_terminal_changes_its_size():
    async with running() as app:
        for width in (60, 120, 90, 140):
            at_once(app, *"ferry", "left", "end")
            app.app.post_message(Resize(Size(width, 30), Size(width, 30)))
        await app.until(lambda: app.main.box.input.value == "ferry" * 4)


async def test_one_letter_and_enter_leave_the_app_all_ears():
    async with running() as app:
        app.source.delay = 0.1
        at_once(app, "b", "enter", "x")
        await app.until(lambda: app.main.box.input.value == "bx")
        assert ("b", False) in app.source.searched


@pytest.mark.parametrize("error", [ExplorerError("the index is busy"), asyncio.CancelledError()])
async def test_a_search_that_fails_leads_nowhere(error):
    async with running() as app:

        async def search(*_, **__):
            raise error

        app.source.search = search
        at_once(app, *"bridge", "enter", "x")
        await app.until(lambda: app.main.box.input.value == "bridgex")
        assert not app.main.searching.leading


async def test_an_order_turned_while_an_answer_is_awaited_lets_go_of_it():
    async with running() as app:
        await app.type("bridge")
        app.source.delay = 30
        at_once(app, "enter", "x")
        await app.until(lambda: app.main.searching.leading)
        app.source.delay = 0
        app.main.action_turn_order()
        await app.until(lambda: app.main.box.input.value == "bridgex")


async def test_quitting_waits_for_no_answer():
    async with running() as app:
        await app.type("bridge")
        app.source.delay = 30
        at_once(app, "enter", "n", "ctrl+q")
        await app.until(lambda: app.source.closed, 5)


async def test_quitting_behind_other_keys():
    async with running() as app:
        at_once(app, *"bridge", "enter", "n", "ctrl+q")
        await app.until(lambda: app.source.closed)
    assert app.source.session["query"] == "bridge" and app.source.session["document"] == 1


async def test_a_place_that_never_tells_holds_keys_up_for_a_while_only(monkeypatch):
    monkeypatch.setattr(key_order, "LATE", 2)
    monkeypatch.setattr(ResultList, "on_passed", lambda self, event: event.stop(), raising=False)
    async with running() as app:
        await app.keys("tab")
        at_once(app, *["j", "k"] * 30, "j")
        await app.until(lambda: app.main.results.cursor == 1, 5)


async def test_keys_held_down_are_all_answered():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter")
        rows = []

        def move(count):
            rows.append(count)

        app.main.pane.view.action_rows = move
        at_once(app, *["j"] * 200, "k")
        await app.until(lambda: rows == [1] * 200 + [-1])
