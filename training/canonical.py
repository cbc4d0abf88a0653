"""Measures the joining of names alone: gold spans in, canonical names out, and what went wrong by cause.

python -m training.canonical own|gum|articles [--errors N] [--only REGEX] [--type PERSON]
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from explorer.analysis.canonical import named
from explorer.analysis.lexicon import known, spelled
from explorer.analysis.names import Name
from training import gold
from training.gold import Document

TYPES = ("PERSON", "ORG", "PLACE")


def main() -> None:
    """Prints accuracy by type and the causes of errors, commonest first."""
    parser = argparse.ArgumentParser(description="Accuracy of canonical names on gold spans.")
    parser.add_argument("source", help="own, gum, articles: as training.gold has them")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--type", default="")
    options = parser.parse_args()
    words_of = _evaluator(gold.folder() / "evaluate.py")
    right, total, causes = Counter[str](), Counter[str](), Counter[str]()
    shown = 0
    for document in gold.documents(options.source):
        if not re.search(options.only, f"{document['id']} {document.get('genre') or ''}"):
            continue
        for entity, name, how in _joined(document):
            kind = entity["type"]
            meant = [words_of(one) for one in (entity["name"], *entity.get("aliases", ()))]
            total[kind] += 1
            if words_of(name) in meant:
                right[kind] += 1
                continue
            cause = _cause(words_of(entity["text"]), words_of(name), meant)
            causes[f"{kind} {cause}"] += 1
            if shown < options.errors and options.type in kind:
                shown += 1
                print(
                    f"{kind:6s} {cause:9s} {entity['text']!r} is {entity['name']!r}, given {name!r} ({how}) in {document['id']}"
                )
    for kind in TYPES:
        print(f"{kind:8s} {100 * right[kind] / max(1, total[kind]):5.1f} % of {total[kind]}")
    print(f"{'all':8s} {100 * right.total() / max(1, total.total()):5.1f} % of {total.total()}")
    for cause, count in causes.most_common():
        print(f"  {count:4d} {cause}")


def _joined(document: Document) -> Iterator[tuple[Document, str, str]]:
    """Each gold name of a document with the canonical name given to it, and why."""
    text = document["text"]
    marked = sorted(
        (one for one in document["entities"] if one["type"] in TYPES and one.get("name")), key=lambda one: one["start"]
    )
    names = [_name(one) for one in marked]
    given = {(mention.start, mention.end): mention for mention in named(text, names)}
    for one in marked:
        mention = given[one["start"], one["end"]]
        yield one, mention.name, mention.how


def _name(entity: Document) -> Name:
    found = known().get(spelled(entity["text"]))
    listed = found[1] if found and found[0] == entity["type"] else ""
    return Name(entity["start"], entity["end"], entity["type"], 1.0, known_as=listed)


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
