"""What one does to the folder on the main screen: list its files, ask for what is new, open a file outside, refresh, mend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from explorer.model import ExplorerError
from explorer.tui.background import in_background
from explorer.tui.display import one_line
from explorer.tui.files_screen import FilesScreen
from explorer.tui.opening import open_in
from explorer.tui.search_screen import SearchScreen

if TYPE_CHECKING:
    from explorer.tui.banner import Banner
    from explorer.tui.document_pane import DocumentPane
    from explorer.tui.following import Following
    from explorer.tui.keeping import Keeping
    from explorer.tui.title_bar import TitleBar


class FolderScreen(SearchScreen):
    """A screen with a folder behind its search; the rest of the main screen is built on it."""

    banner: Banner
    following: Following
    keeping: Keeping
    pane: DocumentPane
    title_bar: TitleBar

    async def action_files(self) -> None:
        """Lists the files that could not be read."""
        try:
            self.app.push_screen(FilesScreen(await self.source.status()), self._show_file)
        except ExplorerError as error:
            self.notify(one_line(str(error)), severity="error", markup=False)

    def _show_file(self, path: str | None) -> None:
        """Asks for the documents of a file."""
        if path is not None:
            quoted = path.replace("\\", "\\\\").replace('"', '\\"')
            self.keeping.run_query(f'path:"{quoted}"')

    def action_show_new(self) -> None:
        """Asks for the documents that came since the folder was last closed."""
        if self.title_bar.new:
            self.keeping.run_query("is:new")
        else:
            self.notify("nothing is new since the folder was last closed", markup=False, timeout=3)

    def action_go_to_page(self) -> None:
        """Asks for a page and goes there."""
        self.pane.ask_page(self.moving.leave)

    def action_open_file(self) -> None:
        """Opens the document's file with the desktop's program."""
        in_background(self, partial(open_in, self, "desktop"), "keeping", exclusive=False)

    def action_edit_file(self) -> None:
        """Opens the document's file in the reader's editor."""
        in_background(self, partial(open_in, self, "editor"), "keeping", exclusive=False)

    async def action_refresh_folder(self, rebuild: bool = False) -> None:
        """Looks for new and changed files, or makes the index anew."""
        self.following.started()
        await self.source.refresh(rebuild)

    async def action_mend(self) -> None:
        """Mends what is damaged: the index from the catalogue, the catalogue from the folder."""
        rebuild = self.banner.kind in {"catalogue", "gone"}
        self.banner.clear()  # what cannot be mended is told again
        await self.action_refresh_folder(rebuild=rebuild)
