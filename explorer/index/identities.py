"""One person or body whose name differs from document to document: links between the names, each with its reason.

Names written alike are one row anyway. A link is made where two fuller names can be of one person and documents of both name
the same rare organisation or place, where an organisation's name differs in its legal form only, and where one document alone
explains an acronym. A surname by itself is never linked. Links are rules' guesses: the reader can undo them and add others.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from explorer.analysis import gazetteer
from explorer.index.words import fold, words

MOST_ALIKE = 20  # names of one key: more than these are a common name, which says nothing
RARE = 0.05  # share of the documents that a body or place may be named in to say that two names meet there
RARE_AT_LEAST = 5  # documents: in a small folder everything is common
READ = 200  # names of bodies and places that are compared, of each of two people
ALIKE = 0.7  # least likeness of two spellings of a name's part
_LEGAL = frozenset(
    {"inc", "ltd", "plc", "llc", "corp", "corporation", "co", "company", "gmbh", "ag", "sa", "nv", "spa", "limited", "the"}
)
_ARTICLES = frozenset({"al", "el", "as", "ash", "ad", "an", "ar"})
_SOUNDS = (("ph", "f"), ("th", "t"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("c", "k"), ("q", "k"), ("w", "v"), ("x", "ks"))
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Link:
    """A name of ``type`` that stands for ``target`` in all documents, and why."""

    type: str
    name: str
    target: str
    reason: str


def link_names(connection: sqlite3.Connection) -> None:
    """Finds the links between all names of the catalogue anew; to be called in a transaction."""
    found = [*_people(connection), *_legal_forms(connection), *_acronyms(connection)]
    targets = {(link.type, link.name): link.target for link in found}
    connection.execute("DELETE FROM link")
    for link in found:
        target = end_of(targets, link.type, link.target)
        if target != link.name:
            row = (link.type, link.name, target, link.reason)
            connection.execute("INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)", row)


def end_of(targets: dict[tuple[str, str], str], type_: str, name: str) -> str:
    """Where the chain of links from a name ends; a circle ends before it closes."""
    seen = {name}
    while (type_, name) in targets and targets[type_, name] not in seen:
        name = targets[type_, name]
        seen.add(name)
    return name


def _people(connection: sqlite3.Connection) -> Iterator[Link]:
    """Fuller names of one sound that can be of one person, where documents of both name the same rare body or place."""
    rows = connection.execute(
        "SELECT name, COUNT(DISTINCT document) FROM entity WHERE type = 'PERSON' AND instr(name, ' ') GROUP BY name"
    ).fetchall()
    total = connection.execute("SELECT COUNT(*) FROM document").fetchone()[0]
    counts: dict[str, int] = dict(rows)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        if key := sound_of(name):
            alike[key].append(name)
    for names in alike.values():
        if not 1 < len(names) <= MOST_ALIKE:
            continue
        names.sort(key=lambda name: (-counts[name], -len(name), name))
        fits = {pair for pair in combinations(names, 2) if may_be_one(*pair)}
        for place, name in enumerate(names[1:], 1):
            others = [other for other in names[:place] if (other, name) in fits]
            if not others or any((one, two) not in fits for one, two in combinations(others, 2)):
                continue  # nobody, or two who are not the same
            shared = _shared(connection, others[0], name, max(RARE_AT_LEAST, int(total * RARE)))
            if shared:
                yield Link("PERSON", name, others[0], f"{_how_alike(name, others[0])}; documents of both name {shared}")


def sound_of(name: str) -> str:
    """A key that spellings of one first and last name share: their consonants, as they sound; "" for names that say too little.

    After the transliteration keys of name matching, as in Freeman, Condon and Ackerman, Cross linguistic name matching (2006).
    """
    parts = _parts(name)
    if len(parts) < 2 or len(parts[0]) < 2:
        return ""
    return f"{_sound(parts[0])} {_sound(parts[-1])}"


def _parts(name: str) -> list[str]:
    found = [part for part in words(name) if part not in ("jr", "sr", "ii", "iii")]
    return [part for place, part in enumerate(found) if part not in _ARTICLES or place == 0]


def _sound(part: str) -> str:
    for letters, sound in _SOUNDS:
        part = part.replace(letters, sound)
    return part[0].translate(_FIRST) + _TWICE.sub(r"\1", _VOWELS.sub("", part[1:]))


_FIRST = str.maketrans("yo", "iu")


def may_be_one(one: str, two: str) -> bool:
    """Whether two names of one sound can be one person's: parts that differ by spelling alone, middle names that do not clash."""
    first, second = _parts(one), _parts(two)
    ends = ((first[0], second[0]), (first[-1], second[-1]))
    if any(_other_ending(*pair) or Levenshtein.normalized_similarity(*pair) < ALIKE for pair in ends):
        return False
    if _gender(first[0]) and _gender(second[0]) and _gender(first[0]) != _gender(second[0]):
        return False
    shorter, longer = sorted((first[1:-1], second[1:-1]), key=len)
    pairs = zip(shorter, longer, strict=False)
    return all(part == other or (part[0] == other[0] and 1 in (len(part), len(other))) for part, other in pairs)


