"""The panes of the main screen: which are in sight, which has the focus, how wide they are, and backing out of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from explorer.tui.commands import Place

if TYPE_CHECKING:
    from textual.widget import Widget

    from explorer.tui.main_screen import MainScreen

OVERLAY_BELOW = 100
ONE_PANE_BELOW = 60
LOW_BELOW = 30
SHORT_BELOW = 16
LOOK_SECONDS = 0.02  # between two looks at whether the first document is there
SHARE = {"results": (28, 28), "side": (29, 27)}  # narrowest in cells, share of the screen in percent


class Panes:
    """Focus and sizes of search box (1), results (2), document (3) and side pane (4)."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.side_wanted = True
        self.overlay = False
        self.alone = False
        self._wider = {"results": 0, "side": 0}

    @property
    def place(self) -> Place:
        """Where the focus is."""
        focused = self.screen.focused
        if focused is None or focused is self.screen.box.input:
            return "search"
        if focused in {self.screen.results, self.screen.results_pane.filter}:
            return "results"
        return "side" if focused in self.screen.side.lists.values() else "document"

    @property
    def _narrow(self) -> bool:
        return self.screen.size.width < OVERLAY_BELOW

    def arrange(self) -> None:
        """Shows and sizes the panes for the width of the screen."""
        screen, width, reading = self.screen, self.screen.size.width, self.place == "document"
        one_pane = width < ONE_PANE_BELOW
        screen.set_class(self._narrow, "-narrow")
        screen.set_class(screen.size.height < LOW_BELOW, "-low")
        screen.set_class(screen.size.height < SHORT_BELOW, "-short")
        screen.box.display = screen.footer.display = not self.alone
        screen.results_pane.display = not self.alone and not (one_pane and reading)
        screen.pane.display = self.alone or not one_pane or reading
        screen.side.display = not self.alone and (self.overlay if self._narrow else self.side_wanted)
        for name, pane in (("results", screen.results_pane), ("side", screen.side)):
            least, percent = SHARE[name]
            wide = least + 9 if name == "side" and self._narrow else max(least, width * percent // 100)
            pane.styles.width = "1fr" if one_pane and name == "results" else max(12, min(width - 12, wide + self._wider[name]))

    def go(self, number: int) -> None:
        """Puts the focus into a pane; the side pane is shown, and turned to its next tab when it has the focus."""
        screen = self.screen
        if number == 4:
            if self.place == "side":
                screen.side.turn_tab(1)
            self.overlay = self.side_wanted = True
            self.alone = False
        elif self._narrow:
            self.overlay = False
        if number in {1, 2}:
            self.alone = False
        targets: dict[int, Widget] = {1: screen.box.input, 2: screen.results, 3: screen.pane.view, 4: screen.side.showing}
        target = targets[number]
        if number == 3 and screen.pane.document is None:
            return
        for pane in (screen.box, screen.results_pane, screen.pane, screen.side):
            pane.display = pane.display or target in pane.walk_children(with_self=True)
        target.focus()
        screen.call_next(self.arrange)

    async def into_document(self) -> None:
        """Goes into the document of the result chosen; into the first one of all as soon as it is there."""
        passage, pane = self.screen.searching.chosen, self.screen.pane
        if passage is None:
            return
        if pane.document is None:
            self.screen.moving.preview(passage)
        while pane.document is None and pane.opening:
            await asyncio.sleep(LOOK_SECONDS)
        self.go(3)

    def cycle(self, step: int) -> None:
        """Goes to the next or previous pane in sight."""
        order: list[Place] = ["search", "results", "document", "side"]
        if self._narrow and not self.overlay:
            order.remove("side")
        if self.screen.pane.document is None:
            order.remove("document")
        now = order.index(self.place) if self.place in order else 0
        self.go(1 + ["search", "results", "document", "side"].index(order[(now + step) % len(order)]))

    def toggle_alone(self) -> None:
        """Shows the document alone, or all panes again."""
        if self.screen.pane.document is not None:
            self.alone = not self.alone
            self.screen.pane.view.focus()
            self.arrange()

    def toggle_side(self) -> None:
        """Shows or hides the side pane."""
        if self.screen.side.display:
            self.overlay = self.side_wanted = False
            if self.place == "side":
                self.go(3 if self.screen.pane.document is not None else 2)
        elif self._narrow:
            self.go(4)
        else:
            self.side_wanted, self.alone = True, False
        self.arrange()

    def resize(self, cells: int) -> None:
        """Makes the results, or the side pane when it has the focus, wider or narrower."""
        name = "side" if self.place == "side" else "results"
        self._wider[name] = max(-40, min(80, self._wider[name] + cells))
        self.arrange()

    def out(self) -> bool:
        """Backs out one level; false at the last, which is the results list."""
        place = self.place
        if self.screen.pane.find_input.has_focus:
            self.screen.pane.find_done()
            self.go(3)
        elif self.alone:
            self.toggle_alone()
        elif place == "side":
            self.go(3 if self.screen.pane.document is not None else 2)
        elif place == "document":
            self.go(2)
        else:
            return False
        return True
