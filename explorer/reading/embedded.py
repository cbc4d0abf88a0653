"""Web markup inside the values of other formats: feeds, records, notebooks."""

from __future__ import annotations

import re

from explorer.reading.page_layout import laid_out
from explorer.reading.visible import visible_text

_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|h[1-6]|table|td|blockquote|font|html|body)\s{0,9}>|<(?:br|p|img)\b[^<>]{0,300}>",
    re.I,
)


def without_markup(value: str) -> str:
    """A value as a reader would see it: paragraphs of the page it is a piece of, or itself where it has no HTML tags."""
    if "<" not in value or not _MARKUP.search(value):
        return value
    return laid_out(visible_text(value).parts)
