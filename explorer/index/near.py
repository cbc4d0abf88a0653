"""Texts in which words stand near each other: an engine gives those that have the words, and these are read.

So every engine gives the same answer, and none has to know where sentences end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from explorer.index.engine import Asking, Engine, Entry
from explorer.index.marker import verifier
from explorer.index.query.syntax import And, AnyOf, Near, Node, Not, Or, Phrase, Positional, conjuncts

CHECKED_TEXTS = 50  # texts read between two looks at whether the answer is still wanted

Texts = Callable[[Iterable[int]], Iterable[Entry]]


def widened(tree: Node) -> Node:
    """A tree of the same meaning in which what a Near asks for stands beside it, so that its words can be ranked."""
    match tree:
        case Near():
            return And((*conjuncts(having_words(tree)), tree))
        case And(children):
            return And(tuple(part for child in children for part in conjuncts(widened(child))))
        case Or(children):
            return Or(tuple(widened(child) for child in children))
        case Not(child):
            return Not(widened(child))
        case _:
            return tree


def having_words(node: Positional) -> Node:
    """What a text must have, wherever it stands in it, to have a Near."""
    match node:
        case Phrase():
            return node
        case AnyOf(choices):
            return Or(tuple(having_words(choice) for choice in choices))
        case Near(left, right):
            return And(tuple(dict.fromkeys((*conjuncts(having_words(left)), *conjuncts(having_words(right))))))


def having_each(phrase: Phrase) -> Node:
    """What a text must have to have a phrase."""
    return And(tuple(Phrase((part,), part.text, phrase.where) for part in phrase.parts))


def texts_with(leaf: Phrase | Near, engine: Engine, asking: Asking, texts: Texts, others: Iterable[Node] = ()) -> set[int]:
    """The numbers of the texts in which a leaf holds, and all of ``others`` too."""
    needed = having_each(leaf) if isinstance(leaf, Phrase) else having_words(leaf)
    candidates = engine.matching(And((needed, *others)), asking)
    holds = verifier(leaf)
    found: set[int] = set()
    for at, entry in enumerate(texts(candidates)):
        if at % CHECKED_TEXTS == 0:
            asking.check()
        if holds(entry.title, entry.text):
            found.add(entry.number)
    return found


def beside(tree: Node) -> tuple[Node, ...]:
    """What must hold at the top of a tree besides its Nears, wherever they stand: it leaves fewer texts to be read."""
    return tuple(child for child in conjuncts(tree) if not _has_near(child))


def _has_near(node: Node) -> bool:
    match node:
        case And(children) | Or(children):
            return any(_has_near(child) for child in children)
        case Not(child):
            return _has_near(child)
        case _:
            return isinstance(node, Near)
