"""The measured shares of the rules of quotes."""

from __future__ import annotations

import pytest

from explorer.analysis.lists import lines
from explorer.analysis.rules import UNMEASURED, precision


def test_shares_are_shares_of_distinct_rules():
    rows = [line.partition(" ") for line in lines("quote_rules")]
    assert len({rule for _, _, rule in rows}) == len(rows) > 20
    assert all(0 < float(share) <= 1 for share, _, _ in rows)


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("words in marks before the cue", "clause after the cue"),
        ("words in marks after a colon", "words in marks with no cue"),
        ("clause after that", "clause after a noun"),
    ],
)
def test_words_in_marks_are_surer_than_reported_ones(surer, less):
    assert precision(surer) > precision(less)


def test_a_rule_that_was_never_seen_has_a_middling_share():
    assert precision("no such rule") == UNMEASURED
