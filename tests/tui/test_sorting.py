"""The order of the results."""

from app_driver import SMALL, running

from explorer.tui.result_rows import ResultRow

BEST = ["bridge.txt", "ferry.txt", "storm.txt"]


def paths(app):
    return [row.passage.path for row in app.main.results.rows if isinstance(row, ResultRow)]


def title(app):
    return str(app.main.results_pane.border_title)


async def test_a_key_turns_the_order_and_the_title_says_it():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "2")
        assert paths(app) == BEST and title(app) == "results"
        seen = []
        for _ in range(4):
            await app.keys("S")
            seen.append((title(app), paths(app)))
        assert seen == [
            ("results · newest first", BEST[::-1]),
            ("results · oldest first", BEST),
            ("results · by source", ["ferry.txt", "bridge.txt", "storm.txt"]),
            ("results", BEST),
        ]


async def test_the_cursor_goes_to_the_first_result_and_the_document_follows():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "2", "down", "S")
        assert app.main.results.cursor == 0
        assert app.main.pane.document.path == "storm.txt"


async def test_an_order_in_the_query_shows_and_the_key_turns_on_from_it():
    async with running() as app:
        await app.type("bridge sort:date")
        assert title(app) == "results · oldest first"
        await app.keys("enter", "S")
        assert title(app) == "results · by source"


async def test_an_order_written_later_wins_over_the_one_of_the_key():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "S", "1", "end")
        assert title(app) == "results · newest first"
        await app.type(" sort:source")
        assert title(app) == "results · by source"


async def test_the_order_stays_for_the_next_query_and_for_more_rows():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "S", "1", "ctrl+u")
        await app.type("ferry")
        assert title(app) == "results · newest first"
        assert paths(app) == ["ferry.txt", "bridge.txt"]


async def test_order_and_filter_both_show_on_a_small_screen():
    async with running(size=SMALL) as app:
        await app.type("bridge")
        await app.keys("enter", "2", "\\")
        await app.type("lumen")
        await app.keys("enter", "S")
        screen = app.screen_text()
        assert "within: lumen" in screen and "newest first" in screen


async def test_the_palette_has_the_order():
    async with running() as app:
        await app.type("bridge")
        await app.keys("ctrl+p")
        await app.type("newest, oldest")
        await app.keys("enter")
        await app.settle(0.2)
        assert title(app) == "results · newest first"
