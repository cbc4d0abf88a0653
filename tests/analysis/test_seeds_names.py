"""Names of the two seed articles against their gold."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from explorer.analysis.canonical import analyse_names
from explorer.analysis.layout import layout


@pytest.fixture(scope="module")
def scores(shared, tmp_path_factory):
    gold = shared / "seeds" / "gold.jsonl"
    folder = tmp_path_factory.mktemp("seeds")
    rows = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        found = analyse_names(document["text"], layout(document["text"]))
        entities = [{"start": one.start, "end": one.end, "type": one.type, "name": one.name} for one in found]
        rows.append(json.dumps({"id": document["id"], "entities": entities}))
    (folder / "predictions.jsonl").write_text("\n".join(rows), encoding="utf-8")
    subprocess.run(
        [sys.executable, shared / "gold" / "evaluate.py", gold, folder / "predictions.jsonl", "--json", folder / "scores.json"],
        check=True,
        capture_output=True,
    )
    return json.loads((folder / "scores.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", ["PERSON", "ORG", "PLACE"])
def test_names_of_the_seeds(scores, kind):
    assert scores[f"entity strict {kind}"][2] >= 0.85


def test_canonical_names_of_the_seeds(scores):
    assert scores["entity name accuracy"][0] >= 0.95
