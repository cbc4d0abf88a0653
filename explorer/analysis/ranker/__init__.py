"""Choice among candidates by a conditional logit (McFadden 1974): open weights of named features, no library.

``weights.json`` beside this file holds the weights of each task by feature, written by ``training/``; the probability of a
candidate is the exponential of the sum of its features' weights over that of all candidates.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.json"
Weights = Mapping[str, float]
_tasks: dict[str, Weights] = {}


def weights(task: str) -> Weights:
    """The weights of a task ("person", "thing", "role", "body") by the feature's name; KeyError for an unknown task."""
    _load()
    return _tasks[task]


def _load() -> None:
    if not _tasks:
        _tasks.update(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def replace_weights(tasks: Mapping[str, Weights]) -> None:
    """Takes other weights than those of the file, by task: training compares them."""
    _load()
    _tasks.update(tasks)


def probabilities(known: Weights, candidates: Sequence[Sequence[str]]) -> list[float]:
    """The probability of each candidate, given as the names of its features; a feature without a weight counts nothing."""
    scores = [sum([known.get(feature, 0.0) for feature in features]) for features in candidates]
    highest = max(scores, default=0.0)
    shares = [math.exp(score - highest) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]
