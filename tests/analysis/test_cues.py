"""Reporting verbs in their sentences."""

from __future__ import annotations

import pytest

from explorer.analysis.cues import find_cue, verbs
from explorer.analysis.phrases import items


def cues(sentence: str) -> list[str]:
    row = items(sentence, (0, len(sentence)), [], [])
    found = [find_cue(row, index) for index in range(len(row))]
    return [sentence[row[cue.start].start : row[cue.stop - 1].end] for cue in found if cue is not None]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The minister said it rained.", ["said"]),
        ("The minister has repeatedly said it rained.", ["has repeatedly said"]),
        ("Officials say it rained.", ["say"]),
        ("He went on to say it rained.", ["went on to say"]),
        ("She pointed out that it rained.", ["pointed out"]),
        ("He said it, adding that it rained.", ["said", "adding"]),
        ("The minister did not say it rained.", []),
        ("He wants to say it.", []),
        ("He may say it.", []),
        ("The report was published.", []),
        ("The claim was old.", []),
        ("He was told to go.", []),
        ("A field claimed by both sides.", []),
        ("Asked whether it rained, he left.", []),
        ("Claims are pending.", []),
        ("He's said it rained.", ["'s said"]),
        ("Its army's reported losses.", []),
    ],
)
def test_cues(sentence: str, expected: list[str]) -> None:
    assert cues(sentence) == expected


def test_list_is_large_and_has_its_forms() -> None:
    table = verbs()
    lemmas = {verb.lemma for entries in table.values() for verb in entries}
    assert len(lemmas) >= 210
    for form in ("said", "says", "saying", "replied", "tells", "emphasizing", "swore", "quipped", "wrote", "written"):
        assert form in table, form
