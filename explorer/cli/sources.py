"""Where `analyse` takes its texts from: files, standard input, lines of JSON."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from explorer.cli.extraction import BadInput, Source
from explorer.reading.load import PDF_BYTES

STDIN = "-"
SHOWN = 200


def file_sources(names: Sequence[str]) -> Iterator[Source | BadInput]:
    """The files of these names; ``-`` is standard input, and what comes through a pipe is kept in a file meanwhile."""
    with tempfile.TemporaryDirectory(prefix="explorer-") as folder:
        for number, name in enumerate(names):
            yield _file_source(name, Path(folder) / str(number))


def line_sources(names: Sequence[str]) -> Iterator[Source | BadInput]:
    """The texts in lines of JSON; a line that is none is bad input and the others go on."""
    for name in names:
        shown = "standard input" if name == STDIN else name
        try:
            with _opened(name) as stream:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        yield _line_source(line, f"{shown}, line {number}")
        except OSError as error:
            yield BadInput(_cannot_open(name, error))


def _file_source(name: str, kept: Path) -> Source | BadInput:
    path = Path(name)
    try:
        if name == STDIN:
            _keep(sys.stdin.buffer, kept)
            return Source(name, path=kept)
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return BadInput(f"{name} is a folder; explorer index takes folders")
        if not stat.S_ISREG(mode):
            with path.open("rb") as stream:
                _keep(stream, kept)
            return Source(path.name, path=kept)
        return Source(path.name, path=path.resolve())
    except (OSError, ValueError) as error:
        return BadInput(_cannot_open(name, error))


def _keep(stream: BinaryIO, kept: Path) -> None:
    """Copies what a pipe gives into a file, as much as is ever read of one."""
    with kept.open("wb") as file:
        left = PDF_BYTES
        while left > 0 and (piece := stream.read(min(left, shutil.COPY_BUFSIZE))):
            file.write(piece)
            left -= len(piece)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(name).open("rb") as stream:
            yield stream


def _line_source(line: bytes, where: str) -> Source | BadInput:
    try:
        value: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadInput(f"{where}: not UTF-8")
    except (ValueError, RecursionError) as error:
        return BadInput(f"{where}: not JSON ({str(error)[:SHOWN]})")
    if not isinstance(value, dict) or not isinstance(value.get("text"), str) or "id" not in value:
        return BadInput(f'{where}: not an object with "id" and a string "text"')
    if not isinstance(value.get("date"), str | None):
        return BadInput(f'{where}: "date" is not a string')
    return Source(value["id"], text=value["text"], date=value.get("date"))


def _cannot_open(name: str, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no file {name}"
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return f"{os.fspath(name)} cannot be opened: {reason}"
