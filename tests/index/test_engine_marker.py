"""The engine finds exactly the documents in which the marker finds hits, whatever the query and the texts."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.index.query.parser import parse
from tests.index.small_corpus import Corpus

WORDS = (
    *("tax", "taxes", "taxed", "Taxation", "delay", "delays", "delayed", "min", "mine", "minister", "ministers", "ministry"),
    *(
        "the",
        "a",
        "to",
        "be",
        "not",
        "de-escalation",
        "escalation",
        "U.S.",
        "US",
        "W-2",
        "H52.1",
        "C++",
        "C#",
        "C",
        "O'Neill",
        "Neill",
    ),
    *(
        "don't",
        "company's",
        "company",
        "company’s",
        "café",
        unicodedata.normalize("NFD", "café"),
        "CAFE",
        "naïve",
        "Straße",
        "strasse",
    ),
    *(
        "東京",
        "東京都",
        "日本語",
        "が",
        unicodedata.normalize("NFD", "が"),
        "snake_case",
        "_under",
        "soft\u00adhyphen",
        "softhyphen",
    ),
    *(
        "zero\u200bwidth",
        "𝐁old",
        "bold",
        "ﬁne",
        "fine",
        "１２",
        "12",
        "1,200",
        "3.14",
        "मंत्री",
        "İstanbul",
        "x",
        "—",
        "«oui»",
        "a/b",
    ),
)
SEPARATORS = (" ", " ", " ", "\n", ", ", ". ", "\n\n", "\n \t\n\n", " \u00a0", "\u2028", "-", "’", "…")

word = st.sampled_from(WORDS)
loose = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n -'’._*é\u0301日aAb"), max_size=8
)


@st.composite
def texts(draw: st.DrawFn, longest: int = 14, separators: tuple[str, ...] = SEPARATORS) -> str:
    pieces = draw(st.lists(st.tuples(word | loose, st.sampled_from(separators)), max_size=longest))
    return "".join(piece + gap for piece, gap in pieces)


titles = texts(4, (" ", "-", ": "))
documents = st.lists(st.tuples(titles, texts()), min_size=1, max_size=5)


def _escaped(text: str) -> str:
    return text.replace("\\", "").replace('"', "")


leaf = st.one_of(
    word,
    st.sampled_from([w[:size] + "*" for w in WORDS for size in (1, 2, 3, 5)]),
    st.sampled_from(["t?x", "*ation", "m*n*", "=taxes", "=company's", "Minister", "min", "mi", "C+", "日*", "de-esc*"]),
    st.lists(word, min_size=1, max_size=4).map(lambda found: f'"{_escaped(" ".join(found))}"'),
    texts(4).map(lambda found: f'"{_escaped(found)}"'),
    word.map(lambda found: f"title:{found}"),
    st.lists(word, min_size=1, max_size=3).map(lambda found: f'title:"{_escaped(" ".join(found))}"'),
)
queries = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map(lambda found: f"-({found})"),
        inner.map(lambda found: f"({found})"),
    ),
    max_leaves=5,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents, st.lists(queries, min_size=20, max_size=30), st.booleans())
def test_found_exactly_where_marked(
    corpus: Corpus, given_documents: list[tuple[str, str]], asked: list[str], typing: bool
) -> None:
    corpus.clear()
    corpus.apply(dict(enumerate(given_documents, 1)))
    for query in asked:
        corpus.check(query, typing)


changes = st.lists(
    st.tuples(
        st.dictionaries(st.integers(1, 9), st.tuples(titles, texts(6)), max_size=3),
        st.sets(st.integers(1, 9), max_size=2),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes, st.lists(queries, min_size=5, max_size=5))
def test_changes_over_several_segments(corpus: Corpus, steps: list, asked: list[str]) -> None:
    corpus.clear()
    for add, remove, compact in steps:
        corpus.apply(add, remove - add.keys())
        if compact:
            corpus.compact()
        assert corpus.index.texts.numbers() == corpus.texts.keys()
    for query in asked:
        corpus.check(query)
    corpus.compact()
    for query in asked:
        corpus.check(query)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents, st.sampled_from([found for found in WORDS if found not in ("—", "C++", "C#")]), st.integers(2, 9))
def test_nothing_is_missed_while_a_word_is_typed(
    corpus: Corpus, given_documents: list[tuple[str, str]], whole: str, letters: int
) -> None:
    """Whatever the whole word finds is there already while its beginning is typed."""
    corpus.clear()
    corpus.apply(dict(enumerate(given_documents, 1)))
    beginning = whole[:letters]
    corpus.check(beginning, typing=True)
    final = {number for number, _ in corpus.index.texts.search(parse(f"={whole}").tree, lambda _: set())}
    typed = {number for number, _ in corpus.index.texts.search(parse(beginning, True).tree, lambda _: set())}
    assert final <= typed
