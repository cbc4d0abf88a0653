"""What a document is called and where it comes from: one line each, above its text."""

from __future__ import annotations

import re
from itertools import islice

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from explorer.model import Document, Kept
from explorer.tui.display import fit, one_line

_WORD = re.compile(r"\w+")


class Heading(Static):
    """Title, unless the text begins with it; then star and tags, source, date, author, path, what went wrong. ≈ marks a guess."""

    def __init__(self) -> None:
        super().__init__(id="heading", markup=False)
        self._title = self._kept = self._origin = ""
        self._number: int | None = None

    def show_document(self, document: Document) -> None:
        """Shows a document's title and origin; star and tags come with ``show_kept``."""
        if document.number != self._number:
            self._number, self._kept = document.number, ""
        date, author = _marked(document, "date", document.date or ""), _marked(document, "author", document.author)
        origin = [_marked(document, "source", document.source), date, author, document.path, *document.problems]
        title = _marked(document, "title", one_line(document.title)) or one_line(document.path)
        self._title = "" if begins_with(document.text, document.title) else title
        self._origin = " · ".join(one_line(part) for part in origin if part)
        self._compose_lines()

    def show_kept(self, kept: Kept) -> None:
        """Shows star and tags of the document, before its origin, where they are not cut."""
        self._kept = " ".join([*(["★"] if kept.starred else []), *(f"#{one_line(tag)}" for tag in kept.tags)])
        self._compose_lines()

    def on_resize(self) -> None:
        """Fits both lines to the new width."""
        self._compose_lines()

    def _compose_lines(self) -> None:
        width = self.content_size.width
        title = fit(self._title, width)
        kept = fit(f"{self._kept} · " if self._kept and self._origin else self._kept, width)
        origin = fit(self._origin, width - cell_len(kept))
        self.set_class(not title, "-untitled")
        lines = [Content.styled(title, "bold")] if title else []
        below = Content.assemble((kept, "$text-warning"), (origin, "$foreground-muted"))
        self.update(Content("\n").join([*lines, below]), layout=False)


def _marked(document: Document, field: str, value: str) -> str:
    """Returns a value, with a mark before it where it was inferred from the text: `w` says so in words."""
    return f"≈ {value}" if value and field in document.guessed else value


def begins_with(text: str, title: str) -> bool:
    """Says whether the first words of a text are those of its title, whatever marks and blanks stand around them."""
    words = _WORD.findall(title.casefold())
    beginning = text[: 4 * len(title) + 200].casefold()
    return bool(words) and [match.group() for match in islice(_WORD.finditer(beginning), len(words))] == words
