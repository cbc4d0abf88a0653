"""The document pass: one type for each form of a name in a text, surnames of its people, forms found once found everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from explorer.analysis.classify import Piece
from explorer.analysis.gazetteer import section
from explorer.analysis.lexicon import COMMON, flags
from explorer.analysis.rule_names import Evidence, RuleName, again, form_of
from explorer.analysis.runs import Words
from explorer.analysis.tagger.crf import TYPES, Tagged
from explorer.model import EntityType

FOUND_AGAIN = 0.6
"""The probability given to a form where the engine overlooked it."""
SURNAME = 0.7
"""What a full name in the text adds to the probability that its surname alone is a person's."""
MAJORITY = 0.5
"""The share of a form's probabilities that the type must have that all its mentions get."""
FIRM = 0.8
"""The probability from which a mention keeps its own type whatever the others are."""
ENOUGH = 0.6
"""The probability below which a mention is no name."""
OF_THE_WHOLE_TEXT = ("crf", "rules")
"""The engines that know the whole text when they read a sentence."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Words ``first`` to ``last`` (half-open) as a name, how probable it is, and what found it or gave it its type."""

    first: int
    last: int
    type: EntityType
    probability: float
    how: str


@dataclass(slots=True)
class _Form:
    """The probability of each type, summed over a form's mentions, and what else spoke for a type."""

    sums: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    count: int = 0
    because: str = ""

    @property
    def best(self) -> int:
        return max(range(3), key=self.sums.__getitem__)


def settle_forms(words: Words, evidence: Evidence, tagged: list[Tagged], engine: str) -> list[Settled]:
    """The names that ``engine`` tagged with one type a form, what it overlooked, and listed names; in order, none overlapping.

    The built-in engines know the whole text: what they left out is looked at again in headlines and capitals only.
    """
    forms: dict[str, _Form] = {}
    keys = [form_of(words.text(one.first, one.last)) for one in tagged]
    for key, one in zip(keys, tagged, strict=True):
        form = forms.setdefault(key, _Form())
        form.count += 1
        form.sums = [old + new for old, new in zip(form.sums, one.shares, strict=True)]
    _surnames(words, tagged, keys, forms)
    _short_names(words, tagged, keys, forms)
    settled = [_settled(one, forms[key], engine) for key, one in zip(keys, tagged, strict=True)]
    found = [one for one in settled if one.probability >= ENOUGH]
    found += _listed(words, evidence, found)
    found += [one for one in _elsewhere(words, found, forms) if engine not in OF_THE_WHOLE_TEXT or words.shouts[one.first]]
    return sorted(found, key=lambda one: one.first)


def _listed(words: Words, evidence: Evidence, found: list[Settled]) -> list[Settled]:
    """Listed names that capitals alone do not show, where nothing else was found: "Jewish state", "US" before a title."""
    covered = {index for one in found for index in range(one.first, one.last)}
    listed: list[Settled] = []
    for one in evidence.pieces:
        if one.name and one.type and _hidden(words, one) and covered.isdisjoint(range(one.first, one.last)):
            covered.update(range(one.first, one.last))
            why = "list of places" if one.type == "PLACE" else "list of organisations"
            listed.append(Settled(one.first, one.last, one.type, ENOUGH, why))
    return listed


def _hidden(words: Words, piece: Piece) -> bool:
    """Whether a listed name has a small word in it, or is a country right before another capital: [US] Secretary of State."""
    if any(words.texts[index].islower() for index in range(piece.first, piece.last)):
        return True
    before_capital = words.at(piece.last)[:1].isupper() and not words.breaks[piece.last]
    return before_capital and piece.type == "PLACE" and words.texts[piece.first].isupper() and piece.name in section("countries")


def _elsewhere(words: Words, found: list[Settled], forms: dict[str, _Form]) -> list[Settled]:
    """The forms found, and the surnames of the people among them, wherever else they stand."""
    kept = {key: TYPES[form.best] for key, form in forms.items() if max(form.sums) >= ENOUGH * form.count}
    for one in found:
        surname = words.texts[one.last - 1]
        if one.type == "PERSON" and one.last - one.first > 1 and not flags(surname) & COMMON:
            kept.setdefault(surname, "PERSON")
    covered = [RuleName(one.first, one.last, one.type, one.probability) for one in found]
    why = "document pass: named elsewhere in the text"
    return [Settled(one.first, one.last, one.type, FOUND_AGAIN, why) for one in again(words, covered, kept)]


def _settled(one: Tagged, form: _Form, engine: str) -> Settled:
    best = form.best
    share = form.sums[best] / max(sum(form.sums), 1e-9)
    if TYPES[best] == one.type and form.because and share > one.probability:
        return Settled(one.first, one.last, one.type, min(0.99, share), f"document pass: {form.because}")
    if TYPES[best] == one.type or one.probability >= FIRM or share < MAJORITY:
        return Settled(one.first, one.last, one.type, one.probability, f"{engine} {one.probability:.2f}")
    return Settled(
        one.first, one.last, TYPES[best], min(0.99, share), f"document pass: {form.because or 'so elsewhere in the text'}"
    )


def _surnames(words: Words, tagged: list[Tagged], keys: list[str], forms: dict[str, _Form]) -> None:
    """Speaks for a person where a form is the surname of a full name in the text."""
    for key, one in zip(keys, tagged, strict=True):
        if one.last - one.first < 2 or TYPES[forms[key].best] != "PERSON":
            continue
        surname = forms.get(words.texts[one.last - 1])
        if surname and not surname.because:
            surname.sums[0] += SURNAME * surname.count
            surname.because = f"surname of {key}"


def _short_names(words: Words, tagged: list[Tagged], keys: list[str], forms: dict[str, _Form]) -> None:
    """Speaks for an organisation where a form of several words begins an organisation's longer name in the text."""
    for key, one in zip(keys, tagged, strict=True):
        if one.last - one.first < 3 or TYPES[forms[key].best] != "ORG":
            continue
        for last in range(one.first + 2, one.last):
            short = forms.get(form_of(words.text(one.first, last)))
            if short and not short.because:
                short.sums[1] += SURNAME * short.count
                short.because = f"short for {key}"
