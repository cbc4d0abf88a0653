"""The list of files that were not read: groups, remedies, filter, copying, export, and very many of them."""

import json
from dataclasses import replace

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource

from explorer.export.coverage import coverage, coverage_line
from explorer.export.files import save
from explorer.model import Note, Status
from explorer.tui.file_rows import FileRow
from explorer.tui.files_screen import FilesScreen
from explorer.tui.side_rows import HeadRow

COMMAND = "ocrmypdf box/scan-1.pdf box/scan-1-ocr.pdf"
UNREADABLE = (
    *(Note(f"box/scan-{n}.pdf", "no text layer", "no text", COMMAND.replace("-1", f"-{n}")) for n in range(12)),
    Note("salary.xlsx", "encrypted", "password", "save a copy without the password"),
    Note("a.pdf", "damaged: no page could be read", "damaged", "get another copy"),
    Note("big.csv", "stopped after 20 s", "too slow", "explorer index --retry tries it again"),
    Note("bomb.zip", "stopped at 256 MB", "too large"),
    Note("tool.bin", "binary data, not text", "not a document"),
    Note("none.txt", "there is nothing in it", "empty"),
    Note("old.rar", "RAR files are not read", "no reader"),
    Note("odd.xyz", "nobody knows"),
)
PARTIAL = (Note("bridge.txt", "cut after page 3", "damaged", "get another copy"),)
SKIPPED = (Note(".git", "skipped: hidden"), Note("~$a.docx", "skipped: lock file"))


class Folder(MemorySource):
    """Files of every sort that were not read."""

    def __init__(self, unreadable=UNREADABLE):
        super().__init__()
        self.unreadable = unreadable

    async def status(self):
        return replace(await super().status(), partial=PARTIAL, skipped=SKIPPED)


async def opened(app):
    await app.keys("tab", "x")
    screen = app.app.screen
    assert isinstance(screen, FilesScreen)
    return screen


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_groups_in_plain_words_with_counts_and_what_helps(size):
    async with running(Folder(), size=size) as app:
        screen = await opened(app)
        heads = [(row.text, row.count) for row in screen.rows.rows if isinstance(row, HeadRow)]
        assert heads == [
            ("No text layer", 12),
            ("Password needed", 1),
            ("Damaged", 1),
            ("Too large or too slow", 2),
            ("Formats that are not read", 1),
            ("Could not be read", 1),
            ("Empty", 1),
            ("Not documents", 1),
            ("Read in part", 1),
            ("Skipped by rule", 2),
        ]
        shown = app.screen_text()
        assert "3 of 21 documents read (14.2 %) · 12 without text · 6 not read" in shown
        assert "no text layer → ocrmypdf box/scan-0.pdf box/scan-0-ocr.pdf" in shown


async def test_the_filter_narrows_as_one_types_and_escape_takes_it_away():
    async with running(Folder()) as app:
        screen = await opened(app)
        await app.keys("\\")
        await app.type("n 11")
        assert [row.note.path for row in screen.rows.rows if isinstance(row, FileRow)] == ["box/scan-11.pdf"]
        await app.keys("ctrl+u")
        await app.type("WORD")
        await app.keys("enter")
        assert screen.rows.has_focus and screen.note.path == "salary.xlsx"
        await app.keys("escape")
        assert len([row for row in screen.rows.rows if isinstance(row, FileRow)]) == 23
        await app.keys("\\")
        await app.type("zz")
        assert "No file with these words." in app.screen_text()
        await app.keys("escape", "q")
        assert app.app.screen is app.main


async def test_the_command_or_the_path_is_copied():
    async with running(Folder()) as app:
        screen = await opened(app)
        await app.keys("down", "y")
        assert app.app.clipboard == COMMAND
        await app.keys("Y")
        assert app.app.clipboard == "box/scan-1.pdf"
        screen.rows.put_cursor(14)
        await app.keys("y")
        assert app.app.clipboard == screen.note.path == "salary.xlsx"


async def test_enter_tells_all_of_a_file_and_shows_one_read_in_part():
    async with running(Folder(), size=SMALL) as app:
        screen = await opened(app)
        await app.keys("enter")
        assert "nothing is run by itself" in " ".join(app.screen_text().replace("│", "").split())
        await app.keys("escape")
        at = next(n for n, row in enumerate(screen.rows.rows) if isinstance(row, FileRow) and row.note in PARTIAL)
        screen.rows.put_cursor(at)
        await app.keys("enter")
        assert app.app.screen is app.main
        assert app.main.box.input.value == 'path:"bridge.txt"'


async def test_the_list_is_written_as_the_command_line_writes_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with running(Folder()) as app:
        screen = await opened(app)
        await app.keys("e")
        assert app.app.screen.input.value == "files-not-read.csv"
        await app.keys("enter")
        await app.until((tmp_path / "files-not-read.csv").exists)
        await app.settle()
    for ending in ("md", "json"):
        save(screen.status, tmp_path / f"list.{ending}", tmp_path / "corpus")
    for file in ("files-not-read.csv", "list.md", "list.json"):
        written = (tmp_path / file).read_text(encoding="utf-8")
        assert "box/scan-11.pdf" in written and "~$a.docx" in written
        assert "save a copy without the password" in written
    assert len(json.loads(written)["unreadable"]) == len(UNREADABLE)


async def test_of_a_hundred_thousand_files_only_what_is_in_sight_is_made_into_rows():
    many = tuple(Note(f"folder/{n}.bin", "binary data, not text", "not a document") for n in range(100_000))
    async with running(Folder(many)) as app:
        screen = await opened(app)
        assert len(screen.rows.rows) < 2000
        screen.rows.action_edge(1)
        assert screen.note == SKIPPED[-1]
        screen._show("99999")
        assert len(screen.rows.rows) == 2


async def test_when_all_was_read_it_says_so():
    async with running() as app:
        app.source.unreadable = ()
        await opened(app)
        assert "Every file was read." in app.screen_text()


@pytest.mark.parametrize(
    ("documents", "faults", "line"),
    [
        (0, [], "0 of 0 documents read"),
        (3, [], "3 of 3 documents read (100.0 %)"),
        (9999, [""], "9999 of 10000 documents read (99.9 %) · 1 not read"),
        (4310, ["no text"] * 30 + ["damaged"] * 12, "4310 of 4352 documents read (99.0 %) · 30 without text · 12 not read"),
        (1, ["empty", "not a document"], "1 of 1 documents read (100.0 %) · 2 with nothing to read"),
    ],
)
def test_coverage_is_never_rounded_up(documents, faults, line):
    notes = tuple(Note(f"{n}", "why", fault) for n, fault in enumerate(faults))
    assert coverage_line(coverage(Status("", "", 0, documents, 0, "", "", 1, notes))) == line
