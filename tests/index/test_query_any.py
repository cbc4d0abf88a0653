"""Queries of any length and of any characters: a tree or a QueryError, in bounded time."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.index.query.parser import LONGEST_QUERY, parse
from explorer.index.query.syntax import (
    And,
    Everything,
    Node,
    Not,
    Or,
    Part,
    Phrase,
    Query,
    QueryError,
    conjuncts,
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
    *("by:" + "a" * 9_000, "zz" * 4_000 + ":x", "?" * LONGEST_QUERY, "a?" * 5_000),
)


@pytest.mark.parametrize("text", LONG, ids=lambda value: value[:6] + "…")
@pytest.mark.parametrize("typing", [False, True])
def test_long_queries_answer_or_say_why_not(text: str, typing: bool) -> None:
    try:
        query = parse(text, typing)
    except QueryError as error:
        assert len(str(error)) < len(text) + 300
    else:
        assert isinstance(query, Query)
        understood(query.tree, lambda _: ())


pieces = st.sampled_from(
    [
        *(
            '"',
            "“",
            "”",
            "«",
            "»",
            "(",
            ")",
            "-",
            "!",
            "+",
            "|",
            "||",
            "&&",
            "AND",
            "OR",
            "NOT",
            "\\",
            "*",
            "?",
            "=",
            "~",
            "/",
            ":",
            " ",
        ),
        *(
            "title:",
            "said:",
            "by:",
            "person:",
            "date:",
            "is:",
            "ext:",
            "path:",
            "foo:",
            "tax",
            "Tax",
            "2024",
            "..",
            "w/8",
            "é",
            "e\u0301",
        ),
        *("日", "_", "'s", "’s", "\n", "direct", "\u200b", "\x00", "\ud800"),
    ]
)
anything = st.one_of(st.text(max_size=40), st.lists(pieces, max_size=14).map("".join), st.lists(pieces, max_size=8).map(" ".join))


@given(anything)
@example('before:""')
@example(". a")
@example("\\")
def test_any_text_is_a_tree_or_a_query_error(text: str) -> None:
    written: Query | None = None
    try:
        written = parse(text)
    except QueryError as error:
        assert str(error)
        assert error.column is None or 0 <= error.column <= len(text)
    try:
        typed = parse(text, typing=True)
    except QueryError:
        assert written is None, "what can be searched when it is written can be searched while it is typed"
    else:
        understood(typed.tree, lambda _: ())
    if written:
        assert written.text == text
        assert understood(written.tree, lambda _: ())
        list(positive_leaves(written.tree)), conjuncts(written.tree)
        assert hash(written.tree) == hash(parse(text).tree)
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
        case Phrase(parts):
            assert parts
            assert all(isinstance(part, Part) and part.text for part in parts)
        case _:
            return


@given(st.lists(st.sampled_from(["tax", "delay", '"a b"', "-leak", "(x OR y)", "by:doe"]), min_size=1, max_size=5))
def test_understood_shows_every_term(terms: list[str]) -> None:
    shown = understood(parse(" ".join(terms)).tree, lambda _: ("Jane Doe",))
    for term, expected in (("tax", "tax"), ("by:doe", "spoken by Jane Doe"), ('"a b"', "“a b”"), ("-leak", "not leak")):
        assert (expected in shown) == (term in terms)
