"""The full-text engines alone, on the same texts: indexing, one change, and each kind of question, in CPU time of all threads.

    engines.py [--documents 10000] [--engines whoosh,tantivy] [--limit 50] [--folder KEEP] [--rounds 3]

An answer is the best ``limit`` numbers with their scores and how many there are. Texts are those of make_corpus.py.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import os
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from measure import percentile, print_table

from explorer.index import engines
from explorer.index.engine import Asking, Engine, Entry
from explorer.index.lexicon import Lexicon
from explorer.index.query.parser import parse
from explorer.index.query.syntax import And, FileIs, Leaf, Node

SHARED = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
BATCH = 2000  # texts in one step, as the library does it
TYPED = ("iran sanctions oil", "interest rates fall", "president reagan trade", "palestinian authority")
IN_QUOTES = ('"the united states', '"interest rates', '"prime minister')

QUESTIONS: Mapping[str, Sequence[str]] = {
    "common word": ("said", "company", "year", "the", "market", "oil"),
    "rare word": ("palestinian", "kuwait", "earthquake", "cholesterol", "plutonium"),
    "all of 2": ("iran sanctions", "interest rates", "oil price", "the company"),
    "any of 3": ("japan OR tokyo OR yen", "oil OR gas OR crude"),
    "excluded": ("crude -opec", "said -the"),
    "phrase": ('"interest rates"', '"the united states"', '"will not be"', '"prime minister"'),
    "title": ("title:oil", 'title:"interest rates"'),
    "2 letters*": ("co*", "th*", "re*", "ob*"),
    "3 letters*": ("com*", "the*", "pre*", "zim*"),
    "4 and more letters*": ("comp*", "inter*", "minis*", "sanct*"),
    "wildcard": ("wom?n", "m*ster", "*ation"),
    "fuzzy": ("putin~1", "sanction~1", "government~2"),
    "regular expression": ("/h\\d{1,3}/", "/inter.*al/"),
}


def main() -> None:
    """Runs the measurements asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--engines", default="whoosh,tantivy")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the indexes are kept, and found again")
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="explorer-bench-"))
    folder.mkdir(exist_ok=True)
    columns: dict[str, dict[str, str]] = {}
    totals: dict[str, list[int]] = {}
    try:
        for name in chosen.engines.split(","):
            bench = _Bench(name, folder / f"{name}-{chosen.documents}", chosen.documents)
            columns[name] = bench.run(chosen.limit, chosen.rounds)
            totals[name] = bench.totals
    finally:
        if not chosen.folder:
            shutil.rmtree(folder, ignore_errors=True)
    first, *others = totals.values()
    if any(other != first for other in others):
        sys.exit("the engines do not find the same texts")
    rows = [[row, *(column.get(row, "") for column in columns.values())] for row in next(iter(columns.values()))]
    print_table(f"{chosen.documents} texts; questions: CPU ms p50 / p95 of the best {chosen.limit}", ["", *columns], rows)


