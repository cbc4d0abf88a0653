"""Filtering within the results."""

from app_driver import SMALL, running

from explorer.tui.result_rows import ResultRow


def titles(app):
    return [row.passage.title for row in app.main.results.rows if isinstance(row, ResultRow)]


async def filtered(app, text):
    await app.type("bridge")
    await app.keys("enter", "2", "\\")
    await app.type(text)


async def test_the_filter_narrows_as_one_types():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "2")
        assert len(titles(app)) == 3
        await app.keys("\\")
        assert app.main.results_pane.filter.has_focus
        await app.type("pil")
        assert titles(app) == ["Storm damages the pier"]
        assert "results · within: pil" in app.screen_text()
        assert app.main.box.input.value == "bridge"


async def test_enter_keeps_the_filter_and_goes_to_the_list():
    async with running() as app:
        await filtered(app, "pillars")
        await app.keys("enter")
        assert app.main.results.has_focus and not app.main.results_pane.filter.display
        assert titles(app) == ["Storm damages the pier"]
        await app.keys("\\")
        assert app.main.results_pane.filter.value == "pillars"


async def test_escape_takes_the_filter_away_from_the_line_and_from_the_list():
    async with running() as app:
        await filtered(app, "pillars")
        await app.keys("escape")
        assert app.main.results.has_focus and len(titles(app)) == 3
        assert "within" not in app.screen_text()
        await app.keys("\\")
        await app.type("pillars")
        await app.keys("enter")
        assert len(titles(app)) == 1
        await app.keys("escape")
        assert app.main.results.has_focus and len(titles(app)) == 3


async def test_q_takes_the_filter_away_before_it_quits():
    async with running() as app:
        await filtered(app, "pillars")
        await app.keys("enter", "q")
        assert len(titles(app)) == 3 and not app.source.closed


async def test_hits_of_the_filter_are_marked_in_rows_and_document():
    async with running() as app:
        await filtered(app, "storm")
        await app.keys("enter", "enter")
        text = app.main.pane.view.text
        assert {text[start:end].casefold() for start, end in app.main.pane.view.hits} == {"bridge", "storm"}


async def test_the_filter_stays_for_another_query_and_is_said():
    async with running(size=SMALL) as app:
        await filtered(app, "lumen")
        await app.keys("enter", "1", "ctrl+u")
        await app.type("ferry")
        assert app.main.searching.question == ("ferry", True, "lumen ")
        assert "within: lumen" in app.screen_text()


async def test_nothing_within_says_how_to_take_the_filter_away():
    async with running() as app:
        await filtered(app, "zebra")
        screen = app.screen_text()
        assert "Nothing found within" in screen
        assert "escape takes the filter" in screen


async def test_a_fault_in_the_filter_is_shown_beside_it_and_the_query_has_none():
    async with running() as app:
        await filtered(app, "persn:x")
        await app.settle()
        assert app.main.results_pane.border_subtitle == "column 1: unknown field persn: did you mean person:?"
        assert not app.main.box.has_class("-fault")
        await app.keys("f2")
        assert app.main.box.input.value == "bridge"
        await app.keys("escape")
        assert not app.main.results_pane.has_class("-fault") and len(titles(app)) == 3


async def test_going_back_brings_the_filter_back():
    async with running() as app:
        await filtered(app, "pillars")
        await app.keys("enter", "4", "enter", "2", "escape")
        assert app.main.searching.question == ('bridge person:"Ada Quill"', False, "")
        await app.keys("backspace")
        assert app.main.searching.question == ("bridge", False, "pillars ")
        assert titles(app) == ["Storm damages the pier"]


async def test_the_filter_is_kept_in_the_session():
    async with running() as app:
        await filtered(app, "pillars")
        await app.keys("enter", "enter")
        await app.main.leave()
        kept = app.source.session
    assert kept["within"] == "pillars "
    source = type(app.source)()
    source.session = kept
    async with running(source) as app:
        assert app.main.searching.question == ("bridge", False, "pillars ")
        assert titles(app) == ["Storm damages the pier"]
        assert "within: pillars" in app.screen_text()


async def test_typing_a_filter_does_not_move_the_rows():
    async with running(size=SMALL) as app:
        await app.type("bridge")
        await app.keys("enter", "2")
        before = [line[:28] for line in app.screen_text().splitlines()[5:15]]
        await app.keys("\\")
        assert [line[:28] for line in app.screen_text().splitlines()[5:15]] == before


async def test_the_filter_is_in_the_footer_of_the_results():
    async with running() as app:
        await app.keys("tab")
        assert "\\ filter" in app.screen_text().splitlines()[-1]
