"""The command palette, made from the table of commands: each with its key."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.actions import parse
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from explorer.tui.commands import COMMANDS, Command, key_name


class CommandSearch(Provider):
    """Finds commands by label and explanation."""

    async def discover(self) -> Hits:
        """Offers every command before anything is typed."""
        for command in self._offered():
            yield DiscoveryHit(
                _display(Content(command.label), command), self._run(command), text=command.label, help=command.help
            )

    async def search(self, query: str) -> Hits:
        """Offers the commands that match."""
        matcher = self.matcher(query)
        for command in self._offered():
            score = max(matcher.match(command.label), 0.8 * matcher.match(command.help))
            if score > 0:
                label = matcher.highlight(command.label)
                yield Hit(score, _display(label, command), self._run(command), text=command.label, help=command.help)

    def _offered(self) -> list[Command]:
        return [command for command in COMMANDS if command.palette and _valid(command, self.screen)]

    def _run(self, command: Command) -> Callable[[], Coroutine[Any, Any, bool]]:
        return partial(self.app.run_action, command.action, self.screen)


def _valid(command: Command, screen: Screen[Any]) -> bool:
    """Says whether a command does something on a screen just now."""
    destination, name, parameters = parse(command.action)
    if destination != "screen":
        return True
    return hasattr(screen, f"action_{name}") and bool(screen.check_action(name, parameters))


def _display(label: Content, command: Command) -> Content:
    keys = "  ".join(key_name(key) for key in command.keys)
    return label + Content.styled(f"   {keys}", "dim") if keys else label
