"""Words near each other: every accepted spelling of the operators, what may stand beside them, and their bounds."""

from __future__ import annotations

import pytest

from explorer.index.query.operators import BARE_DISTANCE, MOST_NEARS
from explorer.index.query.parser import parse
from explorer.index.query.syntax import QueryError
from explorer.index.query.understood import understood
from tests.index.query_trees import short

UNORDERED = (
    *("a w/8 b", "a W/8 b", "a near/8 b", "a NEAR/8 b", "a NEAR8 b", "a NEAR(8) b", "a NEAR(n=8) b", "a AROUND(8) b"),
    *("a around(8) b", "a AROUND/8 b", "a /8 b", "a w/08 b", "a\nw/8\nb", "(a) w/8 (b)", "(a)w/8(b)"),
)
ORDERED = ("a pre/8 b", "a PRE/8 b", "a adj/8 b", "a ADJ/8 b", "a ADJ8 b", "a ONEAR/8 b", "a ONEAR(n=8) b", "a +8 b", "a +8(b)")
SENTENCE = ("a w/s b", "a W/S b", "a /s b", "a /S b", "a w/sent b", "a NEAR/sentence b")
PARAGRAPH = ("a w/p b", "a W/P b", "a /p b", "a w/para b", "a w/paragraph b")


