"""A query's tree in few signs, for tables of expected trees."""

from __future__ import annotations

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
)

MARKS = {"stem": "{}", "exact": "={}", "wild": "{}%", "typed": "{}…", "regex": "/{}/"}


def short(node: Node | Positional) -> str:
    """A tree in few signs: stem, =exact, wild%, typed…, fuzzy~1, /regex/; phrases in [ ], near as <left 8 right>, ordered
    near as <left 8> right>, one of several as {a | b}."""
    match node:
        case Phrase(parts, _, where):
            inner = " ".join(map(_part, parts))
            return ("title:" if where == "title" else "") + (f"[{inner}]" if len(parts) > 1 else inner)
        case Near(left, right, within, ordered):
            return f"<{short(left)} {within}{'>' if ordered else ''} {short(right)}>"
        case AnyOf(choices):
            return "{" + " | ".join(map(short, choices)) + "}"
        case And(children):
            return "(" + " & ".join(map(short, children)) + ")"
        case Or(children):
            return "(" + " | ".join(map(short, children)) + ")"
        case Not(child):
            return f"-{short(child)}"
        case Said(words):
            return f"said:{short(words)}"
        case OneQuote(tree):
            return f"quote{{{short(tree)}}}"
        case Named(field, value) | Quoted(field, value):
            return f"{field}:{value}"
        case FileIs("date", _, first, last):
            return f"date:{first}..{last}"
        case FileIs(field, value):
            return f"{field}:{value}"
        case Everything():
            return "*"
    raise AssertionError(node)


def _part(part: Part) -> str:
    return f"{part.text}~{part.distance}" if part.kind == "fuzzy" else MARKS[part.kind].format(part.text)
