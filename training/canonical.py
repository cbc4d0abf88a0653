"""Measures the joining of names alone: gold spans in, canonical names out, and what went wrong by cause.

python -m training.canonical GOLD.jsonl [--errors N] [--only REGEX] [--type PERSON]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from explorer.analysis.canonical import named
from explorer.analysis.lexicon import known, spelled
from explorer.analysis.names import Name

Record = dict[str, Any]
TYPES = ("PERSON", "ORG", "PLACE")


def main() -> None:
    """Prints accuracy by type and the causes of errors, commonest first."""
    parser = argparse.ArgumentParser(description="Accuracy of canonical names on gold spans.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--type", default="")
    options = parser.parse_args()
    words_of = _evaluator(Path(__file__).parents[2] / "shared" / "gold" / "evaluate.py")
    right, total, causes = Counter[str](), Counter[str](), Counter[str]()
    shown = 0
    for document in _documents(options.gold, options.only):
        for gold, name, how in _joined(document):
            kind = gold["type"]
            meant = [words_of(one) for one in (gold["name"], *gold.get("aliases", ()))]
            total[kind] += 1
            if words_of(name) in meant:
                right[kind] += 1
                continue
            cause = _cause(words_of(gold["text"]), words_of(name), meant)
            causes[f"{kind} {cause}"] += 1
            if shown < options.errors and options.type in kind:
                shown += 1
                print(f"{kind:6s} {cause:9s} {gold['text']!r} is {gold['name']!r}, given {name!r} ({how}) in {document['id']}")
    for kind in TYPES:
        print(f"{kind:8s} {100 * right[kind] / max(1, total[kind]):5.1f} % of {total[kind]}")
    print(f"{'all':8s} {100 * right.total() / max(1, total.total()):5.1f} % of {total.total()}")
    for cause, count in causes.most_common():
        print(f"  {count:4d} {cause}")


def _documents(path: Path, only: str) -> Iterator[Record]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            if re.search(only, document["id"]) or re.search(only, document.get("genre") or ""):
                yield document


def _joined(document: Record) -> Iterator[tuple[Record, str, str]]:
    """Each gold name of a document with the canonical name given to it, and why."""
    text = document["text"]
    gold = sorted((one for one in document["entities"] if one["type"] in TYPES and one.get("name")), key=lambda one: one["start"])
    names = [_name(one) for one in gold]
    given = {(mention.start, mention.end): mention for mention in named(text, names)}
    for one in gold:
        mention = given[one["start"], one["end"]]
        yield one, mention.name, mention.how


def _name(gold: Record) -> Name:
    found = known().get(spelled(gold["text"]))
    listed = found[1] if found and found[0] == gold["type"] else ""
    return Name(gold["start"], gold["end"], gold["type"], 1.0, known_as=listed)


def _cause(text: list[str], given: list[str], meant: list[list[str]]) -> str:
    if given == text:
        return "not joined"
    return "overjoined" if text in meant else "wrong one"


def _evaluator(path: Path) -> Callable[[str], list[str]]:
    """``name_tokens`` of the gold's own evaluator, so that names are compared as it compares them."""
    spec = importlib.util.spec_from_file_location("evaluate", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is needed to compare names")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    compare: Callable[[str], list[str]] = module.name_tokens
    return compare


if __name__ == "__main__":
    main()
