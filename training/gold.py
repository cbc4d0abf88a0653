"""The documents that models are trained and measured on, and their folds: events of our own stay together."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from training.markup import read_article

Document = dict[str, Any]
ARTICLES = Path(__file__).parent / "articles"
FOLDS = 5
OURS = ("own", "articles")
"""Sources written for this: news of invented events, marked by the rules that the product is measured by."""


def folder() -> Path:
    """The folder of gold data beside the repository, or the one that EXPLORER_SHARED has; FileNotFoundError names it."""
    root = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "gold"
    if not root.is_dir():
        raise FileNotFoundError(f"no gold data in {root} (set EXPLORER_SHARED to the folder that has it)")
    return root


def documents(source: str) -> list[Document]:
    """The documents of a source by name: own, articles (those in this repository), gum, men, ewt, wikigold, …"""
    if source == "articles":
        return [read_article(path) for path in sorted(ARTICLES.glob("*.txt"))]
    path = folder() / ("own/own.jsonl" if source == "own" else f"{source}.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def fold_of(source: str, document: Document) -> int:
    """The fold in which a document is held out; articles of one event (the id without its last letter) share one."""
    group = document["id"][:-1] if source in OURS else document["id"]
    return int(hashlib.sha1(group.encode()).hexdigest(), 16) % FOLDS


def shuffled(document: Document) -> str:
    """A key that mixes the documents of a source, always alike, articles of one event together."""
    return hashlib.sha1(document["id"][:-1].encode()).hexdigest() + document["id"]


def write(path: Path, rows: Iterable[Document]) -> None:
    """Writes one JSON document a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
