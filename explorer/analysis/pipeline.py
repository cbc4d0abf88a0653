"""The stages of the analysis in their order: layout, dates, names, canonical names, quotes and speakers."""

from __future__ import annotations

from explorer.analysis.canonical import analyse_names
from explorer.analysis.layout import layout
from explorer.analysis.names import Tag
from explorer.analysis.people import profile
from explorer.analysis.quotes import find_quotes
from explorer.analysis.sentences import is_english
from explorer.model import Analysis

NOT_ENGLISH = "this text is not English, for which names are made: only sure names, dates and words in quote marks are listed"


def analyse(text: str, date: str | None = None, body_end: int | None = None, tag: Tag | None = None) -> Analysis:
    """Everything that is extracted from ``text[:body_end]``; weekdays and the like are counted from ``date`` (ISO).

    Offsets are code points into ``text``, half-open. Any text is taken; nothing is raised.
    """
    paragraphs = layout(text, body_end)
    mentions = analyse_names(text, paragraphs, date, tag)
    quotes, pronouns = find_quotes(text, paragraphs, mentions, profile(mentions, text))
    return Analysis(mentions, quotes, pronouns, notes=() if is_english(text) else (NOT_ENGLISH,))
