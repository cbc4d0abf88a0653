"""Other passages and copies of a result: counted on its row, opened below it."""

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource

from explorer.model import Passage
from explorer.tui.result_rows import CopyRow, OtherRow, ResultRow, copies_said

TEXT = "The ferry left at nine.\n\nIts crew waited.\n\nNobody saw the ferry again, and no other ferry.\n"
STORIES = (
    ("a.txt", "Ferry lost", "The Post", "2024-01-02", TEXT),
    ("b.txt", "Ferry lost", "Lumen Daily", "2024-01-03", TEXT),
    ("c.txt", "Ferry lost", "The Herald", "2024-01-04", TEXT + "\nOne more ferry was lost.\n"),
    ("d.txt", "Crew found", "The Post", "2024-01-05", "The crew of the ferry was found."),
)


def kinds(app):
    return [type(row) for row in app.main.results.rows]


async def at_the_results(app):
    await app.type("ferry")
    await app.keys("enter", "2")


@pytest.mark.parametrize(("size", "more"), [(SMALL, "+1 →"), (WIDE, "+1 more →")])
async def test_a_row_counts_its_other_passages_and_its_copies(size, more):
    async with running(MemorySource(STORIES), size=size) as app:
        await at_the_results(app)
        screen = app.screen_text()
        assert kinds(app) == [ResultRow, ResultRow]
        assert more in screen and "2 copies, 1 differs" in screen
        assert "4 documents (2 copies folded)" in screen


async def test_right_opens_passages_and_copies_and_left_closes_them():
    async with running(MemorySource(STORIES)) as app:
        await at_the_results(app)
        await app.keys("right")
        assert kinds(app) == [ResultRow, OtherRow, CopyRow, CopyRow, ResultRow]
        assert app.main.results.cursor == 0
        screen = app.screen_text()
        assert "The ferry left at nine." in screen
        assert "copy  2024-01-03 · Lumen Daily" in screen and "differs  2024-01-04 · The He" in screen
        await app.keys("left")
        assert kinds(app) == [ResultRow, ResultRow]


async def test_letters_do_the_same_and_left_within_goes_to_the_result():
    async with running(MemorySource(STORIES)) as app:
        await at_the_results(app)
        await app.keys("l", "l", "j")
        assert app.main.results.cursor == 2
        await app.keys("h")
        assert app.main.results.cursor == 0 and kinds(app) == [ResultRow, ResultRow]


async def test_enter_on_a_passage_opens_the_document_there():
    async with running(MemorySource(STORIES)) as app:
        await at_the_results(app)
        assert app.main.pane.document.path == "a.txt"
        await app.keys("right", "down", "enter")
        view = app.main.pane.view
        assert view.has_focus and app.main.pane.document.path == "a.txt"
        assert view.hits[view.current][0] == TEXT.index("ferry")


async def test_enter_on_a_copy_opens_the_copy():
    async with running(MemorySource(STORIES)) as app:
        await at_the_results(app)
        await app.keys("right", "down", "down", "down", "enter")
        assert app.main.pane.document.path == "c.txt"
        await app.keys("2", "y")
        assert "The Herald" in app.app.clipboard


async def test_a_row_with_nothing_else_says_so():
    async with running(MemorySource(STORIES)) as app:
        await at_the_results(app)
        await app.keys("down", "right")
        assert app.toasts() == ["no other passages of it, and no copies"]
        assert kinds(app) == [ResultRow, ResultRow]


async def test_what_is_open_stays_open_while_the_list_is_filled_and_closes_with_another_query():
    async with running(MemorySource(STORIES)) as app:
        await at_the_results(app)
        await app.keys("right", "down", "down")
        app.source.add(("e.txt", "Zeppelin", "The Post", "2024-01-06", "A ferry of the air."))
        app.main.searching.fill(now=True)
        await app.settle()
        assert app.main.results.cursor == 2
        assert kinds(app) == [ResultRow, OtherRow, CopyRow, CopyRow, ResultRow], (
            "nothing moves under a reader who is down the list"
        )
        await app.keys("up", "up")
        assert kinds(app) == [ResultRow, OtherRow, CopyRow, CopyRow, ResultRow, ResultRow]
        await app.keys("1")
        await app.type(" nine")
        assert OtherRow not in kinds(app)


async def test_more_results_come_below_what_is_open():
    stories = tuple((f"{n}.txt", f"Notice {n}", "", None, "A ferry.\n\nThe rest.\n\nOne more ferry.\n") for n in range(70))
    async with running(MemorySource(stories)) as app:
        await at_the_results(app)
        await app.keys("right", "G", "G", "G")
        assert sum(kind is ResultRow for kind in kinds(app)) == 70
        assert kinds(app)[1] is OtherRow
        await app.keys("g", "left", "G")
        assert kinds(app) == [ResultRow] * 70
        assert app.main.results.chosen.passage.title == "Notice 69"


@pytest.mark.parametrize(
    ("copies", "differ", "said"),
    [
        (1, 0, "1 copy"),
        (1, 1, "1 copy, which differs"),
        (4, 2, "4 copies, 2 differ"),
        (4, 1, "4 copies, 1 differs"),
        (1200, 0, "1\u00a0200 copies"),
    ],
)
def test_copies_in_words(copies, differ, said):
    assert copies_said(Passage(1, "", "", "", None, 0, 0, "", (), (), 0.0, copies=copies, differ=differ)) == said
