"""What stands behind a field: one value, words in brackets, conditions in braces, or the name of a saved query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.index.query.fields import EXAMPLES, NAME_FIELDS, TEXT_FIELDS, condition, field_name, sort_order
from explorer.index.query.groups import ON_A_QUOTE, join, scoped
from explorer.index.query.lexer import Token
from explorer.index.query.repairs import Fix, FixableError, Place, shortened
from explorer.index.query.syntax import Everything, FileIs, Named, Node, OneQuote, Or, Phrase
from explorer.index.query.terms import can_grow

if TYPE_CHECKING:
    from explorer.index.query.parser import Parser

_VALUES = ("word", "phrase", "regex", "range", "(", "{")
_WEIGHED = (*NAME_FIELDS, "by", "cue", "source", "from", "to", "tag")  # where Lucene's weight is looked for behind a value


def field_value(parser: Parser, token: Token, depth: int) -> Node:
    """The node of a field (just taken) and of what stands right behind it."""
    following = parser.tokens[parser.at] if parser.at < len(parser.tokens) else None
    if following is None or following.kind not in _VALUES or following.column != token.end + 1:
        name = field_name(token.text, token.column, token.end + 1, f"{token.text}:")
        return _no_value(parser, name, token, following)
    run = parser.text[token.column : following.end]
    name = field_name(token.text, token.column, following.end, run)
    value = parser.next()
    node = _value(parser, name, token, value, depth)
    if parser.in_one_quote and isinstance(node, Named | FileIs | OneQuote | Phrase):
        end = parser.tokens[parser.at - 1].end
        message = f"{token.text}: cannot stand in quote:{{…}}: there can be words, {ON_A_QUOTE}"
        raise FixableError(message, token.column, Fix(token.column, end))
    return node


def _no_value(parser: Parser, name: str, token: Token, following: Token | None) -> Node:
    if parser.typing and following is None:
        parser.notes.append(f"{token.text}: waits for a value")
        return Everything()
    is_apart = following is not None and following.kind in _VALUES and following.kind != "{"
    fix = Fix(token.end + 1, following.column) if following and is_apart else Fix(token.column, token.end + 1)
    message = f"{token.text}: needs a value right after it, as in {token.text}:{EXAMPLES.get(name, 'word')}"
    raise FixableError(message, token.column, fix)


def _value(parser: Parser, name: str, token: Token, value: Token, depth: int) -> Node:
    without_field = Fix(token.column, token.end + 1)
    if value.kind == "{":
        return _one_quote(parser, token, value, depth)
    if value.kind == "(":
        if name not in TEXT_FIELDS:
            raise FixableError(f"{token.text}: takes one value, not brackets", value.column, _one_value_fix(parser, token, value))
        group = parser.alternatives(depth + 1)
        parser.close(value, ")")
        return scoped(group, name, value.column, without_field)
    if name in TEXT_FIELDS:
        found = parser.read_words(value)
        if found is not None:
            return scoped(parser.leaf(found, value), name, value.column, without_field)
        parser.found_something = True
        return Everything()
    if value.kind == "phrase" and not value.closed and not parser.typing:
        parser.note_open_mark(value)
    if name == "query":
        return saved_query(parser, value.text, value, depth, token.column)
    return _condition(parser, name, token, value, depth)


def _condition(parser: Parser, name: str, token: Token, value: Token, depth: int) -> Node:
    place = Place(token.column, value.column, value.end)
    parser.found_something = True
    text = parser.words.without_boost(value) if name in _WEIGHED and value.kind == "word" else value.text
    if parser.is_typed() and name in (*NAME_FIELDS, "by") and value.kind == "word" and can_grow(text):
        text += "*"  # the name is still being typed
    try:
        if value.kind == "range" and not value.closed:
            raise FixableError(f"the range {shortened(text)} is not closed", value.column, Fix(value.end, value.end, "]"))
        if name == "sort":
            return _sorted(parser, value, place, depth)
        return parser.leaf(condition(name, text, place), value)
    except FixableError as error:
        if not parser.is_unfinished():
            raise
        parser.notes.append(f"{token.text}: waits for the rest ({error})")
        return Everything()


def _sorted(parser: Parser, value: Token, place: Place, depth: int) -> Node:
    if depth > parser.start_depth:
        raise FixableError("sort: orders the whole query; it cannot stand in brackets", place.field, place.rewritten(""))
    order = sort_order(value.text, place)
    if parser.sort not in (None, order):
        parser.notes.append(f"there is more than one sort:; the last one counts, sort:{order}")
    parser.sort = order
    return Everything()


def _one_quote(parser: Parser, token: Token, opening: Token, depth: int) -> Node:
    is_inner = parser.in_one_quote
    tree = parser.braces(opening, depth)
    if is_inner:
        end = parser.tokens[parser.at - 1].end
        inside = parser.text[opening.end : end].removesuffix("}")
        raise FixableError("quote:{…} cannot stand in another one", token.column, Fix(token.column, end, inside))
    if not isinstance(tree, Everything):
        return OneQuote(tree)
    if parser.typing and parser.at >= len(parser.tokens):
        parser.notes.append("quote:{ waits for a condition")
        return tree
    message = "quote:{…} needs a condition, as in quote:{by:doe said:tax}"
    raise FixableError(message, token.column, Fix(token.column, parser.tokens[parser.at - 1].end))


def one_of(parser: Parser, opening: Token, depth: int) -> Node:
    """Gmail's `{a b}`: at least one of what stands in braces."""
    parser.check_depth(depth + 1, opening.column)
    members: list[Node] = []
    while (kind := parser.kind()) not in (None, "}", ")"):
        if kind in ("or", "and"):
            joint = parser.next()
            if kind == "and":
                parser.notes.append(f"{joint.text} at column {joint.column + 1} was left out: braces hold one of several")
        else:
            members.append(parser.one(depth + 1))
    parser.close(opening, "}")
    return join(Or, members)


