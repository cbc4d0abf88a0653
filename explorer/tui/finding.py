"""Finding words in one text: blanks match any white space, case does not count."""

from __future__ import annotations

import re

from explorer.model import Span

MOST = 10_000


def find_all(text: str, words: str) -> tuple[Span, ...]:
    """Returns where the words stand in the text, as offsets, in order of place; at most ten thousand."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return ()
    spans = []
    for match in re.finditer(r"\s{1,20}".join(parts), text, re.IGNORECASE):
        spans.append(match.span())
        if len(spans) == MOST:
            break
    return tuple(spans)
