"""What may have been meant by a query that finds nothing. Nothing is changed silently: each repair is a query to choose."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from explorer.index import loosening
from explorer.index.query.lexer import Token, tokenise
from explorer.index.query.syntax import (
    Named,
    Node,
    OneQuote,
    Part,
    Phrase,
    QueryError,
    Quoted,
    Said,
    phrases_in,
    positive_leaves,
)
from explorer.index.query.writing import written, written_value
from explorer.index.spelling import nearest_words
from explorer.index.words import word_spans
from explorer.model import Repair

MOST = 8  # repairs
MOST_COUNTS = 40  # queries counted on the way
MOST_SPELLINGS, MOST_NAMES, MOST_LOOSER = 3, 2, 3
TRIED = 5  # other spellings of a word
COMMONER = 10  # times, before a word that is there is taken for a slip of the pen
LONGEST_QUERY = 1000  # code points; a longer one is no slip of the pen
MOST_MISSPELT = 4  # words looked up in the whole vocabulary
_NAMED_FIELDS = ("person", "org", "place", "entity", "by")

NearestNames = Callable[[str, str], Sequence[str]]
Made = tuple[str, str]  # label and query


@dataclass
class _Counting:
    """Counts queries, each once, until there were too many or the time is over."""

    count: Callable[[str], int]
    check: Callable[[], None]
    until: float
    known: dict[str, int] = field(default_factory=dict)

    def documents(self, query: str) -> int:
        """How many documents a query finds; 0 when it is not asked any more or cannot be read."""
        if query not in self.known:
            self.check()
            if len(self.known) >= MOST_COUNTS or time.monotonic() > self.until:
                return 0
            try:
                self.known[query] = self.count(query)
            except QueryError:
                self.known[query] = 0
        return self.known[query]

    def finding(self, made: Iterable[Made], most: int) -> Iterator[Repair]:
        """Those that find something, the first of each query."""
        seen: set[str] = set()
        for label, query in made:
            if len(seen) < most and query not in seen and query.strip() and (documents := self.documents(query)):
                seen.add(query)
                yield Repair(label, query, documents)


def suggest(
    text: str,
    tree: Node,
    count: Callable[[str], int],
    words: Sequence[str],
    frequency: Callable[[str], int],
    names: NearestNames = lambda field, value: (),
    check: Callable[[], None] = lambda: None,
    seconds: float = 0.5,
) -> tuple[Repair, ...]:
    """Queries that find something where ``text``, of which ``tree`` was made, finds nothing: likeliest first, at most 8.

    ``count`` says how many documents a query finds, ``words`` is the sorted vocabulary, ``frequency`` in how many documents
    a word is, ``names`` gives the names most like a value of a field. What ``check`` raises is raised; after ``seconds`` what
    was found so far is returned.
    """
    if len(text) > LONGEST_QUERY:
        return ()
    counting = _Counting(count, check, time.monotonic() + seconds)
    counting.known[text] = 0
    order = _order(text)
    alone = {leaf: counting.documents(written(leaf)) for leaf in [*dict.fromkeys(positive_leaves(tree))][: MOST_COUNTS // 4]}
    dead = [leaf for leaf, documents in alone.items() if not documents]
    found = [
        *counting.finding(_spellings(text, tree, dead, words, frequency, counting), MOST_SPELLINGS),
        *counting.finding(_other_names(text, dead, names), MOST_NAMES),
        *counting.finding(((label, written(looser) + order) for label, looser in loosening.looser(tree, dead)), MOST_LOOSER),
    ]
    fewer = counting.finding(((label, written(less) + order) for label, less in loosening.without_one(tree, dead)), MOST)
    found += fewer if dead else sorted(fewer, key=lambda repair: repair.documents)
    last = [*counting.finding(((label, written(any_) + order) for label, any_ in loosening.any_of(tree)), 1)]
    first_of = {repair.query: repair for repair in reversed(found)}
    kept = list(dict.fromkeys(first_of[repair.query] for repair in found))
    return (*kept[: MOST - len(last)], *(repair for repair in last if repair.query not in first_of))


def _order(text: str) -> str:
    """The orders that a query asks for, to be written behind another."""
    tokens = tokenise(text)
    pairs = pairwise(tokens)
    return "".join(f" {text[a.column : b.end]}" for a, b in pairs if a.kind == "field" and a.text in ("sort", "order"))


def _spellings(
    text: str, tree: Node, dead: Sequence[Node], words: Sequence[str], frequency: Callable[[str], int], counting: _Counting
) -> Iterator[Made]:
    """The query with words that no document has, or that stand in a phrase that none has, as the folder spells them."""
    missing = list(dict.fromkeys(_missing(dead, frequency, counting)))
    rare = [part.text for part in _parts(dead) if part.text not in missing] or [part.text for part in _parts([tree])]
    suspects = missing or sorted(dict.fromkeys(rare), key=frequency)
    others = {
        word: [
            other
            for other in nearest_words(word, words, frequency, TRIED)
            if missing or frequency(other) >= COMMONER * frequency(word)
        ]
        for word in suspects[:MOST_MISSPELT]
    }
    others = {word: spelt for word, spelt in others.items() if spelt}
    best = {word: spelt[0] for word, spelt in others.items()}
    if missing and best:
        yield _respelt(text, best)
    for word, spelt in others.items():
        for other in spelt:
            yield _respelt(text, (best if missing else {}) | {word: other})


def _missing(dead: Sequence[Node], frequency: Callable[[str], int], counting: _Counting) -> Iterator[str]:
    """The words of leaves that no document has, in no form."""
    for part in _parts(dead):
        forms = "" if part.kind == "exact" else written(Phrase((part,), part.text))
        if frequency(part.text) == 0 and not (forms and counting.documents(forms)):
            yield part.text


def _parts(nodes: Iterable[Node]) -> Iterator[Part]:
    """The words, each as written, of what a document is to be found by."""
    for leaf in chain.from_iterable(map(positive_leaves, nodes)):
        match leaf:
            case OneQuote(tree):
                yield from _parts([tree])
            case Said(words):
                yield from _parts([words])
            case Named() | Quoted():
                continue
            case _ if hasattr(leaf, "value"):
                continue
            case _:
                for phrase in phrases_in(leaf):
                    yield from (part for part in phrase.parts if part.kind in ("stem", "exact", "typed"))


def _respelt(text: str, instead: dict[str, str]) -> Made:
    """The query with each of these folded words replaced wherever it stands as a word to be searched."""
    pieces: list[str] = []
    at = 0
    for token in _word_tokens(tokenise(text)):
        spans = [(start, end, instead[word]) for start, end, word in word_spans(text, token.column, token.end) if word in instead]
        for start, end, other in spans:
            is_bare = token.kind == "word" and " " in other
            capital = text[start].isupper() and not is_bare
            shown = other[0].upper() + other[1:] if capital else f'"{other}"' if is_bare else other
            pieces += [text[at:start], shown]
            at = end
    query = "".join([*pieces, text[at:]])
    return f"did you mean {query}?", query


def _word_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words and phrases that are searched in texts."""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        is_value = before is not None and before.kind == "field" and before.end + 1 == token.column
        if token.kind in ("word", "phrase") and not (is_value and before and before.text not in ("title", "said", "quote")):
            yield token


def _other_names(text: str, dead: Sequence[Node], names: NearestNames) -> Iterator[Made]:
    """The query with a name that is in the folder instead of one that is not, or that is of another kind."""
    for leaf in dead:
        if isinstance(leaf, Named | Quoted) and leaf.field in _NAMED_FIELDS:
            for name in names(leaf.field, leaf.value):
                yield _renamed(text, leaf.field, leaf.value, f"{leaf.field}:{written_value(name)}")
            for other in ("entity", "by"):
                if other != leaf.field:
                    yield _renamed(text, leaf.field, leaf.value, f"{other}:{written_value(leaf.value)}")


def _renamed(text: str, field_: str, value: str, instead: str) -> Made:
    tokens = tokenise(text)
    for named, valued in reversed([*pairwise(tokens)]):
        if named.kind == "field" and valued.text == value and valued.column == named.end + 1 and _is_field(named.text, field_):
            text = text[: named.column] + instead + text[valued.end :]
    return f"did you mean {instead}?", text


def _is_field(written_: str, name: str) -> bool:
    from explorer.index.query.fields import ALIASES

    return ALIASES.get(written_, written_) == name
