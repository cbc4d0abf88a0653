"""All words of an index, and which of them a part of a query may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from explorer.index.engine import Check, FormsOf
from explorer.index.matching import words_matching
from explorer.index.query.syntax import Part
from explorer.index.words import stem

_BEFORE_A_WILDCARD = re.compile(r"[^*?]*")
KEPT_PARTS = 200


class Lexicon:
    """Answers for one state of an index; what was asked lately is kept until it is told to forget."""

    def __init__(self, expand: Callable[[str], Sequence[str]], forms_of: FormsOf) -> None:
        self._expand = expand
        self._forms_of = forms_of
        self._all: Sequence[str] | None = None
        self._known: dict[Part, tuple[str, ...]] = {}

    def forget(self) -> None:
        """The index has changed: its words are read again."""
        self._all = None
        self._known.clear()

    def all_words(self) -> Sequence[str]:
        """Every word, in order."""
        if self._all is None:
            self._all = self._expand("")
        return self._all

    def words_of(self, part: Part, check: Check = lambda: None) -> tuple[str, ...]:
        """The words that a part may be; for a word being typed all that begin with it, besides its own forms. ``check`` is
        called in long work and may raise."""
        if part not in self._known:
            if len(self._known) >= KEPT_PARTS:
                del self._known[next(iter(self._known))]
            self._known[part] = tuple(self._find(part, check))
        return self._known[part]

    def _find(self, part: Part, check: Check) -> Iterable[str]:
        match part.kind:
            case "exact":
                return (part.text,)
            case "stem":
                return dict.fromkeys((part.text, *self._forms_of(stem(part.text))))
            case "typed":
                return dict.fromkeys((part.text, *self._expand(part.text), *self._forms_of(stem(part.text))))
            case "wild":
                beginning = _BEFORE_A_WILDCARD.match(part.text)
                literal = beginning[0] if beginning else ""
                return words_matching(part, self._expand(literal) if literal else self.all_words(), check)
            case _:
                return words_matching(part, self.all_words(), check)
