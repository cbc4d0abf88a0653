"""The names in a text by the trained conditional random field, with the probability of each type."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from explorer.analysis.rule_names import Evidence
from explorer.analysis.runs import Words
from explorer.analysis.tagger.features import features
from explorer.model import EntityType, Span

MODEL = Path(__file__).parent / "names.crf"
TYPES: tuple[EntityType, ...] = ("PERSON", "ORG", "PLACE")
PLACES_IN_NAME = ("B-", "I-", "L-", "U-")
"""Labels begin so: the first, inner, last and only word of a name; O is outside of any."""
_TAGGING = threading.Lock()
"""A model labels one sequence at a time."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words ``first`` to ``last`` (half-open) as a name, and how probable each of ``TYPES`` is, from 0 to 1."""

    first: int
    last: int
    type: EntityType
    shares: tuple[float, float, float]

    @property
    def probability(self) -> float:
        """How probable its own type is."""
        return self.shares[TYPES.index(self.type)]


@cache
def opened(model: Path) -> Any:
    """The model in a file, ready to label."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    return tagger


def tag_words(words: Words, evidence: Evidence, model: Path = MODEL) -> list[Tagged]:
    """The names that the model finds, in order, none overlapping."""
    tagger = opened(model)
    found: list[Tagged] = []
    with _TAGGING:
        known = frozenset(tagger.labels())
        for (start, _), rows in features(words, evidence):
            tagger.set(rows)
            for first, last, kind in spans(tagger.tag()):
                shares = [_share(tagger, known, one, (first, last)) for one in TYPES]
                found.append(Tagged(start + first, start + last, kind, (shares[0], shares[1], shares[2])))
    return found


def _share(tagger: Any, labels: frozenset[str], kind: EntityType, place: Span) -> float:
    """The mean probability that the words at ``place`` are in a name of this type."""
    names = [place_in_name + kind for place_in_name in PLACES_IN_NAME if place_in_name + kind in labels]
    total: float = sum(tagger.marginal(label, index) for index in range(*place) for label in names)
    return total / (place[1] - place[0])


def spans(labels: Sequence[str]) -> list[tuple[int, int, EntityType]]:
    """Labels as (first, last, type), last exclusive; a name that is not ended as it should be ends where the next begins."""
    found: list[tuple[int, int, EntityType]] = []
    first = 0
    for index, label in enumerate(labels):
        if label == "O":
            continue
        kind = label[2:]
        goes_on = (
            label[:2] in ("I-", "L-") and index > 0 and labels[index - 1][:2] in ("B-", "I-") and labels[index - 1][2:] == kind
        )
        first = first if goes_on else index
        following = labels[index + 1] if index + 1 < len(labels) else "O"
        if not (label[:2] in ("B-", "I-") and following[:2] in ("I-", "L-") and following[2:] == kind):
            found.append((first, index + 1, next(one for one in TYPES if one == kind)))
    return found


def label_name(kind: str, length: int) -> list[str]:
    """The labels of the words of a name: U-ORG of one word; B-ORG, I-ORG, L-ORG of more."""
    if length == 1:
        return ["U-" + kind]
    return ["B-" + kind, *["I-" + kind] * (length - 2), "L-" + kind]
