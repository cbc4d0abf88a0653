"""Text of documents is shown literally: no markup and no escape sequence in it is ever obeyed."""

import re
from dataclasses import replace

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource

from explorer.model import Completion, Entity, FoundQuote, Note, Quote, Repair, Speaker

MARKUP = "[/b][@click=app.quit]x[/]"
ESCAPES = "a\x1b[31mb\x1b]0;pwned\x07c\x9b2Jd\u202ee\x1b]52;c;cHduZWQ=\x07"
EVIL = MARKUP + ESCAPES
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ARTICLE = ("evil" + EVIL + ".txt", EVIL, EVIL, EVIL, f"bridge {EVIL}\n\n“{EVIL} bridge,” Quill said.\n")


class HostileSource(MemorySource):
    """Hostile in every field there is."""

    def __init__(self) -> None:
        super().__init__((ARTICLE, ARTICLE, (*ARTICLE[:4], ARTICLE[4] * 2)))
        self.unreadable = (Note(EVIL, EVIL, "", EVIL),)

    async def search(self, query, **options):
        results = await super().search(query, **options)
        nothing = {"counts": ((EVIL, 3),), "repairs": (Repair(EVIL, EVIL, 2),)} if not results.passages else {}
        return replace(results, understood=EVIL, notes=(EVIL,), **nothing)

    async def complete(self, text, cursor):
        return (Completion(0, cursor, EVIL, EVIL, 2),) if text.endswith(":") else ()

    async def entities(self, query, document, within=""):
        return tuple(Entity(EVIL, kind, ((EVIL, 2), (MARKUP, 1)), 1, 3) for kind in ("PERSON", "ORG", "PLACE", "DATE"))

    async def quotes(self, query, document, within=""):
        quote = Quote(10, 60, EVIL, ((10, 60),), "direct", Speaker(0, 6, EVIL, EVIL + "!", EVIL), None, (), EVIL, via=EVIL)
        return tuple(FoundQuote(quote, 1, EVIL, EVIL, EVIL, EVIL) for _ in range(3))


def literal(screen):
    """The screen without blanks and line ends, so that wrapped text is found."""
    return "".join(screen.split())


def check(app):
    screen = app.screen_text()
    assert not CONTROL.search(screen.replace("\n", "")), ascii(CONTROL.search(screen.replace("\n", "")))
    assert app.app.is_running
    return screen


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_every_pane_shows_it_literally(size):
    async with running(HostileSource(), size=size) as app:
        await app.type("bridge")
        screen = check(app)
        assert "[/b][@click=app" in screen
        assert "␛[31mb" in literal(screen)
        await app.keys("enter")
        check(app)
        for keys in (("4",), ("a",), ("4",), ("a",), ("w",)):
            await app.keys(*keys)
            assert "[/b][@click=" in check(app)


async def test_each_line_keeps_to_its_width():
    async with running(HostileSource(), size=SMALL) as app:
        await app.type("bridge")
        lines = app.screen_text().splitlines()
        columns = {i for line in lines[5:20] for i, character in enumerate(line) if character == "│"}
        assert columns == {0, 27, 28, 79}


@pytest.mark.parametrize(
    "text",
    [
        "zalgo " + "z\u0301\u0302\u0303" * 30,
        "中文字符" * 30,
        "\U0001f469\u200d\U0001f467\ufe0f" * 30,
        "tab\tand\u200bzero\u00adwidth " * 9,
    ],
)
async def test_borders_stay_in_their_columns_beside_odd_widths(text):
    async with running(MemorySource((("odd.txt", text, text, None, f"bridge {text}"),)), size=SMALL) as app:
        await app.type("bridge")
        strips = app.app.screen._compositor.render_strips()
        assert all(strip.cell_length == 80 for strip in strips)


async def test_toasts_show_it_literally():
    async with running(HostileSource(), toasts=True) as app:
        await app.type("bridge")
        await app.keys("enter", "4", "y")
        await app.settle(0.2)
        assert "copied the name: [/b][@click=app.quit]x[/]" in check(app)


async def test_dialogs_show_it_literally():
    async with running(HostileSource()) as app:
        await app.keys("tab", "x")
        panel = check(app).split("Could not be read")[1]
        assert "[/b][@click=app.quit]" in panel
        await app.keys("enter")
        assert "[/b][@click=app.quit]" in check(app).split("helps  ")[1]
        await app.keys("escape", "y", "\\")
        await app.type(MARKUP[:6])
        assert "[/b][@click" in check(app)


async def test_a_hostile_query_and_fault_are_literal():
    async with running(HostileSource()) as app:
        await app.pilot.press(*(character for character in "persn:[/b][x"))
        await app.settle(0.5)
        assert "[/b][x" in check(app)
        await app.keys("enter")
        check(app)


async def test_completions_repairs_filter_and_copies_are_literal():
    async with running(HostileSource()) as app:
        await app.type("by:")
        await app.until(lambda: app.main.completions.open)
        assert "[/b][@click=app" in "".join(check(app).splitlines()[4:7])
        await app.keys("tab", "f2")
        assert "Nothing found" in check(app) and app.main.results.chosen.repair.label == EVIL
        await app.keys("ctrl+u", *"bridge", "escape", "enter", "2", "right", "\\")
        assert sum("copy  [/b]" in line or "differs  [/b]" in line for line in check(app).splitlines()) == 2
        await app.type(MARKUP + "\u202e")
        check(app)


async def test_a_hostile_entity_becomes_one_quoted_condition():
    async with running(HostileSource()) as app:
        await app.type("bridge")
        await app.keys("enter", "4", "enter")
        check(app)
        assert app.main.box.input.value.startswith('bridge person:"[/b]')


async def test_a_hostile_folder_name():
    async with running(HostileSource()) as app:
        app.main.title_bar.folder = EVIL
        app.main.title_bar.compose_line()
        await app.settle()
        assert "[/b][@click=app.quit]" in check(app)


async def test_the_second_net_cleans_what_slips_through():
    from rich.segment import Segment
    from textual.color import Color

    from explorer.tui.app import CleanFilter

    cleaned = CleanFilter().apply([Segment("a\x1b[31m"), Segment("plain"), Segment("\u202eb")], Color(0, 0, 0))
    assert [segment.text for segment in cleaned] == ["a␛[31m", "plain", "⸱b"]


async def test_clicking_a_literal_link_does_nothing():
    async with running(HostileSource()) as app:
        await app.type("bridge")
        for x in range(2, 36, 3):
            await app.pilot.click(app.main.results, offset=(x, 1))
        check(app)
        assert not app.source.closed
