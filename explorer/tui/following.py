"""Following the indexing: what its messages change on the screen."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Literal

from explorer.export.coverage import coverage
from explorer.library import BusyError
from explorer.model import ExplorerError, Progress, Report
from explorer.tui.banner import kind_of
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
    """Keeps title bar, banner, results and side pane in step with the indexing."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.running = False
        self._asked_by: Literal["start", "reader", ""] = "start"  # "": the folder has changed and was looked at by itself
        self._busy = 0
        self._state = (0, 0)
        self.offer = ""
        self._side_at = 0.0
        self._status_at = 0.0

    async def follow(self) -> None:
        """Shows the status, then every message for as long as the folder is open."""
        if self.screen.source.note:
            self.screen.banner.add("temporary", self.screen.source.note)
        await self.show_status()
        while True:
            try:
                async for event in self.screen.source.events():
                    await (self._progress(event) if isinstance(event, Progress) else self._report(event))
            except ExplorerError as error:
                self._failed(error)

    def _failed(self, error: ExplorerError) -> None:
        self.running, self._asked_by = False, ""
        if isinstance(error, BusyError):
            self._busy += 1
            self.screen.set_timer(AGAIN_AFTER, self.screen.source.refresh)
            if self._busy < TELL_AT:
                return
        elif self.notice(error):
            self._show_state(None)
            return
        self._show_state(None, BUSY if isinstance(error, BusyError) else STOPPED)
        if self._busy > TELL_AT:
            return
        self.screen.notify(one_line(str(error)), title="indexing", severity="error", markup=False, timeout=15)

    def notice(self, error: ExplorerError) -> bool:
        """Shows an error in the banner where it tells of something that lasts; returns whether it does."""
        kind = kind_of(error)
        if kind is not None:
            self.screen.banner.add(kind, str(error))
        return kind is not None

    def _show_state(self, progress: Progress | None, stopped: str = "") -> None:
        """Shows in the title bar how far the indexing is, or that it stands still, until it goes on."""
        bar = self.screen.title_bar
        bar.progress, bar.stopped = progress, stopped
        bar.compose_line()

    def started(self) -> None:
        """Takes note that the reader asked for it; it does not stand still any more."""
        self._asked_by = "reader"
        self._show_state(self.screen.title_bar.progress)

    async def show_status(self) -> bool:
        """Shows how many documents there are, and how many files could not be read; returns whether the index has changed."""
        try:
            status = await self.screen.source.status()
        except ExplorerError as error:
            if not self.notice(error):
                self.screen.notify(one_line(str(error)), severity="error", markup=False)
            return False
        self._status_at = monotonic()
        bar, searching = self.screen.title_bar, self.screen.searching
        state = (status.documents, status.generation)
        changed, self._state = state != self._state, state
        searching.documents = bar.documents = status.documents
        bar.coverage, bar.new, bar.engine = coverage(status), status.new, status.engine
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
        self.screen.searching.unread = progress.phase == "text"
        if progress.phase != "scan" or self._asked_by:  # a look at the folder that nobody asked for is not shown
            self._show_state(progress)
        now = monotonic()
        if progress.phase == "text" and now - self._status_at > STATUS_EVERY:
            await self.show_status()
        if now - self._side_at > SIDE_EVERY and progress.phase != "scan":
            self._side_at = now
            self.screen.side.again()

    async def _report(self, report: Report) -> None:
        asked_by, self._asked_by = self._asked_by, ""
        self.running, self._busy = False, 0
        self.screen.searching.unread = report.cancelled
        self._show_state(None, STOPPED if report.cancelled else "")
        if not report.cancelled:
            self.screen.banner.clear()
        changed = await self.show_status()
        if report.added or report.changed or report.removed:
            changed = True
            await self.screen.pane.renew()
        searching = self.screen.searching
        if changed or searching.failed or not searching.results.passages:
            searching.fill(now=True)
        if changed or asked_by:
            self.screen.side.again()
        self._tell(report, asked_by == "reader")

    def _tell(self, report: Report, asked: bool) -> None:
        """Says what a refresh did; of one that nobody asked for and that found nothing, nothing."""
        changes = [(report.added, "added"), (report.changed, "changed"), (report.removed, "removed")]
        said = ", ".join(f"{plural(count, 'document')} {what}" for count, what in changes if count)
        if report.cancelled:
            self.screen.notify(STOPPED, markup=False)
        elif said:
            new = " · f3 shows what is new" if report.added and self.screen.title_bar.new else ""
            self.screen.notify(said + new, markup=False, timeout=3)
        elif asked:
            self.screen.notify("nothing has changed", markup=False, timeout=2)
