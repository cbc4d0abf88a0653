"""The document pass: one type for each form of a name in a text, surnames of its people, forms found once found everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from explorer.analysis.rule_names import Evidence, RuleName, again, form_of
from explorer.analysis.runs import Words
from explorer.analysis.tagger.crf import TYPES, Tagged
from explorer.model import EntityType

FOUND_AGAIN = 0.6
"""The probability given to a form where the tagger overlooked it."""
SURNAME = 0.7
"""What a full name in the text adds to the probability that its surname alone is a person's."""
SURE = 0.5
"""The sum of probabilities from which a form is looked for in the rest of the text."""


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


def settle_forms(words: Words, evidence: Evidence, tagged: list[Tagged], engine: str = "") -> list[Settled]:
    """The tagged names with one type a form, and the forms wherever else they stand; in order, none overlapping."""
    forms: dict[str, _Form] = {}
    keys = [form_of(words.text(one.first, one.last)) for one in tagged]
    for key, one in zip(keys, tagged, strict=True):
        form = forms.setdefault(key, _Form())
        form.count += 1
        form.sums = [old + new for old, new in zip(form.sums, one.shares, strict=True)]
    _surnames(words, tagged, keys, forms)
    found = [_settled(one, forms[key], engine or f"crf {one.probability:.2f}") for key, one in zip(keys, tagged, strict=True)]
    kept = {key: TYPES[form.best] for key, form in forms.items() if max(form.sums) >= SURE}
    covered = [RuleName(one.first, one.last, one.type, one.probability) for one in found]
    more = [
        Settled(one.first, one.last, one.type, FOUND_AGAIN, "document pass: named elsewhere in the text")
        for one in again(words, covered, kept)
    ]
    return sorted([*found, *more], key=lambda one: one.first)


def _settled(one: Tagged, form: _Form, engine: str) -> Settled:
    kind = TYPES[form.best]
    if kind == one.type:
        return Settled(one.first, one.last, kind, one.probability, engine)
    mean = max(form.sums) / form.count
    return Settled(one.first, one.last, kind, min(0.99, mean), f"document pass: {form.because or 'so elsewhere in the text'}")


def _surnames(words: Words, tagged: list[Tagged], keys: list[str], forms: dict[str, _Form]) -> None:
    """Speaks for a person where a form is the surname of a full name in the text."""
    for key, one in zip(keys, tagged, strict=True):
        if one.last - one.first < 2 or TYPES[forms[key].best] != "PERSON":
            continue
        surname = forms.get(words.texts[one.last - 1])
        if surname and not surname.because:
            surname.sums[0] += SURNAME * surname.count
            surname.because = f"surname of {key}"
