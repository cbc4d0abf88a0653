"""The tagger's figures on documents it was not trained on: in folds, by sources left out, and by how much of our own it saw."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from explorer.analysis.dates import find_dates
from explorer.analysis.layout import Layout, layout
from explorer.analysis.names import Tag, find_names
from explorer.analysis.rule_names import by_rules
from explorer.analysis.runs import read_words
from explorer.model import Span
from training import gold, names
from training.gold import FOLDS, Document
from training.score import figures

Figures = dict[str, dict[str, float]]
COLUMNS = ("P+O+P", "PERSON", "ORG", "PLACE")
OTHERS = ("gum", "men", "wikigold", "ewt")
OWN_STEPS = ((120, 0), (240, 0), (240, 1000))
"""Documents of own, and of the articles in this repository, that each step of the learning curve is trained on at most."""


def predictions(source: str, model: Path | None, fold: int | None = None) -> Iterator[Document]:
    """The names of a source's documents (of one fold) in the form that evaluate.py reads; no model: by the rules alone."""
    for document in gold.documents(source):
        if fold is not None and gold.fold_of(source, document) != fold:
            continue
        text, paragraphs = document["text"], layout(document["text"])
        day = date.fromisoformat(document["date"][:10]) if document.get("date") else None
        dates = [(found.start, found.end) for found in find_dates(text, paragraphs, day)]
        found = find_names(text, paragraphs, dates, model or _by_rules(text, paragraphs, dates))
        yield {"id": document["id"], "entities": [{"start": one.start, "end": one.end, "type": one.type} for one in found]}


def _scored(source: str, rows: Iterable[Document]) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        gold.write(path, rows)
        found = {source: figures(source, path)}
        if source == "gum":
            found["gum news"] = figures(source, path, "news")
    return {label: {column: row[column] for column in COLUMNS} for label, row in found.items()}


def in_folds(sources: tuple[str, ...]) -> Figures:
    """Each document by the model of its fold, which has not seen it."""
    rows: dict[str, list[Document]] = {source: [] for source in sources}
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            model = names.fold_model(Path(folder), fold)
            for source in sources:
                rows[source] += predictions(source, model, fold)
    return {label: row for source in sources for label, row in _scored(source, rows[source]).items()}


def left_out(source: str, *, ours: bool) -> Figures:
    """A source by a model trained on all the others, with or without our own."""
    sources = [other for other in names.SOURCES if other != source and (ours or other not in gold.OURS)]
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / f"without-{source}-{ours}.crf"
        names.train(model, (one for other in sources for one in names.examples(other)))
        return _scored(source, predictions(source, model))


def by_own_alone(own: int, articles: int) -> Figures:
    """Texts of other origin by a model trained on so many documents of our own and on nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / f"own-{own}-{articles}.crf"
        names.train(model, [*names.examples("own", most=own), *names.examples("articles", most=articles)])
        return {label: row for source in OTHERS for label, row in _scored(source, predictions(source, model)).items()}


def _by_rules(text: str, paragraphs: Layout, dates: list[Span]) -> Tag:
    words = read_words(text, paragraphs, dates)
    found = [(words.starts[one.first], words.ends[one.last - 1], one.type, 1.0) for one in by_rules(words).names]
    return lambda _text, _sentences: found


def measured() -> dict[str, Figures]:
    """Every table of the model's card, by its heading."""
    tables = {"in folds": in_folds(names.SOURCES)}
    for title, ours in (("left out", True), ("left out, without our own", False)):
        tables[title] = {label: row for source in OTHERS for label, row in left_out(source, ours=ours).items()}
    tables["own 0 (rules alone)"] = {
        label: row for source in OTHERS for label, row in _scored(source, predictions(source, None)).items()
    }
    for own, articles in OWN_STEPS:
        step = f"own {own}" + (f" + articles {len(gold.documents('articles'))}" if articles else "")
        tables[step] = by_own_alone(own, articles)
    return tables
