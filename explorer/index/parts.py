"""The parts that an index is made of, as they lie in its folder: which are there, and taking them away."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

from explorer.index import catalogue, engines
from explorer.index.damage import unseal
from explorer.index.engine import DamagedIndexError
from explorer.model import DamagedError

CATALOGUE, PARTS = "catalogue.sqlite", ("quotes", "texts")


def folder_name(part: str, engine: str) -> str:
    """The folder that an engine keeps a part in."""
    return part if engine == "whoosh" else f"{part}-{engine}"


def complete(folder: Path) -> bool:
    """Whether all parts of an index are there; the catalogue is the first to be made and the last to be removed."""
    made = [all((folder / folder_name(part, engine)).exists() for part in PARTS) for engine in engines.NAMES]
    return (folder / CATALOGUE).exists() and any(made)


def check_parts(folder: Path) -> None:
    """Raises DamagedError where something is there of an index and something is missing."""
    there = [folder / folder_name(part, engine) for part in PARTS for engine in engines.NAMES]
    if not (folder / CATALOGUE).exists():
        if any(path.exists() for path in there):
            raise DamagedError(f"the catalogue of {folder} is missing; explorer index FOLDER makes it anew", "catalogue")
        return
    with closing(catalogue.connect(folder / CATALOGUE)) as connection:
        if connection.execute("SELECT 1 FROM document LIMIT 1").fetchone() and not complete(folder):
            raise DamagedIndexError(f"a part of the index {folder} is missing; explorer index FOLDER makes it anew")


def discard(folder: Path) -> None:
    """Removes all of an index, so that everything is read again."""
    discard_engines(folder, *engines.NAMES)
    unseal(folder / CATALOGUE)
    for ending in ("", "-wal", "-shm"):
        (folder / f"{CATALOGUE}{ending}").unlink(missing_ok=True)


def discard_engines(folder: Path, *names: str) -> None:
    """Removes what engines keep."""
    for name in names:
        for part in PARTS:
            discard_part(folder / folder_name(part, name))


def discard_part(folder: Path) -> None:
    """Removes a folder; what is there is out of the way at once."""
    if folder.exists():
        doomed = folder.with_name(f"{folder.name}.{os.getpid()}.old")
        folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Removes what a stop in the middle of making or discarding an engine left."""
    for path in folder.iterdir():
        if path.suffix in (".old", ".new") and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
