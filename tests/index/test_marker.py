"""Words are marked exactly where the reference matcher lights them, and the quick test agrees with both."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.index.marker import Leaf, Mark, leaves_of, mark_pieces, mark_text, mark_title, merge, verifier
from explorer.index.query.syntax import And, Near, Not, Part, Phrase
from tests.index import reference
from tests.index.leaves import leaves, texts
from tests.index.reference import TIMES, tried

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=40 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(st.lists(leaves, min_size=5, max_size=8), st.lists(st.tuples(texts(3), texts(9)), min_size=4, max_size=6))
def test_marks_are_the_references(asked: list[Leaf], documents: list[tuple[str, str]]) -> None:
    for leaf in asked:
        is_in = verifier(leaf)
        for title, text in documents:
            tried["marks"] += 1
            in_text = [(mark.start, mark.end) for mark in mark_text(text, [leaf])]
            in_title = [(mark.start, mark.end) for mark in mark_title(title, [leaf])]
            assert in_text == reference.lit(leaf, text), (leaf, text)
            assert in_title == reference.lit(leaf, title, is_title=True), (leaf, title)
            assert is_in(title, text) is bool(in_text or in_title), (leaf, title, text)
            assert is_in(title, text) is reference.holds(leaf, title, text)


@settings(max_examples=20 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(st.lists(leaves, min_size=1, max_size=4), texts(25), st.integers(0, 9))
def test_several_leaves_at_once(asked: list[Leaf], text: str, most: int) -> None:
    marks = mark_text(text, asked)
    alone = [Mark(mark.start, mark.end, number) for number, leaf in enumerate(asked) for mark in mark_text(text, [leaf])]
    assert sorted(marks) == sorted(alone)
    assert marks == sorted(marks, key=lambda mark: (mark.start, -mark.end))
    assert mark_text(text, asked, most) == marks[:most]


@settings(max_examples=30 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(leaves, texts(20), st.data())
def test_pieces_of_a_quote(leaf: Leaf, text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pieces = list(zip(edges[::2], edges[1::2], strict=False))
    alone = "\n\n".join(text[start:end] for start, end in pieces)
    marks = mark_pieces(text, pieces, leaf)
    assert [text[mark.start : mark.end] for mark in marks] == [alone[start:end] for start, end in reference.lit(leaf, alone)]
    assert all(any(start <= mark.start and mark.end <= end for start, end in pieces) for mark in marks)


def test_a_near_reaches_from_piece_to_piece_and_a_phrase_does_not() -> None:
    text = "“The tax,” she said, “is delayed.”"
    pieces = [(text.index(words), text.index(words) + len(words)) for words in ("The tax,", "is delayed.")]
    tax, delay = _one("tax"), _one("delay")
    assert [text[m.start : m.end] for m in mark_pieces(text, pieces, Near(tax, delay, 2))] == ["tax", "delayed"]
    assert not mark_pieces(text, pieces, Near(tax, delay, 1))
    assert not mark_pieces(text, pieces, Phrase((Part("tax"), Part("is")), "tax is"))
    assert not mark_pieces(text, pieces, _one("said"))


def test_leaves_are_those_asked_for_once() -> None:
    tax, delay, near = _one("tax"), _one("delay"), Near(_one("a"), _one("b"), 3)
    assert leaves_of(And((tax, Not(delay), near, tax))) == [tax, near]


def test_spans_that_overlap_are_made_one() -> None:
    assert merge([(5, 9), (0, 3), (2, 4), (4, 5), (6, 7)]) == ((0, 4), (4, 5), (5, 9))


A, B = Phrase((Part("a", "exact"),), "a"), Phrase((Part("b", "exact"),), "b")
BAIT = (
    Near(A, A, 1000),
    Near(Near(A, A, 500), A, 900),
    Near(Near(A, A, 500), B, 900),
    Near(A, A, "sentence"),
    Near(A, A, "paragraph"),
    Near(Near(A, Near(A, A, 7), 9), Near(A, A, 3), "paragraph"),
    Near(A, A, 10**12),
    Phrase((Part("a", "exact"),) * 50, "a a a"),
)


@pytest.mark.parametrize("leaf", BAIT, ids=range(len(BAIT)))
@pytest.mark.parametrize("gap", [" ", ". A ", "\n\n"], ids=["one line", "sentences", "paragraphs"])
def test_a_long_text_of_one_word_takes_no_time(leaf: Leaf, gap: str) -> None:
    text = f"a{gap}" * (400_000 // (1 + len(gap)))
    began = time.process_time()
    verifier(leaf)("", text)
    mark_text(text, [leaf], 1000)
    assert time.process_time() - began < 3  # a third of it on a quiet machine


def _one(word: str) -> Phrase:
    return Phrase((Part(word),), word)
