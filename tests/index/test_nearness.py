"""The meaning of near in examples that can be checked by eye, through the query language."""

from __future__ import annotations

import pytest

from explorer.index.marker import mark_text, mark_title, verifier
from explorer.index.nearness import MOST_STEPS, bits, ones
from explorer.index.query.parser import parse
from explorer.index.query.syntax import AnyOf, Near, Part, Phrase, QueryError

EXAMPLES = (
    ("one two three", "one w/1 two", ["one", "two"]),
    ("one two three", "one w/1 three", []),
    ("one two three", "one w/2 three", ["one", "three"]),
    ("one two three", "three w/2 one", ["one", "three"]),
    ("one two three", "one pre/2 three", ["one", "three"]),
    ("one two three", "three pre/2 one", []),
    ("one two\n\nthree", "one w/2 three", ["one", "three"]),  # counted across paragraphs
    ("one two\n\nthree", "one w/p three", []),
    ("one two\nthree", "one w/p three", ["one", "three"]),
    ("One two. Three four.", "one w/s three", []),
    ("One two. Three four.", "one w/p three", ["One", "Three"]),
    ("One two. Three four.", "three w/s four", ["Three", "four"]),
    ("Mr. One met two. Three.", "mr w/s two", ["Mr", "two"]),  # an abbreviation ends no sentence
    ("He said “One two.” Three four.", "two w/s three", []),
    ("one one one", "one w/1 one", ["one", "one", "one"]),
    ("one", "one w/5 one", []),  # a word is not near itself
    ("big red one and a red two", '"big red" w/1 one', ["big red", "one"]),
    ("big red one", '"big red" w/5 "red one"', []),  # they overlap
    ("tax on the big tax delay", "tax w/1 delay", ["tax", "delay"]),
    ("one two three four", "(one w/1 two) w/1 three", ["one", "two", "three"]),
    ("one two three four", "(one w/1 two) w/1 four", []),
    ("one three two", "(one w/2 two) w/1 three", []),  # three stands inside the span of the other
    ("three one x two", "(one w/2 two) w/1 three", ["three", "one", "two"]),
    ("one two. Three four", "(one w/1 two) w/s three", []),
    ("one two. Three four", "(one w/s two) w/1 three", ["one", "two", "Three"]),
    ("one two. Three four", "(two w/1 three) w/s one", []),  # its operand is in no one sentence
    ("one five two", "one w/2 (two OR three)", ["one", "two"]),
    ("one five two", "one w/1 (two OR five)", ["one", "five"]),
    ("de-escalation of war", "escalation w/2 war", ["escalation", "war"]),
    ("the ministers were delayed", "minister w/2 delay", ["ministers", "delayed"]),
    ("the ministers were delayed", "ministre~2 w/2 dela*", ["ministers", "delayed"]),
    ("form W-2 in 2024", r"w-2 w/2 /20\d\d/", ["W-2", "2024"]),
)


@pytest.mark.parametrize(("text", "query", "expected"), EXAMPLES)
def test_what_is_near(text: str, query: str, expected: list[str]) -> None:
    near = parse(query).tree
    assert isinstance(near, Near)
    assert [text[mark.start : mark.end] for mark in mark_text(text, [near])] == expected
    assert verifier(near)("", text) is bool(expected)


def test_both_stand_in_the_title_or_both_in_the_text() -> None:
    near = parse("one w/9 two").tree
    assert isinstance(near, Near)
    assert not verifier(near)("one", "two")
    assert verifier(near)("one and two", "")
    assert [mark.start for mark in mark_title("one\n\nand two", [near])] == [0, 9]
    titled = parse("title:(one w/9 two)").tree
    assert isinstance(titled, Near)
    assert verifier(titled)("one and two", "") and not verifier(titled)("", "one and two")


def test_a_title_is_one_sentence_and_one_paragraph() -> None:
    for unit in "sp":
        near = parse(f"one w/{unit} four").tree
        assert isinstance(near, Near)
        assert verifier(near)("One two.\n\nThree four.", "") and not verifier(near)("", "One two.\n\nThree four.")


def test_sentences_are_looked_for_only_where_the_words_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.analysis import segment

    seen: list[str] = []
    paragraphs = segment.paragraphs
    monkeypatch.setattr(segment, "paragraphs", lambda text: (seen.append(text), paragraphs(text))[1])
    near = parse("one w/s two").tree
    assert isinstance(near, Near)
    assert not verifier(near)("", "one three\n\ntwo three") and not seen
    assert verifier(near)("", "one three\n\nthree. One two\n\ntwo") and seen == ["three. One two"]


def test_too_many_in_either_order_are_refused_with_a_clear_word() -> None:
    def one(number: int) -> Phrase:
        return Phrase((Part(f"w{number}"),), f"w{number}")

    near: Near = Near(one(0), one(1), 5)
    for number in range(2, 30):
        near = Near(near, one(number), 5)
    with pytest.raises(QueryError, match="pre/"):
        verifier(near)
    with pytest.raises(QueryError, match="pre/"):
        mark_text("w1", [near])
    ordered = Near(one(0), one(1), 5, True)
    for number in range(2, 30):
        ordered = Near(ordered, one(number), 5, True)
    assert verifier(ordered)("", " ".join(f"w{number}" for number in range(30)))
    many = Near(AnyOf(tuple(map(one, range(MOST_STEPS // 2 - 2)))), one(0), 5)
    assert verifier(many)("", "w7 w0")


@pytest.mark.parametrize("places", [set(), {0}, {0, 1, 5}, {7, 63, 64, 199}])
def test_bits_are_places(places: set[int]) -> None:
    assert set(ones(bits(places, 200))) == places
    assert bits(places, 200) == sum(1 << place for place in places)
