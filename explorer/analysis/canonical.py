"""Names joined within a document: each mention gets the canonical name it stands for, and why."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from explorer.analysis.dates import Date, find_dates
from explorer.analysis.full_names import MOST_ALIKE, Joined, person_of
from explorer.analysis.gazetteer import capitals
from explorer.analysis.layout import Layout
from explorer.analysis.lexicon import ACRONYM, flags, known
from explorer.analysis.lists import words as word_list
from explorer.analysis.names import Name, abbreviates, find_names, form_of
from explorer.analysis.namesakes import settle
from explorer.model import EntityType, Mention

Key = tuple[EntityType, str]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "inc", "ltd", "plc", "llc", "corp", "co", "gmbh", "ag", "sa"})
_SMALL = frozenset(
    {"of", "for", "the", "and", "in", "on", "to", "de", "des", "du", "la", "le", "et", "y", "e", "del", "für", "&"}
)
_TITLES = frozenset(word.lower() for word in word_list("titles_cut"))
_FOLLOWS = re.compile(r"(?: also| has| had)? ([a-z]+)")
_ACTS = word_list("place_verbs")


def analyse_names(text: str, layout: Layout, anchor: str | None = None) -> tuple[Mention, ...]:
    """Names and dates of a text with their canonical names, in order of place; ``anchor`` is the document's ISO date."""
    day = _day(anchor)
    dates = find_dates(text, layout, day)
    names = find_names(text, layout, [(found.start, found.end) for found in dates])
    mentions = [*_named(text, names), *(_dated(text, found) for found in dates)]
    return tuple(settle(text, sorted(mentions, key=lambda mention: mention.start)))


def _day(anchor: str | None) -> date | None:
    try:
        return date.fromisoformat(anchor[:10]) if anchor else None
    except ValueError:
        return None


def _dated(text: str, found: Date) -> Mention:
    words = text[found.start : found.end]
    return Mention(found.start, found.end, words, "DATE", found.iso or words, "date", 0.9, found.iso)


def _named(text: str, names: Sequence[Name]) -> Iterable[Mention]:
    joined = join((name.type, form_of(text[name.start : name.end]), name.known_as) for name in names)
    links = _brackets(text, names)
    for name in names:
        words = text[name.start : name.end]
        canonical, how = joined[name.type, form_of(words)]
        if (name.type, form_of(words)) in links:
            long, how = links[name.type, form_of(words)]
            canonical = joined.get((name.type, long), (long, ""))[0]
        if name.type == "PLACE" and canonical in capitals() and _acts(text, name):
            country = capitals()[canonical]
            country = _known_name(country)
            yield Mention(name.start, name.end, words, "PLACE", country, f"capital acting for {country}", name.confidence)
            continue
        yield Mention(name.start, name.end, words, name.type, canonical, how or "named", name.confidence)


def _acts(text: str, name: Name) -> bool:
    """Whether a capital does what only its government can: "Washington said", not "in Washington"."""
    before = text[max(0, name.start - 12) : name.start].split()
    if before and before[-1].lower() in _WHERE:
        return False
    after = _FOLLOWS.match(text, name.end)
    return bool(after and after[1] in _ACTS)


_WHERE = frozenset({"in", "at", "near", "from", "to", "into", "around", "outside", "across", "of", "the"})


def _known_name(name: str) -> str:
    found = known().get(name)
    return found[1] if found else name


def _brackets(text: str, names: Sequence[Name]) -> dict[Key, Joined]:
    """Short forms explained in brackets: "Group of Seven (G7)" joins G7 to the long name."""
    found: dict[Key, Joined] = {}
    for one, two in pairwise(names):
        between = text[one.end : two.start]
        closed = text[two.end : two.end + 1] == ")"
        long, short = form_of(text[one.start : one.end]), form_of(text[two.start : two.end])
        alike = closed and one.type == two.type and len(short) < len(long) and not two.known_as
        if between.strip() == "(" and alike and _fits(one, short, long):
            found.setdefault((two.type, short), (long, f"acronym of {long}"))
    return found


def _fits(name: Name, short: str, long: str) -> bool:
    """Whether ``short`` can stand for ``long``; bodies often have the letters of their name in another language."""
    return name.type == "ORG" or abbreviates(short, long)


