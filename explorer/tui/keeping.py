"""What the reader keeps: stars and tags of documents, and queries under names."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual.suggester import Suggester

from explorer.model import ExplorerError
from explorer.tui.background import in_background
from explorer.tui.display import fit, one_line
from explorer.tui.prompt import Prompt
from explorer.tui.saved_dialog import SavedDialog

if TYPE_CHECKING:
    from explorer.tui.main_screen import MainScreen

What = Literal["star", "tags", "save", "saved"]
TAGS_SHOWN = 12


class Keeping:
    """Stars, tags and saved queries of the main screen."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.source = screen.source
        self._one_by_one = asyncio.Lock()

    def do(self, what: What) -> None:
        """Stars or unstars the document, asks for its tags, asks for a name of the query, or lists the queries kept."""
        work = {"star": self._star, "tags": self._ask_tags, "save": self._ask_name, "saved": self._list_saved}[what]
        in_background(self.screen, partial(self._safely, work), "keeping", exclusive=False)

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        async with self._one_by_one:
            try:
                await work()
            except ExplorerError as error:
                self.screen.notify(one_line(str(error)), severity="error", markup=False)

    def show(self) -> None:
        """Shows star and tags of the document on screen in its heading."""
        document = self.screen.pane.document
        if document is not None:
            in_background(self.screen, partial(self._safely, partial(self._show, document.number)), "kept")

    async def _show(self, number: int) -> None:
        kept = await self.source.kept(number)
        document = self.screen.pane.document
        if document is not None and document.number == number:
            self.screen.pane.heading.show_kept(kept)

    async def _changed(self, number: int) -> None:
        await self._show(number)
        self.screen.side.again()

    def _target(self) -> tuple[int, str] | None:
        """Number and title of the result under the cursor when the reader is there, else of the document on screen."""
        passage, document = self.screen.searching.chosen, self.screen.pane.document
        if passage is not None and self.screen.panes.place in {"search", "results"}:
            return passage.document, one_line(passage.title or passage.path)
        if document is not None:
            return document.number, one_line(document.title or document.path)
        self._say("no document here")
        return None

    def _say(self, words: str) -> None:
        self.screen.notify(words, markup=False, timeout=3)

    async def _star(self) -> None:
        target = self._target()
        if target is not None:
            number, title = target
            on = not (await self.source.kept(number)).starred
            await self.source.star(number, on)
            await self._changed(number)
            self._say(f"{'starred' if on else 'no star any more'}: {fit(title, 50)}" + (" · is:starred finds it" if on else ""))

    async def _ask_tags(self) -> None:
        target = self._target()
        if target is not None:
            number, title = target
            kept = await self.source.kept(number)
            in_use = [facet.value for facet in await self.source.facets("") if facet.field == "tag"]
            hints = [title, "commas between tags; what is left out is taken off"]
            if in_use:
                more = ", …" if len(in_use) > TAGS_SHOWN else ""
                hints.append(f"in use: {', '.join(in_use[:TAGS_SHOWN])}{more}")
            value = "".join(f"{tag}, " for tag in kept.tags)
            self._show_over(Prompt("tags", partial(self._set_tags, number), hints, value, TagSuggester(in_use)))

    async def _set_tags(self, number: int, text: str) -> None:
        wanted, before = tags_in(text), (await self.source.kept(number)).tags
        try:
            for tag in before:
                if tag not in wanted:
                    await self.source.tag(number, tag, False)
            for tag in wanted:
                if tag not in before:
                    await self.source.tag(number, tag, True)
        finally:
            await self._changed(number)
        tags = ", ".join((await self.source.kept(number)).tags)
        self._say(f"tags: {one_line(tags)}" if tags else "no tags")

    async def _ask_name(self) -> None:
        query = self.screen.box.input.value.strip()
        if not query:
            self._say("write a query first; then it can be kept under a name")
            return
        saved = await self.source.saved_queries()
        hints = [query, "name it, then use it in any query as @name or query:name"]
        within = self.screen.searching.question.within
        if within:
            hints.append(f"without what the results are filtered by: {within}")
        accept = partial(self._save_query, query)
        self._show_over(Prompt("save this query", accept, hints, remark=partial(_replaces, saved)))

    async def _save_query(self, query: str, text: str) -> None:
        name = _name(text)
        await self.source.save_query(name, query)
        self._say(f"kept: @{one_line(name)} asks for it again")

    async def _list_saved(self) -> None:
        self._show_over(SavedDialog(self.source, await self.source.saved_queries()))

    def _show_over(self, dialog: Prompt | SavedDialog) -> None:
        """Shows a dialog over the main screen, unless something else was opened while it was made ready."""
        if self.screen.is_current:
            self.screen.app.push_screen(dialog, self.run_query)

    def run_query(self, query: str | None) -> None:
        """Asks for a query chosen elsewhere; the place left is on the history."""
        if query is not None:
            self.screen.moving.leave()
            self.screen.moving.ask(query, within="")  # all that it finds, as it was counted
            self.screen.panes.go(2)


def _name(text: str) -> str:
    """Returns the name alone, where somebody wrote it as it is used."""
    return text.removeprefix("@").removeprefix("query:")


def _replaces(saved: dict[str, str], text: str) -> str:
    old = next((query for name, query in saved.items() if name.casefold() == _name(text).casefold()), None)
    return "" if old is None else f"replaces what is kept under this name: {old}"


def tags_in(text: str) -> list[str]:
    """Returns the tags of a line with commas between them, each once whatever its case."""
    tags = (" ".join(part.split()).removeprefix("#") for part in text.split(","))
    return list({tag.casefold(): tag for tag in tags if tag}.values())


class TagSuggester(Suggester):
    """Completes the last tag of a line by the tags in use."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        """Returns the line with its last tag whole, None when no tag begins like it."""
        head, comma, last = value.rpartition(",")
        begun = last.lstrip()
        there = {tag.casefold() for tag in tags_in(head)}
        fits = (tag for tag in self._tags if tag.casefold().startswith(begun.casefold()) and tag.casefold() not in there)
        tag = next(fits, None) if begun else None
        return None if tag is None else f"{head}{comma}{last[: len(last) - len(begun)]}{tag}"
