"""Names of different documents shown as one entity, or kept apart: join, part."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from explorer.cli.asking import FOUND
from explorer.cli.options import UsageError
from explorer.cli.output import note
from explorer.cli.updating import opened
from explorer.library import places
from explorer.library.library import Library

TYPES = ("PERSON", "ORG", "PLACE")


def join(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Shows a name under another in all documents, or takes that decision back."""
    if not 2 <= len(words) <= 3:
        raise UsageError("join takes NAME, OTHER and FOLDER; see explorer join -h")
    name, other = words[0], words[1]
    with opened(_folder(words[2:]), options) as library:
        library.decide_name(_type(options, library, name), name, None if options.remove else other)
    note(f"{name} is what the rules say again" if options.remove else f"{name} is shown as {other} from now on")
    return FOUND


def part(options: argparse.Namespace, words: Sequence[str]) -> int:
    """Keeps a name apart from all others, or takes that decision back."""
    if not 1 <= len(words) <= 2:
        raise UsageError("part takes NAME and FOLDER; see explorer part -h")
    with opened(_folder(words[1:]), options) as library:
        library.decide_name(_type(options, library, words[0]), words[0], None if options.remove else "")
    note(f"{words[0]} is what the rules say again" if options.remove else f"{words[0]} stands alone from now on")
    return FOUND


def _folder(words: Sequence[str]) -> Path:
    return places.corpus_folder(Path(words[0] if words else ""))


def _type(options: argparse.Namespace, library: Library, name: str) -> str:
    """The type asked for, or the first of which the name is known."""
    if options.type:
        return str(options.type).upper()
    return next((kind for kind in TYPES if library.is_named(kind, name)), TYPES[0])
