"""How well the best results answer: explorer on each engine, before and after the best are ordered anew, beside SQLite FTS5.

    relevance.py [--collections FOLDER] [--stories 2000] [--corpus FOLDER_OF_make_corpus.py] [--only judged,known]

Judged collections (Cranfield, CISI): every word of a topic, as often as it stands there, as OR; nDCG@10 and MAP (of the first
1000). Known items: MAP is the mean of 1 / rank of the one story wanted, asked for by its headline (which is not indexed; OR)
and by two to four less frequent words of the headline or of the story (AND). FTS5: porter, bm25 as it is, the same texts. The
engines rank; `+ passages` is what the app shows.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import random
import re
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import print_table

from explorer.index import engines
from explorer.index.engine import Asking, Engine, Entry
from explorer.index.lexicon import Lexicon
from explorer.index.marker import leaves_of, mark_text, mark_title
from explorer.index.query.syntax import And, Node, Or, Part, Phrase
from explorer.index.ranking import leaf_weights, rerank, strength
from explorer.index.words import words

SHARED = Path(os.environ.get("EXPLORER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DEPTH = 1000
FUNCTION_WORDS = frozenset(
    words(
        "a about above after again all am an and any are as at be because been before being below between both but by can"
        " did do does doing down during each few for from further had has have having he her here hers him his how i if in"
        " into is it its just me more most my no nor not now of off on once only or other our out over own same she should"
        " so some such than that the their them then there these they this those through to too under until up very was we"
        " were what when where which while who whom why will with you your"
    )
)

Ranker = Callable[[Sequence[str], bool], list[int]]  # the words asked for, and whether all of them must be there


@dataclass(frozen=True)
class Collection:
    """Texts by number as (title, text), the words of each topic, and the gain of each text that answers it."""

    texts: Mapping[int, tuple[str, str]]
    topics: Mapping[int, list[str]]
    gains: Mapping[int, Mapping[int, int]]
    all_words: bool = False  # of a topic must be in a text

    def without_function_words(self) -> Collection:
        """The same with the topics' content words only."""
        topics = {topic: [word for word in asked if word not in FUNCTION_WORDS] for topic, asked in self.topics.items()}
        return Collection(self.texts, topics, self.gains)


def cranfield(folder: Path) -> Collection:
    """The Cranfield abstracts; topics count in the order of the file, a grade of 1 is best, -1 least."""
    topics = {at: words(record["W"]) for at, record in enumerate(_records(folder / "cran.qry"), 1)}
    gains: dict[int, dict[int, int]] = defaultdict(dict)
    for line in (folder / "cranqrel").read_text().splitlines():
        topic, text, grade = map(int, line.split())
        gains[topic][text] = 1 if grade == -1 else 5 - grade
    return Collection(_texts(folder / "cran.all.1400"), topics, gains)


def cisi(folder: Path) -> Collection:
    """The CISI abstracts."""
    topics = {int(record["I"]): words(record["W"]) for record in _records(folder / "CISI.QRY")}
    gains: dict[int, dict[int, int]] = defaultdict(dict)
    for line in (folder / "CISI.REL").read_text().splitlines():
        topic, text, *_ = map(float, line.split())
        gains[int(topic)][int(text)] = 1
    return Collection(_texts(folder / "CISI.ALL"), topics, gains)


def _texts(file: Path) -> dict[int, tuple[str, str]]:
    """Abstracts as files have them: the title is the first line of the text, too."""
    found = {}
    for record in _records(file):
        title = " ".join(record.get("T", "").split())
        found[int(record["I"])] = (title, f"{title}\n\n{record.get('W', '')}")
    return found


def _records(file: Path) -> Iterator[dict[str, str]]:
    """The records of a file in the form of SMART: `.I number`, then fields, a letter each."""
    for record in re.split(r"^(?=\.I )", file.read_text("latin-1"), flags=re.MULTILINE)[1:]:
        number, *parts = re.split(r"^\.([A-Z])[ ]*\n", record, flags=re.MULTILINE)
        yield {"I": number.split()[1], **dict(zip(parts[::2], parts[1::2], strict=True))}


