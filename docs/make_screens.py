"""Draws the README's two pictures: the app on the demo corpus at 80×24 and at 140×40."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

QUERY = '"nobody was left behind"'


async def draw(width: int, height: int, target: Path) -> None:
    """Runs the app without a terminal, asks the query, opens the quotes beside the document where there is room, and
    saves the screen."""
    from explorer.demo import corpus_folder
    from explorer.library.client import Client
    from explorer.tui.app import ExplorerApp

    async def open_client(folder: Path) -> Client:
        return Client(folder)

    folder = Path.home() / "port-sarrow"
    shutil.copytree(corpus_folder(), folder, dirs_exist_ok=True)
    app = ExplorerApp(open_client, folder, query=QUERY, fresh=True, recent=[], demo=None)
    async with app.run_test(size=(width, height)) as pilot:
        await pilot.pause(3.0)
        if width >= 100:
            await pilot.press("tab", "4", "right", "2")
        await pilot.pause(9.0)  # until the notes about indexing have gone
        target.write_text(app.export_screenshot(title="explorer demo"), encoding="utf-8")


def main() -> None:
    """Draws both, on an index of their own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["EXPLORER_HOME"], os.environ["HOME"] = f"{home}/kept", home
        here = Path(__file__).parent
        for width, height in ((140, 40), (80, 24)):
            asyncio.run(draw(width, height, here / f"screen-{width}x{height}.svg"))


if __name__ == "__main__":
    main()
