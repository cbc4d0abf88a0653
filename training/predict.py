"""Predicts gold documents by models that have not seen them, whole analysis: ``python -m training.predict OUT [SOURCE …]``.

For each fold a model of names is trained without the fold's documents, and those are analysed with it; OUT/SOURCE.jsonl is in the
form that the gold's evaluate.py reads. ``--without SOURCE,SOURCE`` keeps whole sources out of training, the honest figure for
texts of other origin; ``--folds 0,1`` predicts the documents of those folds only.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from explorer.analysis.pipeline import analyse
from explorer.model import Analysis, Speaker
from training import gold, names
from training.gold import FOLDS, Document

DEFAULT = ("own", "gum", "men", "wikigold", "ewt")


def predicted(document: Document, found: Analysis) -> Document:
    """An analysis in the form that evaluate.py reads."""
    entities = [{"start": m.start, "end": m.end, "type": m.type, "name": m.name, "iso": m.iso} for m in found.entities]
    quotes = [
        {"start": q.start, "end": q.end, "segments": q.segments, "speaker": _speaker(q.speaker) if q.speaker else None}
        for q in found.quotes
    ]
    return {"id": document["id"], "entities": entities, "quotes": quotes}


def _speaker(speaker: Speaker) -> Document:
    return {"start": speaker.start, "end": speaker.end, "text": speaker.text, "name": speaker.name}


def predict(out: Path, sources: tuple[str, ...], training: tuple[str, ...], folds: tuple[int, ...]) -> None:
    """Trains a model a fold on ``training`` and writes the predictions of the fold's documents of ``sources``."""
    rows: dict[str, list[Document]] = {source: [] for source in sources}
    with tempfile.TemporaryDirectory() as folder:
        for fold in folds:
            model = names.fold_model(Path(folder), fold, training)
            for source in sources:
                for document in gold.documents(source):
                    if gold.fold_of(source, document) == fold:
                        found = analyse(document["text"], document.get("date"), tag=model)
                        rows[source].append(predicted(document, found))
    out.mkdir(parents=True, exist_ok=True)
    for source, found_rows in rows.items():
        gold.write(out / f"{source}.jsonl", found_rows)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Predicts gold documents by models that have not seen them.")
    parser.add_argument("out", type=Path)
    parser.add_argument("sources", nargs="*", default=DEFAULT)
    parser.add_argument("--without", default="", help="sources left out of training, joined by commas")
    parser.add_argument("--folds", default=",".join(map(str, range(FOLDS))))
    chosen = parser.parse_args()
    training = tuple(source for source in names.SOURCES if source not in chosen.without.split(","))
    predict(chosen.out, tuple(chosen.sources), training, tuple(int(fold) for fold in chosen.folds.split(",")))


if __name__ == "__main__":
    main()
