"""Gold documents as the quotes and speakers see them: with the names that the gold has, so that only choices are measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import get_args

from explorer.analysis.layout import layout
from explorer.analysis.people import profile
from explorer.analysis.pronouns import Watch
from explorer.analysis.quotes import find_quotes
from explorer.model import Analysis, EntityType, Mention
from training.gold import Document


def mentions_of(document: Document) -> list[Mention]:
    """The gold names and dates as mentions, sorted, without overlaps."""
    found: list[Mention] = []
    for entity in sorted(document["entities"], key=lambda one: (one["start"], -one["end"])):
        if entity["type"] in get_args(EntityType) and (not found or found[-1].end <= entity["start"]):
            name = entity.get("name") or entity["text"]
            found.append(Mention(entity["start"], entity["end"], entity["text"], entity["type"], name, "gold"))
    return found


def analysed(text: str, mentions: Sequence[Mention], watch: Watch | None = None) -> Analysis:
    """The quotes and pronouns of a text whose names are given."""
    quotes, pronouns = find_quotes(text, layout(text), mentions, profile(mentions, text), watch)
    return Analysis(tuple(mentions), quotes, pronouns)


def folded(name: str) -> list[str]:
    """The words of a name without case, accents and courtesy titles."""
    plain = unicodedata.normalize("NFKD", name.lower())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    core = [word for word in words if word not in ("mr", "mrs", "ms", "dr", "the", "a", "an", "jr", "sr")]
    return core or words


def same(one: str, names: Sequence[str]) -> bool:
    """Whether a name is one of ``names``, up to case, accents and titles."""
    return any(folded(one) == folded(name) for name in names if name)
