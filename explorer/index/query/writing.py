"""A query's tree → a text that parses to an equal tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explorer.index.query.lexer import OPENING
from explorer.index.query.parser import parse
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
    Phrase,
    Positional,
    QueryError,
    Quoted,
    Said,
    phrases_in,
)

_PLAIN = re.compile(r"\w+(?:[-.'’]\w+)*")
_OPERATORS = ("AND", "OR", "NOT")
_SHORT_FUZZY = re.compile(r"~[12]$")
_DATE_FIELDS = ("date", "after", "before", "newer_than", "older_than")
_SIGNS = re.compile(rf"[\s()|}}\\:~*?^{re.escape(''.join(OPENING))}]|^[-!+=/@\[{{]")


def written(tree: Node) -> str:
    """The text of a tree that ``parse`` made of a finished query; all documents are the empty text."""
    match tree:
        case Everything():
            return ""
        case And(children):
            return " ".join(dict.fromkeys(_operand(child) if isinstance(child, Or) else written(child) for child in children))
        case Or(children):
            texts = [_operand(child) for child in children]  # one regular expression may be several choices
            return " OR ".join(text for at, text in enumerate(texts) if not (text.startswith("/") and text in texts[:at]))
        case Not(child):
            return f"-{_operand(child)}"
        case OneQuote(inside):
            return f"quote:{{{written(inside)}}}"
        case Said(words):
            return f"said:{_operand(words)}"
        case Phrase(where="title"):
            return f"title:{_phrase(tree)}"
        case Near() if next(phrases_in(tree)).where == "title":
            return f"title:({_near(tree)})"
        case Phrase() | Near():
            return _positional(tree)
        case Named(field, value) | Quoted(field, value):
            return f"{field}:{written_value(value)}"
        case FileIs():
            return _file(tree)


def written_value(value: str) -> str:
    """A value as it is written after its field: in quote marks where it has a blank or a sign in it."""
    if _PLAIN.fullmatch(value) and value not in _OPERATORS:
        return value
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def _operand(node: Node) -> str:
    """A node as one thing, in brackets where it is several."""
    text = written(node)
    several = isinstance(node, And | Or | Near) and not text.startswith("title:(")
    return f"({text})" if several else text


def _positional(node: Positional) -> str:
    match node:
        case Phrase():
            return _phrase(node)
        case Near():
            return _near(node)
        case AnyOf(choices):
            texts = list(dict.fromkeys(map(_positional, choices)))
            return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


def _near(node: Near) -> str:
    right = f"({_near(node.right)})" if isinstance(node.right, Near) else _positional(node.right)
    within = node.within if isinstance(node.within, int) else node.within[0]
    return f"{_positional(node.left)} {'pre' if node.ordered else 'w'}/{within} {right}"


def _phrase(phrase: Phrase) -> str:
    """The words as they were shown, with what escapes they need to mean the same again."""
    shown = phrase.shown
    if shown.startswith("/") and shown.endswith("/") and _phrases_of(shown, phrase):
        return shown
    if len(shown) > 1 and shown[0] == shown[-1] == '"':
        marked = '"' + re.sub(r'(["\\])', r"\\\1", shown[1:-1]) + '"'
        return _first_read_as(phrase, (marked, marked.replace("*", r"\*"), *_words(phrase)))
    return _first_read_as(phrase, _words(phrase))


def _words(phrase: Phrase) -> Iterator[str]:
    """How a word may have been written: with escapes where it has a sign in it; with a wildcard there can be none, but an
    ``=`` before it, which says nothing more there, keeps what follows a word."""
    shown = phrase.shown
    if any(part.kind in ("wild", "fuzzy") for part in phrase.parts):
        yield from (f"={shown}", shown) if shown.startswith("/") else (shown, f"={shown}")
        yield f"={shown}^1"  # what is left out of it once: a weight, a possessive
        yield f"={shown}'s"
        return
    if _SHORT_FUZZY.search(shown):  # too short a word for it is searched as written
        yield from (shown, f"={shown}")
    sign = "=" if shown.startswith("=") else ""
    word = shown.removeprefix(sign)
    escaped = _SIGNS.sub(r"\\\g<0>", word)
    for form in (escaped, word):
        yield sign + form
        yield f"{sign}{form}'s"  # what was there of it was left out once
    yield sign + re.sub(r"(\W|^\w)", r"\\\1", word)  # \AND
    yield _SIGNS.sub(r"\\\g<0>", shown)  # the sign is a letter


def _first_read_as(phrase: Phrase, forms: Iterable[str]) -> str:
    listed = list(forms)
    return next((form for form in listed if _phrases_of(form, phrase)), listed[0])


def _phrases_of(form: str, phrase: Phrase) -> bool:
    """Whether a text is read as this phrase, perhaps beside others of one regular expression."""
    try:
        tree = parse(form).tree
    except QueryError:
        return False
    wanted = Phrase(phrase.parts, phrase.shown)
    return tree == wanted or (isinstance(tree, Or) and form.startswith("/") and wanted in tree.children)


def _file(condition: FileIs) -> str:
    if condition.field != "date":
        return f"{condition.field}:{written_value(condition.value)}"
    forms = [f"{field}:{written_value(condition.value)}" for field in _DATE_FIELDS]
    for form in forms:
        try:
            if parse(form).tree == condition:
                return form
        except QueryError:
            continue
    return f"date:{condition.first}..{condition.last}"  # days that were counted from another today
