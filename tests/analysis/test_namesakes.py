"""A lone surname that several people have: by title, by nearness, or left open."""

from __future__ import annotations

import pytest

from explorer.analysis import analyse


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mayor Ingrid Thorsby met the chemist Daniel Thorsby. Then Mayor Thorsby left.", "Ingrid Thorsby"),
        ("Mr Daniel Thorsby came. Ms Ingrid Thorsby came later. It was Mr Thorsby who left.", "Daniel Thorsby"),
        ("Daniel Thorsby came at noon. Later it was Ingrid Thorsby. They asked Thorsby again.", "Ingrid Thorsby"),
        ("They praised Ingrid Thorsby and Daniel Thorsby. They asked Thorsby again.", "Thorsby"),
    ],
)
def test_whom_a_lone_surname_means(text, meant):
    assert next(one.name for one in analyse(text).entities if one.text == "Thorsby") == meant


def test_a_relative_is_not_meant_further_on():
    text = (
        "Ingrid Thorsby came with her son Daniel Thorsby. " + "It rained on the quay all day long. " * 15 + "They asked Thorsby."
    )
    assert [one.name for one in analyse(text).entities][-1] == "Ingrid Thorsby"
