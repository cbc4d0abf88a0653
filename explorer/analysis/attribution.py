"""Where a stretch whose closing mark is missing ends: before ", Colonel Reyes told"."""

from __future__ import annotations

import re

from explorer.analysis.cues import verbs
from explorer.analysis.grammar import group
from explorer.analysis.segment import TOKEN

LONGEST_SEARCH = 3000
"""Characters of an unclosed stretch that are searched for its attribution."""
_PAUSE = re.compile(r"[,?!]\s+")
_SMALL = group("attribution small")
_PRONOUNS = group("attribution pronouns")


def closing_cut(text: str, start: int, end: int) -> int | None:
    """The offset behind the comma that ends the speech in ``text[start:end]``, or None where no attribution follows."""
    for pause in _PAUSE.finditer(text, start, min(end, start + LONGEST_SEARCH)):
        if _attribution(text, pause.end(), end):
            return pause.start() + 1
    return None


def _attribution(text: str, start: int, end: int) -> bool:
    """Whether the words at ``start`` are "NAME said", "he said" or "said NAME"."""
    for count, match in enumerate(TOKEN.finditer(text, start, min(end, start + 80))):
        word = match.group()
        low = word.lower()
        if _reports(low):
            following = TOKEN.search(text, match.end(), min(end, match.end() + 40))
            return count > 0 or (following is not None and (following.group()[0].isupper() or following.group() in ("the", "a")))
        named = word[0].isupper() or low in _SMALL or word == "." or (count == 0 and low in _PRONOUNS)
        if not named or low in ("i", "we", "you") or count > 6:
            return False
    return False


def _reports(low: str) -> bool:
    return any(verb.form in ("past", "third") and verb.frame in ("clause", "hearer", "that") for verb in verbs().get(low, ()))