def headlines(stories: Sequence[Mapping[str, str]]) -> Collection:
    """News stories without their headlines, asked for by these."""
    texts = {at: ("", story["body"]) for at, story in enumerate(stories)}
    return Collection(texts, {at: words(story["title"]) for at, story in enumerate(stories)}, {at: {at: 1} for at in texts})


def few_words(stories: Sequence[Mapping[str, str]], of_headline: bool) -> Collection:
    """News stories, asked for by two to four of their words, or of those they share with their headlines (then not indexed),
    that other stories have, too, but no more than 1 in 20."""
    if of_headline:
        texts = {at: ("", story["body"]) for at, story in enumerate(stories)}
    else:
        texts = {at: (story["title"], f"{story['title']}\n\n{story['body']}") for at, story in enumerate(stories)}
    holding = Counter(word for _, text in texts.values() for word in set(words(text)))
    chooser = random.Random(3)
    topics = {}
    for at, (_, text) in texts.items():
        said = set(words(text)).intersection(words(stories[at]["title"]) if of_headline else words(text))
        known = sorted(word for word in said if 2 <= holding[word] <= len(texts) / 20 and word.isalpha())
        count = chooser.randint(2, 4)
        if len(known) >= count:
            topics[at] = chooser.sample(known, count)
    return Collection(texts, topics, {at: {at: 1} for at in topics}, all_words=True)


def ndcg(ranked: Sequence[int], gains: Mapping[int, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002), gains linear."""

    def gained(values: Iterable[int]) -> float:
        return sum(gain / math.log2(place + 1) for place, gain in enumerate(values, 1))

    best = gained(sorted(gains.values(), reverse=True)[:depth])
    return gained(gains.get(number, 0) for number in ranked[:depth]) / best


def average_precision(ranked: Sequence[int], gains: Mapping[int, int]) -> float:
    """The mean precision at each text that answers; of one that does, 1 / its rank."""
    places = [place for place, number in enumerate(ranked, 1) if number in gains]
    return sum(found / place for found, place in enumerate(places, 1)) / len(gains)


def explorer_rankers(name: str, collection: Collection, folder: Path) -> dict[str, Ranker]:
    """explorer on an engine, alone and with the best ordered anew as the app does."""
    forms: dict[str, set[str]] = defaultdict(set)

    def new_forms(found: Iterable[tuple[str, str]]) -> None:
        for stem, word in found:
            forms[stem].add(word)

    def forms_of(stem: str) -> Sequence[str]:
        return sorted(forms[stem])

    engine = engines.opener(name)(folder / name, new_forms, True)
    engine.apply(Entry(number, *text) for number, text in collection.texts.items())
    engine.refresh()
    asking = Asking(lambda _: set(), Lexicon(engine.expand, forms_of).words_of)

    def plain(asked: Sequence[str], all_words: bool) -> list[int]:
        return [number for number, _ in engine.search(_tree(asked, all_words), asking, DEPTH).ranked]

    def whole(asked: Sequence[str], all_words: bool) -> list[int]:
        tree = _tree(asked, all_words)
        return [number for number, _ in _reranked(engine, tree, asking, collection)]

    return {name: plain, f"{name} + passages": whole}


def _tree(asked: Sequence[str], all_words: bool) -> Node:
    leaves = tuple(Phrase((Part(word),), word) for word in asked)
    return And(leaves) if all_words else Or(leaves)


def _reranked(engine: Engine, tree: Node, asking: Asking, collection: Collection) -> list[tuple[int, float]]:
    leaves = leaves_of(tree)
    ranked = engine.search(tree, asking, DEPTH).ranked
    if len(leaves) < 2:
        return ranked
    weights = leaf_weights(leaves, tree, asking.words_of, engine.frequency, len(collection.texts))

    def of(number: int) -> float:
        title, text = collection.texts[number]
        return strength(mark_text(text, leaves, 1000), mark_title(title, leaves), weights)

    return rerank(ranked, of)


def fts5_ranker(collection: Collection) -> Ranker:
    """SQLite FTS5 on the same texts."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE page USING fts5(text, tokenize = 'porter unicode61')")
    rows = ((number, text) for number, (_, text) in collection.texts.items())
    connection.executemany("INSERT INTO page (rowid, text) VALUES (?, ?)", rows)

    def search(asked: Sequence[str], all_words: bool) -> list[int]:
        query = (" AND " if all_words else " OR ").join(f'"{word}"' for word in asked)
        rows = connection.execute("SELECT rowid FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?", (query, DEPTH))
        return [number for (number,) in rows]

    return search


