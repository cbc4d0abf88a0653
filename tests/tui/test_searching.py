"""Typing, results, errors: the search box and the list beside it."""

import asyncio

import pytest
from app_driver import SMALL, running
from memory_source import ARTICLES, MemorySource

from explorer.library import BusyError
from explorer.model import ExplorerError, Progress, Report, Results
from explorer.tui.result_rows import ResultRow


def titles(app):
    return [row.passage.title for row in app.main.results.rows if isinstance(row, ResultRow)]


async def test_the_first_screen_lists_the_documents():
    async with running() as app:
        assert app.main.box.input.has_focus
        assert len(titles(app)) == 3
        assert "3 documents · 1 unread" in app.screen_text()
        assert app.source.calls == ["refresh"]


async def test_typing_searches_once_the_keys_rest():
    async with running() as app:
        app.source.searched.clear()
        await app.type("ferry")
        assert app.source.searched[-1] == ("ferry", True)
        assert len(app.source.searched) < 5
        assert sorted(titles(app)) == ["Ferry crews ask for a say", "Harbour bridge to close for repairs"]
        screen = app.screen_text()
        assert "understood as: ferry" in screen
        assert "in 2 documents" in screen


async def test_a_single_character_is_not_searched():
    async with running() as app:
        app.source.searched.clear()
        await app.type("f")
        assert app.source.searched == []
        assert len(titles(app)) == 3


async def test_the_newest_query_wins():
    async with running(MemorySource(delay=0.2)) as app:
        await app.settle()
        await app.type("ferry")
        await app.type(" union")
        await app.settle()
        assert app.main.searching.query == "ferry union"


async def test_old_results_stay_dimmed_until_the_new_ones_are_there():
    answered = asyncio.Event()

    class Held(MemorySource):
        async def search(self, query, **options):
            if query:
                await answered.wait()
            return await super().search(query, **options)

    async with running(Held()) as app:
        before = titles(app)
        await app.pilot.press(*"ferry")
        await app.until(lambda: app.main.results.stale)
        assert titles(app) == before
        answered.set()
        await app.settle()
        assert not app.main.results.stale
        assert titles(app) != before


async def test_nothing_found_never_flashes_while_typing(monkeypatch):
    monkeypatch.setattr("explorer.tui.searching.NOTHING_AFTER", 1.5)  # this machine may be busy
    async with running() as app:
        for character in "ferryx":
            await app.pilot.press(character)
            await app.pilot.pause(0.08)
            assert "Nothing found" not in app.screen_text()
        await app.settle()
        assert "Nothing found" in app.screen_text()


async def test_nothing_found_shows_the_count_of_each_term():
    async with running() as app:
        await app.type("harmony zebra")
        await app.keys("enter")
        await app.settle()
        screen = app.screen_text()
        assert "Nothing found" in screen
        assert "0  harmony" in screen


async def test_enter_searches_what_is_written_and_goes_into_the_document():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter")
        assert app.source.searched[-1] == ("bridge", False)
        assert app.main.pane.view.has_focus


async def test_up_and_down_move_the_results_while_the_focus_stays_in_the_box():
    async with running() as app:
        await app.type("bridge")
        await app.keys("down")
        assert app.main.results.cursor == 1
        assert app.main.box.input.has_focus
        assert app.main.pane.document.title == titles(app)[1]
        await app.keys("up")
        assert app.main.results.cursor == 0
        await app.keys("pagedown")
        assert app.main.results.cursor == 2


async def test_enter_keeps_the_result_chosen_while_typing():
    async with running() as app:
        await app.type("bridge")
        await app.keys("down", "enter")
        assert app.main.results.cursor == 1
        assert app.main.pane.document.title == titles(app)[1]


async def test_a_fault_in_the_query_is_shown_with_its_column():
    async with running() as app:
        await app.type("persn:quill")
        await app.settle()
        assert "column 1: unknown field persn: did you mean person:?" in app.screen_text()
        assert app.main.box.has_class("-fault")
        for _ in range(11):
            await app.pilot.press("backspace")
        await app.type("bridge")
        assert not app.main.box.has_class("-fault")


async def test_printable_keys_are_text_in_the_search_box():
    async with running() as app:
        await app.type("q?/n][<>1z.")
        assert app.main.box.input.value == "q?/n][<>1z."


