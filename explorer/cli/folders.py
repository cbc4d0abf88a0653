"""The words of a command line: which is the query, which the folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from explorer.cli.options import UsageError
from explorer.library import places
from explorer.model import ExplorerError


def query_and_folder(command: str, words: Sequence[str]) -> tuple[str | None, Path]:
    """The query, None where none is given, and the folder, absolute; raises ExplorerError.

    A single word that is an existing folder is the folder, any other the query.
    """
    if len(words) > 2:
        raise UsageError(f"{command} takes QUERY and FOLDER, not {len(words)} words; a query with spaces goes in quote marks")
    if len(words) == 2:
        try:
            return words[0], places.corpus_folder(Path(words[1]))
        except ExplorerError as error:
            raise UsageError(f"{error}; a query with spaces goes in quote marks") from None
    if words and is_folder(words[0]):
        return None, places.corpus_folder(Path(words[0]))
    if words and "/" in words[0] and is_file(words[0]):
        raise UsageError(f"{words[0]} is a file, not a folder; give the folder it lies in (or put the words in quote marks)")
    return (words[0] if words else None), places.corpus_folder(Path())


def only_folder(command: str, words: Sequence[str]) -> Path:
    """The one folder a command takes, not looked at yet; the current one when there is none. Raises UsageError."""
    if len(words) > 1:
        raise UsageError(f"{command} takes one FOLDER, not {len(words)} words")
    return Path(words[0]) if words and words[0] else Path()


def is_file(word: str) -> bool:
    """Whether a word names a file; a query of any length may be asked about."""
    try:
        return Path(word).is_file()
    except (OSError, ValueError):
        return False


def is_folder(word: str) -> bool:
    """Whether a word names a folder; a query of any length may be asked about."""
    try:
        return bool(word) and Path(word).is_dir()
    except (OSError, ValueError):
        return False
