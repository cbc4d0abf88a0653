"""Who speaks: names with letters behind them, roles and bodies led back to names, people whom the text does not name."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from explorer.analysis import analyse
from explorer.analysis.descriptions import describe
from explorer.analysis.layout import layout
from explorer.analysis.quotes import find_quotes
from explorer.analysis.ranker import probabilities, weights
from explorer.model import EntityType, Mention, Quote

NAMES: dict[str, tuple[EntityType, str]] = {
    "Nora Feld": ("PERSON", "female"),
    "Ivo Brandt": ("PERSON", "male"),
    "Petra Lund": ("PERSON", "female"),
    "Arvid Steel": ("ORG", ""),
    "Port Authority": ("ORG", ""),
    "Dockers Union": ("ORG", ""),
    "Lund": ("PERSON", "female"),
    "Osterby": ("PLACE", ""),
}
FULL = {"Lund": "Petra Lund"}
PATTERN = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
PROFILES = {name: SimpleNamespace(gender=gender) for name, (kind, gender) in NAMES.items() if kind == "PERSON"}


def mentions_in(text: str) -> list[Mention]:
    found = [(match.start(), match.end(), match.group()) for match in PATTERN.finditer(text)]
    return [Mention(start, end, form, NAMES[form][0], FULL.get(form, form), "test") for start, end, form in found]


def quotes_in(text: str) -> tuple[Quote, ...]:
    return find_quotes(text, layout(text), mentions_in(text), PROFILES)[0]


def speakers_in(text: str) -> list[str | None]:
    return [quote.speaker.name if quote.speaker else None for quote in quotes_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The energy minister, Nora Feld, came late. Ivo Brandt left. “We wait,” the minister said.", "Nora Feld"),
        ("Nora Feld, a chemist from Osterby, found the leak. Ivo Brandt paid. “It stank,” the chemist said.", "Nora Feld"),
        ("Port officials met. “We wait,” the harbour master said. Ivo Brandt, the harbour master, left.", "Ivo Brandt"),
        ("“We wait,” said Nora Feld QC.", "Nora Feld"),
        ("“We wait,” said a man who gave his name as Ivo Brandt.", "Ivo Brandt"),
        ("“We wait,” said a lawyer for Mr Ivo Brandt.", "lawyer for Ivo Brandt"),
        ("“We wait,” an Arvid Steel spokeswoman said.", "spokeswoman for Arvid Steel"),
        ("“We wait,” said Arvid Steel's spokesman.", "spokesman for Arvid Steel"),
        ("Arvid Steel rejected the claim. “We wait,” a spokesman said.", "spokesman for Arvid Steel"),
        ("“We wait,” a person familiar with the matter said.", "person familiar with the matter"),
        ("“We wait,” said a source at the ministry.", "source at ministry"),
        ("“We wait,” a Port Authority official in Osterby said.", "Port Authority official"),
        ("Ivo Brandt is ill. “He sleeps,” his sister said.", "sister of Ivo Brandt"),
    ],
)
def test_speaker(text: str, expected: str) -> None:
    assert speakers_in(text) == [expected]


def test_the_diplomat_is_the_one_quoted_before_not_whoever_was_named() -> None:
    text = "“We wait,” a senior diplomat said. Ivo Brandt had left. “We still wait,” the diplomat said."
    assert speakers_in(text) == ["senior diplomat", "senior diplomat"]


def test_a_role_says_whose_and_how_sure_and_who_else() -> None:
    text = "The energy minister, Nora Feld, came late. Ivo Brandt left. “We wait,” the minister said."
    speaker = quotes_in(text)[0].speaker
    assert speaker is not None
    assert speaker.how == "the minister → Nora Feld (energy minister)"
    assert speaker.chain == ("the minister", "Nora Feld")
    assert 0.3 < speaker.confidence <= 1.0
    assert all(0 < share < 1 for _, share in speaker.alternatives)


def test_a_pronoun_keeps_its_chain() -> None:
    speaker = quotes_in("Nora Feld met Ivo Brandt. “We wait,” she said.")[0].speaker
    assert speaker is not None
    assert speaker.chain == ("she", "Nora Feld")
    assert speaker.how == "she → Nora Feld"


def test_a_pronoun_is_nobody_named_only_in_the_words_it_reports() -> None:
    assert speakers_in("Osterby, she said, has closed the pier.") == [None]


@pytest.mark.parametrize(
    ("text", "name", "head", "word"),
    [
        ("Foreign Minister Nora Feld left.", "Nora Feld", "minister", "foreign"),
        ("Nora Feld, a baker from Osterby, left.", "Nora Feld", "baker", "osterby"),
        ("Nora Feld, 42, a baker, left.", "Nora Feld", "42-year-old", "42-year-old"),
        ("Ivo Brandt, who leads the union, left.", "Ivo Brandt", "leader", "union"),
        ("Ivo Brandt is the treasurer of the club.", "Ivo Brandt", "treasurer", "club"),
        ("Secretary of State Nora Feld left.", "Nora Feld", "secretary", "state"),
        ("The shipbuilder Arvid Steel closed.", "Arvid Steel", "shipbuilder", "shipbuilder"),
    ],
)
def test_descriptions(text: str, name: str, head: str, word: str) -> None:
    known = describe(text, mentions_in(text))
    found = [one for one in known.by_name[name] if one.head == head]
    assert found
    assert word in found[0].words
    assert found[0] in known.by_head[head]


def test_a_verb_is_no_description() -> None:
    text = "Nora Feld, said Ivo Brandt, was late."
    assert describe(text, mentions_in(text)).by_head == {}


def test_probabilities_add_up_and_follow_the_weights() -> None:
    shares = probabilities({"good": 2.0, "bad": -2.0}, [["good"], ["bad"], ["never seen"]])
    assert sum(shares) == pytest.approx(1.0)
    assert shares[0] > shares[2] > shares[1]
    assert probabilities({}, [["any"], ["other"]]) == [0.5, 0.5]


@pytest.mark.parametrize("task", ["person", "thing", "role", "body"])
def test_the_weights_of_every_task_are_there(task: str) -> None:
    known = weights(task)
    assert len(known) > 20
    assert all(-9 < weight < 9 for weight in known.values())


def test_an_unknown_task_is_an_error() -> None:
    with pytest.raises(KeyError):
        weights("no such task")


def test_the_only_union_of_a_text_is_the_union():
    text = "The Dockers Union met on Monday. Kestrel Shipping left. The work goes to Rome, according to the union."
    assert [quote.speaker.name for quote in analyse(text).quotes if quote.speaker] == ["Dockers Union"]
