"""Every command of the app, once: bindings, footer, help, palette and `explorer keys` are made from this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from textual.binding import BindingType

Place = Literal["search", "results", "document", "side", "list", "anywhere", "app", "start", "saved", "terms", "names", "files"]
FOOTER_KEYS = 7
PLACES: dict[Place, str] = {
    "search": "In the search box",
    "results": "In the results",
    "document": "In the document",
    "side": "In the side pane",
    "list": "In every list",
    "anywhere": "Everywhere outside the search box",
    "app": "Everywhere",
    "start": "On the start screen",
    "saved": "In the list of saved queries",
    "terms": "In the search term report",
    "names": "In the list of names joined",
    "files": "In the list of files not read",
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


@dataclass(frozen=True, slots=True)
class _Row:
    """A command as the table below has it; the place is written once for all of a place."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    action: str
    footer: tuple[Place, ...] = ()
    shown: str = ""
    palette: bool = True


def _in(place: Place, *rows: _Row) -> list[Command]:
    """Makes the commands of a place; but for lists and the document, actions are the screen's unless they say another's."""
    own = place in {"list", "document"}
    return [
        Command(
            row.id, row.keys, row.label, row.help, place,
            row.action if own or "." in row.action else f"screen.{row.action}",
            row.footer, row.shown, row.palette,
        )
        for row in rows
    ]  # fmt: skip


_LISTS: tuple[Place, ...] = ("results", "side")
_APART: tuple[Place, ...] = ("start", "saved", "terms", "names", "files")  # screens of their own
_WITH_LIST: tuple[Place, ...] = (*_LISTS, *_APART)

