import asyncio
import time

import pytest
from app_driver import screen_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from explorer.tui.document_view import GUTTER, WIDEST, DocumentView

TEXT = (
    "First line with a hit in it.\n\n"
    + "Some words that fill the row. " * 20
    + "MIDPOINT "
    + "Some words that fill the row. " * 20
    + "\n\nThe last hit stands here.\n"
)


class Host(App[None]):
    """Shows nothing but a document view."""

    CSS_PATH = "../../explorer/tui/theme.tcss"

    def compose(self):
        yield DocumentView(id="view")

    @property
    def view(self):
        return self.query_one(DocumentView)


def hits(text, word="hit"):
    found, at = [], text.find(word)
    while at >= 0:
        found.append((at, at + len(word)))
        at = text.find(word, at + 1)
    return tuple(found)


async def painted(app, pilot):
    """Waits until the text is wrapped and painted."""
    for _ in range(5):
        await pilot.pause(0.02)
        while app.view._slicing is not None:
            await pilot.pause(0.02)


async def test_the_whole_text_is_shown_in_rows():
    app = Host()
    async with app.run_test(size=(60, 60)) as pilot:
        app.view.show(TEXT, hits(TEXT))
        await painted(app, pilot)
        shown = " ".join(screen_text(app).replace("▌", " ").replace("━", " ").split())
        assert shown == " ".join(TEXT.split())


async def test_going_to_an_offset_centres_its_row():
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        app.view.show(TEXT, hits(TEXT))
        app.view.go_to(TEXT.index("MIDPOINT"))
        await painted(app, pilot)
        assert ["MIDPOINT" in line for line in screen_text(app).splitlines()].index(True) == 5


async def test_hits_are_told_apart_without_colour():
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.show(TEXT + "hit", hits(TEXT + "hit"))
        await painted(app, pilot)
        segments = [segment for line in range(3) for segment in app.view.render_line(line) if segment.text == "hit"]
        assert len(segments) == 1 and segments[0].style.reverse
        app.view.step_hit(1)
        await painted(app, pilot)
        app.view.action_top()
        await painted(app, pilot)
        segments = [segment for line in range(3) for segment in app.view.render_line(line) if segment.text == "hit"]
        assert segments[0].style.underline and segments[0].style.bold and not segments[0].style.reverse


async def test_n_goes_from_hit_to_hit_and_stops_at_the_last():
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        app.view.show(TEXT, hits(TEXT))
        await painted(app, pilot)
        assert app.view.current == 0
        assert app.view.step_hit(1)
        await painted(app, pilot)
        assert app.view.current == 1
        assert "last hit stands" in screen_text(app)
        assert not app.view.step_hit(1)
        assert app.view.step_hit(-1)


async def test_keys_as_in_less():
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        app.view.show(TEXT)
        app.view.focus()
        places = []
        for key in ("j", "k", "space", "d", "u", "b", "G", "g"):
            await pilot.press(key)
            await painted(app, pilot)
            places.append(app.view.scroll_offset.y)
        end = app.view.virtual_size.height - 10
        assert places == [1, 0, 8, 13, 8, 0, end, 0]


async def test_the_place_is_kept_when_the_width_changes():
    app = Host()
    async with app.run_test(size=(80, 10)) as pilot:
        app.view.show(TEXT)
        await painted(app, pilot)
        app.view.go_to(900, centre=False)
        await painted(app, pilot)
        before = app.view.top
        await pilot.resize_terminal(35, 10)
        await painted(app, pilot)
        assert abs(app.view.top - before) < 35


async def test_ticks_on_the_scrollbar_stand_where_the_hits_are():
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        app.view.show(TEXT, hits(TEXT))
        await painted(app, pilot)
        bar = [line.ljust(40)[-1] for line in screen_text(app).splitlines()]
        assert bar[0] == "━" and bar[9] == "━" and bar.count("━") == 2


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (20, 5)])
async def test_tiny_sizes_do_not_crash(size):
    app = Host()
    async with app.run_test(size=size) as pilot:
        app.view.show(TEXT, hits(TEXT))
        app.view.go_to(500)
        await painted(app, pilot)
        screen_text(app)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.data())
def test_a_selection_gives_back_the_text_without_the_wrapping(text, data):
    async def check():
        app = Host()
        async with app.run_test(size=(20, 10)) as pilot:
            app.view.show(text)
            await pilot.pause()
            view = app.view
            assert view.get_selection(SELECT_ALL)[0] == text
            ends = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
            places = []
            for offset in ends:
                row = max(i for i, start in enumerate(view._rows) if start <= offset)
                places.append(Offset(offset - view._rows[row], row))
            assert view.get_selection(Selection(*places))[0] == text[ends[0] : ends[1]]

    asyncio.run(check())


async def test_dragging_the_mouse_selects_text():
    app = Host()
    async with app.run_test(size=(60, 20)) as pilot:
        app.view.show(TEXT)
        await painted(app, pilot)
        await pilot.mouse_down(app.view, offset=(GUTTER + 6, 0))
        await pilot.hover(app.view, offset=(GUTTER + 10, 0))
        await pilot.mouse_up(app.view, offset=(GUTTER + 10, 0))
        await painted(app, pilot)
        assert app.screen.get_selected_text().startswith("line")


async def test_text_is_not_wider_than_is_good_to_read():
    app = Host()
    async with app.run_test(size=(200, 10)) as pilot:
        app.view.show(TEXT)
        await painted(app, pilot)
        assert max(len(line) for line in screen_text(app).splitlines()) <= WIDEST + GUTTER


async def test_five_megabytes_open_within_a_second_and_never_block_the_loop():
    text = ("The council met for hours and nobody could say what the café was for. " * 9 + "\n\n") * 7800
    assert len(text) > 4_900_000
    app = Host()
    async with app.run_test(size=(100, 40)) as pilot:
        await painted(app, pilot)
        marks = hits(text, "café")
        longest, done = 0.0, asyncio.Event()

        async def beat():
            nonlocal longest
            while not done.is_set():
                before = time.process_time()
                await asyncio.sleep(0.001)
                longest = max(longest, time.process_time() - before)

        beating = asyncio.create_task(beat())
        await asyncio.sleep(0.01)
        started = time.process_time()
        app.view.show(text, marks)
        app.view.go_to(len(text) - 100)
        while app.view.top < len(text) - 20_000:
            assert time.process_time() - started < 1.0
            await asyncio.sleep(0.005)
        done.set()
        await beating
        assert longest < 0.2
        started = time.process_time()
        for _ in range(20):
            app.view.action_rows(-1)
            await pilot.pause()
        assert (time.process_time() - started) / 20 < 0.05
