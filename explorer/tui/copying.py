"""What `y` and `Y` copy, which depends on where the reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.tui.citation import cite_passage, cite_quote, cite_stretch, paragraph_around
from explorer.tui.display import fit, one_line, plural

if TYPE_CHECKING:
    from explorer.tui.main_screen import MainScreen
    from explorer.tui.side_pane import SidePane


def copied(screen: MainScreen, cited: bool) -> tuple[str, str] | None:
    """Returns (what it is, its text): a selection, a quote, a name, a passage or a paragraph; None when there is nothing."""
    place, document = screen.panes.place, screen.pane.document
    selected = screen.get_selected_text()
    if selected and selected.strip():
        return "selection", cite_stretch(document, selected) if cited and document else selected
    if place == "side":
        return _from_side(screen.side, cited)
    if place == "document" and document is not None:
        words = paragraph_around(document.text, screen.pane.place)
        return "passage", cite_stretch(document, words) if cited else words
    passage = screen.searching.chosen
    return None if passage is None else ("passage", cite_passage(passage) if cited else passage.text)


def _from_side(side: SidePane, cited: bool) -> tuple[str, str] | None:
    if side.quote is not None:
        return "quote", cite_quote(side.quote) if cited else side.quote.quote.text
    return None if side.entity is None else ("name", side.entity.name)


def toast(what: str, text: str, cited: bool) -> str:
    """Returns the words that say what was copied."""
    with_ = " with its citation" if cited and what != "name" else ""
    return f"copied the {what}{with_}: {fit(one_line(text), 40)} ({plural(len(text), 'character')})"
