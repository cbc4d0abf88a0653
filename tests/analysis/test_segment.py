"""Paragraphs, sentences and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis.segment import paragraphs, sentences, tokens


def cut(text):
    return [text[start:end] for start, end in paragraphs(text)]


def said(text):
    return [text[start:end] for start, end in sentences(text, (0, len(text)))]


def test_a_line_is_a_paragraph():
    assert cut("One thing happened.\nAnother did.\n\n  A third.  \n") == ["One thing happened.", "Another did.", "A third."]


def test_hard_wrapped_lines_are_one_paragraph():
    text = (
        "The council met late on Monday and decided, after a long and rather\n"
        "bitter debate, to close the old bridge for repairs until the end of\n"
        "the year.\n"
        "\n"
        "Nobody in the hall objected, although several members had left early\n"
        "to catch the last ferry.\n"
    )
    assert [one[:7] for one in cut(text)] == ["The cou", "Nobody "]


def test_short_lines_stay_apart():
    assert len(cut("Apples are good for you\nPears are better still\nPlums are best of all\n")) == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Hale met Gen. A. B. Stone at 4.30 p.m. in St. Ives. He left.", 2),
        ("The U.S. Senate voted. The U.S. It was over.", 3),
        ("It rose 3.5 percent. “Fine,” she said. “Very fine.” They went home.", 4),
        ("“Stop!” he shouted. Nobody did.", 2),
        ("Is it over? Yes! No… Perhaps.", 4),
        ("She works at Orly Inc. and likes it.", 1),
        ("It ended there.” Then it began.", 2),
    ],
)
def test_sentences(text, count):
    assert len(said(text)) == count


def test_a_closing_mark_belongs_to_the_sentence_before():
    assert said("“We won.” He sat down.") == ["“We won.”", "He sat down."]


def test_words():
    text = "Iran's U.S.-made AT&T phone cost 1,200.50 on the 4th"
    assert [text[start:end] for start, end in tokens(text, 0, len(text))] == (
        ["Iran", "'s", "U.S.", "-", "made", "AT&T", "phone", "cost", "1,200.50", "on", "the", "4th"]
    )


@given(st.text(alphabet=st.sampled_from("aB. \n\t\"“”'!?\u2028\xa01-é"), max_size=200) | st.text(max_size=100))
def test_everything_but_blanks_is_in_one_sentence(text):
    covered = set()
    for paragraph in paragraphs(text):
        for start, end in sentences(text, paragraph):
            assert paragraph[0] <= start < end <= paragraph[1]
            span = set(range(start, end))
            assert not covered & span
            covered |= span
    assert all(text[place].isspace() or place in covered for place in range(len(text)) if text[place] not in "\x1c\x1d\x1e\x1f")
