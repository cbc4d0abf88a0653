"""What is special about the engine on tantivy: its limits, its order of ties, its equality with whoosh."""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

from explorer.index import tantivy_phrases, tantivy_query, tantivy_search
from explorer.index.engine import Entry
from explorer.index.query.parser import parse
from explorer.index.query.syntax import And, Everything, FileIs, Node, Not, Or, Part, PartKind, Phrase
from explorer.index.tantivy_layout import LONGEST
from explorer.index.words import stem, words
from tests.index.both_engines import Engines


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    made = Engines(tmp_path)
    yield made
    made.close()


def word(text: str, kind: PartKind = "exact", distance: int = 0) -> Phrase:
    return Phrase((Part(text, kind, distance),), text)


def phrase(*parts: Part) -> Phrase:
    return Phrase(parts, " ".join(part.text[:20] for part in parts))


@pytest.mark.parametrize("length", [400, 10_000, LONGEST, LONGEST + 1, 65_530, 200_000])
def test_a_word_of_any_length_is_found_exactly(engines: Engines, length: int) -> None:
    long, other = "y" * length, "y" * (length - 1) + "z"
    engines.apply([Entry(1, "", f"a {long} b"), Entry(2, "", f"a {other} b"), Entry(3, long, "c"), Entry(4, "", f"{long}s")])
    assert engines.found(word(long)) == {1, 3}
    assert engines.found(word(other)) == {2}
    assert engines.found(word(long, "stem")) == {1, 3, 4}
    assert engines.found(Phrase((Part(long, "exact"),), "", "title")) == {3}
    for beginning in (long[:2], long[:3], long[:300], long[:-1]):
        assert engines.found(word(beginning, "typed")) == {1, 2, 3, 4}
        assert engines.found(word(f"{beginning}*", "wild")) == {1, 2, 3, 4}
    assert engines.found(word(f"{long}*", "wild")) == {1, 3, 4}
    assert engines.found(word(f"*{other[-9:]}", "wild")) == {2}
    a, b = Part("a", "exact"), Part("b", "exact")
    assert engines.found(phrase(a, Part(long, "exact"), b)) == {1}
    assert engines.found(phrase(a, Part(f"{long[:-1]}*", "wild"), b)) == {1, 2}
    assert engines.found(phrase(a, b)) == set()
    assert engines.found(phrase(Part("a*", "wild"), Part(long, "exact"))) == {1}
    assert engines.tantivy.expand("") == sorted({"a", "b", "c", long, other, f"{long}s"})
    assert engines.tantivy.expand("yy") == sorted({long, other, f"{long}s"})
    assert engines.tantivy.frequency(long) == 2
    assert engines.forms[stem(long)] == {long, f"{long}s"}


def test_no_phrase_crosses_a_paragraph_or_the_title(engines: Engines) -> None:
    engines.apply(
        [Entry(1, "prime", "minister said"), Entry(2, "x", "prime\n\nminister\n\nsaid"), Entry(3, "", "prime\nminister")]
    )
    stems, any_word = (Part("prime"), Part("minister")), Part("*", "wild")
    assert engines.found(phrase(*stems)) == {3}
    assert engines.found(phrase(Part("prime", "exact"), Part("minist", "typed"))) == {3}
    assert engines.found(phrase(Part("pr", "typed"), Part("m", "typed"))) == {3}
    for count in (1, 2, 3, 13, 14, 15, 16, 17, 30):
        assert engines.found(phrase(Part("prime"), *[any_word] * count, Part("minister"))) == set()
        assert engines.found(phrase(Part("prime"), *[any_word] * count, Part("said"))) == set()
    assert engines.found(phrase(Part("minister"), any_word)) == {1}
    assert engines.found(phrase(any_word, Part("minister"))) == {3}
    assert engines.found(phrase(any_word, any_word)) == {1, 3}


def test_a_hole_in_a_phrase_is_one_word(engines: Engines) -> None:
    engines.apply([Entry(1, "", "the old minister"), Entry(2, "", "the minister"), Entry(3, "", "the very old minister")])
    assert engines.found(phrase(Part("the"), Part("*", "wild"), Part("minister"))) == {1}
    assert engines.found(phrase(Part("the"), Part("*", "wild"), Part("**", "wild"), Part("min", "typed"))) == {3}


