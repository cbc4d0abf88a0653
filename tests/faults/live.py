"""F35: a folder that changes while it is read."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

from tests.faults.sound import sound

_ENDINGS = ("txt", "html", "pdf", "docx", "eml", "zip")


class Changing(threading.Thread):
    """Rewrites, cuts, appends to, removes and replaces files of a folder until ``seconds`` are over or ``stop`` is called."""

    def __init__(self, folder: Path, seconds: float, seed: int = 1, files: int = 40) -> None:
        super().__init__(daemon=True)
        self._folder, self._seconds, self._files = folder, seconds, files
        self._chance = random.Random(seed)
        self._stopped = threading.Event()
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(files):
            self._whole(number)

    def _path(self, number: int) -> Path:
        return self._folder / f"live{number}.{_ENDINGS[number % len(_ENDINGS)]}"

    def _whole(self, number: int) -> None:
        path = self._path(number)
        path.write_bytes(sound(path.name, f"probelive{number}v{self._chance.randrange(10)}"))

    def _change(self) -> None:
        number = self._chance.randrange(self._files)
        path = self._path(number)
        match self._chance.randrange(5):
            case 0:
                self._whole(number)
            case 1 if path.exists():
                with path.open("rb+") as file:
                    file.truncate(path.stat().st_size // 2)
            case 2:
                with path.open("ab") as file:
                    file.write(b"\nmore words\n" * 1000)
            case 3:
                path.unlink(missing_ok=True)
            case _:
                other = path.with_name("replacing.tmp")
                other.write_bytes(sound(path.name, f"probelive{number}replaced"))
                other.replace(path)

    def run(self) -> None:
        """Changes something a hundred times a second or so."""
        until = time.monotonic() + self._seconds
        while time.monotonic() < until and not self._stopped.wait(0.01):
            self._change()

    def stop(self) -> None:
        """Ends the changes and leaves every file whole or gone."""
        self._stopped.set()
        self.join()
        for number in range(0, self._files, 2):
            self._whole(number)
