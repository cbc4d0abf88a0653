"""Whether a weekday or a month without a year lies ahead of the document's date or behind it: a logistic model.

It looks at the words around and at how far behind the other reading lies. The weights are in tense.json, trained by
training/dates.py on articles of our own.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "tense.json"
BEFORE, AFTER = 9, 5  # words looked at on either side of the date
FAR = 3  # days or months
NEAR = 3  # of them, those that count as near

PROMISED = 0.95
"""The probability where a sentence begins "On Thursday the court will": seen too seldom in training to be learned."""

_PROMISES = frozenset({"will", "shall"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[\"“”«»]|[.!?;:,]")
_ENDS = frozenset(".!?;")
_MARKS = frozenset('"“”«»')
_MODALS = frozenset(
    {
        "will",
        "would",
        "shall",
        "should",
        "could",
        "can",
        "may",
        "might",
        "must",
        "'ll",
        "won't",
        "i'll",
        "we'll",
        "he'll",
        "they'll",
    }
)
_ING = re.compile(r"[a-z]{3,}ing$")
_PAST = re.compile(r"[a-z]{2,}ed$")


@cache
def weights() -> dict[str, float]:
    """The weight of each feature; positive ones speak for a day ahead."""
    return {str(name): float(weight) for name, weight in json.loads(WEIGHTS.read_text(encoding="utf-8")).items()}


def lies_ahead(kind: str, back: int, before: str, after: str) -> float:
    """The probability (0 to 1) that a date of this kind ("weekday", "month", "full") between these words lies ahead.

    ``back`` is how far behind the other reading lies: days for a weekday, months for the others.
    """
    if _clause_before(before)[1] and _PROMISES & set(_clause_after(after)):
        return PROMISED
    known = weights()
    total = sum(known.get(feature, 0.0) for feature in features(kind, back, before, after))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def features(kind: str, back: int, before: str, after: str) -> Iterator[str]:
    """What the model looks at: the words of the clause, the nearest verbs, and whether the sentence begins with the date."""
    left, opens, inside = _clause_before(before)
    right = _clause_after(after)
    yield "bias"
    yield f"{kind} {back} back"
    verb = next((found for word in reversed(left) if (found := _tense(word))), "none")
    yield f"{kind} {'far' if back > FAR else 'near'} verb {verb}"
    yield f"inside={inside}"
    if opens:
        yield f"opens {kind}"
    for distance, word in enumerate(reversed(left)):
        yield f"{'near' if distance < NEAR else 'far'} before {word}"
        yield f"{kind} before {word}"
    yield f"just before {' '.join(left[-2:])}"
    for distance, word in enumerate(right):
        yield f"{'near' if distance < NEAR else 'far'} after {word}"
    yield f"verb before {verb}"
    yield f"verb after {next((found for word in right if (found := _tense(word))), 'none')} {opens}"


def _tense(word: str) -> str:
    if word in _MODALS:
        return "modal"
    if word in ("is", "are", "has", "have", "was", "were", "had", "said", "to", "told", "says", "be", "been"):
        return word
    if _PAST.fullmatch(word):
        return "past"
    return "ing" if _ING.fullmatch(word) else ""


def _clause_before(before: str) -> tuple[list[str], bool, bool]:
    """The words of the sentence in front, whether there are none, and whether the date stands inside quote marks."""
    words: list[str] = []
    marks = 0
    for word in _WORD.findall(before.lower()[-200:])[::-1]:
        if word in _MARKS:
            marks += 1
            if words:
                break
            continue
        if word in _ENDS:
            break
        if word not in (",", ":"):
            words.append(word)
        if len(words) == BEFORE:
            break
    function_only = all(word in ("on", "in", "by", "for", "the", "and", "but", "until", "next", "last") for word in words)
    return words[::-1], function_only, marks > 0 and not words


def _clause_after(after: str) -> list[str]:
    words: list[str] = []
    for word in _WORD.findall(after.lower()[:100]):
        if word in _ENDS or word in _MARKS or len(words) == AFTER:
            break
        if word not in (",", ":"):
            words.append(word)
    return words
