"""Who "the minister", "her deputy", "the company", "the 40-year-old" is: a learned choice among those named, or someone new."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from explorer.analysis.candidates import Candidate
from explorer.analysis.descriptions import Description, Known, stem
from explorer.analysis.grammar import group
from explorer.analysis.lists import words
from explorer.analysis.ranker import probabilities, weights
from explorer.analysis.roles import gender_of

MOST = 8
"""People or bodies named last that are weighed, beside those who are called so."""
AHEAD = 4
"""People named further on that are weighed."""
FRESH = 1
"""Sentences in which someone without a name stays who is meant by the same noun."""
OPENING = 3
"""Sentences in which someone is often described before being named."""
_HELD = 4
_BEFORE = frozenset({"former", "ex", "deputy", "vice", "late", "acting", "incoming", "assistant", "junior"})
_GOVERNMENTS = frozenset({"government", "country", "kingdom", "state", "republic", "administration"})
_TITLES = words("title_words_lower")
_JOBS = words("job_words")
_KIN = words("kin")
_CLASS = {
    word: name
    for name in ("firm", "union", "public", "court", "party", "club", "force", "school", "press", "charity", "bank", "hospital")
    for word in group(f"bodies {name}")
}
"""What kind of body a word stands for."""


@dataclass(slots=True)
class Phrase:
    """A description used as a subject: the noun that decides, the words beside it, and the determiner ("the", "his", "owner"
    for "Spain's", "a", "none"); ``kind`` is "someone" or "body"; ``others`` are the people it is not: who "his"
    is, and whom it names ("NAME's lawyer")."""

    offset: int
    head: str
    words: Sequence[str]
    determiner: str
    kind: str
    sentence: int
    others: Set[str] = frozenset()


@dataclass(slots=True)
class Choice:
    """A candidate for a phrase: None is someone whom the text has not named."""

    name: str | None
    features: list[str]
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a phrase means (None: someone unnamed), the probability (0 to 1), what the text calls them, and the next best."""

    name: str | None
    confidence: float
    said: str
    others: tuple[tuple[str, float], ...]


def task(phrase: Phrase) -> str:
    """The ranker's task for a phrase."""
    return "role" if phrase.kind == "someone" else "body"


def chosen(phrase: Phrase, options: Sequence[Choice], known: Known) -> Holder:
    """The most probable of the ``options`` for a phrase, and what the text calls them."""
    options = _of_one_class(phrase, options, known)
    shares = probabilities(weights(task(phrase)), [choice.features for choice in options])
    ranked = sorted(zip(shares, options, strict=True), key=lambda pair: -pair[0])
    name = ranked[0][1].name
    called = [one for one in known.by_name.get(name or "", ()) if one.head == phrase.head]
    others = tuple((choice.name, round(share, 2)) for share, choice in ranked[1:4] if choice.name and share >= 0.05)
    return Holder(name, round(ranked[0][0], 2), max((one.said for one in called), key=len, default=""), others)


def _of_one_class(phrase: Phrase, options: Sequence[Choice], known: Known) -> Sequence[Choice]:
    """The only body of its class in the text where "the union", "the court" asks for one, else all the options."""
    asked = _class(phrase.head)
    if phrase.kind != "body" or phrase.words or phrase.determiner != "the" or asked in (None, "firm", "public"):
        return options
    alike = {
        name
        for name, kind in known.types.items()
        if kind == "ORG" and any(_class(part) == asked for part in name.lower().split())
    }
    only = [choice for choice in options if choice.name in alike]
    return only if len(alike) == len(only) == 1 else options


