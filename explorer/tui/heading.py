"""What a document is called and where it comes from: one line each, above its text."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from explorer.model import Document
from explorer.tui.display import fit, one_line


class Heading(Static):
    """Title; then source, date, author, path, which of these are guessed, and what went wrong."""

    def __init__(self) -> None:
        super().__init__(id="heading", markup=False)
        self._title = self._origin = ""

    def show_document(self, document: Document) -> None:
        """Shows a document's title and origin."""
        guessed = [f"{name} guessed" for name in document.guessed if name in {"date", "author", "title"}]
        origin = [document.source, document.date or "", document.author, document.path, *guessed, *document.problems]
        self._title = one_line(document.title) or one_line(document.path)
        self._origin = " · ".join(one_line(part) for part in origin if part)
        self._compose_lines()

    def on_resize(self) -> None:
        """Fits both lines to the new width."""
        self._compose_lines()

    def _compose_lines(self) -> None:
        width = self.content_size.width
        title, origin = fit(self._title, width), fit(self._origin, width)
        self.update(Content.assemble((title, "bold"), "\n", (origin, "$foreground-muted")), layout=False)
