"""What can happen to a file of an index: bits that flip, an end that is missing, nothing left, gone."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path


def flip(path: Path) -> None:
    found = bytearray(path.read_bytes())
    chance = random.Random(len(found))
    for _ in range(20):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    path.write_bytes(found)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


HARMS: tuple[Callable[[Path], None], ...] = (flip, cut, empty, Path.unlink)
