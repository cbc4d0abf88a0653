"""Documents in an order, and the values they have, on a catalogue of many kinds of files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import get_args

import pytest

from explorer.index import catalogue, facets, listing
from explorer.index.conditions import Conditions
from explorer.index.facets import MOST_VALUES
from explorer.index.files import FileState, days_of, put_file
from explorer.index.kept import KeptStore
from explorer.index.query.parser import parse
from explorer.index.query.syntax import FileIs, Sort
from explorer.index.same_names import SameNames
from explorer.model import Facet, Reading

SOURCES = ["", "Reuters", "Reuters Health", "REUTERS", 'The "Q" \\ Post', "«Le Monde» (AND)", "***", "Zeit: Online", "été"]
LANGUAGES = [None, "en", "en-GB", "EN_us", "de", "English", "?!"]
ENDINGS = ["txt", "PDF", "tar.gz", "c++", "no blanks here", "", 'a"b', "-x", "(1)"]
DATES = [None, "2023", "2024-02", "2024-02-29", "1999-12-31"]
DOCUMENTS = 400


class Files:
    """A catalogue of many files, what is kept about some, and the readings they were made of."""

    def __init__(self, folder: object) -> None:
        chosen = random.Random(7)
        self.connection = catalogue.connect(folder / "catalogue.sqlite", writable=True)  # type: ignore[operator]
        self.kept = KeptStore(folder, self.connection)  # type: ignore[arg-type]
        self.readings: dict[int, tuple[str, Reading]] = {}
        for place in range(DOCUMENTS):
            title = chosen.choice(["", "alpha", "Alpha", "beta", "Übung", str(place)])
            source = chosen.choice([*SOURCES, f"Gazette {place}"])
            reading = Reading("x", title, "", chosen.choice(DATES), source, chosen.choice(LANGUAGES), body_end=1)
            path = f"{chosen.randrange(5)}/{place}.{chosen.choice(ENDINGS)}"
            (entry,), _ = put_file(self.connection, FileState(path, 1, 2, 3, 4, 1), f"{place}", [("", reading)], None)
            self.readings[entry.number] = (path, reading)
            if place == DOCUMENTS // 2:
                self.kept.see(0)
                catalogue.set_meta(self.connection, "generation", "1")
        for number in chosen.sample(sorted(self.readings), 40):
            self.kept.star(number, number % 2 == 0)
            self.kept.tag(number, chosen.choice(["to do", 'say "x"', "AND", "-no"]), True)

    def sorted(self, numbers: set[int], sort: Sort) -> list[int]:
        """What an order means, said slowly."""
        key: dict[str, Callable[[int], str]] = {
            "date": lambda n: days_of(self.readings[n][1].date)[1] or "",
            "source": lambda n: self.readings[n][1].source,
            "title": lambda n: "".join(c.lower() if c.isascii() else c for c in self.readings[n][1].title),
            "path": lambda n: self.readings[n][0],
        }
        value = key[sort.lstrip("-")] if sort != "relevance" else key["date"]
        by_path = sorted(numbers, key=lambda n: self.readings[n][0].encode())
        filled = [n for n in by_path if value(n)]
        filled.sort(key=lambda n: value(n).encode(), reverse=sort.startswith("-") or sort == "relevance")
        return filled + [n for n in by_path if not value(n)]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    yield Files(tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize("look_up_costs", [0, 10, 10**9])
@pytest.mark.parametrize("sort", get_args(Sort))
def test_documents_come_in_the_order_asked_for(
    files: Files, sort: Sort, look_up_costs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LOOK_UP_COSTS", look_up_costs)
    for size in (0, 1, 30, 200, DOCUMENTS):
        numbers = set(random.Random(size).sample(sorted(files.readings), size))
        expected = files.sorted(numbers, sort)
        for limit in (0, 1, 7, size, 10**9):
            assert listing.in_order(files.connection, numbers, sort, limit) == expected[:limit]
        assert listing.in_order(files.connection, numbers | {10**6}, sort, 10**9) == expected  # one is gone


@pytest.mark.parametrize("few", [0, 3, 10**9])
@pytest.mark.parametrize("size", [None, 0, 1, 60, 300, DOCUMENTS])
def test_a_facet_counts_what_its_query_keeps(files: Files, size: int | None, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "FEW", few)
    numbers = set(random.Random(size).sample(sorted(files.readings), size)) if size is not None else None
    conditions = Conditions(files.connection, lambda _: (), files.kept, SameNames(files.connection))
    found = facets.facets(files.connection, numbers, files.kept)
    assert bool(found) == (size != 0)
    for facet in found:
        condition = parse(facet.query).tree
        assert isinstance(condition, FileIs), facet
        kept = conditions.documents(condition)
        assert facet.documents == len(kept if numbers is None else kept & numbers) > 0, facet


def test_the_commonest_come_first_and_years_from_the_newest(files: Files) -> None:
    found = facets.facets(files.connection, None, files.kept)

    def of(field: str) -> list[Facet]:
        return [facet for facet in found if facet.field == field]

    assert [facet.value for facet in of("year")] == ["2024", "2023", "1999"]
    assert {facet.value for facet in of("ext")} == {"txt", "pdf", "gz", "c++", 'a"b', "-x", "(1)"}
    assert {facet.value for facet in of("lang")} == {"en", "de"}
    assert {facet.value for facet in of("is")} == {"starred", "new"}
    assert {facet.value for facet in of("tag")} == set(files.kept.tags()) != set()
    assert len(of("source")) == MOST_VALUES
    assert {'The "Q" \\ Post', "été", "«Le Monde» (AND)"} < {facet.value for facet in of("source")}
    assert len({facet.query.lower() for facet in of("source")}) == MOST_VALUES  # Reuters and REUTERS are one
    for field in ("source", "ext", "lang", "tag", "is"):
        counts = [facet.documents for facet in of(field)]
        assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("wanted", ["txt", "pdf", "gz", "tar.gz", "r.gz", "c++", "no blanks here", ""])
def test_an_ending_is_what_a_name_ends_in_after_a_dot(files: Files, wanted: str) -> None:
    found = Conditions(files.connection, lambda _: (), files.kept, SameNames(files.connection)).documents(FileIs("ext", wanted))
    expected = {number for number, (path, _) in files.readings.items() if path.lower().endswith(f".{wanted}")}
    assert found == expected and bool(found) == (wanted != "r.gz")


@pytest.mark.parametrize(("first", "last"), [("", ""), ("2024-02-15", ""), ("", "2023-06-30"), ("2023-06-01", "2024-02-10")])
def test_a_date_holds_where_the_days_it_may_mean_overlap(files: Files, first: str, last: str) -> None:
    conditions = Conditions(files.connection, lambda _: (), files.kept, SameNames(files.connection))
    found = conditions.documents(FileIs("date", "x", first, last))
    days = {number: days_of(reading.date) for number, (_, reading) in files.readings.items()}
    assert (
        found
        == {number for number, (start, end) in days.items() if start and end and start <= (last or "9") and end >= first}
        != set()
    )
