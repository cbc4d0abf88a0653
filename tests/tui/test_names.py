"""Names of different documents joined and parted by keys; quotes that are not sure, dimmed and hidden."""

from dataclasses import replace

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource

from explorer.model import Entity, FoundQuote, Mention, Speaker
from explorer.tui.names_dialog import NamesDialog
from explorer.tui.side_rows import EntityRow, HeadRow, QuoteRow, quote_rows
from explorer.tui.why import why

KEY = ("PERSON", "Tom Vale")


async def to_entities(app):
    await app.type("bridge")
    await app.keys("tab", "4", "a", "a")


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_name_is_joined_parted_and_brought_back(size):
    async with running(size=size) as app:
        await to_entities(app)
        assert app.main.side.entity.name == "Ada Quill"
        await app.keys("vertical_line")
        assert isinstance(app.app.screen, NamesDialog) and "No name of another document" in app.screen_text()
        await app.keys("plus")
        await app.type("Tom")
        await app.keys("tab", "enter")
        assert app.source.decided == {KEY: "Ada Quill"} and "you joined them" in app.screen_text()
        await app.keys("escape")
        names = [row.entity.name for row in app.main.side.showing.rows if isinstance(row, EntityRow)]
        assert "Ada Quill" in names and "Tom Vale" not in names
        await app.keys("vertical_line", "d")
        assert app.source.decided == {KEY: ""}
        await app.keys("U")
        assert app.source.decided == {KEY: "Ada Quill"} and "Tom Vale" in app.screen_text()


async def test_a_name_that_is_nobodys_is_refused_in_words():
    async with running() as app:
        await to_entities(app)
        await app.keys("vertical_line", "plus")
        await app.type("Nobody")
        await app.keys("enter")
        assert "no document names “Nobody” so" in app.screen_text()
        await app.keys("escape", "escape")
        assert app.source.decided == {}


class Unsure(MemorySource):
    """Is sure of its first quote only."""

    async def quotes(self, query, document, within=""):
        found = await super().quotes(query, document, within)
        return tuple(replace(one, quote=replace(one.quote, confidence=0.3 if at else 0.9)) for at, one in enumerate(found))


async def test_unsure_quotes_are_said_to_be_and_hidden_by_a_key():
    async with running(Unsure()) as app:
        await to_entities(app)
        await app.keys("right")
        every = [row for row in app.main.side.showing.rows if isinstance(row, QuoteRow)]
        assert len(every) > 1 and "unsure" in app.screen_text()
        await app.keys("h")
        shown = [row for row in app.main.side.showing.rows if isinstance(row, QuoteRow)]
        assert len(shown) == 1 and "hidden as unsure" in app.screen_text()
        await app.keys("h")
        assert len([row for row in app.main.side.showing.rows if isinstance(row, QuoteRow)]) == len(every)


async def test_unsure_quotes_have_the_dim_style_and_are_counted_when_hidden():
    found = await Unsure().quotes(None, None)
    rows = quote_rows(found, False, sure_only=True)
    assert [row.count for row in rows if isinstance(row, HeadRow)][-1] == len(found) - 1
    roles = {one.quote.confidence: QuoteRow(one, False).lines(40)[0][1][1] for one in found}
    assert roles == {0.9: "quote", 0.3: "dim"}


async def test_why_tells_chain_alternatives_and_links():
    found: FoundQuote = (await MemorySource().quotes(None, 1))[0]
    speaker = Speaker(0, 2, "he", "Ada Quill", "he → Ada Quill", 0.7, ("he", "the mayor", "Ada Quill"), (("Tom Vale", 0.2),))
    facts = dict(why(replace(found.quote, speaker=speaker), None))
    assert facts["chain"] == "he → the mayor → Ada Quill" and facts["or perhaps"] == "Tom Vale, 20%"
    entity = Entity("Ada Quill", "PERSON", (("Ada Quill", 2),), 2, 2, (("Ada B. Quill", "another spelling"),))
    assert ("also", "Ada B. Quill: another spelling (| parts them)") in why(entity, None)
    mention = Mention(0, 9, "Ada Quill", "PERSON", "Ada Quill", "list", role="Mayor")
    assert ("role", "Mayor") in why(mention, None)


class Foreign(MemorySource):
    """Knows of every text that it is in another language."""

    async def analysis(self, number):
        return replace(await super().analysis(number), notes=("this text is not English, for which names are made",))


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_text_in_another_language_says_that_names_are_made_for_english(size):
    async with running(Foreign(), size=size) as app:
        await app.type("bridge")
        await app.keys("enter", "4")
        assert "this text is not English" in app.screen_text()
        assert app.main.side.entity is not None, "the cursor stands on a name, not on the note"