def join(forms: Iterable[tuple[EntityType, str, str]]) -> dict[Key, Joined]:
    """The canonical name of every form: (type, form, name in the lists or "") over all mentions in order."""
    counts: Counter[Key] = Counter()
    lists: dict[Key, str] = {}
    for kind, form, known_as in forms:
        counts[kind, form] += 1
        if known_as:
            lists[kind, form] = known_as
    found: dict[Key, Joined] = {}
    for kind in ("PERSON", "ORG", "PLACE"):
        mine = [form for one, form in counts if one == kind]
        _join_type(kind, mine, lists, found)
    return found


def _join_type(kind: EntityType, forms: list[str], lists: dict[Key, str], found: dict[Key, Joined]) -> None:
    canonical = {form: lists.get((kind, form), "") for form in forms}
    by_last: dict[str, list[str]] = defaultdict(list)
    by_initials: dict[str, list[str]] = defaultdict(list)
    keys = {form: _key(form) for form in forms}
    long = sorted((form for form in forms if len(keys[form]) > 1), key=lambda form: -len(keys[form]))
    for form in long:
        for part in set(keys[form]):
            by_last[part].append(form)
        by_initials[_initials(form)].append(form)
    for form in sorted(forms, key=lambda form: -len(keys[form])):
        if canonical[form]:
            name = canonical[form]
            found[kind, form] = (name, "" if name == form else f"alias of {name}")
            continue
        full, how = _longer(kind, form, keys, by_last, by_initials)
        while full and found.get((kind, full), (full, ""))[0] != full:
            full = found[kind, full][0]
        found[kind, form] = (full, how.format(full)) if full else (_shown(kind, form), "")


def _shown(kind: EntityType, form: str) -> str:
    """A name in capitals as it is written elsewhere; short ones may be acronyms."""
    long = len(form) > (3 if kind == "PLACE" else 6) or " " in form
    if form.isupper() and long and "." not in form and not any(letter.isdigit() for letter in form):
        return form.title()
    return form


def _key(form: str) -> list[str]:
    """The words of a name folded: no accents, no titles, no suffixes, no full stops."""
    plain = unicodedata.normalize("NFKD", form.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    parts = [part.strip(".,'") for part in plain.split()]
    kept = [part for part in parts if part and part not in _SUFFIXES]
    while len(kept) > 1 and kept[0] in _TITLES:
        kept = kept[1:]
    if kept and kept[0] == "the" and len(kept) > 1:
        kept = kept[1:]
    return kept or parts


def _initials(form: str) -> str:
    return "".join(word[0] for word in form.replace("-", " ").split() if word.casefold() not in _SMALL).upper()


def _longer(
    kind: EntityType,
    form: str,
    keys: dict[str, list[str]],
    by_part: dict[str, list[str]],
    by_initials: dict[str, list[str]],
) -> Joined:
    """The longer name that ``form`` stands for, where exactly one fits; ("", "") otherwise."""
    mine = keys[form]
    if not mine:
        return "", ""
    if kind == "PERSON":
        return person_of(form, keys, by_part)
    if len(by_part.get(mine[0], ())) > MOST_ALIKE:
        return "", ""
    same = [long for long in by_part.get(mine[0], ()) if keys[long] == mine]
    if kind == "ORG" and same and form != max(same, key=_fullness):
        return max(same, key=_fullness), "spelling of {}"
    whole = kind == "ORG" and form.rpartition(" ")[2].strip(".,").casefold() in _SUFFIXES
    fits = [long for long in by_part.get(mine[0], ()) if long != form and not whole and _shortens(mine, keys[long], kind)]
    if len({tuple(keys[long]) for long in fits}) == 1:
        return max(fits, key=_fullness), "short for {}"
    if flags(form) & ACRONYM or form.isupper():
        letters = form.replace(".", "").upper()
        fits = by_initials.get(letters, [])
        if len(fits) == 1:
            return fits[0], "acronym of {}"
    return "", ""


def _fullness(form: str) -> tuple[int, bool, str]:
    """Sorts spellings of one name: the longest last, of equally long ones that with small letters."""
    return len(form), not form.isupper(), form


def _shortens(mine: list[str], longer: list[str], kind: EntityType) -> bool:
    if mine == longer:
        return False
    begins = longer[: len(mine)] == mine
    ends = longer[-len(mine) :] == mine
    if kind == "PLACE":
        return begins and longer[len(mine) :] in (["city"], ["province"], ["river"], ["district"])
    return begins or ends
