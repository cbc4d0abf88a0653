"""Where names begin and end."""

from __future__ import annotations

import pytest

from explorer.analysis.agreement import Settled
from explorer.analysis.edges import whole_names
from explorer.analysis.layout import layout
from explorer.analysis.runs import read_words
from explorer.model import EntityType


def whole(text: str, *names: tuple[str, EntityType]) -> list[tuple[str, str]]:
    """The names as (words, type) that are made of those found first."""
    words = read_words(text, layout(text), [])
    found = []
    for name, kind in names:
        start = text.index(name)
        ends = start + len(name)
        last = next(index for index, end in enumerate(words.ends) if end >= ends) + 1
        found.append(Settled(words.starts.index(start), last, kind, 0.9, "engine"))
    return [(words.text(one.first, one.last), one.type) for one in whole_names(words, found)]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("It belongs to Ada P. Roe, Inc. today.", [("Ada P. Roe", "PERSON"), (", Inc", "ORG")], [("Ada P. Roe, Inc", "ORG")]),
        (
            "It is owned by Quorl (Zelpland) B.V. now.",
            [("Quorl", "ORG"), ("Zelpland", "ORG")],
            [("Quorl (Zelpland) B.V.", "ORG")],
        ),
        ("He met Ada Roe, Co-founder of it.", [("Ada Roe", "PERSON")], [("Ada Roe", "PERSON")]),
        (
            "The Select Committee on Harbour Safety met.",
            [("Select Committee", "ORG"), ("Harbour Safety", "ORG")],
            [("Select Committee on Harbour Safety", "ORG")],
        ),
        ("The Committee on Monday met.", [("Committee", "ORG")], [("Committee", "ORG")]),
        ("They know Quorl AKA Zelpor well.", [("AKA Zelpor", "PERSON")], [("Zelpor", "PERSON")]),
        ("They know Earl Q. Roe well.", [("Q. Roe", "PERSON")], [("Earl Q. Roe", "PERSON")]),
        ("They know Mr Q. Roe well.", [("Q. Roe", "PERSON")], [("Q. Roe", "PERSON")]),
        ("A White House aide left.", [("White", "PERSON")], [("White House", "ORG")]),
        ("FRANCE SENDS TROOPS", [("FRANCE", "ORG")], [("FRANCE", "PLACE")]),
    ],
)
def test_edges(text: str, found: list[tuple[str, EntityType]], expected: list[tuple[str, str]]) -> None:
    assert whole(text, *found) == expected


def test_two_bodies_that_the_text_has_apart_are_two() -> None:
    text = "The Harbour Watch met. The Quorl Union left. Then Harbour Watch and Quorl Union spoke."
    names: list[tuple[str, EntityType]] = [
        ("Harbour Watch", "ORG"),
        ("Quorl Union", "ORG"),
        ("Harbour Watch and Quorl Union", "ORG"),
    ]
    assert [name for name, _ in whole(text, *names)] == ["Harbour Watch", "Quorl Union", "Harbour Watch", "Quorl Union"]
