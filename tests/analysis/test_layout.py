"""What each paragraph is."""

from __future__ import annotations

import pytest

from explorer.analysis.layout import layout


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("By Ada Thornbury", "byline"),
        ("By ADA THORNBURY and Jo Li in Kirkwall", "byline"),
        ("By the time the ferry came the quay was empty.", "body"),
        ("(Photo: Ada Thornbury/Getty Images)", "credit"),
        ("Photo : Ada Thornbury/Getty Images", "credit"),
        ("ADVERTISEMENT", "credit"),
        ("A boat leaves the harbour. (Ada Thornbury/Handout Photo)", "caption"),
        ("Island votes to keep its ferry", "heading"),
        ("The island voted to keep its ferry.", "body"),
    ],
)
def test_roles(line, role):
    (paragraph,) = layout(line).paragraphs
    assert paragraph.role == role


def test_a_lone_name_beside_a_credit_is_a_caption():
    first, second, third = layout("Ada Thornbury\n(Photo: Jo Li/Reuters)\nThe minister spoke.\n").paragraphs
    assert (first.role, second.role, third.role) == ("caption", "credit", "body")


def test_dateline():
    text = "KIRKWALL, Orkney (Island Wire) — The ferry sailed."
    (paragraph,) = layout(text).paragraphs
    assert paragraph.dateline and text[slice(*paragraph.dateline)] == "KIRKWALL, Orkney (Island Wire) — "


def test_nothing_behind_the_body_is_read():
    assert layout("One.\nTwo.", 5).paragraphs[-1].end <= 5
