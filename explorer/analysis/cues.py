"""Reporting verbs and the other words that tie words to a speaker: "said", "according to", "denied"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from explorer.analysis.grammar import group
from explorer.analysis.lists import lines
from explorer.analysis.phrases import Item

Frame = Literal["clause", "that", "hearer", "quote", "label", "deny", "question", "accuse"]
Form = Literal["base", "third", "past", "ing"]
Manner = Literal["plain", "negated", "modal", "passive"]
"""How the verb is used: "never said", "would say" and "likes to say", "was called"."""

ADVERBS = group("cues adverbs")
AUXILIARIES = group("cues auxiliaries")
MODALS = group("cues modals")
BE = group("cues be")
NEGATIONS = group("cues negations")
_STANDS_ALONE = frozenset(("another", "some", "many", "several", "few", "most"))
_GO_ON = group("cues go on")
_LIKE = group("cues like")
_PERCEIVED = group("cues perceived")
_BEFORE_NOUN = group("cues before noun")
_NOUNS_TOO = group("cues nouns too")
_THINGS_SENT = frozenset(("messages", "texts", "emails", "e-mails", "cables", "queries", "objects", "rules", "notes"))


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb; ``particle`` is the second word of "point out"."""

    lemma: str
    frame: Frame
    form: Form
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A cue among the items of a sentence: its verb at ``index``, its words at ``[start, stop)`` with auxiliaries."""

    index: int
    start: int
    stop: int
    verb: Verb
    manner: Manner = "plain"

    @property
    def participle(self) -> bool:
        """Whether it hangs on the main verb: ", adding that"."""
        return self.verb.form == "ing" and self.start == self.index


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Every form of every reporting verb, phrasal ones first."""
    table: dict[str, list[Verb]] = {}
    for line in lines("speech_verbs"):
        base, frame, *irregular = line.split()
        word, _, particle = base.partition("~")
        past = irregular[1] if irregular else _past(word)
        forms: list[tuple[str, Form]] = [
            (irregular[0] if irregular else _third(word), "third"),
            (past, "past"),
            (irregular[2] if irregular else _ing(word), "ing"),
        ]
        if past != word:
            forms.append((word, "base"))
        forms.extend((extra, "past") for extra in _PARTICIPLES.get(word, ()))
        for form, kind in forms:
            entry = Verb(word, frame, kind, particle)  # type: ignore[arg-type]
            table.setdefault(form, []).insert(0 if particle else len(table[form]), entry)
    return {form: tuple(entries) for form, entries in table.items()}


_PARTICIPLES = {"write": ("written",), "swear": ("sworn",), "speak": ("spoken",), "begin": ("begun",), "go": ("gone",)}


