"""The search term report's screen."""

import asyncio
import json
import os
from pathlib import Path

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource
from test_hostile import EVIL, check

from explorer.model import ExplorerError, TermCount
from explorer.tui.term_rows import WIDTHS, Order, TermRow, ordered
from explorer.tui.terms_screen import TermsScreen

QUERIES = "# ferries\nbridge\n\nferry crews\npersn:x\nrain\n"
COUNTS = (TermCount("b", 3, 9, 0), TermCount("x:", 0, 0, 0, "no field x"), TermCount("A", 20, 5, 1), TermCount("c", 3, 4, 0))


@pytest.fixture
def queries(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "queries.txt").write_text(QUERIES)
    return tmp_path / "queries.txt"


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        (Order(), "b x: A c"),
        (Order("query"), "A b c x:"),
        (Order("query", True), "c b A x:"),
        (Order("documents", True), "A b c x:"),
        (Order("documents"), "b c A x:"),
        (Order("hits", True), "b A c x:"),
        (Order("only", True), "A b c x:"),
    ],
)
def test_orders(order, wanted):
    assert [count.query for count in ordered(COUNTS, order)] == wanted.split()


def test_a_row_has_its_counts_in_columns_and_what_is_wrong_below():
    lines = ["".join(piece for piece, _ in line) for line in TermRow(COUNTS[2]).lines(60)]
    assert lines == [" A" + " " * (60 - 2 - sum(WIDTHS.values())) + f"{20:>14}{5:>11}{1:>10}"]
    row = TermRow(TermCount("x" * 90, 0, 0, 0, "no field of this name; did you mean something else entirely?"))
    lines = ["".join(piece for piece, _ in line) for line in row.lines(50)]
    assert len(lines) == row.height(50) == 3
    assert lines[0].endswith("–         –") and "0" not in lines[0] and len(lines[0]) == 50
    assert " ".join(" ".join(lines[1:]).split()) == row.count.error


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_from_a_list_to_a_query_and_back(queries, size):
    async with running(size=size) as app:
        await app.type("storm")
        await app.keys("enter", "T")
        assert "one query a line" in app.screen_text()
        await app.type("quer")
        await app.keys("tab", "enter")
        screen = app.screen_text()
        assert "queries.txt · 4 queries · 1 cannot be read · counted" in screen
        lines = [line.strip("│▌ ").split() for line in screen.splitlines()]
        assert ["bridge", "3", "4", "0"] in lines
        assert ["persn:x", "–", "–", "–"] in lines
        assert "unknown field persn: did you mean person:?" in screen
        await app.keys("down", "enter")
        assert app.main.box.input.value == "ferry crews"
        assert app.source.searched[-1] == ("ferry crews", False)
        await app.keys("T")
        assert isinstance(app.app.screen, TermsScreen)
        assert app.app.screen.rows.chosen.count.query == "ferry crews"
        await app.keys("escape", "backspace")
        assert app.main.box.input.value == "storm"


async def test_an_empty_line_takes_the_saved_queries():
    source = MemorySource()
    async with running(source) as app:
        await app.keys("tab", "T", "enter")
        assert "no queries are kept yet" in app.screen_text()
        source.saved = {"ferries": "ferry crews", "one": "bridge"}
        await app.keys("enter")
        assert "saved queries · 2 queries · counted" in app.screen_text()
        assert [row.count.query for row in app.app.screen.rows.rows] == ["ferry crews", "bridge"]


async def test_sorting_by_keys_and_by_a_click(queries):
    async with running() as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.keys("enter")
        shown = lambda: [row.count.query for row in app.app.screen.rows.rows]  # noqa: E731
        assert shown() == ["bridge", "ferry crews", "persn:x", "rain"]
        await app.keys("3")
        assert shown() == ["rain", "ferry crews", "bridge", "persn:x"]
        assert "3 hits ↓" in app.screen_text()
        await app.keys("3")
        assert shown() == ["bridge", "ferry crews", "rain", "persn:x"]
        assert "3 hits ↑" in app.screen_text()
        await app.keys("1")
        assert shown() == ["bridge", "ferry crews", "rain", "persn:x"]
        await app.keys("0")
        assert shown() == ["bridge", "ferry crews", "persn:x", "rain"]
        line = next(y for y, text in enumerate(app.screen_text().splitlines()) if "2 documents" in text)
        column = app.screen_text().splitlines()[line].index("2 documents")
        await app.pilot.click(offset=(column + 3, line))
        await app.settle()
        assert app.app.screen.report.order == Order("documents", True)


