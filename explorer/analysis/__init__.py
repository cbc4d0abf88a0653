"""Text to names, dates, quotes and speakers: strings in, spans out; knows no file and no index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.analysis.version import ANALYSIS_VERSION
from explorer.model import Analysis

if TYPE_CHECKING:
    from explorer.analysis.names import Tag

__all__ = ["ANALYSIS_VERSION", "analyse"]


def analyse(text: str, date: str | None = None, body_end: int | None = None, tag: Tag | None = None) -> Analysis:
    """Everything that is extracted from ``text[:body_end]``; weekdays and the like are counted from ``date`` (ISO);
    names are found by ``tag``, by default the tagger inside.

    Offsets are code points into ``text``, half-open. Any text is taken; nothing is raised.
    """
    from explorer.analysis.pipeline import analyse  # its lists take a moment to load, and searching needs none of it

    return analyse(text, date, body_end, tag)
