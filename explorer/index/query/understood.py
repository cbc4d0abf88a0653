"""A query's tree in words a reporter understands."""

from __future__ import annotations

from collections.abc import Callable

from explorer.index.query.languages import NAME_OF
from explorer.index.query.syntax import (
    And,
    AnyOf,
    Everything,
    FileIs,
    Named,
    Near,
    Node,
    Not,
    OneQuote,
    Or,
    Part,
    Phrase,
    Positional,
    Quoted,
    Said,
    Sort,
    phrases_in,
)

NamesOf = Callable[[Named | Quoted], tuple[str, ...]]
_SORTED_BY: dict[Sort, str] = {
    "relevance": "best first",
    "date": "oldest first",
    "-date": "newest first",
    "source": "by source, A to Z",
    "-source": "by source, Z to A",
    "title": "by title, A to Z",
    "-title": "by title, Z to A",
    "path": "by path, A to Z",
    "-path": "by path, Z to A",
}
_KINDS = {"unattributed": "a quote without a speaker", "denied": "a quote that is a denial"}
_KINDS_OF_ONE = {"unattributed": "without a speaker", "denied": "a denial"}


def understood(tree: Node, names_of: NamesOf) -> str:
    """How a query was understood; ``names_of`` gives the canonical names a condition was taken to mean."""
    return "all documents" if isinstance(tree, Everything) else _words(tree, names_of, top=True)


def sorted_by(sort: Sort) -> str:
    """In which order results stand, in words."""
    return _SORTED_BY[sort]


def _words(node: Node, names_of: NamesOf, top: bool = False) -> str:
    match node:
        case And(children):
            inner = " AND ".join(_words(child, names_of) for child in children)
            return inner if top else f"({inner})"
        case Or(children):
            inner = " OR ".join(_words(child, names_of) for child in dict.fromkeys(children))
            return inner if top else f"({inner})"
        case Not(child):
            return f"not {_words(child, names_of)}"
        case Phrase() | Near():
            words = positional_words(node)
            return words if top or isinstance(node, Phrase) else f"({words})"
        case Said(words_said):
            words = positional_words(words_said)
            return f"({words}) inside a quote" if isinstance(words_said, Near) else f"{words} inside a quote"
        case Named() | Quoted():
            return _condition(node, names_of)
        case OneQuote(inside):
            words = f"one quote: {_one_quote(inside, names_of, top=True)}"
            return words if top else f"({words})"
        case FileIs():
            return _file(node)
        case Everything():
            return "all documents"


def positional_words(node: Positional) -> str:
    """Words that stand beside or near each other, and whether they must be in the title."""
    in_title = all(phrase.where == "title" for phrase in phrases_in(node))
    words = _positional(node, top=True)
    if not in_title:
        return words
    return f"{words} in the title" if isinstance(node, Phrase) else f"({words}) in the title"


def _positional(node: Positional, top: bool = False) -> str:
    match node:
        case Phrase():
            return _phrase(node)
        case AnyOf(choices):
            return f"({' or '.join(map(_positional, choices))})"
        case Near():
            return _near(node) if top else f"({_near(node)})"


def _near(node: Near) -> str:
    left, right = _positional(node.left), _positional(node.right)
    if isinstance(node.within, str):
        where = f"in the same {node.within}"
        return f"{left} before {right}, {where}" if node.ordered else f"{left} {where} as {right}"
    if node.within == 1:
        return f"{left} right before {right}" if node.ordered else f"{left} next to {right}"
    if node.ordered:
        return f"{left} before {right}, within {node.within} words"
    return f"{left} within {node.within} words of {right}"


def _phrase(phrase: Phrase) -> str:
    kinds = {part.kind for part in phrase.parts}
    if kinds & {"fuzzy", "regex"}:
        return " followed by ".join(map(_part, phrase.parts))
    shown = " ".join(part.text + ("…" if part.kind == "typed" else "") for part in phrase.parts)
    if phrase.shown.startswith('"') or (len(phrase.parts) > 1 and "wild" not in kinds):
        return f"“{shown}”"
    return f"exactly {shown}" if kinds == {"exact"} else shown


def _part(part: Part) -> str:
    if part.kind == "fuzzy":
        return f"a word within {part.distance} {'letter' if part.distance == 1 else 'letters'} of {part.text}"
    return f"a word like /{part.text}/" if part.kind == "regex" else part.text


def _condition(node: Named | Quoted, names_of: NamesOf) -> str:
    if isinstance(node, Quoted) and node.field == "is":
        return _KINDS.get(node.value, f"{'an' if node.value[0] in 'aeiou' else 'a'} {node.value} quote")
    if isinstance(node, Quoted) and node.field == "cue":
        return f"a quote reported with “{node.value}”"
    listed = _listed(node, names_of)
    if isinstance(node, Quoted):
        return f"spoken by {listed}"
    kind = {"person": "the person", "org": "the organisation", "place": "the place", "entity": "the name"}[node.field]
    return f"naming {kind} {listed}"


def _listed(node: Named | Quoted, names_of: NamesOf) -> str:
    names = names_of(node)
    if not names:
        return f"“{node.value.rstrip('*')}” (no such name)"
    return " or ".join(names[:3]) + (f" or {len(names) - 3} others" if len(names) > 3 else "")


def _one_quote(node: Node, names_of: NamesOf, top: bool = False) -> str:
    """What must hold for one quote; said so that it goes on after "one quote:"."""
    match node:
        case And(children) | Or(children):
            joint = " and " if isinstance(node, And) else " or "
            inner = joint.join(_one_quote(child, names_of) for child in children)
            return inner if top else f"({inner})"
        case Not(child):
            return f"not {_one_quote(child, names_of)}"
        case Said(words):
            return f"saying {positional_words(words)}"
        case Quoted(field="by"):
            return f"spoken by {_listed(node, names_of)}"
        case Quoted("cue", value):
            return f"reported with “{value}”"
        case Quoted(_, value):
            return _KINDS_OF_ONE.get(value, value)
        case _:
            return _words(node, names_of)


def _file(node: FileIs) -> str:
    match node.field:
        case "source":
            return f"from the source “{node.value}”"
        case "path":
            return f"with “{node.value}” in its path"
        case "ext":
            return f"a .{node.value} file"
        case "lang":
            return f"in {NAME_OF.get(node.value, f'the language “{node.value}”')}"
        case "from":
            return f"from the sender “{node.value}”"
        case "to":
            return f"sent to “{node.value}”"
        case "tag":
            return f"tagged “{node.value}”"
        case "is":
            return "starred" if node.value == "starred" else "new since the folder was last closed"
        case "date":
            return _dated(node.first, node.last)


def _dated(first: str, last: str) -> str:
    if not first and not last:
        return "with a date"
    if first == last:
        return f"dated {first}"
    if first and last:
        return f"dated {first} to {last}"
    return f"dated from {first}" if first else f"dated up to {last}"
