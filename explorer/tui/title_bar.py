"""The first line: the folder, how many documents, and how far the indexing has come."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from explorer.model import Progress
from explorer.tui.display import fit, one_line, plural, thousands

USUAL_ENGINE = "whoosh"
HELP = "f1 help"  # not "?", which in the search box is a letter
DOING = {"scan": "looking for files", "text": "indexing", "meaning": "finding names and quotes"}


class TitleBar(Static):
    """Shows folder, documents, how many are new, progress with rate and time left or that it stands still, how many files are
    unreadable, and the engine where it is not the usual one."""

    def __init__(self, folder: str) -> None:
        super().__init__(id="title-bar", markup=False)
        self.folder = folder
        self.documents = 0
        self.new = 0
        self.unreadable = 0
        self.engine = USUAL_ENGINE
        self.progress: Progress | None = None
        self.stopped = ""

    def on_resize(self) -> None:
        """Composes the line for the new width."""
        self.compose_line()

    def compose_line(self) -> None:
        """Puts the line together; the folder gives way when there is little room."""
        stopped = [self.stopped] if self.stopped else []  # first, as what comes last may be cut
        parts = [*stopped, plural(self.documents, "document"), *progress_parts(self.progress)]
        if self.new:
            parts.append(f"{thousands(self.new)} new")
        if self.unreadable:
            parts.append(f"{thousands(self.unreadable)} unreadable")
        if self.engine != USUAL_ENGINE:
            parts.append(one_line(self.engine))
        width = self.size.width
        tail, help_ = " · ".join(parts), HELP
        room = width - len(tail) - len(help_) - 18
        folder = fit(one_line(self.folder), max(8, room))
        line = fit(f" explorer  {folder} · {tail}", width - len(help_) - 3)
        gap = width - Content(line).cell_length - len(help_) - 2
        left = Content(line).stylize("bold $primary", 1, 9)
        self.update(left if gap < 1 else left + Content(" " * gap) + Content.styled(help_, "$foreground-muted"), layout=False)


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
