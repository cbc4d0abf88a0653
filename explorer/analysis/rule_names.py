"""Names by rules: runs of capitals, typed, then one type a form. Evidence for the tagger, which knows where the rules err."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.analysis.classify import LIKELY, SURE, Piece, classify
from explorer.analysis.context import votes
from explorer.analysis.document_pass import ENOUGH, Form, accepted
from explorer.analysis.foreign import is_foreign, sure_names
from explorer.analysis.lexicon import ACRONYM, COMMON, FIRST, ORG_HEAD, PLACE_HEAD, SURNAME, TITLE, flags, spelled
from explorer.analysis.linking import goes_on, known_over_small_words, links, person_behind_title_of
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import PARTICLES, Words, runs
from explorer.analysis.titles import without_job
from explorer.analysis.vessels import without_vessels
from explorer.model import EntityType


@dataclass(frozen=True, slots=True)
class RuleName:
    """Words ``first`` to ``last`` (half-open) that the rules take for a name, and how sure they are."""

    first: int
    last: int
    type: EntityType
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rules say of a text: the runs as first typed, every form with its votes, and the names they end with."""

    pieces: list[Piece]
    forms: dict[str, Form]
    names: list[RuleName]
    foreign: bool


_MINISTRY = re.compile(r"\b(?:" + "|".join(sorted(word_list("ministry_subjects"))) + r") (?:affairs )?(?:ministry|department)\b")
UNSEEN = 0.6
"""How sure the rules are of a form where it was only looked for again."""
LONGEST = 20
"""Words of the longest name that is looked for again; longer ones are lists run together."""

_BLANKS = re.compile(r"\s+")


def by_rules(words: Words) -> Evidence:
    """The names that the rules find in a text and what speaks for them; the names are in order, none overlapping."""
    found = without_vessels(words, _without_jobs(words, list(_pieces(words))))
    small = [text for text in words.texts if text.islower()]
    foreign = is_foreign(small)
    if foreign:
        found = sure_names(words, found, set(small))
    forms = _count(words, found)
    _drop_plain_words(forms, small)
    kept = accepted(forms)
    names = list(_emit(words, found, forms, kept))
    names.extend(again(words, names, kept))
    names.extend(_lower_case_ministries(words))
    return Evidence(found, forms, _in_order(names), foreign)


def _pieces(words: Words) -> Iterator[Piece]:
    """The typed pieces of every run, runs joined over "of", "and" and the like first."""
    yield from known_over_small_words(words)
    inside = {text for index, text in enumerate(words.texts) if not words.opens[index]}
    waiting = list(runs(words))
    index = 0
    while index < len(waiting):
        first, last = waiting[index]
        index += 1
        first = _without_opening_word(words, first, last, inside)
        linked: EntityType | None = None
        while index < len(waiting):
            following = waiting[index]
            if linked is None:
                joined = links(words, (first, last), following)
                if joined is None:
                    break
                end, linked = joined
            else:
                end = goes_on(words, (first, last), following) or 0
                if not end or last - first > LONGEST:
                    break
            last = end
            if end < following[1]:
                waiting[index] = (end, following[1])
                break
            index += 1
        if linked is None:
            first, person = person_behind_title_of(words, first, last)
            if person:
                yield person
                continue
        if first < last:
            yield from classify(words, first, last, linked)


def _without_jobs(words: Words, found: list[Piece]) -> list[Piece]:
    """Takes titles off the surnames of people whose full names the text has."""
    full = [one for one in found if one.type == "PERSON" and one.last - one.first > 1 and one.weight >= LIKELY]
    surnames = {words.texts[one.last - 1] for one in full}
    for index, piece in enumerate(found):
        if piece.last - piece.first > 1 and not piece.name:
            first = without_job(words, piece.first, piece.last, surnames)
            if first > piece.first:
                found[index] = Piece(first, piece.last, "PERSON", SURE)
    return found


def _without_opening_word(words: Words, first: int, last: int, inside: set[str]) -> int:
    """Skips the common word whose capital only says that a sentence begins."""
    if not words.opens[first] or last - first < 2:
        return first
    found = flags(words.texts[first])
    keeps = FIRST | SURNAME | TITLE | ORG_HEAD | PLACE_HEAD | ACRONYM
    if not found & COMMON or found & keeps or words.texts[first] in inside:
        return first
    head = flags(words.texts[last - 1])
    return first if head & (ORG_HEAD | PLACE_HEAD) else first + 1


def form_of(text: str) -> str:
    """A name as the key under which its mentions are counted: blanks and apostrophes made alike."""
    return _BLANKS.sub(" ", text).replace("’", "'")


def _count(words: Words, found: list[Piece]) -> dict[str, Form]:
    """Votes for the type of every form in the document."""
    forms: dict[str, Form] = {}
    for piece in found:
        key = form_of(words.text(piece.first, piece.last))
        form = forms.get(key)
        if form is None:
            form = forms[key] = Form(key, tuple(text for text in words.texts[piece.first : piece.last] if text != "."))
        if words.shouts[piece.first] and piece.first not in words.hints:
            form.shouted += 1
            continue
        lone_opening = words.opens[piece.first] and piece.last - piece.first == 1
        if lone_opening and _is_common(words.texts[piece.first]):
            form.opening += 1
            continue
        form.count += 1
        form.the += words.at(piece.first - 1).lower() == "the" and not words.breaks[piece.first]
        form.known_as = form.known_as or piece.name
        form.add(piece.type, piece.weight, votes(words, piece))
        _acronym(words, piece, form)
    return forms


def _is_common(word: str) -> bool:
    """Whether a capital at the head of a sentence can be all that makes a name of the word."""
    return bool(flags(word) & COMMON) and not (word.isupper() and 1 < len(word) < 6)


