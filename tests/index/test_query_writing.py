"""A tree written down is read as the same tree again."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from explorer.index.query.parser import parse
from explorer.index.query.syntax import Everything, QueryError
from explorer.index.query.writing import written

AS_WRITTEN = (
    *("tax", "tax delay", "tax OR delay", "-leak tax", '"will not"', "=word", "delay*", "wom?n", "putin~1", r"/fr\d{2}/", "W-2"),
    *("title:tax", 'title:"tax rise"', "said:tax", 'said:"tax rise"', "said:(tax w/3 rise)", "title:(tax w/3 rise)"),
    *("tax w/8 rise", "tax pre/8 rise", "tax w/s rise", "tax w/p (rise OR fall)", "tax w/3 rise w/5 fall", "tax w/3 (a w/2 b)"),
    *("person:Doe", 'person:"Jane Doe"', "by:doe", "is:denied", "is:new", "date:2024", "after:2024", "before:2024-03", "ext:pdf"),
    *("lang:en", "tag:fraud", 'quote:{by:doe said:"tax cut"}', "quote:{by:doe (said:a OR -said:b)}", "date:2024-01..2024-03"),
    *(
        "(a OR b) -(c d)",
        "-title:(a w/3 b) c",
        r"a\:b",
        "O'Neill",
        "(a b) OR c",
        "date:3weeks..",
        "path:a/b",
        r"\AND b",
        '"a* b"',
    ),
)


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_a_query_written_again_means_the_same(text: str) -> None:
    tree = parse(text).tree
    assert parse(written(tree)).tree == tree


def test_it_is_written_as_one_would() -> None:
    assert written(parse("(tax|delay) AND NOT leak").tree) == "(tax OR delay) -leak"
    assert (
        written(parse('“tax rise” NEAR/3 speaker:x OR "a b"~3'.replace("NEAR/3 ", "")).tree)
        == '("tax rise" by:x) OR ("a" w/3 "b")'
    )
    assert written(Everything()) == ""


PIECES = st.sampled_from(
    [
        *("tax", "Delay", "a", "x-ray", "12", "person:doe", "by:", "org:", '"', '"', "“", "”", "(", ")", " ", " ", " ", "-"),
        *("OR ", "AND ", "w/3 ", "NEAR(3) ", "pre/s ", "~2", "~1", "quote:{", "}", "said:", "title:", "is:denied", "date:2024"),
        *("after:2023", "\\", "=", "/a\\d/", "/a b|c/", "*", "?", "+", "^2", "é", "日本", "'s", ":", "|", "tag:t", "path:a/b"),
        *("/", "@", "[", "AND", "NOT", "!"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_query_written_again_means_the_same(text: str) -> None:
    try:
        tree = parse(text).tree
    except QueryError:
        assume(False)
        raise
    again = written(tree)
    assert parse(again).tree == tree, again
