"""What the attributes of an element say of what is in it: that it is hidden, or offered beside the text."""

from __future__ import annotations

import re

from explorer.reading.tags import attributes_of

_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# Other pages, newsletters, comments: names, and parts of names, that are seldom given to a page's own text.
_OFFERED = re.compile(
    r"(?<![a-z])(?:(?:related|recommend|newsletter|subscri|cookie|consent|gdpr|advert|taboola|outbrain|disqus)[a-z]*"
    r"|sponsored|sign-?up|most[_-]?(?:popular|read)|comments?(?:[_-](?:list|area|body|form|section|content|author))?)(?![a-z])"
    r"|(?<![\w-])(?:share|sharing|social|sidebar|trending|popular|promo)(?![\w-])",
    re.I,
)
_CONTAINERS = frozenset({"div", "section", "ul", "ol", "li", "form", "p", "table", "td"})


def is_hidden(written: str) -> bool:
    """Whether a tag's attributes keep its element out of sight; what shows once it is looked for is not hidden."""
    if not ("hidden" in written or "none" in written or "HIDDEN" in written):
        return False
    said = attributes_of(written)
    return said.get("hidden", "until-found").lower() != "until-found" or bool(_NOT_SHOWN.search(said.get("style", "")))


def is_offered(tag: str, written: str) -> bool:
    """Whether an element is named for what a site offers beside a page's text: other pages, a newsletter, comments."""
    if tag not in _CONTAINERS or not _OFFERED.search(written):
        return False
    said = attributes_of(written)
    return any(_OFFERED.search(said.get(name, "")) for name in ("class", "id"))