class _Bench:
    """One engine with one index."""

    def __init__(self, name: str, folder: Path, documents: int) -> None:
        self.name, self.folder, self.documents = name, folder, documents
        self.rows: dict[str, str] = {}
        self.resolved: dict[FileIs, set[int]] = {}
        self.totals: list[int] = []  # how many texts each question found, in the order asked
        made = folder.exists()
        folder.mkdir(exist_ok=True)
        self.forms = sqlite3.connect(folder / "forms.sqlite", isolation_level=None)
        self.forms.execute("CREATE TABLE IF NOT EXISTS form (stem, word, PRIMARY KEY (stem, word)) WITHOUT ROWID")
        self.engine: Engine = engines.opener(name)(folder / "index", self._keep_forms, True)
        if not made:
            self._build()

    def run(self, limit: int, rounds: int) -> dict[str, str]:
        """The column of this engine."""
        self.lexicon = Lexicon(self.engine.expand, self._forms_of)
        self.asking = Asking(self._resolve, self.lexicon.words_of)
        self._open_anew()
        self._say("all words, ms", lambda: self.engine.expand(""))
        self._say("all numbers, ms", self.engine.numbers)
        for kind, questions in QUESTIONS.items():
            self._ask(kind, [parse(question).tree for question in questions] * rounds, limit)
        self._ask("typed keys", [parse(key, typing=True).tree for key in _keys(TYPED, 2)] * rounds, limit)
        self._ask("typed keys, first letter", [parse(key, typing=True).tree for key in "imptc"] * rounds, limit)
        self._ask("typed keys in quotes", [parse(key, typing=True).tree for key in _keys(IN_QUOTES, 3)] * rounds, limit)
        for share in (1000, 100, 10, 2):
            condition = FileIs("path", str(share))
            self._resolve(condition)
            trees = [And((parse(question).tree, condition)) for question in QUESTIONS["common word"]]
            self._ask(f"common word, 1 in {share} of the folder", trees * rounds, limit)
        self._say("all that match a common word, ms", lambda: self.engine.matching(parse("said").tree, self.asking))
        self._change()
        self.rows["peak memory, MB"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f}"
        self.engine.close()
        return self.rows

    def _build(self) -> None:
        cpu = wall = characters = 0.0
        texts = _entries(self.documents)
        while batch := list(islice(texts, BATCH)):
            characters += sum(len(entry.text) for entry in batch)
            started, began = time.process_time(), time.perf_counter()
            self.engine.apply(batch, [entry.number for entry in batch])
            cpu, wall = cpu + time.process_time() - started, wall + time.perf_counter() - began
        started, began = time.process_time(), time.perf_counter()
        self.engine.compact(lambda numbers: (entry for entry in _entries(self.documents) if entry.number in set(numbers)))
        cpu, wall = cpu + time.process_time() - started, wall + time.perf_counter() - began
        size = sum(path.stat().st_size for path in (self.folder / "index").iterdir())
        self.rows |= {
            "texts a CPU second": f"{self.documents / cpu:.0f}",
            "texts a second": f"{self.documents / wall:.0f}",
            "index ÷ text": f"{size / characters:.2f}",
            "peak memory of building, MB": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f}",
        }

    def _open_anew(self) -> None:
        self.engine.close()

        def first() -> None:
            self.engine = engines.opener(self.name)(self.folder / "index", self._keep_forms, True)
            self.engine.search(parse("oil").tree, self.asking, 10)

        self._say("open and ask, ms", first)
        self.lexicon = Lexicon(self.engine.expand, self._forms_of)
        self.asking = Asking(self._resolve, self.lexicon.words_of)

    def _ask(self, kind: str, trees: Sequence[Node], limit: int) -> None:
        times = []
        for tree in trees:
            times.append(_milliseconds(lambda tree=tree: self.totals.append(self.engine.search(tree, self.asking, limit).total)))  # type: ignore[misc]
        self.rows[kind] = f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f}"

    def _change(self) -> None:
        """One text in place of another, until it is found; then the same with the joining of parts that may follow."""
        seen, joined = [], []
        for at, entry in enumerate(islice(_entries(200), 30)):
            entry = Entry(entry.number, entry.title, f"{entry.text} changedword{at}")  # noqa: PLW2901

            def change(entry: Entry = entry, at: int = at) -> None:
                self.engine.apply([entry], [entry.number])
                assert self.engine.search(parse(f"changedword{at}").tree, self.asking, 10).total == 1

            began = time.perf_counter()
            seen.append((_milliseconds(change), (time.perf_counter() - began) * 1000))
            if self.name == "tantivy":  # it joins by itself; whoosh needs texts read again, whose cost is the catalogue's
                joined.append(_milliseconds(lambda: self.engine.compact(lambda _: ())))
        cpu, wall = ([pair[at] for pair in seen] for at in (0, 1))
        self.rows["change of one text seen, CPU ms"] = f"{percentile(cpu, 0.5):.1f} / {percentile(cpu, 0.95):.1f}"
        self.rows["change of one text seen, wall ms"] = f"{percentile(wall, 0.5):.1f} / {percentile(wall, 0.95):.1f}"
        self.rows["joining parts after it, CPU ms"] = (
            f"{percentile(joined, 0.5):.1f} / {percentile(joined, 0.95):.1f}" if joined else "not run"
        )

    def _say(self, row: str, job: Callable[[], object]) -> None:
        self.rows[row] = f"{_milliseconds(job):.1f}"

    def _resolve(self, leaf: Leaf) -> set[int]:
        """One in so many of the texts, drawn at random but always the same."""
        assert isinstance(leaf, FileIs), leaf
        if leaf not in self.resolved:
            draw = random.Random(int(leaf.value)).random
            self.resolved[leaf] = {number for number in range(1, self.documents + 1) if draw() * int(leaf.value) < 1}
        return self.resolved[leaf]

    def _forms_of(self, stem: str) -> list[str]:
        return [word for (word,) in self.forms.execute("SELECT word FROM form WHERE stem = ?", (stem,))]

    def _keep_forms(self, forms: Iterable[tuple[str, str]]) -> None:
        self.forms.execute("BEGIN")
        self.forms.executemany("INSERT OR IGNORE INTO form VALUES (?, ?)", forms)
        self.forms.execute("COMMIT")


def _keys(queries: Sequence[str], first: int) -> list[str]:
    """All that stands in the box while these are typed, from so many characters on."""
    return [query[:end] for query in queries for end in range(first, len(query) + 1)]


def _milliseconds(job: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    job()
    return (time.process_time() - started) * 1000


def _entries(count: int) -> Iterator[Entry]:
    path = SHARED / "corpora" / "make_corpus.py"
    spec = importlib.util.spec_from_file_location("make_corpus", path)
    if not path.exists() or spec is None or spec.loader is None:
        sys.exit(f"{path} is not there; EXPLORER_SHARED names the folder of the shared documents")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    for number, story in enumerate(maker.stories(count), 1):
        yield Entry(number, story["title"], story["body"])


if __name__ == "__main__":
    main()
