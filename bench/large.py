"""Large folders: what a key costs the library, searching and marking ten rows, on tantivy (or another engine), beside FTS5.

    large.py [--documents 100000] [--engine tantivy] [--folder KEEP] [--peers]

The documents go into the catalogue and the index as a refresh puts them there, without being written to files first. CPU is of
all threads. With --folder what was built is kept and used again.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from measure import percentile, print_table

os.environ.setdefault("EXPLORER_HOME", tempfile.mkdtemp(prefix="explorer-large-"))

from explorer.index import copies, files, store
from explorer.index.corpus import CorpusIndex
from explorer.index.files import FileState
from explorer.index.parts import complete
from explorer.index.query.syntax import QueryError
from explorer.library import places
from explorer.library.library import Library
from explorer.model import Reading
from explorer.reading.registry import READER_VERSION

SHARED = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
BATCH = 4000
TYPED = ("iran sanctions oil", "president reagan trade", "interest rates bank", "company profit dividend")
WRITTEN = (
    *("said", "company", "oil", "palestinian", "plutonium", "iran sanctions", "interest rates", "japan OR tokyo OR yen"),
    *('"interest rates"', '"the united states"', '"prime minister"', "crude -opec", "title:oil", "sanction*", "putin~1"),
    *("iran w/8 sanctions", "dollar w/5 fell", 'title:"interest rates"', "oil date:2020", "source:reuters cocoa"),
)
HARD = ("oil w/s price", "company w/p profit", "wom?n", "/h\\d{1,3}/", "government~2", "the", "said -the", "sort:-date oil")


def main() -> None:
    """Builds and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peers", action="store_true")
    chosen = parser.parse_args()
    scratch = chosen.folder or Path(tempfile.mkdtemp(prefix="explorer-large-"))
    scratch.mkdir(parents=True, exist_ok=True)
    os.environ["EXPLORER_HOME"] = str(scratch / f"home-{chosen.engine}-{chosen.documents}")
    corpus = scratch / "corpus"
    corpus.mkdir(exist_ok=True)
    try:
        data = places.make_data_folder(corpus.resolve())
        if not complete(data):
            build(data, chosen.documents, chosen.engine)
        measure(corpus, chosen.documents)
        update(corpus, data)
        if chosen.peers:
            peer(chosen.documents)
    finally:
        if not chosen.folder:
            shutil.rmtree(scratch, ignore_errors=True)


def stories(count: int) -> Iterable[dict[str, str]]:
    """The stories of make_corpus.py."""
    spec = importlib.util.spec_from_file_location("make_corpus", SHARED / "corpora" / "make_corpus.py")
    assert spec and spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    return maker.stories(count)


