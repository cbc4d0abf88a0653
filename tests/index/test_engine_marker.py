"""The engine finds exactly the documents in which the marker finds hits, whatever the query and the texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.index.corpus import CorpusIndex
from explorer.index.engine import Entry
from explorer.index.marker import mark_text, mark_title
from explorer.index.query.parser import parse
from explorer.index.query.syntax import And, Everything, Node, Not, Or, Phrase, QueryError

WORDS = (
    *("tax", "taxes", "taxed", "Taxation", "delay", "delays", "delayed", "min", "mine", "minister", "ministers", "ministry"),
    *("the", "a", "to", "be", "not", "de-escalation", "escalation", "U.S.", "US", "W-2", "H52.1", "C++", "C#", "C", "O'Neill", "Neill"),
    *("don't", "company's", "company", "company’s", "café", unicodedata.normalize("NFD", "café"), "CAFE", "naïve", "Straße", "strasse"),
    *("東京", "東京都", "日本語", "が", unicodedata.normalize("NFD", "が"), "snake_case", "_under", "soft\u00adhyphen", "softhyphen"),
    *("zero\u200bwidth", "𝐁old", "bold", "ﬁne", "fine", "１２", "12", "1,200", "3.14", "मंत्री", "İstanbul", "x", "—", "«oui»", "a/b"),
)
SEPARATORS = (" ", " ", " ", "\n", ", ", ". ", "\n\n", "\n \t\n\n", " \u00a0", "\u2028", "-", "’", "…")

word = st.sampled_from(WORDS)
loose = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n -'’._*é\u0301日aAb"), max_size=8)


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


def holds(tree: Node, title: str, text: str) -> bool:
    """What it means that a document matches: said slowly, by the marker alone."""
    match tree:
        case Phrase():
            return bool(mark_text(text, [tree]) or mark_title(title, [tree]))
        case And(children):
            return all(holds(child, title, text) for child in children)
        case Or(children):
            return any(holds(child, title, text) for child in children)
        case Not(child):
            return not holds(child, title, text)
        case Everything():
            return True
    raise AssertionError(tree)


class Corpus:
    """A real index of texts that change, and the texts as they should be in it."""

    def __init__(self, folder: Path) -> None:
        self.index = CorpusIndex(folder, writable=True)
        self.texts: dict[int, tuple[str, str]] = {}

    def apply(self, add: dict[int, tuple[str, str]], remove: set[int] | None = None) -> None:
        gone = {number for number in (remove or set()) if number in self.texts}
        self.index.texts.apply([Entry(number, *text) for number, text in add.items()], [*gone, *add])
        self.texts = {number: text for number, text in self.texts.items() if number not in gone} | add

    def clear(self) -> None:
        self.apply({}, set(self.texts))

    def compact(self) -> None:
        self.index.texts.compact(lambda numbers: [Entry(number, *self.texts[number]) for number in numbers])

    def check(self, query: str, typing: bool = False) -> None:
        try:
            tree = parse(query, typing).tree
        except QueryError:
            return
        found = self.index.texts.search(tree, lambda _: set())
        expected = {number for number, (title, text) in self.texts.items() if holds(tree, title, text)}
        assert {number for number, _ in found} == expected, (query, tree, self.texts)
        assert len(found) == len(expected)
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    made = Corpus(tmp_path_factory.mktemp("index"))
    yield made
    made.index.close()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents, st.lists(queries, min_size=20, max_size=30), st.booleans())
def test_found_exactly_where_marked(corpus: Corpus, given_documents: list[tuple[str, str]], asked: list[str], typing: bool) -> None:
    corpus.clear()
    corpus.apply(dict(enumerate(given_documents, 1)))
    for query in asked:
        corpus.check(query, typing)


changes = st.lists(
    st.tuples(
        st.dictionaries(st.integers(1, 9), st.tuples(titles, texts(6)), max_size=3), st.sets(st.integers(1, 9), max_size=2), st.booleans()
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


PAIRS = (
    ("will not be delayed", '"will not be delayed"', True),
    ("will be delayed", '"will not be delayed"', False),
    ("will not\nbe delayed", '"will not be delayed"', True),
    ("will not\n\nbe delayed", '"will not be delayed"', False),
    ("will not\n \t \nbe delayed", '"not be"', False),
    ("A de-escalation began", "de-escalation", True),
    ("A de-escalation began", "escalation", True),
    ("A de-escalation began", "deescalation", False),
    ("in the U.S. today", "U.S.", True),
    ("give us time", "U.S.", False),
    ("form W-2 filed", "W-2", True),
    ("form W-3 filed", "W-2", False),
    ("written in C++ and C#", "C++", True),
    ("written in C", "C++", False),
    ("written in C++", "C", False),
    ("written in C#, he said", "C#", True),
    ("Mr O'Neill", "O’Neill", True),
    ("Mr O’Neill", "O'Neill", True),
    ("Mr O’Neill", "neill", True),
    ("diagnosis H52.1", "H52.1", True),
    ("we don’t know", "don't", True),
    ("we do know", "don't", False),
    ("the company's plan", "company", True),
    ("the company's plan", "=company", True),
    ("the company’s plan", "company's", True),
    ("the company plan", "company's", True),
    ("un cafe\u0301 noir", "café", True),
    ("un café noir", "cafe", True),
    ("un cafe noir", "cafe\u0301", True),
    ("CAFÉ", "caf*", True),
    ("東京都の知事", "東京", True),
    ("東京都の知事", "京都", True),
    ("東京都の知事", "京東", False),
    ("東京 C++ 知事", "C++", True),
    ("か\u3099く", "がく", True),
    ("a snake_case name", "snake", True),
    ("a snake_case name", "snake_case", True),
    ("re\u00adsume\u0301", "resume", True),
    ("zero\u200bwidth", "zerowidth", True),
    ("मंत्री ने कहा", "मंत्री", True),
    ("الْوَزِيرُ", "الوزير", True),
    ("𝐁old ｆｕｌｌ", "bold full", True),
    ("taxes delayed", "tax delay", True),
    ("taxes delayed", "Tax", False),
    ("taxes delayed", "=tax", False),
    ("taxes delayed", '"tax"', False),
    ("woman women", "wom?n", True),
    ("wordy", "wor*y", True),
    ("word", "wor*y", False),
    ("plan with the minister", "plan -minister", False),
    ("plan without", "plan -minister", True),
    ("plan", "leak OR plan", True),
    ("plan", "leak | plan", True),
    ("plan", "leak|plan", True),
    ("a plan", "!leak", True),
)


@pytest.mark.parametrize(("text", "query", "expected"), PAIRS)
def test_what_is_found(corpus: Corpus, text: str, query: str, expected: bool) -> None:
    corpus.clear()
    corpus.apply({1: ("", text), 2: (text.replace("\n", " "), "") if "\n\n" not in text and "\n " not in text else ("", "")})
    corpus.check(query)
    numbers = {number for number, _ in corpus.index.texts.search(parse(query).tree, lambda _: set())}
    assert (1 in numbers) is expected
    if corpus.texts[2][0]:
        assert (2 in numbers) is expected, "in the title"


def test_a_title_is_a_paragraph(corpus: Corpus) -> None:
    corpus.clear()
    corpus.apply({1: ("storm tax", "delay of the vote"), 2: ("", "storm tax delay")})
    assert [n for n, _ in corpus.index.texts.search(parse('"tax delay"').tree, lambda _: set())] == [2]
    assert [n for n, _ in corpus.index.texts.search(parse("title:tax").tree, lambda _: set())] == [1]


def test_many_documents_in_one_list(corpus: Corpus) -> None:
    corpus.clear()
    corpus.apply({number: ("", "common even" if number % 2 else "common") for number in range(1, 9_001)})
    assert len(corpus.index.texts.search(parse("common").tree, lambda _: set())) == 9_000
    assert {n for n, _ in corpus.index.texts.search(parse("even").tree, lambda _: set())} == set(range(1, 9_001, 2))
    assert len(corpus.index.texts.search(parse("co", True).tree, lambda _: set())) == 9_000
    corpus.apply({}, set(range(1, 9_001, 3)))
    assert len(corpus.index.texts.search(parse("common").tree, lambda _: set())) == 6_000


def test_the_word_itself_comes_before_a_word_that_begins_like_it(corpus: Corpus) -> None:
    corpus.clear()
    corpus.apply({1: ("", "minimal of it all"), 2: ("", "min of it all")})
    assert [n for n, _ in corpus.index.texts.search(parse("min", True).tree, lambda _: set())] == [2, 1]
