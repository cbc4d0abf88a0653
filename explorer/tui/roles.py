"""Views painted line by line, and the styles of the parts of a line, from the style file."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rich.style import Style
from textual.cache import LRUCache
from textual.scroll_view import ScrollView
from textual.widget import Widget


def part_style(widget: Widget, name: str) -> Style:
    """Returns what a component class adds to a line's own style; a colour with transparency is blended first."""
    added = widget.get_component_rich_style(name, partial=True)
    if added.color is None:
        return added
    return added + Style(color=widget.get_component_rich_style(name).color)


class LineView(ScrollView):
    """A view that paints line by line and keeps what it has painted until its styles change."""

    _strips: LRUCache[int, Any]

    @cached_property
    def _base(self) -> Style:
        """The style of the widget itself: Textual works it out anew at each call."""
        return self.rich_style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self.__dict__.pop("_base", None)
