"""A lone surname that several people have: by title, by kinship, by nearness, or left open; and it is said why."""

from __future__ import annotations

import pytest

from tests.analysis.marked_names import last_of, mentions_of

RAIN = "It rained on the quay all day long. " * 15


@pytest.mark.parametrize(
    ("marked", "meant", "why"),
    [
        (
            "Mayor {p Ingrid Thorsby} met the chemist {p Daniel Thorsby}. Then Mayor {p Thorsby}",
            "Ingrid Thorsby",
            "whose title fits",
        ),
        ("Mr {p Lar Thorsby} came. Ms {p Vik Thorsby} came later. It was Mr {p Thorsby}", "Lar Thorsby", "whose title fits"),
        ("Prof {p Ingrid Thorsby} met {p Anna Thorsby}. Prof {p Thorsby}", "Ingrid Thorsby", "whose title fits"),
        (
            "{p Daniel Thorsby} came. Later it was {p Ingrid Thorsby}. They asked {p Thorsby}",
            "Ingrid Thorsby",
            "who was named last",
        ),
        ("{p Thorsby} quits. {p Daniel Thorsby} met {p Ingrid Thorsby}.", "Daniel Thorsby", "whom the text names first"),
        ("They praised {p Ingrid Thorsby} and {p Daniel Thorsby}. They asked {p Thorsby}", "Thorsby", ""),
        ("{p Ingrid Thorsby} met {p Daniel Thorsby}. Neither {p Thorsby}", "Thorsby", ""),
        ("{p Ingrid Thorsby} came with her son {p Daniel Thorsby}. {p Thorsby}", "Daniel Thorsby", "the relative just named"),
        (
            "{p Ingrid Thorsby} came with her son {p Daniel Thorsby}. " + RAIN + "{p Thorsby}",
            "Ingrid Thorsby",
            "who was named last",
        ),
        (
            "{p Ingrid Thorsby} came. {p Thorsby} spoke. {p Lars Thorsby} left. " + RAIN + "{p Thorsby}",
            "Ingrid Thorsby",
            "calls so",
        ),
    ],
)
def test_whom_a_lone_surname_means(marked: str, meant: str, why: str) -> None:
    found = (
        next(one for one in mentions_of(marked) if one.text == "Thorsby")
        if marked.startswith("{p Thorsby")
        else mentions_of(marked)[-1]
    )
    assert found.name == meant
    assert why in found.how


def test_the_choice_is_never_sure() -> None:
    marked = "{p Daniel Thorsby} came. Later it was {p Ingrid Thorsby}. They asked {p Thorsby}"
    assert mentions_of(marked)[-1].confidence <= 0.6


def test_namesakes_stay_two() -> None:
    marked = "{p Ada Thorsby} met {p Peter Thorsby}. Then {p Peter Thorsby}"
    assert last_of(marked) == ("Peter Thorsby", "named")