async def test_export_by_the_ending(queries):
    async with running() as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.keys("enter", "2", "e")
        assert "terms.csv" in app.screen_text()
        await app.keys("enter")
        assert Path("terms.csv").read_text().splitlines()[:2] == ["query,documents,hits,only,error", "bridge,3,4,0,"]
        assert "written" in app.toasts()[-1]
        await app.keys("e")
        assert "terms-2.csv" in app.screen_text()
        await app.keys("ctrl+u")
        await app.type("report.json")
        await app.keys("enter")
        assert json.loads(Path("report.json").read_text())["terms"][0] == {
            "query": "bridge",
            "documents": 3,
            "hits": 4,
            "only": 0,
        }
        assert isinstance(app.app.screen, TermsScreen)


async def test_an_export_that_is_refused_is_asked_again(queries, tmp_path):
    class Inside(MemorySource):
        async def status(self):
            from dataclasses import replace

            return replace(await super().status(), folder=str(tmp_path))

    async with running(Inside()) as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.keys("enter", "e", "ctrl+u")
        await app.type("terms.csv")
        await app.keys("enter")
        assert "inside the folder explored" in " ".join(app.screen_text().split())
        await app.keys("ctrl+u")
        await app.type("terms.doc")
        await app.keys("enter")
        assert "does not end in .csv, .md or .json" in " ".join(app.screen_text().split())
        assert sorted(path.name for path in tmp_path.iterdir()) == ["queries.txt"]
        await app.keys("escape")
        assert isinstance(app.app.screen, TermsScreen)


@pytest.mark.parametrize("name", ["none.txt", ".", "empty.txt", "pipe", "~nobody-has-this-name/x"])
async def test_a_list_that_cannot_be_read_is_one_line(queries, name):
    Path("empty.txt").touch()
    os.mkfifo("pipe")
    async with running() as app:
        await app.keys("tab", "T")
        await app.type(name)
        await app.keys("enter")
        assert f"the list {name}" in app.screen_text()
        assert app.app.screen.path.has_focus


class SlowTerms(MemorySource):
    """Counts until it is told to go on; notes when nobody waits any more."""

    def __init__(self):
        super().__init__()
        self.go_on = asyncio.Event()
        self.stopped = 0

    async def terms(self, queries):
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return await super().terms(queries)


async def test_escape_stops_the_counting_and_stays(queries):
    source = SlowTerms()
    async with running(source) as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.pilot.press("enter")
        await app.until(lambda: "Counting what 4 queries find" in app.screen_text())
        await app.pilot.press("3", "e", "enter")
        await app.until(lambda: "counting · 1 s" in app.screen_text())
        await app.pilot.press("escape")
        await app.until(lambda: source.stopped == 1)
        await app.settle()
        assert "stopped" in app.screen_text() and app.app.screen.path.has_focus
        source.go_on.set()
        await app.keys("enter")
        assert "4 queries" in app.screen_text()
        await app.keys("r")
        assert "4 queries" in app.screen_text()
        await app.keys("escape")
        assert app.app.screen is app.main


async def test_leaving_while_counting_stops_it(queries):
    source = SlowTerms()
    async with running(source) as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.pilot.press("enter")
        await app.until(lambda: "Counting" in app.screen_text())
        await app.pilot.press("escape", "escape")
        await app.until(lambda: app.app.screen is app.main and source.stopped == 1)


async def test_a_report_that_failed_keeps_the_one_before(queries):
    source = MemorySource()
    async with running(source) as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.keys("enter")

        async def fails(queries):
            raise ExplorerError("the search process ended")

        source.terms = fails
        await app.keys("r")
        assert "the search process ended" in app.screen_text()
        assert "4 queries" in app.screen_text()


async def test_exporting_where_the_folder_does_not_answer_is_one_line(queries):
    source = MemorySource()
    async with running(source) as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.keys("enter")

        async def fails():
            raise ExplorerError("the search process ended")

        source.status = fails
        await app.keys("e")
        assert "the search process ended" in app.screen_text()


class HostileTerms(MemorySource):
    async def terms(self, queries):
        return (TermCount(EVIL, 1, 2, 3), TermCount(EVIL, 0, 0, 0, EVIL))


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_queries_are_shown_literally(queries, size):
    async with running(HostileTerms(), size=size) as app:
        await app.keys("tab", "T")
        await app.type("queries.txt")
        await app.keys("enter")
        assert "[/b][@click=app" in check(app)
        await app.keys("?")
        assert "sort by documents" in check(app)
