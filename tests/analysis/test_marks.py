"""Stretches in quote marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis.attribution import closing_cut
from explorer.analysis.marks import find_marks


def inner(text: str) -> list[list[str]]:
    """The words in marks of each paragraph (line) of ``text``."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line:
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return [[text[slice(*mark.inner)] for mark in found] for found in find_marks(text, spans, closing_cut)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We wait," she said. "And hope."', ["We wait,", "And hope."]),
        ("“We wait,” she said.", ["We wait,"]),
        ("« We wait », she said.", ["We wait"]),
        ("„Wir warten“, she said.", ["Wir warten"]),
        ("‘We wait,’ she said. ‘It’s late.’", ["We wait,", "It’s late."]),
        ("'We wait,' she said of the dogs' home.", ["We wait,"]),
        ("She called it ‘a cage’ for the boys’ sake.", ["a cage"]),
        ("“He said ‘no’ and left,” she said.", ["He said ‘no’ and left,"]),
        ("'I said, \"Never.\" And I meant it.'", ['I said, "Never." And I meant it.']),
        ('“We wait," she said. "And hope.”', ["We wait,", "And hope."]),
        ("“The “peace train” left,” she said.", ["The “peace train” left,"]),
        ('A 6" pipe and a 12" pipe.', []),
        ("It's the farmers' market in the '90s.", []),
        ("``We wait,'' she said.", ["We wait,"]),
        ('"', []),
        ('""', []),
    ],
)
def test_styles(text: str, expected: list[str]) -> None:
    assert inner(text) == [expected]


def test_missing_close_ends_before_its_attribution() -> None:
    assert inner("“We do not know who fired, Colonel Ana Reyes told reporters.") == [["We do not know who fired,"]]
    assert inner('"We do not know, he said. "We will ask."') == [["We do not know,", "We will ask."]]


def test_missing_close_ends_with_its_paragraph() -> None:
    assert inner("She said: “We do not know.\nIt rained.") == [["We do not know."], []]


def test_reopened_paragraphs_are_known() -> None:
    text = "“We heard it.\n“We ran,” she said.\n“No.”"
    marks = find_marks(text, [(0, 13), (14, 32), (33, 38)])
    assert [[mark.reopened for mark in found] for found in marks] == [[False], [True], [False]]
    assert [text[slice(*mark.inner)] for found in marks for mark in found] == ["We heard it.", "We ran,", "No."]


@given(st.text(alphabet="\"'“”‘’«»„ .,aB\n"))
def test_any_text_gives_ordered_marks_inside(text: str) -> None:
    for found in find_marks(text, [(0, len(text))] if text else [], closing_cut):
        done = 0
        for mark in found:
            assert done <= mark.start < mark.inner[0] < mark.inner[1] <= mark.end <= len(text)
            done = mark.end