def _drop_plain_words(forms: dict[str, Form], texts: Sequence[str]) -> None:
    """Leaves out lone words that the text writes small more often than with a capital: a tip on Tech, the Movie."""
    plain = {key: form for key, form in forms.items() if len(form.words) == 1 and not form.known_as and _is_common(key)}
    if not plain:
        return
    small = Counter(texts)
    for key, form in plain.items():
        if small[key.lower()] > form.count + 1 and not form.around["PERSON"] > ENOUGH:
            del forms[key]


def _acronym(words: Words, piece: Piece, form: Form) -> None:
    """Notes "(ABC)" behind a name, of a place or person only where it has a word in A."""
    last = piece.last
    if words.at(last) == "(" and words.at(last + 2) == ")" and flags(words.texts[last + 1]) & ACRONYM:
        if piece.type in ("PLACE", "PERSON") and not abbreviates(words.texts[last + 1], words.text(piece.first, last)):
            return
        form.acronym = words.texts[last + 1]


def abbreviates(short: str, long: str) -> bool:
    """Whether a word of ``long`` begins with the first letter of ``short``: not so in "WASHINGTON (AP)"."""
    return any(word[:1].casefold() == short[:1].casefold() for word in long.replace("-", " ").split())


def _emit(words: Words, found: list[Piece], forms: dict[str, Form], kept: dict[str, EntityType]) -> Iterator[RuleName]:
    tails = {
        " ".join(form.words[start:])
        for key, form in forms.items()
        if kept.get(key) == "PERSON"
        for start in range(1, len(form.words) - 1)
        if form.words[start] in PARTICLES
    }
    for piece in found:
        key = form_of(words.text(piece.first, piece.last))
        kind = kept.get(key)
        if kind:
            first = _with_particles(words, piece.first, piece.last, tails) if kind == "PERSON" else piece.first
            yield RuleName(first, piece.last, kind, forms[key].confidence(kind))


def _with_particles(words: Words, first: int, last: int, tails: set[str]) -> int:
    """Takes in the small words of a surname: [van der] Berg, where a full name in the text has them."""
    start = first
    while start > 0 and words.texts[start - 1] in PARTICLES and not words.breaks[start] and first - start < 3:
        start -= 1
    while start < first and form_of(words.text(start, last)) not in tails:
        start += 1
    return start


def again(words: Words, names: list[RuleName], kept: dict[str, EntityType]) -> Iterator[RuleName]:
    """Accepted forms wherever else they stand: in headlines, at the head of a longer run, in capitals."""
    covered = sorted((name.first, name.last) for name in names)
    exact = _Lookup({spelled(key): kind for key, kind in kept.items()})
    loud = _Lookup({spelled(key).casefold(): kind for key, kind in kept.items()})
    place = done = 0
    for index, text in enumerate(words.texts):
        if index < done or not (text in exact.lengths or words.shouts[index]):
            continue
        while place < len(covered) and covered[place][1] <= index:
            place += 1
        limit = covered[place][0] if place < len(covered) else len(words.texts)
        found = None if limit <= index else _longest(words, index, loud if words.shouts[index] else exact, limit)
        if found:
            yield RuleName(index, found[0], found[1], UNSEEN)
            done = found[0]


_DOES = word_list("person_follow") | {"who"}
"""What follows on a surname that is a common word as well: "Hill said", "Scissors told"."""


class _Lookup:
    """Forms by their words, and how long the forms are that begin with a word."""

    def __init__(self, kinds: dict[str, EntityType]) -> None:
        self.kinds = kinds
        self.lengths: dict[str, set[int]] = {}
        for form in kinds:
            parts = form.split(" ")
            if len(parts) <= LONGEST:
                self.lengths.setdefault(parts[0], set()).add(len(parts))


def _longest(words: Words, index: int, lookup: _Lookup, limit: int) -> tuple[int, EntityType] | None:
    """Where the longest accepted form that begins at ``index`` ends, before ``limit``, and its type."""
    word, shouts = words.texts[index], words.shouts[index]
    for length in sorted(lookup.lengths.get(word.casefold() if shouts else word, ()), reverse=True):
        last = index + length
        if last > limit or any(words.breaks[index + 1 : last]):
            continue
        here = words.texts[index:last]
        if shouts and not all(text[0].isupper() for text in here if text[0].isalpha()):
            continue
        form = " ".join(here).replace("’", "'")
        kind = lookup.kinds.get(form.casefold() if shouts else form)
        if kind:
            common = length == 1 and _is_common(word) and (words.opens[index] or shouts)
            speaks = kind == "PERSON" and not shouts and words.at(last) in _DOES
            return None if common and not speaks else (last, kind)
    return None


def _lower_case_ministries(words: Words) -> Iterator[RuleName]:
    if "ministry" not in words.source and "department" not in words.source:
        return
    end = words.ends[-1] if words.ends else 0
    for match in _MINISTRY.finditer(words.source, 0, end):
        first, last = bisect_left(words.starts, match.start()), bisect_left(words.starts, match.end())
        if first < last and words.starts[first] == match.start() and words.ends[last - 1] == match.end():
            yield RuleName(first, last, "ORG", 0.7)


def _in_order(names: list[RuleName]) -> list[RuleName]:
    """The names sorted; of two that overlap the longer one stays."""
    kept: list[RuleName] = []
    for name in sorted(names, key=lambda name: (name.first, -name.last)):
        if not kept or name.first >= kept[-1].last:
            kept.append(name)
        elif name.last - name.first > kept[-1].last - kept[-1].first:
            kept[-1] = name
    return kept
