"""Following the indexing: what its messages change on the screen."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from explorer.library import BusyError
from explorer.model import ExplorerError, Progress, Report
from explorer.tui.display import one_line, plural

if TYPE_CHECKING:
    from explorer.tui.main_screen import MainScreen

SIDE_EVERY = 4.0
STATUS_EVERY = 1.0
AGAIN_AFTER = 1.5  # seconds until a refresh is tried again while another process indexes the same folder
STOPPED = "indexing stopped: ctrl+r goes on"
BUSY = "another explorer indexes this folder"
TELL_AT = 2  # the first time it may be only our own searcher opening the index


class Following:
    """Keeps title bar, results and side pane in step with the indexing."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.running = False
        self._busy = 0
        self._state = (0, 0)
        self.offer = ""
        self._side_at = 0.0
        self._status_at = 0.0

    async def follow(self) -> None:
        """Shows the status, then every message for as long as the folder is open."""
        await self.show_status()
        while True:
            try:
                async for event in self.screen.source.events():
                    await (self._progress(event) if isinstance(event, Progress) else self._report(event))
            except ExplorerError as error:
                self._failed(error)

    def _failed(self, error: ExplorerError) -> None:
        self.running = False
        if isinstance(error, BusyError):
            self._busy += 1
            self.screen.set_timer(AGAIN_AFTER, self.screen.source.refresh)
            if self._busy < TELL_AT:
                return
        self._show_state(None, BUSY if isinstance(error, BusyError) else STOPPED)
        if self._busy > TELL_AT:
            return
        self.screen.notify(one_line(str(error)), title="indexing", severity="error", markup=False, timeout=15)

    def _show_state(self, progress: Progress | None, stopped: str = "") -> None:
        """Shows in the title bar how far the indexing is, or that it stands still, until it goes on."""
        bar = self.screen.title_bar
        bar.progress, bar.stopped = progress, stopped
        bar.compose_line()

    def started(self) -> None:
        """Takes back that the indexing stands still, as it is asked for again."""
        self._show_state(self.screen.title_bar.progress)

    async def show_status(self) -> bool:
        """Shows how many documents there are, and how many files could not be read; returns whether the index has changed."""
        try:
            status = await self.screen.source.status()
        except ExplorerError as error:
            self.screen.notify(one_line(str(error)), severity="error", markup=False)
            return False
        self._status_at = monotonic()
        bar, searching = self.screen.title_bar, self.screen.searching
        state = (status.documents, status.generation)
        changed, self._state = state != self._state, state
        searching.documents = bar.documents = status.documents
        bar.unreadable, bar.new, bar.engine = len(status.unreadable), status.new, status.engine
        bar.compose_line()
        if status.offer != self.offer:
            self.offer = status.offer
            await self._tell_offer()
        if changed:
            searching.fill()
        return changed

    async def _tell_offer(self) -> None:
        """Says once, ever, what would make this folder faster; the palette says it again."""
        told = (await self.screen.source.load_session()).get("offer")
        if self.offer and told != self.offer:
            self.screen.notify(f"{one_line(self.offer)} (ctrl+p: make this folder faster…)", markup=False, timeout=12)

    async def _progress(self, progress: Progress) -> None:
        self.running = progress.phase != "done"
        bar = self.screen.title_bar
        bar.unreadable = max(bar.unreadable, progress.unreadable)
        self._show_state(progress)
        now = monotonic()
        if progress.phase == "text" and now - self._status_at > STATUS_EVERY:
            await self.show_status()
        if now - self._side_at > SIDE_EVERY:
            self._side_at = now
            self.screen.side.again()

    async def _report(self, report: Report) -> None:
        self.running, self._busy = False, 0
        self._show_state(None, STOPPED if report.cancelled else "")
        changed = await self.show_status()
        searching = self.screen.searching
        if report.added or report.changed or report.removed:
            self.screen.pane.forget_kept()
            changed = True
        if changed or searching.failed or not searching.results.passages:
            searching.fill(now=True)
        self.screen.side.again()
        if report.cancelled:
            self.screen.notify(STOPPED, markup=False)
        elif report.removed or report.changed or report.added:
            changes = [(report.added, "added"), (report.changed, "changed"), (report.removed, "removed")]
            said = ", ".join(f"{plural(count, 'document')} {what}" for count, what in changes if count)
            self.screen.notify(said, markup=False, timeout=3)
