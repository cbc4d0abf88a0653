"""Running the app in a terminal."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.demo import corpus_folder
from explorer.library import places
from explorer.library.settings import chosen_names
from explorer.model import ExplorerError

if TYPE_CHECKING:
    from explorer.tui.source import Source

UNABLE = ("", "dumb", "unknown")  # terminals that cannot place a character


def run_app(folder: Path | None, query: str = "", fresh: bool = False, engine: str = "", names: str = "") -> int:
    """Runs the app on a folder, or from the start screen, until the user leaves; returns the exit code. ``engine`` is the
    full-text engine wanted from now on and ``names`` the engine of names, "" the one wanted so far.

    A folder that cannot be opened, settings that cannot be followed, or no terminal to run in, is one line on standard error
    and the exit code 2; the end by a signal is 128 and its number.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "") in UNABLE:
        return _told("the app needs a terminal; `explorer search QUERY FOLDER` works without one")
    try:
        folder = None if folder is None else places.corpus_folder(folder)
        chosen_names(names)
    except ExplorerError as error:
        return _told(str(error))
    from explorer.tui.app import ExplorerApp

    gc.freeze()  # what was imported stays: looking through it again and again would show as hitches
    app = ExplorerApp(partial(_open, engine, names), folder, query=query, fresh=fresh, recent=places.recent(), demo=_demo())
    app.run()
    code = app.return_code or 0
    return max(code, _told(app.fault)) if app.fault else code


async def _open(engine: str, names: str, folder: Path) -> Source:
    from explorer.library.client import Client

    return Client(folder, engine, names)


def _demo() -> Path | None:
    try:
        return corpus_folder()
    except ExplorerError:
        return None


def _told(fault: str) -> int:
    print(f"explorer: {fault}", file=sys.stderr)
    return 2
