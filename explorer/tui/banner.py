"""A line for what lasts until it is mended: the folder out of reach, an index that is damaged, gone or cannot be written."""

from __future__ import annotations

import re
from typing import Literal

from textual.content import Content
from textual.widgets import Static

from explorer.model import DamagedError, ExplorerError
from explorer.tui.display import fit, one_line

Kind = Literal["catalogue", "gone", "index", "folder", "read only", "temporary"]
LEAST_DETAIL = 12  # cells, without which the error's own words are left out
WIDE = 200  # until the width is known
# In the order of what matters most: one is shown at a time.
SAID: dict[Kind, str] = {
    "catalogue": "the catalogue is damaged: f5 reads the folder again",
    "gone": "the index is gone: f5 reads the folder again",
    "index": "the index is damaged: f5 mends it from the catalogue",
    "folder": "folder not reachable: what was indexed can still be read; ctrl+r looks again",
    "read only": "the index cannot be written: reading only",
    "temporary": "the index is kept only until you leave",
}
# What the library's errors have in them; damage has a class of its own as well.
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("catalogue", re.compile("the catalogue is damaged")),
    ("index", re.compile("the index is damaged")),
    (
        "folder",
        re.compile(
            r"cannot be reached|there is no (?:such )?folder|^the folder .{0,5000} cannot be opened|: cannot be opened \("
        ),
    ),
    ("folder", re.compile(" is empty now")),
    ("read only", re.compile("cannot be written|cannot be kept in")),
)


def kind_of(error: ExplorerError) -> Kind | None:
    """Says which lasting state an error is of, None where it is something that passes."""
    if isinstance(error, DamagedError):
        return error.part
    text = str(error)
    return next((kind for kind, words in _WORDS if words.search(text)), None)


class Banner(Static):
    """Shows the state that matters most; takes no room where there is none."""

    def __init__(self) -> None:
        super().__init__(id="banner", markup=False)
        self._details: dict[Kind, str] = {}
        self.display = False

    @property
    def kind(self) -> Kind | None:
        """The state shown."""
        return next((kind for kind in SAID if kind in self._details), None)

    def add(self, kind: Kind, detail: str) -> None:
        """Shows a state until it is taken away."""
        self._details[kind] = one_line(detail)
        self._compose_line()

    def clear(self) -> None:
        """Takes away what can pass, as all is well again."""
        lasting: dict[Kind, str] = {kind: detail for kind, detail in self._details.items() if kind == "temporary"}
        if lasting != self._details:
            self._details = lasting
            self._compose_line()

    def on_resize(self) -> None:
        """Fits the line to the new width."""
        self._compose_line()

    def _compose_line(self) -> None:
        kind = self.kind
        self.display = kind is not None
        if kind is not None:
            said, width = f"! {SAID[kind]}", self.size.width or WIDE
            whole = f"{said} · {self._details[kind]}"
            self.update(Content(fit(whole if width - len(said) > LEAST_DETAIL else said, width)), layout=False)
