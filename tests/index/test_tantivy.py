"""What is special about the engine on tantivy: its limits, its order of ties, its lock, its files."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

import explorer
from explorer.index import tantivy_engine, tantivy_phrases, tantivy_query, tantivy_seal, tantivy_search
from explorer.index.engine import Asking, DamagedIndexError, Entry
from explorer.index.lexicon import Lexicon
from explorer.index.query.parser import parse
from explorer.index.query.syntax import And, Everything, FileIs, Node, Not, Or, Part, PartKind, Phrase
from explorer.index.tantivy_engine import TantivyEngine
from explorer.index.tantivy_layout import LONGEST
from explorer.index.whoosh_engine import WhooshEngine
from explorer.index.words import stem, words
from explorer.model import ExplorerError

os.environ["RUST_BACKTRACE"] = "0"


class Engines:
    """The engine, and the one it must be equal to, with the same texts."""

    def __init__(self, folder: Path, edges: bool = True) -> None:
        self.forms: dict[str, set[str]] = {}
        self.tantivy = TantivyEngine(folder / "tantivy", self.forms_of, self.keep_forms, edges)
        self.whoosh = WhooshEngine(folder / "whoosh", self.forms_of, self.keep_forms, edges)

    def forms_of(self, wanted: str) -> list[str]:
        return sorted(self.forms.get(wanted, ()))

    def keep_forms(self, forms: Iterator[tuple[str, str]]) -> None:
        for root, word in forms:
            self.forms.setdefault(root, set()).add(word)

    def apply(self, add: list[Entry], remove: set[int] | None = None) -> None:
        for engine in (self.tantivy, self.whoosh):
            engine.apply(add, remove or set())
        self.asking = Asking(self.resolve, Lexicon(self.tantivy.expand, self.forms_of).words_of)
        self.whoosh_asking = Asking(self.resolve, Lexicon(self.whoosh.expand, self.forms_of).words_of)

    def resolve(self, leaf: object) -> set[int]:
        if isinstance(leaf, Phrase):
            return self.whoosh.matching(leaf, self.whoosh_asking)
        assert isinstance(leaf, FileIs)
        return {number for number in range(100) if number % int(leaf.value) == 0}

    def found(self, tree: Node | str) -> set[int]:
        """The numbers found, the same by both engines, searched and matched, whole and in part."""
        tree = parse(tree).tree if isinstance(tree, str) else tree
        numbers = self.tantivy.matching(tree, self.asking)
        assert numbers == self.whoosh.matching(tree, self.whoosh_asking), str(tree)[:2000]
        whole = self.tantivy.search(tree, self.asking)
        assert (whole.total, {number for number, _ in whole.ranked}) == (len(numbers), numbers)
        assert whole.ranked == sorted(whole.ranked, key=lambda row: (-row[1], row[0]))
        for limit in (0, 1, 3):
            part = self.tantivy.search(tree, self.asking, limit)
            assert (part.total, part.ranked) == (whole.total, whole.ranked[:limit])
        return numbers

    def close(self) -> None:
        self.tantivy.close()
        self.whoosh.close()


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


def test_a_failure_in_the_middle_leaves_all_as_it_was(engines: Engines) -> None:
    engines.apply([Entry(1, "", "one")])

    def failing() -> Iterator[Entry]:
        yield Entry(2, "", "two")
        raise RuntimeError("the text cannot be read")

    with pytest.raises(RuntimeError):
        engines.tantivy.apply(failing(), {1})
    assert engines.tantivy.numbers() == {1}
    engines.tantivy.apply([Entry(3, "", "three")])
    assert engines.tantivy.numbers() == {1, 3}


def test_a_searcher_sees_one_state_until_it_is_refreshed(tmp_path: Path) -> None:
    writer, reader = (TantivyEngine(tmp_path / "index", lambda _: []) for _ in range(2))
    for number in range(30):  # enough for tantivy to join parts and remove their files
        writer.apply([Entry(number, "", "oil")], {max(number - 3, 0)})
    asking = Asking(lambda _: set(), lambda _: ())
    assert reader.numbers() == set()
    reader.refresh()
    assert reader.matching(word("oil"), asking) == {27, 28, 29}
    writer.compact(lambda _: ())
    writer.apply([], {28})
    assert reader.matching(word("oil"), asking) == {27, 28, 29}
    reader.refresh()
    assert reader.matching(word("oil"), asking) == {27, 29}


def test_one_writer_at_a_time_and_others_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy_engine, "WAIT", 0.2)
    first, second = (TantivyEngine(tmp_path / "index", lambda _: []) for _ in range(2))
    first.apply([Entry(1, "", "one")])
    with pytest.raises(ExplorerError, match="another explorer"):
        second.apply([Entry(2, "", "two")])
    first.compact(lambda _: ())  # done: others may write
    second.apply([Entry(2, "", "two")])
    assert second.numbers() == {1, 2}
    second.close()
    first.apply([Entry(3, "", "three")])
    assert first.numbers() == {1, 2, 3}


WRITING = """
import sys, time
from pathlib import Path
from explorer.index.engine import Entry
from explorer.index.tantivy_engine import TantivyEngine
engine = TantivyEngine(Path(sys.argv[1]), lambda _: [])
print("open", flush=True)
for step in range(1, 1000):
    engine.apply([Entry(number, "", f"step{step} oil gas") for number in range(50)], range(50))
    print(step, flush=True)
