"""A query that is still being typed: its last word goes on, and what is unfinished waits."""

from __future__ import annotations

import unicodedata

import pytest

from explorer.index.query.parser import parse
from tests.index.query_trees import short

TYPED = (
    ("tax del", "(tax & del…)"),
    ("tax del ", "(tax & del)"),
    ("tax d", "tax"),
    ("d", "*"),
    ("Del", "del…"),
    ("=del", "=del"),
    ('"will not', "[=will not*%]"),
    ('"will not"', "[=will =not]"),
    ("title:de", "title:de…"),
    ("said:de", "said:de…"),
    ("said:(tax de", "(said:tax & said:de…)"),
    ("tax by:", "tax"),
    ("tax date:20", "tax"),
    ("tax is:dir", "tax"),
    ('person:"', "*"),
    (". a", "*"),
    ('"', "*"),
    ("de-esc", "[de esc…]"),
    ("日", "日…"),
    (unicodedata.normalize("NFD", "café"), "cafe…"),
    ("tax OR", "tax"),
    ("tax -", "tax"),
    ("wom?", "wom"),
    ("C++", "=c++"),
    ("putin~", "putin~1"),
    ('"will del*', "[=will del*%]"),
    ("quote:{", "*"),
    ("quote:{by:", "*"),
    ("quote:{by:do", "quote{by:do*}"),
    ("tax quote:{sai", "(tax & quote{said:sai…})"),
    ("tax /FR\\d", "tax"),
    ("/home/us", "[home us…]"),
    ("date:[2024 TO ", "*"),
    ("sort:da", "*"),
    ("tax sort:", "tax"),
    ("lang:", "*"),
    ("is:star", "*"),
    ("tax {ab cd", "(tax & ab & cd…)"),
)


@pytest.mark.parametrize(("text", "tree"), TYPED)
def test_the_last_word_is_still_being_typed(text: str, tree: str) -> None:
    assert short(parse(text, typing=True).tree) == tree


WAITING = (
    ("a w/3", "a", "w/3 waits"),
    ("a w/3 ", "a", "w/3 waits"),
    ("a w/", "a", "w/ waits"),
    ("a /", "a", "/ waits"),
    ("a NEAR", "a", "NEAR waits"),
    ("a w/3 (", "a", "w/3 waits"),
    ("a w/3 by:", "a", "by: waits"),
    ("w/3", "*", "w/3 waits"),
    ("a w/3 d", "a", "w/3 waits"),
    ("tax /FR\\d", "tax", "closing /"),
    ("date:[2024", "*", "date: waits"),
    ("quote:{", "*", "quote:{ waits"),
    ("tax @bi", "tax", "@bi waits"),
    ('query:"my ', "*", "@my waits"),
    ("is:st", "*", "is: waits"),
    ("older_than:3", "*", "older_than: waits"),
    ("has", "has…", ""),
)


@pytest.mark.parametrize(("text", "tree", "said"), WAITING)
def test_what_is_unfinished_waits_and_says_so(text: str, tree: str, said: str) -> None:
    query = parse(text, typing=True)
    assert short(query.tree) == tree
    assert said in " ".join(query.notes)


GOING_ON = (
    ("a w/3 de", "<a 3 de…>"),
    ("a w/3 (b OR de", "<a 3 {b | de…}>"),
    ("a w/3 b ", "<a 3 b>"),
    ("a w/3 /x+/", "<a 3 /x+/>"),
    ("said:(a w/3 de", "said:<a 3 de…>"),
    ('"a b"~8', "<=a 8 =b>"),
    ("x +8", "x"),
    ("x +8 b", "x"),
    ("x +8 ba", "<x 8> ba…>"),
)


@pytest.mark.parametrize(("text", "tree"), GOING_ON)
def test_a_word_beside_an_operator_goes_on(text: str, tree: str) -> None:
    assert short(parse(text, typing=True).tree) == tree


def test_a_saved_query_is_searched_when_its_name_is_whole() -> None:
    saved = {"big": "tax OR delay"}.get
    assert short(parse("@big", typing=True, saved=saved).tree) == "(tax | delay)"
    assert short(parse("@bi", typing=True, saved=saved).tree) == "*"
