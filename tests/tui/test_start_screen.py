"""The start screen: recent folders, the demo, open…"""

from pathlib import Path

from app_driver import screen_text, until
from memory_source import MemorySource

from explorer.model import ExplorerError
from explorer.tui.app import ExplorerApp
from explorer.tui.main_screen import MainScreen


def make(opened, recent=(), demo=None, fault=None):
    async def open_folder(folder):
        if fault:
            raise ExplorerError(fault)
        opened.append(folder)
        return MemorySource()

    return ExplorerApp(open_folder, None, recent=recent, demo=demo)


async def test_recent_folders_and_the_demo_are_offered(tmp_path):
    opened = []
    app = make(opened, [str(tmp_path / "letters"), str(tmp_path / "notes")], tmp_path / "demo")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: all(words in screen_text(app) for words in ("letters", "notes", "The demo", "Open…")))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert opened == [tmp_path / "notes"]


async def test_a_path_is_typed_with_completion(tmp_path):
    (tmp_path / "a-long-name").mkdir()
    opened = []
    app = make(opened)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("enter")
        await pilot.press(*f"{tmp_path}/a-l")
        await until(pilot, lambda: app.focused._suggestion.endswith("a-long-name/"))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: opened == [Path(f"{tmp_path}/a-long-name/")])


async def test_a_path_that_is_no_folder_is_one_clear_line(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    app = make([])
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("enter")
        await pilot.press(*f"{tmp_path}/file.txt")
        await pilot.press("enter")
        # wrapped where the path is long
        await until(pilot, lambda: "file.txtisnofolder" in "".join(screen_text(app).replace("│", "").split()))
        await pilot.press(*"x", "enter")
        await until(pilot, lambda: "does not exist" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.rows.has_focus)


async def test_a_folder_that_cannot_be_opened_is_told(tmp_path):
    app = make([], [str(tmp_path)], fault="the [/b]index is damaged")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "the [/b]index is damaged" in screen_text(app))


async def test_hostile_names_are_literal():
    app = make([], ["/x/[/b][@click=app.quit]y[/]\x1b[31m"])
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "[/b][@click=app.quit]y[/]␛[31m" in screen_text(app))


async def test_q_quits():
    app = make([])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause(0.1)
    assert app.return_code == 0


async def test_the_keys_of_the_start_screen_are_listed():
    app = make([])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("?")
        await until(pilot, lambda: "On the start screen" in screen_text(app))
        screen = screen_text(app)
        assert "open a folder" in screen
        assert "In the results" not in screen and "refresh" not in screen
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.rows.has_focus)
