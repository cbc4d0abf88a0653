"""The first line: the folder, how many documents, and how far the indexing has come."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from explorer.export.coverage import Coverage
from explorer.model import Progress
from explorer.tui.display import fit, one_line, plural, thousands

USUAL_ENGINE = "whoosh"
HELP = "f1 help"  # not "?", which in the search box is a letter
LEAST_FOLDER = 8
_AROUND = len(HELP) + 18  # cells for the program's name, for the help, and for what parts them
DOING = {"scan": "looking for files", "text": "indexing", "meaning": "finding names and quotes"}


class TitleBar(Static):
    """Shows folder, documents, how many are new, progress with rate and time left or that it stands still, how many files were
    not read, and the engine where it is not the usual one."""

    def __init__(self, folder: str) -> None:
        super().__init__(id="title-bar", markup=False)
        self.folder = folder
        self.documents = 0
        self.new = 0
        self.coverage = Coverage(0, 0, 0, 0)
        self.engine = USUAL_ENGINE
        self.progress: Progress | None = None
        self.stopped = ""

    def on_resize(self) -> None:
        """Composes the line for the new width."""
        self.compose_line()

    def compose_line(self) -> None:
        """Puts the line together; where there is little room the folder gives way, then scans among what was not read."""
        width = self.size.width
        tail = next((tail for tail in (self._tail(True), self._tail(False)) if width - len(tail) - _AROUND >= LEAST_FOLDER), None)
        tail = tail or self._tail(False)
        folder = fit(one_line(self.folder), max(LEAST_FOLDER, width - len(tail) - _AROUND))
        line = fit(f" explorer  {folder} · {tail}", width - len(HELP) - 3)
        gap = width - Content(line).cell_length - len(HELP) - 2
        left = Content(line).stylize("bold $primary", 1, 9)
        self.update(left if gap < 1 else left + Content(" " * gap) + Content.styled(HELP, "$foreground-muted"), layout=False)

    def _tail(self, apart: bool) -> str:
        """Returns all but the folder; with ``apart`` documents without a text layer are counted by themselves."""
        stopped = [self.stopped] if self.stopped else []  # first, as what comes last may be cut
        parts = [*stopped, plural(self.documents, "document"), *progress_parts(self.progress)]
        if self.new:
            parts.append(f"{thousands(self.new)} new")
        scans, unread = self.coverage.no_text, self.coverage.unread
        counts = ((scans, "no text"), (unread, "unread")) if apart else ((scans + unread, "unread"),)
        parts += [f"{thousands(count)} {what}" for count, what in counts if count]
        if self.engine != USUAL_ENGINE:
            parts.append(one_line(self.engine))
        return " · ".join(parts)


def progress_parts(progress: Progress | None) -> list[str]:
    """Returns progress in words: what is done, of how much, how fast, how long still."""
    if progress is None or progress.phase == "done":
        return []
    if progress.phase == "scan":
        return [DOING["scan"]]
    parts = [f"{DOING[progress.phase]} {thousands(progress.done)}/{thousands(progress.total)}"]
    if progress.rate:
        parts.append(f"{progress.rate:.0f}/s" if progress.rate >= 1 else f"{progress.rate:.1f}/s")
    if progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    return parts
