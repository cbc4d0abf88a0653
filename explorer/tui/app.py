"""The app: opens a folder and shows its screen."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import threading
import traceback
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.app import App
from textual.color import Color
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.filter import LineFilter

from explorer.library import places
from explorer.model import ExplorerError
from explorer.tui.background import in_background
from explorer.tui.dialogs import GuideDialog
from explorer.tui.display import one_line, paint
from explorer.tui.key_order import KeyOrder, Passed, Reached
from explorer.tui.main_screen import MainScreen
from explorer.tui.palette import CommandSearch
from explorer.tui.source import Source
from explorer.tui.start_screen import StartScreen

OpenFolder = Callable[[Path], Awaitable[Source]]

LEAVE_SECONDS = 2.0  # for an end in order, once told to end
FORCE_SECONDS = 6.0
LOOK_SECONDS = 2.0  # between two looks at whether the terminal is still there


class CleanFilter(LineFilter):
    """The second net: whatever text reaches the terminal, no control character is in it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.control or (segment.text.isascii() and segment.text.isprintable())
            else Segment(paint(segment.text), segment.style)
            for segment in segments
        ]


class ExplorerApp(App[None]):
    """Shows the start screen, or the main screen of a folder."""

    TITLE = "explorer"
    CSS_PATH = "theme.tcss"
    COMMANDS: ClassVar = {CommandSearch}
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        open_folder: OpenFolder,
        folder: Path | None = None,
        *,
        query: str = "",
        fresh: bool = False,
        recent: Sequence[str] = (),
        demo: Path | None = None,
    ) -> None:
        super().__init__()
        self._open_folder = open_folder
        self._folder = folder
        self._query = query
        self._fresh = fresh
        self._recent = recent
        self._demo = demo
        self.fault: str = ""
        self._told_code = 0  # the exit code where a signal ends the app
        self._given_to: DOMNode = self  # where the last key went
        self._keys = KeyOrder(self, self._awaited, self._slow)
        self._filters.append(CleanFilter())

    async def on_mount(self) -> None:
        """Opens the folder given, or offers some."""
        self._leave_when_told()
        if self._folder is None:
            self.push_screen(StartScreen(self._recent, self._demo))
        else:
            await self._show(self._folder)

    @on(StartScreen.Chosen)
    async def folder_chosen(self, event: StartScreen.Chosen) -> None:
        """Opens the folder chosen on the start screen."""
        await self._show(event.folder)

    async def _show(self, folder: Path) -> None:
        try:
            source = await self._open_folder(folder)
        except ExplorerError as error:
            if self._folder is None:
                self.notify(one_line(str(error)), severity="error", markup=False)
            else:
                self.fault = str(error)
                self.exit(return_code=2)
            return
        self.push_screen(MainScreen(source, _shown(folder), self._query, self._fresh))

    async def on_event(self, event: Event) -> None:
        """Gives out each key when the one before it has been answered."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._keys.add(event)
            await self._give_out()
        else:
            await super().on_event(event)

    @on(Passed)
    async def key_passed(self, event: Passed) -> None:
        """Gives out what waited for this."""
        self._keys.passed(event)
        await self._give_out()

    @on(Reached)
    async def place_reached(self, event: Reached) -> None:
        """Gives out what waited for a place."""
        event.end()
        await self._give_out()

    async def _give_out(self) -> None:
        while (typed := self._keys.next()) is not None:
            self._given_to = self._keys.place
            await super().on_event(typed)
            self._keys.given(typed, self._given_to)

    def _awaited(self) -> bool:
        """Whether the place that the last key led to is not there yet: a screen, an answer, or a document gone into."""
        screen = self.screen
        if not screen.is_mounted:
            return True
        if not isinstance(screen, MainScreen):
            return False
        pane = screen.pane
        gone_into = pane.view.has_focus and self._given_to is not pane.view
        return screen.searching.leading or (gone_into and pane.opening)

    def _slow(self) -> bool:
        return isinstance(self.screen, MainScreen) and self.screen.searching.slow

    def action_query_guide(self) -> None:
        """Shows how to write a query."""
        self.push_screen(GuideDialog())

    async def action_quit(self) -> None:
        """Keeps where the reader is, and leaves."""
        try:
            async with asyncio.timeout(LEAVE_SECONDS if self._told_code else None):
                for screen in self.screen_stack:
                    if isinstance(screen, MainScreen):
                        await screen.leave()
        except TimeoutError:
            places.log("told to end, and did not wait for the library's processes to do so")
        except ExplorerError as error:
            self.fault = str(error)
        finally:
            self.exit(return_code=self._told_code)

    def _leave_when_told(self) -> None:
        """Lets the system's requests to end give the terminal back first."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()

        def told(number: int, _frame: FrameType | None) -> None:
            """Ends in order, or by force: once the terminal is gone, the event loop may wait for ever to write to it."""
            force = threading.Timer(FORCE_SECONDS, os._exit, [128 + number])
            force.daemon = True
            force.start()
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._leave, 128 + number)

        for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(name, told)
        if os.isatty(0):  # a parent such as make may keep the hang-up of a closed terminal to itself
            self.set_interval(LOOK_SECONDS, lambda: None if os.isatty(0) else signal.raise_signal(signal.SIGHUP))

    def _leave(self, code: int) -> None:
        self._told_code = code
        in_background(self, self.action_quit, "quit")

    def _handle_exception(self, error: Exception) -> None:
        """Keeps what nobody foresaw in the log, and leaves with one line in place of a traceback."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        error = getattr(error, "error", error)  # what a worker failed of
        places.log("".join(traceback.format_exception(error)))
        self.fault = f"something went wrong ({type(error).__name__}); details are in {places.log_path()}"
        self.exit(return_code=self._told_code or 2)

    def copy_to_clipboard(self, text: str) -> None:
        """Copies through the terminal (OSC 52), and through tmux to the terminal around it."""
        clean = text.encode("utf-8", "replace").decode("utf-8")
        super().copy_to_clipboard(clean)
        if self._driver is not None and "TMUX" in os.environ:
            encoded = base64.b64encode(clean.encode("utf-8")).decode("ascii")
            self._driver.write(f"\x1bPtmux;\x1b\x1b]52;c;{encoded}\x07\x1b\\")


def _shown(folder: Path) -> str:
    """A folder as the title bar names it: the user's own is ~."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder != home and folder.is_relative_to(home) else str(folder)
