"""A line for a path, completed as one types."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widgets import Input


class PathSuggester(Suggester):
    """Completes the path of a folder, or with ``files`` of a file too."""

    def __init__(self, files: bool = False) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._files = files

    async def get_suggestion(self, value: str) -> str | None:
        """Returns the path with the name of the first folder or file that fits, None when there is none."""
        head, slash, start = value.rpartition("/")
        if not value:
            return None
        try:
            children = sorted(Path(head + slash or ".").expanduser().iterdir())
        except (OSError, RuntimeError, ValueError):  # RuntimeError: no such user; ValueError: NUL in the path
            return None
        fits = (child for child in children if child.name.startswith(start) and (start or not child.name.startswith(".")))
        child = next((child for child in fits if self._files or child.is_dir()), None)
        return f"{head}{slash}{child.name}{'/' if child.is_dir() else ''}" if child else None


class PathInput(Input):
    """A path; tab takes the completion."""

    BINDINGS: ClassVar[list[BindingType]] = [("tab", "cursor_right", "complete"), ("escape", "screen.leave_path", "leave")]
