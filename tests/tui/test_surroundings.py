"""Whole sentences around a place in a text."""

import pytest

from explorer.tui.surroundings import CUT, LONGEST, around

TEXT = "First one.\n\nThe town did not agree\nto the plan. Nobody asked it.\n\nThe last one."


@pytest.mark.parametrize(
    ("words", "copied"),
    [
        ("agree", "The town did not agree\nto the plan. Nobody asked it."),
        ("First", "First one."),
        ("one.\n\nThe town", "First one.\n\nThe town did not agree\nto the plan. Nobody asked it."),
        ("\n\nThe last", "The last one."),
    ],
)
def test_paragraphs_are_taken_whole(words, copied):
    start = TEXT.index(words)
    end = start if words.startswith("\n") else start + len(words)
    assert around(TEXT, start, end) == copied


def test_of_a_long_paragraph_whole_sentences_are_taken_and_the_rest_is_said_to_be_left_out():
    sentences = [f"Dr. Ode did not say that number {n} is right." for n in range(200)]
    text = " ".join(sentences)
    start = text.index("say that number 70 is")
    assert around(text, start, start + 10) == f"{CUT} {sentences[70]} {CUT}"
    assert around(text, 0, 5) == f"{sentences[0]} {CUT}"
    assert around(text, len(text) - 3, len(text)) == f"{CUT} {sentences[199]}"


@pytest.mark.parametrize("text", ["word " * 40_000, "x" * 40_000, "", "\n\n\n"])
def test_any_text_is_taken(text):
    copied = around(text, len(text) // 2, len(text) // 2)
    assert copied.strip(f" {CUT}") in text
    assert (CUT in copied) == (len(copied) > LONGEST)
