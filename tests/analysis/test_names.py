"""Names of people, organisations and places."""

from __future__ import annotations

import pytest

from explorer.analysis.layout import layout
from explorer.analysis.names import find_names


def names(text):
    return {(text[name.start : name.end], name.type) for name in find_names(text, layout(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US Secretary of State Ada Thornbury left.", {("US", "PLACE"), ("Ada Thornbury", "PERSON")}),
        ("Italian Foreign Minister Gino Baldoni spoke.", {("Gino Baldoni", "PERSON")}),
        ("Mr Quorl left and Dr. Zelp stayed.", {("Quorl", "PERSON"), ("Zelp", "PERSON")}),
        ("It was said by Zorblat Quimby, 43, of Leeds.", {("Zorblat Quimby", "PERSON"), ("Leeds", "PLACE")}),
        ("He met spokeswoman Mirela Vanx there.", {("Mirela Vanx", "PERSON")}),
        ("They sued Quorl Holdings Ltd over it.", {("Quorl Holdings Ltd", "ORG")}),
        (
            "She runs the Bank of England and the University of Oxford.",
            {("Bank of England", "ORG"), ("University of Oxford", "ORG")},
        ),
        ("A Ministry of Foreign Affairs note arrived.", {("Ministry of Foreign Affairs", "ORG")}),
        ("The foreign ministry denied it.", {("foreign ministry", "ORG")}),
        ("The boat sank in Lake Quorl near Zelpton.", {("Lake Quorl", "PLACE"), ("Zelpton", "PLACE")}),
        ("It is a Rome-based body.", {("Rome", "PLACE")}),
        ("The Islamic Republic and the Jewish state agreed.", {("Islamic Republic", "PLACE"), ("Jewish state", "PLACE")}),
        ("The Group of Seven met in Capri, Italy.", {("Group of Seven", "ORG"), ("Capri", "PLACE"), ("Italy", "PLACE")}),
        ("The CEO bought a TV on Monday.", set()),
        ("But the French and the Israelis left.", set()),
        (
            "They watched van der Quorl. Anna van der Quorl is here.",
            {("van der Quorl", "PERSON"), ("Anna van der Quorl", "PERSON")},
        ),
        ("The Quorl Fishing Association (QFA) and the QFA met.", {("Quorl Fishing Association", "ORG"), ("QFA", "ORG")}),
        ("By Ada Thornbury in Kirkwall", {("Ada Thornbury", "PERSON"), ("Kirkwall", "PLACE")}),
        ("ZELPTON, Ohio (Quorl Wire) — It rained.", {("ZELPTON", "PLACE"), ("Ohio", "PLACE"), ("Quorl Wire", "ORG")}),
        ("She joined the U.S. Department of Justice.", {("U.S. Department of Justice", "ORG")}),
    ],
)
def test_names(text, expected):
    assert names(text) == expected


def test_a_surname_is_found_once_its_owner_is_known():
    text = "Ada Thornbury arrived late. Nobody minded. Thornbury said so. Later they asked Thornbury again."
    assert sum(text[name.start : name.end] == "Thornbury" for name in find_names(text, layout(text))) == 2


def test_a_surname_that_is_a_place_elsewhere():
    found = names("Ada Jordan, a nurse, was on duty. Jordan said so.")
    assert ("Jordan", "PERSON") in found and ("Ada Jordan", "PERSON") in found


def test_one_type_for_a_form_even_in_a_headline():
    text = "Thornbury Rejects Plan To Close Old Harbour Bridge\n\nThe minister, Ada Thornbury, said no.\n"
    assert ("Thornbury", "PERSON") in names(text)


def test_the_capital_that_opens_a_sentence_is_no_name():
    assert names("Farmers protested. Yesterday rain fell. Angry crowds gathered.") == set()
