"""Trains the tagger of names. ``python -m training.names`` (``make train``) measures it, trains the model of the package and
writes its card; ``--model-only`` trains alone.

Training is deterministic: L-BFGS from zero weights over documents in a fixed order, no random numbers.
"""

from __future__ import annotations

import argparse
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import pycrfsuite

from explorer.analysis.dates import find_dates
from explorer.analysis.layout import layout
from explorer.analysis.rule_names import by_rules
from explorer.analysis.runs import Words, read_words
from explorer.analysis.tagger.crf import MODEL, TYPES, label_name
from explorer.analysis.tagger.features import features
from training import gold
from training.card import model_card
from training.gold import OURS, Document

SOURCES = ("own", "articles", "gum", "men", "wikigold", "ewt")
COPIES = 3
"""How often a document of our own is counted: its guidelines are those of the product."""
PARAMETERS = {"c1": 0.1, "c2": 0.1, "max_iterations": 80, "feature.possible_transitions": True}
_OF_SOURCE = ("w=", "c=", "k=", "-1w=")
"""Beginnings of the features that a foreign source also has to itself, so that its guidelines do not become ours."""
Sequence = tuple[list[list[str]], list[str]]


def labels(words: Words, document: Document) -> list[str]:
    """The label of every word: U-ORG, O, …; entities that begin or end inside a word are left out."""
    found = ["O"] * len(words.texts)
    for entity in sorted(document["entities"], key=lambda entity: (entity["start"], -entity["end"])):
        if entity["type"] not in TYPES:
            continue
        first, last = bisect_left(words.starts, entity["start"]), bisect_left(words.starts, entity["end"])
        if first < last and words.texts[first].lower() == "the":
            first += 1
        while last - first > 1 and words.texts[last - 1] in ("'s", "’s", "."):
            last -= 1
        inside = first < last and words.starts[first] >= entity["start"] and words.ends[last - 1] <= entity["end"]
        if inside and all(label == "O" for label in found[first:last]):
            found[first:last] = label_name(entity["type"], last - first)
    return found


def sequences(document: Document) -> list[Sequence]:
    """The document's sequences as the tagger sees them, each with its labels."""
    text = document["text"]
    paragraphs = layout(text)
    dated = find_dates(text, paragraphs, date.fromisoformat(document["date"][:10]) if document.get("date") else None)
    words = read_words(text, paragraphs, [(found.start, found.end) for found in dated])
    right = labels(words, document)
    return [(rows, right[first:last]) for (first, last), rows in features(words, by_rules(words))]


@lru_cache
def prepared(source: str) -> list[tuple[Document, list[Sequence]]]:
    """The documents of a source with their sequences."""
    return [(document, sequences(document)) for document in gold.documents(source)]


def examples(source: str, held_out: int | None = None, most: int | None = None) -> Iterator[Sequence]:
    """Training examples of a source without its documents in the fold ``held_out``; of ``most`` documents at most."""
    chosen = prepared(source)
    if most is not None:
        chosen = sorted(chosen, key=lambda one: gold.shuffled(one[0]))[:most]
    for document, made in chosen:
        if held_out is not None and gold.fold_of(source, document) == held_out:
            continue
        for rows, right in made:
            if source in OURS:
                yield from [(rows, right)] * COPIES
            else:
                yield [row + [f"{source}|{one}" for one in row if one.startswith(_OF_SOURCE)] for row in rows], right


def train(path: Path, data: Iterable[Sequence]) -> float:
    """Trains a model into a file; the seconds it took."""
    began = time.perf_counter()
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=PARAMETERS, verbose=False)
    for rows, right in data:
        trainer.append(rows, right)
    trainer.train(str(path))
    return time.perf_counter() - began


def fold_model(folder: Path, fold: int, sources: Iterable[str] = SOURCES) -> Path:
    """Trains the model that has not seen the documents of a fold."""
    path = folder / f"names-{fold}.crf"
    train(path, (one for source in sources for one in examples(source, fold)))
    return path


def main() -> None:
    """Reads the command line, measures, trains on everything, writes the model and its card, prints the figures."""
    parser = argparse.ArgumentParser(description="Trains the tagger of names.")
    parser.add_argument("--model-only", action="store_true", help="train the model, measure nothing, leave its card as it is")
    from training import measure  # which trains with this module

    only = parser.parse_args().model_only
    tables = None if only else measure.measured()
    seconds = train(MODEL, (one for source in SOURCES for one in examples(source)))
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.1f} MB, trained in {seconds:.0f} s")
    if tables:
        card = model_card(tables, {source: gold.documents(source) for source in SOURCES}, PARAMETERS)
        MODEL.with_name("MODEL.md").write_text(card, encoding="utf-8")
        print(card)


if __name__ == "__main__":
    main()
