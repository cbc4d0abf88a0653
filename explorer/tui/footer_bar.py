"""The last line: the keys most useful where the reader is, seven at most; each can be clicked."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from explorer.tui.commands import Place, footer


class FooterBar(Static):
    """Shows the keys of one place."""

    def __init__(self) -> None:
        super().__init__(id="footer", markup=False)
        self.place: Place = "search"

    def show_place(self, place: Place) -> None:
        """Shows the keys of a place."""
        self.place = place
        self._compose_line()

    def on_resize(self) -> None:
        """Leaves out the last keys where there is no room."""
        self._compose_line()

    def _compose_line(self) -> None:
        line, room = Content(" "), self.size.width - 1
        for key, command in footer(self.place):
            room -= len(key) + len(command.label) + 4
            if room < -2:
                break
            action = command.action if "." in command.action.split("(")[0] else f"screen.focused({command.action!r})"
            item = Content.assemble(
                (f" {key}", "bold $footer-key-foreground"), (f" {command.label}  ", "$footer-description-foreground")
            )
            line += item.stylize(Style.from_meta({"@click": action}))
        self.update(line)