async def test_more_results_come_on_scroll():
    articles = tuple((f"{n}.txt", f"Notice {n}", "", None, f"The notice number {n} stands here.") for n in range(180))
    async with running(MemorySource(articles)) as app:
        await app.type("notice")
        await app.keys("enter", "2")
        assert len(titles(app)) < 180
        for _ in range(8):
            await app.keys("G")
        assert titles(app)[-1] == "Notice 179"
        assert len(set(titles(app))) == 180


async def test_the_list_fills_while_documents_are_being_added():
    source = MemorySource(ARTICLES[:1])
    async with running(source) as app:
        assert len(titles(app)) == 1
        source.add(ARTICLES[1])
        source.unreadable *= 3
        await source.messages.put(Progress("text", 812, 4310, 120.0, 29.4, 3))
        await app.until(lambda: "indexing 812/4\u00a0310 · 120/s · 0:29 left" in app.screen_text())
        await source.messages.put(Report(2, 1, 0, 0, 1))
        await app.until(lambda: len(titles(app)) == 2)
        first = app.screen_text().splitlines()[0]
        assert "indexing" not in first and "2 documents · 3 unread" in first
        assert app.toasts() == ["1 document added"]


async def test_filling_the_list_does_not_move_the_reader():
    source = MemorySource(ARTICLES[:2])
    async with running(source) as app:
        await app.keys("tab", "4", "4", "a", "a", "down", "enter")
        view = app.main.pane.view
        place = (app.main.pane.document.number, view.focus_span)
        assert place[1] is not None
        source.add(ARTICLES[2])
        await source.messages.put(Report(3, 1, 0, 0, 2))
        await app.until(lambda: len(titles(app)) == 3)
        await app.settle(0.2)
        assert (app.main.pane.document.number, view.focus_span) == place


class BusySource(MemorySource):
    """A folder that another process indexes."""

    async def refresh(self, rebuild=False):
        self.calls.append("refresh")
        await self.messages.put(BusyError("another explorer (process 7) is indexing this folder"))


async def test_a_folder_indexed_by_another_process_is_tried_again_and_told_once():
    source = BusySource()
    async with running(source) as app:
        assert app.toasts() == []
        await app.until(lambda: len(source.calls) == 4)
        assert app.toasts() == ["another explorer (process 7) is indexing this folder"]


async def test_an_indexing_that_failed_is_told_and_can_be_started_again():
    source = MemorySource()
    async with running(source) as app:
        await source.messages.put(ExplorerError("indexing stopped; the disk is full"))
        await app.until(lambda: app.toasts() == ["indexing stopped; the disk is full"])
        await app.keys("ctrl+r")
        assert source.calls == ["refresh", "refresh"]


async def test_a_result_shows_the_words_around_its_hit():
    async with running(size=SMALL) as app:
        await app.type("held")
        assert "bridge held" in app.screen_text()
        row = app.main.results.rows[0]
        assert ("held", "hit") in [piece for line in row.lines(26) for piece in line]


async def test_where_nothing_is_found_the_last_document_is_dimmed_and_says_so():
    async with running() as app:
        await app.type("bridge")
        await app.type("x")
        assert "Nothing found" in app.screen_text()
        screen = app.screen_text()
        assert "document · not found by this search" in screen and "this document, not found" in screen
        assert app.main.pane.styles.opacity == app.main.side.styles.opacity == 0.5
        await app.keys("backspace")
        assert "not found" not in app.screen_text()
        assert app.main.pane.styles.opacity == app.main.side.styles.opacity == 1


async def test_nothing_found_is_whole_on_a_small_screen():
    async with running(size=SMALL) as app:
        await app.type("zebra")
        await app.keys("enter")
        pane = [line.split("││")[0].strip("│ ") for line in app.screen_text().splitlines()[5:-2]]
        assert "Try fewer words, OR between them, or a beginning with a star: delay*" in " ".join(pane)


async def test_nothing_found_in_a_part_of_the_files_says_that_it_is_a_part():
    source = MemorySource()
    async with running(source) as app:
        await source.messages.put(Progress("text", 1, 9))
        await app.settle(0.1)
        await app.type("glacier")
        await app.until(lambda: "Nothing found." in app.screen_text())
        assert "Not all files are read yet." in app.screen_text()
        await source.messages.put(Report(3, 0, 0, 0, 3))
        await app.until(lambda: "Not all files" not in app.screen_text())
        assert "Nothing found." in app.screen_text()


