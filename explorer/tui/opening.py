"""Opening a document's file outside: with the desktop's program, or in the reader's editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual.app import SuspendNotSupported

from explorer.model import Document, ExplorerError
from explorer.tui.display import one_line

if TYPE_CHECKING:
    from explorer.tui.folder_screen import FolderScreen

# What a desktop would run in place of showing it.
_PROGRAMS = frozenset(
    (
        *("app", "appimage", "application", "bat", "cmd", "com", "command", "cpl", "desktop", "exe", "hta", "jar", "jse", "js"),
        *("lnk", "msc", "msi", "pif", "ps1", "py", "pyw", "reg", "scr", "sh", "url", "vb", "vbe", "vbs", "webloc", "wsf", "wsh"),
    )
)
_PLAIN = frozenset(("", "csv", "json", "jsonl", "log", "markdown", "md", "rst", "srt", "text", "tsv", "txt", "vtt"))
# Editors that take +LINE before the file.
_TAKE_LINE = frozenset(
    ("ed", "emacs", "emacsclient", "ex", "jed", "joe", "kak", "mg", "micro", "nano", "ne", "nvi", "nvim", "vi", "vim")
)


def containing_file(folder: Path, path: str) -> tuple[Path, str]:
    """Returns the file that a document's path leads to, and what the document is called inside it, "" where it is the file.

    Raises ExplorerError where no file is there any more.
    """
    here, parts = folder, path.split("/")
    for place, part in enumerate(parts):
        found = _entry(here, part)
        if found is None:
            break
        if found.is_file():
            return found, "/".join(parts[place + 1 :])
        here = found
    raise ExplorerError(f"{path} is not in the folder any more")


def _entry(folder: Path, name: str) -> Path | None:
    """The entry of a folder that is shown by this name: names that cannot be shown as they are, are looked for."""
    from explorer.index.files import shown_path

    try:
        if name not in {"", ".", ".."} and os.path.lexists(folder / name):
            return folder / name
        return next((Path(entry.path) for entry in os.scandir(folder) if shown_path(entry.name) == name), None)
    except (OSError, ValueError):
        return None


async def open_in(screen: FolderScreen, program: Literal["desktop", "editor"]) -> None:
    """Opens the file of the document on screen, and says so; of one inside another file, that file."""
    document = screen.pane.document
    if document is None:
        screen.notify("no document here", markup=False, timeout=2)
        return
    try:
        folder = Path((await screen.source.status()).folder).expanduser()
        file, inside = containing_file(folder, document.path)
        if program == "desktop":
            command = desktop_command(file)
            subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
        else:
            command = editor_command(file, _line(document, screen.pane.place, inside))
            with screen.app.suspend():
                subprocess.run(command, check=False)
    except (ExplorerError, OSError, SuspendNotSupported) as error:
        screen.notify(one_line(str(error)), severity="error", markup=False)
        return
    where = f"; {inside} is inside it" if inside else ""
    screen.notify(one_line(f"opened {file.name}{where}"), markup=False, timeout=4)


def desktop_command(file: Path) -> list[str]:
    """Returns the command that shows a file; raises ExplorerError for a program, which it would run, and without a desktop."""
    if file.suffix.lower().lstrip(".") in _PROGRAMS:
        raise ExplorerError(f"{file.name} would be run, not shown; v opens it in your editor")
    opener = "open" if sys.platform == "darwin" else "explorer.exe" if sys.platform == "win32" else "xdg-open"
    found = shutil.which(opener)
    if found is None:
        raise ExplorerError(f"there is no {opener} here to open {file} with")
    return [found, str(file)]


def editor_command(file: Path, line: int | None) -> list[str]:
    """Returns the command that edits a file, from $VISUAL or $EDITOR; raises ExplorerError where there is none."""
    try:
        words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError as error:
        raise ExplorerError(f"$EDITOR cannot be read: {error}") from None
    if not words:
        raise ExplorerError("set EDITOR to the program that is to open it, as in EDITOR=nano")
    at = [f"+{line}"] if line is not None and Path(words[0]).name in _TAKE_LINE else []
    return [*words, *at, str(file)]


def _line(document: Document, place: int, inside: str) -> int | None:
    """The line of a place, from 1, where the text is the file's own."""
    plain = Path(document.path).suffix.lower().lstrip(".") in _PLAIN
    return document.text.count("\n", 0, place) + 1 if plain and not inside else None
