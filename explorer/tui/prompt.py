"""A small screen that asks for one line: tags, a name for a query, a file to write."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from explorer.model import ExplorerError
from explorer.tui.background import in_background
from explorer.tui.display import fit, one_line

LONGEST = 200  # cells of a hint: a query may be much longer
Accept = Callable[[str], Awaitable[None]]


class PromptInput(Input):
    """The line; tab takes the completion."""

    BINDINGS: ClassVar[list[BindingType]] = [("tab", "cursor_right", "complete")]


class Prompt(ModalScreen[str | None]):
    """Asks for a line and gives it to ``accept``, whose ExplorerError is shown, and the line asked for again.

    ``hints`` stand above the line; ``remark`` says something about the line as it is typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "leave")]

    def __init__(
        self,
        title: str,
        accept: Accept,
        hints: Sequence[str],
        value: str = "",
        suggester: Suggester | None = None,
        remark: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__()
        self._title, self._accept, self._hints, self._remark = title, accept, hints, remark
        self.input = PromptInput(value, suggester=suggester, id="line", select_on_focus=False)
        self._said = Static("", id="said", markup=False)

    def compose(self) -> ComposeResult:
        """Places hints, line, and what is said of it."""
        with Vertical(classes="panel small") as panel:
            panel.border_title = Content(self._title)
            panel.border_subtitle = Content("enter · escape leaves")
            for hint in self._hints:
                yield Static(Content(fit(one_line(hint), LONGEST)), markup=False, classes="hint")
            yield self.input
            yield self._said

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Says what there is to say about the line."""
        self._say(self._remark(event.value.strip()))

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Hands the line over."""
        event.stop()
        in_background(self, partial(self._hand_over, event.value.strip()), "keeping")

    async def _hand_over(self, value: str) -> None:
        try:
            await self._accept(value)
        except ExplorerError as error:
            self._say(str(error), fault=True)
        else:
            self.dismiss(None)

    def _say(self, words: str, fault: bool = False) -> None:
        self._said.set_class(fault, "-fault")
        self._said.update(Content(fit(one_line(words), LONGEST)))
