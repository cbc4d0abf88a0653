"""The words of a vocabulary that a part matches are those that it matches one by one, and those of the reference."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.index.matching import judged, matcher, words_matching
from explorer.index.query.syntax import Part, QueryError
from explorer.index.words import fold, words
from tests.index.leaves import parts
from tests.index.reference import TIMES, alignment_distance, part_matches

letters = st.text(st.sampled_from("abtxes12é日がø’ß"), max_size=7)
vocabulary = st.lists(letters.map(fold), max_size=40).map(lambda found: sorted({word for text in found for word in words(text)}))
# What a reporter may write and what means another thing in a list of words than in one word.
PATTERNS = (
    *(
        r"a.*",
        r".*",
        "",
        r"x*",
        r"a|b",
        r"(a|ab)(c|bcd)?",
        r"[^a]*",
        r"[^a]{2}",
        r"\d{1,2}",
        r"^a",
        r"a$",
        r"^ab?$",
        r"\Aa.*",
        r".*\z",
    ),
    *(
        r"\bab\b",
        r"\Ba",
        r"(?i)A.*",
        r"(?m)^a.*$",
        r"(?s).a",
        r"a\C*",
        r"\Qa",
        r"\Qab\E*",
        r"\s*a\s*",
        r"\W*",
        r"a\n?",
        r"$|a",
        r"(?:a$|b)x*",
    ),
    *(r"[[:alpha:]]+", r"\pL+", r"[^\d]+", r"日.?", r"(?P<n>a)b?", r".", r"..", r"[a-t]+?", r"a{0,999}", r"\x61b"),
)
regexes = st.sampled_from(PATTERNS).map(lambda text: Part(text, "regex"))
wilds = st.text("ab*?x", min_size=1, max_size=6).filter(lambda text: text.strip("*?")).map(lambda text: Part(text, "wild"))
fuzzies = st.builds(lambda text, distance: Part(fold(text), "fuzzy", distance), letters.filter(bool), st.integers(1, 2))


@settings(max_examples=250 * TIMES, deadline=None)
@given(parts | regexes | wilds | fuzzies, vocabulary)
def test_all_at_once_is_one_by_one(part: Part, known: list[str]) -> None:
    matches = matcher(part)
    assert words_matching(part, known) == [word for word in known if matches(word)]
    assert [chr(judged(part)[word]) for word in known] == ["01"[matches(word)] for word in known]


@settings(max_examples=150 * TIMES, deadline=None)
@given(parts | wilds | fuzzies, vocabulary)
def test_a_part_matches_what_the_reference_says(part: Part, known: list[str]) -> None:
    matches = matcher(part)
    for word in known:
        assert matches(word) is part_matches(part, word)


@pytest.mark.parametrize(
    "pattern", ["a(", "[", "a**", r"(?=a)", r"(a)\1", ".{0,9999}", "((a{99}){99}){99}", "\\", "[[:none:]]", "\ud800"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(QueryError):
        matcher(Part(pattern, "regex"))
    with pytest.raises(QueryError):
        words_matching(Part(pattern, "regex"), ["a"])


@pytest.mark.parametrize(
    ("one", "two", "distance"),
    [("putin", "poutine", 2), ("putin", "puitn", 1), ("ca", "abc", 3), ("", "ab", 2), ("tax", "tax", 0), ("日本", "日木", 1)],
)
def test_the_distance_is_the_textbooks(one: str, two: str, distance: int) -> None:
    assert alignment_distance(one, two) == alignment_distance(two, one) == distance


QUICK = (
    *(Part(text, "wild") for text in ("del*", "*ation", "?e?a*", "*a*e*")),
    *(Part(text, "regex") for text in (r"h\d+", r".*x.*", r".*", r".*a.{0,200}")),
    *(Part("minister", "fuzzy", distance) for distance in (1, 2)),
)


@pytest.mark.parametrize("part", QUICK, ids=lambda part: part.text)
def test_a_large_vocabulary_takes_no_time(part: Part) -> None:
    draw = random.Random(7)
    known = sorted({"".join(draw.choices("etaoinshrdlux012", k=draw.randint(2, 14))) for _ in range(100_000)})
    began = time.process_time()
    words_matching(part, known)
    assert time.process_time() - began < 1  # a tenth of it on a quiet machine
