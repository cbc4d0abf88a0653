"""Saved queries inside a query: by either spelling, nested, within bounds; and the words in which a query is understood."""

from __future__ import annotations

import pytest

from explorer.index.query.parser import DEEPEST_NESTING, MOST_LEAVES, parse
from explorer.index.query.saved import DEEPEST_SAVED
from explorer.index.query.syntax import QueryError, Sort
from explorer.index.query.understood import sorted_by, understood
from tests.index.query_trees import short

SAVED = {
    "big": "tax OR delay sort:date",
    "two words": "a w/3 b",
    "noted": '"open',
    "nested": "x @big",
    "bad": "tax persn:doe",
    "worse": "(@bad)",
    "self": "x @self",
    "one": "@two",
    "two": "@three",
    "three": "(x OR @one)",
    "empty": "",
    "person": "by:doe",
    "many": " ".join(f"w{number}" for number in range(1_500)),
    "deep": "(" * 50 + "a" + ")" * 50,
    "long": "a" * 10_001,
}
TREES = (
    ("@big", "(tax | delay)"),
    ("query:big", "(tax | delay)"),
    ("x @big", "(x & (tax | delay))"),
    ("x OR @big", "(x | tax | delay)"),
    ("-@big", "-(tax | delay)"),
    ("(@big) y", "((tax | delay) & y)"),
    ('@"two words"', "<a 3 b>"),
    ('query:"two words"', "<a 3 b>"),
    ('@"two words" w/5 c', "<<a 3 b> 5 c>"),
    ("@big w/5 c", "<{tax | delay} 5 c>"),
    ("@nested", "(x & (tax | delay))"),
    ("@big @big", "(tax | delay)"),
    ("quote:{@person tax}", "quote{(by:doe & said:tax)}"),
    # no saved queries
    ("jane@big.org", "[jane big org]"),
    ("\\@big", "big"),
    ('"@big"', "=big"),
    ("from:@big", "from:@big"),
    ("title:@big", "title:big"),
    ("x @ y", "(x & y)"),
)


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_tree(text: str, tree: str) -> None:
    assert short(parse(text, saved=SAVED.get).tree) == tree


ERRORS = (
    ("x @bgi", 2, "no saved query bgi; did you mean big?"),
    ("query:nothing", 0, "no saved query nothing"),
    ("x query:", 2, "needs a value"),
    ('query:" "', 0, "needs the name"),
    ("@bad", 0, "the saved query bad cannot be read: there is no field persn:"),
    ("@worse", 0, "the saved query bad cannot be read"),
    ("@empty", 0, "the saved query empty cannot be read"),
    ("@long", 0, "the saved query long cannot be read: the query has 10001 characters"),
    ("@self", 0, "self → self"),
    ("x @one", 2, "one → two → three → one"),
    ("@many @many", 6, f"more than {MOST_LEAVES}"),
    ("@big w/3 @nested", 9, "words that must all be there"),
    ("(((((((((((@deep", 11, f"deeper than {DEEPEST_NESTING}"),
    ("@deep (((((((((((@deep", 17, f"deeper than {DEEPEST_NESTING}"),
    ("quote:{@person title:x}", 15, "title: cannot stand"),
)


@pytest.mark.parametrize(("text", "column", "said"), ERRORS)
def test_what_cannot_be_read_is_said(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, saved=SAVED.get, saved_names=SAVED)
    assert caught.value.column == column
    assert said in str(caught.value)


def test_without_saved_queries_the_name_is_offered_as_a_word() -> None:
    with pytest.raises(QueryError) as caught:
        parse("tax @realname")
    assert caught.value.repair == 'tax "@realname"'


def test_the_order_of_a_saved_query_is_its_own_and_its_notes_are_passed_on() -> None:
    assert parse("@big", saved=SAVED.get).sort == "relevance"
    assert parse("@noted", saved=SAVED.get).notes == ("in @noted: the quote mark opened at column 1 was closed at the end",)


def test_saved_queries_nest_as_deep_as_allowed_and_no_deeper() -> None:
    def saved(name: str) -> str:
        return f"x{name} OR @{int(name) + 1}" if int(name) < DEEPEST_SAVED else "last"

    assert short(parse("@1", saved=saved).tree).endswith("| last)")
    with pytest.raises(QueryError, match=f"deeper than {DEEPEST_SAVED}"):
        parse("@0", saved=saved)


def test_saved_queries_that_double_each_other_are_bounded() -> None:
    def saved(name: str) -> str:
        return f"(a{name} @{int(name) + 1}) OR (b{name} @{int(name) + 1})" if int(name) < 19 else "last"

    with pytest.raises(QueryError, match=f"more than {MOST_LEAVES}"):
        parse("@0", saved=saved)


IN_WORDS = (
    ("quote:{by:doe said:tax cue:denied}", "one quote: spoken by Jane Doe and saying tax and reported with “denied”"),
    ("quote:{by:doe OR -is:denied} x", "(one quote: spoken by Jane Doe or not a denial) AND x"),
    ("quote:{is:unattributed is:indirect}", "one quote: without a speaker and indirect"),
    ("from:doe", "from the sender “doe”"),
    ("to:doe", "sent to “doe”"),
    ("lang:en", "in English"),
    ("lang:tlh", "in the language “tlh”"),
    ("tag:fraud", "tagged “fraud”"),
    ("is:starred", "starred"),
    ("is:new", "new since the folder was last closed"),
    ("is:inferred", "an inferred quote"),
    ("date:[* TO *]", "with a date"),
    ('"will not be delay*"', "“will not be delay*”"),
)


@pytest.mark.parametrize(("text", "words"), IN_WORDS)
def test_understood(text: str, words: str) -> None:
    assert understood(parse(text).tree, lambda _: ("Jane Doe",)) == words


def test_every_order_has_its_words() -> None:
    orders: tuple[Sort, ...] = ("relevance", "date", "-date", "source", "-source", "title", "-title", "path", "-path")
    assert len({sorted_by(order) for order in orders}) == len(orders)
    assert sorted_by("-date") == "newest first"
