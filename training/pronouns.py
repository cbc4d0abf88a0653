"""Trains the ranker of pronouns (tasks "person" and "thing" of explorer/analysis/ranker/weights.json) and prints its figures.

    python -m training.pronouns [--write]

Data: GAP (Apache-2.0; text CC-BY-SA), our own articles (CC0) and GUM (annotations CC-BY-4.0) of ../shared/gold. First each half
of GAP is scored with weights that have not seen it; ``--write`` then trains on everything. Names are given as the gold has them
where it has them, so that only the choice is learned. The pronouns before one tell of it, so weights are trained in rounds, each
of which sees the choices of the round before.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from explorer.analysis import ranker
from explorer.analysis.candidates import Option
from explorer.analysis.pipeline import analyse
from explorer.analysis.pronouns import Watch
from training.conditional_logit import Choice, train
from training.gap import is_meant, items, score, with_names
from training.gold import OURS, Document, documents
from training.gold_names import analysed, mentions_of, same

TASKS = ("person", "thing")
ROUNDS = 3
PENALTY = 3.0
UNSEEN = 0.03
"""What a choice counts from which the right candidates are taken out, as if no name had been found there: nobody is right."""
OWN_WEIGHT = 2.0
"""What a choice in news counts beside one in GAP."""
Seen = dict[int, tuple[str, Sequence[Option], list[list[str]]]]
Task = tuple[str, Choice]


def _watched(run: Callable[[Watch], object]) -> Seen:
    """The last choice at each pronoun while ``run`` analyses a document, with the features as they were then."""
    seen: Seen = {}

    def watch(offset: int, task: str, options: Sequence[Any], features: list[list[str]]) -> None:
        if task in TASKS:
            seen[offset] = task, options, features

    run(watch)
    return seen


def _choice(seen: Seen, offset: int, is_right: Callable[[Option], bool], weight: float, nobody: bool = False) -> Iterator[Task]:
    """The choice at a pronoun, where a right candidate is among the options (``nobody``: none of them is also right)."""
    if offset not in seen:
        return
    task, options, features = seen[offset]
    right = {number for number, one in enumerate(options) if is_right(one)} | ({len(options)} if nobody else set())
    if right and options:
        yield task, Choice(features, frozenset(right), weight)
        rest = [own for number, own in enumerate(features) if number not in right or number == len(options)]
        if len(rest) > 1:
            yield task, Choice(rest, frozenset({len(rest) - 1}), weight * UNSEEN)


def from_gap(item: Document, given: bool) -> Iterator[Task]:
    """The choice of a GAP item, with both names ``given`` or as found; where neither name is meant, everyone else may be."""
    found = []
    seen = _watched(lambda watch: found.append(with_names(item, watch, given=given)))
    meant = [key for key in "AB" if item["gap"][key]["coref"]]
    keys = meant or list("AB")

    def is_right(one: Option) -> bool:
        named = any(is_meant(item, key, found[0], one.candidate.final().name) for key in keys)
        return named if meant else not named

    yield from _choice(seen, item["gap"]["pronoun"][0], is_right, 1.0, nobody=not meant)


def from_own(document: Document) -> Iterator[Task]:
    """The choices of the pronouns that name speakers in an article of ours."""
    seen = _watched(partial(analysed, document["text"], mentions_of(document)))
    for quote in document["quotes"]:
        speaker = quote["speaker"]
        if speaker and speaker.get("start") is not None and speaker["name"]:
            names = [speaker["name"], *speaker.get("aliases", ())]
            yield from _choice(seen, speaker["start"], lambda one, names=names: same(one.candidate.name, names), OWN_WEIGHT)


def from_gum(document: Document) -> Iterator[Task]:
    """The choices of the pronouns in GUM's clusters: right is who is mentioned by the smallest span of the cluster."""
    spans = sorted(
        ((start, end, number) for number, c in enumerate(document["clusters"]) for start, end in c), key=lambda s: s[1] - s[0]
    )
    seen = _watched(partial(analysed, document["text"], mentions_of(document)))

    def cluster(offset: int) -> int | None:
        return next((number for start, end, number in spans if start <= offset < end), None)

    for offset in seen:
        own = next((number for start, _, number in spans if start == offset), None)
        if own is not None:
            yield from _choice(
                seen, offset, lambda one, own=own: any(cluster(mention.offset) == own for mention in one.candidate.mentions), 1.0
            )


def collected(half: str | None) -> list[Task]:
    """All choices: of GAP those of ``half`` (None: both), of our own articles and of GUM all."""
    found = [task for item in items(half) for given in (True, False) for task in from_gap(item, given)]
    found += [task for source in OURS for document in documents(source) for task in from_own(document)]
    return found + [task for document in documents("gum") for task in from_gum(document)]


def trained(half: str | None) -> dict[str, dict[str, float]]:
    """The weights of both tasks after all rounds; they are also those in force afterwards."""
    tasks: dict[str, dict[str, float]] = {task: {} for task in TASKS}
    ranker.replace_weights(tasks)
    for _ in range(ROUNDS):
        choices = collected(half)
        tasks = {name: train([choice for task, choice in choices if task == name], PENALTY) for name in tasks}
        ranker.replace_weights(tasks)
        counts = {name: sum(task == name for task, _ in choices) for name in tasks}
        print("trained on", counts, flush=True)
    return tasks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="train on everything and write the weights")
    options = parser.parse_args()
    for half, other in () if options.write else (("even", "odd"), ("odd", "even")):
        trained(half)
        for how, analysis in (("names found", lambda item: analyse(item["text"])), ("names given", with_names)):
            figures = score(items(other), analysis)
            print(
                f"trained {half}, tested {other}, {how}:", {name: round(value, 2) for name, value in figures.items()}, flush=True
            )
    if options.write:
        everything = json.loads(ranker.WEIGHTS.read_text(encoding="utf-8")) | trained(None)
        kept = {task: {name: weight for name, weight in sorted(known.items()) if weight} for task, known in everything.items()}
        ranker.WEIGHTS.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
