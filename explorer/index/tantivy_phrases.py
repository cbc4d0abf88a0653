"""The ways to meet a phrase: for each part terms and, where it may be very many words, patterns for terms."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from explorer.index.engine import Asking
from explorer.index.query.syntax import Part
from explorer.index.tantivy_layout import LONGEST, edge_term, first_edges, stem_term, word_term
from explorer.index.tantivy_terms import Terms, beginning_of, escaped
from explorer.index.words import PARAGRAPH_GAP

MOST_WAYS = 4_000  # to meet one phrase; each costs about 0.05 ms
MOST_TERMS = 500  # ways that are looked up term by term where patterns would do
MOST_EXPANSIONS = 16_000  # tantivy refuses a phrase with patterns for more words (16 384)
MOST_STATES = 400  # bytes of one pattern (tantivy's limit is 1 000 states)


class Choice(NamedTuple):
    """One way to meet a part of a phrase: a term, or a pattern for terms, and where in the slot it stands."""

    at: int
    term: str
    is_pattern: bool = False

    @property
    def is_large(self) -> bool:
        """Whether it cannot be part of a pattern."""
        return not self.is_pattern and len(self.term.encode()) > MOST_STATES


def ways_to_meet(terms: Terms, field: str, parts: Sequence[Part], asking: Asking) -> list[list[Choice]] | None:
    """For each part its choices; None when there are too many ways, or one that tantivy cannot look up."""
    most = MOST_EXPANSIONS // len(parts)
    choices = [_choices(terms, field, part, most, asking) for part in parts]
    if math.prod(map(len, choices)) > MOST_TERMS and sum(len(options) > 1 for options in choices) > 1:
        choices = [_gathered(options) for options in choices]
    every = [choice for options in choices for choice in options]
    mixed = any(choice.is_pattern for choice in every) and any(choice.is_large for choice in every)
    return None if mixed or math.prod(map(len, choices)) > MOST_WAYS else choices


def without_any_word(parts: Sequence[Part]) -> tuple[list[Part], list[int]]:
    """The parts with the place of each; inside a phrase what may be any word is left out, for every place there has a word:
    the gap between paragraphs is wider."""
    ends = (0, len(parts) - 1)
    short = len(parts) <= PARAGRAPH_GAP
    kept = [(part, place) for place, part in enumerate(parts) if not (short and place not in ends and _is_any_word(part))]
    return [part for part, _ in kept], [place for _, place in kept]


def as_pattern(choice: Choice) -> str:
    """A choice as a pattern."""
    return choice.term if choice.is_pattern else escaped(choice.term)


def _choices(terms: Terms, field: str, part: Part, most: int, asking: Asking) -> list[Choice]:
    """The ways to meet a part, none of them a pattern for more than ``most`` words."""
    stems = Choice(terms.layout.stem_at, stem_term(part.text))
    match part.kind:
        case "exact":
            return [Choice(0, word_term(part.text))]
        case "stem":
            return [stems]
    edge = terms.layout.first_edge_at
    if edge is not None and _is_any_word(part):
        return list(_patterns(edge, first_edges(), sorted(terms.first_letter(field, "")), most))
    beginning = beginning_of(part)
    if beginning is None:
        return [Choice(0, word_term(word)) for word in asking.words_of(part)]
    return [*([stems] if part.kind == "typed" else []), *_begun(terms, field, beginning, most)]


def _begun(terms: Terms, field: str, beginning: str, most: int) -> Iterable[Choice]:
    at, edge = terms.layout.edge_at(beginning), terms.layout.first_edge_at
    if at is not None:
        return [Choice(at, edge_term(beginning))]
    if len(beginning) == 1 and edge is not None:
        return [Choice(edge, term) for term in terms.first_letter(field, beginning)]
    words = terms.expand(beginning)
    if len(beginning.encode()) > MOST_STATES:
        return [Choice(0, word_term(word)) for word in words]
    return _patterns(0, beginning, words, most)


def _patterns(at: int, beginning: str, words: Sequence[str], most: int) -> Iterator[Choice]:
    """Patterns for at most so many words each that begin alike (in order); words without a term of their own one by one."""
    if len(words) <= most:
        yield Choice(at, f"{escaped(beginning)}.*", True)
        yield from (Choice(at, word_term(word)) for word in words if len(word) > LONGEST)
        return
    for start, group in itertools.groupby(words, key=lambda word: word[: len(beginning) + 1]):
        if start == beginning:
            yield Choice(at, start)
        else:
            yield from _patterns(at, start, list(group), most)


def _gathered(choices: Sequence[Choice]) -> list[Choice]:
    """Terms that stand in the same place joined into patterns, as many as tantivy takes in one."""
    kept = [choice for choice in choices if choice.is_pattern or choice.is_large]
    taken = set(kept)
    for at, group in itertools.groupby((choice for choice in choices if choice not in taken), key=lambda choice: choice.at):
        pending: list[str] = []
        size = 0
        for choice in group:
            states = len(choice.term.encode()) + 2
            if pending and size + states > MOST_STATES:
                kept.append(Choice(at, f"(?:{'|'.join(pending)})", True))
                pending, size = [], 0
            pending.append(escaped(choice.term))
            size += states
        kept.append(Choice(at, f"(?:{'|'.join(pending)})", True))
    return kept


def _is_any_word(part: Part) -> bool:
    return part.kind == "wild" and set(part.text) == {"*"}
