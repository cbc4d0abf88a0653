"""The JSON of every command, whole; EXPLORER_GOLDEN=1 writes it anew."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
COMMANDS = {
    "index": ["index", "{}"],
    "search": ["search", "bridge", "{}"],
    "search_all_passages": ["search", "bridge", "{}", "--all-passages"],
    "search_nothing": ["search", "zeppelin bridge", "{}"],
    "search_condition": ["search", "ext:md", "{}"],
    "quotes": ["quotes", "{}"],
    "quotes_by": ["quotes", "by:keller is:direct", "{}"],
    "entities": ["entities", "{}"],
    "entities_person": ["entities", "{}", "--type", "person"],
    "status": ["status", "{}"],
    "analyse": ["analyse", "{}/bridge.txt"],
    "analyse_several": ["analyse", "{}/bridge.txt", "{}/broken.pdf"],
    "analyse_lines": ["analyse", "--lines", "{}/../lines.jsonl"],
}
LINES = r"""{"id": 7, "text": "One\r\ntwo\u0007 three. Jane Doe said: \"It is over, and we know it.\"", "date": "2025-11-04"}
{"id": "empty", "text": ""}
"""


def normalised(value: object, folder: str) -> object:
    """A value without what differs from one run or one machine to the next."""
    if isinstance(value, dict):
        volatile = {"document": 0, "bytes": 0, "seconds": 0, "index": "INDEX", "generation": 0}
        return {key: volatile[key] if key in volatile else normalised(inner, folder) for key, inner in value.items()}
    if isinstance(value, list):
        return [normalised(inner, folder) for inner in value]
    return re.sub(r"/ crf [0-9a-f]{12}$", "/ crf HASH", value.replace(folder, "FOLDER")) if isinstance(value, str) else value


@pytest.mark.parametrize("name", COMMANDS)
def test_json_is_as_it_was(name, explore, corpus):
    (corpus.parent / "lines.jsonl").write_text(LINES, encoding="utf-8")
    if "{}" in COMMANDS[name] and name != "index":
        explore("index", corpus)
    ran = explore(*(argument.replace("{}", str(corpus)) for argument in COMMANDS[name]), "--format", "json")
    shown = normalised(json.loads(ran.out), str(corpus))
    path = GOLDEN / f"{name}.json"
    if os.environ.get("EXPLORER_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert shown == json.loads(path.read_text(encoding="utf-8"))
    assert ran.code == (1 if name == "search_nothing" else 0)
