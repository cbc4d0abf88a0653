"""Names of people, organisations and places in a text: runs of capitals, typed, then one type a form by the document pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explorer.analysis.classify import LIKELY, SURE, Piece, classify
from explorer.analysis.context import votes
from explorer.analysis.document_pass import ENOUGH, Form, accepted
from explorer.analysis.foreign import is_foreign, sure_names
from explorer.analysis.layout import Layout
from explorer.analysis.lexicon import ACRONYM, COMMON, FIRST, ORG_HEAD, PLACE_HEAD, SURNAME, TITLE, flags, known, spelled
from explorer.analysis.linking import goes_on, known_over_small_words, links, person_behind_title_of
from explorer.analysis.lists import words as word_list
from explorer.analysis.runs import PARTICLES, Words, read_words, runs
from explorer.analysis.titles import without_job
from explorer.analysis.vessels import without_vessels
from explorer.model import EntityType, Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: its span, its type, how sure, and the canonical form where the lists know one."""

    start: int
    end: int
    type: EntityType
    confidence: float
    known_as: str = ""


_MINISTRY = re.compile(r"\b(?:" + "|".join(sorted(word_list("ministry_subjects"))) + r") (?:affairs )?(?:ministry|department)\b")
LONGEST = 20
"""Words of the longest name that is looked for again; longer ones are lists run together."""

_BLANKS = re.compile(r"\s+")


def find_names(text: str, layout: Layout, dates: Sequence[Span] = ()) -> list[Name]:
    """Every name in the paragraphs of ``layout`` outside ``dates`` (sorted), in order, none overlapping."""
    words = read_words(text, layout, dates)
    found = without_vessels(words, _without_jobs(words, list(_pieces(words))))
    small = [text for text in words.texts if text.islower()]
    if is_foreign(small):
        found = sure_names(words, found, set(small))
    forms = _count(words, found)
    _drop_plain_words(forms, small)
    kept = accepted(forms)
    names = list(_emit(words, found, forms, kept))
    names.extend(_again(words, names, kept))
    names.extend(_lower_case_ministries(text, layout))
    return _in_order(names)


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


def _emit(words: Words, found: list[Piece], forms: dict[str, Form], kept: dict[str, EntityType]) -> Iterator[Name]:
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
            yield _name(words, first, piece.last, kind, forms[key])


def _with_particles(words: Words, first: int, last: int, tails: set[str]) -> int:
    """Takes in the small words of a surname: [van der] Berg, where a full name in the text has them."""
    start = first
    while start > 0 and words.texts[start - 1] in PARTICLES and not words.breaks[start] and first - start < 3:
        start -= 1
    while start < first and form_of(words.text(start, last)) not in tails:
        start += 1
    return start


def _name(words: Words, first: int, last: int, kind: EntityType, form: Form | None) -> Name:
    start, end = words.starts[first], words.ends[last - 1]
    if words.texts[last - 1] in _DOTTED and words.source[end : end + 1] == ".":
        end += 1
    known_as = known().get(" ".join(words.texts[first:last]).replace("’", "'"))
    name = known_as[1] if known_as and known_as[0] == kind else ""
    return Name(start, end, kind, form.confidence(kind) if form else 0.6, name)


_DOTTED = frozenset({"Inc", "Ltd", "Jr", "Sr", "Corp", "Co", "Bros"})


def _again(words: Words, names: list[Name], kept: dict[str, EntityType]) -> Iterator[Name]:
    """Accepted forms wherever else they stand: in headlines, at the head of a longer run, in capitals."""
    covered = sorted((name.start, name.end) for name in names)
    exact = _Lookup({spelled(key): kind for key, kind in kept.items()})
    loud = _Lookup({spelled(key).casefold(): kind for key, kind in kept.items()})
    place = done = 0
    for index, text in enumerate(words.texts):
        if index < done or not (text in exact.lengths or words.shouts[index]):
            continue
        start = words.starts[index]
        while place < len(covered) and covered[place][1] <= start:
            place += 1
        limit = covered[place][0] if place < len(covered) else len(words.source)
        found = None if limit <= start else _longest(words, index, loud if words.shouts[index] else exact, limit)
        if found:
            yield _name(words, index, found[0], found[1], None)
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
        if last > len(words.texts) or words.ends[last - 1] > limit or any(words.breaks[index + 1 : last]):
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


def _lower_case_ministries(text: str, layout: Layout) -> Iterator[Name]:
    if not layout.paragraphs or ("ministry" not in text and "department" not in text):
        return
    for match in _MINISTRY.finditer(text, 0, layout.paragraphs[-1].end):
        yield Name(match.start(), match.end(), "ORG", 0.7)


def _in_order(names: list[Name]) -> list[Name]:
    """The names sorted; of two that overlap the longer one stays."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.end - name.start > kept[-1].end - kept[-1].start:
            kept[-1] = name
    return kept
