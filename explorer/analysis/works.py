"""Titles of works in quote marks: films, books, songs and programmes, which nobody says."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.analysis.cues import ADVERBS, AUXILIARIES, BE, MODALS
from explorer.analysis.grammar import group
from explorer.analysis.phrases import Item

_WORKS = group("works nouns")
_MAKING = group("works making")
_NAMED = group("works named")
_SMALL = group("works small")
LONGEST_TITLE = 12
"""Words of a title at most."""


def set_titles_apart(text: str, row: Sequence[Item]) -> list[Item]:
    """The items with names in the place of the titles of works in marks, so that the grammar passes over them.

    “Meet the Press” in "told “Meet the Press” that", "NBC's “Meet the Press”", "her novel, “The Long Pier,”".
    """
    found: list[Item] = []
    for index, item in enumerate(row):
        found.append(item)
        if item.mark is not None and index and _is_title(text, row, index):
            comma = item.low[-1:] == ","
            item.kind, item.low, item.mark = "name", "·name", None
            if comma and item.end - item.start > 2:  # “The Long Pier,” has the comma of its sentence inside
                item.end -= 2
                found.append(Item(item.end, item.end + 1, ",", "stop"))
    return found


def _is_title(text: str, row: Sequence[Item], index: int) -> bool:
    before, item = row[index - 1], row[index]
    if _is_nickname(text, row, index):
        return True
    far = row[index - 2].low if index > 1 else ""
    if before.low == "the" and far == "called" and index > 2 and _common(row[index - 3]):
        return _titled(text, item, 2)
    if before.low == ":" and far in ("titled", "entitled", "headlined"):
        return True
    if before.low in _NAMED - {"called", "known"} and before.kind == "word":
        return True
    noun = before.low in _WORKS or (before.low == "," and far in _WORKS)
    if noun and (item.mark is not None and text[item.mark.start - 2 : item.mark.start] != ": "):
        return _titled(text, item, 1) or before.low in ("titled", "entitled")
    if not _titled(text, item, 1):
        return False
    if before.low == "called" and (far in _WORKS or _work_ahead(row, index - 1) or _common(row[index - 2])):
        return True
    if before.low in ("on", "in"):
        return True
    if before.low in ("of", "for", "to", "from", "with") and _work_ahead(row, index - 1):
        return True
    if before.low == "'s":
        return index > 1 and row[index - 2].name is not None and row[index - 2].name.type == "ORG"  # type: ignore[union-attr]
    told = before.low in ("told", "tells", "telling") and index + 1 < len(row) and row[index + 1].low != ","
    return (before.low in _MAKING or told) and _titled(text, item, 2)


def _is_nickname(text: str, row: Sequence[Item], index: int) -> bool:
    """Whether words in marks stand inside a name: Elena “Ellie” Marsh."""
    before, item = row[index - 1], row[index]
    after = row[index + 1] if index + 1 < len(row) else None
    inside = after is not None and after.name is not None and before.capital and before.kind in ("word", "name")
    return inside and len(item.low.split()) <= 3 and item.low[-1:].isalnum() and _titled(text, item, 1)


def _common(item: Item) -> bool:
    """Whether the word is a noun that a name is given to: "a show called “The Long Pier”"."""
    return item.kind == "word" and not item.capital and not item.subject_pronoun and item.low not in _HELPS and item.low.isalpha()


_HELPS = AUXILIARIES | MODALS | BE | ADVERBS | frozenset({"who", "which", "that", "and", "but", "also"})


def _work_ahead(row: Sequence[Item], index: int) -> bool:
    return index > 0 and row[index - 1].low in _WORKS


def _titled(text: str, item: Item, least: int) -> bool:
    """Whether the words in marks are spelled as a title: capitals but for small words, no sentence's end."""
    if item.mark is None:
        return False
    words = text[item.mark.inner[0] : item.mark.inner[1]].strip(" ,.;").split()
    if not least <= len(words) <= LONGEST_TITLE or words[-1][-1:] in ".,;:—":
        return False
    if not words[0][0].isupper():
        return False
    return all(word[0].isupper() or word.lower() in _SMALL or not word[0].isalpha() for word in words)
