"""Ordering the best of what an engine found by their passages and titles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.index.marker import Mark
from explorer.index.passages import LENGTH
from explorer.index.query.syntax import And, FileIs, Leaf, Near, Node, Not, Or, Part, Phrase, Said, positive_leaves
from explorer.index.ranking import CANDIDATES, PASSAGE, TITLE, best_passage, leaf_weights, rerank, strength

SCORES = st.floats(0, 40, allow_nan=False)
RANKED = st.lists(SCORES, max_size=3 * CANDIDATES).map(
    lambda scores: list(enumerate(sorted(scores, reverse=True), 1))  # best first, equals by number
)
STRENGTHS = st.lists(SCORES, min_size=3 * CANDIDATES + 1, max_size=3 * CANDIDATES + 1)
FREQUENCIES = {"iran": 10, "iranian": 5, "oil": 200, "the": 990, "geneva": 2}


def word(text: str) -> Phrase:
    return Phrase((Part(text),), text)


def marks_at(*places: tuple[int, int]) -> list[Mark]:
    return [Mark(start, start + 4, leaf) for start, leaf in places]


def weights(*leaves: Leaf, tree: Node | None = None) -> list[float]:
    def words_of(part: Part) -> list[str]:
        return [found for found in FREQUENCIES if found.startswith(part.text.rstrip("*"))]

    return leaf_weights(leaves, tree or Or(leaves), words_of, lambda text: FREQUENCIES.get(text, 0), 1000)


@given(RANKED, STRENGTHS)
def test_reranking_moves_only_the_candidates(ranked: list[tuple[int, float]], strengths: list[float]) -> None:
    found = rerank(ranked, strengths.__getitem__)
    assert sorted(number for number, _ in found) == sorted(number for number, _ in ranked)
    assert {number for number, _ in found[:CANDIDATES]} == {number for number, _ in ranked[:CANDIDATES]}
    assert found[CANDIDATES:] == ranked[CANDIDATES:]
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@given(RANKED, STRENGTHS)
def test_the_order_is_the_same_however_many_are_asked_for(ranked: list[tuple[int, float]], strengths: list[float]) -> None:
    longest = rerank(ranked, strengths.__getitem__)
    for wanted in range(CANDIDATES, len(ranked)):
        assert rerank(ranked[:wanted], strengths.__getitem__) == longest[:wanted]


@given(RANKED)
def test_without_strength_the_engine_order_stays(ranked: list[tuple[int, float]]) -> None:
    assert rerank(ranked, lambda _: 0.0) == ranked


@given(RANKED, STRENGTHS, st.integers(1, CANDIDATES), SCORES)
def test_a_stronger_passage_never_loses_a_place(
    ranked: list[tuple[int, float]], strengths: list[float], number: int, more: float
) -> None:
    if number > len(ranked):
        return
    stronger = [value + more * (at == number) for at, value in enumerate(strengths)]
    before = [found for found, _ in rerank(ranked, strengths.__getitem__)]
    after = [found for found, _ in rerank(ranked, stronger.__getitem__)]
    assert after.index(number) <= before.index(number)


def test_only_the_candidates_are_read() -> None:
    asked: list[int] = []

    def read(number: int) -> float:
        asked.append(number)
        return 0.0

    rerank([(number, 1.0) for number in range(100)], read)
    assert asked == list(range(CANDIDATES))


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 3)), max_size=60).map(sorted),
    st.lists(st.floats(0.01, 9), min_size=4, max_size=4),
)
def test_the_best_passage_is_the_best_of_all_stretches(places: list[tuple[int, int]], weight: list[float]) -> None:
    marks = marks_at(*places)
    slow = 0.0
    for first in marks:
        inside = [mark.leaf for mark in marks if 0 <= mark.start - first.start <= LENGTH]
        slow = max(slow, sum(weight[leaf] * inside.count(leaf) * 2.2 / (inside.count(leaf) + 1.2) for leaf in set(inside)))
    assert best_passage(marks, weight) == pytest.approx(slow)


def test_words_that_stand_together_count_more() -> None:
    together, apart = marks_at((0, 0), (50, 1)), marks_at((0, 0), (900, 1))
    different, repeated = marks_at((0, 0), (50, 1)), marks_at((0, 0), (50, 0))
    assert best_passage(together, [2.0, 3.0]) == 5.0
    assert best_passage(apart, [2.0, 3.0]) == 3.0
    assert best_passage(different, [2.0, 2.0]) > best_passage(repeated, [2.0, 2.0]) > 2.0


def test_a_hit_longer_than_a_passage_counts() -> None:
    assert best_passage([Mark(0, 2 * LENGTH, 0), Mark(LENGTH + 1, LENGTH + 5, 1)], [3.0, 1.0]) == 3.0


def test_a_title_counts_each_term_once() -> None:
    title = marks_at((0, 0), (10, 1), (20, 0))
    assert strength([], title, [2.0, 3.0]) == TITLE * 5.0
    assert strength(marks_at((0, 0)), title, [2.0, 3.0]) == PASSAGE * 2.0 + TITLE * 5.0
    assert strength([], [], [2.0, 3.0]) == 0.0


def test_rare_words_weigh_more() -> None:
    rare, all_forms, frequent, everywhere = weights(word("geneva"), word("iran"), word("oil"), word("the"))
    assert rare > all_forms > frequent > everywhere > 0
    assert all_forms == pytest.approx(math.log(1 + 985.5 / 15.5))
    assert weights(Phrase((Part("iran", "exact"),), '"iran"')) == pytest.approx([math.log(1 + 990.5 / 10.5)])


def test_a_word_asked_for_twice_weighs_twice() -> None:
    oil, iran = word("oil"), word("iran")
    once = weights(oil, iran)
    assert weights(oil, iran, tree=Or((oil, iran, oil))) == [2 * once[0], once[1]]


def test_the_weight_of_every_kind_of_leaf() -> None:
    oil, geneva = word("oil"), word("geneva")
    phrase = Phrase((Part("oil"), Part("geneva")), "oil geneva")
    rarest = weights(geneva)
    assert weights(phrase) == weights(Near(oil, geneva, 8)) == weights(Said(geneva)) == rarest
    assert weights(Phrase((Part("iran*", "wild"),), "iran*")) == weights(word("iran"))
    assert weights(FileIs("tag", "court")) == [0.0]


def test_weights_are_in_the_order_of_the_leaves_given() -> None:
    oil, geneva, tag = word("oil"), word("geneva"), FileIs("tag", "court")
    tree = And((tag, oil, Not(word("iran")), geneva))
    ordered = sorted(dict.fromkeys(positive_leaves(tree)), key=lambda leaf: not isinstance(leaf, Phrase))
    assert ordered == [oil, geneva, tag]
    assert weights(*ordered, tree=tree) == [*weights(oil, geneva), 0.0]
