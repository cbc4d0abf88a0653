"""The commands that open the app; only here, and only then, Textual is loaded."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from explorer.cli.commands import NAMES
from explorer.cli.folders import is_folder
from explorer.cli.options import UsageError, nearest
from explorer.library.settings import read_names


def app(options: argparse.Namespace, words: Sequence[str]) -> int:
    """The app on a folder, at a file, or on its start screen."""
    if options.version:
        from explorer import __version__

        print(f"explorer {__version__}")
        return 0
    if len(words) > 1:
        raise UsageError(_too_many(words))
    folder, query = _place(words[0], options.query) if words else (None, options.query)
    from explorer.tui.run import run_app

    return run_app(folder, query, options.fresh, options.engine, read_names(options.names))


def demo(options: argparse.Namespace, words: Sequence[str]) -> int:
    """The app on the documents inside the package."""
    from explorer.demo import corpus_folder
    from explorer.tui.run import run_app

    if words:
        raise UsageError("demo takes no FOLDER; to open one: explorer FOLDER")
    return run_app(corpus_folder(), options.query, options.fresh)


def _place(word: str, query: str) -> tuple[Path, str]:
    """The folder to open and the query to start with; raises UsageError for a word that is neither folder nor file."""
    path = Path(word)
    if is_folder(word):
        return path, query
    try:
        if path.is_file():
            plain = max(re.split(r"[\"“”„«»\\]", path.name), key=len)  # a quote mark would end the phrase
            at = f'path:"{plain}"'
            return path.parent, f"({query}) {at}" if query.strip() else at
    except (OSError, ValueError):
        pass  # a name too long for a file is none
    raise UsageError(_no_such(word))


def _no_such(word: str) -> str:
    near = "" if "/" in word or "." in word else nearest(word, NAMES)
    if near:
        return f"{word} is neither a command nor a folder; did you mean explorer {near}?"
    return f"there is no command, folder or file {word}; see explorer -h"


def _too_many(words: Sequence[str]) -> str:
    command = next((word for word in words if word in NAMES), "")
    if command:
        return f"options go after the command: explorer {command} …"
    if not is_folder(words[0]) and (near := nearest(words[0], NAMES)):
        return f"there is no command {words[0]}; did you mean explorer {near}?"
    return "the app takes one FOLDER; a query goes in quote marks: explorer FOLDER --query 'two words'"
