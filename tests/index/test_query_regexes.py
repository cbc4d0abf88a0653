"""Regular expressions of a query: split where words end, folded, checked by RE2."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.index.query.parser import parse
from explorer.index.query.regexes import MOST_PATTERNS, regex_choices
from explorer.index.query.repairs import FixableError
from explorer.index.query.syntax import QueryError
from explorer.index.query.understood import understood
from tests.index.query_trees import short

TREES = (
    (r"/FR\d{2}/", r"/fr\d{2}/"),
    ("/É[A-Z]+/", "/e[a-z]+/"),
    ("/ß+/", "/(?:ss)+/"),
    (r"/(?P<x>A)\pL/", r"/(?P<x>a)\pL/"),
    ("/[[:alpha:]]É/", "/[[:alpha:]]e/"),
    ("/Paris/", "=paris"),
    # words side by side
    (r"/H\d+\.\d/", r"[/h\d+/ /\d/]"),
    (r"/\d{3}-\d{4}/", r"[/\d{3}/ /\d{4}/]"),
    ("/covid[- ]19/", "[=covid =19]"),
    (r"/New\s+Yor./", "[=new /yor./]"),
    (r"/new\W+york/", "[=new =york]"),
    ("/o'neil+/", "[=o /neil+/]"),
    (r"/C\+\+/", r"/c\+\+/"),
    ("/snake_c.se/", "[=snake /c.se/]"),
    ("/日./", "/日./"),
    ("/[!-~]x/", "/[!-~]x/"),
    # alternatives
    ("/york|boston/", "/york|boston/"),
    ("/new york|bost.n/", "([=new =york] | /bost.n/)"),
    ("/new york|boston/ w/3 x", "<{[=new =york] | =boston} 3 x>"),
    ("-/a b|c/", "-([=a =b] | =c)"),
    # where one can stand
    ("title:/x+/", "title:/x+/"),
    ("said:/x+/", "said:/x+/"),
    ("(/x+/)", "/x+/"),
    ("x -/x+/", "(x & -/x+/)"),
    ("a|/x+/|b", "(a | /x+/ | b)"),
    ("/x+/ /y+/", "(/x+/ & /y+/)"),
    (r"/a\/b+/", "[=a /b+/]"),
    # what is none
    ("/home/x", "[home x]"),
    ("/home/x/", "[home x]"),
    ("/home/x y/z", "([home x] & [y z])"),
    ("/home/x[1].txt", "[home x 1 txt]"),
    ("a/b", "[a b]"),
    ("path:/home/x/", "path:/home/x/"),
    ("/ x /", "x"),
    ("\\/x+/", "x"),
    ('"/x+/"', "=x"),
)


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_tree(text: str, tree: str) -> None:
    assert short(parse(text).tree) == tree


ERRORS = (
    ("x /(a/", 2, "missing )"),
    ("/[a/", 0, "missing ]"),
    ("/(?=a)b/", 0, "look ahead"),
    ("/(?<!a)b/", 0, "look ahead"),
    (r"/(a)\1/", 0, "references back"),
    ("/.{0,9999}/", 0, "too large"),
    ("/(a{100}){100}/", 0, "too large"),
    (r"/a\pL{160}/", 0, "too large"),
    ("/.*/", 0, "every word"),
    ("/.+?/", 0, "every word"),
    (r"/\p{Lu}x/", 0, "cannot tell capitals"),
    ("/de-?esc/", 0, "cannot be optional"),
    (r"/a\s*b/", 0, "cannot be optional"),
    ("/(a-b|c)/", 0, "inside brackets"),
    ("x /FR\\d+", 2, "is not closed"),
    ("/FR\\d+/, y", 0, "is not closed"),
    ("/" + "a" * 501 + "/", 0, "500 characters"),
    (" ".join(f"/x{n}+/" for n in range(MOST_PATTERNS + 1)), 130, f"at most {MOST_PATTERNS}"),
    ("/[a\ud800]/", 0, "half a character"),
)


@pytest.mark.parametrize(("text", "column", "said"), ERRORS, ids=lambda value: repr(value)[:20])
def test_what_cannot_be_read_is_said(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["/-/", "/[- ]/", r"/\./"])
def test_a_pattern_without_a_word_is_nothing_to_search_for(text: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        parse(text)


@given(st.text(st.sampled_from(list("aÉß1日 .-\\[](){}|*+?^$dwsQE:_,<=!P")), max_size=20))
@example("[a-z]é|b")
@example(r"\x{41}-[^\]]")
def test_any_pattern_is_words_that_re2_reads_or_an_error(pattern: str) -> None:
    import re2

    try:
        choices = regex_choices(pattern, 3, 5 + len(pattern))
    except FixableError as error:
        assert error.column == 3
        return
    for part in (part for parts in choices for part in parts):
        assert part.text
        if part.kind == "regex":
            re2.compile(part.text)


IN_WORDS = (
    (r"/FR\d{2}/", r"a word like /fr\d{2}/"),
    (r"/H\d+\.\d/", r"a word like /h\d+/ followed by a word like /\d/"),
    (r"title:/FR\d/", r"a word like /fr\d/ in the title"),
    ("putin~1", "a word within 1 letter of putin"),
    ("putin~2 x", "a word within 2 letters of putin AND x"),
    ("O'Neill~", "o followed by a word within 1 letter of neill"),
)


@pytest.mark.parametrize(("text", "words"), IN_WORDS)
def test_understood(text: str, words: str) -> None:
    assert understood(parse(text).tree, lambda _: ()) == words
