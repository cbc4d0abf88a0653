"""What may go on in the search box: a small list below it, over the results, that never takes the focus."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widgets import Input, Static

from explorer.model import Completion, ExplorerError
from explorer.tui.background import in_background
from explorer.tui.display import fit, one_line, thousands
from explorer.tui.source import Source

MOST = 6
WAIT = 0.12  # seconds after a key: the search is asked first
SHORTEST = 2  # letters of a word that may become a field
WIDTH = 50
_FIELD = re.compile(r"\w+:")


class _Asked(NamedTuple):
    """A text and where in it the cursor is."""

    text: str
    cursor: int


class CompletionList(Static):
    """Asks for completions as one types, shows them, and puts the one that is taken into the box."""

    def __init__(self, source: Source, box: Input) -> None:
        super().__init__(id="completions", markup=False)
        self.source = source
        self.box = box
        self.found: tuple[Completion, ...] = ()
        self.chosen = 0
        self._asked: _Asked | None = None  # what was asked last
        self._answered: _Asked | None = None  # what the rows in sight answer
        self._left: tuple[str, int] | None = None  # the text before the word for which the list was closed, and its place
        self._take = False
        self.display = False
        self.border_subtitle = Content("tab takes it · ctrl+n next")

    def on_mount(self) -> None:
        """Closes once the cursor goes elsewhere without a change of the text."""
        self.watch(self.box, "selection", self._cursor_moved, init=False)

    @property
    def _here(self) -> _Asked:
        return _Asked(self.box.value, self.box.cursor_position)

    @property
    def open(self) -> bool:
        """Whether there is something to take."""
        return bool(self.found)

    def typed(self) -> None:
        """Asks what may go on, a moment after the last key; what is in sight stays until the answer is there."""
        self._asked, self._take = self._here, False
        in_background(self, partial(self._ask, self._asked), "complete")

    def close(self, for_word: bool = False) -> None:
        """Closes the list; with ``for_word`` it stays closed until another word is typed."""
        if for_word and self.found:
            start = self.found[0].start
            self._left = (self.box.value[:start], start)
        self.workers.cancel_group(self, "complete")
        self._asked, self._take = None, False
        self._show(())

    def step(self) -> None:
        """Goes to the next row, and from the last to the first."""
        if self.found:
            self.chosen = (self.chosen + 1) % len(self.found)
            self._paint()

    def take(self) -> Completion | None:
        """Puts the row chosen into the box and returns it; None when there is none.

        While the answer to the last key is on its way its first row will be taken.
        """
        if self.found and self._answered == self._here:
            completion = self.found[self.chosen]
            value = self.box.value
            goes_on = completion.insert.endswith(":") or value[completion.end :]
            insert = completion.insert + ("" if goes_on else " ")
            self._left = None
            self.close()
            with self.box.prevent(Input.Changed):
                self.box.value = value[: completion.start] + insert + value[completion.end :]
            self.box.cursor_position = completion.start + len(insert)
            return completion
        self._take = bool(self.found) and self._asked == self._here
        return None

    def action_take(self, index: int) -> None:
        """Takes a row that was clicked."""
        self.chosen = index
        self.app.call_later(self.app.run_action, "screen.complete", self.screen)

    async def _ask(self, asked: _Asked) -> None:
        await asyncio.sleep(WAIT)
        try:
            found = await self.source.complete(*asked) if asked.text.strip() else ()
        except ExplorerError:  # whatever is wrong, the search says it
            found = ()
        if asked != self._here:
            return
        found = tuple(completion for completion in found if _wanted(completion, asked))[:MOST]
        if found and self._left == (asked.text[: found[0].start], found[0].start):
            found = ()
        self._answered = asked
        self._show(found)
        if self._take and found:
            self.app.call_later(self.app.run_action, "screen.complete", self.screen)
        self._take = False

    def _show(self, found: tuple[Completion, ...]) -> None:
        if found != self.found:
            now = self.found[self.chosen] if self.chosen and self.found else None
            inserts = [completion.insert for completion in found]
            self.chosen = inserts.index(now.insert) if now is not None and now.insert in inserts else 0
            if len(found) != len(self.found):  # else the layout stays as it is
                self.styles.height = len(found) + 2
                self.display = bool(found)
            self.found = found
            self._paint()

    def on_resize(self) -> None:
        """Fits the rows to the width."""
        self._paint()

    def _paint(self) -> None:
        width = self.content_size.width or WIDTH
        lines = []
        for index, completion in enumerate(self.found):
            count = "" if completion.documents is None else thousands(completion.documents)
            shown = fit(one_line(completion.shown), width - len(count) - 3)
            gap = " " * (width - cell_len(shown) - len(count) - 2)
            line = Content.assemble(f" {shown}{gap}", (f"{count} ", "$foreground-muted"))
            line = line.stylize("bold reverse") if index == self.chosen else line
            lines.append(line.stylize(Style.from_meta({"@click": f"take({index})"})))
        self.update(Content("\n").join(lines), layout=False)

    def _cursor_moved(self) -> None:
        if self.found and self._answered is not None:
            text, cursor = self._here
            if text == self._answered.text and cursor != self._answered.cursor:
                self.close()


def _wanted(completion: Completion, asked: _Asked) -> bool:
    """Says whether to offer it: values of fields, and names of fields from two letters on; not the names that plain words begin,
    or the list would lie over the results at every word."""
    if completion.documents is not None:
        return not _FIELD.match(completion.insert)
    return not completion.insert.endswith(":") or asked.cursor - completion.start >= SHORTEST
