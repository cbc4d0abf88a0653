"""Completing in the search box."""

import asyncio

from app_driver import SMALL, running
from memory_source import MemorySource


async def offered(app, text):
    """Types a text and waits for the completions of all of it."""
    await app.type(text)
    await app.until(lambda: app.source.completed and app.source.completed[-1][0] == app.main.box.input.value)
    await app.settle()
    return [completion.shown for completion in app.main.completions.found]


async def test_names_are_offered_below_the_box_with_their_counts():
    async with running(size=SMALL) as app:
        assert await offered(app, "bridge person:") == ["Ada Quill", "Tom Vale"]
        screen = app.screen_text().splitlines()
        assert "bridge person:" in screen[2] and "╰" in screen[3]
        assert "Ada Quill" in screen[5] and " 3 │" in screen[5]
        assert "tab takes it" in screen[7]
        assert app.main.box.input.has_focus


async def test_tab_takes_the_first_and_the_search_runs():
    async with running() as app:
        await offered(app, "bridge person:q")
        assert not app.main.completions.open
        await app.keys("backspace")
        await offered(app, "a")
        app.source.searched.clear()
        await app.keys("tab")
        assert app.main.box.input.value == 'bridge person:"Ada Quill" '
        assert app.source.searched == [('bridge person:"Ada Quill" ', False)]
        assert app.main.box.input.has_focus and not app.main.completions.open
        await app.keys("tab")
        assert app.main.panes.place == "results"


async def test_ctrl_n_goes_to_the_next_and_round_again_while_arrows_move_the_results():
    async with running() as app:
        await offered(app, "person:")
        await app.keys("down", "ctrl+n")
        assert app.main.results.cursor == 1
        assert app.main.completions.chosen == 1
        await app.keys("ctrl+n", "ctrl+n", "tab")
        assert app.main.box.input.value == 'person:"Tom Vale" '


async def test_the_name_of_a_field_is_completed_and_then_its_values():
    async with running() as app:
        assert await offered(app, "bridge p") == []
        assert await offered(app, "e") == ["person:"]
        await app.keys("tab")
        await app.until(lambda: app.main.completions.open)
        assert app.main.box.input.value == "bridge person:"
        assert [completion.shown for completion in app.main.completions.found] == ["Ada Quill", "Tom Vale"]


async def test_saved_queries_are_offered_after_the_sign():
    source = MemorySource()
    source.saved = {"harbour": "bridge OR ferry"}
    async with running(source) as app:
        assert await offered(app, "@") == ["harbour"]
        await app.keys("tab")
        assert app.main.box.input.value == "query:harbour "


async def test_what_stands_behind_the_cursor_stays():
    async with running() as app:
        await app.type("person: bridge")
        await app.keys(*["left"] * len(" bridge"))
        await offered(app, "to")
        await app.keys("tab")
        assert app.main.box.input.value == 'person:"Tom Vale" bridge'
        assert app.main.box.input.cursor_position == len('person:"Tom Vale"')


async def test_escape_closes_the_list_first_and_for_the_whole_word():
    async with running() as app:
        await offered(app, "person:")
        await app.keys("escape")
        assert not app.main.completions.open
        assert app.main.box.input.value == "person:" and app.main.box.input.has_focus
        assert await offered(app, "to") == []
        assert await offered(app, " by:") == ["Ada Quill", "Tom Vale"]


async def test_plain_words_and_an_empty_box_offer_nothing():
    async with running() as app:
        assert await offered(app, "ferry bridge") == []
        await app.keys("ctrl+u")
        assert not app.main.completions.open


async def test_the_list_closes_when_the_cursor_or_the_focus_goes_elsewhere():
    async with running() as app:
        await offered(app, "person:")
        await app.keys("left")
        assert not app.main.completions.open
        await app.keys("end")
        await offered(app, "a")
        assert app.main.completions.open
        await app.keys("enter")
        assert not app.main.completions.open and app.main.panes.place == "document"


class SlowToComplete(MemorySource):
    """Completes texts of seven and of eight letters when it is told to."""

    def __init__(self):
        super().__init__()
        self.answer = {7: asyncio.Event(), 8: asyncio.Event()}

    async def complete(self, text, cursor):
        found = await super().complete(text, cursor)
        if cursor in self.answer:
            await self.answer[cursor].wait()
        return found


async def test_the_newest_wins_and_no_key_waits_for_completions():
    source = SlowToComplete()
    async with running(source) as app:
        await app.pilot.press(*"person:")
        await app.until(lambda: source.completed[-1:] == [("person:", 7)] and app.main.searching.query == "person:")
        await app.pilot.press("t")
        await app.until(lambda: source.completed[-1] == ("person:t", 8))
        source.answer[8].set()
        await app.until(lambda: [completion.shown for completion in app.main.completions.found] == ["Tom Vale"])
        source.answer[7].set()
        await app.settle()
        assert [completion.shown for completion in app.main.completions.found] == ["Tom Vale"]


async def test_tab_before_the_answer_takes_the_first_once_it_is_there():
    source = SlowToComplete()
    source.answer[7].set()
    async with running(source) as app:
        await offered(app, "person:")
        await app.pilot.press("t", "tab")
        assert app.main.box.input.value == "person:t"
        source.answer[8].set()
        await app.until(lambda: app.main.box.input.value == 'person:"Tom Vale" ')


async def test_the_list_does_not_flicker_between_letters():
    async with running() as app:
        await offered(app, "person:")
        shown = []
        app.main.watch(app.main.completions, "display", shown.append, init=False)
        await offered(app, "a")
        await offered(app, "d")
        assert shown == []
        assert app.main.completions.open


async def test_a_click_takes_a_row():
    async with running() as app:
        await offered(app, "person:")
        await app.pilot.click(app.main.completions, offset=(4, 2))
        await app.settle()
        assert app.main.box.input.value == 'person:"Tom Vale" '
