"""Whom pronouns stand for: gender, place in the clause, chains, cataphora, nobody; and how sure."""

from __future__ import annotations

import pytest

from explorer.analysis.candidates import features
from explorer.analysis.layout import layout
from explorer.analysis.phrases import Item, items
from explorer.analysis.positions import clause_breaks, is_apposed, position, pronoun_class
from explorer.analysis.pronouns import Scene
from explorer.analysis.quotes import find_quotes
from explorer.model import Mention, Pronoun

PEOPLE = {"Nora Feld": "female", "Ivo Brandt": "male", "Petra Lund": "female", "Karl Moor": "male"}


class Known:
    """A person's gender."""

    def __init__(self, gender: str | None) -> None:
        self.gender = gender


PROFILES = {name: Known(gender) for name, gender in PEOPLE.items()}


def mentions_in(text: str) -> list[Mention]:
    forms = {form: name for name in PEOPLE for form in (name, name.split()[1])}
    found: list[Mention] = []
    for form in sorted(forms, key=len, reverse=True):
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            if all(end <= other.start or other.end <= start for other in found):
                found.append(Mention(start, end, form, "PERSON", forms[form], "test"))
            start = text.find(form, end)
    return sorted(found, key=lambda mention: mention.start)


def pronouns_in(text: str) -> list[Pronoun]:
    return list(find_quotes(text, layout(text), mentions_in(text), PROFILES)[1])


def row_of(text: str) -> list[Item]:
    return items(text, (0, len(text)), [], mentions_in(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Feld met Ivo Brandt. She thanked him.", {"She": "Nora Feld", "him": "Ivo Brandt"}),
        ("Nora Feld met Petra Lund in the street. She greeted her warmly.", {"She": "Nora Feld"}),
        ("Ivo Brandt left the party. His wife stayed.", {"His": "Ivo Brandt"}),
        ("Karl Moor hurt himself when Petra Lund fell.", {"himself": "Karl Moor"}),
        ("Ivo Brandt came. He sat down. He drank his tea.", {"He": "Ivo Brandt", "his": "Ivo Brandt"}),
        ("After her arrival, Nora Feld slept.", {"her": "Nora Feld"}),
    ],
)
def test_pronouns(text: str, expected: dict[str, str]) -> None:
    found = {text[one.start : one.end]: one.name for one in pronouns_in(text)}
    assert {word: found.get(word) for word in expected} == expected


def test_nobody_is_meant_where_nobody_was_named() -> None:
    assert pronouns_in("It rained. He left.") == []


def test_someone_without_a_name_is_meant_but_not_listed() -> None:
    text = "Nora Feld left. A farmer came by with his dog. He laughed."
    assert all(one.name != "farmer" for one in pronouns_in(text))
    assert "Nora Feld" not in {one.name for one in pronouns_in(text)}


def test_every_pronoun_says_how_and_how_sure() -> None:
    [found] = pronouns_in("Nora Feld came home late. She slept.")
    assert found.how == "She → Nora Feld"
    assert 0.3 <= found.confidence <= 1.0


def test_a_full_name_of_the_other_gender_is_out_where_another_fits() -> None:
    text = "Nora Feld sang. Ivo Brandt played. Karl Moor danced. Later she laughed."
    assert [one.name for one in pronouns_in(text)] == ["Nora Feld"]


def test_the_choices_are_shown_to_the_watcher() -> None:
    seen: list[tuple[str, list[str | None]]] = []

    def watch(offset: int, task: str, options: object, shown: list[list[str]]) -> None:
        seen.append((task, [features[0] for features in shown]))

    scene = Scene(PROFILES, watch=watch)
    scene.enter(row_of("Nora Feld came."), set())
    scene.enter(row_of("She slept."), set())
    assert [task for task, _ in seen] == ["person"]
    assert seen[0][1][-1] == "nobody"


def test_features_of_nobody_come_last() -> None:
    scene = Scene(PROFILES)
    scene.enter(row_of("Nora Feld came and she slept."), set())
    meant = scene.resolve("she", 19)
    assert meant is not None
    assert meant.name == "Nora Feld"
    assert features([], _place())[-1][0] == "nobody"


def _place():
    from explorer.analysis.candidates import Place

    row = row_of("She slept.")
    return Place(row, 0, 1, 0, 0, "subject", "female")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Feld left.", "subject"),
        ("Nora Feld, a painter from Lund, left.", "subject"),
        ("Karl saw Nora Feld.", "object"),
        ("He went with Nora Feld.", "oblique"),
        ("It was Nora Feld's house.", "possessor"),
    ],
)
def test_positions(text: str, expected: str) -> None:
    row = row_of(text)
    index = next(number for number, item in enumerate(row) if item.name is not None and item.name.name == "Nora Feld")
    assert position(row, index) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He saw her.", "object"),
        ("He saw her brother.", "possessive"),
        ("She slept.", "subject"),
        ("He hurt himself.", "reflexive"),
    ],
)
def test_forms_of_pronouns(text: str, expected: str) -> None:
    row = row_of(text)
    index = next(n for n, item in enumerate(row) if item.low in ("her", "himself") or (item.low == "she" and "her" not in text))
    assert pronoun_class(row, index) == expected


def test_a_verb_after_and_begins_no_clause() -> None:
    row = row_of("he sat down and laughed when she came and she wept")
    assert clause_breaks(row, 0, 5) == 0
    assert clause_breaks(row, 0, len(row)) == 2


def test_appositions_name_nobody_new() -> None:
    row = row_of("Nora Feld, 42, a farmer from Lund, wept.")
    farmer = next(index for index, item in enumerate(row) if item.low == "farmer")
    assert is_apposed(row, farmer - 1, farmer)


def test_time_is_linear_in_people_and_pronouns() -> None:
    text = "Nora Feld met Ivo Brandt. She thanked him and he thanked her. " * 400
    found = pronouns_in(text)
    assert len(found) > 1200
    assert {one.name for one in found} <= set(PEOPLE)
