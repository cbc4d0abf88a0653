"""What is lit of names and quotes: Said inside one quote, several conditions on one quote, kinds of quotes."""

from __future__ import annotations

import pytest

from explorer.index.evidence import marks_in, quote_holds
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Named, Node, OneQuote, Quoted
from explorer.model import Analysis, Cue, Mention, Quote, Speaker

TEXT = "Jane Doe said: “The tax,” and she smiled, “will be cut. It is late.” John Roe denied “a tax delay”. Ann: “It is late.”"


def _speaker(name: str, how: str) -> Speaker:
    start = TEXT.index(name)
    return Speaker(start, start + len(name), name, name, how)


def _quote(pieces: list[str], speaker: Speaker | None, cue: str, last: bool = False, denied: bool = False) -> Quote:
    find = TEXT.rindex if last else TEXT.index
    spans = tuple((find(piece), find(piece) + len(piece)) for piece in pieces)
    start, end = spans[0][0], spans[-1][1]
    at = TEXT.index(cue)
    cued = Cue(at, at + len(cue), cue) if cue else None
    return Quote(start, end, TEXT[start:end], spans, "direct", speaker, cued, spans, "test", denied=denied)


ONE = _quote(["The tax,", "will be cut. It is late."], _speaker("Jane Doe", "subject"), "said")
TWO = _quote(["a tax delay"], _speaker("John Roe", "subject"), "denied", denied=True)
THREE = _quote(["It is late."], _speaker("Ann", "the same words elsewhere in the text"), "", last=True)
FOUR = _quote(["tax delay"], None, "")
NAMES = {"doe": ("Jane Doe",), "roe": ("John Roe",), "jane": ("Jane Doe",)}
ANALYSIS = Analysis((Mention(0, 8, "Jane Doe", "PERSON", "Jane Doe", "test"),), (ONE, TWO, THREE))


def _names(condition: Named | Quoted) -> tuple[str, ...]:
    return NAMES.get(condition.value.lower(), ())


def _lit(query: str) -> list[str]:
    return [TEXT[mark.start : mark.end] for mark in marks_in(TEXT, ANALYSIS, parse(query).tree, _names)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("said:tax", ["tax", "tax"]),
        ("said:(tax w/2 cut)", []),
        ("said:(tax w/3 cut)", ["tax", "cut"]),  # from piece to piece; the words between the pieces do not count
        ("tax w/4 cut", []),
        ("said:(tax w/p cut)", []),  # each piece is a paragraph
        ("said:(cut w/s late)", []),
        ("said:(be w/s cut)", ["be", "cut"]),
        ("said:smiled", []),
        ('said:"tax will"', []),  # a phrase does not leap
        ("said:(late w/9 delay)", []),  # not from one quote to another
        ("quote:{by:doe said:cut}", ["Jane Doe", "The tax,", "will be cut. It is late."]),
        ("quote:{by:roe said:cut}", []),
        ("quote:{by:roe OR said:late}", ["Jane Doe", "The tax,", "will be cut. It is late.", "John Roe", "a tax delay"]),
        ("quote:{said:tax -by:doe}", ["John Roe", "a tax delay"]),
        ("is:denied", ["John Roe", "a tax delay"]),
        ("cue:said", ["Jane Doe", "The tax,", "will be cut. It is late."]),
        ("person:jane", ["Jane Doe"]),
        ("path:x", []),
        ("tax -said:tax", ["tax", "tax"]),
    ],
)
def test_what_is_lit(query: str, expected: list[str]) -> None:
    found = _lit(query)
    if "late" in query and "OR" in query:  # the third says the same words
        assert found == [*expected, "Ann", "It is late."]
    else:
        assert found == expected


def test_nothing_of_quotes_is_lit_before_the_analysis() -> None:
    assert not marks_in(TEXT, None, parse("said:tax").tree, _names)
    assert len(marks_in(TEXT, None, parse("tax").tree, _names)) == 2


@pytest.mark.parametrize(
    ("quote", "kinds"),
    [(ONE, {"direct"}), (TWO, {"direct", "denied"}), (THREE, {"direct", "inferred"}), (FOUR, {"direct", "unattributed"})],
)
def test_kinds_of_quotes(quote: Quote, kinds: set[str]) -> None:
    asked = ("direct", "mixed", "indirect", "inferred", "unattributed", "denied")
    assert {kind for kind in asked if quote_holds(TEXT, quote, Quoted("is", kind), _names)} == kinds


def test_leaves_are_numbered_words_first() -> None:
    tree: Node = parse("person:jane tax quote:{by:roe} smiled").tree
    marks = marks_in(TEXT, ANALYSIS, tree, _names)
    assert {TEXT[mark.start : mark.end]: mark.leaf for mark in marks} == {
        "Jane Doe": 2,
        "tax": 0,
        "smiled": 1,
        "John Roe": 3,
        "a tax delay": 3,
    }
    assert isinstance(parse("quote:{by:roe said:tax}").tree, OneQuote)
