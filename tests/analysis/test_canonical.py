"""Names joined within a document, and what is known of people."""

from __future__ import annotations

import pytest

from explorer.analysis.canonical import analyse_names
from explorer.analysis.layout import layout
from explorer.analysis.people import profile


def joined(text):
    return {(mention.text, mention.name, mention.how) for mention in analyse_names(text, layout(text))}


def test_a_surname_stands_for_the_full_name():
    assert ("Thornbury", "Ada Thornbury", "surname of Ada Thornbury") in joined("Ada Thornbury came. They asked Thornbury.")


def test_two_of_one_surname_stay_apart():
    found = joined("Ada Thornbury and Peter Thornbury came. They asked Thornbury. Then Mr Peter Thornbury left.")
    assert ("Thornbury", "Thornbury", "named") in found
    assert ("Peter Thornbury", "Peter Thornbury", "named") in found


def test_initials_and_middle_names():
    found = joined("Minister Ada Maria Thornbury came. Later Ada Thornbury left with A. Thornbury.")
    assert ("Ada Thornbury", "Ada Maria Thornbury", "short for Ada Maria Thornbury") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The US and Britain met.",
            {("US", "United States", "alias of United States"), ("Britain", "United Kingdom", "alias of United Kingdom")},
        ),
        ("The Group of Seven (G7) met.", {("Group of Seven", "G7", "alias of G7"), ("G7", "G7", "named")}),
        (
            "The Quorl Fishing Association (QFA) met.",
            {("QFA", "Quorl Fishing Association", "acronym of Quorl Fishing Association")},
        ),
        (
            "Quorl Fishing Association staff met the QFA there.",
            {("QFA", "Quorl Fishing Association", "acronym of Quorl Fishing Association")},
        ),
    ],
)
def test_aliases_and_acronyms(text, expected):
    assert expected <= joined(text)


def test_a_capital_is_its_country_only_where_it_acts():
    found = joined("Washington said it was ready. Crowds gathered in Washington on the hill. Paris denied it.")
    assert ("Washington", "United States", "capital acting for United States") in found
    assert ("Washington", "Washington", "named") in found
    assert ("Paris", "France", "capital acting for France") in found


def test_profiles():
    text = "Mr Peter Quorl, Prime Minister Margaret Thornbury and spokeswoman Robin Vale came. Mrs Zelp left."
    found = profile(analyse_names(text, layout(text)), text)
    assert {name: one.gender for name, one in found.items()} == {
        "Peter Quorl": "male",
        "Margaret Thornbury": "female",
        "Robin Vale": "female",
        "Zelp": "female",
    }
    assert found["Margaret Thornbury"].roles == ("Prime Minister",)
    assert found["Robin Vale"].roles == ("spokeswoman",)