def _other_ending(one: str, two: str) -> bool:
    """Whether two words differ in a last vowel that tells women from men: Mario, Maria; Ivanov, Ivanova."""
    short, long = sorted((one, two), key=len)
    if len(long) == len(short):
        return one != two and one[:-1] == two[:-1] and one[-1] in "aeo" and two[-1] in "aeo"
    return long == f"{short}a"


def _gender(first: str) -> str:
    shown = first.capitalize()
    return next((gender for gender in ("male", "female") if shown in gazetteer.section(gender)), "")


def _how_alike(one: str, two: str) -> str:
    first, second = _parts(one), _parts(two)
    same = first[0] == second[0] and first[-1] == second[-1]
    if not same:
        return "another spelling"
    return "same first and last name" if len(first) != len(second) or first != second else "written alike"


def _shared(connection: sqlite3.Connection, one: str, two: str, most: int) -> str:
    """The rarest body or place that documents of both people name; "" where there is none in ``most`` documents or fewer."""
    both = _company(connection, one) & _company(connection, two)
    statement = "SELECT COUNT(DISTINCT document) FROM entity WHERE type IN ('ORG', 'PLACE') AND name = ?"
    counted = ((connection.execute(statement, (name,)).fetchone()[0], name) for name in sorted(both))
    count, name = min(counted, default=(most + 1, ""))
    return name if count <= most else ""


def _company(connection: sqlite3.Connection, name: str) -> set[str]:
    """The bodies and places that documents of a person name; which of the two they are is not always told alike."""
    rows = connection.execute(
        "SELECT DISTINCT other.name FROM entity JOIN entity AS other USING (document)"
        " WHERE entity.type = 'PERSON' AND entity.name = ? AND other.type IN ('ORG', 'PLACE') LIMIT ?",
        (name, READ),
    )
    return {other for (other,) in rows}


def _legal_forms(connection: sqlite3.Connection) -> Iterator[Link]:
    """Organisations whose names differ in their legal form, in case or in accents only."""
    rows = connection.execute("SELECT name, COUNT(DISTINCT document) FROM entity WHERE type = 'ORG' GROUP BY name").fetchall()
    alike: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, count in rows:
        alike[_without_form(name)].append((count, name))
    for key, names in alike.items():
        if key and 1 < len(names) <= MOST_ALIKE:
            (_, target), *others = sorted(names, key=lambda pair: (-pair[0], -len(pair[1]), pair[1]))
            for _, name in others:
                yield Link("ORG", name, target, "the same but for legal form or spelling")


def _without_form(name: str) -> str:
    parts = [fold(part) for part in words(name)]
    kept = [part for part in parts if part not in _LEGAL]
    return " ".join(kept if len(" ".join(kept)) > 2 else parts)


def _acronyms(connection: sqlite3.Connection) -> Iterator[Link]:
    """Acronyms that other documents explain, all in the same way."""
    rows = connection.execute(
        "SELECT DISTINCT name.form, name.name FROM name JOIN entity AS short ON short.type = 'ORG' AND short.name = name.form"
        " JOIN entity AS long ON long.type = 'ORG' AND long.name = name.name AND long.form = name.form"
        " WHERE name.type = 'ORG' AND name.form <> name.name"
    )
    known: dict[str, set[str]] = defaultdict(set)
    for form, name in rows:
        known[form].add(name)
    for form, names in known.items():
        letters = form.replace(".", "")
        if len(names) == 1 and letters.isupper() and len(letters) > 1:
            path = connection.execute(
                "SELECT path FROM document JOIN entity ON document.number = entity.document"
                " WHERE entity.type = 'ORG' AND entity.name = ? AND entity.form = ? ORDER BY path",
                (name := next(iter(names)), form),
            ).fetchone()[0]
            yield Link("ORG", form, name, f"{path} explains it so")
