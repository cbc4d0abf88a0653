"""Whatever the text, the analysis gives spans inside it, and its work grows with the text's length only."""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.analysis.canonical import analyse_names
from explorer.analysis.layout import layout
from explorer.analysis.people import profile
from explorer.analysis.pipeline import analyse
from explorer.model import TYPE_NAMES

MARKS = [
    ",",
    ".",
    ";",
    "(",
    ")",
    "“",
    "”",
    '"',
    "'",
    "'s",
    "-",
    "&",
    ":",
    "\n",
    "\n\n",
    "\xa0",
    "3",
    "14",
    "2024",
    "G7",
    "QFA",
    "US",
    "U.S.",
]
NAMES = ["Ada", "Thornbury", "Bank", "of", "England", "and", "the", "Mr.", "said", "in", "Paris", "Washington", "April", "Friday"]
ODD = [
    "last",
    "week",
    "van",
    "der",
    "al-Sisi",
    "Ministry",
    "Health",
    "By",
    "Photo",
    "é",
    "Ünal",
    "NATO",
    "McKay",
    "O'Neil",
    "Lake",
    "Inc",
]
WORDS = MARKS + NAMES + ODD


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=120),
    st.sampled_from([None, "2024-04-19", "bad", "9999-12-31"]),
)
def test_mentions_are_spans_of_the_text(text, anchor):
    mentions = analyse_names(text, layout(text), anchor)
    profile(mentions, text)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.type in TYPE_NAMES
        assert mention.name and mention.how
        assert 0 <= mention.confidence <= 1
        assert mention.iso is None or mention.type == "DATE"
        end = mention.end


def test_only_the_body_is_read():
    text = "Ada Thornbury spoke.\nPeter Quorl spoke too.\n"
    assert {mention.text for mention in analyse_names(text, layout(text, 20))} == {"Ada Thornbury"}


def calls(work, text):
    """How many functions are called while ``work`` is done on ``text``."""
    count = 0

    def counted(*_):
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return count


def surnames(size):
    letters = random.Random(1)
    return " ".join(f"X{''.join(letters.choices('abcdefgh', k=6))} Smith said." for _ in range(size // 20))


HOSTILE = {
    "capitals": lambda size: "A " * (size // 2),
    "quotes": lambda size: '"' * size,
    "digits": lambda size: "1" * size,
    "years": lambda size: "2024 " * (size // 5),
    "dots": lambda size: "A. " * (size // 3),
    "lines": lambda size: "A\n" * (size // 2),
    "one surname": surnames,
    "one endless name": lambda size: "Bank of Health, " * (size // 16),
    "linked": lambda size: "Bank of England and " * (size // 20),
    "bylines": lambda size: "By " * (size // 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_linear(name):
    def work(text):
        analyse_names(text, layout(text), "2024-04-19")

    work(HOSTILE[name](1000))
    small, large = (calls(work, HOSTILE[name](size)) for size in (4000, 16000))
    assert large <= 5 * small + 1000


GERMAN = (
    "Der Minister sagte am Montag, dass die Brücke sicher sei. „Wir haben alles geprüft“, sagte Anna Weber in Berlin. "
    "Die Arbeiten beginnen im Herbst und werden voraussichtlich zwei Jahre dauern."
)


def test_a_text_that_is_not_english_says_so_and_gives_its_quotes_in_marks():
    found = analyse(GERMAN)
    assert any("not English" in note for note in found.notes)
    assert [GERMAN[slice(*quote.marks[0])] for quote in found.quotes] == ["Wir haben alles geprüft"]
    assert analyse("The minister said on Monday that the bridge was safe. “We looked at all of it,” he told a crowd.").notes == ()
