"""Trains what tells a weekday or month ahead of an article from one behind it, and prints how often it is right.

python -m training.dates        writes explorer/analysis/tense.json
"""

from __future__ import annotations

import collections
import json
from datetime import date

import numpy as np

from explorer.analysis.date_values import how_far, two_readings
from explorer.analysis.dates import grammar_matches
from explorer.analysis.layout import layout
from explorer.analysis.tense import WEIGHTS, features
from training.gold import FOLDS, OURS, Document, documents, fold_of

LEAST = 3  # examples that have a feature
ROUNDS, RATE, DECAY = 400, 0.3, 0.01
Example = tuple[int, list[str], bool]  # fold, features, whether ahead


def examples(source: str) -> list[Example]:
    """Every date of the gold for which both readings are possible, and which of them is right."""
    found: list[Example] = []
    for document in documents(source):
        text, anchor = document["text"], date.fromisoformat(document["date"])
        gold, fold = _values(document), fold_of(source, document)
        for paragraph in layout(text).paragraphs:
            for start, end, kind, before, after in grammar_matches(text, paragraph.start, paragraph.end):
                readings = two_readings(kind, text[start:end], anchor)
                if readings and gold.get((start, end)) in readings and readings[0] != readings[1]:
                    back = how_far(kind, readings[0], anchor)
                    found.append((fold, list(features(kind, back, before, after)), gold[start, end] == readings[1]))
    return found


def _values(document: Document) -> dict[tuple[int, int], str | None]:
    dates = [entity for entity in document["entities"] if entity["type"] == "DATE"]
    return {(entity["start"], entity["end"]): entity.get("iso") for entity in dates}


def train(sample: list[Example]) -> dict[str, float]:
    """The weights of a logistic model with L2 decay, by gradient descent from zero."""
    counts = collections.Counter(feature for _, found, _ in sample for feature in set(found))
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    column = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(sample), len(names)))
    for row, (_, found, _) in enumerate(sample):
        matrix[row, [column[name] for name in found if name in column]] = 1.0
    wanted = np.array([ahead for _, _, ahead in sample], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        guess = 1 / (1 + np.exp(-matrix @ weights))
        weights -= RATE * (matrix.T @ (guess - wanted) / len(sample) * 10 + DECAY * weights)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True) if abs(weight) >= 0.02}


def right(weights: dict[str, float], sample: list[Example]) -> int:
    """How many of the examples a model gets right."""
    return sum((sum(weights.get(name, 0.0) for name in found) > 0) == ahead for _, found, ahead in sample)


def main() -> None:
    """Cross-validates by event, then trains on everything and writes the weights."""
    sample = [example for source in OURS for example in examples(source)]
    hits = 0
    for number in range(FOLDS):
        model = train([one for one in sample if one[0] != number])
        hits += right(model, [one for one in sample if one[0] == number])
    behind = sum(not ahead for _, _, ahead in sample)
    print(f"{len(sample)} dates, {behind} behind; cross-validated right {100 * hits / len(sample):.1f} %", end="; ")
    weights = train(sample)
    print(f"on what it was trained on {100 * right(weights, sample) / len(sample):.1f} %, {len(weights)} weights")
    WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
