"""Scores the pronouns of the analysis on GAP: F1 over the labels of the two names, overall, masculine, feminine, and the bias.

    python -m training.gap [--half even|odd] [--given]

Measure of Webster et al. 2018, "Mind the GAP": each item has a pronoun and two names, A and B; a label is predicted true where
the pronoun is resolved to that name (by the place of a mention of it, or by the words). Halves are by the number in the id.
``--given`` hands the two names to the analysis as mentions where it found none, which tells missed names from wrong choices.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable

from explorer.analysis.canonical import analyse_names
from explorer.analysis.layout import layout
from explorer.analysis.people import profile
from explorer.analysis.pipeline import analyse
from explorer.analysis.pronouns import Watch
from explorer.analysis.quotes import find_quotes
from explorer.model import Analysis, Mention
from training.gold import Document, documents

_MASCULINE = frozenset({"he", "him", "his", "himself"})
Item = Document


def items(half: str | None = None) -> list[Item]:
    """The items of GAP, or those whose id has an "even" or "odd" number."""
    every = documents("gap")
    return [item for item in every if half is None or int(re.findall(r"\d+", item["id"])[-1]) % 2 == (half == "odd")]


def with_names(item: Item, watch: Watch | None = None, *, given: bool = True) -> Analysis:
    """The analysis of an item with both names given as persons where none was found; ``watch`` is shown the choices."""
    text = item["text"]
    paragraphs = layout(text)
    mentions = list(analyse_names(text, paragraphs, None))
    for key in "AB" if given else "":
        start, name = item["gap"][key]["start"], item["gap"][key]["text"]
        end = start + len(name)
        if not any(m.type == "PERSON" and m.start < end and start < m.end for m in mentions):
            mentions = [m for m in mentions if m.end <= start or end <= m.start]
            mentions.append(Mention(start, end, name, "PERSON", name, "given"))
    mentions.sort(key=lambda mention: mention.start)
    quotes, pronouns = find_quotes(text, paragraphs, mentions, profile(mentions, text), watch)
    return Analysis(tuple(mentions), quotes, pronouns)


def is_meant(item: Item, key: str, found: Analysis, name: str) -> bool:
    """Whether ``name`` is the item's name A or B, by the mention at its place or by its words."""
    given = item["gap"][key]
    end = given["start"] + len(given["text"])
    if any(m.start < end and given["start"] < m.end and m.name == name for m in found.entities):
        return True
    words = set(re.findall(r"\w+", given["text"].lower()))
    return bool(words) and words <= set(re.findall(r"\w+", name.lower()))


def predicted(item: Item, found: Analysis) -> dict[str, bool]:
    """The labels that the resolved pronoun gives to A and B."""
    start, end = item["gap"]["pronoun"]
    name = next((p.name for p in found.pronouns if p.start == start and p.end == end), None)
    return {key: name is not None and is_meant(item, key, found, name) for key in "AB"}


def score(documents: Iterable[Item], analysis: Callable[[Item], Analysis]) -> dict[str, float]:
    """F1 (0 to 100) of "all", "masculine" and "feminine" pronouns, "bias" (feminine by masculine), precision and recall."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in documents:
        start, end = item["gap"]["pronoun"]
        gender = "masculine" if item["text"][start:end].lower() in _MASCULINE else "feminine"
        for key, label in predicted(item, analysis(item)).items():
            gold = item["gap"][key]["coref"]
            kind = "tp" if label and gold else "fp" if label else "fn" if gold else "tn"
            counts[gender, kind] += 1
            counts["all", kind] += 1
    result = {group: _f1(counts, group) for group in ("all", "masculine", "feminine")}
    tp, fp, fn = (counts["all", kind] for kind in ("tp", "fp", "fn"))
    result["precision"], result["recall"] = 100 * tp / max(1, tp + fp), 100 * tp / max(1, tp + fn)
    result["bias"] = result["feminine"] / max(0.01, result["masculine"])
    return result


def _f1(counts: Counter[tuple[str, str]], group: str) -> float:
    tp, wrong = counts[group, "tp"], counts[group, "fp"] + counts[group, "fn"]
    return 200 * tp / max(1, 2 * tp + wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("even", "odd"))
    parser.add_argument("--given", action="store_true")
    options = parser.parse_args()
    how = with_names if options.given else lambda item: analyse(item["text"])
    for name, value in score(items(options.half), how).items():
        print(f"{name:10} {value:6.2f}" if name == "bias" else f"{name:10} {value:6.1f}")


if __name__ == "__main__":
    main()
