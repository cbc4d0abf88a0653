"""The app on real files, with the library's own processes."""

import pytest
from app_driver import Driver
from memory_source import ARTICLES

from explorer.library.client import Client
from explorer.tui.app import ExplorerApp


@pytest.fixture
def folder(tmp_path):
    corpus = tmp_path / "harbour"
    corpus.mkdir()
    for path, title, source, date, text in ARTICLES:
        (corpus / path).write_text(f"{title}\n{source}, {date}\n\n{text}", encoding="utf-8")
    (corpus / "noise.txt").write_bytes(bytes(range(256)) * 40)
    return corpus


async def test_from_a_folder_to_a_quote(folder):
    async def open_folder(path):
        return Client(path)

    app = ExplorerApp(open_folder, folder, fresh=True)
    async with app.run_test(size=(140, 40)) as pilot:
        driver = Driver(app, pilot, None)
        await driver.until(lambda: len(app.screen_stack) == 2 and len(driver.main.results.rows) == 3)
        main = driver.main
        await driver.type("bridge")
        await driver.until(lambda: main.searching.query == "bridge")
        await driver.keys("enter")
        await driver.until(lambda: main.pane.view.has_focus and main.pane.view.hits)
        assert all(main.pane.view.text[a:b].lower().startswith("bridge") for a, b in main.pane.view.hits)
        await driver.until(lambda: main.pane.analysis is not None)
        await driver.keys("4", "4", "a", "a")
        await driver.until(lambda: main.side.quote is not None)
        found = main.side.quote
        await driver.keys("enter")
        await driver.until(lambda: main.pane.document.number == found.document)
        await driver.until(lambda: main.pane.view.focus_span is not None)
        start, end = main.pane.view.focus_span
        assert main.pane.view.text[start:end] == found.quote.text
        await driver.keys("x")
        assert "noise.txt" in driver.screen_text()
        await driver.keys("escape", "ctrl+q")
