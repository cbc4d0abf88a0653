"""Queries of any length and of any characters: a tree or a QueryError, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.index.query.parser import LONGEST_QUERY, parse
from explorer.index.query.syntax import (
    And,
    AnyOf,
    Everything,
    Near,
    Node,
    Not,
    OneQuote,
    Or,
    Part,
    Phrase,
    Positional,
    Query,
    QueryError,
    Quoted,
    Said,
    conjuncts,
    phrases_in,
    positive_leaves,
)
from explorer.index.query.understood import understood

LONG = (
    *("a" * LONGEST_QUERY, "a " * (LONGEST_QUERY // 2), ")" * LONGEST_QUERY, "(" * LONGEST_QUERY, '"' * LONGEST_QUERY),
    *(
        "-" * LONGEST_QUERY,
        "NOT " * 2_500,
        "a OR " * 2_000,
        "a|" * 5_000,
        "\\" * LONGEST_QUERY,
        "*" * LONGEST_QUERY,
        "a*" * 5_000,
    ),
    *("title:" * 1_600, "(a OR (b " * 1_000, "x(" * 5_000, "“" * LONGEST_QUERY, "=" * LONGEST_QUERY, "/" * LONGEST_QUERY),
    *("a~" * 5_000, "\u0301" * LONGEST_QUERY, "日" * LONGEST_QUERY, "date:" + "1" * 9_000, "date:" + "2-" * 4_000),
    *("by:" + "a" * 9_000, "zz" * 4_000 + ":x", "?" * LONGEST_QUERY, "a?" * 5_000, "@" * LONGEST_QUERY, "@a " * 3_333),
    *("a w/3 " * 1_666, "(a w/3 " * 1_428, "(b OR a w/3 " * 833, '"a b"~8 ' * 1_250, "NEAR " * 2_000, "a +8 b " * 1_428),
    *("quote:{" * 1_428, "quote:{a} " * 1_000, "quote:{by:x " * 833, "{" * LONGEST_QUERY, "{a b} " * 1_666, "{a " * 3_333),
    *("/a+/ " * 2_000, "/" + "a" * 9_998 + "/", "/(a|" * 2_500, "/[" * 5_000, "/a-?" * 2_500, "/\\d" * 2_500, "(/" * 5_000),
    *("date:[" * 1_666, "date:[a TO b] " * 700, "date:{2025 TO 2024} " * 500, "sort:date " * 1_000, "sort:x " * 1_428),
    *("persn:x " * 1_250, "zz:x " * 2_000, "title: x " * 1_111, "by:(a OR b) " * 800, "body:x " * 1_428, "a~3 " * 2_500),
    *("(" * 50 + " w/3 ".join("a" * 50) + ")" * 50, " ".join(f"/\\pL{{30}}{number}/" for number in range(700))[:LONGEST_QUERY]),
    *(" OR ".join(f"w{number}" for number in range(1_000)), "(" + "|".join(f"w{number}" for number in range(1_500)) + ") w/3 b"),
)


@pytest.mark.parametrize("text", LONG, ids=lambda value: value[:6] + "…")
@pytest.mark.parametrize("typing", [False, True])
def test_long_queries_answer_or_say_why_not_at_once(text: str, typing: bool) -> None:
    started = time.process_time()
    try:
        query = parse(text, typing)
    except QueryError as error:
        assert len(str(error)) < len(text) + 300
    else:
        assert isinstance(query, Query)
        understood(query.tree, lambda _: ())
        hash(query.tree)
    assert time.process_time() - started < 1  # well under half on an idle machine


SAVED = {"big": "tax OR delay sort:date", "self": "x @self", "near": "a w/3 b", "who": "by:doe"}
SIGNS = "\" “ ” « » ( ) - ! + | || && AND OR NOT BUT \\ * ? = ~ / : { } [ ] ^ ^2 ~1 ~3 ~8 o8 p3 @ TO .. _ 's ’s"
OPERATORS = "w/8 w/s pre/3 NEAR AROUND(8) /8 +8 w/0 ADJ/2000 /a\\d/ (?= {0,9999} \\d"
FIELDS = (
    "title: said: by: person: date: is: ext: path: foo: quote:{ quote: sort: sort:date has: query: lang: from: tag: body: mime:"
)
WORDS = "older_than: @big @self @near @who @no big atleast3 tax Tax a ab 2024 2024-13 lastweek 3d en direct starred é e\u0301 日"
ODD = ("\n", "\u200b", "\x00", "\ud800", " ", " TO ", "{a b}", "/x+ y|z/")
PIECES = (*SIGNS.split(" "), *OPERATORS.split(" "), *FIELDS.split(" "), *WORDS.split(" "), *ODD)
pieces = st.sampled_from(PIECES)
anything = st.one_of(st.text(max_size=40), st.lists(pieces, max_size=14).map("".join), st.lists(pieces, max_size=8).map(" ".join))


@given(anything)
@example('before:""')
@example(". a")
@example("\\")
@example("“ \n")
@example("a w/3 {b} quote:{")
def test_any_text_is_a_tree_or_a_query_error(text: str) -> None:
    written: Query | None = None
    try:
        written = parse(text, saved=SAVED.get, saved_names=SAVED)
    except QueryError as error:
        assert str(error) and "\n" not in str(error)
        assert error.column is not None and 0 <= error.column <= len(text)
        assert error.repair is None or (error.repair.strip() and error.repair != text)
        if error.repair is not None:
            parse(error.repair, saved=SAVED.get)
    try:
        typed = parse(text, typing=True, saved=SAVED.get)
    except QueryError:
        assert written is None, "what can be searched when it is written can be searched while it is typed"
    else:
        understood(typed.tree, lambda _: ())
        _is_simple(typed.tree)
    if written:
        assert written.text == text
        assert understood(written.tree, lambda _: ())
        list(positive_leaves(written.tree)), conjuncts(written.tree)
        assert hash(written.tree) == hash(parse(text, saved=SAVED.get).tree)
        _is_simple(written.tree)


def _is_simple(node: Node) -> None:
    """No node says nothing: no group of one, none in its like, no phrase without words."""
    match node:
        case And(children) | Or(children):
            assert len(children) > 1
            assert not any(isinstance(child, type(node) | Everything) for child in children)
            for child in children:
                _is_simple(child)
        case Not(child):
            assert not isinstance(child, Everything | Not)
            _is_simple(child)
        case Phrase() | Near():
            _has_words(node)
        case Said(words):
            _has_words(words)
        case OneQuote(tree):
            _is_simple(tree)
            assert _leaves_of(tree) <= {Said, Quoted}
        case _:
            return


def _has_words(node: Positional) -> None:
    match node:
        case Phrase(parts):
            assert parts
            for part in parts:
                assert isinstance(part, Part) and part.text and (part.distance > 0) == (part.kind == "fuzzy")
        case Near(left, right, within):
            assert isinstance(within, str) or 1 <= within <= 1000
            _has_words(left)
            _has_words(right)
            assert len({phrase.where for phrase in phrases_in(node)}) == 1
        case AnyOf(choices):
            assert len(choices) > 1
            for choice in choices:
                _has_words(choice)


def _leaves_of(node: Node) -> set[type]:
    match node:
        case And(children) | Or(children):
            return set().union(*map(_leaves_of, children))
        case Not(child):
            return _leaves_of(child)
        case _:
            return {type(node)}


@given(st.lists(st.sampled_from(["tax", "delay", '"a b"', "-leak", "(x OR y)", "by:doe"]), min_size=1, max_size=5))
def test_understood_shows_every_term(terms: list[str]) -> None:
    shown = understood(parse(" ".join(terms)).tree, lambda _: ("Jane Doe",))
    for term, expected in (("tax", "tax"), ("by:doe", "spoken by Jane Doe"), ('"a b"', "“a b”"), ("-leak", "not leak")):
        assert (expected in shown) == (term in terms)