def choices(
    phrase: Phrase,
    known: Known,
    lately: Sequence[Candidate],
    unnamed: tuple[str, int] | None,
    gender: Callable[[str], str | None],
) -> list[Choice]:
    """Who may be meant, the last one being nobody named; ``lately`` are the people or bodies named last, the latest first.

    ``unnamed`` is what the last one without a name was called by the same noun, and the sentence; ``gender`` that of a person.
    """
    held = [one for one in known.by_head.get(phrase.head, ()) if _fits(phrase, known, one.name)]
    before = [one for one in held if one.offset < phrase.offset]
    names = dict.fromkeys(one.name for one in reversed(before[-_HELD:]))
    names |= dict.fromkeys(one.name for one in held[len(before) :][:_HELD])
    if before and not phrase.words and phrase.determiner == "the" and phrase.kind == "someone":
        lately = [candidate for candidate in lately if candidate.name in names]  # "the minister" is one who is called so
    lately = [candidate for candidate in lately if _fits(phrase, known, candidate.name)][:MOST]
    names |= dict.fromkeys(candidate.name for candidate in lately)
    ahead = known.after(phrase.offset, AHEAD) if phrase.kind == "someone" else []
    if phrase.sentence <= OPENING:
        names |= dict.fromkeys(name for name in ahead if name in known.by_name)  # only whom the text describes in turn
    for name in phrase.others & names.keys():
        del names[name]
    if phrase.determiner == "a":  # "a diplomat" is nobody of whom the text has spoken
        spoken_of = {one.name for one in before} | {candidate.name for candidate in lately}
        names = {name: None for name in names if name not in spoken_of}
    at = {candidate.name: candidate for candidate in reversed(lately)}
    if unnamed is not None and phrase.sentence - unnamed[1] <= FRESH:  # "the diplomat" is the one spoken of just now
        names = {name: None for name in names if name in at and at[name].latest_sentence(phrase.offset) >= unnamed[1]}
    ranks = {candidate.name: rank for rank, candidate in enumerate(lately)}
    found = [
        Choice(name, _features(phrase, known, name, before, held, at.get(name), ranks.get(name, 9), ahead)) for name in names
    ]
    if unnamed is not None:
        for choice in found:
            choice.features.append("held against unnamed" if any(one.name == choice.name for one in held) else "against unnamed")
    if phrase.kind == "someone":
        for choice in found:
            found_gender, asked = gender(choice.name or ""), gender_of(phrase.head)
            if found_gender is not None and asked is not None:
                choice.features.append("gender same" if found_gender == asked else "gender other")
    if unnamed is not None:
        far = min(phrase.sentence - unnamed[1], 6)
        size = "bare" if not phrase.words else "words"
        found.append(Choice(unnamed[0], ["unnamed", f"unnamed {phrase.determiner} {size}", f"unnamed {far}"], True))
    found.append(Choice(None, _new(phrase, before, held, len(lately))))
    return found


def _fits(phrase: Phrase, known: Known, name: str) -> bool:
    kind = known.types.get(name)
    if phrase.kind == "someone":
        return kind == "PERSON"
    return kind == "ORG" or (kind == "PLACE" and phrase.head in _GOVERNMENTS)


def _kind_of_head(head: str) -> str:
    if head.endswith("year-old"):
        return "age"
    if head in _KIN:
        return "kin"
    return "title" if head in _TITLES else "job" if head in _JOBS else "noun"


def _features(
    phrase: Phrase,
    known: Known,
    name: str,
    before: Sequence[Description],
    held: Sequence[Description],
    candidate: Candidate | None,
    rank: int,
    ahead: Sequence[str],
) -> list[str]:
    found = ["named", f"named {phrase.determiner}", f"named {_kind_of_head(phrase.head)}"]
    mine = [one for one in held if one.name == name]
    others = {one.name for one in held} - {name}
    if mine:
        when = "last" if before and before[-1].name == name else "before" if mine[0].offset < phrase.offset else "later"
        found.append(f"holds {when}")
        found.append(f"holds {when} {phrase.determiner}")
        if not others:
            found.append(f"holds {when} alone")
        if not phrase.words:
            found.append(f"holds {when} bare")
        found.append(_matching(phrase, mine))
    else:
        found.append("holds no")
        found.append(f"holds no {phrase.determiner} {_kind_of_head(phrase.head)}")
        if others:
            found.append("held by others")
            alone = len({one.name for one in before}) == 1
            found.append(f"held by {'one other before' if alone else 'several or later'} {phrase.determiner}")
        if phrase.kind == "someone":
            found.append("described" if name in known.by_name else "not described")
    found.extend(_overlap(phrase, known, name, bool(mine)))
    if name in ahead:
        found.append("ahead first" if ahead[0] == name else "ahead")
        if phrase.sentence <= OPENING:
            found.append(f"opening {ahead.index(name)}{' described' if name in known.by_name else ''}")
    found.extend(_lately(phrase, candidate, rank, bool(mine)))
    if phrase.kind != "someone":
        found.extend(_body(phrase, known, name))
    return found


