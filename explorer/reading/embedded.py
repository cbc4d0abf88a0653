"""Web markup inside the values of other formats: feeds, records, notebooks."""

from __future__ import annotations

import re
from html import unescape

from explorer.reading.page_layout import laid_out
from explorer.reading.visible import visible_text

_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|h[1-6]|table|td|blockquote|font|html|body)\s{0,9}>"
    r"|<(?:br|p|img|embed|iframe|object|hr)\b[^<>]{0,300}>",
    re.I,
)
_REFERENCE = re.compile(r"&(?:[a-zA-Z]{2,8}\d{0,2}|#\d{2,6}|#x[\da-fA-F]{2,5});")


def without_markup(value: str) -> str:
    """A value as a reader would see it: paragraphs of the page it is a piece of, or itself where it has no HTML tags
    or references."""
    if "<" not in value or not _MARKUP.search(value):
        return unescape(value) if "&" in value and _REFERENCE.search(value) else value
    return laid_out(visible_text(value).parts)