def rankers(collection: Collection, folder: Path) -> dict[str, Ranker]:
    """All that can be measured here, by name."""
    found: dict[str, Ranker] = {}
    for name in engines.NAMES:
        if engines.is_installed(name):
            found.update(explorer_rankers(name, collection, folder))
    return {**found, "SQLite FTS5": fts5_ranker(collection)}


def scores(search: Ranker, collection: Collection) -> tuple[float, float]:
    """The means of nDCG@10 and of average precision over the topics that have an answer."""
    judged = [topic for topic, asked in collection.topics.items() if asked and collection.gains.get(topic)]
    ranked = {topic: search(collection.topics[topic], collection.all_words) for topic in judged}
    at_ten = sum(ndcg(ranked[topic], collection.gains[topic]) for topic in judged) / len(judged)
    precision = sum(average_precision(ranked[topic], collection.gains[topic]) for topic in judged) / len(judged)
    return at_ten, precision


def _measure(title: str, measured: Mapping[str, Collection], scratch: Path) -> None:
    """Prints a table: a row for each that ranks, for each collection nDCG@10 and MAP; collections of the same texts share an
    index."""
    rows: dict[str, list[str]] = defaultdict(list)
    made: dict[int, dict[str, Ranker]] = {}
    for collection in measured.values():
        searchers = made.get(id(collection.texts))
        if searchers is None:
            folder = scratch / str(id(collection.texts))
            folder.mkdir(exist_ok=True)
            searchers = made[id(collection.texts)] = rankers(collection, folder)
        for name, search in searchers.items():
            rows[name].append(" / ".join(f"{value:.4f}" for value in scores(search, collection)))
    print_table(title, ["nDCG@10 / MAP", *measured], [[name, *cells] for name, cells in rows.items()])


def main() -> None:
    """Runs the measurements asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collections", type=Path, default=SHARED / "relevance")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpora")
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--only", default="judged,known")
    chosen = parser.parse_args()
    for folder in (chosen.collections, chosen.corpus):
        if not folder.is_dir():
            sys.exit(f"{folder} is not there; EXPLORER_SHARED names the folder of the shared documents")
    with tempfile.TemporaryDirectory(prefix="explorer-relevance-") as scratch:
        if "judged" in chosen.only:
            judged: dict[str, Collection] = {}
            for name, collection in (("Cranfield", cranfield(chosen.collections)), ("CISI", cisi(chosen.collections))):
                judged[name] = collection
                judged[f"{name}, content words"] = collection.without_function_words()
            _measure("Judged collections, words of a topic as OR", judged, Path(scratch))
        if "known" in chosen.only:
            with gzip.open(chosen.corpus / "stories.jsonl.gz", "rt", encoding="utf-8") as lines:
                stories = [json.loads(line) for line, _ in zip(lines, range(chosen.stories), strict=False)]
            known = {
                "headline, OR": headlines(stories),
                "2-4 words of it, AND": few_words(stories, of_headline=True),
                "2-4 words, AND": few_words(stories, of_headline=False),
            }
            _measure(f"One story of {len(stories)}", known, Path(scratch))


if __name__ == "__main__":
    main()