def _third(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ied"
    return word + "ed"


def _ing(word: str) -> str:
    return (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"


def find_cue(items: Sequence[Item], index: int) -> Found | None:
    """The cue whose verb is item ``index``, or None: also for nouns, passives, infinitives, modals and negations."""
    found = find_any_cue(items, index)
    return found if found is not None and found.manner == "plain" else None


def find_any_cue(items: Sequence[Item], index: int) -> Found | None:
    """As ``find_cue``, with the cues that report only under conditions; their ``manner`` is not "plain"."""
    item = items[index]
    found = verbs().get(item.low)
    if found is None or item.kind != "word":
        return None
    for verb in found:
        stop = index + 1
        if verb.particle:
            if stop >= len(items) or items[stop].low != verb.particle:
                continue
            stop += 1
            if stop < len(items) and items[stop].low == "to" and verb.lemma == "go":
                continue
        heard = _perceived(items, index) if verb.form == "ing" else None
        used = (heard, "plain") if heard is not None else _use(items, index, verb)
        return None if used is None else Found(index, used[0], stop, verb, used[1])  # type: ignore[arg-type]
    return None


def _perceived(items: Sequence[Item], index: int) -> int | None:
    """Where "was quoted as saying", "could be heard saying" begins, or None."""
    for place in range(index - 1, max(0, index - 9), -1):
        low = items[place].low
        if low in _PERCEIVED and items[place].kind == "word":
            start = place
            while start and items[start - 1].kind == "word" and _helps(items[start - 1].low):
                start -= 1
            return start if any(item.low in BE for item in items[start:place]) else None
        if items[place].kind in ("mark", "stop") or low in MODALS:
            return None
    return None


def _helps(low: str) -> bool:
    return low in BE or low in AUXILIARIES or low in MODALS or low in ADVERBS or (low.endswith("ly") and low not in _LY_NOUNS)


def _use(items: Sequence[Item], index: int, verb: Verb) -> tuple[int, Manner] | None:
    """Where the auxiliaries and adverbs before the verb begin, and how it is used; None where the verb reports nothing."""
    following = items[index + 1].low if index + 1 < len(items) else ""
    if verb.form == "past" and (verb.lemma == "ask" and _asked_aside(items, index)):
        return None
    if verb.form == "past" and verb.lemma in _BRIEFED and following in ("on", "about", "by", "of"):
        return None
    if verb.form == "base" and _names_a_noun(items, index):
        return None
    if following == "of" and verb.form in ("base", "third") and items[index].low in _NOUNS_TOO and verb.lemma != "offer":
        return None  # "promises of help"
    if following == "," and verb.form == "third" and items[index].low in _NOUNS_TOO and index and items[index - 1].low == ",":
        return None  # "letters, reports, plans"
    start, helped = index, False
    manner: Manner = "plain"
    while start and index - start < 6:
        before = items[start - 1]
        if before.kind != "word":
            break
        low = before.low
        if low == "to" and verb.form == "base" and manner == "plain":
            wider = _infinitive(items, start - 1)
            if wider is None:
                return None
            start, manner = wider
            helped = True
            continue
        if low in MODALS:
            helped, manner = True, "modal"
        elif low == "'s" and not (start > 1 and items[start - 2].subject_pronoun):
            return None if verb.form != "ing" else (start, manner)
        elif low in BE:
            if verb.form != "ing" and low != "'s" and not (manner == "modal" and verb.form == "base"):
                manner = "passive"
            helped = True
        elif low in AUXILIARIES:
            helped = True
        elif low in NEGATIONS:
            manner = "negated"
        elif low not in ADVERBS and not (low.endswith("ly") and len(low) > 4 and low not in _LY_NOUNS):
            break
        start -= 1
    if following == "by" and manner != "passive" and verb.form == "past" and not helped:
        return None
    if start == 0 and not helped and verb.form in ("base", "third"):
        return None
    if verb.form == "base" and not helped and following != "that" and not _plural_before(items, start):
        return None
    if not helped and start and _is_noun(items, start, index, verb):
        return None
    return (start if helped or verb.form != "ing" else index), manner


_BRIEFED = frozenset({"brief", "inform", "notify"})


def _infinitive(items: Sequence[Item], index: int) -> tuple[int, Manner] | None:
    """Where "went on to say", "likes to say", "took to Twitter to say" with "to" at ``index`` begins, and how it is used."""
    if index < 1:
        return None
    low = items[index - 1].low
    if low in _GO_ON or (low == "on" and index >= 2 and items[index - 2].low in ("went", "goes", "going", "gone", "go")):
        return (index - 1 if low != "on" else index - 2), "plain"
    if (
        index >= 3
        and items[index - 1].kind == "name"
        and items[index - 2].low == "to"
        and items[index - 3].low in ("took", "takes")
    ):
        return index - 3, "plain"
    if low == "quick" and index > 1 and items[index - 2].low in BE:
        return index - 2, "plain"
    return (index - 1, "modal") if low in _LIKE else None


def _names_a_noun(items: Sequence[Item], index: int) -> bool:
    """Whether a name before the word makes a noun of it: "the U.S. demand", but "France and Spain demand"."""
    name = index - 1
    if name < 0 or items[name].kind != "name" or items[index].low not in _NOUNS_TOO:
        return False
    return not any(item.low in ("and", "or") for item in items[max(0, name - 2) : name])


_LY_NOUNS = group("cues ly nouns")


def _asked_aside(items: Sequence[Item], index: int) -> bool:
    """In "Asked whether", "when asked about" someone is asked."""
    return index == 0 or items[index - 1].low in (",", "when", "if", "being", "but", "—")


def _plural_before(items: Sequence[Item], start: int) -> bool:
    """Whether a present-tense base form has a subject before it: "officials say", "we say"."""
    if not start:
        return False
    before = items[start - 1]
    if before.kind == "name" or before.low in ("who", "which") or before.kind == "mark":
        return True
    if before.low in (",", ")"):
        return items[start].low not in _NOUNS_TOO
    if before.kind == "word" and (before.low.endswith("s") or before.low in _PLURAL or before.subject_pronoun):
        return True
    for index in range(start - 2, max(0, start - 7), -1):  # "critics of the plan argue"
        if items[index].kind not in ("word", "name"):
            return False
        if items[index].low in _AFTER_PLURAL:
            noun = items[index - 1].low
            return noun in _PLURAL or (noun.endswith("s") and len(noun) > 3 and noun not in _NOUNS_TOO)
    return False


_PLURAL = group("cues plural")
_AFTER_PLURAL = frozenset(("of", "in", "at", "from", "for", "on", "close", "familiar"))


def _is_noun(items: Sequence[Item], start: int, index: int, verb: Verb) -> bool:
    before = items[start - 1]
    if before.low in _STANDS_ALONE and items[index].low not in _NOUNS_TOO and verb.form != "ing":
        return False  # "another said", "some argue"
    if before.low in _BEFORE_NOUN or (before.low == "'s" and verb.form != "ing"):
        return True
    if verb.form == "base":
        return False
    after = items[index + 1] if index + 1 < len(items) else None
    if items[index].low in _THINGS_SENT and verb.form == "third" and not before.subject_pronoun and before.low != "who":
        return before.kind != "name" or after is None or after.low != "that"
    if items[index].low in _NOUNS_TOO and before.kind == "word" and not before.subject_pronoun:
        if after is None or after.low in ("that", ":") or after.kind == "mark":
            return after is None
        return not (
            verb.form == "third" and (after.kind == "name" or after.subject_pronoun or after.low in ("the", "a", "there"))
        )
    return False
