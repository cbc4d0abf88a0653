"""What `y` and `Y` copy, which depends on where the reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.export.citation import citation, quoted_words, shown_words
from explorer.index.listing import page_of
from explorer.model import Document
from explorer.tui.display import fit, one_line, plural
from explorer.tui.surroundings import around

if TYPE_CHECKING:
    from explorer.tui.main_screen import MainScreen
    from explorer.tui.side_pane import SidePane


async def copied(screen: MainScreen, cited: bool) -> tuple[str, str] | None:
    """Returns (what it is, its text): a selection, a quote, a name, or the sentences around a place; None when there is nothing.

    Raises ExplorerError where the document of a result cannot be fetched.
    """
    pane, document = screen.panes.place, screen.pane.document
    selected = screen.get_selected_text()
    if selected and selected.strip():
        return "selection", _with_origin(selected, document, cited, screen.pane.view.looked_at)
    if pane == "side":
        return _from_side(screen.side, cited)
    if pane == "document" and document is not None:
        here = screen.pane.place
        return "passage", _with_origin(around(document.text, here, here), document, cited, here)
    passage = screen.searching.chosen
    if passage is None:
        return None
    document = await screen.pane.fetch(passage.document)
    place = passage.hits[0][0] if passage.hits else passage.start
    return "passage", _with_origin(around(document.text, passage.start, passage.end), document, cited, place)


def _with_origin(words: str, document: Document | None, cited: bool, place: int) -> str:
    if document is None or not cited:
        return words
    page = page_of(document.pages, place)
    return f"{words.strip()}\n{citation(document.title, document.source, document.date, document.path, page=page)}"


def _from_side(side: SidePane, cited: bool) -> tuple[str, str] | None:
    if side.quote is not None:
        found, words = side.quote, quoted_words(side.quote.quote)
        if not cited:
            return "quote", words
        origin = citation(found.title, found.source, found.date, found.path, found.quote)
        return "quote", f"{shown_words(found.quote, str)}\n{origin}"
    return None if side.entity is None else ("name", side.entity.name)


def toast(what: str, text: str, cited: bool) -> str:
    """Returns the words that say what was copied."""
    with_ = " with its citation" if cited and what != "name" else ""
    return f"copied the {what}{with_}: {fit(one_line(text), 40)} ({plural(len(text), 'character')})"
