"""Trains a conditional logit: choices among candidates, each a list of feature names, with one or more right ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RARE = 4
"""Features of fewer candidates than this are left out."""
STEPS, RATE = 400, 0.05
"""Steps of Adam (Kingma and Ba 2015) over all the data, and its rate."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the candidates' features, the numbers of the right ones (any of them is right), and what it counts."""

    candidates: Sequence[Sequence[str]]
    right: frozenset[int]
    weight: float = 1.0


def train(choices: Sequence[Choice], penalty: float) -> dict[str, float]:
    """The weights that maximise the likelihood of a right candidate less ``penalty`` times their squares; no randomness."""
    counts = Counter(feature for choice in choices for features in choice.candidates for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= RARE)
    number = {feature: place for place, feature in enumerate(names)}
    flat: list[int] = []
    rows: list[int] = []
    owners: list[int] = []
    right: list[float] = []
    row = 0
    for place, choice in enumerate(choices):
        for index, features in enumerate(choice.candidates):
            known = [number[feature] for feature in features if feature in number]
            flat.extend(known)
            rows.extend([row] * len(known))
            owners.append(place)
            right.append(float(index in choice.right))
            row += 1
    weight = np.array([choice.weight for choice in choices])
    return dict(
        zip(
            names,
            _adam(np.array(flat), np.array(rows), np.array(owners), np.array(right), weight, len(names), penalty),
            strict=True,
        )
    )


def _adam(flat, rows, owners, right, weight, size, penalty):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        scores = np.bincount(rows, weights[flat], minlength=len(owners))
        highest = np.full(len(weight), -np.inf)
        np.maximum.at(highest, owners, scores)
        shares = np.exp(scores - highest[owners])
        every = shares / np.bincount(owners, shares)[owners]
        good = shares * right
        total = np.bincount(owners, good)
        among = good / np.maximum(total, 1e-300)[owners]
        slope = np.bincount(flat, ((among - every) * weight[owners])[rows], minlength=size) - 2 * penalty * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights = weights + RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return [round(float(value), 3) for value in weights]
