"""Stars on files that move and change, the index brought up to date between."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.library.library import Library


@pytest.mark.parametrize("moved_first", [True, False])
def test_a_star_stays_with_a_file_that_is_moved_and_rewritten(tmp_path: Path, moved_first: bool) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_text("The ferry sails at noon.\n")
    (folder / "b.txt").write_text("The bridge is closed.\n")
    library = Library(folder)
    library.refresh()
    library.star(library.search("ferry").passages[0].document, True)
    steps = [lambda: (folder / "a.txt").rename(folder / "m.txt"), lambda: _add(folder / ("m.txt" if moved_first else "a.txt"))]
    for step in steps if moved_first else reversed(steps):
        step()
        library.refresh()
    assert [passage.path for passage in library.search("is:starred").passages] == ["m.txt"]
    library.close()


def _add(path: Path) -> None:
    with path.open("a") as file:
        file.write("It was late again.\n")