def saved_query(parser: Parser, name: str, token: Token, depth: int, column: int | None = None) -> Node:
    """The tree of a saved query that a token names."""
    column = token.column if column is None else column
    quoted = Fix(column, token.end, '"{}"'.format(parser.text[column : token.end].replace('"', "").replace("\\", "")))
    try:
        if not name.strip():
            raise FixableError("query: needs the name of a saved query", column, Fix(column, token.end))
        reading = parser.queries.reading(name.strip(), column, depth + 1, quoted)
        parser.check_depth(depth + 1 + reading.depth, column)
    except FixableError as error:
        if not parser.is_unfinished():
            raise
        parser.notes.append(f"@{shortened(name)} waits for the rest ({error})")
        return Everything()
    parser.notes += [f"in @{shortened(name)}: {note}" for note in reading.notes]
    return parser.leaf(reading.tree, token, reading.leaves)


def _one_value_fix(parser: Parser, token: Token, opening: Token) -> Fix | None:
    """`by:(a OR b)` as `(by:a OR by:b)`, `by:(a b)` as `by:"a b"`; None where there is more in the brackets."""
    inside: list[Token] = []
    for following in parser.tokens[parser.at :]:
        if following.kind == ")" and inside:
            if any(one.kind == "or" for one in inside):
                written = " ".join("OR" if one.kind == "or" else f"{token.text}:{_source(parser, one)}" for one in inside)
                return Fix(token.column, following.end, f"({written})")
            words = " ".join(one.text for one in inside)
            return Fix(opening.column, following.end, f'"{words}"') if '"' not in words and "\\" not in words else None
        if following.kind not in ("word", "phrase", "or"):
            return None
        inside.append(following)
    return None


def _source(parser: Parser, token: Token) -> str:
    return parser.text[token.column : token.end]