@pytest.mark.parametrize(
    "odd", ["a\x1cb", "a\x85b", "a\u2028b", "a\u3000b", "a\u00a0b", "a\x01b", "a\x02b\x03c", "a\x00b", "a b"]
)
def test_words_part_where_we_part_them(engines: Engines, odd: str) -> None:
    engines.apply([Entry(1, odd, odd), Entry(2, "", "ab")])
    assert engines.tantivy.expand("") == sorted({*words(odd), "ab"})
    assert engines.found(phrase(Part("a", "exact"), Part("b", "exact"))) == {1}


def test_equal_scores_are_ordered_by_number_whatever_the_page(engines: Engines) -> None:
    numbers = list(range(1, 200))
    random.Random(3).shuffle(numbers)
    for some in (
        itertools.batched(numbers, 23) if sys.version_info >= (3, 12) else [numbers[at : at + 23] for at in range(0, 200, 23)]
    ):
        engines.apply([Entry(number, "oil", "oil price" if number % 2 else "oil price oil") for number in some])
    for tree in (parse("oil price").tree, parse("price").tree, Or((word("price"), word("oil"))), Everything(), Not(word("x"))):
        whole = engines.tantivy.search(tree, engines.asking)
        assert whole.ranked == sorted(whole.ranked, key=lambda row: (-row[1], row[0]))
        assert len({score for _, score in whole.ranked}) <= 2
        for limit in (1, 7, 63, 64, 65, 98, 99, 100, 101, 198, 199, 500):
            assert engines.tantivy.search(tree, engines.asking, limit).ranked == whole.ranked[:limit]


def test_what_is_excluded_or_a_condition_does_not_score(engines: Engines) -> None:
    engines.apply([Entry(number, "", f"oil {'gas ' * number}") for number in range(1, 9)])
    plain = dict(engines.tantivy.search(word("oil"), engines.asking).ranked)
    for condition in (FileIs("path", "2"), FileIs("path", "1"), Not(word("coal")), Not(FileIs("path", "3")), Everything()):
        narrowed = dict(engines.tantivy.search(And((word("oil"), condition)), engines.asking).ranked)
        assert narrowed == {number: plain[number] for number in engines.found(And((word("oil"), condition)))}
    assert {score for _, score in engines.tantivy.search(FileIs("path", "2"), engines.asking).ranked} == {0.0}
    assert all(score > 0 for score in plain.values())


@pytest.mark.parametrize(("few", "for_one"), [(0, 256), (0, 1), (1, 1), (1000, 256)])
def test_conditions_hold_whether_looked_up_or_looked_at(
    engines: Engines, monkeypatch: pytest.MonkeyPatch, few: int, for_one: int
) -> None:
    monkeypatch.setattr(tantivy_search, "FEW", few)
    monkeypatch.setattr(tantivy_query, "READ_FOR_ONE", for_one)
    engines.apply([Entry(number, "", "oil gas" if number % 3 else "oil") for number in range(60)])
    two, three, all_of_them = FileIs("path", "2"), FileIs("path", "3"), FileIs("path", "1")
    oil, gas, every = word("oil"), word("gas"), set(range(60))
    evens, threes = set(range(0, 60, 2)), set(range(0, 60, 3))
    assert engines.found(And((oil, two))) == evens
    assert engines.found(And((oil, Not(two)))) == every - evens
    assert engines.found(And((oil, all_of_them))) == every
    assert engines.found(And((oil, Not(all_of_them)))) == set()
    assert engines.found(And((gas, two, Not(three)))) == evens - threes
    assert engines.found(And((Not(gas), two))) == evens & threes
    assert engines.found(And((Not(gas), Not(two), Not(three)))) == set()
    assert engines.found(And((Everything(), two, three))) == evens & threes
    assert engines.found(And((oil, Or((two, gas))))) == evens | (every - threes)


