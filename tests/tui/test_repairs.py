"""Queries with a fault, and queries that find nothing: what was probably meant is one key away, and never asked by itself."""

from app_driver import SMALL, running

from explorer.tui.repair_rows import RepairRow


def repairs(app):
    return [row.repair.query for row in app.main.results.rows if isinstance(row, RepairRow)]


async def test_a_fault_says_its_column_and_its_repair_and_f2_asks_it():
    async with running(size=SMALL) as app:
        await app.type("bridge persn:quill")
        await app.settle()
        line = app.screen_text().splitlines()[3]
        assert "column 8: unknown field persn" in line
        assert "f2: bridge person:quill" in line
        assert "f2 repair" in app.screen_text().splitlines()[-1]
        assert app.main.box.input.value == "bridge persn:quill"
        await app.keys("f2")
        assert app.main.box.input.value == "bridge person:quill"
        assert app.source.searched[-1] == ("bridge person:quill", False)
        assert not app.main.box.has_class("-fault")
        assert "f2" not in app.screen_text().splitlines()[-1]


async def test_nothing_found_offers_repairs_as_rows():
    async with running(size=SMALL) as app:
        await app.type("bridge zebra")
        await app.keys("enter")
        screen = app.screen_text()
        for words in ("Nothing found.", "3  bridge", "0  zebra", "without zebra"):
            assert words in screen
        assert repairs(app) == ["bridge"]
        assert app.main.box.input.value == "bridge zebra"
        await app.keys("tab", "enter")
        assert app.main.box.input.value == "bridge"
        assert app.main.searching.results.total == 3


async def test_f2_asks_the_repair_under_the_cursor():
    async with running() as app:
        await app.type("bridge zebra")
        await app.keys("f2")
        assert app.main.searching.query == "bridge"
        assert app.main.box.input.has_focus


async def test_repairs_come_while_one_types_once_nothing_is_found_for_long():
    async with running() as app:
        await app.type("bridge zebra")
        assert repairs(app) == ["bridge"]
        assert app.source.searched[-2:] == [("bridge zebra", True), ("bridge zebra", False)]
        await app.type("s")
        assert repairs(app) == ["bridge"] and app.main.searching.question.typing


async def test_a_repair_can_be_gone_back_from():
    async with running() as app:
        await app.type("bridge zebra")
        await app.keys("f2", "tab", "enter", "backspace")
        assert app.main.box.input.value == "bridge zebra"


async def test_with_nothing_to_repair_f2_says_so():
    async with running() as app:
        await app.type("bridge")
        await app.keys("f2")
        assert app.toasts() == ["nothing to repair here"]
        assert app.main.box.input.value == "bridge"


async def test_where_there_are_no_repairs_there_is_advice():
    async with running() as app:
        await app.type("zebra")
        await app.keys("enter")
        assert repairs(app) == []
        assert "Try fewer words" in app.screen_text()
        await app.keys("tab", "enter", "down", "right", "]", "n", "y")
        assert "Nothing found." in app.screen_text()