@pytest.mark.parametrize(
    ("texts", "tree"),
    [
        (UNORDERED, "<a 8 b>"),
        (ORDERED, "<a 8> b>"),
        (SENTENCE, "<a sentence b>"),
        (PARAGRAPH, "<a paragraph b>"),
        (("a pre/s b", "a +s b", "a ADJ/S b"), "<a sentence> b>"),
        (("a pre/p b", "a +p b", "a +P b"), "<a paragraph> b>"),
        (("a NEAR b",), f"<a {BARE_DISTANCE} b>"),
        (("a ADJ b",), f"<a {BARE_DISTANCE}> b>"),
        (('"a b"~8', '"a b"p8', "“a b”~8"), "<=a 8 =b>"),
        (('"a b"o8', '"a b"po8'), "<=a 8> =b>"),
        (('"a b c"~8',), "<<=a 8 =b> 8 =c>"),
        (('"a b c"o2',), "<<=a 2> =b> 2> =c>"),
        (('"U.S. tax"~3',), "<[=u =s] 3 =tax>"),
        (('"a b"~',), f"<=a {BARE_DISTANCE} =b>"),
        (('title:"a b"~8',), "<title:=a 8 title:=b>"),
        (('said:"a b"~8',), "said:<=a 8 =b>"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_spellings(texts: tuple[str, ...], tree: str) -> None:
    assert {text: short(parse(text).tree) for text in texts} == dict.fromkeys(texts, tree)


OPERANDS = (
    # from left to right; tighter than AND, OR and NOT
    ("a w/5 b w/9 c", "<<a 5 b> 9 c>"),
    ("a w/5 (b w/9 c)", "<a 5 <b 9 c>>"),
    ("(a w/5 b) pre/9 c", "<<a 5 b> 9> c>"),
    ("x a w/3 b y", "(x & <a 3 b> & y)"),
    ("x OR a w/3 b", "(x | <a 3 b>)"),
    ("-a w/3 b", "-<a 3 b>"),
    ("x AND NOT a w/3 b", "(x & -<a 3 b>)"),
    # phrases, groups, forms
    ('"a b" w/3 "c d"', "<[=a =b] 3 [=c =d]>"),
    ("(a OR b) w/3 c", "<{a | b} 3 c>"),
    ("{a b} w/3 c", "<{a | b} 3 c>"),
    ("(a OR b w/2 c) w/3 (d OR (e OR f))", "<{a | <b 2 c>} 3 {d | e | f}>"),
    ('"a b"~2 w/3 c', "<<=a 2 =b> 3 c>"),
    ("delay* w/3 =Minister", "<delay*% 3 =minister>"),
    ("putin~1 w/s /x+/", "<putin~1 sentence /x+/>"),
    ("W-2 w/3 O'Neill", "<[=w =2] 3 [=o =neill]>"),
    # in a field
    ("title:(a w/3 b)", "<title:a 3 title:b>"),
    ("title:((a OR b) w/3 c)", "<{title:a | title:b} 3 title:c>"),
    ("said:(a w/3 b)", "said:<a 3 b>"),
    ("said:(a w/3 b OR c)", "(said:<a 3 b> | said:c)"),
    # none of these is an operator
    ('a "w/8" b', "(a & [=w =8] & b)"),
    ("a \\w/8 b", "(a & [w 8] & b)"),
    ("a w\\/8 b", "(a & [w 8] & b)"),
    ("a =NEAR b", "(a & =near & b)"),
    ("a near b", "(a & near & b)"),
    ("coffee w/o sugar", "(coffee & [w o] & sugar)"),
    ("open 24/7 x", "(open & [24 7] & x)"),
    ("+plan +leak", "(plan & leak)"),
    ("+covid +19 +x", "(covid & 19 & x)"),
    ("covid +19", "(covid & 19)"),
    ("covid +19 OR x", "((covid & 19) | x)"),
    ("+19 x", "(19 & x)"),
    ("a +b", "(a & b)"),
    ("title:w/8", "title:[w 8]"),
    ('"a b" ~8', "([=a =b] & 8)"),
    ('"a"~8', "=a"),
)


@pytest.mark.parametrize(("text", "tree"), OPERANDS)
def test_what_stands_beside_an_operator(text: str, tree: str) -> None:
    assert short(parse(text).tree) == tree


ERRORS = (
    ("a w/8", 2, "words on both sides"),
    ("w/8 b", 0, "words on both sides"),
    ("a w/8 OR b", 2, "words on both sides"),
    ("x OR w/8 b", 5, "words on both sides"),
    ("(a w/8) b", 3, "words on both sides"),
    ("a w/8 w/9 b", 2, "words on both sides"),
    ('a w/8 ""', 2, "words on both sides"),
    ("a NEAR", 2, "words on both sides"),
    ("a /8", 2, "words on both sides"),
    ("a w/8 sort:date", 2, "words on both sides"),
    ("a w/0 b", 2, "from 1 to 1000"),
    ("a w/1001 b", 2, "from 1 to 1000"),
    ("a w/" + "9" * 5_000 + " b", 2, "from 1 to 1000"),
    ("a +0 b", 2, "from 1 to 1000"),
    ('x "a b"~0', 7, "from 1 to 1000"),
    ("a w/3 -b", 6, "NOT cannot stand"),
    ("(a b) w/3 c", 0, "words that must all be there"),
    ("x w/3 (a -b)", 6, "words that must all be there"),
    ("x w/3 (a OR -b)", 6, "a NOT"),
    ("by:doe w/3 tax", 0, "a condition"),
    ("tax w/3 title:cut", 8, "a condition"),
    ("tax w/3 (a OR date:2024)", 8, "a condition"),
    ("said:(a) w/3 b", 0, "a condition"),
    (" w/3 ".join("a" * (MOST_NEARS + 2)), 6 * MOST_NEARS + 2, f"at most {MOST_NEARS}"),
    ('"' + "a " * (MOST_NEARS + 2) + '"~8', 0, f"at most {MOST_NEARS}"),
)


@pytest.mark.parametrize(("text", "column", "said"), ERRORS, ids=lambda value: str(value)[:20])
def test_what_cannot_stand_beside_an_operator_is_said(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in str(caught.value)


def test_as_many_operators_as_are_allowed() -> None:
    tree = parse(" w/3 ".join("abcdefghij" * 5) + " w/3 z").tree
    assert short(tree).count("<") == MOST_NEARS
    assert hash(tree) == hash(parse(" w/3 ".join("abcdefghij" * 5) + " w/3 z").tree)


IN_WORDS = (
    ("minister w/8 delay", "minister within 8 words of delay"),
    ("minister w/1 delay", "minister next to delay"),
    ("minister pre/8 delay", "minister before delay, within 8 words"),
    ("minister pre/1 delay", "minister right before delay"),
    ("a w/s b", "a in the same sentence as b"),
    ("a pre/p b", "a before b, in the same paragraph"),
    ("(a OR b) w/5 c w/9 d", "((a or b) within 5 words of c) within 9 words of d"),
    ("title:(a w/3 b)", "(a within 3 words of b) in the title"),
    ("said:(a w/3 b)", "(a within 3 words of b) inside a quote"),
    ("x -a w/3 b", "x AND not (a within 3 words of b)"),
    ('"will not" w/3 delay*', "“will not” within 3 words of delay*"),
)


@pytest.mark.parametrize(("text", "words"), IN_WORDS)
def test_understood(text: str, words: str) -> None:
    assert understood(parse(text).tree, lambda _: ()) == words
