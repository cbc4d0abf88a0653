"""Trains the ranker of descriptions (tasks "role" and "body" of explorer/analysis/ranker/weights.json) and prints its figures.

    python -m training.speakers [--write]

Data: the speakers of our own articles (CC0) that are neither names nor pronouns: "the minister", "the
company". The names are given as the gold has them, so that only the choice is learned. Figures: choices right, and speakers
right by canonical name with the names given, by five-fold cross-validation over events; ``--write`` trains on everything.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from explorer.analysis import ranker
from training.conditional_logit import Choice, train
from training.gold import FOLDS, OURS, Document, documents, fold_of
from training.gold_names import analysed, mentions_of, same

TASKS = ("role", "body")
ROUNDS = 2
PENALTY = {"role": 0.1, "body": 0.7}
Task = tuple[str, Choice]


def choices_of(document: Document) -> list[Task]:
    """The choices at the descriptions that name speakers; where the speaker is nobody named in the text, that is right."""
    seen: dict[int, tuple[str, Sequence[Any], list[list[str]]]] = {}

    def watch(offset: int, task: str, options: Sequence[Any], features: list[list[str]]) -> None:
        if task in TASKS:
            seen[offset] = task, options, features

    analysed(document["text"], mentions_of(document), watch)
    everybody = {entity.get("name") for entity in document["entities"]}
    found: list[Task] = []
    for quote in document["quotes"]:
        speaker = quote["speaker"]
        if not speaker or speaker.get("start") is None or not speaker["name"]:
            continue
        at = [offset for offset in seen if speaker["start"] <= offset < speaker["end"]]
        if not at:
            continue
        task, options, features = seen.pop(at[-1])
        names = [speaker["name"], *speaker.get("aliases", ())]
        right = {number for number, option in enumerate(options) if option.name and same(option.name, names)}
        if not right and not everybody.intersection(names):
            right = {len(options) - 1}
        if right:
            found.append((task, Choice(features, frozenset(right))))
    return found


def trained(articles: Sequence[Document]) -> dict[str, dict[str, float]]:
    """The weights of all tasks, which are also those in force afterwards; what is chosen first tells of what comes after."""
    weights: dict[str, dict[str, float]] = {task: {} for task in TASKS}
    for _ in range(ROUNDS):
        ranker.replace_weights(weights)
        found = [one for article in articles for one in choices_of(article)]
        weights = {task: train([choice for name, choice in found if name == task], PENALTY[task]) for task in TASKS}
    ranker.replace_weights(weights)
    return weights


def right_choices(articles: Sequence[Document]) -> dict[str, tuple[int, int]]:
    """By task, how many choices are right with the weights in force, and how many there are."""
    counts = {task: [0, 0] for task in TASKS}
    for article in articles:
        for task, choice in choices_of(article):
            shares = ranker.probabilities(ranker.weights(task), choice.candidates)
            counts[task][0] += shares.index(max(shares)) in choice.right
            counts[task][1] += 1
    return {task: (right, every) for task, (right, every) in counts.items()}


def right_speakers(articles: Sequence[Document]) -> tuple[int, int]:
    """How many gold quotes whose words are found have the right speaker by name, and how many there are."""
    right = every = 0
    for article in articles:
        found = analysed(article["text"], mentions_of(article))
        by_start = {quote.segments[0][0]: quote for quote in found.quotes}
        for quote in article["quotes"]:
            mine = by_start.get(quote["segments"][0][0])
            if mine is not None and quote["speaker"] and quote["speaker"]["name"]:
                every += 1
                names = [quote["speaker"]["name"], *quote["speaker"].get("aliases", ())]
                right += mine.speaker is not None and same(mine.speaker.name, names)
    return right, every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="train on everything and write the weights")
    options = parser.parse_args()
    articles = [article for source in OURS for article in documents(source)]
    if options.write:
        weights = trained(articles)
        everything = json.loads(ranker.WEIGHTS.read_text(encoding="utf-8")) | weights
        kept = {task: {name: weight for name, weight in sorted(known.items()) if weight} for task, known in everything.items()}
        ranker.WEIGHTS.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
        return
    total: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        trained([article for article in articles if fold_of("own", article) != fold])
        for source in OURS:
            tested = [article for article in documents(source) if fold_of(source, article) == fold]
            counts = right_choices(tested) | {"speakers by name, names given": right_speakers(tested)}
            for label, (right, every) in counts.items():
                total[f"{source}: {label}", "right"] += right
                total[f"{source}: {label}", "every"] += every
    for label in dict.fromkeys(label for label, _ in total):
        right, every = total[label, "right"], total[label, "every"]
        print(f"{label}: {right} of {every} right ({100 * right / max(1, every):.1f} %)")


if __name__ == "__main__":
    main()
