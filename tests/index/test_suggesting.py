"""What is offered for a query that finds nothing, counted on a small folder by a plain reading of the tree."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.index.query.parser import parse
from explorer.index.query.syntax import (
    And,
    Everything,
    FileIs,
    Named,
    Near,
    Node,
    Not,
    Or,
    Part,
    Phrase,
    QueryError,
)
from explorer.index.spelling import nearest_words
from explorer.index.suggesting import MOST, MOST_COUNTS, suggest
from explorer.index.words import stem, words
from explorer.model import Repair

TEXTS = [
    "The minister of finance delayed the tax on flour",
    "The minister said the harvest was poor this year",
    "A tax on flour raises the price of bread, the bakers say",
    "Bakers raise prices; the health care budget is delayed",
    "The president met the finance minister in the harbour",
    "Harbour dues and the flour tax go to the town budget",
]
DATES = ["2023-01-05", "2023-06-07", "2024-02-01", "2024-03-01", "2024-05-01", "2022-01-01"]
PEOPLE = {"Ada Lorn": {0, 1}, "Bea Ridge": {2}}
FREQUENCY = Counter(word for text in TEXTS for word in set(words(text)))
VOCABULARY = sorted(FREQUENCY)


def _is(part: Part, word: str) -> bool:
    return word == part.text or (part.kind == "stem" and stem(word) == stem(part.text))


def _spans(node: Phrase | Near, found: list[str]) -> list[tuple[int, int]]:
    if isinstance(node, Phrase):
        if node.where == "title":
            return []
        return [
            (at, at + len(node.parts) - 1)
            for at in range(len(found) - len(node.parts) + 1)
            if all(_is(part, found[at + step]) for step, part in enumerate(node.parts))
        ]
    assert isinstance(node.left, Phrase) and isinstance(node.right, Phrase)
    most = node.within if isinstance(node.within, int) else 100
    pairs = itertools.product(_spans(node.left, found), _spans(node.right, found))
    return [(a[0], b[1]) for a, b in pairs if 0 < b[0] - a[1] <= most or (not node.ordered and 0 < a[0] - b[1] <= most)]


def _holds(tree: Node, at: int) -> bool:
    match tree:
        case And(children):
            return all(_holds(child, at) for child in children)
        case Or(children):
            return any(_holds(child, at) for child in children)
        case Not(child):
            return not _holds(child, at)
        case Phrase() | Near():
            return bool(_spans(tree, words(TEXTS[at])))
        case Named("person" | "entity", value):
            return any(at in there for name, there in PEOPLE.items() if f" {' '.join(words(value))} " in f" {name.lower()} ")
        case FileIs("date", _, first, last):
            return (not first or DATES[at] >= first) and (not last or DATES[at] <= last)
        case Everything():
            return True
        case _:
            return False  # nothing is said here, and nobody


def count(query: str) -> int:
    tree = parse(query).tree
    return sum(_holds(tree, at) for at in range(len(TEXTS)))


def names(field: str, value: str) -> list[str]:
    return ["Ada Lorn"] if field in ("person", "entity") and "lr" in value.lower() else []


def ask(text: str, **more: Callable[..., object]) -> tuple[Repair, ...]:
    return suggest(text, parse(text).tree, count, VOCABULARY, lambda word: FREQUENCY[word], names, seconds=60.0, **more)  # type: ignore[arg-type]


def offered(text: str) -> list[tuple[str, str, int]]:
    assert count(text) == 0
    return [(repair.label, repair.query, repair.documents) for repair in ask(text)]


def queries(text: str) -> list[str]:
    return [query for _, query, _ in offered(text)]


def test_the_nearest_words_come_first_and_of_them_the_commonest() -> None:
    frequency = Counter({"minister": 3, "minster": 1, "sinister": 9, "ministers": 5, "master": 50})
    nearest = nearest_words("minsiter", sorted(frequency), frequency.__getitem__, 9)
    assert nearest == ["minister", "minster", "ministers", "sinister"]
    assert nearest_words("tx", ["tax"], lambda _: 1, 9) == []
    assert nearest_words("1987", ["1988", "987"], lambda _: 1, 9) == ["1988", "987"]
    assert nearest_words("healthcare", ["care", "health"], lambda _: 2, 9) == ["health care"]
    assert nearest_words("gone", ["done", "goner"], lambda word: word == "done", 9) == ["done"]


def test_a_misspelt_word_is_spelt_as_in_the_folder() -> None:
    assert offered("minsiter")[0] == ("did you mean minister?", "minister", 3)
    assert offered("tax   Presidnet")[0][1] != "tax   President"  # they are in no document together
    assert queries("Presidnet harbour")[0] == "President harbour"
    assert queries('"finace minister"')[0] == '"finance minister"'
    assert queries("-bread (minsiter | flur) sort:date")[0] == "-bread (minister | flour) sort:date"
    assert queries("minsiter w/9 harbuor")[0] == "minister w/9 harbour"
    assert queries("healthcare budget")[0] == '"health care" budget'
    assert queries("price -flur minsiter")[0] != "price -flour minister"


def test_a_phrase_of_words_that_are_all_there() -> None:
    assert ('the words of "bread flour" apart', "bread flour", 1) in offered('"bread flour"')


def test_a_misspelt_name_and_a_name_of_another_kind() -> None:
    assert offered('tax person:"Ada Lron"')[0] == ('did you mean person:"Ada Lorn"?', 'tax person:"Ada Lorn"', 1)
    assert offered("flour org:Ridge")[0] == ("did you mean entity:Ridge?", "flour entity:Ridge", 1)
    assert queries("-harbour (organisation:Ridge | xyzzy)")[0] == "-harbour (entity:Ridge | xyzzy)"


def test_one_condition_is_left_out() -> None:
    found = offered("minister bread")
    assert ("without bread", "minister", 3) in found
    assert ("without minister", "bread", 1) in found
    assert found.index(("without minister", "bread", 1)) < found.index(("without bread", "minister", 3))
    assert offered("harvest date:2024")[0] == ("without date:2024", "harvest", 1)
    assert offered("bread minister -town sort:-date")[0][1] == "bread -town sort:-date"
    assert offered("xyzzy bread")[0] == ("without xyzzy", "bread", 1)


def test_conditions_that_ask_for_less() -> None:
    assert ("within 15 words, not 3", "minister w/15 flour", 1) in offered("minister w/3 flour")
    assert ("prices and care anywhere", "prices care", 1) in offered("prices pre/1 care")
    assert ("bread anywhere, not only in quotes", "bread", 1) in offered("said:bread")
    assert ("bread anywhere, not only in the title", "bread", 1) in offered("title:bread")
    assert ("raising in all its forms", "raising", 2) in offered("=raising")


def test_any_of_the_words_comes_last_and_says_so() -> None:
    found = offered("minister bread harbour -town")
    assert found[-1] == ("any of the words, not all", "(minister OR bread OR harbour) -town", 4)
    assert [label for label, _, _ in found].count("any of the words, not all") == 1
    assert not any(" OR " in query for _, query, _ in found[:-1])


def test_nothing_is_offered_that_finds_nothing() -> None:
    assert offered("xyzzy") == []
    assert offered("person:Nobody") == []
    assert suggest("a " * 800, Everything(), count, [], lambda _: 0) == ()


class _NotWantedError(Exception):
    pass


def test_it_stops_when_it_is_told_or_has_no_time() -> None:
    def stop() -> None:
        raise _NotWantedError

    with pytest.raises(_NotWantedError):
        ask("minister bread", check=stop)
    text = "minister bread"
    assert suggest(text, parse(text).tree, count, VOCABULARY, FREQUENCY.__getitem__, seconds=-1.0) == ()


LEAVES = st.sampled_from(
    [
        *("minister", "minsiter", "flour", "flur", "bread", "Harbour", "=raise", '"flour tax"', '"tax flour"', "said:tax"),
        *("person:lorn", 'person:"Ada Lron"', "date:2024", "before:2023", "tax w/2 town", "tax pre/s bread", "title:tax"),
        *("-(bakers town)", "tx", "(tax flour)", "healthcare", "U.S.", "sort:date", "(bread OR xyzzy)", "-tax"),
    ]
)


@given(st.lists(LEAVES, min_size=1, max_size=12).map(" ".join))
def test_every_repair_finds_what_it_says(text: str) -> None:
    asked: list[str] = []

    def counted(query: str) -> int:
        asked.append(query)
        return count(query)

    try:
        tree = parse(text).tree
    except QueryError:
        return
    if count(text):
        return
    found = suggest(text, tree, counted, VOCABULARY, FREQUENCY.__getitem__, names, seconds=60.0)
    assert len(found) <= MOST and len(asked) <= MOST_COUNTS
    assert len({repair.query for repair in found}) == len(found)
    assert all(repair.documents == count(repair.query) > 0 for repair in found)
    assert len(asked) == len(set(asked))