def build(data: Path, count: int, engine: str) -> None:
    """Fills a catalogue and its index, and prints what that cost."""
    index = CorpusIndex(data, writable=True, engine=engine)
    index.asked_engine(engine)
    waiting = iter(enumerate(stories(count)))
    cost = [0.0, 0.0, 0.0]  # CPU of the catalogue, of the index with word forms, of finding copies
    started = time.perf_counter()
    while batch := list(islice(waiting, BATCH)):
        made = [(number, _reading(story)) for number, story in batch]
        before = time.process_time()
        entries: list[store.Entry] = []

        index.change(partial(_put, made, entries))
        cost[0] += time.process_time() - before
        before = time.process_time()
        index.index_texts(entries, ())
        cost[1] += time.process_time() - before
        before = time.process_time()
        index.change(partial(copies.note_copies, entries=entries))
        cost[2] += time.process_time() - before
    before = time.process_time()
    index.compact()
    cost[1] += time.process_time() - before
    index.finished = True
    index.close()
    size = places.size_on_disk(data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    rows = [
        ["into the catalogue", f"{cost[0]:.1f}", f"{count / cost[0]:.0f}"],
        ["into the index, with word forms", f"{cost[1]:.1f}", f"{count / cost[1]:.0f}"],
        ["finding copies", f"{cost[2]:.1f}", f"{count / cost[2]:.0f}"],
        ["all", f"{sum(cost):.1f}", f"{count / sum(cost):.0f}"],
    ]
    print_table(f"{count} stories on {engine}, {time.perf_counter() - started:.0f} s wall", ["", "CPU s", "docs/CPU s"], rows)
    print(f"  {size / 1e6:.0f} MB on disk, peak memory {peak / 1e6:.0f} MB\n")


def _put(made: Sequence[tuple[int, Reading]], entries: list[store.Entry], connection: sqlite3.Connection) -> None:
    for number, reading in made:
        state = FileState(f"{number // 1000:04}/{number:07}.txt", len(reading.text), 0, 0, number, READER_VERSION)
        entries.extend(files.put_file(connection, state, f"{number:x}", [("", reading)], None)[0])


def _reading(story: dict[str, str]) -> Reading:
    text = f"{story['title']}\n{story['source']}, {story['date']}\n\n{story['body']}\n"
    return Reading(text, story["title"], date=story["date"], source=story["source"], body_end=len(text))


def measure(corpus: Path, count: int) -> None:
    """Prints what a key costs: parsing, searching, ten passages marked."""
    started = time.process_time()
    library = Library(corpus)
    library.search("opening", typing=True, limit=10, fold=True)
    opened = time.process_time() - started
    keys = [query[:end] for query in TYPED for end in range(2, len(query) + 1) if not query[:end].endswith(" ")]
    jobs: dict[str, list[tuple[str, bool]]] = {
        f"key of words being typed ({len(keys)} keys)": [(key, True) for key in keys],
        f"written queries ({len(WRITTEN)})": [(query, False) for query in WRITTEN],
        "all of these": [*((key, True) for key in keys), *((query, False) for query in WRITTEN)],
    }
    rows = []
    for name, queries in jobs.items():
        spent = [_cost(lambda q=query, t=typing: library.search(q, typing=t, limit=10, fold=True)) for query, typing in queries]
        rows.append(
            [name, f"{percentile(spent, 0.5) * 1000:.1f}", f"{percentile(spent, 0.95) * 1000:.1f}", f"{max(spent) * 1000:.1f}"]
        )
    for query in HARD:
        spent = _cost(lambda q=query: library.search(q, limit=10, fold=True))
        rows.append([query, f"{spent * 1000:.1f}", "", ""])
    engine = library.status().engine
    print_table(f"{count} documents on {engine}: CPU to 10 passages with their hits", ["", "p50 ms", "p95 ms", "max ms"], rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"  opening and the first key {opened * 1000:.0f} ms; peak memory of this process {peak / 1e6:.0f} MB\n")
    library.close()


def update(corpus: Path, data: Path) -> None:
    """Prints how soon a changed document is found by an open searcher."""
    library = Library(corpus)
    library.search("opening", limit=10)
    index = CorpusIndex(data, writable=True)
    known = files.known_files(index.connection)
    spent = []
    for turn in range(8):
        file = list(known.values())[turn * 7]
        reading = Reading(f"Changed\n\nNow it says zanzibarword{turn}.", "Changed", body_end=33)
        started = time.perf_counter()
        entries: list[store.Entry] = []
        index.change(lambda c, f=file, r=reading, e=entries: e.extend(files.put_file(c, f.state, "x", [("", r)], f.number)[0]))
        index.index_texts(entries, ())
        found = library.search(f"zanzibarword{turn}", limit=10).total
        spent.append(time.perf_counter() - started)
        assert found == 1
    index.close()
    library.close()
    middle, most = percentile(spent, 0.5) * 1000, max(spent) * 1000
    print(f"  one changed document written and found: wall p50 {middle:.0f}, max {most:.0f} ms\n")


def _cost(job: Callable[[], object]) -> float:
    before = time.process_time()
    try:
        job()
    except QueryError as error:
        print(f"  {error}")
    return time.process_time() - before


def peer(count: int) -> None:
    """Prints the same keys on SQLite FTS5, in memory: ten rows with snippets."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='porter unicode61', prefix='2 3')")
    before = time.process_time()
    connection.executemany("INSERT INTO t VALUES (?, ?)", ((s["title"], s["body"]) for s in stories(count)))
    built = time.process_time() - before
    spent = []
    for query in TYPED:
        for end in range(2, len(query) + 1):
            if not query[:end].endswith(" "):
                asked = " ".join(f'"{word}"' for word in query[:end].split()) + "*"
                statement = "SELECT title, snippet(t, 1, '[', ']', '…', 40) FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10"
                spent.append(_cost(lambda a=asked, s=statement: connection.execute(s, (a,)).fetchall()))
    rows = [
        [
            "SQLite FTS5, 10 snippets",
            f"{percentile(spent, 0.5) * 1000:.1f}",
            f"{percentile(spent, 0.95) * 1000:.1f}",
            f"{max(spent) * 1000:.1f}",
        ]
    ]
    print_table(
        f"The same keys ({count / built:.0f} docs/CPU s to build, drawing the stories included)",
        ["", "p50 ms", "p95 ms", "max ms"],
        rows,
    )


if __name__ == "__main__":
    sys.exit(main())
