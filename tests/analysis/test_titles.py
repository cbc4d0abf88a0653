"""Titles and jobs stay out of people's names, vessels are no people, and the full name is found behind the short one."""

from __future__ import annotations

import pytest

from explorer.analysis import analyse

TITLES = (
    "Harbour Master",
    "Finance Minister",
    "Shadow Home Secretary",
    "Judge",
    "Captain",
    "Chief Inspector",
    "Tan Sri",
    "Lifeboat Coxswain",
    "Town Clerk",
    "Marine Biologist",
    "Sub-Inspector",
    "Postmaster General",
    "Chief Financial Officer",
    "Press Officer",
    "Parish Priest",
    "Shop Steward",
    "Historian",
    "Volunteer",
)
NAMES = ("Nadia Verrall", "Elena Marsh", "Jane Doe", "Robert Hill", "Ruth Bell", "Peter Park")


def entities(text: str) -> list[tuple[str, str, str]]:
    return [(one.type, one.text, one.name) for one in analyse(text).entities if one.type != "DATE"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_no_part_of_a_name_and_the_surname_joins(title, name):
    surname = name.split()[1]
    text = f'It was nine. "We will wait," {title} {name} told them. Then {surname} left. "It was long," said {title} {surname}.'
    assert set(entities(text)) == {("PERSON", name, name), ("PERSON", surname, name)}
    assert [quote.speaker.name for quote in analyse(text).quotes if quote.speaker] == [name, name]


def test_letters_behind_a_name_are_left_out():
    assert entities("The court heard Judge Roger Kellaway QC on appeal.") == [("PERSON", "Roger Kellaway", "Roger Kellaway")]


@pytest.mark.parametrize("place", ["Prince William Sound", "Queen Street", "King Park"])
def test_titles_in_the_names_of_places_make_nobody(place):
    assert "PERSON" not in {kind for kind, _, _ in entities(f"They drove along {place} and came back.")}


def test_a_vessel_is_nobody_wherever_it_is_named():
    text = "The car ferry Lady Anselm was late. The Lady Anselm is old, and Lady Anselm will be sold. Ada Quill owns HMS Sutton."
    assert entities(text) == [("PERSON", "Ada Quill", "Ada Quill")]
    assert entities("They met Lady Anselm in the hall.") == [("PERSON", "Anselm", "Anselm")]


def test_the_nickname_joins_the_full_name():
    text = '"We fix them," Bobby Lanyon said. Robert Lanyon went on. Lanyon left. Bobby was late.'
    assert {name for _, _, name in entities(text)} == {"Robert Lanyon"}
    assert {name for _, _, name in entities("Bobby Lanyon met Robert Quist. Lanyon left.")} == {"Bobby Lanyon", "Robert Quist"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rádio Encontro said it would rain.", ("ORG", "Rádio Encontro", "Rádio Encontro")),
        ("Sofia Arcell said it would rain.", ("PERSON", "Sofia Arcell", "Sofia Arcell")),
        ("The pact binds the U.S. and the U.S. The U.S. knows. The U.S. waits.", ("PLACE", "U.S.", "United States")),
        ("China's People's Liberation Army marched.", ("ORG", "People's Liberation Army", "People's Liberation Army")),
        ("GENEVA, May 3 (AP) - It rained.", ("PLACE", "GENEVA", "Geneva")),
        ("Nordbolt chief executive Anna Berg left.", ("ORG", "Nordbolt", "Nordbolt")),
    ],
)
def test_the_type_and_name_of_other_names(text, expected):
    assert expected in entities(text)


def test_one_firm_under_several_forms_is_one():
    text = "Quillan Copper Co sold it. Quillan Copper said so. Quillan Copper Mining Corp bought it."
    names = {text: name for _, text, name in entities(text)}
    assert names["Quillan Copper"] == names["Quillan Copper Co"] == "Quillan Copper Co"
    assert names["Quillan Copper Mining Corp"] == "Quillan Copper Mining Corp"


def test_a_text_in_another_language_gives_sure_names_only():
    text = (
        "Die Verwaltung hat gestern mit den Betreibern der Anlage über die Folgen der Krise gesprochen. Nach Angaben der Behörde"
        " sind die Kosten der Planung im letzten Jahr noch einmal stark gestiegen. Der Sprecher Stefan Müller nannte die"
        " Entwicklung des Absatzes in Berlin eine Folge der Lage und bat um Geduld, weil die Zahlen noch nicht sicher seien."
    )
    assert {(kind, name) for kind, _, name in entities(text)} <= {("PERSON", "Stefan Müller"), ("PLACE", "Berlin")}
