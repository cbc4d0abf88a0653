"""How often the words that each pattern of attribution finds are right, measured on marked articles."""

from __future__ import annotations

from functools import cache

from explorer.analysis.lists import lines

UNMEASURED = 0.7
"""Confidence of a rule that was never seen at work in the marked articles."""


@cache
def _measured() -> dict[str, float]:
    return {rule: float(share) for share, _, rule in (line.partition(" ") for line in lines("quote_rules"))}


def precision(rule: str) -> float:
    """How sure the words that ``rule`` found are (0 to 1)."""
    return _measured().get(rule, UNMEASURED)
