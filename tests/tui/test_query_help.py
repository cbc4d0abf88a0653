"""How to write a query, from inside the app; and a paste of several lines into the search box."""

import pytest
from app_driver import SMALL, WIDE, running
from textual.containers import VerticalScroll
from textual.events import Paste

from explorer.index.query.guide import GUIDE
from explorer.tui.dialogs import GuideDialog, GuideTable, HelpDialog
from explorer.tui.search_box import in_one_line


async def read_through(app) -> str:
    """All that a dialog shows, page by page, by its keys."""
    shown = [app.screen_text()]
    panel = app.app.screen.query_one(VerticalScroll)
    while panel.scroll_y < panel.max_scroll_y:
        before = panel.scroll_y
        await app.keys("pagedown")
        await app.until(lambda before=before: panel.scroll_y > before)
        await app.settle(0.3)
        shown.append(app.screen_text())
    return "\n".join(shown)


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "140x40"])
async def test_help_from_the_search_box_ends_with_every_example_of_the_guide(size):
    async with running(size=size) as app:
        await app.keys("f1")
        assert isinstance(app.app.screen, HelpDialog)
        first = app.screen_text()
        assert "In the search box" in first
        assert "page down: how to write a query" in first
        shown = await read_through(app)
        examples = [example for group in GUIDE for row in group.rows for example in (*row.write, *row.also)]
        assert [example for example in examples if example not in shown] == []
        assert [group.heading for group in GUIDE if group.heading not in shown] == []
        await app.keys("escape")
        assert app.app.screen is app.main
        assert app.main.box.input.has_focus


async def test_help_from_elsewhere_has_keys_only():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "f1")
        assert isinstance(app.app.screen, HelpDialog)
        assert not app.app.screen.query(GuideTable)


@pytest.mark.parametrize("keys", [(), ("2",), ("2", "T")], ids=["search box", "results", "term report"])
async def test_the_palette_opens_the_guide_from_anywhere(keys):
    async with running(size=SMALL) as app:
        if keys:
            await app.type("bridge")
            await app.keys("enter", *keys)
        await app.keys("ctrl+p")
        await app.type("write a query")
        await app.settle(0.5)
        await app.keys("enter")
        await app.until(lambda: isinstance(app.app.screen, GuideDialog))
        await app.settle(0.1)
        assert "tax delay · tax OR delay" in app.screen_text()


async def test_the_guide_holds_its_columns_in_a_narrow_terminal():
    async with running(size=SMALL) as app:
        await app.app.run_action("app.query_guide")
        await app.settle(0.1)
        shown = await read_through(app)
        assert f'{"several conditions on":24}  quote:{{by:doe said:"tax cut" cue:denied}}' in shown
        assert f"{'near, in either order':24}  minister w/8 delay" in shown
        assert f"{'':24}  also minister NEAR/8 delay" in shown


async def test_the_top_line_names_the_key_that_works_in_the_search_box_too():
    async with running() as app:
        assert app.screen_text().splitlines()[0].endswith("f1 help")
        await app.keys("?")
        assert app.main.box.input.value == "?"
        await app.keys("f1")
        assert isinstance(app.app.screen, HelpDialog)


async def test_a_paste_of_several_lines_is_one_line_and_all_of_it():
    async with running() as app:
        await app.type("old ferry")
        app.main.box.input.selection = type(app.main.box.input.selection)(0, 3)  # "old"
        app.main.box.input.post_message(Paste("harbour\r\n\r\n  bridge\nrepairs\n"))
        await app.settle(0.5)
        assert app.main.box.input.value == "harbour bridge repairs ferry"
        assert app.source.searched[-1][0] == "harbour bridge repairs ferry"


async def test_a_paste_of_what_was_copied_in_the_app_is_one_line_too():
    async with running() as app:
        app.app.copy_to_clipboard("harbour\nbridge")
        await app.keys("ctrl+v")
        assert app.main.box.input.value == "harbour bridge"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a  b ", "a  b "),
        ("a\n", "a"),
        ("a \u2028", "a "),
        ("\n\n", ""),
        ("a\u2028b\x0bc", "a b c"),
        ("", ""),
        (" a \n b ", "a b"),
    ],
)
def test_in_one_line(text, line):
    assert in_one_line(text) == line
