"""Which full-text engine serves a corpus: whoosh, and tantivy where it is installed and the corpus is large."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from explorer.index.engine import Engine, NewForms
from explorer.model import ExplorerError

NAMES = ("whoosh", "tantivy")
AUTO = "auto"
LARGE = 20_000  # documents: beyond it whoosh takes longer than 30 ms of CPU for a key
STAYS_LARGE = 15_000  # below it a corpus goes back to whoosh: not to and fro with every file

Opens = Callable[[Path, NewForms | None, bool], Engine]


def is_installed(name: str) -> bool:
    """Whether an engine can be used here."""
    return name == "whoosh" or find_spec(name) is not None


def chosen(asked: str, documents: int, now: str) -> str:
    """The engine for so many documents: the one asked for, where it is installed, or by their number; ``now`` is in use."""
    if asked in NAMES and is_installed(asked):
        return asked
    large = documents > (STAYS_LARGE if now == "tantivy" else LARGE)
    return "tantivy" if large and is_installed("tantivy") else "whoosh"


def check(name: str) -> None:
    """Raises ExplorerError when there is no engine of this name, or it is not installed."""
    if name not in (*NAMES, AUTO):
        raise ExplorerError(f"there is no engine {name}; there are {', '.join((*NAMES, AUTO))}")
    if name != AUTO and not is_installed(name):
        raise ExplorerError("the engine tantivy is not installed; pip install 'explorer[large]' adds it")


def offer(documents: int, now: str) -> str:
    """What would make searching faster, in plain words; nothing where all is well."""
    if now == "whoosh" and documents > LARGE and not is_installed("tantivy"):
        return (
            f"{documents} documents are more than whoosh serves at once as you type; "
            "pip install 'explorer[large]' adds the engine tantivy, which is then used by itself"
        )
    return ""


def opener(name: str) -> Opens:
    """What opens an index of this engine in a folder, making it when it is not there."""
    if name == "tantivy":
        check(name)
        from explorer.index.tantivy_engine import TantivyEngine

        return TantivyEngine
    from explorer.index.whoosh_engine import WhooshEngine

    return WhooshEngine
