"""Keys typed ahead: each goes where the one before it led, however many come at once."""

from __future__ import annotations

import pytest
from app_driver import Driver, running
from textual.events import Key

from explorer.tui import key_order
from explorer.tui.search_box import QueryInput

CHARACTERS = {"enter": "\r", "escape": "\x1b", "slash": "/"}


def at_once(app: Driver, *keys: str) -> None:
    """Hands keys to the app as a terminal does that sends them in one piece."""
    for key in keys:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        app.app.post_message(Key(key, character))


@pytest.mark.parametrize("delay", [0.0, 0.25])
async def test_a_key_after_enter_goes_into_the_document_and_not_into_the_box(delay):
    async with running() as app:
        await app.type("bridg")
        app.source.delay = delay
        at_once(app, "e", "enter", "n", "n")
        await app.until(lambda: app.main.pane.view.has_focus)
        await app.settle()
        assert app.main.box.input.value == "bridge"
        assert app.source.searched[-1] == ("bridge", False)
        assert app.main.pane.document.title == "Ferry crews ask for a say"  # past the two hits of the first


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


async def test_a_key_whose_end_is_never_told_holds_up_none_for_long(monkeypatch):
    monkeypatch.setattr(key_order, "LOST_SECONDS", 0.05)
    monkeypatch.setattr(QueryInput, "on_passed", lambda self, event: event.stop(), raising=False)
    async with running() as app:
        at_once(app, *"ferry")
        await app.until(lambda: app.main.box.input.value == "ferry")