@pytest.mark.parametrize("first", ["nothing", "a fault"])
async def test_the_end_of_a_refresh_fills_a_list_that_was_empty(first):
    source = MemorySource()
    answer, ready = source.search, []

    async def search(query, **options):
        if not ready and first == "a fault":
            raise ExplorerError("the index is being repaired")
        return await answer(query, **options) if ready else Results(query, "", 0, ())

    async def refresh(rebuild=False):
        return None

    source.search, source.refresh = search, refresh
    async with running(source) as app:
        assert titles(app) == []
        ready.append(True)
        await source.messages.put(Report(3, 0, 0, 0, 3))
        await app.until(lambda: len(titles(app)) == 3, 5)
        assert not app.main.box.has_class("-fault")


async def test_filling_the_list_keeps_the_beginning_of_a_word_that_is_being_typed():
    source = MemorySource()
    async with running(source) as app:
        await app.type("ferr")
        assert len(titles(app)) == 2
        await source.messages.put(Report(3, 0, 1, 0, 2))
        await app.settle(0.2)
        assert source.searched[-1] == ("ferr", True)
        assert len(titles(app)) == 2


async def test_an_indexing_that_failed_stays_in_the_title_bar_until_the_next():
    class Stopping(MemorySource):
        async def refresh(self, rebuild=False):
            self.calls.append("refresh")

    source = Stopping()
    async with running(source, SMALL) as app:
        await source.messages.put(ExplorerError("the disk is full"))
        await app.until(lambda: "indexing stopped: ctrl+r goes on · 3 documents" in app.screen_text().splitlines()[0])
        await app.settle(1)
        assert "indexing stopped" in app.screen_text().splitlines()[0]
        await app.keys("ctrl+r")
        assert "indexing stopped" not in app.screen_text().splitlines()[0]
        await source.messages.put(Report(3, 0, 0, 0, 3, cancelled=True))
        await app.until(lambda: "indexing stopped" in app.screen_text().splitlines()[0])
        await source.messages.put(Progress("text", 1, 3))
        await app.until(lambda: "indexing 1/3" in app.screen_text().splitlines()[0])
        assert "indexing stopped" not in app.screen_text().splitlines()[0]


async def test_a_slow_search_says_so_and_escape_stops_it():
    async with running() as app:
        await app.type("bridge")
        app.source.delay = 30
        await app.pilot.press(*" union")
        await app.until(lambda: "searching… escape stops it" in app.screen_text())
        assert app.main.results.stale and len(titles(app)) == 3
        await app.pilot.press("escape")
        await app.settle()
        screen = app.screen_text()
        assert "the search was stopped · enter searches again" in screen and "escape stops it" not in screen
        assert not app.main.box.has_class("-fault")
        assert app.source.calls[-1] == "cancel search"
        assert app.main.box.input.value == "bridge union" and app.main.box.input.has_focus
        app.source.delay = 0
        app.main.searching.fill(now=True)
        await app.settle()
        assert "the search was stopped" in app.screen_text()  # nothing but the reader starts it again
        await app.keys("enter")
        assert titles(app) == ["Harbour bridge to close for repairs", "Ferry crews ask for a say"]
        assert "the search was stopped" not in app.screen_text()


async def test_a_search_that_is_quick_is_not_called_slow_and_escape_backs_out():
    async with running(MemorySource(delay=0.1)) as app:
        await app.keys("tab")
        await app.type("/")
        await app.pilot.press(*"ferry")
        await app.pilot.press("escape")
        await app.settle()
        assert app.source.calls == ["refresh"]
        assert len(titles(app)) == 2


async def test_typing_on_while_a_search_is_slow_starts_the_new_one():
    async with running() as app:
        app.source.delay = 30
        await app.pilot.press(*"bridge")
        await app.until(lambda: app.main.searching.slow)
        app.source.delay = 0
        await app.type(" union")
        assert app.main.searching.query == "bridge union" and not app.main.searching.slow
        assert "searching…" not in app.screen_text()


async def test_a_stopped_search_that_answers_with_an_error_is_no_fault():
    class Telling(MemorySource):
        async def search(self, query, **options):
            try:
                return await super().search(query, **options)
            except asyncio.CancelledError:
                raise ExplorerError("stopped") from None

    async with running(Telling()) as app:
        await app.keys(*"bridg")
        app.source.delay = 30
        await app.pilot.press("e")
        await app.until(lambda: app.main.searching.slow)
        await app.pilot.press("escape")
        await app.until(lambda: "the search was stopped · enter searches again" in app.screen_text())
        assert not app.main.box.has_class("-fault")
