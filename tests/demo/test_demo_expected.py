"""The hand-made gold for six articles is true to their text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from explorer.demo import corpus_folder

CORPUS = corpus_folder()
EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text(encoding="utf-8"))


def kind_by_marks(text: str, segments: list[tuple[int, int]]) -> str:
    """Direct where at least nine in ten characters are inside double quote marks, indirect where none is."""
    inside = set()
    for marked in re.finditer(r'"[^"\n]+"|“[^”\n]+”', text):
        inside.update(range(marked.start() + 1, marked.end() - 1))
    letters = [i for start, end in segments for i in range(start, end) if not text[i].isspace() and text[i] not in '"“”']
    share = sum(i in inside for i in letters) / len(letters)
    return "direct" if share >= 0.9 else "mixed" if share > 0 else "indirect"


@pytest.mark.parametrize("path", EXPECTED)
def test_the_expected_quotes_stand_in_the_file_in_order_and_their_kind_follows_from_the_marks(path):
    text = (CORPUS / path).read_text(encoding="utf-8")
    at = 0
    for quote in EXPECTED[path]["quotes"]:
        spans = []
        for segment in quote["segments"]:
            start = text.index(segment, at)
            at = start + len(segment)
            spans.append((start, at))
        assert text[spans[0][0] : at] == quote["text"]
        if path.endswith("water-hearing.txt"):  # a transcript's turns are the speaker's own words and have no marks
            assert quote["kind"] == "direct"
        else:
            assert quote["kind"] == kind_by_marks(text, spans), quote["text"]


@pytest.mark.parametrize("path", EXPECTED)
def test_the_expected_names_stand_in_the_file_and_every_passage_in_marks_is_a_quote(path):
    text = (CORPUS / path).read_text(encoding="utf-8")
    gold = EXPECTED[path]
    for name in gold["people"] + gold["orgs"] + gold["places"]:
        assert name in text, name
    for quote in gold["quotes"]:
        assert quote["speaker"] is None or quote["speaker"] in (*gold["people"], *gold["orgs"]) or quote["speaker"] in text
    reported = [segment for quote in gold["quotes"] for segment in quote["segments"]]
    for marked in re.findall(r'"([^"\n]+)"|“([^”\n]+)”', text):
        words = marked[0] or marked[1]
        assert any(words in segment or segment in words for segment in reported), words
