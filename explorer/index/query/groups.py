"""What trees become when they are joined, put under a field, or into one quote."""

from __future__ import annotations

from explorer.index.query.repairs import Fix, FixableError
from explorer.index.query.syntax import And, AnyOf, Everything, Near, Node, Not, Or, Phrase, Positional, Quoted, Said

ON_A_QUOTE = "said:, by:, cue: and is: with a kind of quote"


def join(kind: type[And] | type[Or], nodes: list[Node]) -> Node:
    """One node for several: those that say nothing fall away, and equals of one kind are flattened. What is asked for twice
    stays twice in an Or, where it counts for the order; in an And it is one, and so is a regular expression anywhere."""
    members: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            members.extend(node.children)
        elif not isinstance(node, Everything):
            members.append(node)
    if kind is And:
        members = list(dict.fromkeys(members))
    else:
        members = [node for at, node in enumerate(members) if not (_is_pattern(node) and node in members[:at])]
    if not members:
        return Everything()
    return members[0] if len(members) == 1 else kind(tuple(members))


def _is_pattern(node: Node) -> bool:
    return isinstance(node, Phrase) and node.shown.startswith("/")


def negated(node: Node) -> Node:
    """Every document but these; two NOTs are none."""
    match node:
        case Everything():
            return node
        case Not(child):
            return child
        case _:
            return Not(node)


def scoped(node: Node, field: str, column: int, fix: Fix | None = None) -> Node:
    """Words after `title:` or `said:`, each in that field; raises FixableError at ``column`` when there is more than words."""
    match node:
        case Phrase(parts, shown, "anywhere"):
            return Said(node) if field == "said" else Phrase(parts, shown, "title")
        case Near():
            return Said(node) if field == "said" else _near_in_title(node)
        case Phrase(where="title") if field == "title":
            return node
        case And(children):
            return And(tuple(scoped(child, field, column, fix) for child in children))
        case Or(children):
            return Or(tuple(scoped(child, field, column, fix) for child in children))
        case Not(child):
            return Not(scoped(child, field, column, fix))
        case Everything():
            return node
        case _:
            raise FixableError(f"only words can stand in the brackets after {field}:", column, fix)


def _near_in_title(node: Near) -> Near:
    return Near(_in_title(node.left), _in_title(node.right), node.within, node.ordered)


def _in_title(node: Positional) -> Positional:
    match node:
        case Near():
            return _near_in_title(node)
        case AnyOf(choices):
            return AnyOf(tuple(map(_in_title, choices)))
        case Phrase(parts, shown):
            return Phrase(parts, shown, "title")


def one_quote(node: Node, column: int) -> Node:
    """A tree as conditions on one quote: its words are said in it; raises FixableError when it holds anything else."""
    match node:
        case Phrase(where="anywhere") | Near():
            return Said(node)
        case Said() | Quoted() | Everything():
            return node
        case And(children):
            return join(And, [one_quote(child, column) for child in children])
        case Or(children):
            return join(Or, [one_quote(child, column) for child in children])
        case Not(child):
            return negated(one_quote(child, column))
        case _:
            raise FixableError(f"in quote:{{…}} there can only be words, {ON_A_QUOTE}", column)
