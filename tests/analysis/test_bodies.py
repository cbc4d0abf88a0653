"""Organisations and places joined within a document: acronyms, short forms, other orders, seats of government."""

from __future__ import annotations

import pytest

from tests.analysis.marked_names import last_of, mentions_of

BODIES = [
    ("The {o Quorl Fishing Association} ({o QFA}) met. The {o QFA}", "acronym of", "introduced in brackets"),
    ("The {o QFA} ({o Quorl Fishing Association}) met. The {o QFA}", "acronym of", "introduced in brackets"),
    ("{o Quorl Fishing Association} staff met the {o QFA}", "acronym of", ""),
    ("The {o Quorl Fishing Association}, better known as {o Quofa}, met. {o Quofa}", "short for", "explained in the text"),
    ("{o Quofa}, the {o Quorl Fishing Association}, met. {o Quofa}", "short for", "explained in the text"),
    ("The {o Quorl Fishing Association} ({o Vissersbond}) met. {o Vissersbond}", "short for", "introduced in brackets"),
    ("The {o Quorl Fishing Association} met. {o Quorl}", "short for", ""),
    ("The {o Quorl Fishing Association} met the {o Quorl fishing association}", "spelling of", ""),
]


@pytest.mark.parametrize(("marked", "begins", "ends"), BODIES)
def test_short_names_of_a_body(marked: str, begins: str, ends: str) -> None:
    name, how = last_of(marked)
    assert name == "Quorl Fishing Association"
    assert how.startswith(f"{begins} {name}")
    assert how.endswith(ends)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{o Thornbury Shipping plc} fell. {o Thornbury Shipping}", "Thornbury Shipping plc"),
        ("{o Brennig AG} fell. {o Brennig}", "Brennig AG"),
        ("{o Thornbury Shipping plc} and {o Thornbury Energy} fell. {o Thornbury}", "Thornbury Shipping plc"),
        ("The {o Ministry of Health} met. The {o health ministry}", "Ministry of Health"),
        ("{o U.S. Quorl} fell. {o United States Quorl Corporation}", "United States Quorl Corporation"),
        (
            "The {o Quorland Foreign Ministry} spoke. The {o Vale Foreign Ministry} too. The {o Foreign Ministry}",
            "Vale Foreign Ministry",
        ),
        ("The {o Parliament of Quorland} met. {o Parliament}", "Parliament of Quorland"),
        ("{o Group of Seven} ministers met. The {o G7}", "G7"),
        ("{o Group of Seven} ministers met", "Group of Seven"),
        ("The {o UN} met", "United Nations"),
        ("{o Standard & Poor's} spoke. {o S&P}", "Standard & Poor's"),
        ("The {o National Quorl Union} ({o NQU}) met the {o Northern Quay Users}. {o NQU}", "National Quorl Union"),
        ("The {o Quorl Senate Banking Committee} met. The {o Senate}", "Senate"),
        ("{o Leeford Rovers} beat the {o Leeford Rovers Supporters' Trust}. {o Leeford Rovers}", "Leeford Rovers"),
        ("{o Quorl & Vale} fell. {o Q&V}", "Quorl & Vale"),
        ("{o Twinner} rose. {o Quex}, formerly {o Twinner}", "Quex"),
    ],
)
def test_which_body_is_meant(marked: str, name: str) -> None:
    assert last_of(marked)[0] == name


@pytest.mark.parametrize(
    ("marked", "name", "how"),
    [
        ("The {l US}", "United States", "other name of United States"),
        ("{l America}", "United States", "other name of United States"),
        ("{l Great Britain}", "United Kingdom", "other name of United Kingdom"),
        ("{l Hashemite Kingdom of Jordan}", "Jordan", "full name of Jordan"),
        ("{l Democratic Republic of Congo} troops left. {l Congo}", "Democratic Republic of the Congo", "short for"),
        ("{l Zavatari’a} and {l Zavatari'a}", "Zavatari’a", "spelling of Zavatari’a"),
        ("{l Quorl Province} and {l Quorl}", "Quorl Province", "short for Quorl Province"),
    ],
)
def test_places(marked: str, name: str, how: str) -> None:
    found, why = last_of(marked)
    assert found == name
    assert why.startswith(how)


@pytest.mark.parametrize(
    ("marked", "whom"),
    [
        ("{l Washington} said it was ready", "United States"),
        ("{l Paris} denied it", "France"),
        ("{l Brussels} has warned of it", "European Union"),
        ("The {o Kremlin} said it was ready", "Russia"),
        ("Crowds gathered in {l Washington} on the hill", None),
        ("{l Washington} lies on a river", None),
    ],
)
def test_a_seat_of_government_acts_for_its_country_and_keeps_its_name(marked: str, whom: str | None) -> None:
    mention = mentions_of(marked)[0]
    assert mention.acts_for == whom
    assert mention.name == mention.text
    assert ("acting for" in mention.how) == (whom is not None)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{o Quorl} was sold to {o Quorl, Inc.} in May. {o Quorl}", "Quorl"),
        ("{o Quorl LLC} sued {o Quorl SRL}", "Quorl SRL"),
        ("{o Quorl LLC} sued {o Quorl SRL}. {o Quorl}", "Quorl"),
        ("{o Quorl} fell. {o Quorl} rose. {o Quorl Europe Inc.} spoke. {o Quorl}", "Quorl"),
        ("{o Quorl Corp.} fell. {o Quorl Corporation}", "Quorl Corporation"),
        ("{o Quorl} fell. {o Quorl and Zelp} spoke. {o Quorl}", "Quorl"),
        ("{o Quorl} fell. {o Quorl} rose. {o Quorl and Vale Bank} spoke. {o Quorl}", "Quorl and Vale Bank"),
        ("{o Quorl} fell. {o Quorl} rose. {o Quorl Scrutiny Committee} met. {o Quorl}", "Quorl"),
    ],
)
def test_bodies_that_a_text_tells_apart(marked: str, name: str) -> None:
    assert last_of(marked)[0] == name
