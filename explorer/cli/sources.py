"""Where `analyse` takes its texts from: files, standard input, lines of JSON."""

from __future__ import annotations

import json
import os
import select
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from explorer.cli.extraction import BadInput, Source
from explorer.reading.load import PDF_BYTES

STDIN = "-"
SHOWN = 200
COPIED = 1 << 20  # bytes at a time
LOOK_SECONDS = 0.5  # between two looks at whether Ctrl-C was pressed


def file_sources(names: Sequence[str], until: ExitStack) -> Iterator[Source | BadInput]:
    """The files of these names; ``-`` is standard input. What comes through a pipe is kept in a file until ``until`` ends."""
    for name in names:
        yield _file_source(name, until)


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


def _file_source(name: str, until: ExitStack) -> Source | BadInput:
    path = Path(name)
    try:
        if name == STDIN:
            return Source(name, path=_kept(sys.stdin.buffer, until))
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return BadInput(f"{name} is a folder; explorer index takes folders")
        if not stat.S_ISREG(mode):
            with path.open("rb") as stream:
                return Source(path.name, path=_kept(stream, until))
        return Source(path.name, path=path.resolve())
    except (OSError, ValueError) as error:
        return BadInput(_cannot_open(name, error))


def _kept(stream: BinaryIO, until: ExitStack) -> Path:
    """A file with what a pipe gives, as much as is ever read of one."""
    path = Path(until.enter_context(tempfile.TemporaryDirectory(prefix="explorer-"))) / "input"
    with path.open("wb") as file:
        left = PDF_BYTES
        while left > 0 and (piece := _next_piece(stream.fileno(), min(left, COPIED))):
            file.write(piece)
            left -= len(piece)
    return path


def _next_piece(descriptor: int, most: int) -> bytes:
    """What a pipe gives next. A Ctrl-C that comes just before the read would wait for it to end: so none is begun in vain."""
    while not select.select([descriptor], [], [], LOOK_SECONDS)[0]:
        pass
    return os.read(descriptor, most)


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