def _matching(phrase: Phrase, mine: Sequence[Description]) -> str:
    own = _BEFORE.intersection(phrase.words)
    theirs = any(_BEFORE.intersection(one.words) == own for one in mine)
    return "same standing" if theirs else "other standing"


def _overlap(phrase: Phrase, known: Known, name: str, holds: bool) -> list[str]:
    """How many of the phrase's words the text uses of the name, in descriptions of it and near it."""
    asked = {stem(word) for word in phrase.words if len(word) > 2} - {"the"}
    if not holds:
        asked.add(stem(phrase.head))
    if not asked:
        return []
    said = {stem(word) for one in known.by_name.get(name, ()) for word in one.words} | {
        stem(word) for word in name.lower().split()
    }
    near = (asked - {stem(phrase.head)}) & known.context.get(name, set())  # the head stands near for being asked about
    of = "held" if holds else "free"
    share = len(asked & said) / len(asked)
    close = len(near | (asked & said)) / len(asked)
    return [
        f"said {'all' if share == 1 else 'half' if share >= 0.5 else 'some' if share else 'none'} {of}",
        f"near {'all' if close == 1 else 'half' if close >= 0.5 else 'some' if close else 'none'} {of}",
    ]


def _lately(phrase: Phrase, candidate: Candidate | None, rank: int, holds: bool) -> list[str]:
    of = "held" if holds else "free"
    if candidate is None:
        return [f"not lately {of}"]
    seen = [one for one in candidate.mentions if one.offset < phrase.offset]
    if not seen:
        return [f"not yet {of}"]
    meant = [one.sentence for one in candidate.pronouns if one.offset < phrase.offset]
    latest = max(seen[-1].sentence, meant[-1] if meant else 0)
    distance = phrase.sentence - latest
    far = distance if distance < 3 else 3 if distance < 6 else 6
    found = [f"far {far} {of}", f"rank {min(rank, 4)} {of}", f"rank {min(rank, 4)} {phrase.determiner} {of}"]
    if seen[-1].position == "subject":
        found.append(f"subject {min(distance, 2)} {of}")
    since = phrase.sentence - candidate.spoke
    if since < 4:
        found.append(f"spoke {since} {of}")
        found.append(f"spoke {since} {of} {'bare' if not phrase.words else 'words'}")
    count = candidate.count - (candidate.mentions[-1].offset >= phrase.offset)
    found.append(f"count {min(count, 4)} {of}")
    return found


def _class(word: str) -> str | None:
    return _CLASS.get(word) or _CLASS.get(word.removesuffix("s"))


def _body(phrase: Phrase, known: Known, name: str) -> list[str]:
    parts = name.lower().replace(".", "").replace(",", "").split()
    classes = {_class(part) for part in parts} | {_class(one.head) for one in known.by_name.get(name, ())}
    classes.discard(None)
    asked = _class(phrase.head)
    found = [f"class {'open' if not classes or asked is None else 'same' if asked in classes else 'other'}"]
    if asked is not None:
        found.append(f"{found[0]} {asked}")
    if phrase.head in parts or f"{phrase.head}s" in parts:
        found.append("head in name")
        if parts[-1] == phrase.head:
            found.append("head ends name")
    rank = sum(known.counts[other] > known.counts[name] for other in known.frequent)
    found.append(f"frequent {min(rank, 3)}")
    found.append(f"frequent {min(rank, 3)} {phrase.determiner}")
    return found


def _new(phrase: Phrase, before: Sequence[Description], held: Sequence[Description], lately: int) -> list[str]:
    kind = _kind_of_head(phrase.head)
    size = "bare" if not phrase.words else "one word" if len(phrase.words) == 1 else "words"
    found = [
        "new",
        f"new {phrase.determiner}",
        f"new {kind}",
        f"new {kind} {phrase.determiner}",
        f"new {size}",
        f"new {size} {kind}",
    ]
    found.append("new held" if before else "new held later" if held else "new not held")
    found.append(f"new {phrase.determiner} {size}")
    found.append(f"new among {min(lately, 3)}")
    if phrase.sentence <= OPENING:
        found.append("new opening")
    if phrase.kind == "body":
        found.append(f"new class {_class(phrase.head)}")
        found.append(f"new head {phrase.head}")
    return found
