"""Passages of any text lie inside it and hold their hits."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from explorer.index.marker import Mark, mark_text, merge
from explorer.index.passages import HEAD, LENGTH, beginning, end_of_head, passages
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Phrase

any_text = st.lists(
    st.sampled_from(["tax ", "delay ", "x" * 70 + " ", "word " * 15, "\n", "\n\n", "\n \n", "日本", "y" * 300, "é. ", "\u2028"]),
    max_size=40,
).map("".join)


def _phrase(text: str) -> Phrase:
    tree = parse(text).tree
    assert isinstance(tree, Phrase)
    return tree


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(any_text)
    marks = set(mark_text(text, [_phrase("tax"), _phrase('"tax delay"'), _phrase("日*")]))
    if text:
        pairs = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 400), st.integers(0, 2))
        for start, length, leaf in draw(st.lists(pairs, max_size=4)):
            marks.add(Mark(start, min(len(text), start + length), leaf))
    return text, sorted(marks, key=lambda mark: (mark.start, -mark.end))


@given(marked(), st.integers(0, HEAD), st.booleans())
def test_passages_lie_in_the_text_and_hold_every_hit(given_text: tuple[str, list[Mark]], head: int, overlapping: bool) -> None:
    text, marks = given_text
    marks = (
        marks
        if overlapping
        else [mark for mark, after in itertools.pairwise([*marks, None]) if not after or mark.end <= after.start]
    )
    found = passages(text, marks, head)
    assert bool(found) == bool(marks)
    for start, end in found:
        assert 0 <= start < end <= len(text)
        assert any(start <= mark.start and mark.end <= end for mark in marks)
    for mark in marks:
        assert any(start <= mark.start and mark.end <= end for start, end in found)
    if all(before.end <= after.start for before, after in itertools.pairwise(marks)):
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(sorted(found)))


@given(marked())
def test_a_passage_is_no_longer_than_its_hits_need(given_text: tuple[str, list[Mark]]) -> None:
    text, marks = given_text
    longest = max((mark.end - mark.start for mark in marks), default=0)
    for start, end in passages(text, [mark for mark in marks if mark.end - mark.start <= longest], 0):
        inside = merge((mark.start, mark.end) for mark in marks if start <= mark.start and mark.end <= end)
        assert end - start <= max(2 * LENGTH, inside[-1][1] - inside[0][0] + LENGTH)


@given(any_text, st.sampled_from(["", "tax", "word word", "Not there"]))
def test_the_beginning_lies_in_the_text(text: str, title: str) -> None:
    head = end_of_head(text, title)
    assert 0 <= head <= len(text)
    start, end = beginning(text, head)
    assert 0 <= start <= end <= len(text)
    assert start < end or not text[head:].strip()


def test_the_best_passage_has_the_most_different_terms() -> None:
    text = "tax " * 3 + "and so on and on, " * 40 + "the tax delay came. " + "More words follow here. " * 30
    marks = mark_text(text, [_phrase("tax"), _phrase("delay")])
    first = passages(text, marks, 0)[0]
    assert "tax delay" in text[slice(*first)]


def test_a_hit_in_the_body_comes_before_one_in_the_title() -> None:
    text = "Tax and tax\nThe Herald, 3 May 2024\n\n" + "Nothing here, really. " * 20 + "A tax came."
    head = end_of_head(text, "Tax and tax")
    assert text[head:].startswith("Nothing")
    marks = mark_text(text, [_phrase("tax")])
    assert text[slice(*passages(text, marks, head)[0])].endswith("A tax came.")


def test_a_passage_begins_and_ends_between_words_and_within_paragraphs() -> None:
    text = "Before it all.\n\n" + "alpha beta gamma " * 20 + "the tax came " + "delta epsilon " * 30 + "\n\nAfter it all."
    start, end = passages(text, mark_text(text, [_phrase("tax")]), 0)[0]
    assert text[start - 1].isspace() and text[end].isspace()
    assert not text[start].isspace() and not text[end - 1].isspace()
    assert end - start <= LENGTH
    text = "First paragraph.\n\nThe tax came " + "and went " * 12 + ".\n\nAnother one."
    assert text[slice(*passages(text, mark_text(text, [_phrase("tax")]), 0)[0])].startswith("The tax")