def test_many_ways_to_meet_a_phrase(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    """More words than tantivy takes in one pattern, and more alternatives than are looked up one by one."""
    monkeypatch.setattr(tantivy_phrases, "MOST_EXPANSIONS", 60)
    monkeypatch.setattr(tantivy_phrases, "MOST_TERMS", 100)
    numbers = [f"comp{first}{second}" for first in "abcdefgh" for second in "abcdefghijkl"]
    engines.apply([Entry(at, "", f"the {each} {numbers[-at]} ends") for at, each in enumerate(numbers, 1)])
    the, comp = Part("the", "exact"), Part("comp", "typed")
    assert len(engines.found(phrase(the, comp, comp))) == len(numbers)
    assert len(engines.found(phrase(the, Part("comp*", "wild"), Part("ends")))) == 0
    assert len(engines.found(phrase(the, Part("compc", "typed")))) == 12
    assert len(engines.found(phrase(the, Part(".*[a-d]", "regex"), Part("comp..", "regex")))) == 32
    monkeypatch.setattr(tantivy_phrases, "MOST_WAYS", 3)
    assert len(engines.found(phrase(the, Part(".*[a-d]", "regex"), Part("comp..", "regex")))) == 32


VOCABULARY = (
    *(
        "tax",
        "taxes",
        "taxed",
        "mi",
        "min",
        "mine",
        "minister",
        "the",
        "a",
        "m",
        "be",
        "C++",
        "c#",
        "happy",
        "happier",
        "1",
        "12",
    ),
    *(
        "cafés",
        "東京都",
        "ran",
        "runs",
        "x" * 70,
        "y" * 17_000,
        "y" * 17_000 + "s",
        "\U0001d401old",
        "h52",
        "मंत्री",
        "abcde",
        "abcd",
    ),
)


def _text(chance: random.Random, longest: int) -> str:
    separators = (*" " * 6, "\n", "\n\n", "-", ".", " \u2028")
    return "".join(chance.choice(VOCABULARY) + chance.choice(separators) for _ in range(chance.randint(0, longest)))


def _part(chance: random.Random) -> Part:
    text = chance.choice([each for written in VOCABULARY for each in words(written)])
    match chance.choice(("stem", "exact", "typed", "wild", "fuzzy", "regex")):
        case "typed":
            return Part(text[: chance.choice((1, 2, 3, 4, 500, 16_500))], "typed")
        case "fuzzy":
            return Part(text[:200], "fuzzy", chance.choice((1, 2)))
        case "wild":
            at = chance.randint(0, 4)
            return Part(chance.choice(("*", f"{text[:at]}*", f"{text[:at]}?{text[at + 1 : 200]}")), "wild")
        case "regex":
            return Part(chance.choice(("m.*", "[a-m]+", ".*s", r"\d", "(tax|min).*", ".{3}")), "regex")
        case kind:
            return Part(text, "exact" if kind == "exact" else "stem")


def _tree(chance: random.Random, depth: int = 0) -> Node:
    draw = chance.random() if depth < 3 else 0.0
    if draw < 0.5:
        where = chance.choice(("anywhere", "anywhere", "title"))
        return Phrase(tuple(_part(chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))), "", where)
    if draw < 0.8:
        return (And if draw < 0.65 else Or)(tuple(_tree(chance, depth + 1) for _ in range(chance.randint(2, 3))))
    return (
        Not(_tree(chance, depth + 1)) if draw < 0.9 else chance.choice((Everything(), FileIs("path", str(chance.randint(1, 5)))))
    )


@pytest.mark.parametrize("seed", range(4))
def test_any_tree_finds_what_whoosh_finds(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    engines = Engines(tmp_path, edges=seed != 0)
    for _ in range(3):
        add = [Entry(number, _text(chance, 4), _text(chance, 30)) for number in chance.sample(range(60), 10)]
        engines.apply(add, {entry.number for entry in add} | set(chance.sample(range(60), 3)))
        assert engines.tantivy.numbers() == engines.whoosh.numbers()
    some = sum(bool(engines.found(_tree(chance))) for _ in range(80))
    assert some > 20
    engines.close()