"""


def test_killed_at_any_moment_it_has_all_of_a_step_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(5)
    environment = {**os.environ, "PYTHONPATH": str(Path(explorer.__file__).parents[1])}
    for at in range(5):
        folder = tmp_path / str(at)
        process = subprocess.Popen([sys.executable, "-c", WRITING, folder], stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        for _ in range(chance.randint(0, 3)):
            process.stdout.readline()
        time.sleep(chance.random() * 0.1)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().split()
        process.wait()
        engine = TantivyEngine(folder, lambda _: [])
        steps = [each for each in engine.expand("step") if engine.matching(word(each), Asking(lambda _: set(), lambda _: ()))]
        assert len(engine.numbers()) in (0, 50)
        assert len(steps) == (1 if engine.numbers() else 0)
        assert not said or int(steps[0][4:]) >= int(said[-1])
        began = time.monotonic()
        engine.apply([Entry(99, "", "after")])
        assert time.monotonic() - began < tantivy_engine.WAIT / 2  # the lock went with its owner
        assert 99 in engine.numbers()
        engine.close()


TEXTS = [Entry(number, "oil", f"oil {'gas ' * (number % 7)}prime minister\n\nsaid number{number}") for number in range(1, 201)]


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("intact") / "index"
    engine = TantivyEngine(folder, lambda _: [])
    engine.apply(TEXTS[:150])
    engine.apply(TEXTS[150:], {3, 8})
    engine.compact(lambda _: ())
    engine.close()
    return folder


def _answers(folder: Path) -> list[object]:
    engine = TantivyEngine(folder, lambda _: [])
    asking = Asking(lambda _: set(), lambda _: ())
    asked = [
        engine.search(parse(text, True).tree, asking, 20) for text in ("gas", '"prime minister"', "title:oil gas", "num", "-gas")
    ]
    answers = [*asked, engine.numbers(), engine.expand("")]
    engine.close()
    return answers


def test_a_flipped_bit_is_seen_or_does_no_harm(intact: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance, good, refused = random.Random(2), _answers(intact), 0
    files = sorted(path.name for path in intact.iterdir() if path.stat().st_size)
    assert {path.split(".")[-1] for path in files} >= {"term", "idx", "pos", "fast", "fieldnorm", "del", "json"}
    for name, at in itertools.product(files, range(4)):
        folder = tmp_path / f"{name}-{at}"
        shutil.copytree(intact, folder)
        data = bytearray((folder / name).read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(data)
        try:
            assert _answers(folder) == good, name
        except DamagedIndexError as error:
            assert "damaged" in str(error)
            refused += 1
    assert refused > len(files) * 2
    assert "panicked" not in capfd.readouterr().err


@pytest.mark.parametrize("count", ["max_doc", "num_deleted_docs"])
def test_a_wrong_count_in_the_list_of_segments_is_seen(intact: Path, tmp_path: Path, count: str) -> None:
    shutil.copytree(intact, tmp_path / "index")
    listed = tmp_path / "index" / "meta.json"
    changed, times = re.subn(rf'("{count}": \d*)(\d)', lambda found: f"{found[1]}{(int(found[2]) + 1) % 10}", listed.read_text())
    assert times
    listed.write_text(changed)
    with pytest.raises(DamagedIndexError):
        TantivyEngine(tmp_path / "index", lambda _: [])


def test_a_missing_or_shortened_file_is_seen(intact: Path, tmp_path: Path) -> None:
    names = [path.name for path in intact.iterdir() if path.suffix in (".term", ".idx", ".pos", ".fast", ".del", ".store")]
    for at, name in enumerate((*names, "meta.json")):
        for keep in (None, 0, 5, 40):
            folder = tmp_path / f"{at}-{keep}"
            shutil.copytree(intact, folder)
            if keep is None:
                (folder / name).unlink()
            else:
                (folder / name).write_bytes((folder / name).read_bytes()[:keep])
            with pytest.raises(DamagedIndexError):
                TantivyEngine(folder, lambda _: [])


def test_a_foreign_index_is_refused(intact: Path, tmp_path: Path) -> None:
    shutil.copytree(intact, tmp_path / "other-fields")
    with pytest.raises(DamagedIndexError):
        TantivyEngine(tmp_path / "other-fields", lambda _: [], edges=False)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DamagedIndexError):
        TantivyEngine(tmp_path / "empty", lambda _: [])
    shutil.copytree(intact, tmp_path / "other-version")
    for path in (tmp_path / "other-version").iterdir():
        path.write_bytes(path.read_bytes().replace(b'"index_format_version":7', b'"index_format_version":9'))
    with pytest.raises(DamagedIndexError, match="another version"):
        TantivyEngine(tmp_path / "other-version", lambda _: [])


def test_files_found_intact_are_not_read_again(intact: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(intact, tmp_path / "index", copy_function=shutil.copy)
    read: list[str] = []
    whole = tantivy_seal._check_file
    monkeypatch.setattr(tantivy_seal, "_check_file", lambda path: (read.append(path.name), whole(path)))
    TantivyEngine(tmp_path / "index", lambda _: []).close()
    assert len(read) == len(json.loads((tmp_path / "index" / "checked.json").read_text())) > 6
    read.clear()
    TantivyEngine(tmp_path / "index", lambda _: []).close()
    assert read == []


def test_damage_after_opening_is_told(intact: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(intact, tmp_path / "index")
    engine = TantivyEngine(tmp_path / "index", lambda _: [])
    postings = next((tmp_path / "index").glob("*.idx"))
    with postings.open("r+b") as file:  # the file that is mapped, not another in its place
        file.write(b"\xff" * (postings.stat().st_size - 200))
    with pytest.raises(DamagedIndexError):
        engine.refresh()
