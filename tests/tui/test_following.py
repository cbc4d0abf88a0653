"""A folder that changes while it is read, and one that cannot be reached, read or written any more."""

import pickle
from dataclasses import replace

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import ARTICLES, MemorySource

from explorer.model import DamagedError, ExplorerError, Note, Progress, Report
from explorer.tui.banner import SAID, kind_of
from explorer.tui.result_rows import ResultRow

NEW = ("new.txt", "A new notice", "The Post", "2024-04-01", "The bridge opens again.")


def titles(app):
    return [row.passage.title for row in app.main.results.rows if isinstance(row, ResultRow)]


async def came(app, *events):
    for event in events:
        await app.source.messages.put(event)
    await app.until(app.source.messages.empty)
    await app.settle(0.1)


class NewSource(MemorySource):
    """Adds a document with the next refresh."""

    fresh = ()

    async def refresh(self, rebuild=False):
        self.calls.append("refresh")
        for article in self.fresh:
            self.add(article)
        added, self.new = len(self.fresh), len(self.fresh)
        self.fresh = ()
        await self.messages.put(Progress("scan", 3, 3))
        await self.messages.put(Report(len(self.documents), added, 0, 0, 3))

    def _matches(self, doc, query, typing):
        return doc.path == NEW[0] if query == "is:new" else super()._matches(doc, query, typing)


async def test_a_new_file_is_counted_and_found_and_the_list_stays_where_it_is():
    async with running(NewSource(), size=SMALL) as app:
        await app.keys("tab", "2", "down")
        chosen, before = app.main.searching.chosen, titles(app)
        app.source.fresh = (NEW,)
        await app.source.refresh()
        await app.until(lambda: "1 new" in app.screen_text())
        await app.settle(0.1)
        assert app.main.searching.chosen == chosen and titles(app) == before
        assert app.toasts() == ["1 document added · f3 shows what is new"]
        await app.keys("up")
        assert "A new notice" in titles(app)
        assert app.main.searching.chosen.title == before[0]
        await app.keys("f3")
        assert app.main.box.input.value == "is:new" and titles(app) == ["A new notice"]


async def test_a_look_at_the_folder_that_finds_nothing_is_not_shown():
    async with running(NewSource(ARTICLES * 9)) as app:
        await app.keys("tab", "2", "down", "down")
        before = app.screen_text()
        searched = len(app.source.searched)
        for _ in range(3):
            await app.source.refresh()
        await app.until(app.source.messages.empty)
        await app.settle(0.1)
        assert app.screen_text() == before
        assert app.toasts() == [] and len(app.source.searched) == searched
        await app.keys("f3")
        assert "nothing is new" in app.toasts()[-1]
        await app.keys("ctrl+r")
        assert app.toasts()[-1] == "nothing has changed"


async def test_the_document_on_screen_says_that_its_file_has_changed():
    async with running() as app:
        await app.keys("tab", "2", "enter")
        number = app.main.pane.document.number
        app.source.documents[number] = replace(app.source.documents[number], text="Other words.")
        await came(app, Report(3, 0, 1, 0, 2))
        assert "its file has changed or is gone" in app.screen_text()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (DamagedError("3 of 9 pieces", "index"), "index"),
        (DamagedError("page 7", "catalogue"), "catalogue"),
        (ExplorerError("the catalogue is damaged (x); explorer index --rebuild FOLDER makes it anew"), "catalogue"),
        (ExplorerError("there is no folder /x"), "folder"),
        (ExplorerError("/x: there is no such folder"), "folder"),
        (ExplorerError("/x: cannot be opened (permission denied)"), "folder"),
        (ExplorerError("the folder /x cannot be opened: Permission denied"), "folder"),
        (ExplorerError("the folder /x cannot be reached"), "folder"),
        (ExplorerError("/x is empty now; what was indexed of it (40 files) is kept"), "folder"),
        (ExplorerError("the index /y cannot be written (disk full)"), "read only"),
        (ExplorerError("the index cannot be kept in /y: Read-only file system"), "read only"),
        (ExplorerError("this took longer than 20 seconds and was stopped"), None),
        (ExplorerError("the index /x cannot be opened: too many open files"), None),
    ],
)
def test_what_lasts_is_told_from_what_passes(error, kind):
    assert kind_of(error) == kind
    assert kind_of(pickle.loads(pickle.dumps(error))) == kind


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_folder_out_of_reach_has_a_banner_until_it_is_back(size):
    async with running(size=size) as app:
        await came(app, ExplorerError("there is no folder /harbour"))
        assert app.screen_text().splitlines()[1].startswith(f"! {SAID['folder']}")
        assert app.toasts() == []
        await app.type("bridge")
        assert len(titles(app)) == 3
        await app.keys("ctrl+r")
        assert "not reachable" not in app.screen_text()


@pytest.mark.parametrize(("part", "rebuild"), [("index", False), ("catalogue", True), ("gone", True)])
async def test_damage_is_mended_with_one_key(part, rebuild):
    class Damaged(MemorySource):
        rebuilt: tuple[bool, ...] = ()

        async def search(self, query, **options):
            if query and not self.rebuilt:
                raise DamagedError("3 of 9 pieces are not what was written", part)
            return await super().search(query, **options)

        async def refresh(self, rebuild=False):
            if self.calls:
                self.rebuilt = (rebuild,)
            await super().refresh(rebuild)

    async with running(Damaged()) as app:
        await app.keys("f5")
        assert app.source.calls == ["refresh"]
        await app.type("bridge")
        await app.until(lambda: SAID[part] in app.screen_text())
        await app.keys("f5")
        await app.until(lambda: SAID[part] not in app.screen_text())
        assert app.source.rebuilt == (rebuild,)
        await app.until(lambda: len(titles(app)) == 3 and app.main.searching.query == "bridge")


async def test_scans_are_counted_apart_where_there_is_room():
    source = MemorySource()
    source.unreadable = (
        *(Note(f"{n}.pdf", "no text layer", "no text") for n in range(30)),
        *(Note(f"{n}.doc", "damaged", "damaged") for n in range(12)),
        Note("photo.iso", "binary", "not a document"),
    )
    async with running(source, size=SMALL) as app:
        assert "3 documents · 30 no text · 12 unread " in app.screen_text().splitlines()[0]
        await app.pilot.resize_terminal(60, 24)
        await app.settle(0.1)
        assert "3 documents · 42 unread " in app.screen_text().splitlines()[0]


async def test_an_index_that_will_not_last_says_so_whatever_else_passes():
    source = MemorySource()
    source.note = "the index cannot be kept in /x: it is in a temporary folder until you leave"
    async with running(source, size=WIDE) as app:
        assert app.screen_text().splitlines()[1].startswith(f"! {SAID['temporary']}")
        await came(app, ExplorerError("there is no folder /harbour"))
        assert app.screen_text().splitlines()[1].startswith(f"! {SAID['folder']}")
        await app.keys("ctrl+r")
        assert app.screen_text().splitlines()[1].startswith(f"! {SAID['temporary']}")
