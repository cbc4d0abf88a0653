"""Engines of names by what settings call them: "crf", the one inside, or "spacy:NAME_OR_PATH", a pipeline of the user's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.analysis.version import ANALYSIS_VERSION
from explorer.model import ExplorerError

if TYPE_CHECKING:
    from explorer.analysis.names import Tag

CRF, SPACY = "crf", "spacy:"
WRITTEN = f'"{CRF}" or "{SPACY}NAME_OR_PATH"'
_SHOWN = 12  # digits of a hash


def is_engine(names: str) -> bool:
    """Whether a text is written as the name of an engine is."""
    return names == CRF or (names.startswith(SPACY) and bool(names.removeprefix(SPACY).strip()))


def model_files(names: str) -> list[Path]:
    """The files of an engine's model, in order.

    Raises ExplorerError where there is no engine of that name, or no such pipeline, or spaCy is not installed.
    """
    if names.startswith(SPACY):
        from explorer.analysis.spacy_names import find_pipeline

        folder, others = find_pipeline(names.removeprefix(SPACY)).folder, {".pyc"}
    elif names == CRF:
        folder, others = Path(__file__).with_name("tagger"), {".pyc", ".py", ".md"}
    else:
        raise ExplorerError(f"there is no engine of names {names}; there are {WRITTEN}")
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in others)


def hash_of(paths: Iterable[Path]) -> str:
    """A hash of the names and contents of files, as it is shown."""
    found = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            found.update(f"{path.name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
    return found.hexdigest()[:_SHOWN]


def fingerprint(names: str, model_hash: str) -> str:
    """What tells whether two analyses were made alike: the rules' version, the engine with its own, and the model's hash."""
    if names == CRF:
        return f"rules {ANALYSIS_VERSION} / {CRF} {model_hash}"
    from explorer.analysis.spacy_names import find_pipeline

    pipeline = find_pipeline(names.removeprefix(SPACY))
    return f"rules {ANALYSIS_VERSION} / spacy {pipeline.name} {pipeline.version} {model_hash}"


@lru_cache(maxsize=1)
def tag_of(names: str) -> Tag | None:
    """An engine, loaded once a process; None is the one inside. Raises ExplorerError when it cannot be loaded."""
    if names == CRF:
        return None
    from explorer.analysis.spacy_names import SpacyNames, find_pipeline

    return SpacyNames(find_pipeline(names.removeprefix(SPACY)))
