"""The conformance suite: every engine finds exactly the documents that the reference matcher says, whatever query and texts."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.index.query.syntax import And, Node, Not, Or
from tests.index.leaves import leaves
from tests.index.leaves import texts as texts_of_few_words
from tests.index.reference import TIMES
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
)
titled = st.one_of(
    word.map(lambda found: f"title:{found}"),
    st.lists(word, min_size=1, max_size=3).map(lambda found: f'title:"{_escaped(" ".join(found))}"'),
)
near = st.sampled_from(["w/1", "w/2", "w/4", "pre/1", "pre/3", "w/s", "w/p", "NEAR/3", "ADJ/2", "AROUND(5)"])
loose_word = st.one_of(
    st.tuples(st.sampled_from([found for found in WORDS if found.isascii() and found.isalpha()]), st.sampled_from("12")).map(
        "~".join
    ),
    st.sampled_from(
        ["/ta.*/", r"/\d+/", "/min(e|ister)/", "/[a-d].*/", r"/H\d+\.\d/", "/.*ion/", "/c(\\+\\+)?/", "/日./", "/w-2/"]
    ),
)
plain = st.deferred(lambda: leaf | loose_word)
operand = st.one_of(plain, plain, st.tuples(plain, plain).map(lambda both: f"({both[0]} OR {both[1]})"))
nears = st.deferred(lambda: st.tuples(operand, near, operand).map(" ".join))
queries = st.recursive(
    st.one_of(
        plain, plain, titled, nears, st.tuples(nears, near, operand).map(lambda found: f"({found[0]}) {found[1]} {found[2]}")
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map(lambda found: f"-({found})"),
        inner.map(lambda found: f"({found})"),
        st.tuples(inner, near, inner).map(lambda found: f"({found[0]}) {found[1]} ({found[2]})"),
    ),
    max_leaves=5,
)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=12 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(documents, st.lists(queries, min_size=20, max_size=30), st.booleans())
def test_found_exactly_where_the_reference_says(
    corpus: Corpus, given_documents: list[tuple[str, str]], asked: list[str], typing: bool
) -> None:
    corpus.fill(dict(enumerate(given_documents, 1)))
    for query in asked:
        corpus.check(query, typing)


trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(inner, min_size=2, max_size=3).map(lambda found: Or(tuple(found))),
        inner.map(Not),
    ),
    max_leaves=4,
)
dense_documents = st.lists(st.tuples(texts_of_few_words(3), texts_of_few_words(9)), min_size=2, max_size=6)


@settings(max_examples=10 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(dense_documents, st.lists(trees, min_size=10, max_size=15))
def test_any_tree_over_few_words(corpus: Corpus, given_documents: list[tuple[str, str]], asked: list[Node]) -> None:
    """Trees that no query is needed for, over texts in which most of their words stand."""
    corpus.fill(dict(enumerate(given_documents[:3], 1)))
    corpus.apply(dict(enumerate(given_documents[3:], 4)), {1})
    for tree in asked:
        corpus.check(tree)


changes = st.lists(
    st.tuples(
        st.dictionaries(st.integers(1, 9), st.tuples(titles, texts(6) | texts_of_few_words(9)), max_size=3),
        st.sets(st.integers(1, 9), max_size=2),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)


@settings(max_examples=5 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(changes, st.lists(queries | trees, min_size=8, max_size=8))
def test_changes_over_several_segments(corpus: Corpus, steps: list, asked: list[str | Node]) -> None:
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


@settings(max_examples=10 * TIMES, deadline=None, suppress_health_check=SLOW)
@given(documents, st.sampled_from([found for found in WORDS if found not in ("—", "C++", "C#")]), st.integers(2, 9))
def test_nothing_is_missed_while_a_word_is_typed(
    corpus: Corpus, given_documents: list[tuple[str, str]], whole: str, letters: int
) -> None:
    """Whatever the whole word finds is there already while its beginning is typed."""
    corpus.fill(dict(enumerate(given_documents, 1)))
    beginning = whole[:letters]
    corpus.check(beginning, typing=True)
    assert corpus.found(f"={whole}") <= corpus.found(beginning, typing=True)
