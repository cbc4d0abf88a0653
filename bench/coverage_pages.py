"""Web pages: main text and metadata beside the gold and beside trafilatura's own answers on the same pages."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import print_table
from scores import Score, agrees, segment_score, shingle_score, token_score

from explorer.reading.registry import read_file

_TAG = re.compile(r"<[^>]*>")
_MEASURED = {  # of shared/design/readers.md, on all the pages of both sets
    "article-extraction-benchmark": ".957 (fast, 181 pages)",
    "trafilatura": ".920 (fast), .926 (default), 990 pages",
    "title": "709/845 = 84 %",
    "author": "334/538 = 62 %",
    "date": "630/728 = 87 %",
}


@dataclass(frozen=True)
class Answer:
    """What a reader says of a page."""

    text: str
    title: str = ""
    author: str = ""
    date: str = ""


def _ours(path: Path) -> Answer:
    reading = next(reading for member, reading in read_file(path) if not member)
    return Answer(reading.text[: reading.body_end], reading.title, reading.author, reading.date or "")


def _trafilatura(fast: bool) -> Callable[[Path], Answer]:
    import trafilatura

    def answer(path: Path) -> Answer:
        found = trafilatura.bare_extraction(
            path.read_bytes(), fast=fast, include_comments=False, include_tables=True, with_metadata=True
        )
        if found is None:
            return Answer("")
        return Answer(found.text or "", found.title or "", found.author or "", found.date or "")

    return answer


def pages_tables(docs: Path) -> None:
    """Prints main text scores and metadata rates, ours beside the peer's, on the pages of the gold files."""
    readers = {"explorer": _ours, "trafilatura fast": _trafilatura(True), "trafilatura default": _trafilatura(False)}
    gold = {
        group: json.loads((docs / f"{group}.gold.json").read_text("utf-8"))
        for group in ("article-extraction-benchmark", "trafilatura")
    }
    answers: dict[str, dict[str, Answer]] = {}
    rows = []
    for name, reader in readers.items():
        answers[name] = {key: reader(docs / group / key) for group, entries in gold.items() for key in entries}
        start = time.process_time()  # the first round has loaded what it imports
        for group, entries in gold.items():
            for key in entries:
                reader(docs / group / key)
        seconds = time.process_time() - start
        rows.append([name, *_text_scores(docs, gold, answers[name], reader), f"{len(answers[name]) / seconds:.0f}"])
    head = ["main text, P/R/F1", "shingles of AEB", "segments of trafilatura", "words of readability", "pages/s (CPU)"]
    rows.append(["readers.md", _MEASURED["article-extraction-benchmark"], _MEASURED["trafilatura"], "", ""])
    counts = f"{len(gold['article-extraction-benchmark'])} and {len(gold['trafilatura'])} pages"
    print_table(f"Web pages: {counts}", head, rows)
    everything = {key: entry for entries in gold.values() for key, entry in entries.items()}
    fields = ("title", "author", "date")
    rows = [[name, *(_rate(everything, found, field) for field in fields)] for name, found in answers.items()]
    rows.append(["readers.md", *(_MEASURED[field] for field in fields)])
    print_table("Metadata of the same pages: right/gold (given)", ["", "title", "author", "date"], rows)
    _readability_table(docs, readers)


def _text_scores(
    docs: Path, gold: Mapping[str, Mapping[str, Any]], found: Mapping[str, Answer], reader: Callable[[Path], Answer]
) -> list[str]:
    benchmark = gold["article-extraction-benchmark"].items()
    segments = gold["trafilatura"].items()
    return [
        str(shingle_score([(entry["articleBody"], found[key].text) for key, entry in benchmark])),
        str(segment_score([(entry["with"], entry["without"], found[key].text) for key, entry in segments])),
        str(_readability_score(docs, reader)),
    ]


def _readability_score(docs: Path, reader: Callable[[Path], Answer]) -> Score:
    scores = []
    for path in sorted((docs / "readability-expected").glob("*.expected.html")):
        page = docs / "readability" / path.name.replace(".expected.html", ".html")
        expected = html.unescape(_TAG.sub(" ", path.read_text("utf-8")))
        scores.append(token_score(expected, reader(page).text))
    count = len(scores) or 1
    return Score(sum(score.precision for score in scores) / count, sum(score.recall for score in scores) / count)


def _rate(gold: Mapping[str, Any], found: Mapping[str, Answer], field: str) -> str:
    """How many answers are right of those with gold, and how many were given at all."""
    wanted = {key: str(entry[field]) for key, entry in gold.items() if entry.get(field)}
    given = {key: str(getattr(found[key], field)) for key in wanted}
    right = sum(agrees(wanted[key], given[key]) for key in wanted)
    return f"{right}/{len(wanted)} ({sum(map(bool, given.values()))})"


def _readability_table(docs: Path, readers: Mapping[str, Callable[[Path], Answer]]) -> None:
    names = {"title": "title", "byline": "author", "publishedTime": "date"}
    gold = {}
    for path in sorted((docs / "readability-expected").glob("*.expected-metadata.json")):
        said = json.loads(path.read_text("utf-8"))
        entry = {ours: said[theirs] for theirs, ours in names.items() if said.get(theirs)}
        if "date" in entry:
            entry["date"] = entry["date"][:10]
        gold[path.name.replace(".expected-metadata.json", ".html")] = entry
    rows = []
    for name, reader in readers.items():
        found = {key: reader(docs / "readability" / key) for key in gold}
        rows.append([name, *(_rate(gold, found, field) for field in names.values())])
    print_table("Metadata of readability's pages: right/gold (given)", ["", *names.values()], rows)
