"""Where the names that were found begin and end: legal forms, "Committee on", signs at their edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.analysis.agreement import Settled
from explorer.analysis.folding import COMPANY
from explorer.analysis.lexicon import FIRST, FUNCTION, TITLE, flags, known, longest_known
from explorer.analysis.rule_names import form_of
from explorer.analysis.runs import Words

_ALIAS = frozenset({"AKA", "aka", "A.K.A.", "a.k.a."})
_ABOUT = frozenset(["Committee", "Subcommittee", "Commission", "Council", "Conference", "Office", "Panel", "Caucus", "Institute"])
"""Heads of bodies behind which "on" says what they are about."""
MOST_ABOUT = 8
"""Words of what a body is about at most."""


def whole_names(words: Words, found: Sequence[Settled]) -> list[Settled]:
    """The names from their first to their last word; what was found inside another is left out; in order, none overlapping."""
    written = {form_of(words.text(one.first, one.last)) for one in found}
    parted = [part for one in found for part in _parted(words, _bare(words, one), written)]
    widened = [_about(words, _with_legal_form(words, _listed_whole(words, _as_place(words, one)))) for one in parted]
    kept: list[Settled] = []
    for one in sorted(widened, key=lambda one: (one.first, -one.last)):
        named = any(text[0].isalnum() and text.lower() not in COMPANY for text in words.texts[one.first : one.last])
        if named and (not kept or one.first >= kept[-1].last):
            kept.append(one)
    return kept


def _bare(words: Words, one: Settled) -> Settled:
    """The name without a sign or "AKA" before it, with the first name that is a title as well: [Earl] Q. Roe."""
    first = one.first
    initial = len(words.texts[first]) == 1 and words.at(first + 1) == "."
    if one.type == "PERSON" and initial and flags(words.at(first - 1)) & FIRST and not words.breaks[first]:
        return replace(one, first=first - 1)
    while first < one.last - 1 and (words.texts[first] in _ALIAS or words.texts[first] in ",;:|/"):
        first += 1
    return one if first == one.first else replace(one, first=first)


def _parted(words: Words, one: Settled, written: set[str]) -> list[Settled]:
    """Two organisations that "and" joins where the text has each by itself."""
    for place in range(one.first + 1, one.last - 1):
        both = form_of(words.text(one.first, place)), form_of(words.text(place + 1, one.last))
        if words.texts[place] == "and" and one.type == "ORG" and written.issuperset(both):
            return [replace(one, last=place), replace(one, first=place + 1)]
    return [one]


def _as_place(words: Words, one: Settled) -> Settled:
    """A listed place that a headline writes in capitals as the place it is."""
    form = form_of(words.text(one.first, one.last))
    listed = known().get(form.title())
    place = one.type == "ORG" and form.isupper() and len(form) > 3 and form not in known() and listed is not None
    return replace(one, type="PLACE", how="list of places") if place and listed and listed[0] == "PLACE" else one


def _listed_whole(words: Words, one: Settled) -> Settled:
    """The listed name of which the first words only were found: White [House] Press Secretary."""
    most = longest_known().get(words.texts[one.first], 0)
    for last in range(min(one.first + most, len(words.texts)), one.last, -1):
        listed = known().get(" ".join(words.texts[one.first : last]).replace("’", "'"))
        if listed and not any(words.breaks[one.first + 1 : last]):
            return replace(one, last=last, type=listed[0])
    return one


def _with_legal_form(words: Words, one: Settled) -> Settled:
    """The company with the legal form behind its comma: [Ada P. Roe, Inc], [Roe Works (Europe) B.V.]."""
    last = one.last
    if words.at(last) == "(" and words.at(last + 2) == ")":
        last += 3
    elif words.at(last) == ",":
        last += 1
    else:
        return one
    legal = words.at(last)
    if not legal or any(words.breaks[one.last : last + 1]) or not legal[0].isupper():
        return one
    if legal.replace(".", "").lower() not in COMPANY or one.type == "PLACE" or legal in _TOO_SHORT:
        return one
    return replace(one, last=last + 1, type="ORG", how=one.how if one.type == "ORG" else f"legal form; {one.how}")


_TOO_SHORT = frozenset({"As", "Co", "Sp", "Se", "Sa", "Ad", "Dd", "Ab", "AS", "AD", "DD", "SA", "SE"})
"""Legal forms that are more often something else behind a comma."""


def _about(words: Words, one: Settled) -> Settled:
    """The body with what it is about: Select Committee [on Harbour Safety]."""
    head = words.texts[one.last - 1]
    if one.type != "ORG" or head not in _ABOUT or words.at(one.last) != "on" or words.breaks[one.last]:
        return one
    last = one.last + 1 + (words.at(one.last + 1) == "the")
    end = last
    while last < len(words.texts) and not words.breaks[last] and last - one.last < MOST_ABOUT:
        text = words.texts[last]
        if text in ("and", "of", "the"):
            last += 1
        elif text[0].isupper() and not flags(text) & (FUNCTION | TITLE):
            last += 1
            end = last
        else:
            break
    return replace(one, last=end) if end > one.last + 1 else one
