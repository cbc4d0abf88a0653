"""The demo corpus: invented articles that ship inside the package, and where to start in them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from explorer.model import ExplorerError

WHERE_TO_START = """\
"nobody was left behind"    one sentence, three outlets, three wordings
by:lanyon january           "we fixed it", or "we were fixing them"?
by:thorsby "second sample"  the chemist's words, or the mayor's?
person:"Marcus Dunmore"     also where he is only Red Dunmore"""


def corpus_folder() -> Path:
    """The folder of the demo's documents, as real files on disk.

    Raises ExplorerError where the package was installed without them or is imported from an archive.
    """
    folder = files(__name__) / "corpus"
    if not isinstance(folder, Path) or not folder.is_dir():
        raise ExplorerError(f"the demo documents are not on disk at {folder}: install the explorer package again")
    return folder
