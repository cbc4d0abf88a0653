"""The figures of a folder of predictions by the gold's evaluate.py, one line a source: ``python -m training.score OUT``."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from training import gold
from training.gold import Document

COLUMNS = {
    "P+O+P": "entity strict PERSON+ORG+PLACE",
    "PERSON": "entity strict PERSON",
    "ORG": "entity strict ORG",
    "PLACE": "entity strict PLACE",
    "DATE": "entity strict DATE",
    "name": "entity name accuracy",
    "iso": "date iso accuracy",
    "marks": "in marks",
    "m+spk": "in marks, right speaker",
    "spk": "speaker mention accuracy",
    "spk name": "speaker name accuracy",
    "indirect": "quote overlap indirect",
    "speech": "quote overlap all",
}


def figures(source: str, predictions: Path, only: str = "") -> dict[str, float]:
    """Per cents by column: F1 where evaluate.py gives one, else accuracy; over the predicted documents alone."""
    ids = {json.loads(line)["id"] for line in predictions.read_text(encoding="utf-8").split("\n") if line}
    with tempfile.TemporaryDirectory() as folder:
        right, table = Path(folder, "gold.jsonl"), Path(folder, "table.json")
        gold.write(right, [document for document in gold.documents(source) if document["id"] in ids])
        command = [sys.executable, str(gold.folder() / "evaluate.py"), str(right), str(predictions), "--json", str(table)]
        subprocess.run([*command, "--only", only] if only else command, check=True, stdout=subprocess.DEVNULL)
        scored: Document = json.loads(table.read_text())
    found = {}
    for column, key in COLUMNS.items():
        value = scored.get(key)
        if value:
            found[column] = 100 * (value[2] if len(value) == 4 else value[0])
    return found


def main() -> None:
    """Prints a line for every file of predictions, and gum's news beside gum."""
    parser = argparse.ArgumentParser(description="Prints the figures of a folder of predictions.")
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    print(f"{'':14s}" + "".join(f"{column:>9s}" for column in COLUMNS))
    for path in sorted(out.glob("*.jsonl")):
        rows = {path.stem: ""} | ({"gum news": "news"} if path.stem == "gum" else {})
        for label, only in rows.items():
            found = figures(path.stem, path, only)
            print(f"{label:14s}" + "".join(f"{found[c]:9.1f}" if c in found else f"{'':>9s}" for c in COLUMNS))


if __name__ == "__main__":
    main()