COMMANDS: tuple[Command, ...] = (
    *_in(
        "search",
        _Row("search.read", ("enter",), "read", "search what is written, go into the document",
             "submit_search", footer=("search",), palette=False),
        _Row("search.down", ("down",), "results", "next result",
             "move_result(1)", footer=("search",), shown="↑ ↓", palette=False),
        _Row("search.up", ("up",), "results", "previous result", "move_result(-1)", palette=False),
        _Row("search.page_down", ("pagedown",), "page", "next page of results", "move_page(1)", palette=False),
        _Row("search.page_up", ("pageup",), "page", "previous page of results", "move_page(-1)", palette=False),
        _Row("completion.take", ("tab",), "complete", "take the completion in the list; without a list, next pane",
             "complete", palette=False),
        _Row("completion.next", ("ctrl+n",), "completion", "next completion in the list", "next_completion", palette=False),
    ),
    *_in(
        "list",
        _Row("list.open", ("enter",),
             "open", "read a result, filter by an entity, go to a quote, open a folder",
             "open", footer=(*_LISTS, "terms", "files"), palette=False),
        _Row("list.down", ("down", "j"), "down", "next row", "move(1)", palette=False),
        _Row("list.up", ("up", "k"), "up", "previous row", "move(-1)", palette=False),
        _Row("list.page_down", ("pagedown", "space", "d"), "page down", "a page down", "page(1)", palette=False),
        _Row("list.page_up", ("pageup", "b", "u"), "page up", "a page up", "page(-1)", palette=False),
        _Row("list.top", ("home", "g"), "top", "first row", "edge(-1)", palette=False),
        _Row("list.end", ("end", "G"), "end", "last row", "edge(1)", palette=False),
    ),
    *_in(
        "results",
        _Row("result.open", ("right", "l"), "passages", "open a result's other passages and its copies below it",
             "unfold", palette=False),
        _Row("result.close", ("left", "h"), "close", "close them", "fold", palette=False),
        _Row("filter", ("\\",), "filter", "narrow these results as you type; enter keeps the filter, escape takes it away",
             "filter_within", footer=("results",)),
    ),
    *_in(
        "document",
        _Row("document.down", ("j", "down", "enter"), "down", "a row down", "rows(1)", palette=False),
        _Row("document.up", ("k", "up"), "up", "a row up", "rows(-1)", palette=False),
        _Row("document.page_down", ("space", "pagedown"), "page", "a page down",
             "pages(2)", footer=("document",), shown="space", palette=False),
        _Row("document.page_up", ("b", "pageup"), "page up", "a page up", "pages(-2)", palette=False),
        _Row("document.half_down", ("d",), "half down", "half a page down", "pages(1)", palette=False),
        _Row("document.half_up", ("u",), "half up", "half a page up", "pages(-1)", palette=False),
        _Row("document.top", ("g", "home"), "top", "the beginning of the document", "top", palette=False),
        _Row("document.end", ("G", "end"), "end", "the end of the document", "end", palette=False),
        _Row("document.find", ("/",), "find", "find words in this document", "screen.find_here", footer=("document",), shown="/"),
        _Row("document.page", ("p",), "go to page…", "go to a page of this document, where it has pages", "screen.go_to_page"),
    ),
    *_in(
        "side",
        _Row("side.scope", ("a",), "scope", "of this document, of these results, of all documents",
             "turn_scope", footer=("side",)),
        _Row("side.mention", ("f",), "mention", "the entity's next mention in the document", "next_mention", footer=("side",)),
        _Row("side.names", ("|",), "names", "the names other documents give the entity: part them, join another", "names"),
        _Row("side.unsure", ("h",), "unsure", "hide or show the quotes that are not sure, which are dimmed", "toggle_unsure"),
        _Row("side.tab", ("right",), "tab", "turn to the next of entities, quotes and filters",
             "turn_tab(1)", footer=("side",), shown="← →"),
        _Row("side.tab_before", ("left",), "tab before", "turn to the one before", "turn_tab(-1)"),
    ),
    *_in(
        "anywhere",
        _Row("hit.next", ("n",), "hit", "next hit, and on into the next document",
             "step_hit(1)", footer=("results", "document"), shown="n N"),
        _Row("hit.previous", ("N",), "previous hit", "previous hit, and back into the document before", "step_hit(-1)"),
        _Row("result.next", ("]",), "result", "next result", "step_result(1)", footer=("document",), shown="] ["),
        _Row("result.previous", ("[",), "previous result", "previous result", "step_result(-1)"),
        _Row("search.box", ("/", "1"), "search", "go to the search box", "pane(1)", footer=("results",), shown="/"),
        _Row("pane.results", ("2",), "results", "go to the results", "pane(2)"),
        _Row("pane.document", ("3",), "document", "go to the document", "pane(3)"),
        _Row("pane.side", ("4",), "side pane", "entities, quotes, filters; again: the next tab",
             "pane(4)", footer=("results", "document"), shown="4"),
        _Row("copy.cited", ("y",), "copy", "copy selection, passage or quote with its citation",
             "copy(True)", footer=("results", "document", "side")),
        _Row("copy.text", ("Y",), "copy text", "copy selection, passage or quote, the text only", "copy(False)"),
        _Row("why", ("w",), "why", "why this was taken for a quote or a name; elsewhere, what is known of the document",
             "why", footer=("side",)),
        _Row("back", ("backspace", "alt+left"), "back", "back to where you were before the last jump", "history(-1)"),
        _Row("forward", ("alt+right",), "forward", "forward again", "history(1)"),
        _Row("marks", (".",), "marks", "show or hide the quiet marks of quotes and names", "toggle_marks"),
        _Row("alone", ("z",), "alone", "the document alone, and back", "alone"),
        _Row("side.show", ("i",), "side pane", "show or hide the side pane", "toggle_side"),
        _Row("star", ("s",), "star", "star the document, or take its star away; is:starred finds them", "keep('star')"),
        _Row("tags", ("t",), "tags", "give the document tags; tag:name finds them", "keep('tags')"),
        _Row("terms", ("T",), "search term report", "what each query of a list finds, and what only it finds", "terms"),
        _Row("narrower", ("<",), "narrower", "make the results or the side pane narrower", "resize(-4)"),
        _Row("wider", (">",), "wider", "make the results or the side pane wider", "resize(4)"),
        _Row("order", ("S",), "order", "turn the results' order: relevance, newest, oldest, source", "turn_order"),
        _Row("files", ("x",), "unread files", "how much was read; the files that were not, why, and what helps", "files"),
        _Row("desktop", ("o",), "open the file", "open the document's file with the desktop's program for it", "open_file"),
        _Row("editor", ("v",), "edit the file", "open the document's file in $EDITOR, at this line", "edit_file"),
        _Row("out", ("q",), "out", "back out one level; from the results, quit", "out", palette=False),
    ),
    *_in(
        "app",
        _Row("search.focus", ("ctrl+f",), "search", "go to the search box", "pane(1)", palette=False),
        _Row("pane.next", ("tab",), "pane", "next pane", "cycle(1)", footer=("search",), palette=False),
        _Row("pane.previous", ("shift+tab",), "previous pane", "previous pane", "cycle(-1)", palette=False),
        _Row("query.save", ("ctrl+s",), "save query", "keep this query under a name, to be used as @name", "keep('save')"),
        _Row("query.saved", (), "saved queries…", "run or delete a query kept under a name", "keep('saved')"),
        _Row("offer", (), "make this folder faster…", "what would make searching this folder faster", "offer"),
        _Row("repair", ("f2",), "repair", "ask the query that was probably meant, where one is offered",
             "repair", footer=("search",)),
        _Row("new", ("f3",), "what is new", "the documents that came since the folder was last closed: is:new", "show_new"),
        _Row("mend", ("f5",), "mend", "mend the index, where it is damaged", "mend"),
        _Row("refresh", ("ctrl+r",), "refresh", "look for new and changed files", "refresh_folder"),
        _Row("rebuild", (), "rebuild", "make the index of this folder anew", "refresh_folder(True)"),
        _Row("palette", ("ctrl+p",), "commands", "every command, with its key",
             "app.command_palette", footer=("search",), palette=False),
        _Row("help", ("?", "f1"), "help", "the keys that are valid here", "help", footer=("results", "document", "side")),
        _Row("help.query", (), "how to write a query", "the query language, with examples", "app.query_guide"),
    ),
    *_in(
        "search",
        _Row("help.search", ("f1",), "help", "the keys that are valid here, and how to write a query",
             "help", footer=("search",), palette=False),
    ),
    *_in(
        "app",
        _Row("escape", ("escape",), "out", "back out one level; at the last, stop the indexing", "escape", palette=False),
        _Row("theme", (), "theme", "choose the colours", "app.change_theme"),
        _Row("quit", ("ctrl+q",), "quit", "leave; the next start comes back here", "app.quit"),
    ),
    *_in(
        "start",
        _Row("start.help", ("?", "f1"), "help", "the keys that are valid here", "help", palette=False),
        _Row("start.quit", ("q", "Q", "escape"), "quit", "leave", "app.quit", palette=False),
    ),
    *_in(
        "saved",
        _Row("saved.delete", ("d", "delete"), "delete", "delete the query", "delete_saved", palette=False),
        _Row("saved.undo", ("U",), "undo", "bring back the query deleted last", "undo_delete", palette=False),
    ),
    *_in(
        "names",
        _Row("names.part", ("d", "delete"), "part", "part the name: it is an entity of its own again", "part", palette=False),
        _Row("names.join", ("+",), "join", "show another name under this one", "join", palette=False),
        _Row("names.undo", ("U",), "undo", "take back the last step", "undo", palette=False),
    ),
    *_in(
        "terms",
        _Row("terms.list", ("l", "/"), "list", "name another list of queries", "list", footer=("terms",), palette=False),
        _Row("terms.again", ("r",), "again", "count again", "count", footer=("terms",), palette=False),
        _Row("terms.query", ("1",), "by query", "sort by the query; again: the other way round",
             "sort_by('query')", palette=False),
        _Row("terms.documents", ("2",), "sort", "sort by documents; again: the other way round",
             "sort_by('documents')", footer=("terms",), shown="1-4", palette=False),
        _Row("terms.hits", ("3",), "by hits", "sort by hits; again: the other way round", "sort_by('hits')", palette=False),
        _Row("terms.only", ("4",), "by only", "sort by the documents that only this query finds; again: the other way round",
             "sort_by('only')", palette=False),
        _Row("terms.order", ("0",), "list's order", "the order of the list", "sort_by('list')", palette=False),
        _Row("terms.export", ("e",), "export", "write the report to a file: CSV, Markdown or JSON",
             "export", footer=("terms",), palette=False),
        _Row("terms.leave", ("escape", "q"), "back", "stop the counting; else back to the search",
             "leave", footer=("terms",), palette=False),
        _Row("terms.help", ("?", "f1"), "help", "the keys that are valid here", "help", footer=("terms",), palette=False),
    ),
    *_in(
        "files",
        _Row("files.filter", ("\\", "/"), "filter", "narrow the list as you type; enter keeps the filter, escape takes it away",
             "filter_files", footer=("files",), palette=False),
        _Row("files.copy", ("y",), "copy", "copy the command that would help, else the path",
             "copy_remedy", footer=("files",), palette=False),
        _Row("files.path", ("Y",), "copy path", "copy the path", "copy_path", palette=False),
        _Row("files.export", ("e",), "export", "write the list to a file: CSV, Markdown or JSON",
             "export", footer=("files",), palette=False),
        _Row("files.leave", ("escape", "q", "x"), "back", "take the filter away; else back to the search",
             "leave", footer=("files",), palette=False),
        _Row("files.help", ("?", "f1"), "help", "the keys that are valid here", "help", footer=("files",), palette=False),
    ),
    *_in(
        "anywhere",
        _Row("quit.letter", ("Q",), "quit", "leave; the next start comes back here", "app.quit", palette=False),
    ),
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


def footer(place: Place, without: frozenset[str] = frozenset()) -> list[tuple[str, Command]]:
    """Returns what the footer shows in a place: the key as written there, and its command; seven at most.

    ``without`` are the ids of commands that would do nothing just now.
    """
    shown = [
        (command.shown or key_name(command.keys[0]), command)
        for command in COMMANDS
        if place in command.footer and command.id not in without
    ]
    return shown[:FOOTER_KEYS]


def help_table(place: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the keys valid in a place, innermost first: (heading, [(keys, what they do)])."""
    within: tuple[Place, ...] = (
        place,
        *(("list",) if place in _WITH_LIST else ()),
        *(() if place in {"search", *_APART} else ("anywhere",)),
        *(() if place in _APART else ("app",)),
    )
    return [(PLACES[name], key_rows(name)) for name in within if key_rows(name)]


def key_rows(place: Place) -> list[tuple[str, str]]:
    """Returns (keys, what they do) of every command bound in one place."""
    return [
        ("  ".join(key_name(key) for key in command.keys), command.help)
        for command in COMMANDS
        if command.place == place and command.keys
    ]
