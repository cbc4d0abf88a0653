"""Quotes of the two shared articles, whose names are taken from the gold."""

from __future__ import annotations

import json
from pathlib import Path

from explorer.analysis.layout import layout
from explorer.analysis.people import profile
from explorer.analysis.quotes import find_quotes
from explorer.model import Mention


def test_every_passage_in_marks_is_found_and_nearly_all_speakers(shared: Path) -> None:
    right = total = 0
    for line in (shared / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        text = gold["text"]
        names = [
            Mention(e["start"], e["end"], e["text"], e["type"], e.get("name") or e["text"], "gold") for e in gold["entities"]
        ]
        quotes, _ = find_quotes(text, layout(text), names, profile(names, text))
        speakers = {span: quote.speaker for quote in quotes for span in quote.marks}
        for passage in gold["quotes"]:
            span = (passage["start"], passage["end"])
            if text[span[0] - 1] not in '“"':
                continue
            total += 1
            assert span in speakers, passage["text"]
            speaker = speakers[span]
            expected = passage["speaker"]["name"] if passage["speaker"] else None
            right += (speaker.name if speaker else None) == expected
    assert total == 15
    assert right >= 13
