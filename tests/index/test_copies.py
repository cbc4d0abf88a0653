"""Which documents are copies of each other: exact ones, near ones, and what must never be folded."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.index import catalogue
from explorer.index.copies import families, fold, note_copies, sketch, wording
from explorer.index.engine import Entry
from explorer.index.words import words

# Sentences of our own, of no story.
SENTENCES = [
    f"The {who} of the {where} {did} the {what} after a long {when} because nobody had {reason} it before."
    for who, where, did, what, when, reason in zip(
        (
            "keeper",
            "baker",
            "clerk",
            "driver",
            "painter",
            "teacher",
            "farmer",
            "sailor",
            "printer",
            "gardener",
            "weaver",
            "smith",
        ),
        ("harbour", "mill", "court", "depot", "theatre", "school", "valley", "island", "press", "park", "factory", "inn"),
        ("closed", "sold", "copied", "drove", "finished", "marked", "mended", "sighted", "folded", "pruned", "dyed", "struck"),
        ("gate", "flour", "ledger", "tram", "ceiling", "papers", "fence", "beacon", "pages", "hedges", "cloth", "iron"),
        ("night", "winter", "trial", "strike", "season", "term", "drought", "storm", "shift", "spring", "sale", "week"),
        ("checked", "weighed", "signed", "fuelled", "lit", "read", "measured", "seen", "sewn", "watered", "washed", "heated"),
        strict=True,
    )
]
STORY = "\n\n".join(" ".join(SENTENCES[at : at + 3]) for at in range(0, 12, 3))
OTHER = " ".join(" ".join(reversed(line.split())) for line in SENTENCES)
HEADLINE = "Keeper closes harbour gate"


class Catalogue:
    """A catalogue of texts only."""

    def __init__(self, folder: Path) -> None:
        self.connection = catalogue.connect(folder / "catalogue.sqlite", writable=True)
        self.connection.execute("INSERT INTO file VALUES (1, 'x', 'x', 0, 0, 0, 0, '', 0)")

    def put(self, texts: Mapping[int, str], titles: Mapping[int, str] | None = None) -> None:
        entries = [Entry(number, (titles or {}).get(number, ""), text) for number, text in texts.items()]
        with catalogue.transaction(self.connection):
            for entry in entries:
                self.connection.execute("DELETE FROM document WHERE number = ?", (entry.number,))
                self.connection.execute(
                    "INSERT INTO document (number, file, member, path, title, author, source, guessed, problems, body_end,"
                    " characters, text) VALUES (?, 1, ?, '', ?, '', '', '[]', '[]', 0, 0, ?)",
                    (entry.number, str(entry.number), entry.title, catalogue.pack(entry.text)),
                )
            note_copies(self.connection, entries)

    def remove(self, *numbers: int) -> None:
        for number in numbers:
            self.connection.execute("DELETE FROM document WHERE number = ?", (number,))

    def together(self) -> set[frozenset[int]]:
        found: dict[int, set[int]] = {}
        for document, (family, _) in families(self.connection).items():
            found.setdefault(family, set()).add(document)
        return set(map(frozenset, found.values()))


@pytest.fixture
def kept(tmp_path: Path) -> Iterable[Catalogue]:
    made = Catalogue(tmp_path)
    yield made
    made.connection.close()


NEAR = {
    "byline": "By Ann Writer\n\n" + STORY,
    "agency line": STORY + "\n\nCopyright of the Valley Press Agency. All rights kept.",
    "correction": "Correction: an earlier version of this story gave the wrong name of the mill.\n\n" + STORY,
    "changed number word": STORY.replace("a long storm", "a short storm"),
    "one number": STORY.replace("the tram", "the 14 trams"),
    "a sentence less": STORY.replace(SENTENCES[11], ""),
    "other marks and case": STORY.upper().replace(".", " …"),
    "spelling": STORY.replace("measured", "mesured").replace("weighed", "wayed"),
}


@pytest.mark.parametrize("edit", NEAR)
def test_a_near_copy_is_in_the_family(kept: Catalogue, edit: str) -> None:
    kept.put({1: OTHER, 2: STORY, 3: NEAR[edit]})
    assert kept.together() == {frozenset({2, 3})}
    same = words(STORY) == words(NEAR[edit])
    found = families(kept.connection)
    assert (found[2][1] == found[3][1]) is same is (edit == "other marks and case")


def test_a_changed_headline_is_in_the_family(kept: Catalogue) -> None:
    titles = {1: HEADLINE, 2: "NOBODY HAD CHECKED THE HARBOUR GATE, SAYS COURT"}
    kept.put({number: f"{title}\nvalley press, 2024-0{number}-01\n\n{STORY}" for number, title in titles.items()}, titles)
    assert kept.together() == {frozenset({1, 2})}
    found = families(kept.connection)
    assert found[1][1] != found[2][1]


def _obituary(name: str, place: str, age: int) -> str:
    return (
        f"{name}, of {place}, died at home on Sunday at the age of {age}. {name} was born in {place} and went to school there. "
        "A service will be held in the chapel on the hill, and the family asks that no flowers be sent. "
        f"Friends of {name} may call at the house in the afternoon. In place of flowers, gifts may be made to the town library. "
        "The family wishes to thank the nurses of the county ward for all the care they gave in these last months."
    )


def _weather(high: int, low: int, wind: str, rain: int) -> str:
    return (
        f"The weather office expects a high of {high} degrees in the valley and a low of {low} degrees on the hills, with wind "
        f"from the {wind} that grows stronger towards the evening. Rain of up to {rain} millimetres may fall before midnight. "
        "Drivers are asked to take care on the bridges. The office will give its next forecast at six in the morning, and "
        "farmers can ring the office at any hour of the day for the forecast of their own parish and of those beside it."
    )


LETTER = "This letter and all that is sent with it is meant for the one it is addressed to. " + " ".join(SENTENCES[:8])
NOT_COPIES = {
    "obituaries": (_obituary("Ada Lorn", "Milltown", 81), _obituary("Ben Marsh", "Oldford", 77)),
    "weather": (_weather(21, 9, "west", 4), _weather(24, 11, "north", 12)),
    "a short notice": (
        "The bank bought reserves of 14 million crowns in the open market today, a spokesman said, to be paid back in a week.",
        "The bank bought reserves of 16 million crowns in the open market today, a spokesman said, to be paid back in a week.",
    ),
    "footers of letters": (
        f"From: a@x.example\nTo: b@x.example\n\nYes, agreed.\n\n{LETTER}",
        f"From: a@x.example\nTo: b@x.example\n\nNo, see me first.\n\n{LETTER}",
    ),
    "a letter and its answer": (STORY, "Do you believe this?\n\n> " + STORY.replace("\n", "\n> ")),
    "shuffled paragraphs": ("\n\n".join(SENTENCES[:9]), "\n\n".join([*SENTENCES[6:9], *SENTENCES[9:12], *SENTENCES[:3]])),
    "a story that grew": (STORY, STORY + "\n\n" + OTHER[:400]),
    "a text said twice": (STORY, f"{STORY}\n\n{STORY}"),
    "short texts": ("The mayor resigned on Monday.", "The mayor resigned on Tuesday."),
}


@pytest.mark.parametrize("case", NOT_COPIES)
def test_what_is_no_copy(kept: Catalogue, case: str) -> None:
    one, other = NOT_COPIES[case]
    kept.put({1: one, 2: other})
    assert kept.together() == set()
    kept.put({3: one})
    assert kept.together() == {frozenset({1, 3})}


def test_a_short_text_is_a_copy_only_with_its_title(kept: Catalogue) -> None:
    kept.put({1: "See below.", 2: "see  below", 3: "See below."}, {1: "The budget", 2: "The Budget", 3: "The tram"})
    assert kept.together() == {frozenset({1, 2})}


def test_texts_without_words_are_no_copies(kept: Catalogue) -> None:
    kept.put({1: "", 2: "", 3: "… !", 4: "… !"})
    assert kept.together() == set()


def test_families_follow_what_comes_and_goes(kept: Catalogue) -> None:
    kept.put({1: STORY})
    assert kept.connection.execute("SELECT COUNT(*) FROM copy").fetchone() == (0,)
    kept.put({5: NEAR["byline"]})
    kept.put({3: NEAR["agency line"]})
    assert kept.together() == {frozenset({1, 3, 5})}
    kept.put({1: OTHER})
    assert kept.together() == {frozenset({3, 5})}
    kept.put({9: OTHER})
    assert kept.together() == {frozenset({3, 5}), frozenset({1, 9})}
    kept.remove(3)
    assert kept.together() == {frozenset({1, 9})}
    kept.put({7: NEAR["byline"]})
    assert kept.together() == {frozenset({1, 9}), frozenset({5, 7})}
    kept.put({1: "nothing", 5: "at all", 7: "to share", 9: "here"})
    assert kept.together() == set()


def test_a_copy_of_a_copy_joins_only_what_it_is_a_copy_of(kept: Catalogue) -> None:
    def drift(steps: int) -> str:
        return " ".join([*SENTENCES[steps:], *(f"{line} Or so they say." for line in SENTENCES[:steps])][: 12 - steps])

    kept.put({number: drift(number - 1) for number in range(1, 8)})
    assert kept.together()
    for family in kept.together():
        first = min(family)
        for number in family:
            ours, theirs = set(words(drift(first - 1))), set(words(drift(number - 1)))
            assert len(ours & theirs) >= 0.6 * len(ours | theirs), family
    assert not any({1, 7} <= family for family in kept.together())


def test_a_thousand_equal_texts_cost_little(kept: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.index import copies

    compared = []
    real = copies._copies
    monkeypatch.setattr(copies, "_copies", lambda one, other: compared.append(1) or real(one, other))
    kept.put(dict.fromkeys(range(1, 1001), STORY))
    assert kept.together() == {frozenset(range(1, 1001))}
    assert len(compared) < 1100


texts = st.text("ab .,\n'é", max_size=60)


@given(texts, texts)
def test_the_wording_is_equal_exactly_when_the_words_are(one: str, other: str) -> None:
    assert (wording(words(one)) == wording(words(other))) is (words(one) == words(other))
    assert 0 <= wording(words(one)) < 1 << 63


@given(st.lists(st.sampled_from(words(STORY)), max_size=80))
def test_a_sketch_is_the_same_for_the_same_words(folded: list[str]) -> None:
    assert sketch(folded) == sketch(list(folded))
    assert all(-(1 << 31) <= band < 1 << 31 for band in sketch(folded).bands)
    assert bool(sketch(folded).bands) is bool(folded)


@given(st.lists(st.integers(1, 30), unique=True), st.dictionaries(st.integers(1, 30), st.tuples(st.integers(1, 4), st.just(0))))
def test_folding_keeps_the_order_and_every_document(ranked: list[int], known: dict[int, tuple[int, int]]) -> None:
    folded = fold(ranked, known)
    assert sorted(number for leader, others in folded for number in (leader, *others)) == sorted(ranked)
    leaders = [leader for leader, _ in folded]
    assert leaders == [number for number in ranked if number in set(leaders)]
    for leader, others in folded:
        assert all(known[leader][0] == known[other][0] for other in others)
        assert list(others) == [number for number in ranked if number in set(others)]
        assert all(ranked.index(leader) < ranked.index(other) for other in others)
    seen = [known[leader][0] for leader in leaders if leader in known]
    assert len(seen) == len(set(seen))


def _real_stories(shared: Path, count: int) -> list[dict[str, str]]:
    with gzip.open(shared / "corpora" / "stories.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(count), lines, strict=False)]


def test_edited_stories_are_found_and_shuffled_ones_are_not(shared: Path, kept: Catalogue) -> None:
    stories = _real_stories(shared, 1500)
    chooser = random.Random(3)
    paragraphs = [paragraph for story in stories for paragraph in story["body"].split("\n\n")]
    texts = {number: story["body"] for number, story in enumerate(stories)}
    edited = {number: text for number, text in texts.items() if len(words(text)) >= 100}
    changes = (
        lambda text: "By ANN WRITER, Valley Press\n\n" + text,
        lambda text: text + "\n\nThis story was corrected on Friday.",
        lambda text: " ".join([*text.split(" ")[:50], "indeed", *text.split(" ")[51:]]),
        lambda text: text.upper().replace(",", " "),
    )
    copies = {10_000 + number: changes[number % 4](text) for number, text in edited.items()}
    shuffled = {20_000 + n: "\n\n".join(chooser.choices(paragraphs, k=chooser.randint(4, 9))) for n in range(1500)}
    kept.put(texts | copies | shuffled)
    together = {document: family for family in kept.together() for document in family}
    found = sum(number in together.get(10_000 + number, ()) for number in edited)
    assert found >= 0.99 * len(edited), (found, len(edited))
    wrong = [family for family in kept.together() if any(number >= 20_000 for number in family)]
    assert wrong == []


def test_a_document_that_is_gone_leaves_nothing(kept: Catalogue) -> None:
    kept.put({1: STORY, 2: STORY})
    kept.remove(1, 2)
    counts = [kept.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("copy", "sketch")]
    assert counts == [0, 0]
    assert isinstance(kept.connection, sqlite3.Connection)
