"""F41 to F44, F60: files that make their reader hang, die, swell or print, where EXPLORER_TEST_OPS=1 has mock files read."""

from __future__ import annotations

from tests.faults.build import Folder


def write(folder: Folder) -> None:
    """F41 to F44 and F60."""

    def put(row: str, name: str, order: str, what: str, faults: tuple[str, ...]) -> None:
        folder.put(row, name, f"<mock>\n{order}\n", what, faults=faults)

    put("F41", "sleeps.txt", "sleep 60", "a read that never returns", ("too slow",))
    put("F42", "crash.txt", "crash 11", "a reader that crashes", ("crashed",))
    put("F42", "abort.txt", "abort", "a reader that aborts", ("crashed", "too large"))
    put("F42", "killed.txt", "crash 9", "a reader that is killed", ("crashed", "too large"))
    put("F43", "spins.txt", "spin", "a reader that hangs in C", ("too slow",))
    put("F44", "allocates.txt", "allocate 3000000000", "a reader that asks for 3 GB", ("too large", "crashed"))
    printing = "print \x1b]0;taken\x07 \x1b[2J probeprinted\ntext a word probeafterprint"
    folder.put("F60", "prints.txt", f"<mock>\n{printing}\n", "a reader that prints", "probeafterprint")
    for row in ("F41", "F42", "F43", "F44"):
        folder.put(row, "beside.txt", f"A word probebeside{row} here.\n", "a sound file beside it", f"probebeside{row}")
