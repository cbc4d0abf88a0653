"""A query's tree made to ask for less, in words that say what was given up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from explorer.index.query.groups import join
from explorer.index.query.syntax import (
    And,
    AnyOf,
    FileIs,
    Near,
    Node,
    Not,
    Or,
    Part,
    Phrase,
    Positional,
    Said,
    conjuncts,
    phrases_in,
    positive_leaves,
)
from explorer.index.query.writing import written

WIDER = 5  # times the words between
LONGEST_LABEL = 60

Looser = tuple[str, Node]


def looser(tree: Node, dead: Sequence[Node]) -> Iterator[Looser]:
    """The query with one of its conditions asking for less; those that find nothing alone (``dead``) first."""
    leaves = [*dead, *(leaf for leaf in dict.fromkeys(positive_leaves(tree)) if leaf not in dead)]
    for leaf in leaves:
        for label, other in _looser_leaf(leaf):
            yield label, _replaced(tree, leaf, other)


def without_one(tree: Node, dead: Sequence[Node]) -> Iterator[Looser]:
    """The query without one of the conditions that must all hold; those that find nothing alone first."""
    children = conjuncts(tree)
    if len(children) < 2:
        return
    for child in sorted(children, key=lambda child: child not in dead):
        rest = join(And, [other for other in children if other is not child])
        if any(True for _ in positive_leaves(rest)):
            yield f"without {_short(child)}", rest


def any_of(tree: Node) -> Iterator[Looser]:
    """Any of what must all hold, together with what must not."""
    wanted: list[Node] = [child for child in conjuncts(tree) if not isinstance(child, Not | FileIs)]
    rest = [child for child in conjuncts(tree) if isinstance(child, Not | FileIs)]
    if len(wanted) > 1:
        yield "any of the words, not all", join(And, [join(Or, wanted), *rest])


def _looser_leaf(leaf: Node) -> Iterator[Looser]:
    match leaf:
        case Said(words):
            yield f"{_short(words)} anywhere, not only in quotes", words
        case Phrase(parts, _, "title"):
            yield f"{_short(_anywhere(leaf))} anywhere, not only in the title", _anywhere(leaf)
        case Near(left, right, within):
            if isinstance(within, int):
                yield f"within {within * WIDER} words, not {within}", replace(leaf, within=min(1000, within * WIDER))
            if within == "sentence":
                yield "in the same paragraph, not sentence", replace(leaf, within="paragraph")
            if next(phrases_in(leaf)).where == "anywhere":
                yield f"{_short(left)} and {_short(right)} anywhere", join(And, [_node(left), _node(right)])
        case Phrase(parts) if len(parts) > 1 and all(part.kind != "regex" for part in parts):
            yield f"the words of {_short(leaf)} apart", join(And, [_word(part) for part in parts])
        case Phrase((Part(text, "exact"),)):
            yield f"{text} in all its forms", _word(Part(text))


def _node(words: Positional) -> Node:
    return Or(tuple(map(_node, words.choices))) if isinstance(words, AnyOf) else words


def _word(part: Part) -> Node:
    """A word of a phrase by itself, in all its forms where it was one as written."""
    if part.kind in ("stem", "exact", "typed"):
        return Phrase((Part(part.text),), part.text)
    return Phrase((part,), part.text if part.kind == "wild" else f"{part.text}~{part.distance}")


def _anywhere(phrase: Phrase) -> Phrase:
    return replace(phrase, where="anywhere")


def _replaced(tree: Node, leaf: Node, other: Node) -> Node:
    """The tree with a leaf that stands outside of NOT replaced."""
    if tree == leaf:
        return other
    match tree:
        case And(children):
            return join(And, [_replaced(child, leaf, other) for child in children])
        case Or(children):
            return join(Or, [_replaced(child, leaf, other) for child in children])
        case _:
            return tree


def _short(node: Node | Positional) -> str:
    text = written(_node(node)) if isinstance(node, AnyOf) else written(node)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
