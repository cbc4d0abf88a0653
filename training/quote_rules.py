"""How often each pattern of attribution is right: ``python -m training.quote_rules [--write] [SOURCE …]``.

A segment is right where its words overlap a marked one by four fifths, both trimmed as the gold's evaluate.py trims them. Of gum
(news only) the share is printed but not used: its gold has not all quotes. ``--write`` puts the shares into the list that the
analysis reads: each is drawn towards ``PRIOR`` as if ``WEIGHT`` more segments had been seen.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import explorer.analysis.lists
from explorer.analysis.pipeline import analyse
from training import gold
from training.gold import Document

USED = ("own", "articles")
PRIOR, WEIGHT = 0.8, 4
LIST = Path(explorer.analysis.lists.__file__).parent / "quote_rules.txt"
HEADER = "# Share of the quotes of each rule whose words are right, by python -m training.quote_rules --write."

Table = dict[str, list[int]]
"""Rule → segments found, segments whose words are right."""


def evaluator() -> ModuleType:
    """The gold's evaluate.py as a module."""
    spec = importlib.util.spec_from_file_location("evaluate", gold.folder() / "evaluate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(document: Document, scorer: ModuleType) -> Iterator[tuple[str, bool]]:
    """The rule of every segment found in a document, and whether its words are right."""
    text = document["text"]
    mask = scorer.quoted_mask(text)
    right = [(segment["s"], segment["e"]) for segment in scorer.segments(text, mask, document["quotes"])]
    for quote in analyse(text, document.get("date")).quotes:
        row = {"start": quote.start, "end": quote.end, "segments": [list(span) for span in quote.segments], "speaker": None}
        for segment in scorer.segments(text, mask, [row]):
            yield quote.how, any(_shared(segment["s"], segment["e"], *other) >= 0.8 for other in right)


def _shared(start: int, end: int, other_start: int, other_end: int) -> float:
    union = max(end, other_end) - min(start, other_start)
    return max(0, min(end, other_end) - max(start, other_start)) / union if union else 0.0


def table(source: str, scorer: ModuleType) -> Table:
    """The counts by rule in the documents of a source that have marked quotes; of gum the news."""
    counts: Table = defaultdict(lambda: [0, 0])
    for document in gold.documents(source):
        if document.get("quotes") and (source != "gum" or document["genre"] == "news"):
            for rule, right in judged(document, scorer):
                counts[rule][0] += 1
                counts[rule][1] += right
    return counts


def precision(found: int, right: int) -> float:
    """The share that the analysis is to show."""
    return (right + PRIOR * WEIGHT) / (found + WEIGHT)


def main() -> None:
    """Prints the table and writes the list if asked to."""
    parser = argparse.ArgumentParser(description="Precision of the rules of quotes.")
    parser.add_argument("sources", nargs="*", default=[*USED, "gum"])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    scorer = evaluator()
    tables = {source: table(source, scorer) for source in options.sources}
    total: Table = defaultdict(lambda: [0, 0])
    for source in (source for source in tables if source in USED):
        for rule, (found, right) in tables[source].items():
            total[rule][0] += found
            total[rule][1] += right
    print("".join(f"{source:>16s}" for source in tables) + "  shown  rule")
    for rule in sorted({rule for counts in tables.values() for rule in counts}, key=lambda rule: -total[rule][0]):
        cells = (tables[source].get(rule, [0, 0]) for source in tables)
        print("".join(f"{right:8d} of{found:5d}" for found, right in cells) + f"  {precision(*total[rule]):.3f}  {rule}")
    if options.write:
        rows = [f"{precision(*total[rule]):.3f} {rule}" for rule in sorted(total)]
        LIST.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
