"""F39: folders of very many files."""

from __future__ import annotations

from pathlib import Path

from tests.faults.sound import FORMATS, sound

_A_FOLDER = 1000


def write_small(root: Path, count: int) -> None:
    """``count`` small texts, the first 10 000 of them in one folder, then a thousand a folder; and 100 empty folders."""
    for number in range(count):
        place = "wide" if number < 10_000 else f"{number // _A_FOLDER:04}"
        folder = root / place
        if number % _A_FOLDER == 0:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.txt").write_bytes(
            b"Note %d\n\nThe boat number%d left harbour %d.\n" % (number, number, number % 97)
        )
    for number in range(100):
        (root / "empty" / str(number)).mkdir(parents=True, exist_ok=True)


def write_mixed(root: Path, count: int) -> None:
    """``count`` sound files of every format in turn, each with a word of its own."""
    for number in range(count):
        ending = FORMATS[number % len(FORMATS)]
        folder = root / f"{number // _A_FOLDER:04}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.{ending}").write_bytes(sound(f"x.{ending}", f"number{number}"))
