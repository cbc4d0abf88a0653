"""The names in a text by the trained conditional random field, with the probability of each type."""

from __future__ import annotations

import threading
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
    names = [label for label in ("B-" + kind, "I-" + kind) if label in labels]
    return sum(tagger.marginal(label, index) for index in range(*place) for label in names) / (place[1] - place[0])


def spans(labels: list[str]) -> list[tuple[int, int, EntityType]]:
    """Labels (B-ORG, I-ORG, O) as (first, last, type); an I without its B begins a name as well."""
    found: list[tuple[int, int, EntityType]] = []
    first, kind = -1, ""
    for index, label in enumerate([*labels, "O"]):
        if first >= 0 and label != "I-" + kind:
            found.append((first, index, next(one for one in TYPES if one == kind)))
            first = -1
        if first < 0 and label != "O":
            first, kind = index, label[2:]
    return found
