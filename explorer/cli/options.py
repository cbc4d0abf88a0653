"""The commands' options and how a command line is read."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from explorer.export.answers import FORMATS
from explorer.model import ExplorerError

LIMIT = 50
GUIDE_WIDTH = 100  # characters


class UsageError(ExplorerError):
    """A command line that cannot be read."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as help, completion and the reader of its arguments know it.

    ``arguments`` are (name, what it is); ``options`` names entries of OPTIONS; ``run`` is "module:function", imported only
    when the command is given. ``guide``: it takes a query, so its help ends with how to write one.
    """

    name: str
    usage: str
    about: str
    example: str
    run: str
    arguments: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    more: str = ""
    guide: bool = False


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text[:18]) > 0:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number from 1 up")
    return int(text[:18])


OPTIONS: dict[str, dict[str, Any]] = {
    "--format": {
        "choices": FORMATS,
        "metavar": "FORM",
        "help": f"{', '.join(FORMATS)} (text is for people and the default)",
    },
    "--limit": {"type": _positive, "default": LIMIT, "metavar": "N", "help": f"at most N (default: {LIMIT})"},
    "--all-passages": {"action": "store_true", "help": "every passage of a document, not only its best"},
    "--fold": {"action": "store_true", "help": "copies of a document have no row of their own"},
    "--type": {
        "choices": ("person", "org", "place", "date"),
        "metavar": "TYPE",
        "help": "only these: person, org, place or date",
    },
    "--engine": {
        "choices": ("auto", "whoosh", "tantivy"),
        "metavar": "NAME",
        "default": "",
        "help": "the full-text engine from now on: whoosh, tantivy, or auto (by the number of documents)",
    },
    "--names": {
        "metavar": "NAME",
        "default": "",
        "help": "what finds names: crf (inside), spacy:NAME_OR_PATH, or settings (the default: as config.toml says)",
    },
    "--rebuild": {"action": "store_true", "help": "throw the index away first and read every file again"},
    "--retry": {"action": "store_true", "help": "read again what could not be read, or only in part, though it has not changed"},
    "--no-update": {"action": "store_true", "help": "ask the index as it is; do not look for changed files first"},
    "--exclude": {
        "action": "append",
        "default": None,
        "metavar": "GLOB",
        "help": "leave out files and folders of this name or path too, from now on; once for each, empty to end it",
    },
    "--remove": {"action": "store_true", "help": "take it away"},
    "--lines": {
        "action": "store_true",
        "help": 'read JSON Lines {"id", "text", "date"?}, write one line each; the texts are not altered',
    },
    "--query": {"default": "", "metavar": "Q", "help": "start with this search"},
    "--fresh": {"action": "store_true", "help": "do not go back to where the last session ended"},
    "--version": {"action": "store_true", "help": "print the version and leave"},
}


class _Parser(argparse.ArgumentParser):
    """Tells mistakes as UsageError instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see {self.prog} -h")


def read_arguments(command: Command, arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """The options given and the words that are none, in any order; after ``--`` everything is a word.

    Raises UsageError; ``-h`` prints the help and raises SystemExit.
    """
    before, after = list(arguments), []
    if "--" in before:
        at = before.index("--")
        before, after = before[:at], before[at + 1 :]
    parser = _parser(command)
    options, words = parser.parse_known_args(before)
    for word in words:
        if word.startswith("-") and word != "-" and " " not in word:
            parser.error(_unknown_option(command, word))
    return options, words + after


def nearest(word: str, names: Sequence[str]) -> str:
    """The name nearest to a word, or nothing."""
    near = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.5)
    return near[0] if near else ""


def _parser(command: Command) -> argparse.ArgumentParser:
    prog = f"explorer {command.name}".strip()
    parser = _Parser(
        prog=prog,
        usage=f"{prog} {command.usage}".strip(),
        description=command.about,
        epilog=_epilog(command),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    if command.arguments:
        width = max(len(name) for name, _ in command.arguments)
        parser.add_argument_group("arguments", "\n".join(f"{name:{width}}  {what}" for name, what in command.arguments))
    group = parser.add_argument_group("options")
    for option in command.options:
        group.add_argument(option, **OPTIONS[option])
    group.add_argument("-h", "--help", action="help", help="show this and leave")
    return parser


def _epilog(command: Command) -> str:
    parts = [command.more] if command.more else []
    parts.append(f"example:\n  {command.example}")
    if command.guide:
        from explorer.index.query.guide import guide_text

        parts.append(guide_text(GUIDE_WIDTH))
    return "\n\n".join(parts)


def _unknown_option(command: Command, word: str) -> str:
    name = word.partition("=")[0]
    if not command.name and name in OPTIONS:
        return f"{name} goes after the command"
    near = nearest(name, [*command.options, "--help"]) if name.startswith("--") else ""
    if near:
        return f"there is no option {name}; did you mean {near}?"
    return f"there is no option {name}; a word that begins with - goes after --"
