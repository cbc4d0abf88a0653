"""Styles of the parts of a painted line, from the style file."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


def part_style(widget: Widget, name: str) -> Style:
    """Returns what a component class adds to a line's own style; a colour with transparency is blended first."""
    added = widget.get_component_rich_style(name, partial=True)
    if added.color is None:
        return added
    return added + Style(color=widget.get_component_rich_style(name).color)
