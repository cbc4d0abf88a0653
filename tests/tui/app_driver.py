"""Runs the app on documents in memory, driven by Textual's Pilot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

from memory_source import MemorySource
from textual.command import CommandPalette
from textual.pilot import Pilot

from explorer.tui.app import ExplorerApp
from explorer.tui.main_screen import MainScreen

WIDE, SMALL = (140, 40), (80, 24)
GROUPS = {"begin", "search", "more", "open", "side", "analysis", "keeping", "kept", "terms", "complete", "unfold"}
GROUPS.add(CommandPalette._GATHER_COMMANDS_GROUP)


@asynccontextmanager
async def running(
    source: MemorySource | None = None, size: tuple[int, int] = WIDE, *, toasts: bool = False
) -> AsyncIterator[Driver]:
    """Runs the app on a source until the block ends."""
    shown = source or MemorySource()

    async def open_folder(folder: Path) -> MemorySource:
        return shown

    app = ExplorerApp(open_folder, Path("/harbour"))
    async with app.run_test(size=size, notifications=toasts) as pilot:
        driver = Driver(app, pilot, shown)
        await driver.settle()
        yield driver


class Driver:
    """Types keys, waits, and reads the screen."""

    def __init__(self, app: ExplorerApp, pilot: Pilot[None], source: MemorySource) -> None:
        self.app = app
        self.pilot = pilot
        self.source = source

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    async def settle(self, seconds: float = 0.0) -> None:
        """Waits for some time, and then until nothing that the app started is under way."""
        await self.pilot.pause(seconds)
        quiet = 0
        until = monotonic() + 30
        while quiet < 2 and monotonic() < until:
            working = any(worker.group in GROUPS and not worker.is_finished for worker in self.app.workers)
            busy = working or self.app._keys._waiting
            quiet = 0 if busy else quiet + 1
            await self.pilot.pause(0.01)

    async def keys(self, *keys: str) -> None:
        """Presses keys by name, and waits after each for what it started."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Types a text, then waits."""
        await self.pilot.press(*("space" if key == " " else key for key in text))
        await self.settle()

    async def until(self, condition: Callable[[], object], seconds: float = 60) -> None:
        """Waits until a condition holds."""
        await until(self.pilot, condition, seconds)

    def screen_text(self) -> str:
        """The screen as plain text, line by line."""
        return screen_text(self.app)

    def toasts(self) -> list[str]:
        """The messages shown so far."""
        return [notification.message for notification in self.app._notifications]


async def until(pilot: Pilot[None], condition: Callable[[], object], seconds: float = 60) -> None:
    """Waits until a condition holds."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, f"waited {seconds} seconds in vain"
        await pilot.pause(0.02)


def screen_text(app: ExplorerApp) -> str:
    """What the compositor would send to the terminal, without colours."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips[:height]) if width else ""
