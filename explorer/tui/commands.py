"""Every command of the app, once: bindings, footer, help, palette and `explorer keys` are made from this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from textual.binding import BindingType

Place = Literal["search", "results", "document", "side", "list", "anywhere", "app"]
FOOTER_KEYS = 7
PLACES: dict[Place, str] = {
    "search": "In the search box",
    "results": "In the results",
    "document": "In the document",
    "side": "In the side pane",
    "list": "In every list",
    "anywhere": "Everywhere outside the search box",
    "app": "Everywhere",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its keys in Textual's spelling, what it says in footer and palette, and where it is valid.

    ``footer`` names the places whose footer shows it, ``shown`` its key there when that stands for a pair of keys.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    place: Place
    action: str
    footer: tuple[Place, ...] = ()
    shown: str = ""
    palette: bool = True


_LISTS: tuple[Place, ...] = ("results", "side")

COMMANDS: tuple[Command, ...] = (
    # In the search box
    Command("search.read", ("enter",), "read", "search what is written, then go into the document", "search",
            "screen.submit_search", ("search",), palette=False),
    Command("search.down", ("down",), "results", "next result", "search", "screen.move_result(1)", ("search",), "↑ ↓", False),
    Command("search.up", ("up",), "results", "previous result", "search", "screen.move_result(-1)", palette=False),
    Command("search.page_down", ("pagedown",), "page", "next page of results", "search", "screen.move_page(1)", palette=False),
    Command("search.page_up", ("pageup",), "page", "previous page of results", "search", "screen.move_page(-1)", palette=False),
    # In every list
    Command("list.open", ("enter", "o"), "open", "open: read a result, filter by an entity, go to a quote", "list", "open",
            ("results", "side"), "enter", False),
    Command("list.down", ("down", "j"), "down", "next row", "list", "move(1)", palette=False),
    Command("list.up", ("up", "k"), "up", "previous row", "list", "move(-1)", palette=False),
    Command("list.page_down", ("pagedown", "space", "d"), "page down", "a page down", "list", "page(1)", palette=False),
    Command("list.page_up", ("pageup", "b", "u"), "page up", "a page up", "list", "page(-1)", palette=False),
    Command("list.top", ("home", "g"), "top", "first row", "list", "edge(-1)", palette=False),
    Command("list.end", ("end", "G"), "end", "last row", "list", "edge(1)", palette=False),
    # In the document
    Command("document.down", ("j", "down", "enter"), "down", "a row down", "document", "rows(1)", palette=False),
    Command("document.up", ("k", "up"), "up", "a row up", "document", "rows(-1)", palette=False),
    Command("document.page_down", ("space", "pagedown"), "page", "a page down", "document", "pages(2)", ("document",), "space", False),
    Command("document.page_up", ("b", "pageup"), "page up", "a page up", "document", "pages(-2)", palette=False),
    Command("document.half_down", ("d",), "half down", "half a page down", "document", "pages(1)", palette=False),
    Command("document.half_up", ("u",), "half up", "half a page up", "document", "pages(-1)", palette=False),
    Command("document.top", ("g", "home"), "top", "the beginning of the document", "document", "top", palette=False),
    Command("document.end", ("G", "end"), "end", "the end of the document", "document", "end", palette=False),
    Command("document.find", ("/",), "find in document", "find words in this document", "document", "screen.find_here",
            ("document",), "/"),
    # In the side pane
    Command("side.scope", ("a",), "scope", "entities and quotes of this document, of the results, of all", "side",
            "screen.turn_scope", ("side",)),
    Command("side.mention", ("f",), "mention", "the entity's next mention in the document", "side", "screen.next_mention", ("side",)),
    Command("side.tab", ("left", "right"), "tab", "turn between entities and quotes", "side", "screen.turn_tab", ("side",), "← →"),
    # Everywhere outside the search box
    Command("hit.next", ("n",), "hit", "next hit, and on into the next document", "anywhere", "screen.step_hit(1)",
            ("results", "document"), "n N"),
    Command("hit.previous", ("N",), "previous hit", "previous hit, and back into the document before", "anywhere", "screen.step_hit(-1)"),
    Command("result.next", ("]",), "result", "next result", "anywhere", "screen.step_result(1)", ("document",), "] ["),
    Command("result.previous", ("[",), "previous result", "previous result", "anywhere", "screen.step_result(-1)"),
    Command("search.box", ("/", "1"), "search", "go to the search box", "anywhere", "screen.pane(1)", ("results",), "/"),
    Command("pane.results", ("2",), "results", "go to the results", "anywhere", "screen.pane(2)"),
    Command("pane.document", ("3",), "document", "go to the document", "anywhere", "screen.pane(3)"),
    Command("pane.side", ("4",), "side pane", "go to entities and quotes; again: the other tab", "anywhere", "screen.pane(4)",
            ("results", "document"), "4"),
    Command("copy.cited", ("y",), "copy", "copy the selection, passage or quote with its citation", "anywhere", "screen.copy(True)",
            ("results", "document", "side")),
    Command("copy.text", ("Y",), "copy text", "copy the selection, passage or quote without its citation", "anywhere", "screen.copy(False)"),
    Command("why", ("w",), "why", "why this was taken for a quote or a name: the rule, the chain, how sure", "anywhere", "screen.why", ("side",)),
    Command("back", ("backspace", "alt+left"), "back", "back to where you were before the last jump", "anywhere", "screen.history(-1)"),
    Command("forward", ("alt+right",), "forward", "forward again", "anywhere", "screen.history(1)"),
    Command("marks", (".",), "marks", "show or hide the quiet marks of quotes and names", "anywhere", "screen.toggle_marks"),
    Command("alone", ("z",), "alone", "the document alone, and back", "anywhere", "screen.alone"),
    Command("side.show", ("i",), "side pane", "show or hide the side pane", "anywhere", "screen.toggle_side"),
    Command("narrower", ("<",), "narrower", "make the results, or the side pane when you are in it, narrower", "anywhere", "screen.resize(-4)"),
    Command("wider", (">",), "wider", "make the results, or the side pane when you are in it, wider", "anywhere", "screen.resize(4)"),
    Command("files", ("x",), "unreadable files", "the files that could not be read, and why", "anywhere", "screen.files"),
    Command("out", ("q",), "out", "back out one level; from the results, quit", "anywhere", "screen.out", palette=False),
    # Everywhere
    Command("search.focus", ("ctrl+f",), "search", "go to the search box", "app", "screen.pane(1)", palette=False),
    Command("pane.next", ("tab",), "pane", "next pane", "app", "screen.cycle(1)", ("search",), palette=False),
    Command("pane.previous", ("shift+tab",), "previous pane", "previous pane", "app", "screen.cycle(-1)", palette=False),
    Command("refresh", ("ctrl+r",), "refresh", "look for new and changed files", "app", "screen.refresh_folder"),
    Command("palette", ("ctrl+p",), "commands", "every command, with its key", "app", "app.command_palette", ("search",), palette=False),
    Command("help", ("?", "f1"), "help", "the keys that are valid here", "app", "screen.help", ("results", "document", "side")),
    Command("help.search", ("f1",), "help", "the keys that are valid here", "search", "screen.help", ("search",), palette=False),
    Command("escape", ("escape",), "out", "stop what is waited for, else back out one level", "app", "screen.escape", palette=False),
    Command("theme", (), "theme", "choose the colours", "app", "app.change_theme"),
    Command("quit", ("ctrl+q",), "quit", "leave; the next start comes back here", "app", "app.quit"),
    Command("quit.letter", ("Q",), "quit", "leave; the next start comes back here", "anywhere", "app.quit", palette=False),
)  # fmt: skip

_KEY_NAMES = {"pagedown": "page down", "pageup": "page up", "up": "↑", "down": "↓", "left": "←", "right": "→"}


def key_name(key: str) -> str:
    """Returns a key as it is written for people."""
    return _KEY_NAMES.get(key, key)


def bindings(*places: Place) -> list[BindingType]:
    """Returns the bindings of the commands valid in these places."""
    from textual.binding import Binding

    return [
        Binding(key, command.action, command.label, id=f"{command.id}.{key}", tooltip=command.help, show=False)
        for command in COMMANDS
        if command.place in places
        for key in command.keys
    ]


def footer(place: Place) -> list[tuple[str, Command]]:
    """Returns what the footer shows in a place: the key as written there, and its command; seven at most."""
    shown = [(command.shown or key_name(command.keys[0]), command) for command in COMMANDS if place in command.footer]
    return shown[:FOOTER_KEYS]


def help_table(place: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the keys valid in a place, innermost first: (heading, [(keys, what they do)])."""
    within: tuple[Place, ...] = (place, *(("list",) if place in _LISTS else ()), *(() if place == "search" else ("anywhere",)), "app")
    return [(PLACES[name], key_rows(name)) for name in within if key_rows(name)]


def key_rows(place: Place) -> list[tuple[str, str]]:
    """Returns (keys, what they do) of every command bound in one place."""
    return [
        ("  ".join(key_name(key) for key in command.keys), command.help)
        for command in COMMANDS
        if command.place == place and command.keys
    ]
