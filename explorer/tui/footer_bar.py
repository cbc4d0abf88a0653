"""The last line: the keys most useful where the reader is, seven at most; each can be clicked."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from explorer.tui.commands import Command, Place, footer


class FooterBar(Static):
    """Shows the keys of one place."""

    def __init__(self) -> None:
        super().__init__(id="footer", markup=False)
        self.place: Place = "search"
        self.without: frozenset[str] = frozenset()

    def show_place(self, place: Place, without: frozenset[str] = frozenset()) -> None:
        """Shows the keys of a place, but for the commands, by id, that would do nothing just now."""
        if (place, without) != (self.place, self.without):
            self.place, self.without = place, without
            self._compose_line()

    def on_resize(self) -> None:
        """Leaves out keys where there is no room."""
        self._compose_line()

    def _compose_line(self) -> None:
        shown = footer(self.place, self.without)
        while len(shown) > 1 and sum(len(key) + len(command.label) + 4 for key, command in shown) > self.size.width:
            del shown[-2]  # the last is help
        items = [
            Content.assemble(
                (f" {key}", "bold $footer-key-foreground"),
                (f" {command.label}  ", "$footer-description-foreground"),
            ).stylize(Style.from_meta({"@click": _clicked(command)}))
            for key, command in shown
        ]
        self.update(Content(" ") + Content("").join(items), layout=False)


def _clicked(command: Command) -> str:
    """Returns the action of a click: a widget's own action is for the widget that has the focus."""
    return command.action if "." in command.action.split("(")[0] else f"screen.focused({command.action!r})"
